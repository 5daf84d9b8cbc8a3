"""A template as an office rewrites it: its paragraphs in words, its head as a form, and back to the file that the catalogue reads.

What can be rewritten are the paragraphs and headings of the letter itself; its tables and further sheets stay as they are. The file keeps
the head of the one that it was made of, line by line, but for what was changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

import tomlkit
import tomlkit.exceptions

from letters.catalogue import FENCE, parse_template
from letters.errors import PressError
from letters.facts import clean
from letters.markup import passages
from letters.template import Template
from letters.wording import Wording

OWN_FACT = "own_"  # how the key of a fact begins that an office has added
OPTIONAL = "（可不填）"
_HEADINGS = ("### ", "## ")
_SIGNS = re.compile(r"[〔〕“”【】：]")
LONGEST_LABEL = 20


@dataclass(frozen=True)
class TemplatePart:
    """A block of a letter's body: its place among the blocks, what it is, its text in words. ``free`` says that it may be put in other
    words for a single letter."""

    n: int
    sort: Literal["text", "heading", "fixed"]
    plain: str
    free: bool = False


@dataclass(frozen=True)
class OwnFact:
    """A fact that an office has added: its label, an example, whether it must be filled."""

    label: str
    example: str
    required: bool = True


@dataclass(frozen=True)
class Rewritten:
    """What an office wants of a letter. ``texts`` are the parts in words by their places, an empty one is left out; ``more`` are
    paragraphs behind the last of them; ``kind`` is another key for a kind of its own."""

    title: str
    use_when: str
    not_when: str
    articles: tuple[str, ...]
    valid_from: date
    texts: Mapping[int, str]
    more: tuple[str, ...] = ()
    facts: tuple[OwnFact, ...] = ()
    kind: str = ""


def parts_of(template: Template) -> list[TemplatePart]:
    """The blocks of a letter in their order, each in words."""
    wording = Wording(template)
    found: list[TemplatePart] = []
    on_sheet = False
    for n, passage in enumerate(template.passages):
        on_sheet = on_sheet or passage.text.startswith("# ")
        mark = next((mark for mark in _HEADINGS if passage.text.startswith(mark)), "")
        if on_sheet or passage.text.startswith(("|", "~", ">", "@")):
            found.append(TemplatePart(n, "fixed", passage.text))
        elif mark:
            found.append(TemplatePart(n, "heading", wording.plain(passage.text.removeprefix(mark).strip())))
        else:
            found.append(TemplatePart(n, "text", wording.plain(passage.text).strip(), passage.name in template.free))
    return found


def own_facts(template: Template) -> tuple[OwnFact, ...]:
    """The facts that an office has added to a kind."""
    own = (field for key, field in template.fields.items() if key.startswith(OWN_FACT))
    return tuple(OwnFact(field.label, str(field.example), field.required) for field in own)


def names_of(template: Template, facts: Sequence[OwnFact] = ()) -> tuple[str, ...]:
    """What may stand in brackets in the words of a letter, the facts of the kind first."""
    return tuple(Wording(_with_facts(template, facts)).names.values())


def rewrite(text: str, template: Template, wanted: Rewritten, based_on: str) -> str:
    """The file of a template as an office wants it; ``text`` is the file of ``template``. Raises PressError that says what cannot be."""
    pieces = _pieces(text)
    body, names = _body(template, wanted)
    head = tomlkit.parse(pieces[1])
    head["kind"] = wanted.kind or template.kind
    head["title"], head["use_when"], head["not_when"] = wanted.title, wanted.use_when, wanted.not_when
    head["articles"], head["valid_from"] = list(wanted.articles), wanted.valid_from
    head["based_on"] = based_on
    head.pop("valid_to", None)
    head.pop("came_from", None)
    for list_name in ("free", "locked"):
        head[list_name] = [name for name in getattr(template, list_name) if name in names]
    _lay_facts(head, wanted.facts)
    if wanted.kind:
        _of_its_own(head, body)
    made = f"{FENCE}\n{tomlkit.dumps(head).strip()}\n{FENCE}\n\n{body}\n"
    parse_template(
        made, f"{wanted.kind or template.kind}.md", dict(template.parts)
    )  # refused here, not when a letter is wanted
    return made


def handed_over(text: str, kind: str, valid_from: date, hands: Sequence[str]) -> str:
    """The file of a template that another office gave, as it is laid here: under this key, from that day on, with the hands it went
    through. Raises PressError for a file without a head."""
    pieces = _pieces(text)
    if len(pieces) != 3:
        raise PressError(f"文书模板缺少 {FENCE} 行围起的抬头。")
    try:
        head = tomlkit.parse(pieces[1])
    except tomlkit.exceptions.TOMLKitError as error:
        raise PressError("文书模板的抬头写法有误。") from error
    head["kind"], head["valid_from"] = kind, valid_from
    head.pop("came_from", None)
    laid = tomlkit.document()
    laid["came_from"] = list(hands)
    made = f"{tomlkit.dumps(laid).strip()}\n{tomlkit.dumps(head).strip()}"  # before the tables of the head
    return f"{FENCE}\n{made}\n{FENCE}\n{pieces[2]}"


def _pieces(text: str) -> list[str]:
    return re.split(rf"^{re.escape(FENCE)}[ ]*\n", text, flags=re.MULTILINE)


def _body(template: Template, wanted: Rewritten) -> tuple[str, set[str]]:
    """The body in the template's language, and the names of the passages that are left."""
    wording = Wording(_with_facts(template, wanted.facts))
    blocks: list[str] = []
    names: set[str] = set()
    after = 0  # where further paragraphs go: behind the last block of the letter itself
    for part, passage in zip(parts_of(template), passages(template.source), strict=True):
        text = passage.text
        if part.sort != "fixed":
            text = _source(wording, wanted.texts.get(part.n, part.plain), f"第{part.n + 1}段")
            mark = next((mark for mark in _HEADINGS if passage.text.startswith(mark)), "")
            text = f"{mark}{text}" if text else ""
        if not text:
            continue
        blocks.append(f"@{passage.name}\n{text}" if passage.name else text)
        names |= {passage.name} if passage.name else set()
        after = len(blocks) if part.sort != "fixed" else after
    more = [made for one in wanted.more if (made := _source(wording, one, "再加的一段"))]
    blocks[after:after] = more
    if not blocks:
        raise PressError("正文是空的。至少写一段。")
    return "\n\n".join(blocks), names


