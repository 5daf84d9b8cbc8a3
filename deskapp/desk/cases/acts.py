"""Acts: whatever happens to a case besides its letters and deliveries, noted by hand as one small form.

Which acts there are, what each means and which fields it asks for stands in its record (:mod:`deskapp.register.acts`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from deskapp.clock import Clock
from deskapp.desk.cases import afterwards
from deskapp.desk.cases.applicants import class_doubt
from deskapp.desk.cases.following import Offer, consequences, likeliest, ways_to_fill, why_not
from deskapp.desk.cases.letter_events import append_checked, newly_idle, taken_anyway
from deskapp.desk.cases.papers_wanted import FILE_KEY, NOTE_KEY, reminder, wanted
from deskapp.desk.cases.premises import came_back, may_correct
from deskapp.errors import DeskError
from deskapp.law.clock_events import PartyConsulted
from deskapp.law.disputes import orders_anew
from deskapp.law.pauses import opinion_by
from deskapp.law.periods import spelled
from deskapp.law.workdays import Calendar
from deskapp.parsing import LONGEST_TEXT, half_width, one_line, whole_number
from deskapp.register import events as ev
from deskapp.register.act import NO, YES, Act, ByHand, Field
from deskapp.register.acts import ACTS, by_hand
from deskapp.register.acts_open import last_open
from deskapp.register.case import Case, items_apart, matters_before
from deskapp.register.events import EVENT
from deskapp.register.fold import grow
from deskapp.register.journal import Journal
from deskapp.register.numbers import claimed
from deskapp.register.transitions import out_of_season, refusal, replayed
from deskapp.typed import NOTHING_DONE, Typed, first_fault


class PutsAway(Protocol):
    """How a file is put away, and what hinders it."""

    def archive(self, case_id: str, archive_no: str = "", seen: int | None = None) -> Case:
        """Put it away."""

    def not_to_archive(self, case: Case) -> DeskError | None:
        """What is left to do before."""

    def next_number(self, case: Case) -> str:
        """The number that its file would get."""


class Divides(Protocol):
    """How one paper becomes several cases, and what hinders it."""

    def split(self, case_id: str, contents: Sequence[str], seen: int | None = None) -> list[Case]:
        """Divide it."""

    def not_to_split(self, case: Case) -> DeskError | None:
        """Why it cannot be divided."""


ON_PAPER = (ev.Extended, ev.ReasonRequested, ev.Deferred, ev.FeeNoticed)
"""Notices to the applicant; noted by hand they went out on paper, for the clock counts with them from that day."""


class ActDraft(BaseModel):
    """An act as it is typed: its name, its day (empty for today), the texts of its fields by their keys."""

    model_config = ConfigDict(extra="ignore")

    act: str
    on: str = ""
    values: dict[str, str] = {}


def act_draft(act: str, on: str = "", **values: str) -> ActDraft:
    """An act with its fields."""
    return ActDraft(act=act, on=on, values=values)


class Acts:
    """The moment something happens to a case. ``files`` put a case away, ``paper`` divides one."""

    def __init__(self, journal: Journal, clock: Clock, files: PutsAway, paper: Divides) -> None:
        self._journal, self._clock, self._files, self._paper = journal, clock, files, paper

    # -- what there is ---------------------------------------------------------------------------------------------

    def all(self) -> dict[str, Act]:
        """The acts that may be noted by hand, by their names."""
        return by_hand()

    def possible(self, case: Case) -> dict[str, Act]:
        """Those that may follow on this case today."""
        return {offer.key: ACTS[offer.key] for offer in self.offers(case) if not offer.why_not}

    def offers(self, case: Case) -> list[Offer]:
        """Every act: those that may follow, the likeliest first, then the others with the reason why they may not."""
        first = {key: n for n, key in enumerate(likeliest(case))}
        found = [
            Offer(key, act.name, self.effect(case, key), self._why_not(case, act)) for key, act in by_hand().items()
        ]
        return sorted(found, key=lambda offer: (bool(offer.why_not), first.get(offer.key, len(first))))

    def would(self, case: Case, draft: ActDraft) -> list[str]:
        """What noting an act as it is filled in would change, a sentence each. Raises DeskError or LawError with what is wanting or
        why the desk would not take it."""
        done = {
            "archived": "从【今日】里拿走，案卷收起来；以后还能查、能随访。",
            "split": "一项一件，各给登记号；收到日期和期限不变。",
        }
        if draft.act in done:
            left = (self._files.not_to_archive if draft.act == "archived" else self._paper.not_to_split)(case)
            if left:
                raise left
            return [done[draft.act], *filter(None, [self._lacking(case, draft)])]
        if why := self._refusal(case, draft):
            raise DeskError(why, "", "")
        after = grow(case, self._event(case, draft))
        return consequences(self._journal.deadline(case), self._journal.deadline(after))

    @staticmethod
    def _lacking(case: Case, draft: ActDraft) -> str:
        """What the file of a case still wants when it is put away; empty for nothing, and for other acts."""
        missing = "、".join(wanted(case)) if draft.act == "archived" else ""
        return f"案卷里还缺{missing}：归档前、归档后都可以按 {FILE_KEY} 入卷。" if missing else ""

    def asked_first(self, case: Case, draft: ActDraft) -> str:
        """What somebody is asked before an act is noted; empty where it is just done."""
        lacking = self._lacking(case, draft)
        return f"{lacking}\n现在就归档？" if lacking else ""

    def _why_not(self, case: Case, act: Act) -> str:
        """Why an act may not follow; empty when it may."""
        if reason := out_of_season(case, act):
            return reason
        if act.key in ("archived", "split"):
            left = (self._files.not_to_archive if act.key == "archived" else self._paper.not_to_split)(case)
            return left.what if left else ""
        fields = self.fields(case, act.key)
        if lacking := next((field.none for field in fields if field.none and not field.offered(case)), ""):
            return lacking
        ways = ways_to_fill(case, fields, self._clock.today())
        return why_not(ways, lambda values: self._refusal(case, ActDraft(act=act.key, values=values)))

    def _refusal(self, case: Case, draft: ActDraft) -> str:
        """Why the desk would not take an act as it is filled in, in a sentence; empty when it would. Raises DeskError or LawError for a
        form that is not whole."""
        event = self._event(case, draft)
        if why := refusal(case, event, self._clock.today()) or replayed(case, event):
            return why
        idle = () if taken_anyway(event) else newly_idle(self._journal, case, grow(case, event))
        return idle[0].message if idle else ""

    def effect(self, case: Case | None, act: str) -> str:
        """What an act does to this case, with the periods that govern it; to one that comes in today for none."""
        return spelled(_noted(act).effect, case.received.on if case else self._clock.today())

    def fields(self, case: Case, act: str, others: Mapping[str, str] | None = None) -> tuple[Field, ...]:
        """The fields of an act, its choices and sentences as they are for this case while ``others`` stand in its form."""
        on = case.received.on
        return tuple(
            replace(
                field,
                choices=field.offered(case, others),
                by_others=None,
                help=spelled(field.help, on),
                todo=spelled(field.todo, on),
            )
            for field in _noted(act).fields
        )

    def begun(self, case: Case, act: str, others: Mapping[str, str] | None = None) -> dict[str, str]:
        """What the form of an act begins with: what the case knows already."""
        begun = {field.key: field.begun(case, others) for field in _noted(act).fields}
        if act == "archived" and case.category:
            begun["archive_no"] = self._files.next_number(case)
        return begun

    def likely(self, case: Case) -> str:
        """The act that is most likely to be noted next."""
        return next(offer.key for offer in self.offers(case))

    # -- noting ----------------------------------------------------------------------------------------------------

    def note(self, case_id: str, draft: ActDraft, seen: int | None = None, by: str = "") -> Case:
        """Note one act, by whoever is named or sits here. Raises DeskError when a needed field is empty, or the act may not happen next."""
        _noted(draft.act)
        if draft.act == "archived":
            return self._files.archive(case_id, one_line(draft.values.get("archive_no", "")), seen)
        if draft.act == "split":
            return self._paper.split(case_id, draft.values.get("items", "").splitlines(), seen)[0]
        case = self._journal.case(case_id)
        event = self._event(case, draft)
        if isinstance(event, ev.PartyAnswered) and event.position == "silent":
            _check_silence(case, event, self._journal.calendar())
        return self.record(case_id, event.model_copy(update={"by": one_line(by)}), seen)

    def record(self, case_id: str, event: ev.AnyEvent, seen: int | None = None) -> Case:
        """Append an act such as a correction received, an extension or an opinion asked for.

        Raises DeskError when it may not happen next or the clock cannot take it.
        """
        with self._journal.write():
            if (
                isinstance(event, ev.Answered | ev.Withdrawn) and event.number
            ):  # written outside, under a number of ours
                self._claim(event.number, event.on)
            return append_checked(self._journal, self._journal.case(case_id), [event], seen)

    def _claim(self, number: str, on: date) -> None:
        """Keep a 文号 that was given outside from being given once more. Raises DeskError for one of our own word that cannot be read."""
        word = self._journal.unit(self._clock.today()).letter_word
        found, how = claimed(number, word, on.year)
        if how == "unreadable":
            what = f"文号【{number}】读不出年份和序号，【{word}】是本机关的代字，以后可能编出重号。"
            raise DeskError(what, "没有记下。", f"请照 {word}〔{on.year}〕3号 的样子写全。", "number")
        if found:
            self._journal.numbers.used_elsewhere(*found)

    @staticmethod
    def aside(case: Case) -> str:
        """What the act that was noted last did not do and somebody has to; empty for nothing."""
        last = case.history[-1]
        if apart := items_apart(case, last):
            return f"拆出的{'、'.join(apart)}没有随着改：请在那几件先冲销这份文书的一条，再照这一天重记。"
        if isinstance(last, ev.Archived):
            missing = "、".join(wanted(case))
            lacking = f"案卷里还缺{missing}：在案件里按 {FILE_KEY} 入卷。" if missing else ""
            return "　".join(said for said in (lacking, afterwards.reminder(case)) if said)
        if isinstance(last, ev.RedoOrdered) and not _matter_ended(case, last):
            lacks = "只记了收到，没有记结果" if matters_before(case.disputes, last.ordered_by) else "没有记过"
            return f"年报表四看的是【复议或诉讼】和它的结果，这一件{lacks}：请按 {NOTE_KEY} 补记，不然表四里少一件。"
        if isinstance(last, ev.DisputeDecided) and (against := _against_order(case, last)):
            return against
        if isinstance(last, ev.Amended) and last.field == "received_on" and _receipt_given(case):
            return "给申请人的收件回执上写的还是原来的最后一日：请按 F4 再出一份收件回执，换回原来的"
        if isinstance(last, ON_PAPER) and not last.letter_id:
            return (
                f"这是照纸上已经告知过的记的，期限从{last.works_on}起变。告知书还没有写、没有送出的，请按 {NOTE_KEY} 【划去误记】，"
                "再按 F4 写告知书。"
            )
        if isinstance(last, ev.OneWithdrew) and (doubt := class_doubt(case.applicant, case.applicant_class)):
            return f"申请人现在是{case.applicant}。{doubt}"
        if may_correct(last) and last_open(case, "correction_requested", "corrected"):
            return f"补正告知要的就是它的，请再按 {NOTE_KEY} 记【收到补正】：期限从那天重新算，不记就当作没有补正。"
        return reminder(case, FILE_KEY)

    def _event(self, case: Case, draft: ActDraft) -> ev.AnyEvent:
        """The event that a form describes. Raises DeskError when a needed field is empty or makes no sense."""
        today, noted = self._clock.today(), _noted(draft.act)
        typed = Typed({key: one_line(text) for key, text in {**draft.values, "on": draft.on}.items()}, today)
        on = typed.day_if_any("on", "日期") or today
        fields = self.fields(case, draft.act)
        values = {field.key: _read(field, typed, case, on) for field in fields}
        if noted.one_of and all(values[key] in ("", None) for key in noted.one_of):
            names = "、".join(field.label for field in fields if field.key in noted.one_of)
            raise typed.refuse(f"{names}都没有填，等于没有记。", "请至少填一项。", noted.one_of[-1])
        if noted.make:
            return noted.make(case, values, on, today)
        given = {key: value for key, value in values.items() if value is not None}
        try:
            return EVENT.validate_python({"act": draft.act, "on": on, **given})
        except ValidationError as error:
            key = first_fault(error)[0].rpartition(".")[2]
            label = next((field.label for field in noted.fields if field.key == key), key)
            raise DeskError(f"{label}写得不对，或者太长。", NOTHING_DONE, "请核对这一项。", key) from error


def _check_silence(case: Case, event: ev.PartyAnswered, calendar: Calendar) -> None:
    """Raise DeskError where a third party is said to have been silent while it may still answer (条例 32)."""
    asked = [tick for tick in case.clock_events if isinstance(tick, PartyConsulted) and tick.party == event.party]
    if not asked:  # refused by the rule of the act
        return
    if came_back(case, getattr(asked[-1], "letter_id", "")):
        what = f"给【{event.party}】的征求意见书退回来了，还没有再送到，谈不上逾期。"
        raise DeskError(what, NOTHING_DONE, "请换一种方式再送达；怎样都找不到它的，选【无法联系】。", "position")
    last = opinion_by(asked[-1], calendar, case.received.on)
    if last is None:
        what = f"给【{event.party}】的征求意见书还没有送出的记录，谈不上逾期。"
        raise DeskError(what, NOTHING_DONE, "请先记下送达。", "position")
    if event.on <= last:
        what = f"【{event.party}】可以在{last}以前（含当日）提出意见，{event.on}还不能说逾期（条例第三十二条）。"
        raise DeskError(what, NOTHING_DONE, f"请过了{last}再记；他说了不提意见的，照他说的选。", "position")


def _against_order(case: Case, decided: ev.DisputeDecided) -> str:
    """What to look at where a matter ended otherwise than the order to answer anew that was noted of it says; empty where they fit."""
    orderer = "review" if decided.route == "review" else "court"
    ordered = [earlier.order for earlier in case.earlier if earlier.order.ordered_by == orderer]
    if not ordered or not decided.result or orders_anew(decided.result):
        return ""
    return f"这一件记过{ordered[-1].number}责令重新答复，刚才记的结果却不是撤销：请核对，选错了的按 {NOTE_KEY} 划去重记。"


def _matter_ended(case: Case, order: ev.RedoOrdered) -> bool:
    """Whether the review or suit that an order comes from was noted with its end; one of the office's own has none."""
    return order.ordered_by == "self" or any(
        not matter.open for matter in matters_before(case.disputes, order.ordered_by)
    )


