"""Compose: template + facts -> document. Rendering is sandboxed; a template sees the listed names and no others."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import ValidationError

from letters.catalogue import Field, Template, template
from letters.document import Document, Facts, Paragraph, PressError, iso_date

CHANNEL_PHRASE = {
    "当面": "当面提交",
    "挂号邮寄": "以挂号信邮寄",
    "平信": "以平常信函邮寄",
    "网络": "通过互联网渠道提交",
    "传真": "通过传真提交",
    "口头": "口头提出",
}
CONFIRMED = ("平信", "网络", "传真")  # 条例 31: the day both sides confirmed is the day of receipt
STOPS = "。；，;,. "  # the template sets the stop after a typed text
PLACEHOLDER = "〔待填：{}〕"
COMMON = set(Facts.model_fields) - {"extra"}


def chinese_date(day: date) -> str:
    """A day as it stands in a letter: 2026年11月2日, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_facts(kind: str, raw: dict[str, Any]) -> Facts:
    """Facts of a kind from decoded JSON. Raises PressError naming the bad key and what belongs there."""
    if not isinstance(raw, dict):
        raise PressError("文书的事实应当是一个 JSON 对象，用 deskapp letter KIND --facts 看样例。")
    fields = template(kind).fields
    unknown = [key for key in raw if key not in COMMON and key not in fields]
    if unknown:
        raise PressError(f"文书“{kind}”没有“{unknown[0]}”这一项，请检查拼写；用 --facts 看有哪些项。")
    extra = {key: _read_field(field, key, raw.get(key)) for key, field in fields.items()}
    try:
        return Facts.model_validate({**{k: v for k, v in raw.items() if k in COMMON}, "extra": extra})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        reason = "缺少这一项" if first["type"] == "missing" else f"“{str(first['input'])[:40]}”不合要求"
        raise PressError(f"文书的“{key}”有误：{reason}。用 deskapp letter {kind} --facts 看样例。") from error


def _read_field(field: Field, key: str, value: Any) -> Any:
    """One declared fact in its type: text, list of texts, or date; an absent one is empty."""
    empty = value is None or value == "" or value == []
    if empty and field.default:
        value, empty = field.default, False
    try:
        if field.type == "date":
            return None if empty else iso_date(value)
        if field.type == "lines":
            items = [] if empty else value.splitlines() if isinstance(value, str) else list(value)
            listed = isinstance(value, str | list) or empty
            if not listed or not all(isinstance(item, str) for item in items):
                raise ValueError
            return [_clean(item) for item in items if item.strip()]
        if not empty and not isinstance(value, str):
            raise ValueError
        return "" if empty else _clean(value)
    except (TypeError, ValueError) as error:
        wanted = {"date": "日期，写成 2026-11-21", "lines": "一列文字", "text": "文字"}[field.type]
        raise PressError(f"文书的“{key}”（{field.label}）应当是{wanted}。") from error


def _clean(text: str) -> str:
    """One paragraph of text: line ends become spaces, control characters go, edges are trimmed."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]", "", text.replace("\t", " "))
    return re.sub(r"\s*\n\s*", " ", text).strip()


@cache
def _environment() -> SandboxedEnvironment:
    env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    env.filters["day"] = chinese_date
    return env


def _context(kind: Template, facts: Facts) -> dict[str, Any]:
    """The names a template may use."""
    you = "您" if facts.applicant.applicant_class == "自然人" else "贵单位"
    extra = {key: _shown(field, facts.extra.get(key)) for key, field in kind.fields.items()}
    return {
        **extra,
        "you": you,
        "unit": facts.unit,
        "case_no": facts.case_no,
        "received": chinese_date(facts.received_on),
        "corrected": chinese_date(facts.corrected_on) if facts.corrected_on else "",
        "confirmed": f"（与{you}确认之日）" if facts.channel in CONFIRMED else "",
        "submitted": CHANNEL_PHRASE[facts.channel],
        "content": _clean(facts.content),
        "applicant": facts.applicant,
    }


def _shown(field: Field, value: Any) -> Any:
    """A fact as the template sees it; a required one that is empty shows where it will stand."""
    gap = PLACEHOLDER.format(field.label)
    if field.type == "date":
        return chinese_date(value) if value else (gap if field.required else "")
    if field.type == "lines":
        value = [line.rstrip(STOPS) for line in value or []]
        return value or ([gap] if field.required else [])
    return (value or "").rstrip(STOPS) or (gap if field.required else "")


def compose(kind: str, facts: Facts) -> Document:
    """The document of a letter, ready for preflight and layout. Raises PressError on a template that cannot render."""
    source = template(kind)
    context = _context(source, facts)
    body = [Paragraph(text) for block in source.body for text in _render(source, block, context)]
    if source.remedies and facts.remedies and facts.remedies.text:
        body.append(Paragraph(facts.remedies.text))
    name = _clean(facts.applicant.name)
    return Document(
        kind=kind,
        version=source.version,
        paper=facts.unit.paper,
        head=facts.unit.name,
        title=source.title,
        number=(facts.number or PLACEHOLDER.format("文号")) if source.numbered else "",
        addressee=name,
        body=tuple(body),
        attachments=_attachments(facts.extra.get("attachments") or []),
        signature=facts.unit.name,
        date_text=chinese_date(facts.issued_on),
        note=_contact(facts),
        names=(name,),
        practice=facts.practice,
    )


def _render(source: Template, block: str, context: dict[str, Any]) -> list[str]:
    try:
        text = _environment().from_string(block).render(context)
    except TemplateError as error:
        raise PressError(f"文书模板 {source.kind}.md 不能生成：{error}。请检查模板里的字段名。") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _attachments(names: list[str]) -> tuple[Paragraph, ...]:
    """附件说明 (GB/T 9704 7.3.4): numbered when more than one, further lines under the first character of the name."""
    if not names:
        return ()
    if len(names) == 1:
        return (Paragraph(f"附件：{names[0]}", first=2, rest=5),)
    lines = [f"{n}. {name}" for n, name in enumerate(names, 1)]
    first = Paragraph(f"附件：{lines[0]}", first=2, rest=6)
    return (first, *(Paragraph(line, first=5, rest=6) for line in lines[1:]))


def _contact(facts: Facts) -> str:
    """附注: who can be asked about the letter."""
    parts = [f"联系人：{facts.unit.contact}" if facts.unit.contact else "", f"联系电话：{facts.unit.phone}"]
    return f"（{'，'.join(part for part in parts if part)}）" if facts.unit.phone else ""
