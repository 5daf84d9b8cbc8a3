"""Sheets in a second language: what they say in Chinese goes out as a table, the translation comes back and stands below the Chinese.

A translation belongs to one Chinese sentence, word for word: when the law or the office changes the sentence, the old translation is not
printed any more, and the Chinese stands alone until somebody translates it anew. What differs from office to office and from year to year
(name, address, telephone) stands in the sentences as 〔名称〕, so that a new telephone number outdates nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.errors import DeskError, shortened
from deskapp.exchange.bad_cells import lines_of
from deskapp.exchange.columns import Columns
from deskapp.exchange.heading import BadCell
from deskapp.exchange.sheets import write_lines
from deskapp.exchange.table_apart import TableApart
from deskapp.parsing import LONGEST_TEXT, one_line
from deskapp.paths import EXPORTS, FONTS, file_in, make_private
from deskapp.register.journal import Journal
from letters.scripts import not_printed, not_printed_language

if TYPE_CHECKING:
    from deskapp.unit import UnitProfile
    from letters.pdf.fonts import FontBook

TRANSLATION = "translation"  # the records: one a language
SHEET, LANGUAGE, WHERE, CHINESE, OTHER = "译文", "语言", "用在哪里", "中文", "译文"
COLUMNS = Columns(SHEET, (LANGUAGE, WHERE, CHINESE, OTHER), (LANGUAGE, CHINESE), {"翻译": OTHER, "原文": CHINESE})
WIDTHS = (10, 24, 70, 70)  # characters
NOT_TAKEN = "没有收，原来的译文没有动。"
LONGEST_LANGUAGE = 12
OPTION, TICKED = "□", "■"
_NAME = re.compile(r"〔([^〔〕]{1,12})〕")
_PLAIN = str.maketrans(
    "‘’“”–—…\u00a0\u202f\u2009", "''\"\"--.   "
)  # signs that are as wide as a Chinese character here
VALUES = {
    "机关名称": "name", "地址": "address", "时间": "office_hours", "复议机关": "review_body", "法院": "court",
    "复议机关地址": "review_address", "法院地址": "court_address",
}  # fmt: skip
"""What differs from office to office and may itself be translated: its name in the sentences, the particular."""
NUMBERS = {"电话": "phone", "邮编": "postcode", "邮箱": "email", "网址": "website", "网上复议": "review_online"}
"""What differs from office to office and is the same in every language."""
DAY = "日期"  # the name of a day in a sentence, which stays as it is
_DAY, _NUMBER = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("([0-9]+)．")
SHORTEST = 4  # characters of a particular that is looked for in a sentence


@dataclass(frozen=True)
class Translated:
    """How far a sheet, or all of them, is translated: sentences, and those that have a translation."""

    done: int
    of: int

    def sentence(self, language: str) -> str:
        """In words."""
        left = self.of - self.done
        return f"{language}：{self.of}句译了{self.done}句" + (
            f"，{left}句没有译，只印中文。" if left else "，都译了。"
        )


@dataclass(frozen=True)
class TranslationsTaken:
    """What became of a table: its language, how many translations are new or other than before, how many were taken away, which lines are bad,
    how many are of no sentence that is printed today; whether anything was written."""

    language: str
    changed: int = 0
    removed: int = 0
    bad: tuple[BadCell, ...] = ()
    unknown: int = 0
    kept: bool = True
    now: Translated = Translated(0, 0)

    @property
    def sentence(self) -> str:
        """All of it in words."""
        gone = f"，去掉{self.removed}句" if self.removed else ""
        lost = f"有{self.unknown}行的中文现在的单子上没有，没有收；请重新做一张表。" if self.unknown else ""
        done = "已收" if self.kept else "检查过，没有写入"
        return f"{done}：新译、改译{self.changed}句{gone}。{self.now.sentence(self.language)}{lost}"


class Translations:
    """The moment somebody needs a sheet in another language. ``texts`` are the sentences of every sheet, by the name of the sheet."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, texts: Callable[[], Sequence[tuple[str, Sequence[str]]]]
    ) -> None:
        self._journal, self._clock, self._home, self._texts = journal, clock, home, texts

    # -- what there is -----------------------------------------------------------------------------------------

    def languages(self) -> list[str]:
        """Those that have a translation."""
        return [kept.key for kept in self._journal.records.of_kind(TRANSLATION) if json.loads(kept.body)]

    def known(self, language: str) -> dict[str, str]:
        """The translations of a language, by the Chinese."""
        kept = [each for each in self._journal.records.of_kind(TRANSLATION) if each.key == language]
        found: dict[str, str] = json.loads(kept[0].body) if kept else {}
        return found

    def state(self, language: str) -> Translated:
        """How far all sheets are translated."""
        keys, known = self.keys(), self.known(language)
        return Translated(sum(key in known for key in keys), len(keys))

    def into(self, language: str) -> Translator:
        """What puts the sentences of the sheets into a language. Raises DeskError for one without any translation."""
        known = self.known(language)
        if not known:
            todo = "请先做一张翻译的表，填好收回来。"
            raise DeskError(f"还没有{shortened(language)}的译文。", "没有印出来。", todo)
        return Translator(known, self._unit())

    def keys(self) -> dict[str, str]:
        """Every sentence as it is translated, with the names of the sheets that it stands on; the particulars first."""
        unit, found = self._unit(), dict[str, list[str]]()
        for name, field in VALUES.items():
            if value := getattr(unit, field):
                found.setdefault(value, []).append(f"单位资料：{name}")
        for sheet, texts in self._texts():
            for key in (key for text in texts for key in keys_of(text, unit)):
                if sheet not in found.setdefault(key, []):
                    found[key].append(sheet)
        return {key: "、".join(sheets) for key, sheets in found.items()}

    def _unit(self) -> UnitProfile:
        return self._journal.unit(self._clock.today())

    def _fonts(self) -> FontBook:
        from letters.pdf.fonts import FontBook

        return FontBook(self._home / FONTS)

    # -- out ---------------------------------------------------------------------------------------------------

    def give(self, language: str, target: Path | None = None) -> tuple[Path, Translated]:
        """A table of all sentences with what is translated already, to be filled in; where, and how far it is. Raises DeskError for a
        language that cannot be printed here."""
        name = self._language(language)
        known = self.known(name)
        lines = [(name, where, key, known.get(key, "")) for key, where in self.keys().items()]
        path = file_in(target or make_private(self._home / EXPORTS), f"{SHEET}-{name}", ".xlsx")
        write_lines(path, SHEET, [(LANGUAGE, WHERE, CHINESE, OTHER), *lines], WIDTHS)
        return path, self.state(name)

    def _language(self, typed: str) -> str:
        name = one_line(typed)
        if not name or len(name) > LONGEST_LANGUAGE:
            raise DeskError(
                "没有写是哪种语言。", "没有做。", f"写语言的名称，例如 英文，最多{LONGEST_LANGUAGE}个字。"
            )
        if told := not_printed_language(name, self._fonts().missing):
            raise DeskError(
                f"{told}这里印不了。",
                "没有做：这种文字的字母要连写、上下叠或者从右往左、从上往下排，程序排不出来，印出来是方块。",
                "请用能排这种文字的软件另做一份，和中文的放在一起。",
                code="script",
            )
        return name

    # -- in ----------------------------------------------------------------------------------------------------

    def take(self, path: Path, dry_run: bool = False) -> TranslationsTaken:
        """Take a table that was filled in: all of it, or nothing where a line is bad. An empty cell takes a translation away. Raises DeskError
        when the file is no such table."""
        rows = list(TableApart(path, COLUMNS, NOT_TAKEN))
        names = dict.fromkeys(one_line(row.cells[LANGUAGE]) for row in rows)
        if len(names) != 1:
            what = "表里一行也没有。" if not rows else f"表里有{len(names)}种语言，一张表只能有一种。"
            raise DeskError(what, NOT_TAKEN, "请照程序做的表填，一种语言一张。")
        language, keys, fonts = self._language(next(iter(names))), self.keys(), self._fonts()
        known = self.known(language)
        after, bad, unknown = dict(known), list[BadCell](), 0
        for row in rows:
            key, text = one_line(row.cells[CHINESE]), plain(row.cells[OTHER])
            if key not in keys:
                unknown += bool(text)
                continue
            why = row.lost.get(OTHER, "") or _fault(key, text, fonts)
            if why:
                bad.append(BadCell(row.line, OTHER, shortened(text), why))
            after = {**after, key: text} if text else {each: said for each, said in after.items() if each != key}
        if bad:
            return TranslationsTaken(language, bad=tuple(bad), unknown=unknown, kept=False, now=self.state(language))
        if not dry_run and after != known:
            self._journal.records.save_record(TRANSLATION, language, json.dumps(after, ensure_ascii=False))
        changed = sum(known.get(key) != text for key, text in after.items())
        now = Translated(sum(key in after for key in keys), len(keys))
        return TranslationsTaken(language, changed, len(known.keys() - after.keys()), (), unknown, not dry_run, now)

    def take_whole(self, path: Path) -> str:
        """Take a table as a whole; what was done. Raises DeskError for one with a bad line."""
        taken = self.take(path)
        if taken.bad:
            told = "".join(f"第{cell.line}行：{cell.right}。" for cell in taken.bad[:3])
            more = f"共{lines_of(taken.bad)}行不对。" if len(taken.bad) > 3 else ""
            raise DeskError(told + more, NOT_TAKEN, "请改正后再收。", code="translation_fault")
        return taken.sentence


