"""Passing on: an application that belongs to another office of the hall goes to the owner's register as a file, and comes in there.

The day of receipt is kept: the period of the owner's answer runs from it. The number here is given up with the reason, so that the
year does not count it twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.exchange.passing import PassedFile, pack, unpack
from deskapp.files import gone, write_bytes
from deskapp.parsing import one_line
from deskapp.paths import LETTERS, file_name, free_path, make_private
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal

KIND = "passed_in"  # the records of what was taken in, by the mark of the file
OWN = {"act", "by", "case_no", "split_from"}  # what belongs to the register that it stood in


@dataclass(frozen=True)
class PassedOn:
    """A case that went out: the file, its mark, how many papers."""

    file: Path
    mark: str
    papers: int


@dataclass(frozen=True)
class ArrivedCase:
    """A case in a file: from which office and under which number there, its registration, its papers by name, the mark."""

    office: str
    number: str
    received: ev.Received
    papers: dict[str, bytes]
    mark: str

    @property
    def sentence(self) -> str:
        """What comes in, in a line."""
        received = self.received
        return (
            f"{self.office}移交，那边的登记号{self.number}：{received.applicant}，{received.content}，"
            f"{received.on}收到，文书{len(self.papers)}份，校验{self.mark}。"
        )


class Passing:
    """The moment an application goes to the office that it belongs to."""

    def __init__(self, journal: Journal, clock: Clock, home: Path) -> None:
        self._journal, self._clock, self._home = journal, clock, home

    # -- out -------------------------------------------------------------------------------------------------------

    def out(self, case_no: str, to: str, folder: Path) -> PassedOn:
        """Write a case for another office into a folder, and give up its number here. Raises DeskError where something was done with it
        already that the other office cannot take over."""
        office = one_line(to)
        if not office:
            raise DeskError("没有填移交给谁。", "没有移交。", "请写对方机关的全称。", "to")
        case = self._journal.case_by_no(case_no)
        self._refuse_begun(case)
        papers = self._papers(case)
        unit = self._journal.unit(self._clock.today())
        file = free_path(folder, f"移交 {case.case_no} {office}", ".zip")
        document = {"office": unit.name, "number": case.case_no, "to": office, "received": self._facts(case)}
        mark = pack(file, document, papers)
        try:
            why = f"移交{office}办理，文件{file.name}，校验{mark}"
            self._journal.append(case.case_id, [ev.Voided(on=self._clock.today(), number=case.case_no, why=why)])
        except BaseException:
            gone(file)
            raise
        return PassedOn(file, mark, len(papers))

    def _refuse_begun(self, case: Case) -> None:
        if case.void:
            raise DeskError(f"{case.case_no}已经作废或者移交过。", "没有再移交。", "请看它的办理经过。")
        if case.category:
            raise DeskError(
                f"{case.case_no}已经答复。", "没有移交。", "答复过的不能移交；要告诉他向谁申请的，另外答复。"
            )
        if len(case.clock_events) > 1 or case.referred:
            todo = "请先在这里办完，或者划去误记。"
            raise DeskError(
                f"{case.case_no}已经发过告知、征求过意见，或者在科室那里。", "没有移交：对方接不上。", todo
            )

    @staticmethod
    def _facts(case: Case) -> dict[str, Any]:
        return case.received.model_dump(mode="json", exclude=OWN)

    def _papers(self, case: Case) -> dict[str, bytes]:
        """The papers that were issued of it: the receipt, the record of what was spoken."""
        found = {}
        for n, letter in enumerate(case.letters, 1):
            if letter.letter_id not in case.void_letters:
                found[file_name(f"{n:02} {letter.title}", ".pdf")] = self._journal.letter(letter.letter_id).pdf
        return found

    # -- in --------------------------------------------------------------------------------------------------------

    def look(self, path: Path) -> ArrivedCase:
        """What is in a file. Raises DeskError for one that is damaged, was changed, or was taken in before."""
        file = unpack(path)
        if any(kept.key == file.mark for kept in self._journal.records.of_kind(KIND)):
            raise DeskError(f"{path.name} 已经收过。", "没有再收。", "请按申请人查一查是哪一件。")
        return _arrived(file, path)

    def take(self, path: Path) -> Case:
        """Register the case of a file under a number of this register, with its day of receipt, and keep its papers. Raises DeskError."""
        found, today = self.look(path), self._clock.today()
        if found.received.on > today:
            raise DeskError(f"收到日期{found.received.on}还没有到。", "没有收。", "请核对两边电脑的日期。")
        origin = f"{found.office}移交（{found.number}）"
        remark = "；".join(part for part in (found.received.remark, origin) if part)
        with self._journal.write():
            unit = self._journal.unit(today)
            number = self._journal.numbers.next_case_no(unit.site_code, found.received.on.year)
            event = found.received.model_copy(update={"case_no": number, "remark": remark})
            case = self._journal.register([event])
            note = {"office": found.office, "number": found.number, "case_no": number, "noted_by": self._journal.by()}
            self._journal.records.save_record(KIND, found.mark, json.dumps(note, ensure_ascii=False))
            self._keep(number, found.papers)
        return case

    def _keep(self, number: str, papers: dict[str, bytes]) -> None:
        """The papers beside the letters of this desk, where a backup finds them."""
        folder = make_private(self._home / LETTERS)
        for name, content in papers.items():
            write_bytes(free_path(folder, f"{number} 移交 {Path(name).stem}", ".pdf"), content)


def _arrived(file: PassedFile, path: Path) -> ArrivedCase:
    """The case of a file. Raises DeskError for facts that make no registration."""
    document = file.document
    try:
        facts = {
            key: one_line(value) if isinstance(value, str) else value for key, value in document["received"].items()
        }
        received = ev.Received.model_validate({**facts, "act": "received", "case_no": "—"})
        office, number = one_line(str(document["office"])), one_line(str(document["number"]))
    except (ValidationError, KeyError, AttributeError) as error:
        raise DeskError(f"{path.name} 里的登记读不出来。", "没有收。", "请向移交的登记点再要一份。") from error
    if not received.applicant or not received.content:
        raise DeskError(f"{path.name} 里没有申请人或者申请内容。", "没有收。", "请向移交的登记点再要一份。")
    return ArrivedCase(office, number, received, file.papers, file.mark)
