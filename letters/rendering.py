"""Rendering: a passage of a template and the names it may use -> text. Sandboxed: a template sees those names and no others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from letters.allowed import faults
from letters.errors import PressError
from letters.markup import shield

LONGEST = 1_000_000  # signs of one passage


def _text(value: Any) -> Any:
    """What stands in a passage: a text or a number, and no record, which would print as Python shows it."""
    if value is None or isinstance(value, str | int | float | Undefined):
        return shield(value)
    raise ValueError(f"{type(value).__name__} 不是一段文字，请写出它的哪一项，例如 applicant.name")


@cache
def _environment(parts: frozenset[tuple[str, str]]) -> SandboxedEnvironment:
    loader = DictLoader({name: text.rstrip("\n") for name, text in parts})
    return SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False, finalize=_text, loader=loader
    )


@cache
def _compiled(source: str, parts: frozenset[tuple[str, str]]) -> Any:
    return _environment(parts).from_string(source)


@lru_cache(maxsize=32)
def _parsed(part: str) -> nodes.Template:
    """A part, only to be looked at: one text for all the kinds of letter that may include it."""
    return _environment(frozenset()).parse(part)


def fault_of(source: str, parts: Mapping[str, str], lists: Collection[str]) -> tuple[int, str] | None:
    """What is wrong with a body or a part that it includes: line and words; None when nothing is. ``lists`` are the facts that are lists."""
    try:
        trees = {name: _parsed(text) for name, text in parts.items()}
        return next(faults(_environment(frozenset()).parse(source), trees, lists), None)
    except TemplateSyntaxError as error:
        return error.lineno, "模板语句写法有误"
    except RecursionError:
        return 1, "模板语句套得太深"


def unknown_name(source: str, known: Collection[str]) -> str | None:
    """The first name that a body uses and that nobody gives it."""
    used = meta.find_undeclared_variables(_environment(frozenset()).parse(source))
    return next(iter(sorted(used - set(known))), None)


def _joined(pieces: Iterable[str]) -> str:
    """A passage of its pieces. Raises ValueError as soon as it is longer than any letter, whatever else would come."""
    said, length = [], 0
    for piece in pieces:
        said.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise ValueError(f"写出来超过{LONGEST}字")
    return "".join(said)


def render(text: str, parts: Mapping[str, str], context: Mapping[str, Any], where: str) -> str:
    """A passage with its names filled in; ``parts`` are the files it may include. Raises PressError that names ``where``."""
    try:
        return _joined(_compiled(text, frozenset(parts.items())).generate(context))
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError, RecursionError, SyntaxError) as error:
        raise PressError(f"文书模板 {where}不能生成：{error}。请检查模板。") from error
