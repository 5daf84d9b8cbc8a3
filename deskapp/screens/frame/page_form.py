"""A form with the letter that it makes beside it: fields and findings on one side, the pages on the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.law.errors import LawError
from deskapp.screens.frame.form import FormScreen
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose
from letters.document import Finding, Page
from letters.errors import PressError
from letters.typeset.layout import as_rows

WIDE, GRID = 118, 56
MUST, ADVICE, GOOD = "必须改", "提醒", "好"  # what a check says


class PageFormScreen(FormScreen):
    """A subclass yields :meth:`beside_page` in its body and shows what it made with :meth:`show_made` or :meth:`show_refusal`."""

    VERB: ClassVar[str] = "发出"  # what the form is for
    READY: ClassVar[str] = "核对文书，按 F9 发出，给文号。"  # the next act when nothing holds it up
    _left = ""
    _said = Text()

    def beside_page(self, form: FormView) -> Horizontal:
        """The two sides."""
        return Horizontal(
            Vertical(Static(id="subject"), form, VerticalScroll(Prose(id="findings"), id="below"), id="facts-pane"),
            VerticalScroll(Prose(id="findings-above"), Static(id="page"), id="page-pane"),
            id="panes",
        )

    def say_next(self) -> None:
        """What is next follows from the letter as it is made, not from the fields alone: :meth:`show_made` and :meth:`show_refusal` say it."""

    def show_subject(self, subject: str) -> None:
        """What the form is about, on one line."""
        self.query_one("#subject", Static).update(Text(subject, overflow="ellipsis", no_wrap=True))

    def show_refusal(self, error: DeskError | LawError | PressError) -> None:
        """Why there is no letter now; the pages stay as they were."""
        self.remove_class("-good")
        self._show_checks(Text.assemble((MUST, "warn"), f"  {error}"))
        self.next_act(f"还差1处：{error}")

    def show_made(self, pages: Sequence[Page], findings: Sequence[Finding]) -> None:
        """The letter as it would be, the checks, and what is to be done next."""
        self._said = self._checked(findings)
        self.set_class(not findings, "-good")  # the letter alone, in a narrow window, where nothing is said of it
        self._show_checks(self._said)
        self.query_one("#page", Static).update(pages_text(pages))
        wrong = [finding for finding in findings if finding.blocking]
        if wrong:
            self.next_act(f"还差{len(wrong)}处，先改：{wrong[0].where}，{wrong[0].what}{wrong[0].todo}")
        else:
            self.next_act(self.READY)

    def _checked(self, findings: Sequence[Finding]) -> Text:
        """The checks: how many places must be changed, then each with its word, those that hold the letter up first."""
        wrong = [finding for finding in findings if finding.blocking]
        text = Text("检查  ", style="bold")
        text.append(
            f"还差{len(wrong)}处，不能{self.VERB}\n" if wrong else f"可以{self.VERB}\n",
            style="warn" if wrong else "good",
        )
        for finding in sorted(findings, key=lambda finding: not finding.blocking):
            text.append(MUST if finding.blocking else ADVICE, style="warn" if finding.blocking else "accent")
            text.append(f"  {finding.where}：{finding.what}{finding.todo}\n", style="not bold")
        if not findings:
            text.append(GOOD, style="good")
            text.append("  没有发现问题。", style="not bold")
        return text

    def add_note(self, note: str) -> None:
        """A quiet text below the findings."""
        text = Text()
        text.append_text(self._said)
        text.append(f"\n\n{note}", style="not bold")
        self._show_checks(text)

    def _show_checks(self, text: Text) -> None:
        """The checks below the fields; and over the letter where that stands alone, since a few rows below the fields hold the first of
        them only and no key scrolls there."""
        for which in ("#findings", "#findings-above"):
            self.query_one(which, Prose).update(text)

    def on_resize(self) -> None:
        """Side by side when there is room, one or the other when there is not."""
        narrow = self.size.width < WIDE
        if narrow and self.has_class("-page") and not self.has_class("-narrow"):
            self.clear_message()  # the letter alone is seen now
        self.set_class(narrow, "-narrow")

    def action_toggle_preview(self) -> None:
        """Fields or letter, on a narrow screen."""
        self.toggle_class("-page")
        form = self.query_one(FormView)
        if self.has_class("-page"):
            field = form.focused_field()
            self._left = field.key if field else form.fields[0].key
            self.query_one("#page-pane").focus()
            if not self.has_class("-narrow"):  # nothing else shows that the arrows move the letter now
                self.say("现在看文书：上下键、翻页键移动，再按 F4 回到填写。", word=NOTE)
        else:
            self.clear_message()
            form.focus_field(self._left)

    def on_key(self, event: events.Key) -> None:
        """Nobody types into the void: the letter is only looked at."""
        if event.is_printable and self.has_class("-page"):
            event.stop()
            self.say("这里只看文书，刚才打的字没有进去：按 F4 回到填写再打。", error=True)

    def action_back(self) -> None:
        """From the letter back to its fields, from there to where one came from; what was typed is kept as a draft."""
        if self.has_class("-page", "-narrow"):
            self.action_toggle_preview()
            return
        super().action_back()


def pages_text(pages: Sequence[Page]) -> Text:
    """Pages of a letter as they are shown on the screen."""
    page = Text()
    for n, laid in enumerate(pages, 1):
        which = f"第{n}页，共{len(pages)}页"
        page.append(f"{' ' * ((GRID - cell_len(which)) // 2)}{which}\n", style="quiet")
        page.append("\n".join(as_rows(laid)).rstrip() + "\n")
    return page
