"""Pictures of paper: the folder of a case, a page and the copy of it that may be given out, a letter beside its draft in Word.

``make pictures`` runs it. The papers are invented; the draft is drawn by LibreOffice, and left out, with a word, where there is none.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import pdfplumber
from PIL import Image

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.desk.training.specimen import Specimen
from deskapp.printing.file import NoPrinterPort
from deskapp.unit import read_profile
from letters.example import UNIT
from scripts.pictures import beside, first_of
from tests.redaction.papers import ROWS, text_pdf

DAY = date(2026, 11, 20)
SMALL, LARGE = 36, 60  # dots an inch
BY = "李晓梅"


def closed_case(desk: Desk, folder: Path) -> str:
    """A case from its application to the delivery, its papers on file."""
    draft = IntakeDraft(
        applicant="张三",
        phone="13905550123",
        address="青山县柳河镇桥头村12号",
        content="桥头村征地补偿款发放表",
        channel="in_person",
    )
    case = desk.intake.register(draft)
    for kind, rows in (
        ("application", ("政府信息公开申请表", "申请人 张三", "要的信息：桥头村征地补偿款发放表")),
        ("released", ROWS),
    ):
        source = text_pdf(folder / f"{kind}.pdf", [rows])
        desk.papers.attach(
            case.case_id, source, PaperDraft(kind=kind, name="补偿款发放表" if kind == "released" else "")
        )
    desk.reply.issue_form(case.case_id, "receipt")
    desk.reviews.note(case.case_id, OpinionDraft(review="secrecy", who=BY, opinion="不涉密"))
    letter = desk.reply.issue(
        case.case_id, "granted", {"manner": "纸质复制件", "attachments": "桥头村征地补偿款发放表（1页）", "where": ""}
    )
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="张三"))
    return case.case_id


def folder_picture(desk: Desk, case_id: str) -> Image.Image:
    """Every page of a case as the archive gets it."""
    with pdfplumber.open(io.BytesIO(desk.folders.make(case_id).pdf)) as pdf:
        pages = [page.to_image(resolution=SMALL, antialias=True).original.convert("RGB") for page in pdf.pages]
    return beside(pages, 5)


def redacted_picture(desk: Desk, case_id: str, folder: Path) -> Image.Image:
    """A page beside the copy of it that may be given out."""
    source = text_pdf(folder / "发放表.pdf", [ROWS])
    paper = desk.redaction.open(source, case_id)
    for n in range(len(paper.decisions[1].covers)):
        paper.decisions.decide(1, n, True)
    paper.decisions.confirm(1, BY)
    given = desk.redaction.give(paper, folder / "copy.pdf")
    return beside([first_of(source.read_bytes(), LARGE), first_of(given.copy.read_bytes(), LARGE)], 2)


def word_picture(folder: Path) -> Image.Image | None:
    """A letter beside its draft in Word, as LibreOffice shows that; None without one."""
    if shutil.which("soffice") is None:
        return None
    press = Specimen(folder, DAY)
    facts = press.example("granted")
    (folder / "draft.docx").write_bytes(press.draft("granted", facts))
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{folder}/office",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(folder / "draft.docx")], check=True, capture_output=True)
    return beside(
        [first_of(press.make("granted", facts).pdf, LARGE), first_of((folder / "draft.pdf").read_bytes(), LARGE)], 2
    )


def paper_pictures(target: Path) -> None:
    """Write the three pictures into ``target``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Desk.create(folder / "home", read_profile(UNIT, "pictures"), FixedClock(DAY), NoPrinterPort()) as desk:
            case_id = closed_case(desk, folder)
            made = {"folder": folder_picture(desk, case_id), "redacted": redacted_picture(desk, case_id, folder)}
        word = word_picture(folder)
    if word is None:
        print("no LibreOffice: word-beside.png stays as it is")
    else:
        made["word-beside"] = word
    for key, picture in made.items():
        picture.quantize(48).save(target / f"{key}.png", optimize=True)


if __name__ == "__main__":
    paper_pictures(Path(__file__).parent.parent / "docs/pictures")
