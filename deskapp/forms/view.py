"""One view for any form: a label and a field a row, the help of the focused field at the foot."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Label, Select, TextArea

from deskapp.forms.fields import FormField
from deskapp.widgets.cells import plain
from deskapp.widgets.choice import SLIP, Choice
from deskapp.widgets.line_input import LineInput, LongInput, ProseInput
from deskapp.widgets.prose import Prose

PREFIX = "field-"
HOW = {
    "choice": "（打字、首字母就能找，或者 Enter 展开、上下键选；Enter 选定，Tab 下一项。）",
    "number": "（只填数字。）",
}
HELP_ROWS = 2  # of the help at the foot
TALL, LEAST_HEIGHT = 30, 24  # rows of a window in which there is a blank one between groups; of the smallest
LEAST_BOX, MOST_BOX = 3, 8  # rows of a box for a long text
BOX_SHARE = 3  # of the rows that a window has more than the smallest one, boxes take one in so many


class FormView(Vertical):
    """Shows ``fields``, posts :class:`Changed` when anything is typed.

    ``blank`` is what stands there before anybody types, ``kept`` what was typed earlier and lies over it. A value that a choice
    does not offer (any more) becomes its first one, wherever it comes from; ``not_offered`` are the labels of the fields
    whose kept value could not be taken.
    """

    DEFAULT_CSS = """
    FormView { height: auto; }
    FormView .row { height: auto; }
    FormView .label { height: 1; color: $quiet; text-align: right; padding: 0 1 0 0; }
    FormView .here .label { color: $text; text-style: bold; }
    FormView .problem { color: $warn; text-style: $warn-way; }
    FormView .group { height: 1; padding: 0 1; color: $accent; text-style: bold; }
    FormView.-tall .group.-later { margin-top: 1; }
    FormView LineInput, FormView Choice { width: 1fr; height: 1; }
    FormView LongInput { width: 1fr; height: 3; }
    FormView #form-help { height: 2; color: $quiet; padding: 0 1; }
    FormView #form-rows { height: auto; }
    """

    class Lost(Message):
        """Something was typed in the list of that label that is none of its options."""

        def __init__(self, label: str, text: str) -> None:
            super().__init__()
            self.label, self.text = label, text

    class Changed(Message):
        """Something was typed or chosen."""

        def __init__(self, key: str, of_choice: bool) -> None:
            super().__init__()
            self.key, self.of_choice = key, of_choice

    class Entered(Message):
        """Enter was pressed in a line of a form that is done then."""

    def __init__(
        self,
        fields: Sequence[FormField],
        blank: Mapping[str, str],
        kept: Mapping[str, str] | None = None,
        *,
        enter_ends: bool = False,
        first: str = "",
    ) -> None:
        super().__init__(id="form")
        self._enter_ends, self._first = enter_ends, first
        self.fields = list(fields)
        self.blank = self._settled(blank)
        self._values = {**(kept or {}), **self._settled({**blank, **(kept or {})})}
        self.not_offered = [f.label for f in fields if kept and f.key in kept and not f.offers(kept[f.key])]
        self._needed: Container[str] = ()
        self._problems: dict[str, str] = {}
        self._problem_values: dict[str, str] = {}
        self._widgets: dict[str, Input | Select[str] | TextArea] = {}
        self._labels: dict[str, Label] = {}
        self._rows: dict[str, Horizontal] = {}
        self._heads: dict[str, Label] = {}  # of groups, by the key of their first field

    def _settled(self, values: Mapping[str, str]) -> dict[str, str]:
        return {field.key: field.settled(values.get(field.key, "")) for field in self.fields}

    def compose(self) -> ComposeResult:
        """A row for each field, then the help line."""
        yield VerticalScroll(*self._pieces(self.fields), id="form-rows", can_focus=False)
        yield Prose(id="form-help")
        self._align()

    def _pieces(self, fields: Sequence[FormField], group: str = "") -> Iterator[Widget]:
        """The rows of fields, and over each group that begins with one its name; ``group`` is the one that stands above."""
        for field in fields:
            if field.group not in ("", group):
                later = " -later" if group or self._rows else ""
                group = field.group
                head = self._heads[field.key] = Label(Text(group), classes=f"group{later}")
                yield head
            yield self._row(field)

    def _row(self, field: FormField) -> Horizontal:
        label = self._labels[field.key] = Label(Text(self._starred(field)), classes="label", id=f"label-{field.key}")
        widget = self._widgets[field.key] = self._widget(field)
        row = self._rows[field.key] = Horizontal(label, widget, classes="row")
        return row

    def _starred(self, field: FormField) -> str:
        """The label of a field, with a star where something must stand there."""
        return f"{'*' if field.required or field.key in self._needed else ''}{field.label}"

    def need(self, keys: Container[str]) -> None:
        """Mark the fields that must be filled in as things stand now, besides those that always must."""
        self._needed = keys
        for field in self.fields:
            self._labels[field.key].update(Text(self._starred(field)))

    def _align(self) -> None:
        width = max((cell_len(field.label) for field in self.fields), default=0) + 3
        for label in self._labels.values():
            label.styles.width = width

    def become(self, fields: Sequence[FormField], begun: Mapping[str, str] | None = None) -> None:
        """Show other fields: those that stay keep their rows, the others go, and the new ones stand where the form has them. What was
        typed under a key comes back with it; a field that nobody typed in begins with what is ``begun`` for it."""
        new = list(fields)
        self.values()  # remembered under their keys
        self._begin(new, begun or {})
        if new == self.fields:
            return
        keep = {old.key for old, other in zip(self.fields, new, strict=False) if old == other}
        for key in [field.key for field in self.fields if field.key not in keep]:
            row = self._rows.pop(key)
            row.display = False  # out of the way of Tab at once; taken away in its own time
            row.remove()
            if key in self._heads:
                self._heads.pop(key).remove()
            del self._widgets[key], self._labels[key]
        self.fields = new
        for field in new:
            self._values[field.key] = field.settled(self._values.get(field.key, ""))
            self.blank.setdefault(field.key, field.settled(""))
        self._place(new, keep)
        self._align()
        self._fit_boxes()

    def _place(self, fields: Sequence[FormField], kept: Container[str]) -> None:
        """Mount the rows of those that are new, each before the one that follows it and stayed."""
        rows, group = self.query_one("#form-rows"), ""
        for stays, run in groupby(fields, lambda field: field.key in kept):
            several = list(run)
            if not stays:
                follows = next((field.key for field in fields[fields.index(several[-1]) + 1 :]), "")
                before = self._heads.get(follows) or self._rows.get(follows)
                rows.mount(*self._pieces(several, group), before=before)
            group = next((field.group for field in reversed(several) if field.group), group)

    def _begin(self, fields: Sequence[FormField], begun: Mapping[str, str]) -> None:
        """What fields begin with, where nothing else was typed."""
        for field in fields:
            if field.key not in begun:
                continue
            before, first = self.blank.get(field.key, ""), field.settled(begun[field.key])
            self.blank[field.key] = first
            if self._values.get(field.key, "") in ("", before):
                self._values[field.key] = first
                self.put({field.key: first})

    def _widget(self, field: FormField) -> Input | Select[str] | TextArea:
        value = self._values.get(field.key, "")
        name = PREFIX + field.key
        if field.kind == "choice":
            return Choice(
                [(Content(label), key) for key, label in field.choices],  # plain text, never markup
                value=value,
                allow_blank=False,
                prompt="请选择",
                id=name,
            )
        if field.kind in ("long", "prose"):
            return (LongInput if field.kind == "long" else ProseInput)(value, id=name)
        return LineInput(
            value,
            id=name,
            placeholder=field.hint,
            select_on_focus=field.ready,
            password=field.kind == "secret",
        )

    def settle(self) -> None:
        """Take what was typed in an open list as chosen: somebody acts."""
        for widget in self._widgets.values():
            if isinstance(widget, Choice):
                widget.take_typed()

    def values(self) -> dict[str, str]:
        """What stands in the fields now; keys that the form does not show are not in it."""
        for key, widget in self._widgets.items():
            if not (isinstance(widget, Select) and widget.is_blank()):  # it has no value until it stands
                self._values[key] = _text_of(widget)
        return {field.key: self._values[field.key] for field in self.fields}

    @property
    def wanting(self) -> list[str]:
        """The labels of the fields in sight that must be filled in and are not."""
        values = self.values()
        return [
            f.label
            for f in self.fields
            if (f.required or f.key in self._needed) and self._rows[f.key].display and not values[f.key].strip()
        ]

    @property
    def changed(self) -> bool:
        """Whether anything stands there that did not stand there to begin with."""
        return any(self.blank[key] != value for key, value in self.values().items())

    def begin(self, blank: Mapping[str, str]) -> None:
        """Begin afresh with other values."""
        self.blank = self._settled(blank)
        self.put(self.blank)
        self.mark_problems({})

    def put(self, values: Mapping[str, str]) -> None:
        """Write into fields; keys that the form does not show are passed over. Nothing is posted: who puts knows."""
        for field in self.fields:
            if field.key not in values:
                continue
            widget, value = self._widgets[field.key], field.settled(values[field.key])
            with widget.prevent(Select.Changed, TextArea.Changed, Input.Changed):
                if isinstance(widget, Select):
                    widget.value = value
                elif isinstance(widget, TextArea):
                    widget.text = value
                elif isinstance(widget, Input):
                    widget.value = value

    def show_only(self, keys: Container[str]) -> None:
        """Show the rows of these fields; the others stay as they are, out of sight."""
        for key, row in self._rows.items():
            row.display = key in keys
        head: Label | None = None
        for field in self.fields:  # a group of which nothing is in sight has no name either
            if field.key in self._heads:
                head = self._heads[field.key]
                head.display = False
            if head is not None and self._rows[field.key].display:
                head.display = True
        self._fit_boxes()

    def focus_field(self, key: str) -> None:
        """Put the cursor into a field; nothing happens for an unknown one."""
        if key in self._widgets:
            self._widgets[key].focus()

    def mark_problems(self, problems: dict[str, str]) -> None:
        """Mark the labels of fields with problems and show the first sentence at the foot."""
        self._problems, self._problem_values = problems, self.values()
        for field in self.fields:
            self._labels[field.key].set_class(field.key in problems, "problem")
        self._show_help()

    def on_mount(self) -> None:
        """The cursor stands where one begins."""
        self.focus_first()

    def focus_first(self) -> None:
        """The first field has the cursor, or the one that was asked for."""
        if self.fields:
            self.focus_field(self._first or self.fields[0].key)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show where the cursor is, and the help of that field."""
        here = self.focused_field()
        for key, row in self._rows.items():
            row.set_class(here is not None and here.key == key, "here")
        self._show_help()

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the help below the rows, between groups where there is some, and give long texts what is left."""
        self.set_class(self.screen.size.height >= TALL, "-tall")
        if self._fills:
            self.query_one("#form-rows").styles.max_height = max(event.size.height - HELP_ROWS, 1)
        self._fit_boxes()

    @property
    def _fills(self) -> bool:
        """Whether the form has the height that it is given, and not the one that it needs."""
        return self.styles.height is not None and not self.styles.height.is_auto

    def _fit_boxes(self) -> None:
        """Boxes for long texts are as high as there is room for: what a form that fills its place has left, else a share of what a window has
        more than the smallest one."""
        shown = [key for key, row in self._rows.items() if row.display]
        boxes = [key for key in shown if isinstance(self._widgets[key], LongInput)]
        if not boxes or not self.size.height:
            return
        if self._fills:
            heads = sum(head.display for head in self._heads.values()) * (2 if self.has_class("-tall") else 1)
            left = self.size.height - HELP_ROWS - heads - (len(shown) - len(boxes)) - LEAST_BOX * len(boxes)
        else:
            left = (self.screen.size.height - LEAST_HEIGHT) // BOX_SHARE
        for key in boxes:
            rows = LEAST_BOX + min(max(left // len(boxes), 0), MOST_BOX - LEAST_BOX)
            self._widgets[key].styles.height = self._labels[key].styles.height = rows

    def focused_field(self) -> FormField | None:
        """The field that has the cursor."""
        focused = self.screen.focused
        key = (focused.id or "").removeprefix(PREFIX) if focused else ""
        return next((f for f in self.fields if f.key == key), None)

    def about_focused(self) -> str:
        """What to write into the field that has the cursor, for help; empty without one."""
        field = self.focused_field()
        return f"{field.label}：{self._help(field) or '照实填写。'}" if field else ""

    def _show_help(self) -> None:
        field = self.focused_field()
        problem = self._problems.get(field.key, "") if field else ""
        text = Text.assemble(("必须改", "warn"), f"  {problem}") if problem else Text(self._help(field))
        self.query_one("#form-help", Prose).update(text)

    @staticmethod
    def _help(field: FormField | None) -> str:
        if field is None:
            return ""
        return plain(field.help) + HOW.get(field.kind, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass it on as one message."""
        self._changed(event)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field, or ends a short form."""
        event.stop()
        if self._enter_ends:
            self.post_message(self.Entered())
        else:
            self.screen.focus_next()

    def on_choice_lost(self, event: Choice.Lost) -> None:
        """What was typed in a list is none of its options."""
        event.stop()
        self.post_message(self.Lost(self._label_of(event.choice), event.text))

    def _label_of(self, choice: Choice) -> str:
        return next(f.label for f in self.fields if self._widgets[f.key] is choice)

    def lost_here(self) -> tuple[str, str] | None:
        """The list under the cursor, by its label, and what was typed there just now that is none of its options; told once."""
        for field in self.fields:
            choice = self._widgets[field.key]
            if isinstance(choice, Choice) and choice.lost:
                text, choice.lost = choice.lost.strip(), ""
                focused = self.screen.focused
                if focused and choice in focused.ancestors_with_self and len(text) >= SLIP:
                    return field.label, text
        return None

    def on_select_changed(self, event: Select.Changed) -> None:
        """Pass it on as one message."""
        self._changed(event)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Pass it on as one message."""
        self._changed(event)

    def _changed(self, event: Input.Changed | Select.Changed | TextArea.Changed) -> None:
        event.stop()
        key = (event.control.id or "").removeprefix(PREFIX) if event.control else ""
        same = key in self._problems and _text_of(self._widgets[key]) == self._problem_values[key]
        if not same and self._problems.pop(key, None) is not None:
            self._labels[key].remove_class("problem")
            self._show_help()
        if self.is_mounted:
            self.post_message(self.Changed(key, isinstance(event, Select.Changed)))


def _text_of(widget: Input | Select[str] | TextArea) -> str:
    """What stands in a field."""
    if isinstance(widget, ProseInput):
        return widget.said
    if isinstance(widget, TextArea):
        return widget.text
    return str(widget.value)
