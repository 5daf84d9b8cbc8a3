"""Compose: template + facts -> document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from letters.document import Block, Document, Facts, Paragraph, Redo, Sheet, block_lines
from letters.facts import clean
from letters.markup import blocks_of, shield
from letters.orthography import worded
from letters.rendering import render
from letters.template import Field, Template

CHANNEL_PHRASE = {
    "当面": "当面提交",
    "挂号邮寄": "以挂号信邮寄",
    "平信": "以平常信函邮寄",
    "网络": "通过互联网渠道提交",
    "传真": "通过传真提交",
    "口头": "口头提出",
}
LAW = "《中华人民共和国政府信息公开条例》"
PERSON, ORGANISATION, SEVERAL = "自然人", "贵单位", "你们"
OTHER_PERSON = (
    "person",
    PERSON,
)  # what a third party is; letters that were issued before and an office's own copies say it by its name
CONFIRMED = ("平信", "网络", "传真")  # 条例 31: the day both sides confirmed is the day of receipt
STOPS = "。；，;,. "  # the template sets the stop after a typed text
TENTATIVE = "（暂定，该年放假安排公布后可能变动）"
NO_DAY = "—（{}）"
PLACEHOLDER = "〔待填：{}〕"


def chinese_date(day: date) -> str:
    """A day as it stands in a letter: 2026年11月2日, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _tick(given: object, *options: str) -> str:
    """Boxes to tick, the one of the given value filled."""
    return "　".join(f"{'■' if given == option else '□'}{option}" for option in options)


def context_of(source: Template, facts: Facts) -> dict[str, Any]:
    """The names a template may use, and what they stand for in this letter."""
    extra = {key: _shown(field, facts.extra.get(key)) for key, field in source.fields.items()}
    extra |= {key: NO_DAY.format(facts.no_day) for key in without_day(source, facts)}
    you = _you(source, facts)
    return {
        **extra,
        "you": you,
        "law": LAW,
        "unit": facts.unit,
        "case_no": facts.case_no,
        "number": facts.number,
        "issued": chinese_date(facts.issued_on),
        "received": chinese_date(facts.received_on),
        "corrected": chinese_date(facts.corrected_on) if facts.corrected_on else "",
        "confirmed": f"（与{you}确认之日）" if facts.channel in CONFIRMED else "",
        "submitted": CHANNEL_PHRASE[facts.channel],
        "channel": facts.channel,
        "content": clean(facts.content),
        "applicant": facts.applicant,
        "copies": facts.copies,
        "tick": _tick,
        "periods": facts.periods,
        "tentative": TENTATIVE if facts.provisional else "",
    }


def _you(source: Template, facts: Facts) -> str:
    """How the addressee is spoken to: 您 for a person, 贵单位 for a body, 你们 for several who applied together."""
    if source.you in source.fields:
        given = facts.extra.get(source.you)
        return "您" if given in OTHER_PERSON else ORGANISATION
    if source.you:
        return source.you
    if facts.applicant.others:
        return SEVERAL
    return "您" if facts.applicant.applicant_class == PERSON else ORGANISATION


def without_day(source: Template, facts: Facts) -> list[str]:
    """The computed days that a form has a place for and its case has not, with a reason that the form says instead."""
    if not source.is_sheet or not facts.no_day:
        return []
    days = (key for key, field in source.fields.items() if field.computed and field.type == "date")
    return [key for key in days if facts.extra.get(key) is None]


def _shown(field: Field, value: Any) -> Any:
    """A fact as the template sees it; a required one that is empty shows where it will stand."""
    gap = PLACEHOLDER.format(field.label) if field.required else ""
    if field.type == "date":
        return chinese_date(value) if value else gap
    if field.type == "lines":
        return [line.rstrip(STOPS) for line in value or []] or ([gap] if gap else [])
    if field.type == "number":
        return gap if value is None else value
    if field.type in ("rows", "flag"):
        return value
    return (value or "").rstrip(STOPS) or gap


def compose(source: Template, facts: Facts) -> Document:
    """The document of a letter, ready for preflight and layout. Raises PressError on a template that cannot render."""
    context = context_of(source, facts)
    texts = _rendered(source, facts, context)
    if facts.redo and source.stage == "reply":
        texts = [_redo(source, facts.redo), *texts]
    body, sheets = blocks_of(texts, source.file or source.kind)
    if source.remedies and facts.remedies and facts.remedies.text:
        body = (*body, Paragraph(facts.remedies.text))
    body, sheets = _worded(body), tuple(Sheet(sheet.title, _worded(sheet.blocks)) for sheet in sheets)
    addressee = (
        clean(facts.extra.get(source.addressee) or "") if source.addressee else clean(facts.applicant.addressed)
    )
    names = [*facts.applicant.names, *(facts.extra.get(k) or "" for k, f in source.fields.items() if f.name)]
    return Document(
        kind=source.kind,
        version=source.version,
        paper="plain" if source.is_sheet else facts.unit.paper,
        head=facts.unit.name,
        title=source.title,
        number=(facts.number or PLACEHOLDER.format("文号")) if source.numbered else "",
        addressee="" if source.is_sheet else worded(addressee),
        body=body,
        attachments=_attachments([worded(name) for name in facts.extra.get("attachments") or []])
        if not source.is_sheet
        else (),
        signature="" if source.is_sheet else facts.unit.name,
        date_text="" if source.is_sheet else chinese_date(facts.issued_on),
        note="" if source.is_sheet else _contact(facts),
        copies=f"抄送：{'，'.join(facts.copies)}。" if facts.copies and not source.is_sheet else "",
        sheets=sheets,
        titled=source.titled,
        names=tuple(dict.fromkeys(worded(clean(name)) for name in names if clean(name))),
        practice=facts.practice,
        sealed=facts.unit.sealed,
    )


def _worded(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with their words as they are printed."""
    done: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            done.append(replace(block, text=worded(block.text)))
            continue
        rows = [
            replace(row, cells=tuple(replace(cell, text=worded(cell.text)) for cell in row.cells))
            for row in block.rows
        ]
        done.append(replace(block, rows=tuple(rows)))
    return tuple(done)


def _rendered(source: Template, facts: Facts, context: dict[str, Any]) -> list[str]:
    """The passages of a letter; a free one that was put in other words for this letter stands in those."""
    texts = []
    for passage in source.passages:
        if passage.name in facts.passages:
            texts.append(str(shield(clean(facts.passages[passage.name]))))
            continue
        where = f"{source.file or source.kind} 正文第{passage.line}行起的一段"
        texts.append(render(passage.text, source.parts, context, where))
    return texts


def _redo(source: Template, redo: Redo) -> str:
    """With what an answer anew opens: the answer that was set aside, by whom, since when a new one is due."""
    days = {
        "arrived": chinese_date(redo.arrived_on),
        "answered": chinese_date(redo.answered_on) if redo.answered_on else "",
    }
    words = {name: clean(getattr(redo, name)).rstrip(STOPS) for name in ("number", "answer_number", "why")}
    given = {**redo.model_dump(), **days, **words}
    return render(source.parts["_redo.md"].strip(), source.parts, {"redo": given}, "_redo.md")


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


def free_passages(source: Template, facts: Facts) -> dict[str, tuple[str, ...]]:
    """The paragraphs of each free passage of a letter, as they stand in it. Raises PressError."""
    texts = _rendered(source, facts, context_of(source, facts))
    found = {}
    for passage, text in zip(source.passages, texts, strict=True):
        if passage.name in source.free:
            blocks, _ = blocks_of([text], source.file or source.kind)
            found[passage.name] = tuple(line for block in blocks for line in block_lines(block))
    return found
