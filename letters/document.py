"""What flows through the press: facts in, a document, pages of spans, findings, and the finished letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Paper = Literal["letter", "preprinted", "red_head", "plain"]
ApplicantClass = Literal["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
Role = Literal["fangsong", "title", "song", "kai"]
Channel = Literal["当面", "挂号邮寄", "平信", "网络", "传真", "口头"]


class PressError(Exception):
    """The press cannot take what it was given; the message is a Chinese sentence that says what to do."""


def iso_date(value: Any) -> Any:
    """Dates as ``date`` or ``YYYY-MM-DD``; never a number."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError("日期要写成 YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(iso_date)]


class Unit(BaseModel):
    """What a letter says about the office that writes it; further keys of the unit profile are of no concern here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    address: str = ""
    phone: str = ""
    postcode: str = ""
    contact: str = ""
    office_hours: str = ""
    paper: Paper = "letter"


class Applicant(BaseModel):
    """Who asked."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    applicant_class: ApplicantClass = Field(alias="class")
    address: str = ""
    phone: str = ""


class Remedies(BaseModel):
    """The remedies paragraph as the law of the issue date words it, with the class it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    remedy_class: str = Field(alias="class")
    text: str


class Facts(BaseModel):
    """The facts common to every kind, and ``extra`` with those that the kind's template declares.

    ``number`` is empty until the letter is issued; ``corrected_on`` is when a correction came in; ``practice`` puts 练习 across every page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit
    case_no: str
    number: str = ""
    issued_on: Day
    received_on: Day
    channel: Channel
    corrected_on: Day | None = None
    applicant: Applicant
    content: str
    remedies: Remedies | None = None
    practice: bool = False
    extra: dict[str, Any] = {}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. Indents are in cells; ``first`` for its first line, ``rest`` for the others."""

    text: str
    first: float = 2
    rest: float = 0


@dataclass(frozen=True)
class Document:
    """A letter before it is laid out: every text final, nothing placed."""

    kind: str
    version: str
    paper: Paper
    head: str
    title: str
    number: str
    addressee: str
    body: tuple[Paragraph, ...]
    attachments: tuple[Paragraph, ...]
    signature: str
    date_text: str
    note: str
    names: tuple[str, ...]
    practice: bool

    def plain_text(self) -> str:
        """The whole letter as text, one paragraph a line, for the register and for search."""
        parts = [self.title, self.number, f"{self.addressee}：" if self.addressee else ""]
        parts += [p.text for p in (*self.body, *self.attachments)]
        parts += [self.signature, self.date_text, self.note]
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Span:
    """Characters of one face set from ``x`` with ``tracking`` after each; lengths in pt from the left paper edge."""

    text: str
    face: str
    size: float
    x: float
    tracking: float = 0.0


@dataclass(frozen=True)
class Line:
    """Spans on one baseline, ``y`` pt below the upper paper edge. ``red`` for the head of the paper."""

    y: float
    spans: tuple[Span, ...]
    red: bool = False
    row: int | None = None

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Rule:
    """A horizontal red line: ``y`` pt below the upper paper edge, from ``x0`` to ``x1``, ``width`` pt thick."""

    y: float
    x0: float
    x1: float
    width: float


@dataclass(frozen=True)
class Page:
    """One page: its lines and rules."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What preflight says: stable ``code``, whether it stops issue, where it is, what is wrong, what to type."""

    code: str
    blocking: bool
    where: str
    what: str
    todo: str


@dataclass(frozen=True)
class Letter:
    """A finished letter: what the register keeps when it is issued."""

    kind: str
    title: str
    version: str
    text: str
    pages: int
    pdf: bytes
    sha256: str
