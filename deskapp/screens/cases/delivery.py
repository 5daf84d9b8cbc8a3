"""送达: how, when, proof number, who signed; the verdict by the rule of the channel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.forms.cases import delivery_form
from deskapp.forms.view import FormView
from deskapp.register.case import Case
from deskapp.screens.frame.form import CaseFormScreen
from deskapp.screens.frame.keys import bind
from deskapp.screens.frame.pick import PickModal
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose

LATE = "late_explained"  # what is asked when an answer went out late
PAPERS = (("envelope", "信封页（装进窗口信封，地址露在外面）"), ("service_receipt", "送达回证（请签收人签名）"))


class DeliveryScreen(CaseFormScreen):
    """One delivery."""

    NAME = "送达"
    PURPOSE = (
        "记下文书怎样送到、哪天送到、有什么凭证。当面送的以签收日为准，邮寄的以交邮日为准；不能用邮政以外的快递。"
        "填完按 F9，程序判断是不是按期。要信封页、送达回证的，按 F7 印。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("save", "记下"),
        bind("paper", "信封和回证"),
        bind("back"),
        bind("help"),
    ]

    _case: Case | None = None

    def body(self) -> Iterable[Widget]:
        """The rule of the way, then the form."""
        case = self._case = self.look_at_case()
        waiting = tuple((x.letter_id, f"{x.title} {x.number}") for x in self.desk.delivery.waiting(case)) or (
            ("", "没有等着送达的文书"),
        )
        ways = tuple((way.key, way.name) for way in self.desk.delivery.ways())
        yield Prose(id="rule")
        yield self.form_of(delivery_form(waiting, ways), DeliveryDraft(letter_id="").model_dump())

    def keep_in_step(self) -> None:
        """Each way has its rule."""
        form = self.query_one(FormView)
        key = form.values()["way"]
        way = next(item for item in self.desk.delivery.ways() if item.key == key)
        allowed = "" if way.allowed else "　注意：答复不能用这种方式送。"
        text = f"期限看{way.decides}（{way.cite or way.article}）。留存：{way.proof}。{allowed}"
        self.query_one("#rule", Prose).update(Text(text))
        values = form.values()
        signer = self.desk.delivery.usual_signer(self._case, values["letter_id"], key) if self._case else ""
        form.become(form.fields, {"signed_by": signer})
        keys = [field.key for field in form.fields if field.key != "arrived_on" or not way.signed]
        form.show_only(keys)
        form.need(self.desk.delivery.needed(key))

    def save(self) -> None:
        """Note the delivery and say whether it was in time."""
        draft = DeliveryDraft.model_validate(self.query_one(FormView).values())
        verdict = self.attempt(lambda: self.desk.delivery.serve(self._case_id, draft, self._seen))
        if verdict is None:
            return
        case = self.attempt(lambda: self.desk.lookup.case(self._case_id))
        reminder = self.desk.papers.reminder(case) if case else ""
        late = verdict.in_time is False
        self.finish(f"{verdict.sentence}{reminder}", error=late, word=NOTE if late else "")
        if verdict.in_time is False:
            self.go("note", self._case_id, LATE)

    def action_paper(self) -> None:
        """Print what goes around the letter or comes back with a signature."""
        self.app.push_screen(
            PickModal("印哪一种？", PAPERS), lambda kind: self.form_to_printer(kind) if kind else None
        )
