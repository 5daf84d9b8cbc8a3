"""The kinds of letter: one Markdown file each under ``templates/``, with a TOML header between ``+++`` lines.

The header names the kind, title, articles, the days it is in force, when to use it and when not, and the facts it needs;
the body is Jinja2 text, one paragraph a block. A bad file is refused with its name and the reason.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from letters.document import PressError

TEMPLATES = Path(__file__).parent / "templates"
FENCE = "+++"


class Field(BaseModel):
    """One fact of a kind: ``type`` text, lines (a list of texts) or date; ``example`` serves ``--facts`` and tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    type: Literal["text", "lines", "date"] = "text"
    required: bool = True
    default: str = ""
    help: str = ""
    example: Any


class Template(BaseModel):
    """A kind of letter. ``remedies`` tells whether the remedies paragraph belongs in it; of the facts
    named in ``one_of`` at least one must be filled, of a pair in ``together`` both or none; ``body`` is Jinja2 text."""

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
    numbered: bool = True
    remedies: bool = False
    one_of: tuple[str, ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    fields: dict[str, Field] = {}
    body: tuple[str, ...]

    def in_force(self, on: date) -> bool:
        """Whether the template may be used for a letter of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def parse_template(text: str, name: str) -> Template:
    """A template from the text of its file. Raises PressError with file name and reason."""
    parts = text.split(FENCE + "\n")
    if len(parts) != 3 or parts[0].strip():
        raise PressError(f"文书模板 {name} 缺少 {FENCE} 行围起的抬头，请照已有模板改正。")
    try:
        header = tomllib.loads(parts[1])
        blocks = tuple(block.strip() for block in parts[2].split("\n\n") if block.strip())
        return Template.model_validate({**header, "body": blocks})
    except tomllib.TOMLDecodeError as error:
        raise PressError(f"文书模板 {name} 的抬头写法有误：{error}。请改正。") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise PressError(f"文书模板 {name} 的“{key}”一项有误：{first['msg']}。请改正。") from error


@cache
def templates() -> dict[str, Template]:
    """All shipped kinds by their key, in the order they are used at the counter."""
    found = [parse_template(path.read_text(encoding="utf-8"), path.name) for path in sorted(TEMPLATES.glob("*.md"))]
    order = {"on_the_way": 0, "reply": 1, "form": 2}
    return {t.kind: t for t in sorted(found, key=lambda t: (order[t.stage], t.kind != "receipt", t.kind))}


def template(kind: str) -> Template:
    """The template of a kind. Raises PressError for one that is not there."""
    if kind not in templates():
        raise PressError(f"还没有“{kind}”这种文书的模板。现有的文书用 deskapp letters 查看。")
    return templates()[kind]
