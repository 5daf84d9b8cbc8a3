"""Passing on: an application that belongs to another office of the hall goes to the owner's register as a file, with all its papers, and
comes in there.

The day of receipt is kept: the period of the owner's answer runs from it. The number here is given up with the reason, so that the
year does not count it twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deskapp.clock import Clock
from deskapp.desk.cases.papers import WITH_THE_APPLICATION
from deskapp.errors import DeskError
from deskapp.exchange.passing import FORMAT, PAPERS, PassedFile, PassedPaper, pack, unpack
from deskapp.files import gone
from deskapp.papers.keeping import FileRead, Shelf
from deskapp.papers.looking import look_into
from deskapp.parsing import half_width, one_line
from deskapp.paths import file_name, free_path
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.search import numbers_ending

KIND = "passed_in"  # the records of what was taken in, by the mark of the file
OWN = {"act", "by", "case_no", "split_from"}  # what belongs to the register that it stood in
TOLD = {"kind", "name", "pages", "on", "where"}  # what a paper on file is called there as here
APPLICATIONS = ("oral_record", "application_form")  # letters that are the application itself
_LAST_PART = re.compile(r"([0-9]{1,6})(-[0-9]{1,3})?")
NOT_TAKEN = "没有收。"
ANEW = "请向移交的登记点再要一份。"


@dataclass(frozen=True)
class PassedOn:
    """A case that went out: the file, its mark, how many papers are in it, and the names of those that there are on paper only."""

    file: Path
    mark: str
    papers: int
    on_paper: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was done and what is to be done, in a line."""
        besides = f"只有纸质的另外交：{'、'.join(self.on_paper)}。" if self.on_paper else ""
        return f"已移交，请把文件交给对方：{self.file}（文书和材料{self.papers}份，校验{self.mark}）。{besides}"


@dataclass(frozen=True)
class ArrivedCase:
    """A case in a file: from which office and under which number there, its registration, its papers, the files of those by name, the mark."""

    office: str
    number: str
    received: ev.Received
    papers: tuple[PassedPaper, ...]
    files: dict[str, bytes]
    mark: str

    @property
    def sentence(self) -> str:
        """What comes in, in a line."""
        received, files = self.received, sum(1 for paper in self.papers if paper.file)
        besides = f"，另有只有纸质的{len(self.papers) - files}份" if files < len(self.papers) else ""
        return (
            f"{self.office}移交，那边的登记号{self.number}：{received.applicant}，{received.content}，"
            f"{received.on}收到，文书和材料{files}份{besides}，校验{self.mark}。"
        )


