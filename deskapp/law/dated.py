"""Dated values with their sources, and the loader of the data files.

Every value of the law stands in a TOML file under ``data/`` with the article and document it comes from, the days it
is in force, the day somebody last checked it, and whether the source itself was read (``verified``) or not. What most
values of a file share stands once, under ``[source]`` at its head; a value's own line wins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from deskapp.law.errors import LawError
from deskapp.typed import first_fault

DATA = Path(__file__).parent / "data"


class Frozen(BaseModel):
    """Base of all law models: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Sourced(Frozen):
    """A value with its source. ``valid_to`` is the last day in force, None while it still is."""

    article: str
    document: str
    valid_from: date
    valid_to: date | None = None
    checked_on: date
    confidence: Literal["verified", "unverified"]
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _take_source(cls, data: Any, info: ValidationInfo) -> Any:
        """Fill in what the file says once for all its values."""
        return {**info.context["source"], **data} if info.context and isinstance(data, dict) else data

    def in_force(self, on: date) -> bool:
        """Whether the value governs the day ``on``."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def cite(self) -> str:
        """The source as a clerk cites it: 条例第三十三条第二款."""
        if self.article.startswith("（"):
            return ""
        name = self.document.split("（")[0]
        return ("条例" if name == "政府信息公开条例" else name) + self.article


@dataclass(frozen=True, eq=False)
class LawTexts:
    """Data files, by name, that take the place of the shipped ones; what is remembered of the law is remembered for one of these."""

    files: Mapping[str, str] = field(default_factory=dict)


SHIPPED = LawTexts()
_used: list[LawTexts] = [SHIPPED]
_tried: ContextVar[LawTexts | None] = ContextVar("tried_law", default=None)


def law_in_use() -> LawTexts:
    """The texts that are read now."""
    return _tried.get() or _used[0]


def use_law(texts: LawTexts) -> None:
    """Read these from now on, in the whole process; somebody has looked at them (:mod:`deskapp.law.packs`)."""
    _used[0] = texts


@contextmanager
def trying_law(texts: LawTexts) -> Iterator[None]:
    """Read these inside, and nowhere else."""
    token = _tried.set(texts)
    try:
        yield
    finally:
        _tried.reset(token)


P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A function over the law whose answers are kept, for each :class:`LawTexts` its own."""

    @lru_cache(maxsize=1024)
    def kept(_of: LawTexts, args: tuple[Any, ...]) -> R:
        return cast("Callable[..., R]", function)(*args)

    @wraps(function)
    def asked(*args: Any) -> R:
        return kept(law_in_use(), args)

    return cast("Callable[P, R]", asked)


T = TypeVar("T", bound=BaseModel)
S = TypeVar("S", bound=Sourced)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a data file. Raises LawError naming the file and the fault."""
    try:
        with path.open("rb") as stream:
            return tomllib.load(stream)
    except OSError as error:
        raise LawError(
            f"读不到法律数据文件 {path.name}（{error.strerror}），程序可能没有装完整，请重新安装。"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LawError(
            f"法律数据文件 {path.name} 的写法有误：{toml_fault(error)}。请改正该文件或重新安装。"
        ) from error


def toml_fault(error: tomllib.TOMLDecodeError | RecursionError) -> str:
    """What is wrong with a TOML text, in words: the library's own are English."""
    if isinstance(error, RecursionError):
        return "套得太深"
    line = re.search(r"line ([0-9]+)", str(error))
    return f"第{line[1]}行的写法不是 toml" if line else "写法不是 toml，多半没有写完"


EXPECTED = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个键，请检查拼写",
    "literal_error": "只能是：{expected}",
    "date_from_datetime_parsing": "应当是日期，写成 2026-11-21",
    "date_type": "应当是日期，写成 2026-11-21",
    "date_parsing": "应当是日期，写成 2026-11-21",
    "string_type": "应当是文字，写在引号里",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "tuple_type": "应当是列表，写在方括号里",
    "value_error": "{error}",
}


def parse(model: type[T], data: dict[str, Any], file: str) -> T:
    """``data`` as ``model``. Raises LawError naming file, key, and what is expected there."""
    shared = data.get("source", {})
    rest = {key: value for key, value in data.items() if key != "source"}
    try:
        return model.model_validate(rest, context={"source": shared})
    except ValidationError as error:
        first = first_fault(error)
        key = first.where or "（整个文件）"
        expected = EXPECTED.get(first.kind, "不合要求").format(**first.besides)
        raise LawError(f"法律数据文件 {file} 的【{key}】一项有误：{expected}。请改正该文件或重新安装。") from error


def load(model: type[T], file: str) -> T:
    """The data file ``file`` as a frozen ``model``, read once for each law that is in use."""
    found: T = _loaded(law_in_use(), model, file)
    return found


@lru_cache(maxsize=256)
def _loaded(texts: LawTexts, model: type[Any], file: str) -> Any:
    return parse(model, content_of(texts, file), file)


def content_of(texts: LawTexts, file: str) -> dict[str, Any]:
    """A data file as TOML has it: from these texts where they have it, else the shipped one. Raises LawError."""
    text = texts.files.get(file)
    if text is None:
        return read_toml(DATA / file)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LawError(f"法律数据文件 {file} 的写法有误：{toml_fault(error)}。请改正该文件。") from error


def in_force(values: Iterable[S], on: date, what: str) -> S:
    """The one value among ``values`` that governs ``on``. Raises LawError when none does."""
    for value in values:
        if value.in_force(on):
            return value
    raise LawError(f"{on:%Y年%m月%d日}没有适用的【{what}】规定，程序只收录2008年5月1日以后的规定，请核对日期。")
