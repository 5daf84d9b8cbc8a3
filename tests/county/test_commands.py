"""The commands of points and county, as scripts and a county office rely on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from deskapp.cli.program import deskapp
from deskapp.clock import FixedClock
from deskapp.county.database import DSN
from deskapp.errors import DeskError
from scripts.postgres import Server
from tests.conftest import DAY, make_desk, register

Run = Callable[..., Any]


@pytest.fixture
def county(server: Server, numbers: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command of the county, in its own folder and a database without tables; what it printed as JSON."""
    monkeypatch.setenv(DSN, server.create(f"commands{next(numbers)}"))
    return lambda *words: run("county", *words, "--at", str(tmp_path / "county"))


def run(*words: str) -> Any:
    found = CliRunner().invoke(deskapp, [*words, "--today", DAY.isoformat(), "--json"], catch_exceptions=True)
    if isinstance(found.exception, DeskError):
        raise found.exception
    assert found.exception is None or isinstance(found.exception, SystemExit), found.output
    return json.loads(found.stdout), found.exit_code


@pytest.fixture
def point(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "point", FixedClock(DAY))
    for name in ("张三", "李四", "王五"):
        register(desk, applicant=name)
    desk.close()
    return tmp_path / "point"


def test_from_the_first_command_to_the_report(county: Run, point: Path, tmp_path: Path) -> None:
    key, card, bundle = (str(tmp_path / name) for name in ("county.key", "point.json", "a.bundle"))
    begun, code = county("init", "--name", "青山县人民政府办公室", "-o", key)
    assert (begun["name"], begun["key"], code) == ("青山县人民政府办公室", key, 0)
    made, _ = run("enroll", "--at", str(point), "-o", card)
    assert set(made) >= {"id", "name", "site_code", "kind", "public_key"}
    assert json.loads(Path(card).read_text(encoding="utf-8")) == made
    assert county("enroll", card)[0][0]["point"] == made["id"]
    sent, _ = run("bundle", "--at", str(point), "-o", bundle, "--for", key)
    assert (sent["events"], sent["encrypted"], sent["level"], sent["seq"]) == (3, True, "facts", 3)
    taken, code = county("take", bundle)
    assert code == 0
    assert {name: taken[0][name] for name in ("file", "point", "result", "events")} == {
        "file": "a.bundle", "point": made["id"], "result": "taken", "events": 3,
    }  # fmt: skip
    again, code = county("take", bundle)
    assert (again[0]["result"], code) == ("again", 0)
    status, _ = county("status")
    assert (status[0]["name"], status[0]["seq"], status[0]["silent"]) == (made["name"], 3, False)
    assert county("overdue")[0] == []
    report, code = county("report", "2026")
    assert code == 0
    own, _ = run("report", "2026", "--at", str(point))
    assert set(own) - {"freezings"} <= set(report)
    assert report["points"] == {made["id"]: own["table3"]}
    assert report["table3"] == own["table3"]
    assert county("report", "2026", "--point", made["id"])[0]["table4"] == own["table4"]
    figures, _ = county("figures", "2026-11")
    assert figures["received"] == 3
    assert county("rebuild", str(tmp_path / "county"))[0] == {"points": 1, "bundles": 1, "events": 3, "tasks": 0}


def test_a_refused_file_is_exit_code_one(county: Run, tmp_path: Path) -> None:
    county("init", "--name", "青山县")
    (tmp_path / "x").write_bytes(b"nonsense")
    found, code = county("take", str(tmp_path / "x"))
    assert (found[0]["result"], found[0]["point"], code) == ("refused", "", 1)


def test_beginning_twice_and_without_a_name(county: Run) -> None:
    with pytest.raises(DeskError, match="没有写县里的机关名称"):
        county("init")
    county("init", "--name", "青山县")
    with pytest.raises(DeskError, match="都已经有了"):
        county("init", "--name", "青山县")


def test_a_bundle_is_not_written_over_a_file(point: Path, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(DeskError, match="已经有"):
        run("bundle", "--at", str(point), "-o", str(tmp_path / "a"))
    assert (tmp_path / "a").read_text() == "mine"
    made, _ = run("bundle", "--at", str(point), "-o", str(tmp_path))
    assert made["after"] == 0  # the one that failed was not noted
    assert Path(made["file"]).stat().st_mode & 0o777 == 0o600


def test_a_place_that_is_not_there(point: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="只到第3条"):
        run("bundle", "--at", str(point), "-o", str(tmp_path / "a"), "--after", "9")


def test_another_countys_key_is_not_taken_for_ours(county: Run, point: Path, tmp_path: Path) -> None:
    from deskapp.county.home import CountyHome

    for name in ("甲县", "乙县"):
        card = CountyHome(tmp_path / name).begin(name, FixedClock(DAY))
        (tmp_path / f"{name}.key").write_text(card.text, encoding="utf-8")
    run("bundle", "--at", str(point), "-o", str(tmp_path / "a"), "--for", str(tmp_path / "甲县.key"))
    with pytest.raises(DeskError, match="已经报送给甲县"):
        run("bundle", "--at", str(point), "-o", str(tmp_path / "b"), "--for", str(tmp_path / "乙县.key"))
    assert run("enroll", "--at", str(point), "--leave")[0] == {"left": "甲县"}
    assert run("bundle", "--at", str(point), "-o", str(tmp_path / "b"), "--for", str(tmp_path / "乙县.key"))[0][
        "encrypted"
    ]


def test_a_backup_to_a_stick_leaves_a_bundle_beside_it(county: Run, point: Path, tmp_path: Path) -> None:
    key, stick = tmp_path / "county.key", tmp_path / "stick"
    stick.mkdir()
    county("init", "--name", "青山县", "-o", str(key))
    assert run("backup", str(stick / "a.db"), "--at", str(point))[0]["bundle"] == ""  # no county is known yet
    run("bundle", "--at", str(point), "-o", str(tmp_path / "first"), "--for", str(key))
    assert run("backup", str(stick / "b.db"), "--at", str(point))[0]["bundle"] == ""  # nothing waits
    run("register", str(facts(tmp_path)), "--at", str(point))
    assert "已打包到" in run("backup", str(stick / "c.db"), "--at", str(point))[0]["bundle"]
    assert [path.name for path in stick.glob("*.bundle")] == ["报送-LH-2026-11-20-3-4.bundle"]


def facts(folder: Path) -> Path:
    path = folder / "facts.json"
    path.write_text(
        json.dumps(
            {
                "channel": "in_person",
                "applicant": "赵六",
                "content": "预算",
                "phone": "13905550123",
                "address": "桥头村",
            }
        ),
        encoding="utf-8",
    )
    return path
