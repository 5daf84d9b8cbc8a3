"""报送: what has come since the last time goes to the county; who we are, for the county to know us."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reporting.bundles import BundleMade
from deskapp.errors import DeskError
from deskapp.forms.office import BUNDLE
from deskapp.forms.view import FormView
from deskapp.paths import free_path, typed_folder, typed_path
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.widgets.prose import Prose

LAST_BUNDLE = "bundle"  # under which the folder of the last one is remembered
RUNNING = "正在打包，请稍等。"


class BundleScreen(FormScreen):
    """A bundle onto a stick."""

    NAME = "报送"
    PURPOSE = (
        "把上次以后新的记录和汇总数打成一个包，写到U盘，交给县里。包里没有姓名、号码、电话、地址和申请内容，用县里的钥匙加密。"
        "第一次：按 F4 写出名片，连同U盘交给县里登记；县里给一个钥匙文件，填在下面，用一次就记住。县里说缺哪一段，就填从第几条以后。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("card"),
        bind("leave_county"),
        bind("save", "打包"),
        bind("back"),
        bind("help"),
    ]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "bundle"

    def body(self) -> Iterable[Widget]:
        """What waits, then the form."""
        yield Prose(id="state")
        yield self.form_of(BUNDLE, self.desk.drafts.remembered(LAST_BUNDLE))

    def on_mount(self) -> None:
        """Say what waits."""
        self._tell_state()

    def _tell_state(self) -> None:
        found = self.attempt(self.desk.bundles.state)
        if found:
            self.query_one("#state", Prose).update(Text(found.sentence))

    def _folder(self) -> Path | None:
        of = self.query_one(FormView).values()
        if not of["folder"].strip():
            self.say("请填写写到哪里，例如U盘的路径。", error=True)
            return None
        return self.attempt(lambda: typed_folder(of["folder"]))

    def action_card(self) -> None:
        """Write our card beside the bundles."""
        if folder := self._folder():
            path = free_path(folder, f"名片-{self.desk.lookup.unit().site_code}", ".json")
            if self.attempt(lambda: self.desk.bundles.enroll(path)):
                self.say(f"名片写到 {path}，请交给县里登记。里面没有秘密。")

    def action_leave_county(self) -> None:
        """Ask before nothing goes to the county any more."""
        known = self.attempt(self.desk.bundles.county)
        if known is None:
            self.say("这里没有报送给哪个县。", error=True)
            return
        question = f"不再报送给{known.name}？\n报送过的不变；再报送，先在下面填县里的钥匙文件。"
        self.app.push_screen(ConfirmScreen(question, "不再报送"), lambda sure: self._leave() if sure else None)

    def _leave(self) -> None:
        left = self.attempt(self.desk.bundles.leave_county)
        if left:
            self._tell_state()
            self.say(f"不再报送给{left}。")

    def save(self) -> None:
        """Start packing."""
        folder, of = self._folder(), self.query_one(FormView).values()
        if folder is None:
            return
        after = of["after"].strip()
        if after and not after.isdecimal():
            self.say("【从第几条以后】要写数字，县里说缺哪一段就写那一段前一条的号；平常不填。", error=True)
            return
        key = self.attempt(lambda: typed_path(of["key"])) if of["key"].strip() else None
        if of["key"].strip() and key is None:
            return
        self._done = True
        self.under_way(RUNNING)
        self._pack(folder, key, int(after) if after else None)

    @work(thread=True)
    def _pack(self, folder: Path, key: Path | None, after: int | None) -> None:
        desk = self.desk
        try:
            made = desk.bundles.make(folder, "facts", key, after)
            desk.drafts.remember(LAST_BUNDLE, {"folder": str(folder)})
        except DeskError as error:
            sentence = str(error)
            self.from_thread(lambda: self._refused(sentence))
            return
        self.from_thread(lambda: self._packed(made))

    def _refused(self, sentence: str) -> None:
        self._done = False
        self.say(sentence, error=True)

    def _packed(self, made: BundleMade) -> None:
        self._done = False
        self._tell_state()
        self.say(made.sentence)
