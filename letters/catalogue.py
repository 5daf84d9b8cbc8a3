"""The kinds of letter: one Markdown file each under ``templates/``, with a TOML header between ``+++`` lines.

The header names the kind, title, articles, the days it is in force, when to use it and when not, the facts it needs, and
which named passages are locked and which may be put in other words for one letter. A unit may lay a file of the same kind
into its own folder; it comes before ours. Files that begin with ``_`` are parts that others include. A bad file is refused
with its name, the line where one can be told, and the reason.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from letters.errors import PressError
from letters.markup import Passage, passages

TEMPLATES = Path(__file__).parent / "templates"
FENCE = "+++"
STAGES = {"on_the_way": 0, "reply": 1, "form": 2}
# The names every template may use, besides the facts it declares itself.
NAMES = frozenset(
    (
        "you",
        "unit",
        "case_no",
        "number",
        "received",
        "issued",
        "corrected",
        "confirmed",
        "submitted",
        "channel",
        "content",
        "applicant",
        "law",
        "tick",
        "copies",
    )
)
FieldType = Literal["text", "lines", "date", "number", "choice", "rows", "flag"]


class Field(BaseModel):
    """One fact of a kind. ``type``: text, lines (a list of texts), date, number (a whole one), choice (of ``choices``),
    rows (a list of lists, one value for each of ``columns``), flag (yes or no). ``name`` marks the name of a person or
    body, ``ahead`` a day to come; ``computed`` is filled by the desk; ``example`` serves ``--facts`` and tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    type: FieldType = "text"
    required: bool = True
    default: str = ""
    help: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    name: bool = False
    ahead: bool = False
    computed: bool = False
    example: Any

    @model_validator(mode="after")
    def _whole(self) -> Field:
        if (self.type == "choice") != bool(self.choices) or (self.type == "rows") != bool(self.columns):
            raise ValueError("choice 要写 choices，rows 要写 columns，别的类型都不写")
        return self


class Template(BaseModel):
    """A kind of letter. ``remedies`` is the class of the remedies paragraph that belongs in it, empty for none; of the
    facts named in ``one_of`` at least one must be filled, of a pair in ``together`` both or none. ``addressee`` names the
    fact to whom it goes, if not the applicant, ``you`` the word for that body or the fact that gives its class;
    a letter ``after_correction`` needs the day the correction came in;
    ``example`` holds common facts that differ in the example."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    version: str
    title: str
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    use_when: str
    not_when: str
    stage: Literal["reply", "on_the_way", "form"]
    order: int = 99
    numbered: bool = True
    titled: bool = True
    remedies: Literal["", "review_first", "choice", "doubtful"] = ""
    thing: str = ""
    addressee: str = ""
    you: str = ""
    one_of: tuple[str, ...] = ()
    after_correction: bool = False
    together: tuple[tuple[str, str], ...] = ()
    free: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    fields: dict[str, Field] = {}
    example: dict[str, str] = {}
    source: str
    parts: dict[str, str] = {}
    file: str = ""

    @property
    def passages(self) -> list[Passage]:
        """The blocks of the body, unrendered."""
        return passages(self.source)

    @property
    def is_sheet(self) -> bool:
        """Whether it is a form on plain paper, without addressee, number and signature."""
        return self.stage == "form" and not self.numbered

    def in_force(self, on: date) -> bool:
        """Whether the template may be used for a letter of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Catalogue:
    """All kinds an office has: the shipped ones and, over them, those in its own folder."""

    def __init__(self, own: Path | None = None) -> None:
        found = {item.kind: item for item in _read_folder(TEMPLATES)}
        if own is not None and own.is_dir():
            found |= {item.kind: item for item in _read_folder(own)}
        listed = sorted(found.values(), key=lambda t: (STAGES[t.stage], t.order, t.kind))
        self.templates = {item.kind: item for item in listed}

    def template(self, kind: str) -> Template:
        """The template of a kind. Raises PressError for one that is not there."""
        if kind not in self.templates:
            raise PressError(f"没有“{kind}”这种文书。有哪些文书，用 deskapp letters 查看。")
        return self.templates[kind]


@cache
def shipped() -> Catalogue:
    """The catalogue without any office's own templates, read once a process."""
    return Catalogue()


def _read_folder(folder: Path) -> Iterator[Template]:
    parts = {path.name: _text(path) for path in [*TEMPLATES.glob("_*.md"), *folder.glob("_*.md")]}
    for path in sorted(folder.glob("*.md")):
        if not path.name.startswith("_"):
            yield parse_template(_text(path), path.name, parts)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise PressError(f"文书模板 {path.name} 读不出来（{error.strerror}），请检查文件和权限。") from error
    except UnicodeDecodeError as error:
        raise PressError(f"文书模板 {path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from error


def parse_template(text: str, name: str, parts: dict[str, str] | None = None) -> Template:
    """A template from the text of its file. Raises PressError with file name, line and reason."""
    pieces = re.split(rf"^{re.escape(FENCE)}[ ]*\n", text, flags=re.MULTILINE)
    if len(pieces) != 3 or pieces[0].strip():
        raise PressError(f"文书模板 {name} 缺少 {FENCE} 行围起的抬头，请照已有模板改正。")
    try:
        header = tomllib.loads(pieces[1])
        mark = hashlib.sha256("".join([text, *(parts or {}).values()]).encode()).hexdigest()[:8]
        version = f"{header.get('version', '')}+{mark}"
        given = {**header, "version": version, "source": pieces[2], "parts": parts or {}, "file": name}
        found = Template.model_validate(given)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line ([0-9]+)", str(error))
        where = f"第{int(line[1]) + 1}行" if line else "抬头"
        raise PressError(f"文书模板 {name} {where}写法有误，请照已有模板改正。") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise PressError(
            f"文书模板 {name} 抬头的“{key}”一项{_wanted(first['type'], first['msg'])}。请改正。"
        ) from error
    _check_body(found, first_line=text.count("\n", 0, len(text) - len(pieces[2])) + 1)
    return found


def _wanted(kind: str, message: str) -> str:
    known = {"missing": "缺少", "extra_forbidden": "不认识，请检查拼写", "literal_error": "不是可用的值"}
    return known.get(kind, f"有误：{message}")


def _check_body(found: Template, first_line: int) -> None:
    """Refuse a body that cannot be rendered: bad syntax, unknown names, passages that the header does not know."""
    from letters.compose import syntax_fault, unknown_name

    fault = syntax_fault(found.source)
    if fault:
        raise PressError(f"文书模板 {found.file} 第{first_line + fault - 1}行的模板语句写法有误，请改正。")
    unknown = unknown_name(found.source, NAMES | set(found.fields))
    if unknown:
        line = first_line + found.source[: found.source.find(unknown)].count("\n")
        raise PressError(
            f"文书模板 {found.file} 第{line}行用了不认识的名称“{unknown}”。请检查拼写，或者在抬头的 fields 里写明。"
        )
    names = {passage.name for passage in found.passages if passage.name}
    declared = {*found.free, *found.locked}
    for name in sorted(names ^ declared):
        missing = "抬头的 free 或者 locked 里没有写" if name in names else "正文里没有这一段"
        raise PressError(f"文书模板 {found.file} 的段落“{name}”：{missing}。请改正。")
