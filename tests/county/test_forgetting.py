"""What a point erased is erased at its county too: in the database and in every bundle that is kept, however they came."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.county.hall import County
from deskapp.county.holding import held
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.errors import DeskError
from deskapp.exchange.bundle.packing import plain_of, read_bundle
from deskapp.exchange.bundle.remains import Remains, read_kept
from deskapp.register import events as ev
from deskapp.register.acts import ACTS
from deskapp.register.erasing import erase
from deskapp.register.events import EVENT
from deskapp.register.facts import without_persons
from scripts.postgres import Server
from tests.conftest import DAY, GRANTED, issue, register
from tests.county.conftest import PointDesk, said
from tests.county.test_facts import full_of_secrets
from tests.county.test_hostile import signed
from tests.county.test_taking import snapshot

SECRETS = (
    "欧阳修远",
    "13777000123",
    "柳河镇桥头村98号",
    "桥头村2024年度财务收支公开表",
    "330722198001011234",
    "上官文渊",
)
STAYS = "司马迁山"  # of another case, which nobody erased


@pytest.fixture
def asked(hall: County, point: PointDesk) -> PointDesk:
    """A point of which the county asks whole entries; one case in its register is archived, one is open."""
    point.key.write_text(hall.ask_for_all([point.card.id], "代办复议答复").text, encoding="utf-8")
    register(point.desk, applicant=STAYS)
    case_id = register(
        point.desk, applicant=SECRETS[0], phone=SECRETS[1], address=SECRETS[2], content=SECRETS[3], id_number=SECRETS[4],
    ).case_id  # fmt: skip
    point.desk.lookup._journal.append(
        case_id,
        [
            ev.PartyConsulted(on=DAY, party=SECRETS[5]),
            ev.PartyAnswered(on=DAY, party=SECRETS[5], agrees=True, position="agreed"),
        ],
    )
    letter = issue(point.desk, case_id, "granted", GRANTED)
    point.desk.delivery.serve(
        letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by=SECRETS[0])
    )
    point.desk.delivery.archive(letter.case_id, "2026-永久-001")
    return point


def whole(point: PointDesk, after: int | None = None) -> Path:
    """The next bundle at the level ``full``."""
    path = point.folder / f"{len(list(point.folder.iterdir())):03d}.bundle"
    return point.desk.bundles.make(path, "full", county=point.key, after=after).path


def archived(point: PointDesk) -> str:
    return next(case.case_id for case in map(point.desk.lookup.case, _ids(point)) if case.archived)


def _ids(point: PointDesk) -> list[str]:
    return [row["case_id"] for row in point.desk._store.query("SELECT case_id FROM cases")]


def forget(point: PointDesk) -> str:
    case_id = archived(point)
    erase(point.desk.lookup._journal, case_id, point.desk.clock.today(), "李晓梅", "王建国", "保管期满")
    return case_id


def files(hall: County) -> dict[str, str]:
    """What the kept bundles say, opened, by their names."""
    keys, found = hall.home.keys(), {}
    for path in (hall.home.path / "bundles").rglob("*"):
        if path.is_file():
            bundle = read_kept(path.read_bytes(), keys.identity, keys.card.public_key)
            found[path.name] = "\n".join(str(line) for line in bundle.lines())
    return found


def dumped(server: Server, dsn: str) -> str:
    return subprocess.run([server.bin / "pg_dump", dsn], check=True, capture_output=True, text=True).stdout


def known(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_nothing_of_the_person_is_left_and_everything_else_is(
    hall: County, asked: PointDesk, server: Server, dsn: str
) -> None:
    assert said(hall.take(whole(asked)))[0][0] == "taken"
    assert known(dumped(server, dsn)) == list(SECRETS)
    names, figures = set(files(hall)), hall.report(2026).whole
    rows = hall.db.rows("SELECT case_no, due_on, in_time, report_row, first_served_on FROM cases ORDER BY case_no")
    forget(asked)
    offered = hall.take(whole(asked))
    assert (said(offered), offered[0].erased) == ([("taken", "", 1)], 1)
    assert "县里的也删了" in offered[0].sentence
    assert known(dumped(server, dsn)) == []
    assert STAYS in dumped(server, dsn)
    kept = files(hall)
    assert names < set(kept)
    assert known("".join(kept.values())) == []
    assert STAYS in "".join(kept.values())
    assert hall.report(2026).whole == figures
    assert rows == hall.db.rows(
        "SELECT case_no, due_on, in_time, report_row, first_served_on FROM cases ORDER BY case_no"
    )
    assert "第三方1" in hall.db.value("SELECT clock FROM cases WHERE clock LIKE '%%party_consulted%%'")


def test_it_is_counted_where_people_look(hall: County, asked: PointDesk) -> None:
    hall.take(whole(asked))
    assert (hall.status()[0].erased, held(hall.db, hall.home).erased, held(hall.db, hall.home).with_persons) == (
        0,
        0,
        2,
    )
    forget(asked)
    hall.take(whole(asked))
    assert hall.status()[0].as_contract()["erased"] == 1
    assert (held(hall.db, hall.home).erased, held(hall.db, hall.home).with_persons) == (1, 1)
    assert "删了1件的个人信息" in held(hall.db, hall.home).sentence
    assert "删过个人信息1件" in hall.point_book(asked.card.id, "2026").heading


def test_the_database_is_made_anew_without_them(hall: County, asked: PointDesk, server: Server, dsn: str) -> None:
    hall.take(whole(asked))
    forget(asked)
    hall.take(whole(asked))
    before = snapshot(hall)
    assert hall.rebuild(hall.home.path)[1] == 2
    assert snapshot(hall) == before
    assert known(dumped(server, dsn)) == []
    assert known("".join(files(hall).values())) == []


def test_a_folder_from_before_does_not_bring_them_back(
    hall: County, asked: PointDesk, server: Server, dsn: str, tmp_path: Path
) -> None:
    """An old copy of the folder has them; made anew from it, with the order to erase in it, they go again."""
    hall.take(whole(asked))
    old = tmp_path / "old"
    shutil.copytree(hall.home.path, old / "county")
    forget(asked)
    last = whole(asked)
    hall.take(last)
    digest = hall.db.value("SELECT digest FROM bundles WHERE file_name = %s", [last.name])
    target = old / "county" / "bundles" / digest[:2] / digest
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(hall.home.bundle(digest))
    before = snapshot(hall)
    hall.rebuild(old)
    assert snapshot(hall) == before
    assert known(dumped(server, dsn)) == []
    assert known("".join(files(hall).values())) == []


def test_a_bundle_from_before_that_comes_late_or_again(
    hall: County, asked: PointDesk, server: Server, dsn: str
) -> None:
    first, same_places = whole(asked), whole(asked, after=0)
    hall.take(first)
    forget(asked)
    hall.take(whole(asked))
    assert said(hall.take(first)) == [("again", "again", 0)]
    assert hall.take(same_places)[0].verdict in ("again", "taken")  # never offered before, all of it is held
    asked.cases(1)
    assert said(hall.take(whole(asked, after=3))) == [("taken", "overlap", 1)]
    assert known(dumped(server, dsn)) == []
    assert known("".join(files(hall).values())) == []
    before = snapshot(hall)
    hall.rebuild(hall.home.path)
    assert snapshot(hall) == before


def test_one_that_waits_for_an_earlier_one(hall: County, asked: PointDesk, server: Server, dsn: str) -> None:
    first = whole(asked)
    forget(asked)
    assert said(hall.take(whole(asked))) == [("early", "early", 0)]
    found = hall.take(first)
    assert [each.verdict for each in found] == ["taken", "taken"]
    assert [each.erased for each in found] == [0, 1]
    assert known(dumped(server, dsn)) == []
    assert known("".join(files(hall).values())) == []


def test_one_of_a_later_program_is_kept_without_them_too(
    hall: County, asked: PointDesk, server: Server, dsn: str, tmp_path: Path
) -> None:
    first = whole(asked)
    hall.take(first)
    forget(asked)
    hall.take(whole(asked))
    lines = list(read_bundle(first.read_bytes(), hall.home.keys().identity).lines())
    later = signed(asked, hall, [*lines, ["weather", "rain"]], tmp_path / "x", level="full")
    assert said(hall.take(later)) == [("held", "newer", 0)]
    kept = files(hall)
    assert any("weather" in text for text in kept.values())
    assert known("".join(kept.values())) == []


def test_other_branches_are_cleared_too(
    hall: County, asked: PointDesk, server: Server, dsn: str, new_point: Callable[..., PointDesk], tmp_path: Path
) -> None:
    """A copied folder reports other entries; both branches have the person, the one that holds erases it."""
    hall.take(whole(asked))
    asked.desk.close()
    shutil.copytree(asked.desk.home, tmp_path / "copy")
    first, second = new_point(home=asked.desk.home), new_point(home=tmp_path / "copy")
    for each in (first, second):
        each.key.write_text(asked.key.read_text("utf-8"), encoding="utf-8")
    first.cases(1)
    second.cases(2)
    hall.take(whole(first))
    assert hall.take(whole(second))[0].verdict == "fork"
    assert hall.take(whole(second, after=0))[0].verdict == "held"
    hall.new_epoch(asked.card.id, f"给{SECRETS[0]}打过电话，核对过")
    assert SECRETS[0] in next((hall.home.path / "decisions").iterdir()).read_text("utf-8")
    forget(second)
    assert hall.take(whole(second))[0].erased == 1
    assert SECRETS[0] not in next((hall.home.path / "decisions").iterdir()).read_text("utf-8")
    assert known(dumped(server, dsn)) == []
    assert known("".join(files(hall).values())) == []
    before = snapshot(hall)
    hall.rebuild(hall.home.path)
    assert snapshot(hall) == before


def test_what_came_as_facts_stays_as_it_is(hall: County, asked: PointDesk) -> None:
    hall.take(asked.bundle())
    kept = {path: path.read_bytes() for path in (hall.home.path / "bundles").rglob("*") if path.is_file()}
    bodies = hall.db.rows("SELECT seq, body FROM events ORDER BY seq")
    forget(asked)
    assert hall.take(asked.bundle())[0].erased == 1
    assert {path: path.read_bytes() for path in kept} == kept
    assert hall.db.rows("SELECT seq, body FROM events ORDER BY seq")[: len(bodies)] == bodies
    assert hall.status()[0].erased == 1


def test_a_county_says_what_it_left_and_nobody_else_can(hall: County, asked: PointDesk, tmp_path: Path) -> None:
    first = whole(asked)
    hall.take(first)
    case_id = forget(asked)
    hall.take(whole(asked))
    keys = hall.home.keys()
    paths = [path for path in (hall.home.path / "bundles").rglob("*") if path.is_file()]
    left = [read_kept(path.read_bytes(), keys.identity, keys.card.public_key) for path in paths]
    rewritten = next(bundle for bundle in left if isinstance(bundle.left, Remains))
    assert isinstance(rewritten.left, Remains)
    assert list(rewritten.left.erased) == [case_id]
    assert rewritten.is_signed_by(asked.card.public_key)  # the point's own signature over what it sent
    path = next(path for path in paths if path.name == rewritten.digest)
    plain = bytearray(plain_of(path.read_bytes(), keys.identity))
    for place in [*range(0, len(plain), 211), len(plain) - 1]:
        changed = bytearray(plain)
        changed[place] ^= 1
        (tmp_path / "x").write_bytes(bytes(changed))
        assert hall.take(tmp_path / "x")[0].verdict == "refused", place
    (tmp_path / "x").write_bytes(bytes(plain))
    assert said(hall.take(tmp_path / "x")) == [("again", "again", 0)]
    with pytest.raises(DeskError, match="删过个人信息"):
        read_kept(bytes(plain), keys.identity, asked.card.public_key)


def test_a_damaged_file_stops_the_erasing_and_says_so(hall: County, asked: PointDesk) -> None:
    hall.take(whole(asked))
    path = next(path for path in (hall.home.path / "bundles").rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-9])
    forget(asked)
    after = whole(asked)
    with pytest.raises(DeskError, match="删不掉"):
        hall.take(after)
    assert hall.status()[0].erased == 0
    path.unlink()
    assert hall.take(after)[0].erased == 1


@pytest.mark.parametrize("act", ACTS)
def test_what_is_left_of_an_entry_is_left_as_it_is(act: str) -> None:
    event = full_of_secrets(act)
    once = without_persons([event], lambda number: "0a1b2c3d")
    again = without_persons([EVENT.validate_python(once[0])], lambda number: "ffffffff")
    assert again == once
