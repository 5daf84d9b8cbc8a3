"""What somebody changed in the draft: read back as proposals for the free passages, and as news of everything else.

A draft that comes back is a paper of others: only its paragraphs are read, by the standard library, and nothing of it becomes a letter by itself.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from xml.etree import ElementTree

from letters.errors import PressError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, COMMENTS = "word/document.xml", "word/comments.xml"
GONE = (f"{W}del", f"{W}moveFrom")
NOTED = "批注："  # before what somebody wrote in the margin
LARGEST = 20_000_000  # bytes of the text, unpacked
MOST, MOST_SIGNS = 1000, 200_000  # paragraphs, and signs in all: a letter has a hundred and a few thousand
ALIKE = 0.4  # two paragraphs at least so alike are one that was changed
NEAR, BEGIN = 20, 300  # so many that follow are looked at for one that is alike, by so many first signs


@dataclass(frozen=True)
class WordChange:
    """A paragraph or passage that differs: ``passage`` is the free one that it belongs to, empty for what may not be changed in this way."""

    passage: str
    before: str
    after: str


def paragraphs_of(docx: bytes) -> list[str]:
    """The paragraphs of a docx in their order, those in boxes too, without empty ones, then what was written in its margin; what was inserted
    counts, what was deleted, moved away or struck through does not. Raises PressError, also for more than a letter ever has."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as packed:
            found = list(_xml(packed, BODY).iter(f"{W}p"))
            margin = _xml(packed, COMMENTS).findall(f"{W}comment") if COMMENTS in packed.namelist() else []
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
    lines = [_words(paragraph) for paragraph in found]
    notes = ("".join(_words(paragraph) for paragraph in note.iter(f"{W}p")) for note in margin)
    lines = [line for line in [*lines, *(f"{NOTED}{said}" for said in notes if said)] if line]
    if len(lines) > MOST or sum(map(len, lines)) > MOST_SIGNS:
        raise PressError("这个文件里的字太多，不像一份文书草稿。请看是不是拿错了文件。")
    return lines


def _xml(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part as XML. Raises ValueError for one that is too large, or declares what a word processor never writes."""
    with packed.open(name) as part:
        text = part.read(LARGEST + 1)
    if len(text) > LARGEST or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError
    return ElementTree.fromstring(text)


def _words(paragraph: ElementTree.Element) -> str:
    """The words of a paragraph that hold; what stands in a box in it has paragraphs of its own."""
    seen, waiting = [], list(reversed(paragraph))
    while waiting:  # no recursion: how deep it goes is said by the file
        element = waiting.pop()
        if element.tag in (*GONE, f"{W}p") or (element.tag == f"{W}r" and _is_struck(element)):
            continue
        if element.tag == f"{W}t":
            seen.append(element.text or "")
        waiting += reversed(element)
    return "".join(seen).strip()


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
            alike = next((line for line in left[:NEAR] if _are_alike(ours[at], line)), "")
            if alike:
                left.remove(alike)
            pairs.append((at, alike))
        pairs += [(-1, line) for line in left]
    return pairs


def _are_alike(one: str, other: str) -> bool:
    """Whether two paragraphs begin so alike that one was made of the other; the cheap bounds of the likeness are asked first."""
    match = SequenceMatcher(None, one[:BEGIN], other[:BEGIN])
    return match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE
