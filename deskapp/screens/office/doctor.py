"""检查: what the doctor finds, and what to do about each; a backup from here too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import ProgressBar

from deskapp.desk.office.finding import DoctorFinding
from deskapp.errors import DeskError
from deskapp.forms.office import AGAINST, BACKUP
from deskapp.forms.view import FormView
from deskapp.paths import typed_folder, typed_path
from deskapp.screens.frame.base import DeskScreen
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen, SlowFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose

LAST_BACKUP = "backup"  # under which the folder of the last backup is remembered


class DoctorScreen(DeskScreen):
    """Integrity, calendar, unit, fonts, printers, backup."""

    NAME = "检查"
    PURPOSE = (
        "把登记簿从头到尾核对一遍：登记记录有没有被改动，列表对不对，文书是不是原样，放假安排、字体、打印机、备份好不好。"
        "写着【必须改】的要马上处理，每条都写着怎么办。以前见过、现在没有的，电脑日期早得不对的，核对清楚以后按 F6。按 F7 备份到U盘。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("against"), bind("repair"), bind("accept"), bind("backup"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How far it is, then what was found."""
        yield ProgressBar(id="bar", show_eta=False, show_percentage=False)
        yield VerticalScroll(Prose(Text("正在核对登记簿，请稍等。"), id="findings"), id="notes")

    def on_mount(self) -> None:
        """Look in the background, so that nobody has to wait."""
        self.query_one("#notes").focus()
        self._look()

    @work(thread=True, exclusive=True)
    def _look(self) -> None:
        notes = self.attempt_in_thread(self.desk.upkeep.check)
        if notes is not None:
            self.from_thread(lambda: self._show(notes))

    def _show(self, notes: list[DoctorFinding]) -> None:
        self.query_one("#bar").display = False
        faults = sum(note.fault for note in notes)
        text = Text(f"{faults}处要处理。\n" if faults else "好  登记簿是好的。\n", style="bold")
        for note in notes:
            text.append(
                f"\n{'必须改' if note.fault else '提醒'}  {note.message}\n",
                style="bold" if note.fault else "not bold",
            )
            if note.what_to_do:
                text.append(f"  {note.what_to_do}\n", style="not bold")
        self.query_one("#findings", Prose).update(text)

    def action_repair(self) -> None:
        """Make the lists anew from the journal."""

        def answered(sure: bool | None) -> None:
            made = self.attempt(self.desk.upkeep.repair) if sure else None
            if made is not None:
                self.say(f"列表已经重建，共{made}件。")
                self._look()

        question = "重新生成列表？\n登记记录和文书不会动；列表和登记记录不一致的时候才需要。"
        self.app.push_screen(ConfirmScreen(question, "重建"), answered)

    def action_accept(self) -> None:
        """What is doubted was looked at and is in order: ask, with all of it."""
        doubted = self.attempt(self.desk.upkeep.to_accept)
        if doubted is None:
            return
        if not doubted:
            self.say("没有要核对的：登记簿和以前见过的一样，电脑的日期也对。", word=NOTE)
            return
        listed = "\n".join(f"注意  {sentence}" for sentence in doubted)
        question = f"{listed}\n都核对清楚了？以后不再提示，登记和发文照常。还没有核对的，按 Esc。"
        self.app.push_screen(ConfirmScreen(question, "核对清楚了"), lambda sure: self._accept() if sure else None)

    def _accept(self) -> None:
        if self.succeeds(self.desk.upkeep.accept_heads):
            self.say("已记下，以后不再提示。")
            self._look()

    def action_against(self) -> None:
        """To the form for signs on paper."""
        self.app.push_screen(AgainstScreen())

    def action_backup(self) -> None:
        """To the form for a backup."""
        self.app.push_screen(BackupScreen())