def _receipt_given(case: Case) -> bool:
    return any(letter.kind == "receipt" for letter in case.letters)


def _noted(act: str) -> ByHand:
    """How an act is noted by hand. Raises DeskError for one that is not."""
    known = ACTS.get(act)
    if known is None or known.by_hand is None:
        raise DeskError("请选择发生了什么事。", NOTHING_DONE, "", "act")
    return known.by_hand


# -- one field, by its type --------------------------------------------------------------------------------------


def _read(field: Field, typed: Typed, case: Case, on: date) -> Any:
    """What was typed in a field of an act of the day ``on``, as its type; None for nothing. Raises DeskError with the key of the field."""
    if field.required and not typed.text(field.key, field.label, LONGEST_TEXT):
        offered = field.offered(case)
        if offered and not any(key for key, _ in offered):  # what it says instead of choices
            raise typed.refuse(f"{offered[0][1]}。", "", field.key)
        raise typed.refuse(f"没有{'选' if field.offered(case) else '填'}{field.label}。", field.todo, field.key)
    if field.type == "day_ahead":
        return typed.day_if_any(field.key, field.label, "ahead", on)
    return _READERS.get(field.type, _text)(field, typed, case)


def _text(field: Field, typed: Typed, case: Case) -> str:
    return typed.text(field.key, field.label, LONGEST_TEXT)


