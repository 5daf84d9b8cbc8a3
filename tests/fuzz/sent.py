"""What goes from office to office (bundles, sets, cards, codes on paper, passed cases, drafts) and papers laid to a case, as bytes to be read.

What is signed or carries its hash is signed and hashed anew around the bytes tried: the look behind the signature is what is asked.
"""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from deskapp.county.content import Malformed, Newer, checked_events, content_of
from deskapp.desk.office import passing as passing_desk
from deskapp.exchange import passing
from deskapp.exchange.bundle import packing, paper, sets, wordings
from deskapp.exchange.bundle.cards import POINT, PointCard, read_card
from deskapp.exchange.bundle.envelope import compressed
from deskapp.exchange.bundle.signing import SigningKey, canonical
from deskapp.papers import looking, pages
from deskapp.redaction import reading
from letters.word_back import changes, paragraphs_of
from tests.fuzz.seeds import letter_pdf, report_docx, template

KEY = SigningKey(bytes(32))
ID, LINK, LEVEL = "0" * 32, "a" * 64, "facts"
SET = sets.SetManifest(county=ID, name="青山县", made_at="2026-11-20", items=())
SAID = packing.Manifest(
    point=ID, name="柳河镇", site_code="LH", kind="town", level="facts", program="1", made_at="2026-11-20",
    after=0, before_link="", end=1, end_link=LINK, events=1,
)  # fmt: skip
LINES: list[list[Any]] = [
    ["unit", {"first_day": "next"}],
    ["calendars", []],
    ["event", 1, "0001", "c1", "received", "2026-11-20", "2026-11-20T09:00:00+08:00", {"act": "received", "case_no": "c1", "on": "2026-11-20"}, LINK],
    ["standing", "month", "2026-11", {"visits": {"query": 2}, "slips": 1}],
]  # fmt: skip
CASE = {
    "format": passing.FORMAT, "office": "柳河镇", "number": "LH-2026-0001",
    "received": {"on": "2026-11-20", "applicant": "张三", "content": "预算", "channel": "in_person"},
}  # fmt: skip


def paper_file(path: Path) -> None:
    """A file that is laid to a case, and its pages for the folder."""
    for found in looking.things_of(path):
        if found.ending != ".docx":
            for _pages in pages.things_of(path.read_bytes(), found.ending, path.name):
                pass


def redacted(path: Path) -> None:
    """A PDF whose words may be covered; two of its pages drawn."""
    for _page in reading.pages_of(path):
        pass
    for _drawn in reading.drawn(path, (1, 2), 40):
        pass


def passed_file(path: Path) -> None:
    """A case that another register sends, as it stands."""
    passing_desk._arrived(passing.unpack(path), path)


def passed_case(data: bytes) -> None:
    """The case in such a file, under a manifest that is right."""
    files = {passing.CASE: data, f"{passing.PAPERS}a.pdf": b"%PDF"}
    manifest = json.dumps({name: hashlib.sha256(content).hexdigest() for name, content in files.items()}).encode()
    _passed({**files, passing.MANIFEST: manifest})


def passed_manifest(data: bytes) -> None:
    """The manifest of such a file."""
    _passed({passing.CASE: json.dumps(CASE).encode(), passing.MANIFEST: data})


def _passed(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix="deskapp-fuzz") as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w") as box:
            for name, content in files.items():
                box.writestr(name, content)
        passed_file(path)


@cache
def passed() -> bytes:
    """A case as it is sent."""
    with tempfile.TemporaryDirectory(prefix="deskapp-fuzz") as folder:
        passing.pack(Path(folder) / "a.zip", CASE, {"a.pdf": b"%PDF"})
        return (Path(folder) / "a.zip").read_bytes()


def bundle(data: bytes) -> None:
    """A bundle as a file, or what a scanner typed of one."""
    for content in paper.bundles_in(data) if paper.is_scanned(data) else [data]:
        found = packing.read_bundle(content)
        if found.is_signed_by(KEY.public):
            _content(found)


