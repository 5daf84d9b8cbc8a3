"""The year of a table whose days have none: told by its title, the name of its sheet or of its file, and by nothing else that has a year."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![0-9])(20[0-4][0-9])(?![0-9])")
# Years that are not those of the table: of a law, in the title of a document, of the year before, a day on which something was filled in.
_NOT_OF_THE_TABLE = re.compile(
    r"[（(【][^（）()【】]*(?:修订|条例|规定|办法|结转|含|包括)[^（）()【】]*[）)】]|《[^》]*》|(?:填报|制表|报送|打印|导出|统计)(?:日期|时间)[:：].*"
    r"|20[0-9]{2}年?[^，。；\s]{0,4}(?:修订|修正|公布|发布|施行|实施|印发)|(?:上|去|前|下|明)年度?[（(]?20[0-9]{2}|截[至止到][^，。；\s]*"
    r"|(?<![0-9])20[0-9]{2}\s*[-./年]\s*[0-9]{1,2}\s*[-./月]\s*[0-9]{1,2}(?![0-9])"
)
_NO_TITLE = re.compile(
    r"结转|转入|转来|[合小总累共]计|[0-9一二三四五六七八九十两]\s*件|[，。；：:]|说明|^[（(]?[注备]"
)


def years_in(text: str) -> tuple[int, ...]:
    """The years that a title tells of its table, each once, in their order."""
    return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(_NOT_OF_THE_TABLE.sub("", text))))


def year_in(name: str) -> int:
    """The year that a name tells; 0 for none, and for several."""
    found = years_in(name)
    return found[0] if len(found) == 1 else 0


class YearAbove:
    """The year that stands above the lines of a sheet, and where: in its name, in the lines above the heading, or in the title nearest above
    where a sheet has several parts. Two different years above the heading decide nothing."""

    def __init__(self, sheet: str) -> None:
        self._found = dict.fromkeys(years_in(sheet), "表名")

    def see(self, number: int, title: str, above: bool) -> None:
        """A line that is no record, by its number; ``above`` the heading."""
        found = dict.fromkeys(years_in(title), f"第{number}行")
        if above:
            self._found = {**found, **self._found}
        elif found and not _NO_TITLE.search(title):
            self._found = found

    @property
    def year(self) -> int:
        """The one year; 0 for none or several."""
        return next(iter(self._found)) if len(self._found) == 1 else 0

    @property
    def where(self) -> str:
        """Where it stands; of several each with its place."""
        if self.year:
            return self._found[self.year]
        return "、".join(f"{where}的{year}年" for year, where in self._found.items())
