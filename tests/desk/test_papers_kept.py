"""Papers on file in a backup, in check, and beside an encrypted register."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.office import carrying, locking
from deskapp.desk.office.restoring import restore_backup
from deskapp.paths import BACKUPS, PAPERS
from deskapp.register import cipher
from deskapp.register.driver import RegisterKey
from deskapp.register.keyring import Keyring
from tests.conftest import DAY, register
from tests.papers import scans

CLOCK = FixedClock(DAY)
PASSWORD, PERSON = "密码密码密码密码", "张三"


@pytest.fixture
def filed(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with two papers of one case."""
    case = register(desk)
    desk.papers.attach(case.case_id, scans.pdf(tmp_path / "a.pdf"), PaperDraft())
    desk.papers.attach(case.case_id, scans.picture(tmp_path / "b.jpg"), PaperDraft(kind="identity"))
    return desk


def lying(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((home / PAPERS).glob("*"))}


def codes(desk: Desk) -> dict[str, str]:
    return {note.code: note.message for note in desk.upkeep.check() if note.code.startswith("papers")}


def test_check_names_what_is_missing_what_changed_and_what_nobody_knows(filed: Desk) -> None:
    assert codes(filed) == {}
    first, second = sorted((filed.home / PAPERS).iterdir())
    second.write_bytes(second.read_bytes() + b"\0")
    first.rename(first.with_name("x.pdf"))
    assert codes(filed) == {
        "papers_missing": "案卷材料有1份不在了：LH-2026-0001。",
        "papers_changed": "案卷材料有1份被改动过，或者已经损坏：LH-2026-0001。",
        "papers_strange": "【案卷材料】里有1个文件，登记簿里没有记。",
    }


def test_a_backup_in_a_folder_writes_each_paper_once_and_restore_compares(
    filed: Desk, stick: Path, tmp_path: Path
) -> None:
    first = filed.upkeep.backup(stick)
    assert "案卷材料2份" in first.sentence
    assert lying(stick) == lying(filed.home)
    before = {path: path.stat().st_mtime_ns for path in (stick / PAPERS).iterdir()}
    case = filed.lookup.search("张三")[0]
    filed.papers.attach(case.case_id, scans.pdf(tmp_path / "c.pdf", 5), PaperDraft(kind="other"))
    filed.clock.set(DAY + timedelta(days=1))  # type: ignore[attr-defined]  # the clock of the tests can be set
    second = filed.upkeep.backup(stick)
    assert "案卷材料3份" in second.sentence
    assert len(lying(stick)) == 3
    assert before.items() <= {path: path.stat().st_mtime_ns for path in (stick / PAPERS).iterdir()}.items()
    done = restore_backup(first.path, tmp_path / "old", CLOCK)
    assert done.back.wrong == ()
    assert len(lying(tmp_path / "old")) == 2
    assert restore_backup(second.path, tmp_path / "new", CLOCK).back.here["scans"] == 3
    with Desk.open(tmp_path / "new", CLOCK) as again:
        assert codes(again) == {}
        assert again.papers.content(again.lookup.case(case.case_id).papers[0])


def test_what_did_not_come_back_is_said(filed: Desk, stick: Path, tmp_path: Path) -> None:
    made = filed.upkeep.backup(stick)
    sorted((stick / PAPERS).iterdir())[0].unlink()
    done = restore_backup(made.path, tmp_path / "new", CLOCK)
    assert done.back.wrong[0].startswith("有1份案卷材料不在备份旁边，或者已经损坏，没有回来")
    with Desk.open(tmp_path / "new", CLOCK) as again:
        assert list(codes(again)) == ["papers_missing"]


def test_one_file_holds_them_all_also_under_a_password(
    filed: Desk, stick: Path, tmp_path: Path, quick_passwords: None
) -> None:
    for name, password in (("plain.db", ""), ("under.age", PASSWORD)):
        made = filed.upkeep.backup(stick / name, password)
        assert not (stick / PAPERS).exists()
        done = restore_backup(made.path, tmp_path / name.split(".")[0], CLOCK, password)
        assert (done.back.wrong, done.back.here["scans"]) == ((), 2)
        assert lying(tmp_path / name.split(".")[0]) == lying(filed.home)


