"""Words in papers: what stands on the scans of all cases is read off, where this computer can, and looked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deskapp.desk.cases.papers import PapersOnFile
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.scans import can_read, words_in
from deskapp.law.case_file import filed_name
from deskapp.papers.words import PaperTexts
from deskapp.register.journal import Journal
from deskapp.register.on_file import OnFile, papers_on_file

READABLE = (".pdf", ".jpg", ".png", ".tif")
MOST_PAGES_READ = 30  # of one paper
BEFORE, AFTER = 8, 16  # characters that are shown around what was found
NO_READER = DeskError(
    "这台电脑读不了扫描件里的字。",
    "没有读。",
    "请安装 tesseract 和简体中文（Debian 上是 tesseract-ocr-chi-sim）、poppler-utils。",
)


@dataclass(frozen=True)
class PaperHit:
    """A paper in which the words stand, and a few of those around the first."""

    case_no: str
    case_id: str
    name: str
    around: str

    @property
    def text(self) -> str:
        """On one line."""
        return f"{self.case_no}　{self.name}　..{self.around}.."


class PaperSearch:
    """The moment somebody remembers what stood on a paper."""

    def __init__(self, journal: Journal, papers: PapersOnFile, texts: PaperTexts) -> None:
        self._journal, self._papers, self._texts = journal, papers, texts

    def unread(self) -> list[OnFile]:
        """The papers that nobody has read yet, each file once."""
        found = {item.file: item for item in self._readable() if self._texts.text(item.file) is None}
        return list(found.values())

    def _readable(self) -> Iterator[OnFile]:
        return (item for item in papers_on_file(self._journal.store) if item.file and item.paper.ending in READABLE)

    def read(self, tell: Callable[[int, int], None] | None = None) -> int:
        """Read what is not read; how many papers: a second or two a page. Raises DeskError where this computer cannot, or a file is wanting
        or cannot be written."""
        if not can_read():
            raise NO_READER
        waiting = self.unread()
        for n, item in enumerate(waiting, 1):
            text = words_in(self._papers.content(item.paper), item.paper.ending, MOST_PAGES_READ)
            try:
                self._texts.keep(item.file, text)
            except OSError as error:
                raise DeskError(f"读出来的字没有存上：{os_reason(error)}。", "", "请检查磁盘。") from error
            if tell:
                tell(n, len(waiting))
        return len(waiting)

    def find(self, words: str) -> list[PaperHit]:
        """The papers in which all the words stand, the newest first. What a program read off a scan may be wrong."""
        wanted = [_plain(word) for word in words.split()]
        if not wanted:
            return []
        hits = []
        for item in self._readable():
            text = _plain(self._texts.text(item.file) or "")
            if all(word in text for word in wanted):
                at = text.index(wanted[0])
                around = text[max(0, at - BEFORE) : at + len(wanted[0]) + AFTER]
                name = item.paper.name or filed_name(item.paper.kind)
                hits.append(PaperHit(item.case_no, item.case_id, name, around))
        return hits[::-1]


def _plain(text: str) -> str:
    """A text without blanks and line ends, which a reader of scans sets as it likes; small letters."""
    return "".join(text.split()).casefold()
