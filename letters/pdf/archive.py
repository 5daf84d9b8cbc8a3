"""The pieces of PDF/A-2b (ISO 19005-2): metadata that agree with the document information, the output intent, the ID.

Built of the PDF library's own objects. The colour profile stands beside this module, with its provenance.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

PROFILE = Path(__file__).parents[1] / "colour/srgb.icc"
PROFILE_NAME = "sRGB IEC61966-2.1"
SUBJECT = "政府信息公开"
MAKER = "deskapp"

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{maker}</xmp:CreatorTool>
<pdf:Producer>{maker}</pdf:Producer>
{dates}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


class Source(pdfdoc.PDFObject):
    """An object given as PDF source."""

    def __init__(self, source: str | bytes) -> None:
        self.write(source)

    def write(self, source: str | bytes) -> None:
        """Say it anew, before the file is written."""
        self._source = source.encode("ascii") if isinstance(source, str) else source

    def format(self, document: Any) -> bytes:
        """The source as it stands."""
        return self._source


def stream(content: bytes, entries: str) -> Source:
    """A stream whose dictionary has ``entries`` besides its length; the content is taken as it is."""
    head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode("ascii")
    return Source(head + content + b"\nendstream")


def add(document: Any, item: Source) -> str:
    """Give an object its number in the file; the reference to it."""
    name = document.Reference(item).name
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"


def text(value: str) -> str:
    """A text string of PDF: UTF-16 with its mark, in hexadecimal, so that no sign needs care."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


def info_of(title: str, author: str, day: date | None) -> Source:
    """The document information dictionary; every entry stands in the metadata with the same value."""
    entries = [
        f"/Title {text(title)} /Author {text(author)} /Subject {text(SUBJECT)} /Creator ({MAKER}) /Producer ({MAKER})"
    ]
    if day is not None:
        stamp = f"(D:{day:%Y%m%d}000000+08'00')"
        entries.append(f"/CreationDate {stamp} /ModDate {stamp}")
    return Source(f"<< {' '.join(entries)} >>")


def metadata(title: str, author: str, day: date | None) -> Source:
    """The XMP packet, uncompressed so that an archive can read it without reading PDF."""
    stamp = f"{day.isoformat()}T00:00:00+08:00" if day else ""
    dates = f"<xmp:CreateDate>{stamp}</xmp:CreateDate>\n<xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n" if day else ""
    packet = XMP.format(title=escape(title), author=escape(author), subject=escape(SUBJECT), maker=MAKER, dates=dates)
    return stream(packet.encode(), "/Type /Metadata /Subtype /XML")


@cache
def _profile() -> bytes:
    return zlib.compress(PROFILE.read_bytes(), 9)


def output_intent(document: Any) -> str:
    """What the colours of the page mean: sRGB, by the profile that ships with the press; the reference to it."""
    profile = add(document, stream(_profile(), "/N 3 /Filter /FlateDecode"))
    return add(
        document,
        Source(
            f"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ({PROFILE_NAME}) /Info ({PROFILE_NAME}) "
            f"/DestOutputProfile {profile} >>"
        ),
    )


def identifier(*texts: str) -> bytes:
    """The two equal halves of the file identifier, from what the file says."""
    half = hashlib.md5("\0".join(texts).encode(), usedforsecurity=False).hexdigest().upper()
    return f"[<{half}> <{half}>]".encode()
