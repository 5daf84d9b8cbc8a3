"""What is done in a case when its turn comes: one act by chance, mostly a sensible one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.register.act import YES
from tests.recount.count import (
    CLASSES,
    CONSULTATIONS,
    ONE,
    OUTCOMES,
    RESULTS,
    ROUTES,
    SIGNED,
    Deed,
    is_void,
    living,
    whole,
)
from tests.recount.seen import (
    is_open,
    last_kinds,
    letters_out,
    open_routes,
    written_as,
)
from tests.recount.town import CHANNELS, PAUSES, PlayedCase, PlayedTown

Move = Callable[[PlayedTown, PlayedCase, list[Deed]], None]
# Of a question that came back no text says which sending the fifteen working days run from.
SENT_BACK = ("extension_notice", "correction_notice", "fee_notice", *OUTCOMES)
MANY = 16  # acts, after which a case comes to rest sooner or later
WAYS = ("in_person", "entrusted", "registered_mail", "online", "courier")
TO_STRIKE = (
    "corrected", "asked", "opinion", "extended", "deferred", "fee_noticed", "paid", "withdrawn", "answered", "closed", "sent",
    "returned", "arrived", "disputed", "decided", "ordered", "archived",
)  # fmt: skip


def move(town: PlayedTown, case: PlayedCase) -> None:
    """One move, and the day of the next."""
    deeds = living(case.history, town.today)
    moves = WHILE_OPEN if is_open(deeds) else AFTER
    due = what_is_due(case, deeds, town.today)
    chosen: Move = due if due and town.chance(0.4) else town.random.choices(list(moves), list(moves.values()))[0]
    chosen(town, case, deeds)
    rest = is_void(case.history, town.today) or last_kinds(deeds, "archived") or len(deeds) > MANY
    over = rest and town.chance(0.7)
    case.next = None if over else town.today + ONE * town.random.choice(PAUSES)


def what_is_due(case: PlayedCase, deeds: list[Deed], today: date) -> Move | None:
    """What a careful clerk would do next: deliver what waits, note what comes in."""
    if any(end is None or end.what == "returned" for _, end in letters_out(deeds)):
        return deliver
    known = {deed.what for deed in whole(case.history, today)}
    kinds = {deed.says.get("kind") for deed in whole(case.history, today)}
    if not is_open(deeds):
        return decide if open_routes(deeds) else None
    if "correction_notice" in kinds and "corrected" not in known:
        return take_correction
    if ("fee_notice" in kinds or "fee_noticed" in known) and "paid" not in known:
        return take_payment
    return take_opinion if kinds & {*CONSULTATIONS} or "asked" in known else None


# -- up to the answer ---------------------------------------------------------------------------------------------


def ask_to_correct(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A notice of what is to be corrected (条例 30)."""
    if not written_as(deeds, "correction_notice") or town.chance(0.05):
        town.issue(case, "correction_notice", respond_by=town.ahead(7, 30).isoformat())


