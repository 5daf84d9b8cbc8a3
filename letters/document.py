"""What flows through the press: facts in, a document, pages of spans, findings, and the finished letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Paper = Literal["letter", "preprinted", "red_head", "plain"]
ApplicantClass = Literal["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
Role = Literal["fangsong", "title", "hei", "song", "kai"]
Style = Literal["body", "heading", "subheading"]
STYLE_ROLES: dict[str, Role] = {"body": "fangsong", "heading": "hei", "subheading": "kai"}  # 7.3.3
Channel = Literal["当面", "挂号邮寄", "平信", "网络", "传真", "口头"]


def iso_date(value: Any) -> Any:
    """Dates as ``date`` or ``YYYY-MM-DD``; never a number."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError("日期要写成 YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(iso_date)]

CELLS = 28  # of a row of the grid: characters of a line, and what the columns of a table share (GB/T 9704 5.2.3)


class Unit(BaseModel):
    """What a letter says about the office that writes it; further keys of the unit profile are of no concern here. One that is not
    ``sealed`` puts no seal on its letters."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    address: str = ""
    phone: str = ""
    postcode: str = ""
    contact: str = ""
    office_hours: str = ""
    paper: Paper = "letter"
    kind: str = ""
    sealed: bool = True

    @property
    def complains(self) -> bool:
        """Whether it is no authority, so that nobody reviews it: what is wrong is complained of (条例 55)."""
        return self.kind == "public_enterprise"


class ActingAgent(BaseModel):
    """Who acts for the applicant by a paper of authority."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    address: str = ""
    phone: str = ""


class Applicant(BaseModel):
    """Who asked: ``others`` applied with him, by name, in one application; an ``agent`` or a ``guardian`` acts for them."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str
    applicant_class: ApplicantClass = Field(alias="class")
    address: str = ""
    phone: str = ""
    agent: ActingAgent | None = None
    others: tuple[str, ...] = ()
    guardian: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody who is named in a letter to the applicant, the applicants first."""
        acting = (self.agent.name if self.agent else "", self.guardian)
        return tuple(filter(None, (self.name, *self.others, *acting)))

    @property
    def all(self) -> str:
        """All who applied, by name."""
        return "、".join((self.name, *self.others))

    @property
    def addressed(self) -> str:
        """To whom a letter goes: all who applied, and in brackets who acts for them (行政复议法 17)."""
        acting = [f"委托代理人：{self.agent.name}"] if self.agent else []
        acting += [f"监护人：{self.guardian}"] if self.guardian else []
        return f"{self.all}（{'，'.join(acting)}）" if acting else self.all

    @property
    def mail_address(self) -> str:
        """Where a letter goes: to the address that was named, or else to the agent's."""
        return self.address or (self.agent.address if self.agent else "")


class Remedies(BaseModel):
    """The remedies paragraph as the law of the issue date words it, with the class it belongs to; ``online`` says that it names a
    way through the internet, ``review_comes_first`` that a
    review must come before a suit. Where these two are not given, as in facts from outside, the text is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    remedy_class: str = Field(alias="class")
    text: str
    review_comes_first: bool | None = None
    online: bool | None = None


class Redo(BaseModel):
    """The order to answer anew: ``by`` review, court or the office itself, its ``number``, when it arrived; the answer that it set
    aside, by number and day, where it is known; ``partly``, if only a part of it; ``how``, what it says of that answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: Literal["review", "court", "self"]
    number: str = ""
    arrived_on: Day
    answer_number: str = ""
    answered_on: Day | None = None
    partly: bool = False
    why: str = ""
    how: Literal["annulled", "illegal", "void", "to_act"] = "annulled"


