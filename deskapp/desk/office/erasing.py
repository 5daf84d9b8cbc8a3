"""到期清理: what is known of people in files whose period has run out is erased by two named people, with a certificate.

The figures and the soundness of the chain stay (:mod:`deskapp.register.erasing`). What lies beside goes too: the letters by which the case
came and other records that speak of its people and whose own period is over (:mod:`deskapp.desk.office.notes_over`), half-filled forms of
those years, files of papers and what was read off them, copies somebody looked at, letters that were saved here, the copies that the desk
makes of itself by the day, in whose place a new one is made at once. Where the people still stand is looked for and named on the
certificate (:mod:`deskapp.desk.office.still_there`), and so is what this desk cannot reach: backups elsewhere, what went to the county.
The books can be cleared without a case as well (:meth:`Erasing.erase` with ``books``). 个人信息保护法 19: kept no longer than needed; 47: to
be erased when the period is over; where a law asks for a longer keeping, that goes first, so a file whose period runs is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.cases.retention import kept_until, retention_of
from deskapp.desk.office.answers_over import AnswersOver
from deskapp.desk.office.notes_over import BookNote, BookNotes
from deskapp.desk.office.still_there import StillThere, still_there
from deskapp.desk.sheets.loose import LooseSheet, Sheets
from deskapp.desk.sheets.paging import paged
from deskapp.errors import DeskError
from deskapp.files import gone
from deskapp.papers.keeping import Shelf
from deskapp.parsing import one_line
from deskapp.paths import BACKUPS, LETTERS, VIEWED
from deskapp.register.backups_noted import places_elsewhere
from deskapp.register.case import Case
from deskapp.register.erasing import Erasure, clear_traces, erase
from deskapp.register.erasing_notes import erase_notes
from deskapp.register.hashing import digest
from deskapp.register.heads import LOG, sign_on_paper
from deskapp.register.journal import Journal
from deskapp.register.on_file import papers_on_file
from deskapp.register.person_words import PersonWords, words_of_people

NOTHING = "没有删除任何内容。"
HEADS = ("登记号", "办结日期", "期限", "记录", "文书", "材料", "收件等")
SHARES = (3.2, 2.4, 1.8, 1.3, 1.3, 1.3, 1.5)
OLD_COPIES = "register-升级前-*.db*"


@dataclass(frozen=True)
class Forgotten:
    """What came of it: case by case, how many records of the books besides those that went with a case, how many half-filled forms and
    files; where the people still stand, what lies where this desk cannot reach; ``unclean`` says why the register's file could not be
    written anew."""

    on: date
    by: str
    second: str
    why: str
    cases: tuple[Erasure, ...]
    books: int
    forms: int
    files: int
    elsewhere: tuple[str, ...]
    still: StillThere
    unclean: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The files that speak of these cases or people, for somebody to look at."""
        return self.still.files

    @property
    def notes(self) -> int:
        """How many records of visits, mail and the like were emptied, each version counted."""
        return self.books + sum(one.notes for one in self.cases)

    @property
    def sentence(self) -> str:
        """All of it in words."""
        entries, letters = sum(one.entries for one in self.cases), sum(one.letters for one in self.cases)
        parts = [f"来访、收件等登记{self.notes}条", f"没有填完的表{self.forms}份", f"别的文件{self.files}个"]
        if self.cases:
            said = f"已删除{len(self.cases)}件里的个人信息：记录{entries}条、文书{letters}份、{'、'.join(parts)}；登记号、日期、答复种类和统计数都在。"
        else:
            said = f"已删除保管期满的{parts[0]}里的个人信息；日期、种类、人数和统计数都在。"
        if self.elsewhere:
            said += f"以前备份到别处的{len(self.elsewhere)}份里还有，请销毁：{'、'.join(self.elsewhere[:3])}。"
        return said + self.left + (f"旧内容的痕迹还没有清掉：{self.unclean}" if self.unclean else "")

    @property
    def left(self) -> str:
        """Where they still stand, in words; empty where nothing was found."""
        said = ""
        if self.still.places:
            said += f"还写着这些人的：{'、'.join(self.still.places)}，没有到期或者是公开的内容，请核对。"
        if self.named:
            said += f"名称或者内容里还有的文件{len(self.named)}个，请核对以后删去：{'、'.join(self.named[:3])}。"
        if self.still.unread:
            said += f"另有{self.still.unread}个文件是图片、扫描件或者加了密码，里面有没有要人看。"
        return said


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

    def books_over(self) -> int:
        """How many records of visits, mail and slips could be emptied because their own period is over."""
        return len(BookNotes(self._journal, self._clock.today()).over())

    def erase(self, case_nos: Sequence[str], second: str, why: str, by: str = "", books: bool = False) -> Forgotten:
        """Erase the people of these cases: all of them or none; with ``books`` also whatever records of visits, mail and slips are over,
        whoever they speak of. ``by`` is who sits here where it is empty. Raises DeskError."""
        first, other, reason = one_line(by) or self._journal.by(), one_line(second), one_line(why)
        if not first or not other or first == other:
            raise DeskError("删除个人信息要有两个人。", NOTHING, "请写另一个人的姓名，不能是同一个人。", "second")
        if not reason:
            raise DeskError("没有写为什么删除。", NOTHING, "请写批准的文件或者鉴定的意见。", "why")
        cases = self._chosen(case_nos, books)
        words, numbers = words_of_people(cases), {case.case_no for case in cases}
        with self._journal.write():
            done = tuple(self._erased(case, first, other, reason) for case in cases)
            loose = self._loose(words, books)
            if loose:
                emptied = [version for note in loose for version in note.emptied()]
                erase_notes(self._journal, emptied, self._clock.today(), first, other, reason)
            forms = self._forms_gone(cases, words)
        files = self._files_gone(done)
        unclean = self._clean()
        try:
            files += self._copies_gone() if not unclean else 0
        except DeskError as error:  # what was erased is erased; what the old copies still hold is said
            unclean = f"新的备份没有做成，本机的旧备份还留着：{error}"
        still = still_there(self._journal, self._home, words, numbers)
        elsewhere = places_elsewhere(self._journal.store)
        versions = sum(len(note.versions) for note in loose)
        return Forgotten(
            self._clock.today(), first, other, reason, done, versions, forms, files, elsewhere, still, unclean
        )

    def _chosen(self, case_nos: Sequence[str], books: bool) -> list[Case]:
        """The cases, each of which may be erased. Raises DeskError where one may not, or nothing is chosen."""
        if not case_nos and not (books and self.books_over()):
            what = "来访、收件、问卷的登记里没有到期的。" if books else "没有选申请。"
            raise DeskError(what, NOTHING, "请先选保管期满的。")
        cases = [self._journal.case_by_no(number) for number in dict.fromkeys(case_nos)]
        for case in cases:
            if hindered := self.hindered(case):
                raise DeskError(hindered, NOTHING, "保管期没有满的、没有归档的、争议没有完的不能删除。")
        return cases

    def _erased(self, case: Case, by: str, second: str, why: str) -> Erasure:
        """Erase one case, with the letters by which it came and what was answered to the county about it."""
        today = self._clock.today()
        own = BookNotes(self._journal, today).of_case(case.case_no)
        emptied = [version for note in own for version in note.emptied()]
        emptied += AnswersOver(self._journal).of_case(case.case_no, words_of_people([case]))
        return erase(self._journal, case.case_id, today, by, second, why, emptied)

    def _loose(self, words: PersonWords, books: bool) -> list[BookNote]:
        """The records that are over and speak of these people, or all that are over."""
        over = BookNotes(self._journal, self._clock.today()).over()
        return [note for note in over if books or note.says(words)]

    def _forms_gone(self, cases: Sequence[Case], words: PersonWords) -> int:
        """Forget half-filled forms that speak of these people and were typed while their files were kept; a newer one is somebody's work."""
        last = max((kept_until(case) or 0 for case in cases), default=0)
        gone_ = [
            form
            for form in self._journal.records.all_drafts()
            if int(form.at[:4]) <= last and words.stand_in(str(form.body))
        ]
        for form in gone_:
            self._journal.records.drop_draft(form.key)
        return len(gone_)

    def _files_gone(self, done: Sequence[Erasure]) -> int:
        """Take away the files of the papers that no other case has, the letters that were saved here as they were issued, and every copy
        that somebody is looking at."""
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
        viewed = [path for path in (self._home / VIEWED).glob("*") if path.is_file()] if done else []
        for path in [*letters, *viewed]:
            gone(path)
        return len(papers) + len(letters) + len(viewed)

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

    def certificate(self, done: Forgotten) -> LooseSheet:
        """The certificate on paper: what was erased, by whom, what is left elsewhere, where the register stood afterwards."""
        unit, title = self._journal.unit(self._clock.today()).name, "个人信息删除证明"
        lines = []
        for one in done.cases:
            case = self._journal.case(one.case_id)
            counts = (str(one.entries), str(one.letters), str(len(one.files)), str(one.notes))
            lines.append([one.case_no, str(case.closed_on or ""), retention_of(case).name, *counts])
        said = [
            f"理由：{done.why}。删除日期：{done.on}。登记号、日期、答复种类、统计数和登记记录的校验保留，删去的内容不能恢复。",
            f"另外删去：到期的来访、收件、问卷登记{done.books}条，没有填完的表{done.forms}份，别的文件{done.files}个。",
            done.left or "登记簿和数据文件夹里没有再找到这些人。",
            f"登记簿删除以后的校验：{sign_on_paper(self._journal.store) or '练习台没有'}。",
            f"以前备份到别处、应当销毁的{len(done.elsewhere)}份：{'、'.join(done.elsewhere) or '没有'}。",
            "报给县里时带着个人信息的、打印机里存着的、交给别人的，本机够不到，要另外处理。",
            f"删除人：{done.by}＿＿＿＿＿　监督人：{done.second}＿＿＿＿＿　日期＿＿＿＿＿",
        ]
        return self._sheets.ruled(title, paged((unit, title), HEADS, lines, SHARES, tuple(said)))
