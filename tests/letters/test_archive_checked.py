"""Everything that says of itself that it is PDF/A-2b is checked by a validator that is not ours (pikepdf's, over qpdf): it approves a file only
where it knows every construct in it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pikepdf
import pytest
from PIL import Image

from letters.pdf.binding import BoundPart, bind
from letters.pdf.copies import mark_copy
from letters.pdf.fonts import FontBook
from letters.pdf.pictures import picture_pages
from letters.pdf.raster import GreyPicture, print_pictures
from tests.letters.conftest import KINDS, printed
from tests.letters.validated import findings


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.each(4)
def test_every_kind_of_letter_is_approved(kind: str, fonts: FontBook) -> None:
    assert findings(printed(kind, fonts).pdf) == []


def test_a_copy_and_a_paper_that_is_a_picture_are_approved(fonts: FontBook) -> None:
    assert findings(mark_copy(printed("granted", fonts).pdf, fonts)) == []
    grey = GreyPicture(4, 2, b"\x0f\xf0\x00\xff", 595.0, 842.0)
    assert findings(print_pictures([grey, grey], title="区分处理件", day=date(2026, 11, 26))) == []


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("L", "PNG"), ("RGB", "JPEG"), ("CMYK", "JPEG"), ("1", "TIFF"), ("RGBA", "PNG"), ("P", "PNG"), ("I;16", "PNG")],
)
def test_a_bound_file_with_a_scan_of_any_kind_is_approved(mode: str, kind: str, fonts: FontBook) -> None:
    file = io.BytesIO()
    Image.effect_noise((300, 420), 60).convert("RGB").convert("L").convert(mode).save(file, kind)
    parts = [
        BoundPart("封面", printed("case_cover", fonts).pdf, counted=False),
        BoundPart("申请书", picture_pages([file.getvalue()])),
    ]
    made = bind(parts, fonts)
    assert made.archival
    assert findings(made.pdf) == []


def _no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _other_part(pdf: pikepdf.Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes().replace(b"<pdfaid:part>2<", b"<pdfaid:part>1<")
    pdf.Root.Metadata = pdf.make_stream(text, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1")))


def _no_font(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    del font.DescendantFonts[0].FontDescriptor.FontFile2


def _transparent(pdf: pikepdf.Pdf) -> None:
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, SMask=pikepdf.Dictionary(S=pikepdf.Name.Luminosity))
    pdf.pages[0].Resources.ExtGState = pikepdf.Dictionary(G=state)
    pdf.pages[0].contents_add(b"/G gs", prepend=True)


@pytest.mark.parametrize("harm", [_no_intent, _other_part, _script, _no_font, _transparent])
def test_the_validator_sees_what_is_wrong(harm: Callable[[pikepdf.Pdf], None], fonts: FontBook) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("granted", fonts).pdf)) as pdf:
        harm(pdf)
        pdf.save(file)
    assert findings(file.getvalue())


def test_a_file_under_a_password_is_not_approved(fonts: FontBook) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("granted", fonts).pdf)) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="x", user=""))
    assert findings(file.getvalue())
