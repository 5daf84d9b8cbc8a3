"""满意度: a slip in a few keys, and the year's shares beside their counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from deskapp.desk.reading.daybook import ALL_KINDS
from deskapp.desk.reading.satisfaction import CHANNELS, MARKS, Opinion, SlipDraft
from deskapp.forms.reading import SLIP, WHY
from deskapp.forms.view import FormView
from deskapp.screens.frame.base import YearScreen
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.reading.year_out import export_year
from deskapp.widgets.cells import fit
from deskapp.widgets.prose import Prose

DIGITS = {str(n): mark for n, mark in enumerate(MARKS, 1)}
LABEL = 12


class SatisfactionScreen(YearScreen):
    """The year's figures; a digit begins a slip."""

    NAME = "满意度"
    PURPOSE = (
        "收到一份问卷，按 1 满意、2 基本满意、3 不满意，再按 Enter 就记下了；要写意见的，按了数字接着填。满意率把满意和基本满意"
        "算在一起，旁边是份数；份数少的只供参考。记错了的，按 F8 在明细里改正、撤回。F7 存成文件或者打印。F5、F6 换年份。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("earlier_year"), bind("later_year"), bind("export"), bind("listed"), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """How to note, the sentence, the figures."""
        keys = "　".join(f"{digit} {MARKS[mark]}" for digit, mark in DIGITS.items())
        yield Prose(Text(f"收到一份问卷，按：{keys}"), id="how")
        yield Prose(id="sentence")
        yield VerticalScroll(Prose(id="table"), id="page")

    def on_mount(self) -> None:
        """The keys go to the table."""
        self.query_one("#page").focus()

    def refresh_rows(self) -> None:
        """Count again."""
        opinion = self.attempt(lambda: self.desk.satisfaction.year(self._year))
        if opinion:
            self.query_one("#sentence", Prose).update(Text(opinion.sentence, style="bold"))
            self.query_one("#table", Prose).update(Text("\n".join(lines_of(opinion))))

    def on_key(self, event: events.Key) -> None:
        """A digit begins a slip."""
        mark = DIGITS.get(event.character or "")
        if mark and self.app.screen is self:  # of several digits at once the first
            event.stop()
            self.app.push_screen(SlipScreen(mark))

    def action_listed(self) -> None:
        """To the slips of any day."""
        self.go("slip_entries")

    def action_export(self) -> None:
        """The figures as a file or on paper."""
        export_year(self, "satisfaction", self._year)


def lines_of(opinion: Opinion) -> list[str]:
    """The figures of a year as lines."""
    lines = [f"{fit(CHANNELS[key], LABEL)}{of.words}" for key, of in opinion.channels.items()]
    lines += ["", *(f"{fit(ALL_KINDS[key], LABEL)}{of.words}" for key, of in opinion.services.items())]
    lines += ["", *(f"{fit(f'{n}月', LABEL)}{of.words}" for n, of in enumerate(opinion.months, 1) if of.slips)]
    return lines + (["", "意见", *opinion.remarks] if opinion.remarks else [])


class SlipScreen(FormScreen):
    """One slip."""

    NAME, CORRECTION = "记一份问卷", "改正一份问卷"
    PURPOSE = "看一看选得对不对，按 Enter 就记下了。有意见的照原话写。改正的写上原因，按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    def __init__(self, mark: str = "yes", key: str = "") -> None:
        super().__init__()
        self._mark, self._key = mark, key

    @property
    def heading(self) -> str:
        """Another one, or one that is put right."""
        return self.CORRECTION if self._key else self.NAME

    @property
    def draft_key(self) -> str:
        """One form for each mark, one for each that is put right."""
        return f"slip:{self._key or self._mark}"

    def body(self) -> Iterable[Widget]:
        """The form; the remark comes first: the mark is known, and Enter there is enough."""
        first = self.desk.satisfaction.draft_of(self._key) if self._key else SlipDraft(mark=self._mark)
        fields = (*SLIP, WHY) if self._key else SLIP
        yield self.form_of(fields, first.model_dump(), enter_ends=not self._key, first="remark")

    def on_form_view_entered(self) -> None:
        """Enter in any line notes the slip."""
        self.action_save()

    def save(self) -> None:
        """Note it."""
        draft = SlipDraft.model_validate(self.query_one(FormView).values())
        slip = self.attempt(lambda: self.desk.satisfaction.enter(draft, self._key))
        if slip:
            self.finish(f"已记下：{CHANNELS[slip.channel]}{MARKS[slip.mark]}一份。")
