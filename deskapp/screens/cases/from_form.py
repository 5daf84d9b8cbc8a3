"""登记 from a scanned application form: what a program read is shown, put into the empty fields, and compared by a person before anything is
registered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import work

from deskapp.desk.cases.read_form import NAMES, ReadField
from deskapp.forms.view import FormView
from deskapp.law.annual_report import class_names
from deskapp.paths import typed_path
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.pick import PickModal

ELSEWHERE = ""  # the answer of somebody whose scan lies elsewhere
READ = "read"  # after the key of the form: what was read and nobody has compared yet
CHOICES = ("applicant_class",)  # fields that always have a value


class FromForm(FormScreen):
    """A form whose fields may be proposed from a scan."""

    def __init__(self, greeting: str = "") -> None:
        super().__init__(greeting)
        self._read: dict[
            str, str
        ] = {}  # by field: what was read and put in, until somebody says that it was compared
        self._reading = False

    @property
    def _read_key(self) -> str:
        return f"{self.draft_key}:{READ}"

    def remember_read(self) -> None:
        """A form that was left half-filled still knows which of its words a program read."""
        self._read = dict(self.attempt(lambda: self.desk.drafts.get(self._read_key)) or {})

    def forget_read(self) -> None:
        """The form is done."""
        self._read = {}
        self.attempt(lambda: self.desk.drafts.drop(self._read_key))

    # -- reading -------------------------------------------------------------------------------------------------------

    def action_from_form(self) -> None:
        """Which scan: one of the scanner's folder, the newest first, or a file somewhere else."""
        found = self.attempt(self.desk.papers.scans) if self.desk.scan_folder() else []
        if not found:
            self._ask_where()
            return
        answers = [(str(item.path), item.text) for item in found if not item.case_no]
        self.app.push_screen(
            PickModal("哪一份是申请表？新的在前。", [*answers, (ELSEWHERE, "在别处，写上文件的位置")]),
            lambda path: self._ask_where() if path == ELSEWHERE else self._begin(path) if path else None,
        )

    def _ask_where(self) -> None:
        self.app.push_screen(AskModal("扫描的申请表在哪里？PDF 或者图片。", "文件的位置"), self._begin)

    def _begin(self, typed: str | None) -> None:
        path = self.attempt(lambda: typed_path(typed)) if typed else None
        if path is not None and not self._reading:
            self._reading = True
            self.under_way("正在认这张申请表，要几秒到十几秒。")
            self._read_form(path)

    @work(thread=True)
    def _read_form(self, path: Path) -> None:
        try:
            found = self.attempt_in_thread(lambda: self.desk.form_reading.read(path))
        finally:
            self._reading = False
        if found:
            self.from_thread(lambda: self.in_front(lambda: self._propose(found)))

    # -- proposing -----------------------------------------------------------------------------------------------------

    def _propose(self, found: list[ReadField]) -> None:
        """Show what was read; nothing stands in the form before somebody wants it there."""
        lines = "\n".join(item.text for item in found)
        question = f"申请表上认出这些，可能有错。填进空着的项？\n{lines}"
        self.app.push_screen(ConfirmScreen(question, "填进去"), lambda sure: self._put(found) if sure else None)

    def _put(self, found: list[ReadField]) -> None:
        """Put it into the fields that are empty; what is typed there stays."""
        form = self.query_one(FormView)
        typed = form.values()
        free = {item.key: item.value for item in found if item.key in CHOICES or not typed.get(item.key, "").strip()}
        form.put(free)
        self._read = {**self._read, **free}
        self.attempt(lambda: self.desk.drafts.keep(self._read_key, self._read))
        self.keep_in_step()
        kept = len(found) - len(free)
        stays = f"已经填过的{kept}项没有动。" if kept else ""
        self.say(f"填了{len(free)}项，是程序认的，还没有核对：请逐项照原件看。{stays}")

    # -- comparing -----------------------------------------------------------------------------------------------------

    def compared(self, then: Callable[[], None]) -> None:
        """Go on once somebody says that what still stands as it was read was compared with the paper; what was changed by hand was."""
        values = self.query_one(FormView).values()
        as_read = {key: value for key, value in self._read.items() if values.get(key, "").strip() == value.strip()}
        if not as_read:
            then()
            return
        names: dict[str, str] = dict(class_names().items())
        lines = "\n".join(f"{NAMES[key]}：{names.get(value, value)}" for key, value in as_read.items())
        question = f"这{len(as_read)}项是程序从申请表上认的。逐项照原件核对过了？\n{lines}"
        self.app.push_screen(ConfirmScreen(question, "核对过了"), lambda sure: then() if sure else None)
