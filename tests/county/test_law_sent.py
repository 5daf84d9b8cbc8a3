"""A change of law goes down in a set: seen first, taken whole, in force by its days, older or broken ones refused, and a way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.county.hall import County
from deskapp.county.lawful import law_of, put_county_law_in_force
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.bundle import sets
from deskapp.law import packs
from deskapp.law.dated import DATA, SHIPPED, law_in_use, trying_law, use_law
from deskapp.law.periods import period, spelled
from letters.catalogue import TEMPLATES
from tests.conftest import register
from tests.county.conftest import PointDesk

FROM = date(2026, 12, 1)
BLOCK = """
[[period]]
key = "reply"
name = "答复期限"
value = {days}
unit = "working_days"
article = "第三十三条第二款"
document = "政府信息公开条例（2026年修订）"
valid_from = 2026-12-01
confidence = "unverified"
"""


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    yield
    use_law(SHIPPED)


@pytest.fixture
def known(point: PointDesk) -> PointDesk:
    """A point that knows its county, with an open case that came before the change and one that came after."""
    point.cases(1)
    point.goes_to(date(2026, 12, 2))
    register(point.desk, received_on="2026-12-01")
    point.bundle()
    return point


def folder(at: Path, days: int = 15, version: str = "2026-12-01", more: tuple[str, str] | None = None) -> Path:
    """Law data: the answer takes ``days`` working days from December on; ``more`` is one further file."""
    at.mkdir(parents=True, exist_ok=True)
    (at / "law.toml").write_text(f'version = {version}\ntitle = "条例2026年修订"\n', encoding="utf-8")
    text = (DATA / "periods.toml").read_text(encoding="utf-8")
    text = text.replace("value = 20\n", "value = 20\nvalid_to = 2026-11-30\n", 1) + BLOCK.format(days=days)
    (at / "periods.toml").write_text(text, encoding="utf-8")
    if more:
        (at / f"{more[0]}.toml").write_text(more[1], encoding="utf-8")
    return at


def sent(hall: County, source: Path, target: Path, *besides: tuple[sets.SetKind, Path]) -> Path:
    hall.tasking.send(target, [("law", source), *besides], [])
    return target


def dues(desk: Desk) -> list[str]:
    cases = sorted(desk._journal.queries.not_answered(), key=lambda case: case.case_no)
    return [str(desk.lookup.deadline(desk.lookup.case(case.case_id)).due_on) for case in cases]


def test_it_is_seen_taken_in_force_by_its_days_and_taken_back(hall: County, known: PointDesk, tmp_path: Path) -> None:
    desk, target = known.desk, sent(hall, folder(tmp_path / "law"), tmp_path / "a.county")
    use_law(SHIPPED)  # the county is another process
    before = dues(desk)
    look = desk.county_sets.look(target)
    assert look.faults == ()
    assert "2026-12-01起15个工作日（第三十三条第二款），新加" in look.lines[0]
    assert "2019-05-15起的：到2026-11-30为止" in look.lines[0]
    assert "1件没有办结的申请最后一日会变" in look.lines[0]
    assert (dues(desk), law_in_use()) == (before, SHIPPED)  # only looked at
    desk.county_sets.take(target)
    after = dues(desk)
    assert after[0] == before[0]
    assert after[1] < before[1]
    assert period("reply", FROM).cite == "条例第三十三条第二款"
    assert spelled("{reply}", FROM) == "15"
    assert period("reply", FROM).document == "政府信息公开条例（2026年修订）"
    state = desk.law_data.state()
    assert (state.version, state.from_set, state.files) == (FROM, True, ("periods.toml",))
    assert [f.message for f in desk.upkeep.check() if f.code == "law"] == [state.sentence]
    assert "一样" in desk.county_sets.look(target).lines[0]
    back = desk.law_data.back()
    assert (back.version, back.from_set) == (packs.shipped_version(), False)
    assert dues(desk) == before
    with pytest.raises(DeskError, match="就是随程序的"):
        desk.law_data.back()
    desk.county_sets.take(target)
    assert dues(desk) == after


def test_it_is_in_force_when_the_desk_is_opened_again_and_in_other_windows(
    hall: County, known: PointDesk, tmp_path: Path, clock: FixedClock
) -> None:
    target, home = sent(hall, folder(tmp_path / "law"), tmp_path / "a.county"), known.desk.home
    use_law(SHIPPED)
    with Desk.open(home, clock) as other:
        before = dues(other)
        known.desk.county_sets.take(target)
        use_law(SHIPPED)  # the other window is another process
        other.changed_elsewhere()
        assert dues(other) != before
    use_law(SHIPPED)
    with Desk.open(home, clock) as again:
        assert dues(again) != before
        again.upkeep.backup(tmp_path / "b.db")


def test_an_older_one_is_refused_and_nothing_of_the_set_is_taken(
    hall: County, known: PointDesk, tmp_path: Path
) -> None:
    first = sent(hall, folder(tmp_path / "a"), tmp_path / "a.county")
    second = sent(hall, folder(tmp_path / "b", 12, "2026-12-15"), tmp_path / "b.county")
    use_law(SHIPPED)
    known.desk.county_sets.take(second)
    with pytest.raises(DeskError, match=r"是2026-12-01版，现在用的是2026-12-15版，不比它新"):
        known.desk.county_sets.take(first)
    with pytest.raises(DeskError, match="不比它新"):
        hall.tasking.send(tmp_path / "c.county", [("law", folder(tmp_path / "c", 11, "2026-12-10"))], [])
    assert not (tmp_path / "c.county").exists()
    assert spelled("{reply}", FROM) == "12"
    known.desk.county_sets.take(sent(hall, folder(tmp_path / "d", 13, "2026-12-16"), tmp_path / "d.county"))
    assert known.desk.law_data.back().version == date(2026, 12, 15)  # the one before it
    assert spelled("{reply}", FROM) == "12"


BROKEN = {
    "no toml": ("periods", "period = [", "写法有误"),
    "a key too few": ("periods", "", "缺少这一项|少了"),
    "another kind of file": ("secrets", "a = 1", "没有【secrets.toml】这种文件"),
    "an unknown field": ("fees", "x = 1", "有误|少了"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_one_is_not_sent(hall: County, tmp_path: Path, case: str) -> None:
    name, content, said = BROKEN[case]
    with pytest.raises(DeskError, match=said):
        sent(hall, folder(tmp_path / "law", more=(name, content)), tmp_path / "a.county")
    assert not (tmp_path / "a.county").exists()
    assert law_of(hall.home) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_to = 2026-11-30", "valid_to = 2026-11-20", "没有接上"),
        ("valid_to = 2026-11-30\n", "", "没有接上"),
        ('unit = "working_days"', 'unit = "weeks"', "只能是"),
        ("valid_from = 2026-12-01", "valid_from = 十二月", "写法有误"),
    ],
)
def test_a_point_looks_for_itself(
    hall: County, known: PointDesk, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """What a county's program let through, or another made, is found at the point, and nothing of the set is taken."""
    text = (folder(tmp_path / "law") / "periods.toml").read_text("utf-8").replace(old, new, 1)
    pack = packs.LawPack(version=FROM, title="坏的", files={"periods.toml": text})
    manifest = sets.SetManifest(county=hall.home.keys().card.id, name="县", made_at="2026-11-20", items=())
    items: list[tuple[sets.SetKind, str, bytes]] = [
        ("template", "receipt.md", (TEMPLATES / "receipt.md").read_bytes() + b"\n"),
        ("law", "a.json", pack.model_dump_json().encode()),
    ]
    (tmp_path / "a.county").write_bytes(sets.pack_set(manifest, items, hall.home.keys().signing))
    with pytest.raises(DeskError, match=said):
        known.desk.county_sets.take(tmp_path / "a.county")
    assert not (known.desk.home / "templates" / "receipt.md").exists()
    assert not known.desk.law_data.state().from_set