class Translator:
    """Puts sentences of sheets into one language; what it has no translation for is empty, and counted."""

    def __init__(self, known: Mapping[str, str], unit: UnitProfile) -> None:
        self._known, self._unit = known, unit
        self.asked: dict[str, bool] = {}

    def __call__(self, text: str) -> str:
        """The translation of a sentence as it is printed; empty where there is none."""
        if _is_options(text):
            found = [(key, self._of(key)) for key in keys_of(text, self._unit)]
            return " / ".join(said or key for key, said in found) if any(said for _, said in found) else ""
        return self._of(text)

    def _of(self, text: str) -> str:
        key = keyed(text, self._unit)
        said = self._known.get(key, "")
        if key:
            self.asked[key] = bool(said)
        days = iter(_DAY.findall(text))
        number = _NUMBER.match(text)
        filled = _NAME.sub(lambda found: self._filled(found, days), said)
        return f"{number[1]}. {filled}" if number and said else filled

    def _filled(self, found: re.Match[str], days: Iterator[str]) -> str:
        name = found[1]
        if name == DAY:
            return next(days, "")
        if name in NUMBERS:
            return str(getattr(self._unit, NUMBERS[name]))
        value = str(getattr(self._unit, VALUES[name])) if name in VALUES else ""
        return self._known.get(value, value) or found[0]

    @property
    def state(self) -> Translated:
        """How far what was asked for is translated."""
        return Translated(sum(self.asked.values()), len(self.asked))


