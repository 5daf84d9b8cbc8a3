"""Files go out to others and come back, for a clerk who has no shell: tables of the register, lists, the unit, letter templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from deskapp.catalogue.entry import Entry
from deskapp.catalogue.lists import COLUMNS as CATALOGUE_COLUMNS
from deskapp.catalogue.lists import FIELDS
from deskapp.clock import Clock
from deskapp.desk.office.ledger_counts import Progress
from deskapp.desk.office.ledgers import Ledgers
from deskapp.desk.reading.question_lists import QuestionLists, take_whole
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.ledger_columns import allowed_words
from deskapp.exchange.ledger_template import write_template
from deskapp.exchange.new_file import write_new
from deskapp.exchange.persons import Persons
from deskapp.exchange.sheets import write_lines
from deskapp.files import write_bytes
from deskapp.paths import EXPORTS, free_path, make_private
from deskapp.register.journal import Journal
from deskapp.unit import UnitProfile, load_unit_toml

GIVEN: dict[str, tuple[str, str]] = {
    "ledger": ("台账", ".xlsx"), "platform": ("省平台录入表", ".xlsx"), "template": ("空白台账", ".xlsx"),
    "catalogue": ("公开目录", ".xlsx"), "questions": ("常见问题", ".xlsx"), "unit": ("单位资料", ".toml"), "letters": ("文书模板", ""),
}  # fmt: skip
"""What may go out: what the file is called, and its ending; a folder has none."""
OF_CASES = ("ledger", "platform")  # in which people are named
TAKEN = {
    "platform": "填好平台编号的录入表",
    "questions": "常见问题",
    "unit": "单位资料（toml）",
    "letters": "改好的文书模板",
}


@dataclass(frozen=True)
class GivenFile:
    """A file that went out: where, how many things are in it, what is to be said besides."""

    path: Path
    count: int
    said: tuple[str, ...] = ()


class PublishedList(Protocol):
    """The list of what is published, as far as it goes out."""

    def everything(self) -> list[Entry]:
        """All entries, the newest first."""


class LetterFiles(Protocol):
    """The press, as far as its templates are files."""

    def shipped_files(self) -> list[Path]:
        """The templates that come with the program."""

    def take_template(self, path: Path) -> str:
        """Lay a template where the office's own are; what is to be said. Raises DeskError for one that is of no use."""


class Handing:
    """The moment a file goes out of the house, or comes back."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, ledgers: Ledgers, questions: Callable[[], QuestionLists], published: Callable[[], PublishedList],
        letters: LetterFiles, unit: Callable[[], UnitProfile],
    ) -> None:  # fmt: skip
        self._journal, self._clock, self._home, self._ledgers = journal, clock, home, ledgers
        self._questions, self._published, self._letters = questions, published, letters
        self._unit = unit

    # -- out ---------------------------------------------------------------------------------------------------

    def give_here(self, kind: str, persons: Persons = "full", progress: Progress | None = None) -> GivenFile:
        """Write one of the files into the folder 导出 of the data directory, under a name that is free. Raises DeskError."""
        name, ending = GIVEN[kind]
        return self.give(kind, free_path(make_private(self._home / EXPORTS), name, ending), persons, progress)

    def give(self, kind: str, path: Path, persons: Persons = "full", progress: Progress | None = None) -> GivenFile:
        """Write one of the files of ``GIVEN``. Raises DeskError when it is there already or cannot be written."""
        if kind == "ledger":
            return GivenFile(
                path, self._ledgers.give(path, None, persons, progress), tuple(self._ledgers.said_less())
            )
        if kind == "platform":
            return GivenFile(path, self._ledgers.give_platform(path, persons, progress))
        writers = {
            "template": self._template, "catalogue": self._catalogue, "questions": self._questions_out, "unit": self._unit_out,
            "letters": self._letters_out,
        }  # fmt: skip
        return GivenFile(path, writers[kind](path))

    def _template(self, path: Path) -> int:
        write_new(path, "空白台账", {".xlsx": lambda allowed, part: write_template(part, allowed)}, allowed_words)
        return 0

    def _catalogue(self, path: Path) -> int:
        own = {"索引号": "index_no", "名称": "name", **FIELDS}
        lines = [
            [str(getattr(entry, own[column])) for column in CATALOGUE_COLUMNS]
            for entry in self._published().everything()
        ]
        return (
            write_lines(path, "主动公开目录", [CATALOGUE_COLUMNS, *lines], [16, 40, 20, 20, 12, 14, 10, 30, 20, 20])
            - 1
        )

    def _questions_out(self, path: Path) -> int:
        return self._questions().give(path)

    def _unit_out(self, path: Path) -> int:
        values = {
            key: value for key, value in self._unit().model_dump(mode="json").items() if value not in ("", [], None)
        }
        text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
        try:
            write_bytes(path, text.encode())
        except OSError as error:
            raise DeskError(f"不能写 {path}：{os_reason(error)}。", "没有写文件。", "请换一个位置再试。") from error
        return len(values)

    def _letters_out(self, folder: Path) -> int:
        """Copies to be changed; what is laid into the office's own folder is used in place of ours."""
        files = self._letters.shipped_files()
        try:
            make_private(folder)
            for file in files:
                write_bytes(folder / file.name, file.read_bytes())
        except OSError as error:
            raise DeskError(f"不能写 {folder}：{os_reason(error)}。", "没有写完。", "请换一个位置再试。") from error
        return len(files)

    # -- back --------------------------------------------------------------------------------------------------

    def take(self, kind: str, path: Path) -> str:
        """Take one of the files of ``TAKEN`` in, all of it or nothing; what was done, in a sentence. Raises DeskError."""
        if kind == "platform":
            return self._ledgers.entered_all(path).sentence
        if kind == "unit":
            return self.take_unit(load_unit_toml(path))
        if kind == "letters":
            return self._letters.take_template(path)
        return take_whole(self._questions(), path)

    def take_unit(self, profile: UnitProfile) -> str:
        """Put particulars in the place of those that are here, from today on; what was done. Raises DeskError."""
        if profile == self._unit():
            return "和现在的单位资料一样，没有换。"
        self._journal.records.save_unit(profile, self._clock.today())
        return f"已换上{profile.name}的单位资料。"

    def replaced_answers(self, path: Path) -> list[tuple[str, str, str]]:
        """The questions of a file that are here with another answer: question, answer here, answer there. Raises DeskError."""
        return list(self._questions().take(path, dry_run=True, good_only=True, update=True).replaced)