def _day(field: Field, typed: Typed, case: Case) -> date | None:
    return typed.day_if_any(field.key, field.label)


def _number(field: Field, typed: Typed, case: Case) -> int | None:
    written = _text(field, typed, case)
    plain = half_width(written)
    if plain and whole_number(plain) is None:
        raise typed.refuse(f"{field.label}【{written[:20]}】不是数字。", field.todo, field.key)
    return whole_number(plain)


def _choice(field: Field, typed: Typed, case: Case) -> str:
    return typed.choice(field.key, {key for key, _ in field.offered(case)}, f"请选择{field.label}。", field.todo)


def _verdict(field: Field, typed: Typed, case: Case) -> bool | None:
    return {YES: True, NO: False}.get(_choice(field, typed, case))


def _letter(field: Field, typed: Typed, case: Case) -> str:
    """The letter with that 文号, or the answer for none."""
    number = _text(field, typed, case)
    if not number:
        return case.answer_id
    for letter in case.letters:
        if letter.number == number:
            return letter.letter_id
    raise typed.refuse(f"这一件里没有文号【{number}】。", "请照文书上的文号填写；退回的是答复就不用填。", field.key)


_READERS: dict[str, Callable[[Field, Typed, Case], Any]] = {
    "day": _day,
    "number": _number,
    "choice": _choice,
    "verdict": _verdict,
    "letter": _letter,
}