def _source(wording: Wording, plain: str, where: str) -> str:
    """A part in the template's language, without empty lines, which would part it."""
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    try:
        return wording.source("\n".join(lines))
    except PressError as error:
        raise PressError(f"{where}：{error}") from error


def _with_facts(template: Template, facts: Sequence[OwnFact]) -> Template:
    """The template with the facts that an office adds, in the place of those that it had added before."""
    kept = {key: field for key, field in template.fields.items() if not key.startswith(OWN_FACT)}
    added = {OWN_FACT + str(n): _field(fact) for n, fact in enumerate(facts, 1)}
    return Template.model_validate({**template.model_dump(), "fields": {**kept, **added}})


def _field(fact: OwnFact) -> dict[str, object]:
    label = clean(fact.label)
    if not label or len(label) > LONGEST_LABEL or _SIGNS.search(label):
        raise PressError(
            f"要填的事实【{label[:20]}】的名称不合要求。写1到{LONGEST_LABEL}个字，不用括号、引号、冒号。"
        )
    return {"label": label, "required": fact.required, "example": clean(fact.example) or label}


def _of_its_own(head: tomlkit.TOMLDocument, body: str) -> None:
    """What a kind of its own does not take over from its sister: the act that issuing her is, since another paper would move the clock
    unnoticed, and the facts that its own text does not tell."""
    for key in ("act", "act_facts", "act_values", "remedies_by"):
        head.pop(key, None)
    head["version"] = "1"
    needed = {head.get("addressee", ""), head.get("you", "")}
    fields = head.get("fields", {})
    for key in [key for key in fields if key not in needed and not re.search(rf"\b{key}\b", body)]:
        del fields[key]
    head["one_of"] = [key for key in head.get("one_of", []) if key in fields]
    head["together"] = [pair for pair in head.get("together", []) if all(key in fields for key in pair)]
    if not fields:
        head.pop("fields", None)


def differences(ours: Template, theirs: Template) -> list[tuple[str, str]]:
    """What an office says otherwise than we do, part by part in words: ours and theirs, one of them empty where the other has no such
    part."""
    one, other = ([part.plain for part in parts_of(t)] for t in (ours, theirs))
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            found += list(zip_longest(one[a:b], other[c:d], fillvalue=""))
    heads = [name for name in ("title", "articles") if getattr(ours, name) != getattr(theirs, name)]
    return [*((_told(ours, name), _told(theirs, name)) for name in heads), *found]


def _told(template: Template, name: str) -> str:
    value = getattr(template, name)
    return "依据：" + "、".join(value) if name == "articles" else f"题目：{value}"


def _lay_facts(head: tomlkit.TOMLDocument, facts: Sequence[OwnFact]) -> None:
    """Write the facts that an office has added into the head, in the place of those before."""
    fields = head.get("fields") or tomlkit.table(is_super_table=True)
    for key in [key for key in fields if key.startswith(OWN_FACT)]:
        del fields[key]
    for n, fact in enumerate(facts, 1):
        table = tomlkit.table()
        table.update(_field(fact))
        fields[OWN_FACT + str(n)] = table
    if len(fields):
        head["fields"] = fields
