"""What may follow on a case: the desk takes every act that is offered, and refuses every other one with the reason that was shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.training.practice import make_practice_desk
from deskapp.errors import DeskError
from deskapp.law.errors import LawError
from deskapp.printing.file import NoPrinterPort
from deskapp.register.act import Field
from deskapp.register.case import Case
from tests.conftest import DAY, give_opinions, issue_granted, register
from tests.desk.test_letters import typed_as

WORDS = ("张三", "没有人接", "YSQ-1")
NUMBERS = ("1", "5", "10")
DAYS = ("2026-11-20", "2026-11-27", "2027-01-15")


class Undone(Exception):
    """Takes back what was only tried."""


@contextmanager
def tried(desk: Desk) -> Iterator[None]:
    """What happens inside is not kept."""
    try:
        with desk.lookup._journal.write():
            yield
            raise Undone
    except Undone:
        pass


def filled(desk: Desk, case: Case, act: str, random: Random) -> dict[str, str]:
    """A form as somebody may fill it in who knows the case."""
    return {field.key: one(desk, case, field, random) for field in desk.acts.fields(case, act)}


def one(desk: Desk, case: Case, field: Field, random: Random) -> str:
    offered = field.offered(case)
    if offered:
        return random.choice([key for key, _ in offered])
    if begun := field.begun(case):
        return begun
    kinds = {"number": NUMBERS, "day": DAYS[:1], "day_ahead": DAYS[1:], "lines": ("预算\n决算",)}
    values = kinds.get(field.type, WORDS)
    return random.choice(values if field.required or random.random() < 0.5 or field.type == "text" else ("",))


def takes(desk: Desk, case: Case, act: str, random: Random, times: int) -> str:
    """Empty when the desk takes the act, filled in one way or another; else the last refusal."""
    refused = ""
    for _ in range(times):
        try:
            with tried(desk):
                desk.acts.note(case.case_id, act_draft(act, **filled(desk, case, act, random)))
        except (DeskError, LawError) as error:
            refused = refused or str(error)
        else:
            return ""
    return refused


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("following") / "p"
    make_practice_desk(home, DAY)
    desk = Desk.open(home, FixedClock(DAY), NoPrinterPort())
    yield desk
    desk.close()


@pytest.mark.long
def test_the_desk_takes_what_is_offered_and_refuses_the_rest_with_the_reason(town: Desk) -> None:
    random, offered, refused = Random(7), 0, 0
    for found in town.lookup.search("", limit=100):
        case = town.lookup.case(found.case_id)
        for offer in town.acts.offers(case):
            said = takes(town, case, offer.key, random, 40 if not offer.why_not else 4)
            assert bool(said) == bool(offer.why_not), (case.case_no, offer.key, offer.why_not, said)
            offered, refused = offered + (not said), refused + bool(said)
    assert offered > 500
    assert refused > 500


def test_the_likeliest_stands_first(desk: Desk, clock: FixedClock) -> None:
    case_id = register(desk, received_on="2026-11-18").case_id

    def first() -> str:
        return next(offer.key for offer in desk.acts.offers(desk.lookup.case(case_id)) if not offer.why_not)

    assert first() == "extended"
    typed = typed_as("fee_notice", desk, case_id)
    give_opinions(desk, case_id, "fee_notice")
    letter = desk.reply.issue(case_id, "fee_notice", typed)
    desk.delivery.serve(case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    assert first() == "fee_paid"
    desk.acts.note(case_id, act_draft("fee_paid"))
    desk.acts.note(case_id, act_draft("party_consulted", party="宏远公司"))
    assert first() == "party_answered"
    assert desk.acts.begun(desk.lookup.case(case_id), "talked")["who"] == "张三"
    assert [key for key, _ in desk.acts.fields(desk.lookup.case(case_id), "party_answered")[0].offered(case_id)] == [  # type: ignore[arg-type]  # choices are settled
        "宏远公司"
    ]
    clock.set(date(2026, 12, 1))


def test_what_may_not_follow_says_why(desk: Desk) -> None:
    case = register(desk)
    why = {offer.key: offer.why_not for offer in desk.acts.offers(case)}
    assert why["archived"] == "这一件还没有答复。"
    assert why["corrected"] == "还没有发过补正告知，谈不上收到补正。"
    assert why["party_answered"] == "没有等着答复的第三方。"
    assert why["struck"] == "没有可以划去的记录。"
    assert why["extended"] == ""
    answered = desk.lookup.case(issue_granted(desk, content="预算").case_id)
    after = {offer.key: offer.why_not for offer in desk.acts.offers(answered)}
    assert after["archived"] == "还有文书没有送达记录，不能归档。"
    assert after["extended"] == "这一件已经答复，这类事只能在答复以前记。"
    assert after["voided"] == ""


def test_a_fact_that_is_one_of_a_few_is_chosen_and_the_others_begin_as_they_stand(desk: Desk) -> None:
    case = register(desk)
    value = desk.acts.fields(case, "amended", {"field": "channel"})[1]
    assert ("registered_mail", "挂号邮寄") in value.offered(case)
    assert desk.acts.fields(case, "amended", {"field": "phone"})[1].offered(case) == ()
    assert desk.acts.begun(case, "amended", {"field": "phone"})["value"] == "13905550123"
    after = desk.acts.note(case.case_id, act_draft("amended", field="channel", value="挂号邮寄", why="看错了"))
    assert after.received.channel == "registered_mail"
    assert any("收到方式改为【挂号邮寄】" in line for _, _, line in desk.lookup.entries(case.case_id))


def test_letters_are_chosen_by_their_name(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk)
    case = desk.lookup.case(letter.case_id)
    void = dict(desk.acts.fields(case, "voided")[0].offered(case))
    assert void == {letter.number: f"{letter.title}　{letter.number}"}
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof="XA1"))
    case = desk.lookup.case(case.case_id)
    assert [key for key, _ in desk.acts.fields(case, "returned")[0].offered(case)] == [letter.number]
    assert desk.acts.fields(case, "voided")[0].offered(case) == ()


def test_what_was_answered_is_not_sent_after_its_answer(desk: Desk) -> None:
    case_id = register(desk).case_id
    desk.reply.issue(case_id, "correction_notice", typed_as("correction_notice", desk, case_id))
    assert "送达申请人" in desk.lookup.glance(case_id).next_step
    desk.acts.note(case_id, act_draft("corrected"))
    assert desk.lookup.glance(case_id).next_step.endswith("已经有了回音，哪天、怎样送达的还没有记：按 F5 补记。")


def test_a_withdrawn_case_is_not_called_answered(desk: Desk) -> None:
    case = desk.acts.note(register(desk).case_id, act_draft("withdrawn"))
    why = {offer.key: offer.why_not for offer in desk.acts.offers(case)}
    assert why["extended"] == "这一件已经按【申请人撤回申请】办结，这类事只能在办结以前记。"
