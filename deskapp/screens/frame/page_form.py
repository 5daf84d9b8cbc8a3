"""A form with the letter that it makes beside it: fields and findings on one side, the pages on the other."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from deskapp.errors import DeskError
from deskapp.forms.view import FormView
from deskapp.law.errors import LawError
from deskapp.screens.frame.form import FormScreen
from deskapp.widgets.prose import Prose
from letters.document import Finding, Page
from letters.errors import PressError
from letters.typeset.layout import as_rows

WIDE = 118


class PageFormScreen(FormScreen):
    """A subclass yields :meth:`beside_page` in its body and shows what it made with :meth:`show_made` or :meth:`show_refusal`."""

    _left = ""
    _said = Text()

    def beside_page(self, form: FormView) -> Horizontal:
        """The two sides."""
        return Horizontal(
            Vertical(Static(id="subject"), form, VerticalScroll(Prose(id="findings"), id="below"), id="facts-pane"),
            VerticalScroll(Static(id="page"), id="page-pane"),
            id="panes",
        )

    def show_subject(self, subject: str) -> None:
        """What the form is about, on one line."""
        self.query_one("#subject", Static).update(Text(subject, overflow="ellipsis", no_wrap=True))

    def show_refusal(self, error: DeskError | LawError | PressError) -> None:
        """Why there is no letter now; the pages stay as they were."""
        self.query_one("#findings", Prose).update(Text(f"必须改正：{error}", style="bold"))

    def show_made(self, pages: Sequence[Page], findings: Sequence[Finding], good: str) -> None:
        """The letter as it would be; ``good`` is said where nothing was found."""
        text = Text()
        for finding in findings:
            sign = "必须改正" if finding.blocking else "建议"
            text.append(f"{sign}：", style="bold" if finding.blocking else "")
            text.append(f"{finding.where}：{finding.what}{finding.todo}\n")
        if not findings:
            text.append(good, style="bold")
        self._said = text
        self.query_one("#findings", Prose).update(text)
        self.query_one("#page", Static).update(pages_text(pages))

    def add_note(self, note: str) -> None:
        """A quiet text below the findings."""
        findings = self.query_one("#findings", Prose)
        text = Text()
        text.append_text(self._said)
        text.append(f"\n\n{note}")
        findings.update(text)

    def on_resize(self) -> None:
        """Side by side when there is room, one or the other when there is not."""
        self.set_class(self.size.width < WIDE, "-narrow")

    def action_toggle_preview(self) -> None:
        """Fields or letter, on a narrow screen."""
        self.toggle_class("-page")
        form = self.query_one(FormView)
        if self.has_class("-page"):
            field = form.focused_field()
            self._left = field.key if field else form.fields[0].key
            self.query_one("#page-pane").focus()
        else:
            form.focus_field(self._left)

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
        page.append(f"{'─' * 20} 第{n}页，共{len(pages)}页 {'─' * 19}\n", style="quiet")
        page.append("\n".join(as_rows(laid)).rstrip() + "\n")
    return page
