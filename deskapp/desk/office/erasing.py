"""到期清理: what is known of people in files whose period has run out is erased by two named people, with a certificate.

The figures and the soundness of the chain stay (:mod:`deskapp.register.erasing`). What lies beside goes too: files of papers, letters that
were saved here, the copies that the desk makes of itself by the day, in whose place a new one is made at once. What this desk cannot reach
is named on the certificate: backups elsewhere, files that were exported or given away. 个人信息保护法 19: kept no longer than needed; 47: to
be erased when the period is over; where a law asks for a longer keeping, that goes first, so a file whose period runs is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.cases.retention import kept_until, retention_of
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.desk.sheets.paging import paged
from deskapp.errors import DeskError
from deskapp.files import gone
from deskapp.papers.keeping import Shelf
from deskapp.parsing import one_line
from deskapp.paths import BACKUPS, EXPORTS, LETTERS
from deskapp.register.backup import places_elsewhere
from deskapp.register.case import Case
from deskapp.register.erasing import Erasure, clear_traces, erase
from deskapp.register.hashing import digest
from deskapp.register.heads import LOG, sign_on_paper
from deskapp.register.journal import Journal
from deskapp.register.on_file import papers_on_file

NOTHING = "没有删除任何内容。"
HEADS = ("登记号", "办结日期", "期限", "记录", "文书", "材料")
SHARES = (3.2, 2.4, 2.0, 1.4, 1.4, 1.4)
OLD_COPIES = "register-升级前-*.db*"


@dataclass(frozen=True)
class Forgotten:
    """What came of it: case by case, what went beside the register, what lies where this desk cannot reach; ``unclean`` says why the
    register's file could not be written anew."""

    on: date
    by: str
    second: str
    why: str
    cases: tuple[Erasure, ...]
    files: int
    elsewhere: tuple[str, ...]
    named: tuple[str, ...]
    unclean: str = ""

    @property
    def sentence(self) -> str:
        """All of it in words."""
        entries, letters = sum(one.entries for one in self.cases), sum(one.letters for one in self.cases)
        said = f"已删除{len(self.cases)}件里的个人信息：记录{entries}条、文书{letters}份、别的文件{self.files}个；登记号、日期、答复种类和统计数都在。"
        if self.elsewhere:
            said += f"以前备份到别处的{len(self.elsewhere)}份里还有，请销毁：{'、'.join(self.elsewhere[:3])}。"
        if self.named:
            said += f"名称里有这些登记号的文件{len(self.named)}个，请核对以后删去：{'、'.join(self.named[:3])}。"
        return said + (f"旧内容的痕迹还没有清掉：{self.unclean}" if self.unclean else "")


