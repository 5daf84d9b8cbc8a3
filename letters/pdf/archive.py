"""The pieces of PDF/A-2b (ISO 19005-2): the file and its objects, metadata that agree with the document information, the output
intent, the ID.

A letter needs few kinds of object, and all are given as source (ISO 32000-1 7.3 and 7.5); the PDF library draws plots and codes. The
colour profile stands beside this module, with its provenance.
"""

from __future__ import annotations

import hashlib
import zlib
from datetime import date
from functools import cache
from html import escape
from pathlib import Path

PROFILE = Path(__file__).parents[1] / "colour/srgb.icc"
PROFILE_NAME = "sRGB IEC61966-2.1"
SUBJECT = "政府信息公开"
MAKER = "deskapp"
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # four bytes beyond ASCII tell that the file is not text

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


class Source:
    """An object given as PDF source."""

    def __init__(self, source: str | bytes) -> None:
        self.write(source)

    def write(self, source: str | bytes) -> None:
        """Say it anew, before the file is written."""
        self.source = source.encode("ascii") if isinstance(source, str) else source


class File:
    """A PDF file in the making: its objects, numbered from 1 in the order they come."""

    def __init__(self) -> None:
        self._objects: list[Source] = []

    def add(self, item: Source) -> str:
        """Give an object its number in the file; the reference to it."""
        self._objects.append(item)
        return f"{len(self._objects)} 0 R"

    def whole(self, catalog: str, info: str, identifier: str) -> bytes:
        """The bytes of the file: header, objects, where each begins, trailer (ISO 32000-1 7.5)."""
        parts, starts, at = [HEADER], [], len(HEADER)
        for n, item in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (n, item.source)
            starts.append(at)
            parts.append(part)
            at += len(part)
        count = len(starts) + 1
        table = "".join(
            [f"xref\n0 {count}\n0000000000 65535 f \n", *[f"{start:010d} 00000 n \n" for start in starts]]
        )
        trailer = (
            f"trailer\n<< /Size {count} /Root {catalog} /Info {info} /ID {identifier} >>\nstartxref\n{at}\n%%EOF\n"
        )
        return b"".join([*parts, (table + trailer).encode("ascii")])


def stream(content: bytes, entries: str) -> Source:
    """A stream whose dictionary has ``entries`` besides its length; the content is taken as it is."""
    head = f"<< {entries} /Length {len(content)} >>\nstream\n".encode("ascii")
    return Source(head + content + b"\nendstream")


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


def output_intent(file: File) -> str:
    """What the colours of the page mean: sRGB, by the profile that ships with the press; the reference to it."""
    profile = file.add(stream(_profile(), "/N 3 /Filter /FlateDecode"))
    return file.add(
        Source(
            f"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ({PROFILE_NAME}) /Info ({PROFILE_NAME}) "
            f"/DestOutputProfile {profile} >>"
        ),
    )


def identifier(*texts: str) -> str:
    """The two equal halves of the file identifier, from what the file says."""
    half = hashlib.md5("\0".join(texts).encode(), usedforsecurity=False).hexdigest().upper()
    return f"[<{half}> <{half}>]"
