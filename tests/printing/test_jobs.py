"""A job's way: at true size, to its end, and again only with a reason and a person."""

from __future__ import annotations

import io
import os
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from deskapp.clock import FixedClock
from deskapp.desk.cases.paper import WHY_AGAIN
from deskapp.errors import DeskError
from deskapp.printing import ipp
from deskapp.printing.cups import CupsPort
from deskapp.printing.port import JobEnd, Printer, PrintResult
from deskapp.printing.windows import READ_S, WindowsPort
from tests.conftest import DAY, issue_granted, make_desk


class Queue:
    """A printer port whose job waits until the test lets it end."""

    def __init__(self) -> None:
        self.end: JobEnd = ""
        self.sent = 0

    def printers(self) -> list[Printer]:
        return [Printer("楼上", "ready")]

    def send(self, pdf: bytes, title: str, printer: str) -> PrintResult:
        self.sent += 1
        return PrintResult("waiting", f"job-{self.sent}", "在队列里。")

    def may_still_print(self, printer: str, job: str) -> bool:
        return not self.end

    def end_of(self, printer: str, job: str) -> JobEnd:
        return self.end


def test_the_pages_ask_to_be_printed_at_true_size(tmp_path: Path) -> None:
    letter = issue_granted(make_desk(tmp_path / "home", FixedClock(DAY)))
    preferences = PdfReader(io.BytesIO(letter.pdf)).trailer["/Root"]["/ViewerPreferences"]  # type: ignore[index]  # the library gives any object
    assert preferences["/PrintScaling"] == "/None"


def test_cups_is_told_the_paper_and_not_to_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        said = {"lp": "request id is tray-1 (1 file(s))", "lpstat": "scheduler is running\nprinter tray is idle."}
        out = said[command[0]]
        out = "printer tray is idle." if command[:2] == ("lpstat", "-p") else out
        return subprocess.CompletedProcess(command, 0, out, "")

    monkeypatch.setattr(CupsPort, "_run", staticmethod(run))
    assert CupsPort(settle_s=1).send(b"%PDF", "标题", "tray").state == "printed"
    sent = next(command for command in ran if command[0] == "lp")
    options = {b for a, b in pairwise(sent) if a == "-o"}
    assert {"media=A4", "print-scaling=none", "document-format=application/pdf"} <= options


@pytest.mark.parametrize(
    "answer", [b"", b"\x02\x00\x00\x00", b"\x02\0\0\0\0\0\0\1\x02\x23\0\x09job-state\0\4\0", b"\xff" * 40]
)
def test_an_answer_that_is_cut_short_tells_no_end(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setattr(ipp, "_ask", lambda server, request: answer)
    assert ipp.job_end("localhost:631", 7) == ""


def test_no_server_tells_no_end() -> None:
    assert ipp.job_end("/nowhere/cups.sock", 7) == ""


def test_on_windows_a_file_lives_until_it_has_been_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The program that opens PDF files is asked and returns at once: a second print may not take its file away."""
    opened: list[str] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(os, "startfile", lambda path, verb: opened.append(path), raising=False)
    port = WindowsPort()
    port.send("第一封".encode(), "甲", "默认打印机")
    port.send("第二封".encode(), "乙", "默认打印机")
    assert [Path(path).read_bytes().decode() for path in opened] == ["第一封", "第二封"]
    long_ago = time.time() - READ_S - 1
    os.utime(opened[0], (long_ago, long_ago))
    port.send("第三封".encode(), "丙", "默认打印机")
    assert [Path(path).exists() for path in opened] == [False, True, True]


def test_sumatra_prints_at_true_size_and_leaves_no_letter_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: "SumatraPDF.exe")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command))
    WindowsPort().send(b"%PDF", "甲", "默认打印机")
    assert ran[0][ran[0].index("-print-settings") + 1] == "noscale,paper=A4"
    assert list((tmp_path / "deskapp-print").iterdir()) == []


@pytest.mark.parametrize(("end", "said"), [("printed", "已经印出"), ("cancelled", "没有印"), ("gone", "没有了")])
def test_the_end_of_a_job_is_noted_once(tmp_path: Path, end: JobEnd, said: str) -> None:
    queue = Queue()
    desk = make_desk(tmp_path / "home", FixedClock(DAY), queue)
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "楼上")
    desk.paper.look_after(letter.id)
    assert desk.paper.waits(letter.id)
    queue.end = end
    desk.paper.look_after(letter.id)
    desk.paper.look_after(letter.id)
    assert not desk.paper.waits(letter.id)
    assert [e.outcome for e in desk.lookup.case(letter.case_id).print_ends] == [end]
    assert said in desk.paper.log(letter.id)[-1]


def test_who_stood_at_the_printer_may_say_how_it_ended(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "home", FixedClock(DAY), Queue())
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "楼上")
    desk.paper.tell_end(letter.id, printed=True)
    who = desk.lookup.unit().contact
    assert who
    assert [(e.outcome, e.by) for e in desk.lookup.case(letter.case_id).print_ends] == [("printed", who)]
    assert not desk.paper.waits(letter.id)


def test_a_reprint_has_a_reason_and_a_person(tmp_path: Path) -> None:
    queue = Queue()
    desk = make_desk(tmp_path / "home", FixedClock(DAY), queue)
    letter = issue_granted(desk)
    desk.paper.print(letter.id, "楼上")
    queue.end = "printed"
    with pytest.raises(DeskError) as refused:
        desk.paper.print(letter.id, "楼上")
    assert (refused.value.code, queue.sent) == (WHY_AGAIN, 1)
    desk.paper.print(letter.id, "楼上", why="印坏了一张")
    last = desk.lookup.case(letter.case_id).prints[-1]
    assert (last.why, last.by) == ("印坏了一张", desk.lookup.unit().contact)
    assert "印坏了一张" in desk.paper.log(letter.id)[-1]
    assert last.by in desk.paper.log(letter.id)[-1]


def test_what_was_cancelled_or_only_saved_is_no_print(tmp_path: Path) -> None:
    queue = Queue()
    desk = make_desk(tmp_path / "home", FixedClock(DAY), queue)
    letter = issue_granted(desk)
    desk.paper.save_pdf(letter.id)
    desk.paper.print(letter.id, "楼上")
    queue.end = "cancelled"
    desk.paper.print(letter.id, "楼上")
    assert queue.sent == 2
