"""Words on scans: read off where the computer can, kept as the papers are, found with a few words around; gone with the paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases import paper_words
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.office import locking
from deskapp.errors import DeskError
from deskapp.exchange import scans as reader
from deskapp.exchange.scans import can_read
from deskapp.papers.keeping import WORDS
from deskapp.paths import PAPERS
from deskapp.register.case import Case
from deskapp.register.keyring import Keyring
from tests.conftest import DAY, register
from tests.papers import scans

PASSWORD = "密码密码密码密码"
TEXTS = {".jpg": "桥 头 村\n饮水安全 Project", ".pdf": ""}


@pytest.fixture
def filed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with a scan, a PDF in which nothing stands, and a Word file, on a computer that can read."""
    monkeypatch.setattr(paper_words, "can_read", lambda: True)
    monkeypatch.setattr(paper_words, "words_in", lambda content, ending, most: TEXTS[ending])
    case = register(desk)
    for kind, source in (
        ("application", scans.picture(tmp_path / "a.jpg")), ("other", scans.pdf(tmp_path / "b.pdf")),
        ("reply_slip", scans.docx(tmp_path / "c.docx")),
    ):  # fmt: skip
        case = desk.papers.attach(case.case_id, source, PaperDraft(kind=kind))
    return case


def words_files(desk: Desk) -> list[str]:
    return sorted(path.name for path in (desk.home / PAPERS / WORDS).glob("*"))


def test_what_was_read_is_found_whatever_blanks_the_reader_set(desk: Desk, filed: Case) -> None:
    search = desk.paper_search
    assert (len(search.unread()), search.find("桥头村")) == (2, [])
    told: list[tuple[int, int]] = []
    assert search.read(lambda n, total: told.append((n, total))) == 2
    assert (told, search.unread(), search.read()) == ([(1, 2), (2, 2)], [], 0)
    hits = search.find("饮水 PROJECT")
    assert [(hit.case_no, hit.name, hit.around) for hit in hits] == [
        (filed.case_no, "申请书", "桥头村饮水安全project")
    ]
    assert search.find("没有的词") == search.find(" ") == []


def test_it_goes_with_the_paper_and_makes_check_say_nothing(desk: Desk, filed: Case) -> None:
    desk.paper_search.read()
    assert len(words_files(desk)) == 2
    assert [note.code for note in desk.upkeep.check() if note.code.startswith("papers")] == []
    first = next(paper for paper in filed.papers if paper.kind == "application")
    desk.papers.take_off(filed.case_id, first.paper_id, "放错了")
    assert len(words_files(desk)) == 1
    assert desk.paper_search.find("桥头村") == []


def test_beside_an_encrypted_register_it_is_sealed(desk: Desk, filed: Case, quick_passwords: None) -> None:
    desk.paper_search.read()
    desk.close()
    locking.encrypt(desk.home, FixedClock(DAY), "张三", PASSWORD)
    assert words_files(desk) == []
    with Desk.open(desk.home, FixedClock(DAY), key=Keyring(desk.home).open(PASSWORD)) as again:
        assert again.paper_search.read() == 2
        assert again.paper_search.find("饮水安全")
        assert all(name.endswith(".txt.age") for name in words_files(again))
        raw = b"".join(path.read_bytes() for path in (again.home / PAPERS / WORDS).iterdir())
        assert "安全".encode() not in raw


def test_a_computer_that_cannot_read_says_what_is_wanting(
    desk: Desk, filed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_words, "can_read", lambda: False)
    with pytest.raises(DeskError, match="读不了扫描件里的字") as refused:
        desk.paper_search.read()
    assert "tesseract" in refused.value.todo


def test_the_reader_is_called_with_one_thread_and_the_page_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[list[str], bytes, str]] = []

    class Done:
        stdout, returncode = "一 行".encode(), 0

    def run(command: list[str], *, input: bytes = b"", env: dict[str, str] | None = None, **_: object) -> Done:
        called.append((command, input, (env or {}).get("OMP_THREAD_LIMIT", "")))
        return Done()

    monkeypatch.setattr(reader, "reader", lambda: "tesseract")
    monkeypatch.setattr("deskapp.exchange.by_tesseract.subprocess.run", run)
    assert reader.words_in(b"page", ".png") == "一行"
    assert called == [(["tesseract", "stdin", "stdout", "-l", "chi_sim"], b"page", "1")]


@pytest.mark.real
@pytest.mark.skipif(not can_read(), reason="tesseract is not installed (Debian: tesseract-ocr-chi-sim)")
def test_a_real_scan_is_read(desk: Desk, tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    from letters.pdf.fonts import SHIPPED

    page = Image.new("L", (1654, 800), 255)
    font = ImageFont.truetype(str(SHIPPED / "hei.ttf"), 90)
    ImageDraw.Draw(page).text((150, 200), "桥头村饮水安全工程公告", font=font, fill=0)
    page.save(tmp_path / "a.pdf", resolution=200)
    case = desk.papers.attach(register(desk).case_id, tmp_path / "a.pdf", PaperDraft())
    assert desk.paper_search.read() == 1
    assert [hit.case_no for hit in desk.paper_search.find("水安全工程")] == [case.case_no]
