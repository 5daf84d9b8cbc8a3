"""The folder of a case: everything in the archive's order under running page numbers, as one PDF/A, as files with their hashes."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.errors import DeskError
from deskapp.paths import EXPORTS
from deskapp.register.case import Case
from tests.conftest import GRANTED, issue, register
from tests.letters.geometry import solved
from tests.letters.validated import findings
from tests.papers import scans

NUMBER = "柳政依复〔2026〕1号"


@pytest.fixture
def closed(desk: Desk, tmp_path: Path) -> Case:
    """A case with a paper of every kind of file, closed."""
    case = register(desk)
    for kind, source, more in (
        ("other", scans.docx(tmp_path / "c.docx"), {"name": "来信"}),
        ("identity", scans.picture(tmp_path / "b.png"), {}),
        ("application", scans.picture(tmp_path / "a.tif", 3), {"on": "2026-11-18"}),
        ("released", scans.pdf(tmp_path / "d.pdf", 2), {"name": "流转台账"}),
    ):
        desk.papers.attach(case.case_id, source, PaperDraft(kind=kind, **more))
    desk.reply.issue_form(case.case_id, "receipt")
    letter = issue(desk, case.case_id, "granted", GRANTED)
    desk.reply.issue_form(case.case_id, "envelope")
    serve = DeliveryDraft(letter_id=letter.id, way="registered_mail", on="2026-11-20", proof="XA1")
    desk.delivery.serve(case.case_id, serve)
    return desk.papers.note(case.case_id, PaperDraft(kind="postal", pages="1", where="第9页"))


CORRECTION = {"changes": "附件“（12页）”，更正为“（14页）”"}
FRONT = 2  # pages of cover and index
TITLES = [
    "申请书", "身份证明", "政府信息公开申请收件回执", "政府信息公开申请登记表", "审查意见", "政府信息公开申请答复书",
    "流转台账", "邮寄凭证", "来信",
]  # fmt: skip


def test_everything_lies_in_the_archives_order_under_running_numbers(desk: Desk, closed: Case) -> None:
    made = desk.folders.make(closed.case_id)
    assert [part.item.title for part in made.parts] == TITLES
    assert [part.item.range for part in made.parts] == ["1—3", "4", "5", "6", "7", "8", "9—10", "11", "12"]
    assert (made.pages, made.retention, made.missing) == (12, "10年", ())
    remarks = {part.item.title: part.item.remark for part in made.parts}
    assert (remarks["邮寄凭证"], remarks["来信"]) == ("只有纸质第9页", "另附，3页")
    assert "其中2件只有纸质的或者另附，共4页，这里每件用一页说明代替。" in made.sentence
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == FRONT + 12
        words = [page.extract_words(x_tolerance=1) for page in pdf.pages]
        corner = [
            [word["text"] for word in found if word["top"] < 40 and word["x0"] > page.width - 70]
            for found, page in zip(words, pdf.pages, strict=True)
        ]
        assert corner == [*[[]] * FRONT, *([str(n)] for n in range(1, 13))]
        index = "".join("".join((page.extract_text() or "").split()) for page in pdf.pages[1:FRONT])
        assert "202611209—10" in index
        assert NUMBER[:4] in index
        slip = (pdf.pages[FRONT + 10].extract_text() or "").replace(" ", "")
        assert "邮寄凭证，2026-11-20，1页。\n这一件只有纸质的，在纸质案卷第9页。" in slip
        outline = [title for _, title, *_ in pdf.doc.get_outlines()]
    assert outline == ["政府信息公开申请案卷", "卷内文件目录", *TITLES]


def test_it_is_an_archives_pdf_of_fonts_within_and_pictures_without_layers(desk: Desk, closed: Case) -> None:
    made = desk.folders.make(closed.case_id)
    assert made.archival
    assert desk.folders.make(closed.case_id).pdf == made.pdf
    for forbidden in (
        b"/JavaScript",
        b"/Launch",
        b"/EmbeddedFiles",
        b"/SMask",
        b"/LZWDecode",
        b"/AA",
        b"/Encrypt",
        b"/Annots",
    ):
        assert forbidden not in made.pdf
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        catalog = pdf.doc.catalog
        assert b"pdfaid:part" in solved(catalog["Metadata"]).get_data()
        assert pdf.metadata["Producer"] == "deskapp"
        assert len(solved(catalog["OutputIntents"])) == 1
        assert len(pdf.doc.xrefs[0].get_trailer()["ID"]) == 2
        for page in pdf.pages:
            for reference in (solved(solved(page.page_obj.resources).get("Font")) or {}).values():
                inner = solved(solved(solved(reference)["DescendantFonts"])[0])
                assert "FontFile2" in solved(inner["FontDescriptor"])
            for image in page.images:
                assert str(solved(image["colorspace"][0])) in ("/'DeviceGray'", "/'DeviceRGB'")


def test_a_validator_of_others_approves_the_folder(desk: Desk, closed: Case) -> None:
    made = desk.folders.make(closed.case_id)
    assert made.archival
    assert findings(made.pdf) == []


def test_a_pdf_of_others_is_photographed_unless_it_says_it_is_an_archives(desk: Desk, closed: Case) -> None:
    made = desk.folders.make(closed.case_id)
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        assert [len(pdf.pages[n].images) for n in (FRONT + 8, FRONT + 9)] == [1, 1]


def test_without_poppler_the_extra_for_papers_draws_the_pages(
    desk: Desk, closed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.exchange.page_pictures.shutil.which", lambda name: None)
    made = desk.folders.make(closed.case_id)
    assert made.archival
    assert findings(made.pdf) == []
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        pages = [pdf.pages[n] for n in (FRONT + 8, FRONT + 9)]
        assert [len(page.images) for page in pages] == [1, 1]
        assert [(round(float(page.width)), round(float(page.height))) for page in pages] == [(595, 842), (595, 420)]


def test_without_the_means_to_photograph_nothing_is_claimed(
    desk: Desk, closed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.exchange.page_pictures.shutil.which", lambda name: None)
    monkeypatch.setattr("deskapp.exchange.page_pictures.find_spec", lambda name: None)
    made = desk.folders.make(closed.case_id)
    assert (made.archival, made.pages) == (False, 12)
    assert b"pdfaid" not in made.pdf
    assert "没有声明" in made.sentence
    assert made.document()["pdf"]["pdf_a"] is False


def test_a_folder_of_files_with_their_hashes(desk: Desk, closed: Case, tmp_path: Path) -> None:
    made, place = desk.folders.write(closed.case_id, tmp_path / "案卷")
    index = json.loads((place / "index.json").read_text(encoding="utf-8"))
    assert index == made.document()
    named = {item["name"]: item["sha256"] for item in index["items"] if item["name"]}
    named[index["pdf"]["name"]] = index["pdf"]["sha256"]
    assert {name: sha256((place / name).read_bytes()).hexdigest() for name in named} == named
    assert {path.name for path in place.iterdir()} == {*named, "index.json", "目录.xlsx"}
    assert (place / "01-申请书.tif").read_bytes() == (tmp_path / "a.tif").read_bytes()
    rows = list(openpyxl.load_workbook(place / "目录.xlsx")["卷内目录"].iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "文号", "题名", "日期")
    assert rows[6][1:5] == (NUMBER, "政府信息公开申请答复书", "2026-11-20", "8")
    with pytest.raises(DeskError, match="已经存在"):
        desk.folders.write(closed.case_id, tmp_path / "案卷")


def test_one_file_or_the_pdf_alone_or_among_the_exports(desk: Desk, closed: Case, tmp_path: Path) -> None:
    made, place = desk.folders.write(closed.case_id, tmp_path / "a.zip")
    with zipfile.ZipFile(place) as box:
        assert box.read("案卷.pdf") == made.pdf
        assert len(box.namelist()) == 11
    again = desk.folders.write(closed.case_id, tmp_path / "b.zip")[1]
    assert again.read_bytes() == place.read_bytes()
    assert desk.folders.write(closed.case_id, tmp_path / "a.pdf")[1].read_bytes() == made.pdf
    assert desk.folders.write(closed.case_id)[1] == desk.home / EXPORTS / f"案卷 {closed.case_no}"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_it_makes_no_entry_in_the_journal(desk: Desk, closed: Case) -> None:
    before = desk.upkeep.seal()
    desk.folders.make(closed.case_id)
    assert desk.upkeep.seal() == before


def test_what_cannot_be_made_is_refused_and_leaves_nothing(desk: Desk, closed: Case, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="还没有办结"):
        desk.folders.write(register(desk, applicant="李四").case_id, tmp_path / "x")
    next((desk.home / "案卷材料").glob("*.png")).unlink()
    with pytest.raises(DeskError, match="这份材料的文件不在了"):
        desk.folders.write(closed.case_id, tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_dispute_keeps_it_longer_and_a_void_letter_is_left_out(desk: Desk, closed: Case) -> None:
    case = desk.acts.note(closed.case_id, act_draft("disputed", route="review"))
    known = desk.reply.draft(case.case_id, "letter_correction")
    letter = issue(desk, case.case_id, "letter_correction", {**known, **CORRECTION})
    assert letter.title in [part.item.title for part in desk.folders.make(case.case_id).parts]
    desk.acts.note(case.case_id, act_draft("voided", number=letter.number, why="印错"))
    made = desk.folders.make(case.case_id)
    assert letter.title not in [part.item.title for part in made.parts]
    assert (made.retention, made.missing) == ("30年", ("复议、诉讼通知",))


def test_the_sheet_of_registration_has_the_day_of_registration_and_the_list_the_pages_of_the_folder(
    desk: Desk, clock: FixedClock
) -> None:
    letter = issue(desk, register(desk).case_id, "granted", GRANTED)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="张三"))
    clock.set(date(2027, 1, 5))
    made = desk.folders.make(letter.case_id)
    with pdfplumber.open(io.BytesIO(made.pdf)) as pdf:
        sheet = next(text for page in pdf.pages if "登记人" in (text := page.extract_text() or ""))
    assert "2026年11月20日" in sheet
    assert "2027年" not in sheet
    listed = desk.year_lists.make("handover", 2026).lines
    assert [line[5] for line in listed] == [made.pages]
