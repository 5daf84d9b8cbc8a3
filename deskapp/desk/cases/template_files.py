"""Letter templates as files: those of the program to be copied and changed, and the office's own that are used in their place."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from deskapp.desk.cases.letter_events import act_fault
from deskapp.errors import DeskError, os_reason
from deskapp.files import write_bytes
from deskapp.paths import TEMPLATES, free_path, make_private
from letters.catalogue import TEMPLATES as SHIPPED
from letters.catalogue import TemplateCatalogue, shipped
from letters.errors import PressError

NOT_TAKEN = "没有换。"
BEFORE = "（原来的）"  # behind the name of a template that gave way


class TemplateFiles:
    """The folder of an office's own templates."""

    def __init__(self, home: Path) -> None:
        self._folder = home / TEMPLATES

    def shipped_files(self) -> list[Path]:
        """The templates that come with the program, and the parts that they share."""
        return sorted(SHIPPED.glob("*.md"))

    def check(self, path: Path) -> str:
        """What taking a template would do, in a sentence. Raises DeskError for one that could not be taken."""
        found = self._read(path)
        target = self._folder / f"{found}.md"
        if target.exists() and target.read_bytes() == path.read_bytes():
            return "和现在用的一样"
        return "代替现在用的" if target.exists() else "代替程序自带的"

    def take_template(self, path: Path) -> str:
        """Lay a template where the office's own are, the one before beside it; what was done, in a sentence. Raises DeskError, and changes
        nothing, for one that cannot be read, is of no known kind, or whose letter could not be made."""
        found = self._read(path)
        target = make_private(self._folder) / f"{found}.md"
        said = ""
        try:
            if target.exists() and target.read_bytes() == path.read_bytes():
                return "和现在用的一样，没有动。"
            if target.exists():
                kept = free_path(self._folder, f"{found}{BEFORE}", ".txt")
                write_bytes(kept, target.read_bytes())
                said = f"原来的留在 {kept}。"
            write_bytes(target, path.read_bytes(), replace=True)
        except OSError as error:
            raise DeskError(
                f"文书模板没有换上：{os_reason(error)}。", NOT_TAKEN, "请检查文件夹和磁盘，再试一次。"
            ) from error
        return f"“{found}”这种文书以后用 {target}。{said}重新打开程序以后生效。"

    @staticmethod
    def _read(path: Path) -> str:
        """The kind of a template that is good. Raises DeskError."""
        if not path.is_file():
            raise DeskError(f"没有找到文件 {path}。", NOT_TAKEN, "请核对路径。")
        try:
            with TemporaryDirectory() as folder:  # read as the office's own would be
                (Path(folder) / path.name).with_suffix(".md").write_bytes(path.read_bytes())
                catalogue = TemplateCatalogue(Path(folder))
        except OSError as error:
            raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOT_TAKEN, "请检查文件和权限。") from error
        except PressError as error:
            raise DeskError(str(error), NOT_TAKEN, "") from error
        if catalogue.faults:
            raise DeskError(next(iter(catalogue.faults.values())), NOT_TAKEN, "")
        own = [kind for kind, item in catalogue.templates.items() if item != shipped().templates.get(kind)]
        if not own:
            raise DeskError(f"{path.name} 和程序自带的一样。", NOT_TAKEN, "请先改好再来。")
        if fault := act_fault(catalogue.templates[own[0]]):
            raise DeskError(fault, NOT_TAKEN, "")
        return own[0]