class Facts(BaseModel):
    """The facts common to every kind, and ``extra`` with those that the kind's template declares.

    ``number`` is empty until the letter is issued; ``corrected_on`` is when a correction came in; ``redo`` the order
    that an answer anew follows, with which it opens; ``copies`` are the offices
    that get a copy (抄送); ``passages`` are free passages in other words than the template's; ``practice`` puts 练习 across
    every page; ``provisional`` says that a last day it names rests on a year whose holidays are not published;
    ``no_day`` says in a word why a last day that is computed does not exist, where it does not: a form then says so in its place;
    ``periods`` are those of the law on the day of receipt, by their keys: templates take their numbers from here.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Unit
    case_no: str
    number: str = ""
    issued_on: Day
    received_on: Day
    channel: Channel
    corrected_on: Day | None = None
    redo: Redo | None = None
    applicant: Applicant
    content: str
    remedies: Remedies | None = None
    copies: tuple[str, ...] = ()
    passages: dict[str, str] = {}
    practice: bool = False
    provisional: bool = False
    no_day: str | None = None
    periods: dict[str, int] = {}
    extra: dict[str, Any] = {}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. Indents are in cells; ``first`` for its first line, ``rest`` for the others. An empty text is a row. ``under`` is the
    same in another language, small below it."""

    text: str
    first: float = 2
    rest: float = 0
    style: Style = "body"
    under: str = ""


@dataclass(frozen=True)
class Cell:
    """One box of a form, ``width`` cells of the grid wide; a label is centred and set in 黑体, a text ``at_foot`` stands at
    the right of the last row: the place to sign and date; ``under`` is the same in another language, small below it."""

    text: str
    width: int
    label: bool = False
    at_foot: bool = False
    under: str = ""


@dataclass(frozen=True)
class TableRow:
    """Boxes side by side, at least ``rows`` rows of the grid high."""

    cells: tuple[Cell, ...]
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """A form's boxes; with ``head`` the first row stands again on every further page."""

    rows: tuple[TableRow, ...]
    head: bool = False


Block = Paragraph | Table


@dataclass(frozen=True)
class Sheet:
    """A further sheet under its own title, such as the slip that comes back with an opinion."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A letter or form before it is laid out: every text final, nothing placed.

    ``title_lines`` is the title as it stands, broken by meaning; ``copies`` the line of 抄送; ``mark`` a word on every page
    that is no original (副本).
    """

    kind: str
    version: str
    paper: Paper
    head: str
    title: str
    number: str
    addressee: str
    body: tuple[Block, ...]
    attachments: tuple[Paragraph, ...] = ()
    signature: str = ""
    date_text: str = ""
    note: str = ""
    copies: str = ""
    sheets: tuple[Sheet, ...] = ()
    titled: bool = True
    names: tuple[str, ...] = ()
    practice: bool = False
    sealed: bool = True

    def plain_text(self) -> str:
        """The whole letter as text, one paragraph or form row a line, for the register and for search."""
        parts = [self.title if self.titled else "", self.number, f"{self.addressee}：" if self.addressee else ""]
        parts += [line for block in (*self.body, *self.attachments) for line in block_lines(block)]
        parts += [self.signature, self.date_text, self.note, self.copies]
        for sheet in self.sheets:
            parts += [sheet.title, *(line for block in sheet.blocks for line in block_lines(block))]
        return "\n".join(part for part in parts if part)


def block_lines(block: Block) -> list[str]:
    """A block as lines of text."""
    if isinstance(block, Paragraph):
        return [block.text]
    return ["　".join(cell.text for cell in row.cells if cell.text) for row in block.rows]


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
    """A straight line ``width`` pt thick from (x0, y0) to (x1, y1), pt from the upper left corner; red in heads, grey in plots."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    red: bool = False
    grey: bool = False


@dataclass(frozen=True)
class Plot:
    """Columns over labels, one for each series, in a box ``x``, ``y`` (pt from the upper left corner) wide and high."""

    x: float
    y: float
    width: float
    height: float
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Page:
    """One page: its lines, rules and plots. Where its rows stand closer than usual, they do so from ``close_from`` on and have
    that ``pitch`` (pt)."""

    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()
    plots: tuple[Plot, ...] = ()
    close_from: int = 0
    pitch: float = 0.0


@dataclass(frozen=True)
class Finding:
    """What preflight says: stable ``code``, whether it stops issue, where it is in words, what is wrong, what to type; ``field`` is
    the key of the fact that has to be put right, where it is one."""

    code: str
    blocking: bool
    where: str
    what: str
    todo: str
    field: str = ""


@dataclass(frozen=True)
class Letter:
    """A finished letter: what the register keeps when it is issued. ``version`` is the template's, ``facts`` are JSON."""

    kind: str
    title: str
    version: str
    text: str
    pages: int
    pdf: bytes
    sha256: str
    facts: str = ""