class Passing:
    """The moment an application goes to the office that it belongs to."""

    def __init__(self, journal: Journal, clock: Clock, home: Path) -> None:
        self._journal, self._clock = journal, clock
        self._shelf = Shelf(home, journal.store.key)

    # -- out -------------------------------------------------------------------------------------------------------

    def out(self, case_no: str, to: str, folder: Path) -> PassedOn:
        """Write a case for another office into a folder, and give up its number here. Raises DeskError where something was done with it
        already that the other office cannot take over."""
        office = one_line(to)
        if not office:
            raise DeskError("没有填移交给谁。", "没有移交。", "请写对方机关的全称。", "to")
        case = self.case_named(case_no)
        self._refuse_begun(case)
        papers = [*self._letters(case), *self._on_file(case), *self._of_whole(case)]
        unit = self._journal.unit(self._clock.today())
        file = free_path(folder, f"移交 {case.case_no} {office}", ".zip")
        document = {
            "office": unit.name, "number": case.case_no, "to": office, "received": self._facts(case),
            "papers": [paper.model_dump(mode="json") for paper, _ in papers],
        }  # fmt: skip
        mark = pack(file, document, {paper.file: content for paper, content in papers if paper.file})
        try:
            why = f"移交{office}办理，文件{file.name}，校验{mark}"
            self._journal.append(case.case_id, [ev.Voided(on=self._clock.today(), number=case.case_no, why=why)])
        except BaseException:
            gone(file)
            raise
        on_paper = tuple(paper.name for paper, _ in papers if not paper.file)
        return PassedOn(file, mark, len(papers) - len(on_paper), on_paper)

    def case_named(self, typed: str) -> Case:
        """The case that is meant by a registration number, or by its last part as the lists show it (0004, 0004-2, 4). Raises DeskError for
        none, and for several."""
        number = half_width(typed).upper()
        last = _LAST_PART.fullmatch(number)
        if not last:
            return self._journal.case_by_no(number or typed)
        ending = f"-{int(last[1]):04}{last[2] or ''}"
        found = numbers_ending(self._journal.store, ending)
        if len(found) > 1:
            raise DeskError(
                f"【{typed}】有{len(found)}件：{'、'.join(found[:5])}。", "没有移交。", "请写全登记号。", "case_no"
            )
        return self._journal.case_by_no(found[0] if found else number)

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

    def _letters(self, case: Case, kinds: Collection[str] = ()) -> list[tuple[PassedPaper, bytes]]:
        """The letters that were issued of it, those of some ``kinds`` or all: the receipt, the record of what was spoken."""
        found = []
        for n, letter in enumerate(case.letters, 1):
            if letter.letter_id not in case.void_letters and (not kinds or letter.kind in kinds):
                name = file_name(f"{n:02} {letter.title}", ".pdf")
                kind = "application" if letter.kind in APPLICATIONS else "other"
                told = {"file": name, "kind": kind, "name": letter.title, "pages": letter.pages, "on": letter.on}
                paper = PassedPaper.model_validate(told)
                found.append((paper, self._journal.letter(letter.letter_id).pdf))
        return found

    def _on_file(self, case: Case) -> list[tuple[PassedPaper, bytes]]:
        """The papers that were laid to it. Raises DeskError where the file of one is wanting or was changed."""
        found = []
        for n, paper in enumerate(case.papers, len(case.letters) + 1):
            name = file_name(f"{n:02} {paper.name}", paper.ending) if paper.sha256 else ""
            told = PassedPaper.model_validate({**paper.model_dump(include=TOLD), "file": name})
            found.append((told, self._content(paper) if name else b""))
        return found

    def _of_whole(self, case: Case) -> list[tuple[PassedPaper, bytes]]:
        """Of one item of an application of several: what was handed in with the whole of it and handed out, which lies to the first."""
        if not case.received.split_from:
            return []
        first = self._journal.case_by_no(case.received.split_from)
        letters = [
            (paper, content) for paper, content in self._letters(first, ("receipt", *APPLICATIONS)) if paper.file
        ]
        papers = [paper for paper in self._on_file(first) if paper[0].kind in WITH_THE_APPLICATION]
        return [
            (paper.model_copy(update={"file": paper.file and f"共有 {paper.file}"}), content)
            for paper, content in (*letters, *papers)
        ]

    def _content(self, paper: ev.Attached) -> bytes:
        try:
            return self._shelf.content(paper.sha256 + paper.ending)
        except DeskError as error:
            raise DeskError(f"材料【{paper.name}】：{error.what}", "没有移交。", error.todo) from error

    # -- in --------------------------------------------------------------------------------------------------------

    def look(self, path: Path) -> ArrivedCase:
        """What is in a file. Raises DeskError for one that is damaged, was changed, or was taken in before."""
        file = unpack(path)
        if any(kept.key == file.mark for kept in self._journal.records.of_kind(KIND)):
            raise DeskError(f"{path.name} 已经收过。", "没有再收。", "请按申请人查一查是哪一件。")
        return _arrived(file, path)

    def take(self, path: Path) -> Case:
        """Register the case of a file under a number of this register, with its day of receipt, and lay its papers to it. Raises DeskError,
        with nothing registered and nothing kept, where one of them cannot be taken."""
        found, today = self.look(path), self._clock.today()
        if found.received.on > today:
            raise DeskError(f"收到日期{found.received.on}还没有到。", "没有收。", "请核对两边电脑的日期。")
        origin = f"{found.office}移交（{found.number}）"
        remark = "；".join(part for part in (found.received.remark, origin) if part)
        files = self._files(found, path)
        with self._journal.write():
            unit = self._journal.unit(today)
            number = self._journal.numbers.next_case_no(unit.site_code, found.received.on.year)
            event = found.received.model_copy(update={"case_no": number, "remark": remark})
            new = [taken.file for taken in files.values() if self._shelf.put(taken)]
            try:
                case = self._journal.register([event, *self._attached(found.papers, files)])
                note = {
                    "office": found.office, "number": found.number, "case_no": number, "noted_by": self._journal.by(),
                }  # fmt: skip
                self._journal.records.save_record(KIND, found.mark, json.dumps(note, ensure_ascii=False))
            except BaseException:
                for name in new:
                    self._shelf.drop(name)
                raise
        return case

    @staticmethod
    def _files(found: ArrivedCase, path: Path) -> dict[str, FileRead]:
        """The files of the papers by name, each looked at. Raises DeskError for one that is damaged, or no paper."""
        if not found.files:
            return {}
        looked = look_into(path, PAPERS, NOT_TAKEN)
        taken = {name: FileRead(looked[name], content) for name, content in found.files.items() if name in looked}
        if len(taken) < len(found.files) or any(
            sha256(one.content).hexdigest() != one.looked.sha256 for one in taken.values()
        ):
            raise DeskError(f"{path.name} 正在改动。", NOT_TAKEN, ANEW)
        return taken

    def _attached(self, papers: Sequence[PassedPaper], files: Mapping[str, FileRead]) -> list[ev.Attached]:
        """What the register says of the papers: those that came as files, by what they are; the others as they were told."""
        events = []
        for paper in papers:
            values = {**paper.model_dump(include=TOLD), "paper_id": self._journal.new_id()}
            if paper.file:
                looked = files[paper.file].looked
                values |= {"sha256": looked.sha256, "size": looked.size, "ending": looked.ending, "where": ""}
                values["pages"] = looked.pages or paper.pages
            events.append(ev.Attached.model_validate(values))
        return events