class Erasing:
    """The moment people are forgotten."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, sheets: Sheets, back_up: Callable[[], object]
    ) -> None:
        self._journal, self._clock, self._home, self._sheets = journal, clock, home, sheets
        self._back_up = back_up

    def hindered(self, case: Case) -> str:
        """Why the people of a case are not erased now, as a sentence; empty when they may be."""
        if case.erased and case.history[-1] is case.erased:
            return f"{case.case_no}的个人信息已经删除过。"
        if not case.archived and not case.void:
            return f"{case.case_no}还没有归档。"
        if any(matter.open for matter in case.disputes):
            return f"{case.case_no}的复议或者诉讼还没有结果。"
        last = kept_until(case)
        if last is None:
            return f"{case.case_no}要永久保管。"
        return f"{case.case_no}要保管到{last}年底。" if last >= self._clock.today().year else ""

    def erase(self, case_nos: Sequence[str], second: str, why: str, by: str = "") -> Forgotten:
        """Erase the people of these cases: all of them or none. ``by`` is who sits here where it is empty. Raises DeskError."""
        first, other, reason = one_line(by) or self._journal.by(), one_line(second), one_line(why)
        if not first or not other or first == other:
            raise DeskError("删除个人信息要有两个人。", NOTHING, "请写另一个人的姓名，不能是同一个人。", "second")
        if not reason:
            raise DeskError("没有写为什么删除。", NOTHING, "请写批准的文件或者鉴定的意见。", "why")
        if not case_nos:
            raise DeskError("没有选申请。", NOTHING, "请先选保管期满的。")
        cases = [self._journal.case_by_no(number) for number in case_nos]
        for case in cases:
            if hindered := self.hindered(case):
                raise DeskError(hindered, NOTHING, "保管期没有满的、没有归档的、争议没有完的不能删除。")
        with self._journal.write():
            done = tuple(
                erase(self._journal, case.case_id, self._clock.today(), first, other, reason) for case in cases
            )
        files = self._files_gone(done)
        unclean = self._clean()
        try:
            files += self._copies_gone() if not unclean else 0
        except DeskError as error:  # what was erased is erased; what the old copies still hold is said
            unclean = f"新的备份没有做成，本机的旧备份还留着：{error}"
        numbers = {one.case_no for one in done}
        return Forgotten(
            self._clock.today(), first, other, reason, done, files, places_elsewhere(self._journal.store), self._named(numbers), unclean
        )  # fmt: skip

    def _files_gone(self, done: Sequence[Erasure]) -> int:
        """Take away the files of the papers that no other case has, and the letters that were saved here as they were issued."""
        shelf = Shelf(self._home, self._journal.store.key)
        kept = {paper.paper.sha256 + paper.paper.ending for paper in papers_on_file(self._journal.store)}
        papers = {file for one in done for file in one.files} - kept
        for file in papers:
            shelf.drop(file)
        hashes = {value for one in done for value in one.hashes}
        saved = self._home / LETTERS
        letters = (
            [p for p in saved.rglob("*") if p.is_file() and digest(p.read_bytes()) in hashes]
            if saved.is_dir()
            else []
        )
        for path in letters:
            gone(path)
        return len(papers) + len(letters)

    def _clean(self) -> str:
        """Write the register's file anew; why it could not be, in a sentence."""
        try:
            clear_traces(self._journal.store)
        except DeskError as error:
            return str(error)
        return ""

    def _copies_gone(self) -> int:
        """Take away the copies that this desk made of itself, once there is a new one; raises DeskError where that cannot be made, and the old
        ones stay."""
        folder = self._home / BACKUPS
        old = [path for path in folder.iterdir() if path.is_file() and path.name != LOG] if folder.is_dir() else []
        aside = [(path, path.with_name(f"{path.name}.旧")) for path in old]
        for path, other in aside:
            path.rename(other)
        try:
            self._back_up()
        except BaseException:
            for path, other in aside:
                other.rename(path)
            raise
        upgrades = list(self._home.glob(OLD_COPIES))
        for path in [*(other for _, other in aside), *upgrades]:
            gone(path)
        return len(aside) + len(upgrades)

    def _named(self, numbers: set[str]) -> tuple[str, ...]:
        """The files of the folders for others whose names speak of these cases."""
        places = [(name, self._home / name) for name in (LETTERS, EXPORTS)]
        lying = [
            (name, path)
            for name, place in places
            if place.is_dir()
            for path in sorted(place.rglob("*"))
            if path.is_file()
        ]
        return tuple(f"{name}/{path.name}" for name, path in lying if any(number in path.name for number in numbers))

    def certificate(self, done: Forgotten) -> LooseSheet:
        """The certificate on paper: what was erased, by whom, what is left elsewhere, where the register stood afterwards."""
        unit, title = self._journal.unit(self._clock.today()).name, "个人信息删除证明"
        lines = []
        for one in done.cases:
            case = self._journal.case(one.case_id)
            counts = (str(one.entries), str(one.letters), str(len(one.files)))
            lines.append([one.case_no, str(case.closed_on or ""), retention_of(case).name, *counts])
        said = [
            f"理由：{done.why}。删除日期：{done.on}。登记号、日期、答复种类、统计数和登记记录的校验保留，删去的内容不能恢复。",
            f"登记簿删除以后的校验：{sign_on_paper(self._journal.store) or '练习台没有'}。",
            f"以前备份到别处、应当销毁的{len(done.elsewhere)}份：{'、'.join(done.elsewhere) or '没有'}。",
            f"删除人：{done.by}＿＿＿＿＿　监督人：{done.second}＿＿＿＿＿　日期＿＿＿＿＿",
        ]  # fmt: skip
        return self._sheets.ruled(title, paged((unit, title), HEADS, lines, SHARES, tuple(said)))
