"""Mail: what the guardroom signed for, when it reached the desk, and which case it became.

The day somebody of the house signed is the legal day of receipt (条例 31), whether or not the letter has reached the
desk: so what was signed for and is no case yet is shown every day.
"""

from __future__ import annotations

from pydantic import ValidationError

from deskapp.clock import Clock
from deskapp.desk.cases.mail_log import KIND_NAMES, MailDraft, MailRow, Waiting
from deskapp.errors import DeskError
from deskapp.law.periods import first_day_of_law
from deskapp.law.receipt import channel_rule
from deskapp.parsing import LONGEST_CELL, half_width, one_line
from deskapp.register.ids import new_id
from deskapp.register.records import MAIL
from deskapp.register.register import Register
from deskapp.typed import Since, Typed

LATE = 1  # working days after the signature from which the board asks where the case is


class Mail:
    """The moment something comes by mail."""

    def __init__(self, register: Register, clock: Clock) -> None:
        self._register, self._clock = register, clock

    def rows(self) -> list[MailRow]:
        """Everything that came in, what waits first, then the newest."""
        found = [row for body in self._bodies() if (row := _read(body))]
        return sorted(found, key=lambda row: (not row.waits, -row.signed_on.toordinal(), row.number))

    def _bodies(self) -> list[str]:
        return [record.body for record in self._register.records.of_kind(MAIL)]

    def waiting(self) -> list[Waiting]:
        """What is no case yet, the oldest first."""
        calendar, today = self._register.calendar(), self._clock.today()
        found = [Waiting(row, calendar.between(row.signed_on, today)) for row in self.rows() if row.waits]
        return sorted(found, key=lambda item: item.row.signed_on)

    def sentences(self) -> list[str]:
        """What the board says: what waits a working day or longer, and at once what must be confirmed on its day."""
        lost = sum(_read(body) is None for body in self._bodies())
        damaged = [f"收件登记有{lost}条读不出来，请到【检查】里看。"] if lost else []
        # What both sides must confirm is confirmed on the day it comes (条例 31).
        now = [w for w in self.waiting() if w.age >= LATE or channel_rule(w.row.kind).decides == "confirmed"]
        return damaged + [item.sentence for item in now]

    def enter(self, draft: MailDraft, key: str = "") -> MailRow:
        """Write something down, or put right what was written under ``key``. Raises DeskError for a missing number, a
        number that is there already, or an impossible day."""
        typed = Typed(draft, self._clock.today())
        kind = typed.choice("kind", KIND_NAMES, "请选择是哪一类信件。")
        number = half_width(draft.number).upper()
        if "mail_number" in channel_rule(kind).asks and not number:
            what, todo = "没有填邮件号。", "请照信封上的条码抄写邮件号。"
            raise typed.refuse(what, todo, "number", "以后查不到哪天签收。")
        typed.text("number", "邮件号")
        signed_on = typed.day("signed_on", "签收日期", Since(first_day_of_law(), "政府信息公开条例的施行日期"))
        reached_on = typed.day_if_any("reached_on", "送到登记台的日期")
        if reached_on:
            typed.checked(reached_on, "reached_on", "送到登记台的日期", Since(signed_on, "签收日期"))
        words = {name: typed.text(name) for name in ("sender", "signed_by", "remark")}
        with self._register.write():
            rows = self.rows()
            if number and any(row.number == number and row.key != key for row in rows):
                raise DeskError(f"邮件号{number}已经记过。", "没有再记。", "请在列表里找到它。", "number")
            before = next((row for row in rows if row.key == key), None)
            made = MailRow.model_validate(dict(
                key=key or new_id(self._clock.now()), kind=kind, number=number, signed_on=signed_on,
                reached_on=reached_on, case_no=before.case_no if before else "",
                set_aside=before.set_aside if before else "", **words,
            ))  # fmt: skip
            self._keep(made)
        return made

    def _keep(self, row: MailRow) -> None:
        signed = row.model_copy(update={"noted_by": self._register.by()})
        self._register.records.save_record(MAIL, row.key, signed.model_dump_json())

    def row(self, key: str) -> MailRow:
        """One thing that came in. Raises DeskError for an unknown one."""
        for row in self.rows():
            if row.key == key:
                return row
        raise DeskError("没有这一封信。", "", "请回到收件登记重新选择。")

    def became(self, key: str, number: str, case_no: str) -> None:
        """Note that a letter became a case, and reached the desk: the one under ``key``, else the one of that mail number.

        Nothing happens for a number that is not in the log. Raises DeskError when the one under ``key`` waits no more.
        """
        wanted = half_width(number).upper()
        if key and not (row := self.row(key)).waits:
            why = f"已经登记为{row.case_no}" if row.case_no else "已经记为不登记"
            raise DeskError(f"这一封{why}。", "没有再登记。", "请回到收件登记看一看。")
        for row in self.rows() if key or wanted else ():
            if row.waits and (row.key == key if key else row.number == wanted):
                reached = row.reached_on or self._clock.today()
                self._keep(row.model_copy(update={"case_no": case_no, "reached_on": reached}))

    def set_aside(self, key: str, why: str) -> MailRow:
        """Note that something is no application. Raises DeskError without a reason, or for one that is a case."""
        reason = one_line(why)[:LONGEST_CELL]
        row = self.row(key)
        if not reason:
            raise DeskError(
                "没有写为什么不登记。",
                "没有改。",
                "例如：会议通知、广告。要信息公开的，内容像信访也先登记，再按第三十九条告知。",
            )
        if row.case_no:
            raise DeskError(f"这一封已经登记为{row.case_no}。", "没有改。", "")
        made = row.model_copy(update={"set_aside": reason})
        self._keep(made)
        return made

    def form_of(self, key: str) -> dict[str, str]:
        """What a registration form takes over from something that came in."""
        row = self.row(key)
        return {
            "channel": row.kind,
            "mail_number": row.number,
            "signed_by": row.signed_by,
            "applicant": row.sender,
            "received_on": row.signed_on.isoformat() if "mail_number" in channel_rule(row.kind).asks else "",
            "handed_over_on": row.reached_on.isoformat() if row.reached_on else "",
        }

    def draft_of(self, key: str) -> MailDraft:
        """The form that puts right what was written."""
        row = self.row(key)
        days = {
            "signed_on": row.signed_on.isoformat(),
            "reached_on": row.reached_on.isoformat() if row.reached_on else "",
        }
        return MailDraft.model_validate({**row.model_dump(), **days})


def _read(body: str) -> MailRow | None:
    """A row of the log; None when it is damaged, which the doctor names."""
    try:
        return MailRow.model_validate_json(body)
    except ValidationError:
        return None
