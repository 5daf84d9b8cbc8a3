"""Law data that did not come with the program: a pack of data files with a version, looked at as a whole before anybody counts with it.

A file of a pack takes the place of the shipped file of its name; a file that is not in it stays the shipped one. Of several packs and the
shipped data the newest version is in force, so that a newer program brings its own data back into force.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from deskapp.law.annual_report import ReportFile, rows_of
from deskapp.law.case_file import ArchiveFile
from deskapp.law.categories import CategoryFile, categories
from deskapp.law.clock_events import ActFile
from deskapp.law.dated import (
    DATA,
    SHIPPED,
    Frozen,
    LawTexts,
    Sourced,
    content_of,
    load,
    read_toml,
    trying_law,
)
from deskapp.law.delivery import ServiceFile
from deskapp.law.disputes import DisputeFile
from deskapp.law.errors import LawError
from deskapp.law.fees import FeeFile
from deskapp.law.guide import Guide, guide, walks
from deskapp.law.periods import PeriodFile, periods_on, spelled
from deskapp.law.receipt import ReceiptFile
from deskapp.law.remedies import RemedyFile
from deskapp.law.table_two import TwoFile
from deskapp.law.workdays import LeaveFile

HEAD = "law.toml"  # of a folder that is to become a pack
LARGEST = 1 << 20  # signs of all files
FILES: dict[str, tuple[str, type[Frozen]]] = {
    "periods.toml": ("期限", PeriodFile), "categories.toml": ("答复种类", CategoryFile), "guide.toml": ("向导", Guide),
    "clock.toml": ("期限规则", ActFile), "remedies.toml": ("救济", RemedyFile), "fees.toml": ("收费", FeeFile),
    "receipt.toml": ("收到日期", ReceiptFile), "service.toml": ("送达", ServiceFile), "disputes.toml": ("复议诉讼结果", DisputeFile),
    "annual_report.toml": ("年报", ReportFile), "table_two.toml": ("年报表二", TwoFile), "archive.toml": ("归档", ArchiveFile),
    "festivals.toml": ("法定节日", LeaveFile),
}  # fmt: skip
"""The files that a pack may have, what each is about, and what reads it."""
WITH_PERIODS = ("categories.toml", "guide.toml", "clock.toml")  # their sentences name periods in braces
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}
FIELDS = {
    "valid_to": "最后一天", "valid_from": "开始的一天", "article": "条文", "document": "文件", "letter": "文书", "row": "年报的行",
    "remedy": "救济", "reviews": "要的意见", "text": "文字", "name": "名称", "use_when": "什么时候用", "answer": "回答",
}  # fmt: skip


class LawPack(Frozen):
    """A pack: its version, what it is called, the texts of its files by their names."""

    v: Literal[1] = 1
    version: date
    title: str = Field(min_length=1, max_length=120)
    files: dict[str, str] = Field(min_length=1)

    @property
    def texts(self) -> LawTexts:
        """The files, to be used or tried."""
        return LawTexts(self.files)


class LawVersion(Frozen):
    """The content of version.toml, and of the head of a pack. ``digests`` are of the values that the version was given to, by file
    (scripts/law_version.py): nothing is counted with them."""

    version: date
    checked_on: date | None = None
    title: str = "随程序"
    digests: dict[str, str] = Field(default_factory=dict)


def shipped_version() -> date:
    """The version of the data that came with the program."""
    return LawVersion.model_validate(read_toml(DATA / "version.toml")).version


def pack_of(folder: Path) -> LawPack:
    """The pack that a folder is meant to be: ``law.toml`` says version and title, the other files take the place of ours. Raises LawError."""
    try:
        head = LawVersion.model_validate(read_toml(folder / HEAD))
        texts = {
            path.name: path.read_text(encoding="utf-8-sig")
            for path in sorted(folder.glob("*.toml"))
            if path.name != HEAD
        }
        return LawPack(version=head.version, title=head.title, files=texts)
    except (ValidationError, UnicodeError, OSError) as error:
        raise LawError(
            f"{folder.name} 不是一份法律数据：要有 {HEAD}（写明 version 和 title）和要换的数据文件。"
        ) from error


def read_pack(content: bytes | str) -> LawPack:
    """The pack in a file. Raises LawError."""
    try:
        return LawPack.model_validate_json(content)
    except ValidationError as error:
        raise LawError("这不是法律数据，或者是更新的版本写的。") from error


def check_pack(pack: LawPack) -> None:
    """That the program could count with a pack: every file by the loader of the shipped ones, and what one file says of another. Raises
    LawError with the first fault."""
    if unknown := sorted(set(pack.files) - set(FILES)):
        raise LawError(f"法律数据里没有【{unknown[0]}】这种文件。")
    if sum(map(len, pack.files.values())) > LARGEST:
        raise LawError("法律数据太大。")
    before = set(periods_on(pack.version))
    for file in pack.files:
        if file != "guide.toml" and (lost := _keys(content_of(SHIPPED, file)) - _keys(content_of(pack.texts, file))):
            raise LawError(f"法律数据文件 {file} 里少了【{sorted(lost)[0][1]}】，登记过的申请还要用。")
    with trying_law(pack.texts):
        for file, (_, model) in FILES.items():
            load(model, file)
        _check_followed()
        if lacking := before - set(periods_on(pack.version)):
            raise LawError(f"{pack.version}没有适用的【{sorted(lacking)[0]}】期限。")
        _check_outcomes()
        for file in WITH_PERIODS:
            for text in _sentences(content_of(pack.texts, file)):
                _spelled(file, text, pack.version)


def _spelled(file: str, text: str, on: date) -> None:
    try:
        spelled(text, on)
    except (ValueError, IndexError, AttributeError) as error:
        raise LawError(f"法律数据文件 {file} 的【{text[:20]}】一句里，花括号的写法有误。") from error


def followed() -> dict[str, list[Sourced]]:
    """The dated values of the law in use that follow each other in time, by what they are about."""
    periods, remedies = load(PeriodFile, "periods.toml").period, load(RemedyFile, "remedies.toml")
    found: dict[str, list[Sourced]] = defaultdict(list)
    for each in periods:
        found[f"期限 {each.key}"].append(each)
    for clause in remedies.clause:
        found[f"救济 {clause.remedy}"].append(clause)
    found["不答复的救济"] += remedies.silence
    return found


def _check_followed() -> None:
    for about, values in followed().items():
        for earlier, later in pairwise(sorted(values, key=lambda value: value.valid_from)):
            if earlier.valid_to != later.valid_from - timedelta(days=1):
                raise LawError(f"【{about}】{later.valid_from}起的规定和前面的没有接上，或者重了。")


def _check_outcomes() -> None:
    """That the outcomes are counted somewhere and the guide ends in ones that are there, without a circle."""
    rows = {row.key for row in rows_of("2021")}
    for item in categories():
        if item.row and item.row not in rows:
            raise LawError(f"答复种类【{item.name}】写的年报的行【{item.row}】没有。")
    guide().find(guide().first)
    if not any(True for _ in walks()):
        raise LawError("向导走不到任何一种答复。")


# -- what changes ------------------------------------------------------------------------------------------------


def changes(pack: LawPack, now: LawTexts) -> list[str]:
    """What a pack would change, a sentence for each value, file by file; a file that is as it is now has none."""
    return [
        line for file in pack.files for line in _of_file(file, content_of(now, file), content_of(pack.texts, file))
    ]


def _of_file(file: str, now: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    about = FILES[file][0]
    old_values, new_values = _values(now), _values(new)
    for at, value in new_values.items():
        if at not in old_values:
            yield f"{about}【{_called(value, at)}】：{value.get('valid_from', '')}起{_worth(value)}，新加"
        elif old_values[at] != value:
            yield f"{about}【{_called(value, at)}】{value.get('valid_from', '')}起的：{_differing(old_values[at], value)}"
    for at, value in old_values.items():
        if at not in new_values:
            yield f"{about}【{_called(value, at)}】{value.get('valid_from', '')}起的：去掉"
    if not old_values and not new_values and now != new:
        yield f"{about}：改了"


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    if set(names) & {"value", "unit"}:
        names = [name for name in names if name not in ("value", "unit")]
        return "，".join([f"{_worth(old)}改为{_worth(new)}", *(_field(name, old, new) for name in names)])
    return "，".join(dict.fromkeys(_field(name, old, new) for name in names))


def _field(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    if name == "valid_to" and new.get(name):
        return f"到{new[name]}为止"
    short = all(not isinstance(of.get(name), list | dict) and len(str(of.get(name, ""))) <= 20 for of in (old, new))
    if name not in FIELDS:
        return "别的内容改了"
    return f"{FIELDS[name]}{old.get(name, '没有')}改为{new.get(name, '没有')}" if short else f"{FIELDS[name]}改了"


def _worth(value: Mapping[str, Any]) -> str:
    """A value in words, with its article: what a period comes to; of others the article."""
    days = f"{value['value']}{UNITS.get(str(value.get('unit')), '')}" if "value" in value else ""
    cite = f"{value.get('article', '')}" if "article" in value else ""
    return f"{days}（{cite}）" if cite else days


def _called(value: Mapping[str, Any], at: tuple[str, ...]) -> str:
    return str(value.get("name") or value.get("label") or at[1])


def _values(document: Mapping[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """The values of a file by what they are, which and since when, each with what the head of the file says for all."""
    shared = document.get("source", {})
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for kind, which, value in _tables(document):
        whole = {**shared, **value}
        at: tuple[str, ...] = (kind, which, str(whole.get("valid_from", "")))
        while at in found:
            at = (*at, "又")
        found[at] = whole
    return found


def _tables(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for kind, node in document.items():
        if kind == "source":
            continue
        inside: Iterable[tuple[str, Any]] = node.items() if isinstance(node, dict) else ()
        if isinstance(node, list):
            inside = ((_which(item), item) for item in node if isinstance(item, dict))
        for which, item in inside:
            if isinstance(item, dict):
                yield kind, which, item
        if isinstance(node, dict) and not any(isinstance(item, dict) for item in node.values()):
            yield kind, kind, node


def _which(item: Mapping[str, Any]) -> str:
    named = (item.get(name) for name in ("key", "remedy", "kind", "kinds", "year", "name", "pattern", "text"))
    return next((str(value) for value in named if value), "")


def _keys(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    """What others name: the keys of the tables of a file."""
    named = {
        (kind, str(item["key"])) for kind, node in document.items() if isinstance(node, list)
        for item in node if isinstance(item, dict) and "key" in item
    }  # fmt: skip
    return named | {
        (kind, key) for kind, node in document.items() if isinstance(node, dict) and kind != "source" for key in node
    }


def _sentences(node: Any) -> Iterator[str]:
    """Every text with braces in a file."""
    if isinstance(node, str):
        yield from (node,) if "{" in node else ()
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from _sentences(item)
