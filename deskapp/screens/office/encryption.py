"""登记簿加密: who has a password, the two recovery sheets; encrypting and laying open are begun from here, once the desk is closed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.forms.upkeep import PASSWORDS
from deskapp.forms.view import FormView
from deskapp.paths import typed_folder
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose


class EncryptionScreen(FormScreen):
    """Passwords and sheets of the register that is open."""

    NAME = "登记簿加密"
    PURPOSE = (
        "加密以后，打开登记簿要输入密码，一个人一个；U盘、硬盘丢了，别人打不开。密码都忘了，靠两张恢复单，一定要印。"
        "加密、解密要独占登记簿：按 F4，程序关掉登记台，在这个终端里问姓名和密码，办完再打开。别的窗口先关掉。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("encrypt"), bind("drop_password"), bind("recovery_sheets"), bind("save", "设密码"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How it stands, then the form."""
        yield Prose(id="state")
        yield self.form_of(PASSWORDS, {})

    def on_mount(self) -> None:
        """Say how it stands."""
        self._tell_state()

    def say_next(self) -> None:
        """What a register in the clear wants first has no form."""
        if self.desk.locking.encrypted:
            super().say_next()
        else:
            self.next_act("要加密，按 F4；登记台会关掉，在这个终端里接着办。下面的几栏，加密以后才用。")

    def _tell_state(self) -> None:
        state = self.attempt(self._state)
        if state:
            self.query_one("#state", Prose).update(Text(state))

    def _state(self) -> str:
        locking = self.desk.locking
        if not locking.encrypted:
            return "现在没有加密。按 F4 加密。"
        sheets = "恢复单印过。" if locking.has_recovery else "恢复单还没有印：写文件夹，按 F7。"
        return f"已经加密。有密码的：{'、'.join(locking.names)}。{sheets}"

    def _values(self) -> dict[str, str]:
        return self.query_one(FormView).values()

    def save(self) -> None:
        """Give a person a password, or another one."""
        of = self._values()
        if not of["name"].strip() or not of["password"]:
            self.say("请填写姓名和新的密码。", error=True)
        elif of["password"] != of["again"]:
            self.say("两遍密码不一样，没有设。请重新输入。", error=True)
        elif self.succeeds(lambda: self.desk.locking.put(of["name"].strip(), of["password"])):
            self._emptied(f"已给【{of['name'].strip()}】设了密码。")

    def _emptied(self, sentence: str) -> None:
        form = self.query_one(FormView)
        form.put(form.blank)
        self._tell_state()
        self.say(sentence)

    def action_drop_password(self) -> None:
        """Ask once more before a person's password is taken away."""
        name = self._values()["name"].strip()
        if not name:
            self.say("请填写去掉谁的密码。", error=True)
            return
        question = f"去掉【{name}】的密码？\n他以后不能打开登记簿；手里有旧备份的，仍能用旧密码打开，要防住，请先解密再加密。"
        self.app.push_screen(ConfirmScreen(question, "去掉"), lambda sure: self._drop(name) if sure else None)

    def _drop(self, name: str) -> None:
        if self.succeeds(lambda: self.desk.locking.remove(name)):
            self._emptied(f"已去掉【{name}】的密码。")

    def action_recovery_sheets(self) -> None:
        """Write both sheets into a folder."""
        typed = self._values()["folder"]
        if not typed.strip():
            self.say("请填写恢复单写到哪里，例如U盘的路径。", error=True)
            return
        folder = self.attempt(lambda: typed_folder(typed))
        made = self.attempt(lambda: self._write_sheets(folder)) if folder else None
        if made:
            self._tell_state()
            self.say(f"已写好 {made[0]} 和 {made[1].name}。请打印出来，由两个人分开保管，然后删去这两个文件。")

    def _write_sheets(self, folder: Path) -> list[Path]:
        return self.desk.locking.write_recovery(folder)

    def action_encrypt(self) -> None:
        """Ask, then close the desk for it."""
        encrypted = self.desk.locking.encrypted
        what = "解密：以后打开不要密码，恢复单作废。" if encrypted else "加密：以后打开要密码。"
        question = f"{what}\n登记台会关掉，在这个终端里接着办，办完按回车再打开。填了一半的都留着。"
        command = "decrypt" if encrypted else "encrypt"
        self.app.push_screen(
            ConfirmScreen(question, "解密" if encrypted else "加密"),
            lambda sure: self.host.window.leave_for(command) if sure else None,
        )
