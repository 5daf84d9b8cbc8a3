"""The kinds of letter: one Markdown file each under ``templates/``, with a TOML header between ``+++`` lines.

The header names the kind, title, articles, the days it is in force, when to use it and when not, the facts it needs, and
which named passages are locked and which may be put in other words for one letter. A unit may lay files of the same kind
into its own folder, each with the first day it serves; the latest of those in force comes before ours, one that serves only later lets
the present one serve until then. Files that begin with ``_`` are parts that others include. A bad file is refused
with its name, the line where one can be told, and the reason.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from letters.errors import PressError, first_fault
from letters.rendering import fault_of, unknown_name
from letters.template import LISTS, NAMES, Template

TEMPLATES = Path(__file__).parent / "templates"
LARGEST = 200_000  # bytes of a template; ours have less than 10,000
FENCE = "+++"
_KIND = re.compile(r"""^kind *= *["']([a-z_]+)["']""", re.MULTILINE)
STAGES = {"on_the_way": 0, "reply": 1, "form": 2}
Bounds = Callable[[Sequence[tuple[str, str]], Mapping[str, str]], Mapping[str, str]]


class TemplateCatalogue:
    """All kinds an office has on a day: the shipped ones and, over them, those in its own folder. ``periods`` are those of the law by
    their keys: the sentences about a kind name them in braces. Without a day the latest version of each kind serves. ``bounds`` is asked
    about the office's own texts before one is read: file names and texts, and the parts, to what is wrong by the file's name."""

    def __init__(
        self,
        own: Path | None = None,
        periods: Mapping[str, int] | None = None,
        on: date | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        found = {item.kind: item for item in _ours()}
        self.faults: dict[str, str] = {}  # of the office's own files, by the kind that each is meant to be
        self.own: dict[str, list[Template]] = {}  # every version of the office's own, the earliest first
        if own is not None and own.is_dir():
            for item in _read_own(own, self.faults, bounds):
                self.own.setdefault(item.kind, []).append(item)
        for kind, versions in self.own.items():
            versions.sort(key=lambda item: item.valid_from)
            self.faults |= _same_day(versions)
            found[kind] = _serving(versions, found.get(kind), on)
        listed = sorted(found.values(), key=lambda t: (STAGES[t.stage], t.order, t.kind))
        self.templates = dict(self._spelled(listed, periods)) if periods else {item.kind: item for item in listed}

    def _spelled(self, listed: list[Template], periods: Mapping[str, int]) -> Iterator[tuple[str, Template]]:
        """Templates with the periods that they name; in the place of an office's own that names an unknown one stands ours, with a fault."""
        for item in listed:
            try:
                yield item.kind, item.spelled(periods)
            except PressError as error:
                self.faults[item.kind] = str(error)
                yield from ((one.kind, one.spelled(periods)) for one in _ours() if one.kind == item.kind)

    def is_own(self, item: Template) -> bool:
        """Whether a template is one of the office's own files."""
        return any(item.version == own.version and item.file == own.file for own in self.own.get(item.kind, []))

    def template(self, kind: str) -> Template:
        """The template of a kind. Raises PressError for one that is not there, or whose own file in the office's folder is bad: ours in
        its place would say what the office has changed for a reason."""
        if kind in self.faults:
            raise PressError(f"{self.faults[kind]}改好以前，这一种文书不能用；急用时先把它移出去，就用程序自带的。")
        if kind not in self.templates:
            raise PressError(f"没有“{kind}”这种文书。有哪些文书，用 deskapp letters 查看。")
        return self.templates[kind]


def _serving(versions: list[Template], ours: Template | None, on: date | None) -> Template:
    """The version that serves on a day, of an office's own and ours; one that is not in force where none is, so that it is refused by
    its day and not as unknown."""
    fit = [item for item in versions if on is None or item.in_force(on)]
    return fit[-1] if fit else ours or versions[0]


def _same_day(versions: list[Template]) -> dict[str, str]:
    """What is wrong with two versions of a kind that begin on one day, since nobody can say which is meant."""
    for one, other in pairwise(versions):
        if one.valid_from == other.valid_from:
            said = f"文书模板 {one.file} 和 {other.file} 都从{one.valid_from}起用，不知道用哪一份。请移走一份，或者改一份的日期。"
            return {one.kind: said}
    return {}


@cache
def shipped() -> TemplateCatalogue:
    """The catalogue without any office's own templates, read once a process."""
    return TemplateCatalogue()


@cache
def _ours() -> tuple[Template, ...]:
    """The shipped templates: they are part of the program, and read once a process as it is; an office's own may change at any moment.
    What a body may say is looked at by a test, not at each start: it takes three times as long as all the rest."""
    parts = {path.name: template_text(path) for path in TEMPLATES.glob("_*.md")}
    files = sorted(path for path in TEMPLATES.glob("*.md") if not path.name.startswith("_"))
    return tuple(parse_template(template_text(path), path.name, parts, ours=True) for path in files)


def _read_own(folder: Path, faults: dict[str, str], bounds: Bounds | None) -> Iterator[Template]:
    """The templates of an office; what is wrong with a bad file is noted, and the others are read all the same."""
    try:
        files = sorted(path for path in folder.glob("*.md"))
    except OSError as error:
        faults[folder.name] = f"文书模板的文件夹 {folder} 读不出来（{error.strerror}）。"
        return
    parts = {path.name: template_text(path) for path in TEMPLATES.glob("_*.md")}
    texts: dict[str, str] = {}
    for path in files:
        try:
            (parts if path.name.startswith("_") else texts)[path.name] = template_text(path)
        except PressError as error:
            faults[path.stem] = str(error)
    refused = bounds(list(texts.items()), parts) if bounds and texts else {}
    for name, text in texts.items():
        try:
            if name in refused:
                raise PressError(refused[name])
            yield parse_template(text, name, parts)
        except PressError as error:
            meant = _KIND.search(text)
            stem = Path(name).stem
            faults |= dict.fromkeys((stem, meant[1] if meant else stem), str(error))


def template_text(path: Path) -> str:
    """The text of a file of a template. Raises PressError for one that is none, is too large, or cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise PressError(f"文书模板 {path.name} 不是普通的文件，或者太大，请移走。")
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise PressError(f"文书模板 {path.name} 读不出来（{error.strerror}），请检查文件和权限。") from error
    except UnicodeDecodeError as error:
        raise PressError(f"文书模板 {path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from error


def parse_template(text: str, name: str, parts: dict[str, str] | None = None, ours: bool = False) -> Template:
    """A template from the text of its file, its body checked unless it is one of ``ours``. Raises PressError with file name, line
    and reason."""
    pieces = re.split(rf"^{re.escape(FENCE)}[ ]*\n", text, flags=re.MULTILINE)
    if len(pieces) != 3 or pieces[0].strip():
        raise PressError(f"文书模板 {name} 缺少 {FENCE} 行围起的抬头，请照已有模板改正。")
    try:
        header = tomllib.loads(pieces[1])
        mark = hashlib.sha256("".join([text, *(parts or {}).values()]).encode()).hexdigest()[:8]
        version = f"{header.get('version', '')}+{mark}"
        given = {**header, "version": version, "source": pieces[2], "parts": parts or {}, "file": name}
        found = Template.model_validate(given)
    except RecursionError as error:
        raise PressError(f"文书模板 {name} 的抬头套得太深，请照已有模板改正。") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line ([0-9]+)", str(error))
        where = f"第{int(line[1]) + 1}行" if line else "抬头"
        raise PressError(f"文书模板 {name} {where}写法有误，请照已有模板改正。") from error
    except ValidationError as error:
        fault = first_fault(error)
        wanted = _wanted(fault.kind, fault.words)
        raise PressError(f"文书模板 {name} 抬头的“{fault.where}”一项{wanted}。请改正。") from error
    if ours:
        return found
    _check_body(found, first_line=text.count("\n", 0, len(text) - len(pieces[2])) + 1)
    return found


def _wanted(kind: str, message: str) -> str:
    known = {"missing": "缺少", "extra_forbidden": "不认识，请检查拼写", "literal_error": "不是可用的值"}
    return known.get(kind, f"有误：{message}")


def _check_body(found: Template, first_line: int) -> None:
    """Refuse a body that cannot be rendered: bad syntax, unknown names, passages that the header does not know."""
    lists = {key for key, field in found.fields.items() if field.type in ("lines", "rows")}
    fault = fault_of(found.source, found.parts, {*lists, *LISTS})
    if fault:
        line, what = fault
        raise PressError(f"文书模板 {found.file} 第{first_line + line - 1}行：{what}，请改正。")
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
