"""What is nested, changed so that it stays well formed: bytes changed at random seldom leave XML or JSON in order, and then only the door is
tried. Members are doubled, taken out, moved, put into themselves, renamed after others and given odd values."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from lxml import etree

SHARE = 0.5  # of the inputs that are trees, those that stay one
MOST = 4  # changes at once
DEEP, MANY = 30, 40  # times that a thing is put into itself, or beside itself
SMALL = 200  # things in a tree whose parts may be repeated so often
ODD_TEXT = ("", " ", "\u3000", "-1", "0", "1.5", "99999999999999999999", "1e400", "nan", "true", "2026-02-30", "12月", "A1:XFD1048576", "#REF!",
            "=1", "一" * 3000, "a\u0301\u202e", "../../a", "http://", "none")  # fmt: skip
ODD: tuple[Any, ...] = (
    *ODD_TEXT,
    None,
    True,
    -1,
    0,
    1.5,
    2**70,
    float("inf"),
    float("nan"),
    [],
    {},
    [[]],
    {"": None},
)
Slot = tuple[Any, Any]  # a container and the key or place of what it holds


def changed_tree(data: bytes, chance: random.Random) -> bytes | None:
    """A page, well-formed XML (also behind the number of a part), JSON, or a line of lines of JSON, with one to four changes; None for others."""
    for begin in (0, 1):
        if data[begin : begin + 1] == b"<" and (made := _xml(data[begin:], chance)) is not None:
            return data[:begin] + made
    made = _json(data, chance)
    lines = data.splitlines(keepends=True)
    if made is None and len(lines) > 1:
        at = chance.randrange(len(lines))
        line = _json(lines[at], chance)
        made = None if line is None else b"".join([*lines[:at], line, b"\n", *lines[at + 1 :]])
    return made


def _xml(data: bytes, chance: random.Random) -> bytes | None:
    page = b"<html" in data[:200]
    parser = etree.HTMLParser() if page else etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:  # a page of nothing
        return None
    for _ in range(chance.randint(1, MOST)):
        _change_element(root, chance)
    made: bytes = etree.tostring(root, encoding="gb18030" if page else "utf-8", method="html" if page else "xml")
    return made


def _change_element(root: etree._Element, chance: random.Random) -> None:
    every = list(root.iter(etree.Element))
    one, other = chance.choice(every), chance.choice(every)
    above = one.getparent()
    match chance.randrange(8):
        case 0 if above is not None:
            for _ in range(_times(every, chance)):
                above.insert(above.index(one), copy.deepcopy(one))
        case 1 if above is not None:
            above.remove(one)
        case 2:
            other.append(copy.deepcopy(one))
        case 3 if above is not None:
            for _ in range(chance.randint(1, DEEP)):
                around = etree.Element(one.tag, one.attrib, one.nsmap)
                above.replace(one, around)
                around.append(one)
                above = around
        case 4:
            one.text = chance.choice((*ODD_TEXT, other.text))
        case 5 if one.attrib:
            one.attrib[chance.choice(list(one.attrib))] = chance.choice((*ODD_TEXT, *other.attrib.values()))
        case 6 if one.attrib:
            del one.attrib[chance.choice(list(one.attrib))]
        case _:
            one.tag = other.tag


def _times(things: list[Any], chance: random.Random) -> int:
    return chance.choice((1, 1, MANY)) if len(things) < SMALL else 1


def _json(data: bytes, chance: random.Random) -> bytes | None:
    try:
        whole = [json.loads(data)]
        for _ in range(chance.randint(1, MOST)):
            _change_member(whole, chance)
        return json.dumps(whole[0] if whole else None, ensure_ascii=False).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):  # not JSON, or deeper than it can be walked
        return None


def _slots(whole: Any) -> list[Slot]:
    found: list[Slot] = []
    left = [whole]
    while left:
        holder = left.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                left.append(holder[key])
    return found


def _change_member(whole: list[Any], chance: random.Random) -> None:
    if not (slots := _slots(whole)):
        return
    (holder, key), (giver, its) = chance.choice(slots), chance.choice(slots)
    given = copy.deepcopy(giver[its])
    match chance.randrange(6):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder[key:key] = [copy.deepcopy(given) for _ in range(_times(slots, chance))]
        case 2:
            for _ in range(chance.randint(1, DEEP)):
                holder[key] = [holder[key]] if isinstance(holder, list) else {key: holder[key]}
        case 3 if isinstance(holder, dict) and isinstance(its, str):
            holder[its] = holder.pop(key)
        case 4:
            holder[key] = given
        case _:
            holder[key] = copy.deepcopy(chance.choice(ODD))