def keyed(text: str, unit: UnitProfile) -> str:
    """A sentence as it is translated: without its number, particulars of the office and days as 〔名称〕, the longest first; empty for one
    without Chinese."""
    values = [(str(getattr(unit, field)), name) for name, field in {**VALUES, **NUMBERS}.items()]
    key = _NUMBER.sub("", one_line(text))
    if key in {value for value, name in values if name in VALUES}:
        return key
    for value, name in sorted(values, key=lambda pair: -len(pair[0])):
        if len(value) >= SHORTEST:
            key = key.replace(value, f"〔{name}〕")
    key = _DAY.sub(f"〔{DAY}〕", key)
    return key if re.search("[\u4e00-\u9fff]", _NAME.sub("", key)) else ""


def keys_of(text: str, unit: UnitProfile) -> list[str]:
    """The sentences of a text: itself, or each of the options that may be ticked."""
    parts = re.split(f"[{OPTION}{TICKED}]", text)[1:] if _is_options(text) else [text]
    return [key for part in parts if (key := keyed(part.strip("　 "), unit))]


def _is_options(text: str) -> bool:
    return text.lstrip("　 ").startswith((OPTION, TICKED))


def plain(text: str) -> str:
    """A translation as it is printed: letters with their marks in one, the signs of typography as ASCII has them."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())


def _fault(key: str, text: str, fonts: FontBook) -> str:
    """Why a translation cannot be taken; empty for a good one."""
    if not text:
        return ""
    if len(text) > LONGEST_TEXT:
        return f"太长，最多{LONGEST_TEXT}个字"
    wanted, found = _names(key), _names(text)
    if lost := wanted - found:
        return f"译文里少了{'、'.join(f'〔{name}〕' for name in sorted(lost))}，这里由程序填"
    if more := found - wanted:
        return f"中文里没有{'、'.join(f'〔{name}〕' for name in sorted(more))}"
    return not_printed(text, fonts.missing)


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text))