def bundle_lines(data: bytes) -> None:
    """The lines of a bundle that its point signed."""
    sizes = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    packed = compressed(data)
    _content(packing.Bundle(SAID.model_copy(update=sizes), "", packed, hashlib.sha256(packed).hexdigest()))


def _content(found: packing.Bundle) -> None:
    with suppress(Malformed, Newer):
        content = content_of(found.lines(), found.manifest.program)
        checked_events(content.events, found.manifest.program)


def bundles() -> list[bytes]:
    """One bundle, as a file and as the codes on paper say it."""
    content = packing.pack(SAID, LINES, KEY)
    return [content, "\r\n".join(paper.texts_of(content)).encode()]


def lines() -> list[bytes]:
    """The lines of a bundle."""
    return [b"".join(canonical(line) + b"\n" for line in LINES)]


def county_set(data: bytes) -> None:
    """A set that a county sent down; its items as they lie in it."""
    found = sets.read_set(data)
    found.is_signed_by(KEY.public)
    found.contents()


def county_sets() -> list[bytes]:
    """A set with a calendar."""
    return [sets.pack_set(SET, [("calendar", "2026.toml", b"year = 2026\n")], KEY)]


def wording_file(data: bytes) -> None:
    """Letter templates that another office gives; the texts as they lie in it."""
    found = wordings.read_wordings(data)
    found.holds()
    found.contents()


def wording_files() -> list[bytes]:
    """One template, signed, and unsigned."""
    text = template("granted")
    item = wordings.item_of("granted", "答复书", date(2026, 1, 1), text)
    said = wordings.WordingManifest(
        office="柳河镇", made_at="2026-11-20T09:00:00", public_key=KEY.public, items=(item,)
    )
    bare = said.model_copy(update={"public_key": ""})
    return [wordings.pack_wordings(said, [text], KEY), wordings.pack_wordings(bare, [text], None)]


def card(path: Path) -> None:
    """A point's card."""
    read_card(path, PointCard, POINT)


def cards() -> list[bytes]:
    """A card that holds."""
    made = PointCard(id=ID, name="柳河镇", public_key=KEY.public, site_code="LH", kind="town").signed(POINT, KEY)
    return [made.text.encode()]


def draft_back(data: bytes) -> None:
    """A draft that a leader has changed."""
    changes(["一", "二", "三"], paragraphs_of(data)[:50], {"reason": ["二"]})


@cache
def draft() -> bytes:
    """A short draft that came back: a word put in, one taken out, one struck, a box, a remark in the margin."""
    of_words = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>印</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    body = (
        "<w:p><w:r><w:t>一</w:t></w:r><w:ins><w:r><w:t>甲</w:t></w:r></w:ins><w:del><w:r><w:delText>乙</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>二</w:t></w:r>{box}</w:p><w:p><w:r><w:t>三</w:t></w:r></w:p>"
    )
    note = '<w:comment w:id="0"><w:p><w:r><w:t>不能补正</w:t></w:r></w:p></w:comment>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", f"<w:document {of_words}><w:body>{body}</w:body></w:document>")
        made.writestr("word/comments.xml", f"<w:comments {of_words}>{note}</w:comments>")
    return out.getvalue()


def papers() -> list[bytes]:
    """A letter, a Word file, pictures of each kind."""
    return [letter_pdf(), report_docx(), *pictures()]


def pictures() -> list[bytes]:
    """A line on paper as each kind of picture, the last of two pages."""
    sheet = Image.new("L", (60, 40), 255)
    ImageDraw.Draw(sheet).line((5, 5, 50, 30), 0, 2)
    made = []
    for kind, more in (("JPEG", {}), ("PNG", {}), ("TIFF", {"save_all": True, "append_images": [sheet]})):
        out = io.BytesIO()
        sheet.save(out, kind, **more)
        made.append(out.getvalue())
    return made
