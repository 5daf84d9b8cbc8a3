"""What somebody changed in the draft: read back as proposals for the free passages, and as news of everything else.

A draft that comes back is a paper of others: only its paragraphs are read, by the standard library, and nothing of it becomes a letter by itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from xml.etree import ElementTree

from letters.errors import PressError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, COMMENTS = "word/document.xml", "word/comments.xml"
GONE = (f"{W}del", f"{W}moveFrom")
NOTED = "批注："  # before what somebody wrote in the margin
LARGEST = 20_000_000  # bytes of the text, unpacked
MOST = 2000  # paragraphs
ALIKE = 0.4  # two paragraphs at least so alike are one that was changed


@dataclass(frozen=True)
class WordChange:
    """A paragraph or passage that differs: ``passage`` is the free one that it belongs to, empty for what may not be changed in this way."""

    passage: str
    before: str
    after: str


def paragraphs_of(docx: bytes) -> list[str]:
    """The paragraphs of a docx in their order, those in boxes too, without empty ones, then what was written in its margin; what was inserted
    counts, what was deleted, moved away or struck through does not. Raises PressError."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as packed:
            found = list(_xml(packed, BODY).iter(f"{W}p"))
            margin = list(_xml(packed, COMMENTS).iter(f"{W}comment")) if COMMENTS in packed.namelist() else []
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ElementTree.ParseError,
    ) as error:
        raise PressError("这个文件不是完好的 docx，读不出来。请在文字处理软件里另存一份。") from error
    lines = ["".join(_seen(paragraph)).strip() for paragraph in found[:MOST]]
    lines += [f"{NOTED}{said}" for note in margin[:MOST] if (said := "".join(_seen(note)).strip())]
    return [line for line in lines if line]


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part as XML. Raises ValueError for one that is too large, or declares what a word processor never writes."""
    with packed.open(name) as part:
        text = part.read(LARGEST + 1)
    if len(text) > LARGEST or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError
    return ElementTree.fromstring(text)


def _seen(element: ElementTree.Element) -> Iterator[str]:
    """The words of an element that hold."""
    if element.tag in GONE or (element.tag == f"{W}r" and _is_struck(element)):
        return
    if element.tag == f"{W}t":
        yield element.text or ""
    for child in element:
        yield from _seen(child)


def _is_struck(run: ElementTree.Element) -> bool:
    marks = (run.find(f"{W}rPr/{W}{name}") for name in ("strike", "dstrike", "vanish"))
    return any(mark is not None and mark.get(f"{W}val", "1").lower() not in ("0", "false", "off") for mark in marks)


def changes(ours: Sequence[str], theirs: Sequence[str], free: Mapping[str, Sequence[str]]) -> list[WordChange]:
    """What differs between the draft as it was written and as it came back; ``free`` has the paragraphs of each free passage."""
    where = _places(ours, free)
    found: dict[str, dict[int, str]] = {}
    others: list[WordChange] = []
    for at, line in _pairs(ours, theirs):
        name = where.get(at, "")
        if at >= 0 and name:
            found.setdefault(name, {})[at] = line
        else:
            others.append(WordChange("", ours[at] if at >= 0 else "", line))
    proposed = []
    for name, new in found.items():
        places = sorted(at for at, of in where.items() if of == name)
        before, after = "".join(ours[at] for at in places), "".join(new.get(at, ours[at]) for at in places)
        proposed.append(WordChange(name, before, after))
    return [*proposed, *others]


def _places(ours: Sequence[str], free: Mapping[str, Sequence[str]]) -> dict[int, str]:
    """Which paragraphs of the draft are those of a free passage."""
    where: dict[int, str] = {}
    for name, lines in free.items():
        wanted = [line.strip() for line in lines if line.strip()]
        for at in range(len(ours) - len(wanted) + 1):
            if wanted and list(ours[at : at + len(wanted)]) == wanted and at not in where:
                where |= dict.fromkeys(range(at, at + len(wanted)), name)
                break
    return where


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, str]]:
    """Changed paragraphs: the number of ours, -1 for a new one, and how it reads now, empty for one that is gone."""
    pairs: list[tuple[int, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            pairs += zip(range(a, b), theirs[c:d], strict=True)
            continue
        left = list(theirs[c:d])
        for at in range(a, b):
            alike = next((line for line in left if SequenceMatcher(None, ours[at], line).ratio() >= ALIKE), "")
            if alike:
                left.remove(alike)
            pairs.append((at, alike))
        pairs += [(-1, line) for line in left]
    return pairs