def test_more_than_an_age_file_takes_is_left_out_and_said(
    filed: Desk, stick: Path, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "MOST_LOCKED", 10)
    made = filed.upkeep.backup(stick, PASSWORD)
    assert made.carried.beside.figures["scans"] == 0
    assert "一个加密的文件放不下，没有备份：请不加密码备份到加密的U盘上的文件夹。" in made.sentence


def test_the_daily_backup_finds_them_beside_the_register(filed: Desk, tmp_path: Path) -> None:
    made = filed.upkeep.daily_backup()
    assert made is not None
    assert not (filed.home / BACKUPS / PAPERS).exists()
    done = restore_backup(made, tmp_path / "new", CLOCK)
    assert (done.back.wrong, done.back.here["scans"]) == ((), 2)


def in_the_clear(home: Path, *contents: bytes) -> list[str]:
    """The files in which a stretch of one of the contents is found."""
    stretches = [content[len(content) // 2 :][:60] for content in contents]
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if any(part in path.read_bytes() for part in stretches)]


def test_nothing_of_a_paper_lies_in_the_clear_beside_an_encrypted_register(
    filed: Desk, stick: Path, tmp_path: Path, quick_passwords: None
) -> None:
    plain = lying(filed.home)
    filed.close()
    assert locking.encrypt(filed.home, CLOCK, PERSON, PASSWORD).papers == 2
    assert sorted(lying(filed.home)) == [f"{name}.age" for name in plain]
    assert in_the_clear(filed.home, *plain.values()) == []
    key = Keyring(filed.home).open(PASSWORD)
    scan = scans.picture(tmp_path / "c.png", words="another")
    with Desk.open(filed.home, CLOCK, key=key) as desk:
        case = desk.papers.attach(desk.lookup.search("张三")[0].case_id, scan, PaperDraft(kind="proof"))
        assert [desk.papers.content(paper) for paper in case.papers[:2]] == [
            plain[p.sha256 + p.ending] for p in case.papers[:2]
        ]
        assert in_the_clear(filed.home, scan.read_bytes(), *plain.values()) == []
        assert codes(desk) == {}
        made = desk.upkeep.backup(stick)
        assert lying(stick) == lying(filed.home)
        whole = desk.upkeep.backup(stick / "一个文件.db")
        damaged = sorted((filed.home / PAPERS).iterdir())[0]
        damaged.write_bytes(damaged.read_bytes()[:-1] + b"\0")
        assert list(codes(desk)) == ["papers_changed"]
    done = restore_backup(made.path, tmp_path / "new", CLOCK, PASSWORD)
    assert (done.back.wrong, done.back.here["scans"]) == ((), 3)
    again = restore_backup(whole.path, tmp_path / "again", CLOCK, PASSWORD)
    assert (again.back.wrong, again.back.here["scans"]) == ((), 3)
    assert sorted(lying(tmp_path / "again")) == sorted(lying(tmp_path / "new"))
    assert locking.decrypt(tmp_path / "new", CLOCK, key).papers == 3
    assert {**plain, case.papers[2].sha256 + ".png": scan.read_bytes()} == lying(tmp_path / "new")


def test_an_encryption_that_was_broken_off_among_the_papers_is_taken_up(filed: Desk, quick_passwords: None) -> None:
    plain = lying(filed.home)
    filed.close()
    locking.encrypt(filed.home, CLOCK, PERSON, PASSWORD)
    key = Keyring(filed.home).open(PASSWORD)
    name, content = next(iter(plain.items()))
    (filed.home / PAPERS / name).write_bytes(content)  # as a crash leaves it between the two
    with Desk.open(filed.home, CLOCK, key=key) as desk:
        assert "clear_copies" in {note.code for note in desk.upkeep.check()}
    assert locking.encrypt_the_rest(filed.home, CLOCK, key).papers == 1
    assert in_the_clear(filed.home, *plain.values()) == []


def test_any_age_tool_opens_a_sealed_paper_with_the_identity_of_the_key() -> None:
    import pyrage

    key = RegisterKey(bytes(range(32)))
    identity = pyrage.x25519.Identity.from_str(cipher.file_identity(key))
    assert str(identity) == cipher.file_identity(key)
    assert pyrage.decrypt(cipher.under_key(b"page", key), [identity]) == b"page"
    assert cipher.from_under_key(cipher.under_key(b"page", key), RegisterKey(bytes(32))) is None