class AgainstScreen(FormScreen):
    """The signs that stand on paper, against what the register holds."""

    NAME = "核对纸上的校验"
    PURPOSE = (
        "收件回执、交接单、备份的那句话上都印着校验，例如 192-1a2b3c4d：到第几条，和那一条的记号。照着输入，可以几个，用空格分开，按 F9。"
        "登记簿里那一条还是那一条，就没有被换过、退回过。更牢靠的：U盘上放一个钥匙，按 F7 签下现在的校验，U盘锁起来；以后写钥匙在哪里，按 F9。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("sign_seal"), bind("save", "核对"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The signs, the key."""
        yield self.form_of(AGAINST, {})

    def save(self) -> None:
        """Compare with the signs, with what the key signed, or with both."""
        of = self.query_one(FormView).values()
        if not (of["signs"] + of["key"]).strip():
            self.say("请填写纸上的校验，或者钥匙文件在哪里。", error=True)
            return
        found = self.attempt(lambda: self._compared(of["signs"].strip(), of["key"]))
        if found is None:
            return
        wrong = [note for note in found if note.fault]
        said = "".join(f"{note.message}{note.what_to_do}" for note in wrong or found)
        self.say(said or "相符：登记簿里这几条和纸上的一样。", error=bool(wrong))

    def _compared(self, signs: str, key: str) -> list[DoctorFinding]:
        found = self.desk.upkeep.against(signs) if signs else []
        return [*found, *(self.desk.sealing.check(typed_path(key)) if key.strip() else ())]

    def action_sign_seal(self) -> None:
        """Sign where the register stands, with the key of a stick; one that is not there yet is made."""
        typed = self.query_one(FormView).values()["key"]
        if not typed.strip():
            self.say("请填写钥匙文件在哪里，例如U盘上的 校验钥匙；没有就做一个。", error=True)
            return
        done = self.attempt(lambda: self.desk.sealing.sign(typed_path(typed)))
        if done:
            signed, fresh = done
            new = "这个钥匙是新做的，请和登记簿分开存放。" if fresh else ""
            self.say(f"校验 {signed.seq}-{signed.head[:8]} 已签名，放在钥匙旁边。{new}")


class BackupScreen(SlowFormScreen):
    """Where the backup goes."""

    NAME = "备份"
    PURPOSE = (
        "把整本登记簿备份成一个文件，公开目录、文书、年报等文件放进旁边的另一个文件：写好以后程序会打开核对一遍。"
        "最好写到U盘，拿到别处放，两个文件要放在一起。"
    )
    GOING_ON = "正在备份，请稍等。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "备份"), bind("back"), bind("help")]

    def body(self) -> Iterable[Widget]:
        """The folder, that of last time to begin with, and a password if wanted."""
        yield self.form_of(BACKUP, self.desk.drafts.remembered(LAST_BACKUP))

    def save(self) -> None:
        """Start writing, where there is a place to write to."""
        of = self.query_one(FormView).values()
        if not of["folder"].strip():
            self.say("请填写备份到哪里，例如U盘的路径。", error=True)
            return
        folder = self.attempt(lambda: typed_folder(of["folder"]))
        if folder is None:
            return
        self.begin()
        self._write(folder, of["password"])

    @work(thread=True)
    def _write(self, folder: Path, password: str) -> None:
        app, desk = self.host, self.desk
        try:
            made = desk.upkeep.backup(folder, password)
            sent = desk.bundles.beside(made.path)
            desk.drafts.remember(LAST_BACKUP, {"folder": str(folder)})
        except DeskError as error:
            self.tell_end(app, str(error), failed=True)
            return
        self.tell_end(app, made.sentence + sent, failed=bool(made.carried.wrong))

    def ended(self, sentence: str, failed: bool) -> None:
        """What went well ends the form."""
        if failed:
            super().ended(sentence, failed)
        else:
            self.in_front(lambda: self._leave(sentence))

    def _leave(self, sentence: str) -> None:
        super().action_back()
        self.say(sentence)
