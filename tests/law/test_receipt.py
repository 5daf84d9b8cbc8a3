"""The legal day of receipt by channel (条例 31), its article, its proof, and where an older letter said otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.law.errors import LawError
from deskapp.law.receipt import CHANNELS, Arrival, Channel, channel_key, channel_rule, channel_rules, receipt_of

MONDAY, TUESDAY, LATER = date(2026, 11, 16), date(2026, 11, 17), date(2026, 12, 7)


def test_every_channel_has_its_rule_and_is_known_by_its_name() -> None:
    assert {rule.key for rule in channel_rules()} == set(CHANNELS)
    for rule in channel_rules():
        assert channel_key(rule.name) == channel_key(rule.key) == rule.key
    assert channel_key("飞鸽") == "飞鸽"


def test_in_person_the_day_it_is_handed_in() -> None:
    receipt = receipt_of(Arrival(channel="in_person", arrived_on=MONDAY))
    assert receipt.on == MONDAY
    assert receipt.article == "条例第三十一条第一项"
    assert "回执" in receipt.proof


def test_registered_mail_counts_from_the_guardrooms_signature_not_from_the_hand_over() -> None:
    receipt = receipt_of(
        Arrival(
            channel="registered_mail", arrived_on=date(2022, 6, 6), handed_over_on=date(2022, 6, 27), signed_by="门卫"
        )
    )
    assert receipt.on == date(2022, 6, 6)
    assert receipt.why == "以签收之日2022-06-06为收到之日，门卫签收。2022-06-27才转到本机构，不影响期限。"
    assert "207号" in receipt.differs


def test_ordinary_mail_counts_from_the_day_the_applicant_confirmed() -> None:
    receipt = receipt_of(Arrival(channel="ordinary_mail", arrived_on=MONDAY, confirmed_on=TUESDAY))
    assert receipt.on == TUESDAY
    assert "应当当日确认" in receipt.why


def test_ordinary_mail_of_an_applicant_nobody_can_reach_is_registered_and_the_clock_waits() -> None:
    receipt = receipt_of(Arrival(channel="ordinary_mail", arrived_on=MONDAY))
    assert receipt.on is None
    assert "先登记，期限从恢复联络、双方确认之日起算" in receipt.why
    assert receipt_of(Arrival(channel="ordinary_mail", arrived_on=MONDAY, confirmed_on=LATER)).on == LATER


@pytest.mark.parametrize("channel", ["online", "fax"])
def test_internet_and_fax_count_from_the_day_both_sides_confirmed(channel: Channel) -> None:
    assert receipt_of(Arrival(channel=channel, arrived_on=MONDAY, confirmed_on=MONDAY)).on == MONDAY
    assert receipt_of(Arrival(channel=channel, arrived_on=MONDAY)).on is None


def test_the_mailbox_rule_of_2015_yields_to_the_regulation_and_the_difference_is_explained() -> None:
    differs = channel_rule("online").differs
    assert "国办公开办函〔2015〕207号" in differs
    assert "以条例为准" in differs


def test_days_in_an_impossible_order_are_refused() -> None:
    with pytest.raises(LawError, match="确认的日期2026-11-16早于收到的日期2026-11-17"):
        receipt_of(Arrival(channel="fax", arrived_on=TUESDAY, confirmed_on=MONDAY))
    with pytest.raises(LawError, match="没有【信鸽】这种收到方式"):
        channel_rule("信鸽")
