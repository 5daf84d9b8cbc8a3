"""The two kinds of lists that come in at the reading point, each through the same steps: looked at, its columns confirmed, taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from deskapp.catalogue.entry import meaning_of
from deskapp.catalogue.lists import LIST, VALIDITY, ListOptions, usual_validity
from deskapp.catalogue.standards import STANDARD
from deskapp.desk.reading.catalogue import Catalogue, sentences
from deskapp.desk.reading.duties import Duties
from deskapp.exchange.bad_cells import lines_of
from deskapp.exchange.columns import Columns, folded
from deskapp.exchange.heading import NUMBERING
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import TableProposal
from deskapp.register.records import Records

ListName = Literal["catalogue", "standard"]
NAMES: dict[ListName, str] = {"catalogue": "公开目录", "standard": "标准目录"}
WHOSE: dict[ListName, tuple[str, str]] = {  # what holds for the whole list where it does not say it: label, help
    "catalogue": ("整张表的发布机构", "表里没有【发布机构】这一列的，写是哪个机关的；有这一列的不填。"),
    "standard": ("整张表的领域", "表名、标题里看不出是哪个领域的，写在这里，例如 社会救助。"),
}
WORDED: dict[ListName, tuple[str, ...]] = {"catalogue": (VALIDITY,), "standard": ()}


@dataclass(frozen=True)
class ListChoice:
    """What somebody chose for a list: its sheet and columns, what words under 有效性 stand for, what holds for all of it."""

    choice: TableChoice = field(default_factory=TableChoice)
    words: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""


@dataclass(frozen=True)
class ListResult:
    """What became of a list: sentences, the sum last; whether anything was kept; how many lines are bad, how many could be taken."""

    said: tuple[str, ...]
    kept: bool
    bad_lines: int
    may: int


class Lists:
    """The moment a list comes in at the reading point."""

    def __init__(self, catalogue: Catalogue, duties: Duties, records: Callable[[], Records]) -> None:
        self._catalogue, self._duties, self._records = catalogue, duties, records

    def columns(self, name: ListName) -> Columns:
        """The columns of a kind of list."""
        return LIST if name == "catalogue" else STANDARD

    def words(self) -> tuple[str, ...]:
        """What may stand under 有效性."""
        return usual_validity()

    def look(self, name: ListName, path: Path) -> TableProposal:
        """What is believed of a file, with what was confirmed before. Raises DeskError."""
        choice = TableChoice(self.remembered(name)[0])
        return self._catalogue.look(path, choice) if name == "catalogue" else self._duties.look(path, choice)

    def is_clear(self, name: ListName, proposal: TableProposal) -> bool:
        """Whether nothing has to be asked: one sheet, every column known, the required ones there, every word understood."""
        of = self.columns(name)
        known = set(proposal.names.values())
        words = proposal.words.get(VALIDITY, {})
        return (
            len(proposal.sheets) == 1
            and all(column in known for column in of.required)
            and all(column in of.names or folded(other) in NUMBERING for other, column in proposal.names.items())
            and all(meaning_of(word) is not None or word in self.remembered(name)[1] for word in words)
        )

    def take(
        self,
        name: ListName,
        path: Path,
        chosen: ListChoice,
        *,
        dry_run: bool = False,
        good_part: bool = False,
        rejects: Path | None = None,
    ) -> ListResult:
        """Take a list in: all of it, or the good part. Raises DeskError when it cannot be read at all."""
        if name == "standard":
            done = self._duties.take(path, chosen.choice, chosen.whole, good_part, dry_run)
            bad_lines = lines_of(done.bad)
            may = done.new + done.changed + done.same
            result = ListResult(tuple(done.said), done.kept, bad_lines, may)
        else:
            words = {**self.remembered(name)[1], **chosen.words}
            options = ListOptions(chosen.choice, words, chosen.whole, good_part)
            taken = self._catalogue.take(path, dry_run, None, options, rejects)
            result = ListResult(tuple(sentences(taken, dry_run)), taken.kept, taken.bad_lines, taken.may)
        if result.kept:
            self._remember(name, chosen)
        return result

    def remembered(self, name: ListName) -> tuple[dict[str, str], dict[str, str]]:
        """The columns and words that were confirmed of such lists before."""
        try:
            kept = json.loads(self._records().note(f"list_{name}") or "{}")
            return dict(kept.get("columns", {})), dict(kept.get("words", {}))
        except (ValueError, TypeError, AttributeError):
            return {}, {}

    def _remember(self, name: ListName, chosen: ListChoice) -> None:
        columns, words = self.remembered(name)
        new = {other: column for other, column in chosen.choice.columns.items() if column}
        kept = {"columns": {**columns, **new}, "words": {**words, **chosen.words}}
        if kept != {"columns": columns, "words": words}:
            self._records().set_note(f"list_{name}", json.dumps(kept, ensure_ascii=False))