def _arrived(file: PassedFile, path: Path) -> ArrivedCase:
    """The case of a file. Raises DeskError for facts that make no registration."""
    document = file.document
    try:
        received = ev.Received.model_validate({**_lines(document["received"]), "act": "received", "case_no": "—"})
        office, number = one_line(str(document["office"])), one_line(str(document["number"]))
        papers = _listed(file, received.on)
    except (ValidationError, KeyError, AttributeError, TypeError) as error:
        raise DeskError(f"{path.name} 里的登记读不出来。", NOT_TAKEN, ANEW) from error
    if not received.applicant or not received.content:
        raise DeskError(f"{path.name} 里没有申请人或者申请内容。", NOT_TAKEN, ANEW)
    if sorted(paper.file for paper in papers if paper.file) != sorted(file.papers):
        raise DeskError(f"{path.name} 里列的材料和装着的不一样。", NOT_TAKEN, ANEW)
    return ArrivedCase(office, number, received, papers, file.papers, file.mark)


def _listed(file: PassedFile, received_on: date) -> tuple[PassedPaper, ...]:
    """The papers that a file lists. Raises ValidationError, KeyError, TypeError."""
    if file.document["format"] == FORMAT:
        return tuple(PassedPaper.model_validate(_lines(paper)) for paper in file.document["papers"])
    return tuple(PassedPaper(file=name, name=one_line(Path(name).stem), on=received_on) for name in file.papers)


def _lines(facts: dict[str, Any]) -> dict[str, Any]:
    """What somebody else wrote, as one line each. Raises AttributeError for what is no table."""
    return {key: one_line(value) if isinstance(value, str) else value for key, value in facts.items()}