def test_a_newer_program_brings_its_own_back(
    hall: County, known: PointDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: FixedClock
) -> None:
    known.desk.county_sets.take(sent(hall, folder(tmp_path / "law"), tmp_path / "a.county"))
    data = tmp_path / "data"
    data.mkdir()
    (data / "version.toml").write_text("version = 2027-01-01\n", encoding="utf-8")
    monkeypatch.setattr(packs, "DATA", data)
    with Desk.open(known.desk.home, clock) as desk:
        state = desk.law_data.state()
        assert (state.version, state.from_set) == (date(2027, 1, 1), False)
        assert "程序自带的更新" in state.sentence
        assert spelled("{reply}", FROM) == "20"


def test_the_county_counts_with_what_it_sends(hall: County, known: PointDesk, tmp_path: Path) -> None:
    hall.take(known.bundle(after=0))
    before = hall.db.rows("SELECT due_on FROM cases ORDER BY case_no")
    target = sent(hall, folder(tmp_path / "law"), tmp_path / "a.county")
    known.desk.county_sets.take(target)
    after = hall.db.rows("SELECT due_on FROM cases ORDER BY case_no")
    assert after != before
    assert [str(day) for (day,) in after] == dues(known.desk)
    use_law(SHIPPED)
    put_county_law_in_force(hall.home)
    hall.rebuild(hall.home.path)
    assert hall.db.rows("SELECT due_on FROM cases ORDER BY case_no") == after
    sent(hall, tmp_path / "law", tmp_path / "b.county")  # the same again, for a new point


def test_the_shipped_data_pass_as_a_pack_and_their_version_is_not_older_than_they_are() -> None:
    whole = {file: (DATA / file).read_text(encoding="utf-8") for file in packs.FILES}
    pack = packs.LawPack(version=FROM, title="全部", files=whole)
    packs.check_pack(pack)
    assert packs.changes(pack, SHIPPED) == []
    assert {path.name for path in DATA.glob("*.toml")} == {*packs.FILES, "version.toml"}
    with trying_law(pack.texts):
        assert spelled("{reply}", FROM) == "20"
