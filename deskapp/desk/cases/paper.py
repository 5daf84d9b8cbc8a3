"""Paper: an issued letter to a printer or a file, always the frozen bytes, every time noted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.cases.template_proof import own_catalogue
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.paths import FONTS, LETTERS, file_name, make_private
from deskapp.printing.port import JobEnd, Printer, PrinterPort, PrintResult
from deskapp.register import events as ev
from deskapp.register.acts import describe, name_of
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter, Journal
from deskapp.register.noted import written
from letters.compose import compose
from letters.errors import PressError
from letters.facts import read_facts
from letters.typeset.layout import lay_out

STILL_WAITING = "still_waiting"  # the code of a refusal to print once more what may still print
WHY_AGAIN = "why_again"  # the code of a refusal to print again without a reason

LONGEST_CASE_NO = 40  # signs of a registration number in the name of a file; one from a ledger may be anything


class Paper:
    """The moment a letter becomes paper."""

    def __init__(self, journal: Journal, clock: Clock, home: Path, printer: PrinterPort) -> None:
        self._journal, self._clock, self._home, self._printer = journal, clock, home, printer

    def letter(self, letter_id: str) -> FrozenLetter:
        """A letter as it was issued."""
        return self._journal.letter(letter_id)

    def log(self, letter_id: str) -> list[str]:
        """When and how a letter was printed, saved or copied, and by whom, oldest first."""
        case = self._journal.case(self._journal.letter(letter_id).case_id)
        kinds = ev.Printed | ev.PrintEnded | ev.Copied
        noted = zip(case.history, written(self._journal.store, case.case_id), strict=True)
        return [
            f"{at:%m-%d %H:%M} {name_of(event)}　{describe(event)}{_who(event)}"
            for event, at in noted
            if isinstance(event, kinds) and event.letter_id == letter_id
        ]

    def save_pdf(self, letter_id: str) -> Path:
        """Write the frozen bytes to the letters' folder and return the file."""
        letter = self._journal.letter(letter_id)
        event = ev.Printed(on=self._clock.today(), letter_id=letter.id, printer="PDF", outcome="saved")
        return self._write(letter, letter.pdf, "", event)

    def save_copy(self, letter_id: str) -> Path:
        """Write a copy with 副本 on every page to the letters' folder; the frozen letter stays as it is."""
        from letters.pdf.copies import mark_copy
        from letters.pdf.fonts import FontBook

        letter = self._journal.letter(letter_id)
        try:
            copy = mark_copy(letter.pdf, FontBook(self._home / FONTS))
        except PressError as error:
            raise DeskError.of(error) from error
        event = ev.Copied(on=self._clock.today(), letter_id=letter.id)
        return self._write(letter, copy, "（副本）", event)

    def save_ofd(self, letter_id: str) -> Path:
        """Write the letter as OFD to the letters' folder and note its sum: a second form of the same pages, never the original. Raises
        DeskError when the pages that were issued cannot be laid out any more."""
        from letters.ofd import print_ofd
        from letters.pdf.fonts import FontBook
        from letters.pdf.press import print_document

        letter, fonts = self._journal.letter(letter_id), FontBook(self._home / FONTS)
        try:
            source = own_catalogue(self._home, self._clock.today()).template(letter.kind)
            facts = read_facts(source, json.loads(letter.facts))
            document = compose(source, facts)
            pages = lay_out(document, fonts)
            same = print_document(document, pages, fonts, facts.issued_on).sha256 == letter.sha256
            ofd = print_ofd(document, pages, fonts, facts.issued_on) if same else b""
        except PressError as error:
            raise DeskError(str(error), "OFD没有存上，文书在登记簿里，没有丢。", "") from error
        if not same:
            raise DeskError(
                "这份文书发出以后，文书模板或者本机的字体换过，排不出一模一样的页。",
                "OFD没有存上。",
                "请存成PDF，那是发出时的原样。",
            )
        sum_ = hashlib.sha256(ofd).hexdigest()
        event = ev.Printed(on=self._clock.today(), letter_id=letter.id, printer="OFD", job=sum_, outcome="saved")
        return self._write(letter, ofd, "", event, ".ofd")

    def _write(
        self, letter: FrozenLetter, content: bytes, mark: str, event: ev.AnyEvent, ending: str = ".pdf"
    ) -> Path:
        """Put a file into the letters' folder and note it."""
        case = self._journal.case(letter.case_id)
        folder = make_private(self._home / LETTERS)
        parts = [case.case_no[:LONGEST_CASE_NO], letter.number, letter.title]
        path = folder / file_name(" ".join(part for part in parts if part), f"{mark}{ending}")
        try:
            write_bytes(path, content, replace=True)
        except OSError as error:
            raise DeskError(
                f"{ending[1:].upper()}没有存上：{os_reason(error)}。",
                "文书在登记簿里，没有丢。",
                "请检查磁盘，再存一次。",
            ) from error
        self._note(letter, event, f"{ending[1:].upper()}已经存成 {path}")
        return path

    def _note(self, letter: FrozenLetter, event: ev.AnyEvent, done: str) -> None:
        """Write down what was done with a letter. Raises DeskError that says that it was done all the same."""
        try:
            self._journal.append(letter.case_id, [event])
        except DeskError as error:
            what = f"{done}，但是登记簿里没有记上：{error.what}"
            raise DeskError(what, "这一步不要重做。", error.todo, code=error.code) from error

    def printers(self) -> list[Printer]:
        """The printers of this machine. Raises DeskError when the print service does not answer; nothing was to be printed then."""
        try:
            return self._printer.printers()
        except DeskError as error:
            raise DeskError(error.what, "", error.todo, error.field, code=error.code) from error

    def print(self, letter_id: str, printer: str, again: bool = False, why: str = "") -> PrintResult:
        """Send the frozen bytes to a printer and note it, and who did it.

        A job of this letter that may still print is not sent twice unless ``again`` says so, and what was printed once is printed
        again with a reason (``why``); DeskError explains.
        """
        self.look_after(letter_id)
        letter = self._journal.letter(letter_id)
        case = self._journal.case(letter.case_id)
        if not again and _waiting(case, letter_id):
            raise DeskError(
                "这份文书上一次打印还在队列里。",
                "再打一次可能印出两份。",
                "请先看打印机；确实没有出纸，再选【仍要打印】。",
                code=STILL_WAITING,
            )
        if not why and _came_out(case, letter_id):
            what, todo = "这份文书已经打印过。", "请写明为什么再印，例如【印坏了一张】。"
            raise DeskError(what, "每次重印都要记下原因。", todo, code=WHY_AGAIN)
        result = self._printer.send(letter.pdf, letter.number or letter.title, printer)
        event = ev.Printed(
            on=self._clock.today(),
            letter_id=letter_id,
            printer=printer,
            job=result.job,
            outcome=result.state,
            why=why,
        )
        self._note(letter, event, result.message.rstrip("。"))
        return result

    def waits(self, letter_id: str) -> bool:
        """Whether a job of a letter may still be in a queue."""
        return bool(_waiting(self._journal.case(self._journal.letter(letter_id).case_id), letter_id))

    def look_after(self, letter_id: str) -> None:
        """Ask the queues what became of the jobs of a letter, and note each that came to its end."""
        letter = self._journal.letter(letter_id)
        for job in _waiting(self._journal.case(letter.case_id), letter_id):
            end = self._printer.end_of(job.printer, job.job)
            if end:
                self._note_end(letter, job, end, ev.BY_PROGRAM)

    def tell_end(self, letter_id: str, printed: bool) -> None:
        """Note what a person saw at the printer: the paper came out, or it did not. Raises DeskError."""
        letter = self._journal.letter(letter_id)
        for job in _waiting(self._journal.case(letter.case_id), letter_id):
            self._note_end(letter, job, "printed" if printed else "cancelled")

    def _note_end(self, letter: FrozenLetter, job: ev.Printed, end: JobEnd, by: str = "") -> None:
        event = {"on": self._clock.today(), "by": by, "letter_id": letter.id, "printer": job.printer, "job": job.job}
        self._note(letter, ev.PrintEnded.model_validate({**event, "outcome": end}), "打印有了结果")


def _who(event: ev.Event) -> str:
    return f"　{event.by}" if event.by else ""


def _ended(case: Case, letter_id: str) -> dict[tuple[str, str], str]:
    """How the jobs of a letter that stood in a queue ended, by printer and job."""
    return {(end.printer, end.job): end.outcome for end in case.print_ends if end.letter_id == letter_id}


def _waiting(case: Case, letter_id: str) -> list[ev.Printed]:
    """The jobs of a letter that may still print."""
    ended = _ended(case, letter_id)
    mine = [job for job in case.prints if job.letter_id == letter_id and job.outcome == "waiting"]
    return [job for job in mine if (job.printer, job.job) not in ended]


def _came_out(case: Case, letter_id: str) -> bool:
    """Whether a letter was printed, or may have been."""
    ended = _ended(case, letter_id)
    mine = [job for job in case.prints if job.letter_id == letter_id]
    return any(
        ended.get((job.printer, job.job), job.outcome) in ("printed", "waiting", "gone")
        for job in mine
        if job.outcome in ("printed", "waiting")
    )
