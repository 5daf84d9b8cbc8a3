"""Facts of a letter: decoded JSON -> typed, cleaned facts, each refusal naming the key and what belongs there."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from pydantic import ValidationError

from letters.document import Facts, iso_date
from letters.errors import PressError, first_fault
from letters.template import Field, Template

COMMON = set(Facts.model_fields) - {"extra"}
WANTED = {
    "date": "日期，写成 2026-11-21",
    "lines": "一列文字",
    "text": "文字",
    "number": "整数",
    "choice": "这些之一：{choices}",
    "rows": "一列表行，每行有：{columns}",
    "flag": "true 或者 false",
}
YES, NO = ("是", "true", "1"), ("否", "false", "0", "")
SEPARATOR = re.compile(r"\s*[｜|\t]\s*")


def read_facts(source: Template, raw: dict[str, Any]) -> Facts:
    """Facts of a kind from decoded JSON. Raises PressError naming the bad key and what belongs there."""
    if not isinstance(raw, dict):
        raise PressError("文书的事实应当是一个 JSON 对象，用 deskapp letter KIND --facts 看样例。")
    unknown = [key for key in raw if key not in COMMON and key not in source.fields]
    if unknown:
        raise PressError(f"文书“{source.kind}”没有“{unknown[0]}”这一项，请检查拼写；用 --facts 看有哪些项。")
    extra = {key: read_field(field, key, raw.get(key)) for key, field in source.fields.items()}
    try:
        facts = Facts.model_validate({**{k: v for k, v in raw.items() if k in COMMON}, "extra": extra})
    except ValidationError as error:
        fault = first_fault(error)
        reason = "缺少这一项" if fault.kind == "missing" else f"“{fault.value}”不合要求"
        raise PressError(
            f"文书的“{fault.where}”有误：{reason}。用 deskapp letter {source.kind} --facts 看样例。"
        ) from error
    locked = [name for name in facts.passages if name not in source.free]
    if locked:
        raise PressError(
            f"文书“{source.kind}”的段落“{locked[0]}”不能改写；可以改写的有：{'、'.join(source.free) or '无'}。"
        )
    return facts


def read_field(field: Field, key: str, value: Any) -> Any:
    """One declared fact in its type; an absent one is empty. Raises PressError for a value of another type."""
    if value in (None, "", []) and field.default:
        value = field.default
    try:
        return _READERS[field.type](field, value)
    except (TypeError, ValueError) as error:
        raise PressError(f"文书的“{key}”（{field.label}）应当是{wanted(field)}。") from error


def as_text(value: Any) -> str:
    """A fact as a form shows it: a line for each of a list, columns apart by ｜, a day as YYYY-MM-DD, 是 or 否."""
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    if isinstance(value, list):
        return "\n".join("｜".join(item) if isinstance(item, list) else str(item) for item in value)
    return "" if value is None else str(value)


def as_json(facts: Facts) -> str:
    """The facts of a letter as the JSON object that they can be read from again."""
    common = facts.model_dump(mode="json", by_alias=True, exclude={"extra"}, exclude_none=True)
    extra = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.extra.items()}
    return json.dumps({**common, **extra}, ensure_ascii=False)


def wanted(field: Field) -> str:
    """What belongs into a fact, in words."""
    choices = (key if key == name else f"{key}（{name}）" for key, name in field.choices.items())
    return WANTED[field.type].format(choices="、".join(choices), columns="、".join(field.columns))


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    return clean(value)


def _lines(field: Field, value: Any) -> list[str]:
    items = value.splitlines() if isinstance(value, str) else [] if value is None else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise TypeError
    return [clean(item) for item in items if item.strip()]


def _date(field: Field, value: Any) -> Any:
    return iso_date(value or None)


def _number(field: Field, value: Any) -> int | None:
    if value in (None, ""):
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | str)
        or not re.fullmatch(r"[0-9]{1,9}", str(value).strip())
    ):
        raise TypeError
    return int(value)


def _choice(field: Field, value: Any) -> str:
    """The key of a choice, which may be named by what it is called too: so it stands on a paper, and in facts of before it had a key."""
    found = _text(field, value)
    found = next((key for key, label in field.choices.items() if found == label), found)
    if found and found not in field.choices:
        raise ValueError
    return found


def _rows(field: Field, value: Any) -> list[list[str]]:
    items = value.splitlines() if isinstance(value, str) else [] if value is None else value
    if not isinstance(items, list):
        raise TypeError
    rows = [SEPARATOR.split(item.strip()) if isinstance(item, str) else list(item) for item in items if item]
    if any(len(row) > len(field.columns) or not all(isinstance(cell, str) for cell in row) for row in rows):
        raise ValueError
    return [[clean(cell) for cell in row] + [""] * (len(field.columns) - len(row)) for row in rows]


def _flag(field: Field, value: Any) -> bool:
    if isinstance(value, bool) or value is None:
        return bool(value)
    if str(value).strip().lower() not in YES + NO:
        raise ValueError
    return str(value).strip().lower() in YES


# The same characters as at the desk's door (deskapp.parsing), which this package does not know; a test compares them.
UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800"
    r"\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
_READERS = {
    "text": _text, "lines": _lines, "date": _date, "number": _number, "choice": _choice, "rows": _rows, "flag": _flag,
}  # fmt: skip


def clean(text: str) -> str:
    """One paragraph of text: line ends become spaces, what nobody sees goes, edges are trimmed."""
    text = re.sub(f"[{UNSEEN}]", "", text.replace("\t", " "))
    return re.sub(r"\s*\n\s*", " ", text).strip()
