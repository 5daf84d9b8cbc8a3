"""What lies in the folder of a case, in the archive's order: its papers on file, its letters, forms made of what is known. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deskapp.law.case_file import filed_papers, place_of_letter
from deskapp.register import events as ev
from deskapp.register.case import Case

OPINIONS = "opinions"  # what the register knows of the opinions before the answer
LEFT_OUT = (
    "envelope",
    "case_cover",
    "case_index",
    "service_receipt",
)  # what goes around, and what comes back signed as a scan


@dataclass(frozen=True)
class FolderItem:
    """One thing in a folder: its place in the archive's order, its title, its day, its pages, the number of a letter, a remark; the letter
    it is, the paper on file it is, or the kind of form that is made for it. ``first`` is its first page in the folder, 0 for none yet."""

    place: int
    title: str
    on: date
    pages: int = 0
    number: str = ""
    remark: str = ""
    letter_id: str = ""
    paper: ev.Attached | None = None
    form: str = ""
    first: int = 0

    @property
    def range(self) -> str:
        """Its pages in the folder, in words: 3, or 4—6."""
        last = self.first + self.pages - 1
        return "" if not self.first else str(self.first) if last <= self.first else f"{self.first}—{last}"


def folder_items(case: Case, forms: Sequence[FolderItem] = ()) -> list[FolderItem]:
    """What lies in the folder of a case, with ``forms`` that are made for it, in the archive's order, numbered page by page."""
    items = sorted([*_letters(case), *_papers(case), *forms], key=lambda item: (item.place, item.on))
    return numbered(items)


def numbered(items: Sequence[FolderItem]) -> list[FolderItem]:
    """The same, each with its first page as the pages before it make it."""
    found, page = [], 1
    for item in items:
        found.append(replace(item, first=page))
        page += item.pages
    return found


def index_lines(items: Sequence[FolderItem]) -> str:
    """The items as the rows of the index's form; days in eight digits, as archives write them."""
    rows = ((item.title, f"{item.on:%Y%m%d}", item.range, item.number, item.remark) for item in items)
    return "\n".join("｜".join(row) for row in rows)


def missing_forms(case: Case) -> Iterator[tuple[str, date]]:
    """What a folder wants and nobody has made: the kinds of form, or OPINIONS, and the days they are of."""
    made = {letter.kind for letter in case.letters if letter.letter_id not in case.void_letters}
    if "registration_sheet" not in made:
        yield "registration_sheet", case.received.on
    if case.reviews:
        yield OPINIONS, case.reviews[-1].on


def _letters(case: Case) -> Iterator[FolderItem]:
    for letter in case.letters:
        if letter.letter_id in case.void_letters or letter.kind in LEFT_OUT:
            continue
        yield FolderItem(
            place=place_of_letter(letter.kind, bool(letter.category)), title=letter.title, on=letter.on, pages=letter.pages,
            number=letter.number, remark=_served(case, letter.letter_id), letter_id=letter.letter_id,
        )  # fmt: skip


def _served(case: Case, letter_id: str) -> str:
    days = [event.on for event in case.told if isinstance(event, ev.Served) and event.letter_id == letter_id]
    return f"{days[-1]:%m-%d}送达" if days and letter_id in case.served_letters else ""


def _papers(case: Case) -> Iterator[FolderItem]:
    for paper in case.papers:
        remark = f"只有纸质{paper.where or f'{paper.pages}页'}"
        if paper.sha256:
            remark = f"另附，{paper.pages}页" if paper.ending == ".docx" else ""
        place = filed_papers()[paper.kind].place
        yield FolderItem(place, paper.name, paper.on, paper.pages, remark=remark, paper=paper)
