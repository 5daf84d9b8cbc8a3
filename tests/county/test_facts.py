"""What leaves a point says nothing about a person, and is still the same history."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.county.hall import County
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import read_bundle
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.register.events import EVENT
from deskapp.register.facts import FILLED, KEPT, Ordinals, facts_of
from deskapp.register.people import Participant
from scripts.postgres import Server
from tests.conftest import give_opinions, issue_granted, odd_names, register
from tests.county.conftest import PointDesk, said
from tests.county.test_equal import played

SECRET = "秘密"
TOLD_APART = {
    "received": {"case_no", "split_from", "others"}, "one_withdrew": {"name"}, "split": {"content", "into"}, "party_consulted": {"party"},
    "party_answered": {"party"}, "agency_consulted": {"agency"}, "agency_answered": {"agency"}, "issued": {"number"}, "voided": {"number"},
    "amended": {"value"}, "referred": {"department"}, "referred_back": {"department"},
}  # fmt: skip


def hidden(text: str) -> str:
    return "0a1b2c3d"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_lists_fields_that_it_has_and_fills_what_it_needs(act: str) -> None:
    record = ACTS[act]
    fields = record.event.model_fields
    assert set(KEPT[act]) | set(FILLED.get(act, ())) <= set(fields)
    assert record.needed <= set(KEPT[act]) | set(FILLED.get(act, ())) | TOLD_APART.get(act, set())


def full_of_secrets(act: str) -> ev.AnyEvent:
    """An event of that act with a secret in each free text."""
    record = ACTS[act]
    values: dict[str, Any] = {"act": act, "on": "2026-11-20"}
    for name, field in record.event.model_fields.items():
        if field.annotation is str and name not in ("act", "on"):
            values[name] = SECRET
    fixed: dict[str, dict[str, Any]] = {
        "erased": {"entries": 3, "letters": 1, "digest": "0" * 64},
        "received": {"channel": "in_person", "applicant_class": "natural_person", "others": [{"name": SECRET + "二", "phone": SECRET}]},
        "split": {"into": [SECRET]}, "extended": {"working_days": 5}, "deferred": {"until": "2026-12-20"}, "reviewed": {"review": "secrecy"},
        "issued": {"pages": 1}, "printed": {"outcome": "saved"}, "print_ended": {"outcome": "gone"}, "served": {"way": "in_person"},
            "publication_judged": {"fit": True},
        "disputed": {"route": "review"}, "dispute_answered": {"route": "review"}, "dispute_decided": {"route": "review", "outcome": "upheld"},
        "appealed": {"route": "suit_direct"}, "redo_ordered": {"ordered_by": "review"}, "amended": {"field": "applicant"}, "struck": {"n": 1},
        "redacted": {"pages": 1, "covered": [{"kind": SECRET, "reason": SECRET, "count": 1}]},
        "attached": {"kind": "identity", "sha256": "0" * 64},
    }  # fmt: skip
    try:
        return EVENT.validate_python({**values, **fixed.get(act, {})})
    except ValueError as error:  # pragma: no cover - says which act the table above has to learn
        raise AssertionError(f"{act}: {error}") from error


FREE_KEPT = (
    "letter_id",
    "paper_id",
    "kind",
    "category",
    "result",
    "act",
    "on",
)  # keys and identifiers of the program, never typed


@pytest.mark.parametrize("act", ACTS)
def test_nothing_that_was_typed_leaves_the_point(act: str) -> None:
    event = full_of_secrets(act)
    gone = facts_of(event, Ordinals([event], hidden))
    free = {name: value for name, value in gone.items() if name not in FREE_KEPT}
    assert SECRET not in json.dumps(free, ensure_ascii=False)
    back = EVENT.validate_python(gone)
    assert (back.act, back.on) == (event.act, event.on)


def test_names_become_the_same_ordinals_in_every_bundle() -> None:
    day = date(2026, 11, 20)
    history: list[ev.AnyEvent] = [
        ev.Received(
            on=day, case_no="LH-2026-0001", channel="online", applicant="张三", applicant_class="natural_person", content="甲",
            others=(Participant(name="李四"), Participant(name="王五")),
        ),
        ev.PartyConsulted(on=day, party="甲公司"),
        ev.PartyConsulted(on=day, party="乙公司"),
        ev.PartyAnswered(on=day, party="乙公司"),
        ev.OneWithdrew(on=day, name="王五"),
    ]  # fmt: skip
    names = Ordinals(history, hidden)
    assert facts_of(history[3], names)["party"] == "第三方2"
    assert facts_of(history[4], names)["name"] == "申请人3"
    assert facts_of(history[0], names)["others"] == [{"name": "申请人2"}, {"name": "申请人3"}]
    later = Ordinals([*history, ev.PartyConsulted(on=day, party="丙公司")], hidden)
    assert [facts_of(each, later) for each in history] == [facts_of(each, names) for each in history]


def test_a_number_that_is_not_of_the_registers_form_is_hidden() -> None:
    event = ev.Received(
        on=date(2026, 11, 20),
        case_no="张三的申请",
        channel="online",
        applicant="张三",
        applicant_class="natural_person",
        content="甲",
    )
    assert facts_of(event, Ordinals([event], hidden))["case_no"] == "#0a1b2c3d"


def test_links_cannot_be_tried_without_the_key(point: PointDesk, hall: County) -> None:
    point.cases(1)
    bundle = read_bundle(point.bundle().read_bytes(), hall.home.keys().identity)
    whole = json.dumps(list(bundle.lines()), ensure_ascii=False) + bundle.manifest.model_dump_json()
    entry = point.desk._store.query("SELECT hash, prev FROM events")[0]
    assert entry["hash"] not in whole
    assert entry["hash"][:32] not in whole


@pytest.mark.long
def test_a_stolen_database_gives_away_nobody(server: Server, hall: County, tmp_path: Path, dsn: str) -> None:
    """Every name, telephone, address, identity and content of towns, looked for in a dump of the whole database."""
    secrets: set[str] = set()
    for seed in (1, 2):
        desk = played(tmp_path, seed, 30)
        for n, name in enumerate(odd_names()[:30]):
            register(
                desk,
                applicant=name,
                phone=f"0579-8{n:03d}1234",
                content=f"{name}家的宅基地{n}",
                id_number="33072219800101123X",
            )
        letter = issue_granted(desk, applicant="诸葛亮明")
        give_opinions(desk, letter.case_id, "granted")
        for row in desk._store.query("SELECT applicant, phone, id_number, content, names, particulars FROM cases"):
            for text in row.values():
                secrets |= {line for line in text.splitlines() if len(line) >= 2}
        hall.clock.set(desk.clock.today())  # type: ignore[attr-defined]  # the fixed clock of the test
        stick = PointDesk(desk, hall, tmp_path / f"stick{seed}")
        hall.points.enroll(stick.card)
        assert said(hall.take(stick.bundle()))[0][0] == "taken"
        desk.close()
    dump = subprocess.run([server.bin / "pg_dump", dsn], check=True, capture_output=True, text=True).stdout
    assert len(dump) > 100_000
    unit = {"张三", "政务公开办", "政府信息公开办公室"}
    found = [secret for secret in secrets - unit if secret in dump]
    assert found == []
    assert len(secrets) > 100


# -- whole entries -----------------------------------------------------------------------------------------------


def test_whole_entries_go_out_only_where_the_county_asks_by_name_and_says_why(
    hall: County, point: PointDesk, tmp_path: Path
) -> None:
    point.cases(1)
    make = point.desk.bundles.make
    with pytest.raises(DeskError, match="没有指名"):
        make(tmp_path / "a", "full", point.key)
    with pytest.raises(DeskError, match="没有写为什么"):
        hall.ask_for_all([point.card.id], " ")
    other = hall.ask_for_all([point.card.id], "代办柳河镇的复议答复，青政办〔2026〕3号")
    point.key.write_text(other.text, encoding="utf-8")
    made = make(tmp_path / "b", "full", point.key)
    assert said(hall.take(made.path)) == [("taken", "", 1)]
    assert "张一" in hall.db.value("SELECT body FROM events")
    forged = other.model_copy(update={"why": "别的理由"})
    point.key.write_text(forged.text, encoding="utf-8")
    with pytest.raises(DeskError, match="签名不对"):
        make(tmp_path / "c", "full", point.key)
    point.key.write_text(hall.ask_for_all([], "").text, encoding="utf-8")
    with pytest.raises(DeskError, match="没有指名"):
        make(tmp_path / "d", "full", point.key)
