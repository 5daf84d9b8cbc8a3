"""区分处理 (条例 37): a paper is opened, decided page by page, looked at as it will be given out, copied, and noted without a value.

What is on the screen of whoever decides stays there: the register holds kinds, counts, articles, pages and sums.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.cases.drafts import Drafts
from deskapp.desk.cases.letter_events import append_checked
from deskapp.desk.cases.paper import LONGEST_CASE_NO
from deskapp.desk.cases.reply import Reply
from deskapp.errors import DeskError, os_reason
from deskapp.files import gone, write_bytes
from deskapp.papers.showing import Looks
from deskapp.paths import EXPORTS, FONTS, file_name, make_private
from deskapp.printing.viewer import open_file
from deskapp.redaction.choosing import chosen_pages, left_out_words
from deskapp.redaction.covering import make_copy, page_as_given, sum_of
from deskapp.redaction.deciding import Decisions, sentences
from deskapp.redaction.pages import PaperPage
from deskapp.redaction.proposing import KnownBefore
from deskapp.redaction.reading import draw_pages, read_pages
from deskapp.redaction.scanned import rows_on, words_on
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.events_after import CoveredParts
from deskapp.register.journal import Journal
from letters.pdf.fonts import FontBook

PARTIAL, WITHHELD = "partial", "withheld"  # the letter of 条例 37 and its fact
FEW = 8  # characters on a page with a picture: it is a scan with a stamp of text on it
NOT_GIVEN = "复制件没有做成。"


@dataclass
class OpenPaper:
    """A paper on the desk: where it lies, its sum when it was opened, what is decided of it, which pages were looked at since they were
    last changed."""

    case_id: str
    path: Path
    sha256: str
    decisions: Decisions


@dataclass(frozen=True)
class Given:
    """What was made: the copy, the list of what is covered, its lines as the letter 部分公开 takes them; what is said of pages that were
    left out, empty for none."""

    copy: Path
    listed: Path
    lines: tuple[str, ...]
    sha256: str
    left_out: str = ""


class Redaction:
    """The moment a paper is made ready to be given out in part."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, reply: Reply, drafts: Drafts) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._reply, self._drafts, self._looks = reply, drafts, Looks(home)

    @cached_property
    def _fonts(self) -> FontBook:
        return FontBook(self._home / FONTS)

    # -- opening -------------------------------------------------------------------------------------------------------

    def open(
        self,
        path: Path,
        case_id: str = "",
        words: Iterable[str] = (),
        tell: Callable[[int, int], None] = lambda done, all_: None,
        only: str = "",
    ) -> OpenPaper:
        """Read a paper and propose what to cover; ``tell`` hears how many pages are read, ``only`` are the pages that are to be given out as
        somebody types them, all of them for an empty text. Raises DeskError."""
        sum_ = sum_of(path) if path.is_file() else ""
        every = read_pages(path)
        chosen = set(chosen_pages(only, len(every)))
        pages = [page for page in every if page.number in chosen]
        read = []
        for n, page in enumerate(pages, 1):
            read.append(self._seen(path, page))
            tell(n, len(pages))
        known = self.known(case_id, words)
        return OpenPaper(case_id, path, sum_, Decisions(read, known, self._clock.today(), len(every)))

    @staticmethod
    def _seen(path: Path, page: PaperPage) -> PaperPage:
        """A page; of a scan the words that this computer reads off it, or else the rows that are seen."""
        if not page.wordless and not (page.pictures and sum(len(line.chars) for line in page.lines) < FEW):
            return page
        drawn = next(iter(draw_pages(path, (page.number,))))
        words = words_on(drawn)
        return replace(page, lines=words or rows_on(drawn), read_off=bool(words), pictures=True)

    def known(self, case_id: str = "", words: Iterable[str] = ()) -> KnownBefore:
        """The names of the register, those of the case first, and what is nobody's secret."""
        unit = self._journal.unit(self._clock.today())
        names = [*(self._names(self._journal.case(case_id)) if case_id else ()), *self._journal.queries.applicants()]
        ours = frozenset(filter(None, (re.sub("[^0-9]", "", number) for number in (unit.phone, unit.postcode))))
        public = {unit.name, unit.review_body, unit.court}
        return KnownBefore(
            tuple(name for name in dict.fromkeys(names) if name and name not in public),
            tuple(filter(str.strip, words)),
            ours,
        )

    @staticmethod
    def _names(case: Case) -> list[str]:
        received = case.received
        acting = [person.name for person in (received.agent, received.guardian) if person]
        parties = [str(name) for event in case.history if (name := getattr(event, "party", ""))]
        return [*case.applicants, *acting, received.legal_representative, *parties]

    # -- looking -------------------------------------------------------------------------------------------------------

    @property
    def whoever(self) -> str:
        """Who sits at the desk, by the unit's particulars; empty where they do not say."""
        return self._journal.by()

    def show_page(self, paper: OpenPaper, number: int) -> tuple[Path, bool]:
        """Put a page as it will be given out into a file and open it; the file, and whether the system has a program that shows it. Raises
        DeskError."""
        pdf = page_as_given(paper.path, paper.decisions, number, self._fonts)
        path = self._looks.copy(f"第{number}页", ".pdf", pdf, "没有核定。")
        try:
            open_file(path)
        except DeskError:  # the page lies there, and its place is said
            return path, False
        return path, True

    def leave(self) -> None:
        """Take away the pages that were only looked at."""
        self._looks.close()

    # -- giving --------------------------------------------------------------------------------------------------------

    def give(self, paper: OpenPaper, target: Path | None = None) -> Given:
        """Make the copy, write it and the list of what is covered, to ``target`` and beside it or among the files for others, and note it.
        Raises DeskError while a page is not confirmed; then there is no copy."""
        today = self._clock.today()
        copy = make_copy(paper.path, paper.decisions, self._fonts, today, paper.sha256)
        lines = tuple(sentences(paper.decisions.tally()))
        if target is None:  # by the case: the name of the paper itself often names somebody
            of = self._journal.case(paper.case_id).case_no[:LONGEST_CASE_NO] if paper.case_id else ""
            name = " ".join(filter(None, ("区分处理件", of, copy.sha256[:8])))
            target = make_private(self._home / EXPORTS) / file_name(name, ".pdf")
        listed = target.with_name(file_name(f"{target.stem} 说明", ".txt"))
        said = self._list(paper, lines, copy.sha256)
        try:
            write_bytes(target, copy.pdf, replace=True)
            write_bytes(listed, said.encode("utf-8-sig"), replace=True)
            self._note(paper, copy.sha256, copy.pages)
        except OSError as error:
            gone(target)
            raise DeskError(f"复制件没有存上：{os_reason(error)}。", NOT_GIVEN, "请检查磁盘，再做一次。") from error
        except DeskError:
            gone(target)
            gone(listed)
            raise
        self.leave()
        return Given(target, listed, lines, copy.sha256, left_out_words(paper.decisions.left_out))

    def _list(self, paper: OpenPaper, lines: tuple[str, ...], sha256: str) -> str:
        confirmed = [f"第{page.page.number}页：{page.confirmed_by}核定" for page in paper.decisions.pages]
        decisions = paper.decisions
        pages = f"给{len(confirmed)}页，原件共{decisions.total}页" if decisions.left_out else f"共{len(confirmed)}页"
        head = f"区分处理说明（政府信息公开条例第三十七条）\n{self._clock.today()}　{pages}"
        rest = filter(None, [left_out_words(decisions.left_out)])
        # the sum of the paper itself stays in the register: whoever guesses what is covered could try it
        return "\n".join(
            [head, "", *(lines or ("没有遮盖。",)), *rest, "", *confirmed, "", f"复制件SHA-256：{sha256}", ""]
        )

    def _note(self, paper: OpenPaper, sha256: str, pages: int) -> None:
        if not paper.case_id:
            return
        covered = tuple(
            CoveredParts(kind=item.kind, reason=item.reason.key, count=item.count) for item in paper.decisions.tally()
        )
        by = "、".join(dict.fromkeys(page.confirmed_by for page in paper.decisions.pages))
        shown = {
            "pages": pages,
            "left_out": paper.decisions.left_out,
            "covered": covered,
            "source_sha256": paper.sha256,
            "copy_sha256": sha256,
        }
        event = ev.Redacted.model_validate({"on": self._clock.today(), "by": by, **shown})
        with self._journal.write():
            append_checked(self._journal, self._journal.case(paper.case_id), [event], None)

    def to_letter(self, paper: OpenPaper, lines: Iterable[str]) -> bool:
        """Put the list into the draft of 部分公开 of the case, behind what stands there; False where the case has an answer already."""
        if not paper.case_id or self._journal.case(paper.case_id).category:
            return False
        draft = self._reply.draft(paper.case_id, PARTIAL)
        there = draft.get(WITHHELD, "").splitlines()
        more = [line for line in lines if line not in there]
        if more:
            self._drafts.keep(
                self._reply.draft_key(paper.case_id, PARTIAL),
                {**draft, WITHHELD: "\n".join(filter(None, [*there, *more]))},
            )
        return True
