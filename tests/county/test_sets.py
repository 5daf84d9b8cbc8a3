"""What goes down from a county: seen before it is taken, whole or not at all, from our county alone; and the answers that come up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.county.home import CountyHome
from deskapp.county.tasking import Tasking
from deskapp.errors import DeskError
from deskapp.exchange.bundle import sets
from letters.catalogue import TEMPLATES
from tests.conftest import DAY
from tests.county.conftest import PointDesk, said

UNTIL = date(2026, 12, 10)


@pytest.fixture
def known(point: PointDesk) -> PointDesk:
    """A point that knows its county: it has reported once."""
    point.cases(8)
    point.bundle()
    return point


def questions_file(folder: Path, rows: str = "") -> Path:
    path = folder / "常见问题.csv"
    path.write_text(
        "问题,回答,核对人,核对日期\n低保怎么申请,向户籍所在地乡镇人民政府提出书面申请,王建国,2026-11-01\n" + rows,
        encoding="utf-8-sig",
    )
    return path


def template_file(folder: Path) -> Path:
    path = folder / "receipt.md"
    path.write_bytes((TEMPLATES / "receipt.md").read_bytes() + b"\n")
    return path


def test_a_set_is_seen_and_then_taken_whole(hall: County, known: PointDesk, tmp_path: Path) -> None:
    hall.tasking.give([hall.points.named(known.card.id)], "mend", "标识牌没有挂在入口", UNTIL)
    target = tmp_path / "下发.county"
    files: list[tuple[sets.SetKind, Path]] = [
        ("questions", questions_file(tmp_path)),
        ("template", template_file(tmp_path)),
    ]
    hall.tasking.send(target, files, [])
    desk = known.desk
    look = desk.county_sets.look(target)
    assert look.faults == ()
    assert [line.split("【")[0] for line in look.lines] == ["常见问题", "文书模板", "要办的事"]
    assert desk.questions.all() == []  # only looked at
    assert desk.tasks.all() == []
    assert not (desk.home / "templates").exists()
    assert len(desk.county_sets.take(target)) == 3
    assert [each.of.question for each in desk.questions.all()] == ["低保怎么申请"]
    assert [each.task.text for each in desk.tasks.all()] == ["标识牌没有挂在入口"]
    assert (desk.home / "templates" / "receipt.md").exists()
    assert desk.county_sets.look(target).again
    desk.county_sets.take(target)
    assert len(desk.tasks.all()) == 1
    assert [path.name for path in (desk.home / "templates").iterdir()] == ["receipt.md"]


def test_one_fault_and_nothing_of_it_is_taken(hall: County, known: PointDesk, tmp_path: Path) -> None:
    target = tmp_path / "a.county"
    bad = questions_file(tmp_path, "没有回答的,,,\n")
    hall.tasking.send(target, [("template", template_file(tmp_path)), ("questions", bad)], [])
    look = known.desk.county_sets.look(target)
    assert len(look.faults) == 1
    assert "常见问题" in look.faults[0]
    with pytest.raises(DeskError, match="一样也没有收"):
        known.desk.county_sets.take(target)
    assert not (known.desk.home / "templates" / "receipt.md").exists()
    assert known.desk.questions.all() == []


def endless_template(folder: Path) -> Path:
    """A kind of ours that writes little and asks a hundred times for each pair of fifteen thousand rows."""
    many = "{% for a in rows %}{% for b in rows %}" + "{{ '' if a else '' }}" * 100 + "{% endfor %}{% endfor %}"
    rows = ",".join(['["字"]'] * 15_000)
    field = f'[fields.rows]\nlabel = "行"\ntype = "rows"\ncolumns = ["一"]\nexample = [{rows}]\n\n'
    text = (TEMPLATES / "not_held.md").read_text("utf-8").replace("{{ search_process }}", many)
    path = folder / "not_held.md"
    path.write_text(text.replace("[fields.search_process]", f"{field}[fields.search_process]"), encoding="utf-8")
    return path


@pytest.mark.long
@pytest.mark.apart
def test_a_template_of_the_county_that_never_ends_is_stopped(
    hall: County, known: PointDesk, tmp_path: Path, dsn: str
) -> None:
    """A signature says who wrote it, and not that it comes to an end: at the county before it goes out, and at the point all the same."""
    path = endless_template(tmp_path)
    words = ["--at", str(hall.home.path.parent), "county", "--db", dsn, "send", "--template", str(path)]
    refused = CliRunner().invoke(deskapp, [*words, "-o", str(tmp_path / "out.county")]).exception
    assert isinstance(refused, DeskError)
    assert "没完没了" in str(refused)
    assert not (tmp_path / "out.county").exists()
    hall.tasking.send(tmp_path / "a.county", [("template", path)], [])
    for moment in (known.desk.county_sets.look, known.desk.county_sets.take):
        with pytest.raises(DeskError, match="没完没了"):
            moment(tmp_path / "a.county")
    assert not (known.desk.home / "templates").exists()


def test_a_template_that_changes_how_a_case_is_worked_is_not_taken(
    hall: County, known: PointDesk, tmp_path: Path
) -> None:
    path = template_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace("numbered = false", "numbered = true"), encoding="utf-8")
    hall.tasking.send(tmp_path / "a.county", [("template", path)], [])
    look = known.desk.county_sets.look(tmp_path / "a.county")
    assert "numbered" in look.faults[0]
    with pytest.raises(DeskError, match="一样也没有收"):
        known.desk.county_sets.take(tmp_path / "a.county")


def test_a_set_of_another_county_or_for_another_point_is_refused(
    hall: County, known: PointDesk, tmp_path: Path, new_point: Callable[..., PointDesk]
) -> None:
    other = CountyHome(tmp_path / "other")
    other.begin("别的县", FixedClock(DAY))
    foreign = Tasking(hall.db, other, FixedClock(DAY), hall.questions)
    foreign.send(tmp_path / "a.county", [("questions", questions_file(tmp_path))], [])
    with pytest.raises(DeskError, match="不是青山县人民政府办公室发的"):
        known.desk.county_sets.look(tmp_path / "a.county")
    neighbour = new_point(name="青山县桥头乡人民政府", code="QT")
    hall.tasking.send(
        tmp_path / "b.county", [("questions", questions_file(tmp_path))], [hall.points.named(neighbour.card.id)]
    )
    with pytest.raises(DeskError, match="不是发给这里的"):
        known.desk.county_sets.look(tmp_path / "b.county")
    with pytest.raises(DeskError, match="还不知道县里的钥匙"):
        neighbour.desk.county_sets.look(tmp_path / "b.county")


def test_every_changed_byte_of_a_set_is_refused(hall: County, known: PointDesk, tmp_path: Path) -> None:
    target = tmp_path / "a.county"
    hall.tasking.send(target, [("questions", questions_file(tmp_path))], [])
    whole = target.read_bytes()
    for place in [*range(0, len(whole), 23), len(whole) - 1]:
        changed = bytearray(whole)
        changed[place] ^= 1
        (tmp_path / "x").write_bytes(bytes(changed))
        with pytest.raises(DeskError):
            known.desk.county_sets.take(tmp_path / "x")
    assert known.desk.questions.all() == []


@pytest.mark.parametrize(
    "content", [b"", sets.MAGIC, sets.MAGIC + b"[]\n", sets.MAGIC + b"[{}, 1]\nx", b"deskapp-bundle/1\n[]\n"]
)
def test_what_is_no_set_is_refused(known: PointDesk, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(DeskError, match="不是县里下发的文件"):
        known.desk.county_sets.look(tmp_path / "x")


def test_a_name_in_a_set_leads_nowhere(hall: County, known: PointDesk, tmp_path: Path) -> None:
    manifest = sets.SetManifest(county=hall.home.keys().card.id, name="县", made_at="2026-11-20", items=())
    content = questions_file(tmp_path).read_bytes()
    packed = sets.pack_set(manifest, [("questions", "../../x/../常见问题.csv", content)], hall.home.keys().signing)
    (tmp_path / "a").write_bytes(packed)
    known.desk.county_sets.take(tmp_path / "a")
    assert len(known.desk.questions.all()) == 1
    assert not list(tmp_path.glob("**/../x"))


# -- tasks -------------------------------------------------------------------------------------------------------


def test_a_spot_check_goes_down_and_comes_back(hall: County, known: PointDesk, tmp_path: Path) -> None:
    hall.take(known.bundle(after=0))
    where = [hall.points.named(known.card.id)]
    drawn = hall.tasking.spot_check(where, 2026, 5, 7, UNTIL)
    assert len(drawn[0].cases) == 5
    assert drawn[0].cases == hall.tasking.spot_check(where, 2026, 5, 7, UNTIL)[0].cases
    assert drawn[0].cases != hall.tasking.spot_check(where, 2026, 5, 8, UNTIL)[0].cases
    hall.tasking.send(tmp_path / "a.county", [], where)
    tasks = known.desk.tasks
    known.desk.county_sets.take(tmp_path / "a.county")
    task = next(each.task for each in tasks.all() if each.task.id == drawn[0].id)
    with pytest.raises(DeskError, match="还没有写核对的结果"):
        tasks.answer(task.id, "查过", {task.cases[0]: "齐全"})
    tasks.answer(task.id, "查过", dict.fromkeys(task.cases, "齐全"))
    assert said(hall.take(known.bundle()))[0][0] == "taken"
    found = {each.task.id: each for each in hall.tasking.all()}[task.id]
    assert found.answer is not None
    assert found.answer.found == dict.fromkeys(task.cases, "齐全")
    assert not found.late
    hall.tasking.send(tmp_path / "b.county", [], where)  # what was answered does not go down again
    taken = sets.read_set((tmp_path / "b.county").read_bytes())
    assert task.id not in taken.contents()[0].decode()


def test_a_task_without_an_answer_is_late(hall: County, known: PointDesk) -> None:
    hall.tasking.give(hall.points.all(), "mend", "补公开2025年决算", UNTIL)
    assert isinstance(hall.clock, FixedClock)
    hall.clock.set(date(2026, 12, 12))
    found = hall.tasking.all()
    assert [(each.late, each.days) for each in found] == [(True, 2)]
    assert json.dumps(found[0].as_contract(), ensure_ascii=False)
    with pytest.raises(DeskError, match="已经过了"):
        hall.tasking.give(hall.points.all(), "mend", "补", date(2026, 12, 1))


def test_nothing_to_send(hall: County, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="没有要下发的"):
        hall.tasking.send(tmp_path / "a.county", [], [])
    assert not (tmp_path / "a.county").exists()
