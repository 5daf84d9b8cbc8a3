"""Letter templates as files: those of the program to be copied and changed, and the office's own that are used in their place."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from deskapp.desk.cases.letter_events import act_fault
from deskapp.desk.cases.template_proof import out_of_bounds
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.paths import TEMPLATES, free_path, make_private
from letters.catalogue import TEMPLATES as SHIPPED
from letters.catalogue import TemplateCatalogue, shipped
from letters.citations import not_in_head
from letters.errors import PressError
from letters.template import Template

UNCHANGED = "照旧用，和现在的一样"
NOT_TAKEN = "没有换。"
BEFORE = "（原来的）"  # behind the name of a template that gave way


def files_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file of a folder does: names, times, sizes; nothing where the folder is not there."""
    try:
        return tuple(
            sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in os.scandir(folder))
        )
    except OSError:
        return ()


def outdated(own: Sequence[Template]) -> list[str]:
    """Which of the office's own versions were made of a text of ours that is another now, each in a sentence."""
    found = []
    for item in own:
        sister, _, version = item.based_on.partition(" ")
        ours = shipped().templates.get(sister)
        if ours and version and ours.version != version:
            law = "" if ours.articles == item.articles else f"，依据现在是{'、'.join(ours.articles)}"
            what = f"程序自带的【{ours.title}】改过了{law}"
            found.append(
                f"{what}：本单位的【{item.title}】（{item.valid_from}起）照的是旧的，请在【文书模板】里对照。"
            )
    return found


class TemplateFiles:
    """The folder of an office's own templates."""

    def __init__(self, home: Path) -> None:
        self._folder = home / TEMPLATES

    def shipped_files(self) -> list[Path]:
        """The templates that come with the program, and the parts that they share."""
        return sorted(SHIPPED.glob("*.md"))

    def check(self, path: Path) -> str:
        """What taking a template would do, in a sentence. Raises DeskError for one that could not be taken."""
        target = self._place_of(self._read(path))
        if target.exists() and target.read_bytes() == path.read_bytes():
            return "和现在用的一样"
        return "代替现在用的" if target.exists() else "代替程序自带的"

    def take_template(self, path: Path) -> str:
        """Lay a template where the office's own are, the one before beside it; what was done, in a sentence. Raises DeskError, and changes
        nothing, for one that cannot be read, is of no known kind, or whose letter could not be made."""
        found = self._read(path)
        return f"【{found.title}】以后{self._lay(found, path.read_bytes())}"

    def lay(self, template: Template, text: str) -> str:
        """Lay a template that was read already where the office's own are; what was done, behind the kind's name. Raises DeskError."""
        return self._lay(template, text.encode())

    def _lay(self, found: Template, content: bytes) -> str:
        said = ""
        try:
            make_private(self._folder)
            target = self._place_of(found)
            if target.exists() and target.read_bytes() == content:
                return f"{UNCHANGED}，没有动。"
            if target.exists():
                said = f"原来的留在 {self._set_aside(target)}。"
            write_bytes(target, content, replace=True)
        except OSError as error:
            raise DeskError(
                f"文书模板没有换上：{os_reason(error)}。", NOT_TAKEN, "请检查文件夹和磁盘，再试一次。"
            ) from error
        return f"用 {target}。{said}"

    def lay_all(self, made: Sequence[tuple[Template, str]]) -> list[str]:
        """Lay several, all of them or none; what was done with each, behind the kind's name. Raises DeskError."""
        try:
            before = {path: path.read_bytes() for path in self._folder.iterdir()} if self._folder.is_dir() else {}
        except OSError as error:
            raise DeskError(
                f"文书模板的文件夹读不出来：{os_reason(error)}。", NOT_TAKEN, "请检查文件和权限。"
            ) from error
        try:
            return [self.lay(template, text) for template, text in made]
        except DeskError:
            self._put_back(before)
            raise

    def _put_back(self, before: Mapping[Path, bytes]) -> None:
        """The folder as it was, as far as the disk still lets; what led here is told."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path not in before:
                    path.unlink()
            for path, content in before.items():
                if not path.is_file() or path.read_bytes() != content:
                    write_bytes(path, content, replace=True)

    def own_parts(self) -> frozenset[str]:
        """The names of the parts that the office has laid for itself."""
        return frozenset(path.name for path in self._folder.glob("_*.md"))

    def give_up(self, templates: Sequence[Template]) -> list[Path]:
        """Take templates of the office out of use; where each is kept. Raises DeskError."""
        try:
            kept = [self._set_aside(self._folder / item.file) for item in templates]
            for item in templates:
                (self._folder / item.file).unlink()
        except OSError as error:
            raise DeskError(f"文书模板没有全部移走：{os_reason(error)}。", "", "请检查文件夹，再试一次。") from error
        return kept

    def text_of(self, template: Template, own: bool) -> str:
        """The file of a template, ours or the office's. Raises DeskError."""
        path = (self._folder if own else SHIPPED) / template.file
        try:
            return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        except (OSError, UnicodeDecodeError) as error:
            raise DeskError(f"文书模板 {path.name} 读不出来。", "", "请检查文件和权限。") from error

    def _set_aside(self, path: Path) -> Path:
        kept = free_path(self._folder, f"{path.stem}{BEFORE}", ".txt")
        write_bytes(kept, path.read_bytes())
        return kept

    def _place_of(self, template: Template) -> Path:
        """The file for a template: that of the version which begins on the same day, or else one of its own."""
        versions = TemplateCatalogue(self._folder, bounds=out_of_bounds).own.get(template.kind, [])
        same = next((item.file for item in versions if item.valid_from == template.valid_from), "")
        first = f"{template.kind}.md"
        taken = (self._folder / first).exists()
        return self._folder / (same or (f"{template.kind}-{template.valid_from}.md" if taken else first))

    @staticmethod
    def _read(path: Path) -> Template:
        """A template that is good. Raises DeskError."""
        if not path.is_file():
            raise DeskError(f"没有找到文件 {path}。", NOT_TAKEN, "请核对路径。")
        try:
            with TemporaryDirectory() as folder:  # read as the office's own would be
                (Path(folder) / path.name).with_suffix(".md").write_bytes(path.read_bytes())
                catalogue = TemplateCatalogue(Path(folder), bounds=out_of_bounds)
        except OSError as error:
            raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOT_TAKEN, "请检查文件和权限。") from error
        except PressError as error:
            raise DeskError(str(error), NOT_TAKEN, "") from error
        if catalogue.faults:
            raise DeskError(next(iter(catalogue.faults.values())), NOT_TAKEN, "")
        own = [item for kind, item in catalogue.templates.items() if item != shipped().templates.get(kind)]
        if not own:
            raise DeskError(f"{path.name} 和程序自带的一样。", NOT_TAKEN, "请先改好再来。")
        if fault := act_fault(own[0]):
            raise DeskError(fault, NOT_TAKEN, "")
        if wrong := not_in_head(own[0]):
            what = f"{path.name} 的正文引用了{'、'.join(wrong)}，抬头的 articles 里没有。"
            raise DeskError(what, NOT_TAKEN, "请核对条文，改成一样。")
        return own[0]
