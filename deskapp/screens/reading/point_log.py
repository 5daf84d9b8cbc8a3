"""工作记事: what was done at the point besides serving people; what is still to be mended stands first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.reading.point_log import INSPECTION, NUMBERS, PointDraft
from deskapp.desk.reading.record_book import BookEntry
from deskapp.forms.fields import FormField
from deskapp.forms.reading import POINT, POINT_FOUND, POINT_MEND, POINT_NUMBERS, WHY
from deskapp.forms.view import FormView
from deskapp.law.spans import span_of
from deskapp.screens.frame.base import YearScreen
from deskapp.screens.frame.form import NoteFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.reading.year_out import export_year
from deskapp.widgets.prose import Prose
from deskapp.widgets.rows import Row, Rows

EDIT, AWAY, BACK, DONE = "edit", "away", "back", "done"
GONE = "gone:"
DAY_WIDTH = 12


class PointLogScreen(YearScreen):
    """A year of the log."""

    NAME = "工作记事"
    PURPOSE = (
        "座谈会、问卷调查、监督员检查、业务培训、宣传活动、政务公开日，做了一次记一条：F2 记一条。检查要改的排在最前面，过了限期"
        "还列在【今日】上面；改好了选中按 F4。一年的数写成年报里的句子；F7 存成文件或者打印，F3 看该摆的材料齐不齐。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("note_point"), bind("materials", "材料"), bind("mended"), bind("earlier_year"), bind("later_year"), bind("export"),
        bind("open_selected", "改正", show=False), bind("back"), bind("help"),
    ]  # fmt: skip

    def body(self) -> Iterable[Widget]:
        """The sentences of the year, the list."""
        yield Prose(id="sentence")
        yield Rows(id="found")

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one("#found").focus()

    def refresh_rows(self) -> None:
        """Read again; the cursor stays on its row."""
        span = span_of(str(self._year))
        log = self.desk.point_log
        entries = self.attempt(lambda: log.entries(span.first, span.last))
        mends = self.attempt(log.open_mends)
        if entries is None or mends is None:
            return
        rows = [Row(f"还没有改好的（{len(mends)}件）", heading=True)] if mends else []
        rows += [Row(("已过限期　" if m.late else "　　　　　") + m.sentence, m.key) for m in mends]
        rows += [Row(f"{self._year}年（{sum(not entry.gone for entry in entries)}条）", heading=True)]
        rows += [self._row(entry) for entry in entries] or [Row("这一年还没有记过。按 F2 记一条。", heading=True)]
        listed = self.query_one("#found", Rows)
        listed.fill(rows, listed.current.key if listed.current else "")
        sentences = "".join(log.sentences(self._year)) or f"{self._year}年还没有工作记事。"
        self.query_one("#sentence", Prose).update(Text(sentences, style="bold"))

    @staticmethod
    def _row(entry: BookEntry) -> Row:
        remark = f"　〔{entry.remark}〕" if entry.remark else ""
        return Row(f"{entry.on!s:<{DAY_WIDTH}}{entry.text}{remark}", (GONE if entry.gone else "") + entry.key)

    # -- acts --------------------------------------------------------------------------------------------------

    def action_note_point(self) -> None:
        """Another one."""
        self.app.push_screen(PointNoteScreen())

    def action_materials(self) -> None:
        """To what must lie out."""
        self.go("materials")

    def action_export(self) -> None:
        """The year as a file or on paper."""
        export_year(self, "point_log", self._year)

    def action_mended(self) -> None:
        """What is under the cursor is mended."""
        row = self.query_one("#found", Rows).current
        open_keys = {mend.key for mend in self.desk.point_log.open_mends()}
        if row is None or row.key not in open_keys:
            self.say("先选一件还没有改好的。", error=True)
        elif self.succeeds(lambda: self.desk.point_log.mended(row.key)):
            self.refresh_rows()
            self.say("已记下：今天改好了。不是今天的，选中按 Enter 改正。")

    def on_rows_taken(self, event: Rows.Taken) -> None:
        """Put right, take back, or put back."""
        gone, key = event.row.key.startswith(GONE), event.row.key.removeprefix(GONE)
        history = "\n".join((self.attempt(lambda: self.desk.point_log.history(key)) or [])[-4:])
        answers = [(BACK, "撤回错了，放回来")] if gone else [(EDIT, "改正、补记"), (AWAY, "记错了，撤回")]
        self.app.push_screen(PickModal(f"{history}\n这一条怎么办？", answers), lambda answer: self._do(key, answer))

    def _do(self, key: str, answer: str | None) -> None:
        if answer == EDIT:
            self.app.push_screen(PointNoteScreen(key))
        elif answer in (AWAY, BACK):
            self.go("reason", self.desk.point_log, key, answer == BACK)


class PointNoteScreen(NoteFormScreen):
    """One thing that was done."""

    DRAFT = "point"
    NAME, CORRECTION = "记一条", "改正一条"
    PURPOSE = "选是哪一种，写哪天、做了什么、有哪些人、数字。检查有要改的，写明改什么、谁改、哪天以前；没有就不填。填完按 F9。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "记下"), bind("back"), bind("help")]

    @property
    def heading(self) -> str:
        """Another one, or one that is put right."""
        return self.CORRECTION if self._key else self.NAME

    def body(self) -> Iterable[Widget]:
        """The form of the kind."""
        first = self.desk.point_log.draft_of(self._key) if self._key else PointDraft()
        kind = self.desk.drafts.get(self.draft_key).get("kind", first.kind)
        yield self.form_of(self._fields(kind if kind in NUMBERS else first.kind), first.model_dump())

    def _fields(self, kind: str) -> tuple[FormField, ...]:
        numbers = tuple(POINT_NUMBERS[name] for name, _, _ in NUMBERS[kind])
        found = POINT_FOUND if kind == INSPECTION else ()
        return (*POINT, *numbers, *found, *POINT_MEND, *((WHY,) if self._key else ()))

    def keep_in_step(self) -> None:
        """Each kind has its numbers."""
        form = self.query_one(FormView)
        form.become(self._fields(form.values()["kind"]))

    def save(self) -> None:
        """Note it."""
        draft = PointDraft.model_validate(self.query_one(FormView).values())
        note = self.attempt(lambda: self.desk.point_log.enter(draft, self._key))
        if note:
            self.finish(f"已记下：{note.on}{note.title}。")
