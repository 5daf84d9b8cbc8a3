"""What a county is told where something is unusual: later versions, names and numbers that are there twice, folders that are not there,
two people at the same thing at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from deskapp.cli.county_hall import pad_point
from deskapp.cli.program import deskapp
from deskapp.county.database import Database, open_database
from deskapp.county.hall import County
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.bundle import packing, sets
from deskapp.exchange.bundle.cards import POINT, PointCard
from deskapp.exchange.bundle.signing import SigningKey, canonical
from deskapp.screens.county.board import _named
from deskapp.widgets.cells import fit
from tests.conftest import DAY
from tests.county.conftest import PointDesk, said
from tests.county.test_hostile import event, honest, signed
from tests.county.test_taking import held

UNTIL = date(2026, 12, 10)


# -- later versions ----------------------------------------------------------------------------------------------


def later_magic(whole: bytes) -> bytes:
    return whole.replace(b"deskapp-bundle/1\n", b"deskapp-bundle/12\n", 1)


def with_head(change: dict[str, Any]) -> Callable[[bytes], bytes]:
    def made(whole: bytes) -> bytes:
        head, _, rest = whole.removeprefix(packing.MAGIC).partition(b"\n")
        document, signature = json.loads(head)
        return packing.MAGIC + canonical([{**document, **change}, signature]) + b"\n" + rest

    return made


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (later_magic, "newer_form"),
        (with_head({"v": 2}), "newer_form"),
        (with_head({"weather": "rain"}), "newer_form"),
        (with_head({"v": 0}), "no_bundle"),
        (with_head({"v": True, "after": -1}), "no_bundle"),
        (with_head({"after": -1, "weather": "rain"}), "no_bundle"),
    ],
)
def test_a_head_of_a_later_form_is_told_from_damage(
    hall: County, point: PointDesk, tmp_path: Path, change: Callable[[bytes], bytes], code: str
) -> None:
    point.cases(1)
    keys = hall.home.keys()
    whole = packing.unwrapped(point.bundle().read_bytes(), keys.identity)
    (tmp_path / "x").write_bytes(packing.wrapped(change(whole), keys.card.age))
    found = hall.take(tmp_path / "x")
    assert said(found) == [("refused", code, 0)]
    assert ("更新的版本" in found[0].why) == (code == "newer_form")
    assert held(hall, point) == (0, 0)


def test_a_set_and_a_card_of_a_later_form_are_told_from_damage(point: PointDesk, tmp_path: Path) -> None:
    manifest = {"v": 1, "county": "0" * 32, "name": "县", "made_at": "2026-11-20", "to": [], "items": []}
    for document in (
        {**manifest, "v": 2},
        {**manifest, "items": [{"kind": "x", "name": "a", "sha256": "", "size": 0}]},
    ):
        with pytest.raises(DeskError, match="更新的版本") as refused:
            sets.read_set(sets.MAGIC + canonical([document, "AA=="]) + b"\n")
        assert refused.value.code == "newer_form"
    with pytest.raises(DeskError, match="更新的版本"):
        sets.read_set(b"deskapp-county-set/2\nanything")
    card = tmp_path / "card.key"
    card.write_text(json.dumps({**json.loads(point.key.read_text("utf-8")), "v": 2}), encoding="utf-8")
    with pytest.raises(DeskError, match="更新的版本"):
        point.desk.bundles.take_county(card)


# -- twice -------------------------------------------------------------------------------------------------------


def test_two_cases_of_one_number_are_two_and_somebody_is_told(hall: County, point: PointDesk, tmp_path: Path) -> None:
    lines = honest(hall, point)
    event(lines, 1)[7]["case_no"] = event(lines, 0)[7]["case_no"]
    found = hall.take(signed(point, hall, lines, tmp_path / "x"))
    assert said(found) == [("taken", "same_number", 2)]
    assert "各算一件" in found[0].why
    state = hall.status()[0]
    assert (state.cases, state.same_number) == (2, True)
    assert state.as_contract()["same_number"] is True
    hall.rebuild(hall.home.path)
    assert hall.status()[0].same_number
    number = event(lines, 0)[7]["case_no"]
    story = hall.case_story(point.card.id, number)
    assert [line.partition("。")[0] for line in story if "这个登记号" in line] == ["这个登记号有2件，各算一件"] * 2
    assert sum("收到申请" in line for line in story) == 2  # of neither is only the other to be seen
    assert f"请登记点核对：{number}" in "\n".join(hall.point_book(point.card.id, "2026").lines)
    trial = hall.trials.note(hall.points.named(point.card.id), DAY, "online", "甲")
    hall.trials.match(trial.id, number)
    assert "2件申请都在用" in hall.trials.all()[0].verdict
    drawn = hall.tasking.spot_check(hall.points.all(), 2026, 5, 1, UNTIL)
    assert drawn[0].cases == (number,)
    hall.db.run("UPDATE cases SET void = true WHERE case_id = %s", [event(lines, 1)[3]])
    assert not hall.status()[0].same_number  # given up at the point: nobody need look any more


def test_points_with_one_name_are_told_apart_everywhere(
    hall: County, new_point: Callable[..., PointDesk], tmp_path: Path
) -> None:
    first, second, third = (
        new_point(code="LH"),
        new_point(code="LH"),
        new_point(name="青山县桥头乡人民政府", code="QT"),
    )
    for each in (first, second, third):
        each.cases(1)
        hall.take(each.bundle())
    called = [line.name for line in hall.summary("2026").lines]
    assert len(set(called)) == 3
    assert third.card.name in called
    own = f"{first.card.name}（LH {first.card.id[-6:]}）"
    assert own in called
    assert own in [each.label for each in hall.points.all()]
    assert len(hall.year_book(2026).points) == 3  # none in the place of another
    hall.tasking.give(hall.points.all(), "mend", "补", UNTIL)
    assert own in [each.name for each in hall.tasking.all()]
    with pytest.raises(DeskError, match=first.card.id[-6:]):
        hall.points.named("LH")
    where = hall.points.find(first.card.id)
    assert where is not None
    assert where.called == own
    assert hall.case_story(first.card.id, "LH-2026-0001")[0].startswith(own)
    first.cases(1)
    second.cases(1)
    stick = tmp_path / "together"
    stick.mkdir()
    for each in (first, second):
        each.desk.bundles.make(stick / f"{each.card.id}.bundle", county=each.key)
    names = [offered.name for offered in hall.take_all(stick)[0]]
    assert own in names
    assert len(set(names)) == 2
    hall.clock.set(date(2027, 3, 1))  # type: ignore[attr-defined]  # the tests' own clock
    assert own in [each.point_name for each in hall.questions.overdue()]


def test_a_name_that_is_cut_is_still_told_apart() -> None:
    label = "青山县柳河镇人民政府政务公开和便民服务中心（LH 0a1b2c）"
    for width in (20, 24, 30, 80):
        shown = pad_point(label, width)
        assert cell_len(shown) == width
        assert "（LH 0a1b2c）" in shown
    assert pad_point("青山县柳河镇人民政府政务公开和便民服务中心", 30).rstrip().endswith("..")
    assert pad_point("柳河镇（原柳河乡）", 24).rstrip() == "柳河镇（原柳河乡）"


def test_the_same_task_twice_is_one(hall: County, new_point: Callable[..., PointDesk]) -> None:
    new_point()
    where = hall.points.all()
    first = hall.tasking.give(where, "mend", "标识牌没有挂在入口", UNTIL)
    new_point(name="青山县桥头乡人民政府", code="QT")
    again = hall.tasking.give(hall.points.all(), "mend", " 标识牌没有挂在入口 ", UNTIL)
    assert first[0].id in [each.id for each in again]
    assert len(hall.tasking.all()) == len(again) == 2
    hall.tasking.give(where, "mend", "标识牌没有挂在入口", date(2026, 12, 11))
    assert len(hall.tasking.all()) == 3


# -- sending -----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(hall: County, dsn: str) -> Callable[..., Any]:
    def called(*words: str) -> Any:
        return CliRunner().invoke(deskapp, ["--at", str(hall.home.path.parent), "county", "--db", dsn, *words])

    return called


def test_what_no_point_could_take_is_not_sent(run: Callable[..., Any], tmp_path: Path) -> None:
    bad = tmp_path / "receipt.md"
    bad.write_text("---\nkind: nothing\n---\n{{ oops", encoding="utf-8")
    calendar = tmp_path / "2027.toml"
    calendar.write_text("year = 2027\n[[holiday]\n", encoding="utf-8")
    for words in (("--template", str(bad)), ("--calendar", str(calendar))):
        found = run("send", "-o", str(tmp_path / "a.county"), *words)
        assert found.exit_code != 0
        assert isinstance(found.exception, DeskError)
        assert not (tmp_path / "a.county").exists()
    assert "第2行的写法不是 toml" in str(found.exception)


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--questions", "问题,回答\n低保怎么申请,向乡镇提出\n怎么查档案,\n", "list.csv：第3行【回答】"),
        ("--questions", "甲,乙\n一,二\n", "list.csv"),
        ("--standard", "甲,乙\n一,二\n", "list.csv"),
    ],
)
def test_a_list_that_no_point_could_take_is_not_sent(
    run: Callable[..., Any], tmp_path: Path, option: str, text: str, said: str
) -> None:
    """Sent down, it would be refused at every point, and everything else of the set with it."""
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8-sig")
    found = run("send", "-o", str(tmp_path / "a.county"), option, str(path))
    assert isinstance(found.exception, DeskError)
    assert said in str(found.exception)
    assert "没有下发" in str(found.exception)
    assert not (tmp_path / "a.county").exists()


def test_a_list_that_points_can_take_is_sent(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("问题,回答\n低保怎么申请,向乡镇提出\n", encoding="utf-8-sig")
    found = run("send", "-o", str(tmp_path / "a.county"), "--questions", str(path))
    assert found.exit_code == 0
    assert (tmp_path / "a.county").exists()


def test_a_folder_that_is_not_there_does_not_become_a_file(
    run: Callable[..., Any], point: PointDesk, tmp_path: Path
) -> None:
    home = str(point.desk.home)
    point.cases(1)
    for word in ("bundle", "enroll"):
        found = CliRunner().invoke(deskapp, ["--at", home, word, "-o", f"{tmp_path}/STICK/"])
        assert isinstance(found.exception, DeskError)
        assert "这个文件夹" in str(found.exception)
        assert not (tmp_path / "STICK").exists()
        found = CliRunner().invoke(deskapp, ["--at", home, word, "-o", str(tmp_path / word)])
        assert f"没有叫 {word} 的文件夹，写成了文件" in found.output
        assert (tmp_path / word).is_file()
    assert isinstance(run("ask", "-o", f"{tmp_path}/NONE/").exception, DeskError)
    (tmp_path / "STICK").mkdir()
    assert CliRunner().invoke(deskapp, ["--at", home, "enroll", "-o", f"{tmp_path}/STICK/"]).exit_code == 0
    assert [path.name for path in (tmp_path / "STICK").iterdir()] == ["名片-LH.json"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://127.0.0.1:1/x", "那里没有数据库在运行"),
        ("postgresql://county@127.0.0.1:{port}/nowhere", "没有【nowhere】这个库"),
        ("postgresql://nobody@127.0.0.1:{port}/postgres", "没有【nobody】这个用户"),
        ("host = = x", "地址的写法不对"),
    ],
)
def test_what_a_server_says_is_said_in_our_words(server: Any, address: str, words: str) -> None:
    with pytest.raises(DeskError) as refused:
        Database(address.format(port=server.port))
    assert words in str(refused.value)
    assert not any(
        sign.isascii() and sign.isalpha() for sign in str(refused.value).replace("nowhere", "").replace("nobody", "")
    )


# -- at once -----------------------------------------------------------------------------------------------------


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What becomes of acts that begin together: what they give, or their refusals."""
    begin, found = Barrier(len(acts)), []

    def act(do: Callable[[], Any]) -> None:
        begin.wait()
        try:
            found.append(do())
        except DeskError as error:
            found.append(error)

    threads = [Thread(target=act, args=[each]) for each in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return found


def test_a_fork_that_two_decide_at_once_is_decided_once(
    hall: County, point: PointDesk, dsn: str, tmp_path: Path
) -> None:
    lines = honest(hall, point)
    hall.take(signed(point, hall, lines, tmp_path / "a"))
    event(lines, 1)[8] = "0" * 32
    assert said(hall.take(signed(point, hall, lines, tmp_path / "b"))) == [("fork", "changed_history", 0)]
    with open_database(dsn) as one, open_database(dsn) as two:
        halls = [County(db, hall.home.path.parent, hall.clock) for db in (one, two)]
        found = at_once(*(lambda at=at: at.new_epoch(point.card.id, "电话核实") for at in halls))
    refused = [each for each in found if isinstance(each, DeskError)]
    assert [each.code for each in refused] == ["not_held"]
    assert hall.points.named(point.card.id).epoch == 1
    assert len(list((hall.home.path / "decisions").iterdir())) == 1
    assert held(hall, point) == (2, 2)


def test_a_set_that_two_windows_take_at_once_is_taken_once(hall: County, point: PointDesk, tmp_path: Path) -> None:
    point.cases(1)
    point.bundle()
    hall.tasking.give(hall.points.all(), "mend", "标识牌没有挂在入口", UNTIL)
    hall.tasking.send(tmp_path / "a.county", [], [])

    def take() -> int:
        with Desk.open(point.desk.home, point.desk.clock) as desk:
            return len(desk.county_sets.take(tmp_path / "a.county"))

    assert at_once(take, take) == [1, 1]
    assert [each.task.text for each in point.desk.tasks.all()] == ["标识牌没有挂在入口"]


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["青" * 120, "\u202e县山青\u202c", "شهرستان کوه سبز", "e\u0301" * 40, "👨\u200d👩\u200d👧" * 10, " 前后有空 "],
)
def test_a_name_of_any_kind_is_shown_in_its_place(hall: County, name: str, tmp_path: Path) -> None:
    key = SigningKey.fresh()
    card: PointCard = PointCard(
        id="a" * 32, name=name, public_key=key.public, site_code="LH", kind="township"
    ).signed(POINT, key)
    (tmp_path / "card.json").write_text(card.text, encoding="utf-8")
    hall.enroll(tmp_path / "card.json")
    line = hall.summary("2026").lines[0]
    assert "\u202e" not in line.name
    assert cell_len(fit(line.name, 30)) == 30
    assert line.name == line.name.strip() != ""
    hall.write_page(hall.summary("2026"), tmp_path / "a.html")


@pytest.mark.parametrize("room", [22, 30, 60])
def test_what_tells_points_of_one_name_apart_is_not_cut_off(
    hall: County, new_point: Callable[..., PointDesk], room: int
) -> None:
    name = "青山县柳河镇人民政府政务公开办公室"
    for _ in range(2):
        new_point(name=name)
    shown = [_named(line, room, len("青山县")) for line in hall.summary("2026").lines]
    assert len(set(shown)) == 2
    assert all(cell_len(each) == room for each in shown)
    assert all(each.startswith("柳河") for each in shown)