def take_correction(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The corrected application comes in."""
    known, on = whole(case.history, town.today), town.ago()
    asked = [] if last_kinds(known, "corrected") else written_as(known, "correction_notice")
    if (asked or town.chance(0.03)) and town.note(case, "corrected", on):
        town.record(case, "corrected", on=on)


def consult(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A third party or another body is asked, by letter or otherwise (条例 32, 34)."""
    side, kind = town.random.choice((("party", CONSULTATIONS[0]), ("agency", CONSULTATIONS[1])))
    who, on = f"{town.number()}号单位", town.ago()
    if town.chance(0.6):
        town.issue(case, kind, {"who": who, "side": side}, **{side: who})
        return
    arrived = town.today.isoformat() if town.chance(0.5) else ""
    if town.note(case, f"{side}_consulted", on, arrived_on=arrived, **{side: who}):
        town.record(case, "asked", on=on, who=who, side=side, arrived=arrived)


def take_opinion(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """Who was asked answers."""
    known, on = whole(case.history, town.today), town.ago()
    heard = {deed.says["who"] for deed in last_kinds(known, "opinion")}
    asked = [
        d for d in (*written_as(known, *CONSULTATIONS), *last_kinds(known, "asked")) if d.says["who"] not in heard
    ]
    if asked:
        who, side = str(asked[0].says["who"]), str(asked[0].says["side"])
        if town.note(case, f"{side}_answered", on, **{side: who}):
            town.record(case, "opinion", on=on, who=who)


def extend(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The period is extended, by letter or otherwise (条例 33); sometimes too late, too long, a second time."""
    days, on = town.random.randint(1, 21), town.ago()
    if town.chance(0.6):
        town.issue(case, "extension_notice", {"days": days}, working_days=str(days))
    elif town.note(case, "extended", on, working_days=str(days), approved_by="王建国"):
        town.record(case, "extended", on=on, days=days)


def put_off(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The answer is put off to a reasonable day, by letter or otherwise (条例 35)."""
    until, on = town.ahead(15, 70).isoformat(), town.ago()
    if town.chance(0.5):
        town.note(case, "reason_given", on, reason="写论文", reasonable=YES)  # which moves no day and counts nowhere
        town.issue(case, "deferral_notice", {"until": until}, until=until)
    elif town.note(case, "deferred", on, until=until):
        town.record(case, "deferred", on=on, until=until)


def ask_to_pay(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A fee is asked for, by letter or otherwise (办法 6)."""
    on = town.ago()
    if town.chance(0.6):
        town.issue(case, "fee_notice")
    elif town.note(case, "fee_noticed", on):
        town.record(case, "fee_noticed", on=on)


def take_payment(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The fee is paid, in time or not."""
    known, on = whole(case.history, town.today), town.ago()
    asked = written_as(known, "fee_notice") or last_kinds(known, "fee_noticed")
    if (asked or town.chance(0.03)) and town.note(case, "fee_paid", on):
        town.record(case, "paid", on=on)


def divide(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A paper that asks for several things becomes several cases."""
    contents = [f"第{town.number()}项" for _ in range(town.random.randint(2, 3))]
    made = town.tried(case, "split", lambda: town.desk.intake.split(case.case_id, contents))
    for item in (made or [])[1:]:
        first = town.desk.lookup.case(case.case_id).received
        town.take_in(item, first.channel, first.applicant_class, case.history)
    if made:
        town.record(case, "split", into=len(made))


def an_outcome(town: PlayedTown) -> str:
    """Any of the outcomes."""
    return town.random.choice(list(OUTCOMES))


def answer(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """An answer by letter, of any outcome."""
    town.issue(case, town.random.choice([kind for kind in OUTCOMES if kind != "withdrawn"]))


def answer_outside(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """An answer that was written elsewhere."""
    kind, on = an_outcome(town), town.ago()
    if town.note(case, "answered", on, category=kind, number=f"外{town.number()}号"):
        town.record(case, "answered", on=on, kind=kind)


def close(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A case ends without a letter."""
    kind, on = an_outcome(town), town.ago()
    if town.note(case, "closed", on, category=kind, why="当场办结"):
        town.record(case, "closed", on=on, kind=kind)


def withdraw(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The applicant withdraws, and gets a letter of it or none."""
    on = town.ago()
    if town.chance(0.5):
        town.issue(case, "withdrawn", withdrawn_on=town.today.isoformat())
    elif town.note(case, "withdrawn", on):
        town.record(case, "withdrawn", on=on)


# -- letters on their way -----------------------------------------------------------------------------------------


def deliver(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """One of the letters that wait goes out."""
    wait = [deed for deed, end in letters_out(deeds) if end is None or end.what == "returned"]
    if not wait:
        return
    way, on = town.random.choices(WAYS, (45, 10, 40, 4, 2))[0], town.ago()
    hand_over(town, case, town.random.choice(wait), way, on)


def hand_over(town: PlayedTown, case: PlayedCase, deed: Deed, way: str, on: date) -> None:
    """Note how a letter went out."""
    ids = {item.number: item.letter_id for item in town.desk.lookup.case(case.case_id).letters}
    draft = DeliveryDraft(
        letter_id=ids[deed.letter] if deed.letter else "", way=way, on=on.isoformat(), proof="XA1", signed_by="本人"
    )
    if town.tried(case, "serve", lambda: town.desk.delivery.serve(case.case_id, draft)):
        town.record(case, "sent", deed.letter, on=on, way=way)


def hear_of_mail(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """What was posted or sent arrived, or comes back."""
    out = [(d, end) for d, end in letters_out(deeds) if end and end.what == "sent" and end.says["way"] not in SIGNED]
    if not out:
        return
    deed, sent = town.random.choice(out)
    if town.chance(0.5):
        on = date.fromordinal(town.random.randint(sent.on.toordinal(), town.today.toordinal()))
        if town.note(case, "arrived", on, letter_id=deed.letter):
            town.record(case, "arrived", deed.letter, on=on)
    elif str(deed.says["kind"]) in SENT_BACK:
        ours = town.chance(0.3)
        if town.note(case, "returned", letter_id=deed.letter, our_fault="yes" if ours else "", why="查无此人"):
            town.record(case, "returned", deed.letter, ours=int(ours))


def give_up_letter(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A letter that is with nobody is given up with its number."""
    wait = [deed for deed, end in letters_out(deeds) if deed.letter and (end is None or end.what == "returned")]
    if wait:
        letter = town.random.choice(wait).letter
        if town.note(case, "voided", number=letter, why="写错了"):
            town.record(case, "voided", letter)


# -- what was wrong -----------------------------------------------------------------------------------------------


def amend(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A fact of the registration is put right."""
    values = {
        "applicant_class": town.random.choice(CLASSES),
        "channel": town.random.choice(CHANNELS),
        "received_on": (
            town.ahead(-6, 3) if not deeds else case.history.received + ONE * town.random.randint(-5, 3)
        ).isoformat(),
        "phone": "13800000000",
    }
    name = town.random.choice(list(values))
    if town.note(case, "amended", field=name, value=values[name], why="登记时写错"):
        town.record(case, "amended", field=name, value=values[name])


def strike(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """An entry was a mistake."""
    splits = [deed.place for deed in deeds if deed.what == "split"]
    may = [d for d in deeds if d.what in TO_STRIKE and d.place > max(splits, default=-1)]
    if may:
        deed = may[-1] if town.chance(0.6) else town.random.choice(may)
        if town.note(case, "struck", n=str(case.entries[deed.place]), why="记错"):
            town.record(case, "struck", place=deed.place)


def give_up_registration(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The registration was a mistake."""
    if town.note(case, "voided", number=case.history.no, why="重复登记"):
        town.record(case, "voided", case.history.no)


# -- after the answer ---------------------------------------------------------------------------------------------


def dispute(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A review or a suit begins."""
    route, on = town.random.choice(ROUTES), town.ago()
    if town.note(case, "disputed", on, route=route):
        town.record(case, "disputed", on=on, route=route)


def decide(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """A review or a suit is decided."""
    begun = open_routes(deeds) or (list(ROUTES) if town.chance(0.05) else [])
    if begun:
        route, result, on = town.random.choice(begun), town.random.choice(RESULTS[:3]), town.ago()
        if town.note(case, "dispute_decided", on, route=route, outcome=result):
            town.record(case, "decided", on=on, route=route, result=result)


def order(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The answer, or that there is none, is set aside: a new one is due."""
    by, on = town.random.choice(("review", "court", "self")), town.ago()
    days = town.random.choice((0, 0, town.random.randint(5, 60)))
    values = {
        "ordered_by": by,
        "number": f"复决{town.number()}号",
        "why": "没有检索",
        "working_days": str(days or ""),
    }
    if town.note(case, "redo_ordered", on, **values):
        town.record(case, "ordered", on=on, by=by, days=days)


def put_away(town: PlayedTown, case: PlayedCase, deeds: list[Deed]) -> None:
    """The file goes to the archive."""
    if town.note(case, "archived"):
        town.record(case, "archived")


WHILE_OPEN: dict[Move, int] = {
    ask_to_correct: 8, take_correction: 9, consult: 8, take_opinion: 8, extend: 7, put_off: 2, ask_to_pay: 3, take_payment: 5,
    divide: 2, deliver: 22, hear_of_mail: 6, amend: 4, strike: 3, give_up_letter: 2, give_up_registration: 1, withdraw: 2,
    answer: 14, answer_outside: 5, close: 2, dispute: 2, decide: 2, order: 2,
}  # fmt: skip
AFTER: dict[Move, int] = {
    deliver: 40, hear_of_mail: 14, give_up_letter: 4, amend: 4, strike: 4, dispute: 8, decide: 12, order: 8, put_away: 14,
    answer: 1, extend: 1, give_up_registration: 1,
}  # fmt: skip
