"""What belongs to a desk goes along with a backup and comes back with it, or it is said what did not."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskapp import files
from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import belongings, carrying, locking
from deskapp.desk.office.bringing import BEGAN
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.files import begun_name, is_begun
from deskapp.paths import BACKUPS, CATALOGUE, CATALOGUES, EXPORTS, LETTERS, REPORTS, TEMPLATES, TEXTS
from deskapp.register import backup, cipher, crate
from deskapp.register.keyring import Keyring
from tests.conftest import DAY, make_desk, register

CLOCK = FixedClock(DAY)
PASSWORD, PERSON = "密码密码密码密码", "张三"
SECRET = "河口村征地补偿明细"
ALL = {"entries": 3, "texts": 2, "scans": 0, "letters": 1, "reports": 1, "templates": 1, "fonts": 0, "others": 1}
NOTHING = dict.fromkeys(ALL, 0)


def fill(desk: Desk, folder: Path) -> None:
    """A catalogue with two full texts, a paper of each kind, what is not carried."""
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"{SECRET}{name}" * 50, encoding="utf-8")
    rows = "名称,索引号,全文文件\n甲,1,a.txt\n乙,2,b.txt\n丙,3,\n"
    (folder / "l.csv").write_text(rows, encoding="utf-8-sig")
    assert desk.catalogue.take(folder / "l.csv").new == 3
    for name in (
        f"{LETTERS}/里/扫描.jpg",
        f"{REPORTS}/2025.docx",
        f"{TEMPLATES}/own.md",
        "备忘.txt",
        f"{EXPORTS}/x.csv",
        "别的/y",
    ):
        path = desk.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SECRET, encoding="utf-8")


@pytest.fixture
def full(desk: Desk, tmp_path: Path) -> Desk:
    register(desk)
    fill(desk, tmp_path)
    return desk


def carried_in(home: Path) -> dict[str, bytes]:
    """What a data directory holds of it, the catalogue by its entries."""
    found = {name: path.read_bytes() for name, path in belongings.papers(home).items()}
    return {**found, **{path.name: path.read_bytes() for path in (home / TEXTS).glob("*")}}


def test_everything_goes_along_and_comes_back_and_both_say_so(full: Desk, stick: Path, tmp_path: Path) -> None:
    made = full.upkeep.backup(stick)
    assert made.carried.beside.figures == ALL
    assert "公开目录3条、文书文件1个、年报文件1个、自己的范本1个、其他文件1个，在旁边的 " in made.sentence
    assert "目录全文2份，在旁边的【公开目录全文】文件夹里。备份拷到别处时，旁边的也要一起拷。" in made.sentence
    assert "这些文件夹没有备份：别的。" in made.sentence
    assert sorted(path.name for path in stick.iterdir()) == sorted([made.path.name, made.carried.beside.file, TEXTS])
    done = restore_backup(made.path, tmp_path / "new", CLOCK)
    assert (done.back.had, done.back.here, done.back.wrong) == (ALL, ALL, ())
    assert carried_in(tmp_path / "new") == carried_in(full.home)
    with Desk.open(tmp_path / "new", CLOCK) as again:
        assert [entry.name for _, entry in again.catalogue.search("征地补偿")] == ["乙", "甲"]
        assert not [note for note in again.upkeep.check() if note.code.startswith("catalogue")]
    for path in (tmp_path / "new").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert not [path for path in (tmp_path / "new").rglob("*") if is_begun(path)]


def test_full_texts_are_written_to_a_stick_once_and_a_spoilt_one_again(full: Desk, stick: Path) -> None:
    full.upkeep.backup(stick / "one.db")
    assert not (stick / TEXTS).exists(), "a file of one's own takes everything into one"
    full.upkeep.backup(stick)
    first, second = sorted((stick / TEXTS).iterdir())
    times = first.stat().st_mtime_ns, first.stat().st_ino
    second.write_bytes(bytes(len(second.read_bytes())))
    shutil.move(next(stick.glob("deskapp-*.db")), stick / "older.db")
    shutil.move(next(stick.glob("deskapp-*.zip")), stick / "older-文件.zip")
    full.upkeep.backup(stick)
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == times
    assert SECRET.encode() in second.read_bytes()


@pytest.mark.parametrize("locked", [False, True], ids=["under a password", "of an encrypted desk"])
def test_nothing_readable_is_ever_on_the_medium_where_the_backup_is_encrypted(
    full: Desk, stick: Path, tmp_path: Path, locked: bool, monkeypatch: pytest.MonkeyPatch, quick_passwords: None
) -> None:
    full.close()
    if locked:
        pytest.importorskip("sqlcipher3")
        locking.encrypt(full.home, CLOCK, PERSON, PASSWORD)
    key = Keyring(full.home).open(PASSWORD) if locked else full.key
    looked: list[bytes] = []
    put = files.put_in_place

    def looking(function: Callable[..., None]) -> Callable[..., None]:
        def instead(*words: object, **named: object) -> None:
            looked.extend(path.read_bytes() for path in stick.rglob("*") if path.is_file())
            function(*words, **named)
            looked.extend(path.read_bytes() for path in stick.rglob("*") if path.is_file())

        return instead

    for module, name in ((cipher, "lock"), (files, "gone"), (files, "put_in_place"), (files, "sync_file")):
        monkeypatch.setattr(module, name, looking(getattr(module, name)))
    with Desk.open(full.home, CLOCK, key=key) as desk:
        made = desk.upkeep.backup(stick, "" if locked else PASSWORD)
    assert made.carried.beside.figures == ALL
    assert looked
    assert not [content for content in looked if SECRET.encode() in content or b"own.md" in content]
    assert not [content for content in looked if content[:4] == b"PK\3\4" and REPORTS.encode() in content]
    assert sorted(path.name for path in stick.iterdir()) == sorted([made.path.name, made.carried.beside.file])
    monkeypatch.setattr(files, "put_in_place", put)
    done = restore_backup(made.path, tmp_path / "new", CLOCK, PASSWORD)
    assert (done.back.here, done.back.wrong) == (ALL, ())
    assert carried_in(tmp_path / "new") == carried_in(full.home)
    assert not [path for path in (*full.home.rglob("*"), *(tmp_path / "new").rglob("*")) if is_begun(path)]


def test_the_daily_backup_has_the_catalogue_where_it_has_changed(full: Desk, tmp_path: Path) -> None:
    days = [DAY.replace(day=day) for day in (20, 21, 22)]
    for day in days:
        with Desk.open(full.home, FixedClock(day)) as desk:
            if day == days[2]:
                desk.catalogue.publish(Entry("9", "丁"))
            assert desk.upkeep.daily_backup() == full.home / BACKUPS / f"{day}.db"
    copies = sorted(path.name for path in (full.home / BACKUPS / CATALOGUES).iterdir())
    assert copies == [f"{days[0]}.db", f"{days[2]}.db"]
    for day, entries in zip(days, (3, 3, 4), strict=True):
        done = restore_backup(full.home / BACKUPS / f"{day}.db", tmp_path / str(day), CLOCK)
        assert (done.back.here["entries"], done.back.here["texts"], done.back.wrong) == (entries, 2, ())


def test_copies_of_the_catalogue_go_with_the_daily_backups_that_need_them(tmp_path: Path) -> None:
    folder = tmp_path / BACKUPS
    (folder / CATALOGUES).mkdir(parents=True)
    for name in ("2026-11-10.db", "2026-11-20.db"):
        (folder / name).touch()
    for name in ("2026-11-01.db", "2026-11-09.db", "2026-11-12.db", "2026-11-20.db"):
        (folder / CATALOGUES / name).touch()
    carrying.rotate_catalogues(folder)
    assert sorted(path.name for path in (folder / CATALOGUES).iterdir()) == ["2026-11-09.db", "2026-11-20.db"]


def test_what_is_not_beside_the_backup_is_said_and_the_register_comes_back(
    full: Desk, stick: Path, tmp_path: Path
) -> None:
    made = full.upkeep.backup(stick)
    shutil.copyfile(made.path, tmp_path / "alone.db")
    done = restore_backup(tmp_path / "alone.db", tmp_path / "new", CLOCK)
    assert (done.restored.cases, done.back.had, done.back.here) == (1, ALL, NOTHING)
    assert f"备份旁边没有 {made.carried.beside.file}，公开目录3条" in done.back.wrong[0]
    (next((stick / TEXTS).iterdir())).unlink()
    done = restore_backup(made.path, tmp_path / "again", CLOCK)
    assert done.back.here == {**ALL, "texts": 1}
    assert done.back.wrong == ("有1份目录全文不在备份旁边，或者已经损坏，没有回来。",)


def test_both_files_may_be_given_another_name(full: Desk, stick: Path, tmp_path: Path) -> None:
    made = full.upkeep.backup(stick / "one.db")
    made.path.rename(stick / "二.db")
    (stick / "one-文件.zip").rename(stick / "二-文件.zip")
    assert restore_backup(stick / "二.db", tmp_path / "new", CLOCK).back.here == ALL


def test_the_zip_of_another_day_or_a_changed_one_is_not_taken(full: Desk, stick: Path, tmp_path: Path) -> None:
    first = full.upkeep.backup(stick / "one.db")
    (full.home / LETTERS / "又一份.pdf").write_bytes(b"x")
    full.upkeep.backup(stick / "two.db")
    shutil.copyfile(stick / "two-文件.zip", stick / "one-文件.zip")
    done = restore_backup(first.path, tmp_path / "new", CLOCK)
    assert done.back.here == NOTHING
    assert "one-文件.zip 不是和这份备份一起做的" in done.back.wrong[0]
    content = bytearray((stick / "two-文件.zip").read_bytes())
    at = content.index(b"own.md") + 30
    content[at] ^= 1
    (stick / "two-文件.zip").write_bytes(content)
    done = restore_backup(stick / "two.db", tmp_path / "other", CLOCK)
    assert done.back.here == {**ALL, "letters": 2, "templates": 0}
    assert done.back.wrong == (f"有1个文件在备份里已经损坏，没有回来：{TEMPLATES}/own.md。",)
    (stick / "two-文件.zip").write_bytes(b"no zip")
    assert "已经损坏" in restore_backup(stick / "two.db", tmp_path / "third", CLOCK).back.wrong[0]


def test_an_older_backup_says_that_there_was_none_and_takes_what_lay_beside_it_then(
    full: Desk, stick: Path, tmp_path: Path
) -> None:
    backup.back_up(full._store, stick / "old-20261120.db", CLOCK)
    done = restore_backup(stick / "old-20261120.db", tmp_path / "new", CLOCK)
    assert (done.back.had, done.back.here, done.back.wrong) == (None, NOTHING, ())
    assert done.back.sentence == "这份备份里没有公开目录，也没有文书、年报等文件。"
    full.close()
    shutil.copyfile(full.home / CATALOGUE, stick / "公开目录-20261120.db")
    shutil.copytree(full.home / TEXTS, stick / TEXTS)
    done = restore_backup(stick / "old-20261120.db", tmp_path / "other", CLOCK)
    assert done.back.here == {**NOTHING, "entries": 3, "texts": 2}


def test_a_desk_without_any_of_it_writes_nothing_beside(desk: Desk, stick: Path, tmp_path: Path) -> None:
    made = desk.upkeep.backup(stick)
    assert list(stick.iterdir()) == [made.path]
    assert restore_backup(made.path, tmp_path / "new", CLOCK).back.sentence == (
        "这份备份里没有公开目录，也没有文书、年报等文件。"
    )


def test_what_cannot_be_written_stops_no_backup_and_is_said(
    full: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> crate.Listed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(crate, "pack", refuses)
    made = full.upkeep.backup(stick / "a.db")
    assert list(stick.iterdir()) == [stick / "a.db"]
    assert "没有备份上：磁盘满了。" in made.sentence
    (full.home / CATALOGUE).write_bytes(b"no catalogue" * 100)
    assert full.upkeep.daily_backup() is not None


def test_a_backup_that_fails_takes_what_went_along_away(
    full: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise DeskError("不行。", "", "")

    monkeypatch.setattr(backup, "checked_counts", refuses)
    with pytest.raises(DeskError, match="不行"):
        full.upkeep.backup(stick / "a.db")
    assert list(stick.iterdir()) == []


def test_the_register_is_worth_more_than_what_takes_its_room(
    full: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.checked_counts

    def full_beside_the_zip(part: Path, *words: Any) -> backup.Counts:
        if list(part.parent.glob("*.zip")):
            raise DeskError("磁盘满了。", "", "")
        return real(part, *words)

    monkeypatch.setattr(backup, "checked_counts", full_beside_the_zip)
    made = full.upkeep.backup(stick / "a.db")
    assert list(stick.iterdir()) == [stick / "a.db"]
    assert "没有备份上：磁盘满了。" in made.sentence


@pytest.fixture
def half(full: Desk, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A backup, and the folder where its restore was killed in the middle: nothing could be taken away any more."""
    made = full.upkeep.backup(stick / "a.db")

    class Killed(BaseException):
        """Nothing is cleared up."""

    with monkeypatch.context() as patch:
        patch.setattr("deskapp.desk.office.bringing.Bringing.__exit__", lambda *_: None)
        patch.setattr("deskapp.desk.office.bringing.Bringing._here", lambda _: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            restore_backup(made.path, tmp_path / "new", CLOCK)
    (tmp_path / "new" / LETTERS / begun_name()).write_bytes(b"half")
    return made.path, tmp_path / "new"


def test_a_restore_that_was_killed_in_the_middle_blocks_no_other(half: tuple[Path, Path]) -> None:
    source, home = half
    assert (home / CATALOGUE).exists()
    assert not (home / "register.db").exists()
    assert restore_backup(source, home, CLOCK).back.here == ALL
    assert not [path for path in home.rglob("*") if is_begun(path)]


def test_what_a_restore_did_not_write_is_not_taken_away(half: tuple[Path, Path], tmp_path: Path) -> None:
    source, home = half
    (home / "我的.txt").write_text("x")
    (tmp_path / "outside").write_text("x")
    (home / begun_name("open")).write_text(f'{{"{BEGAN}": ["../outside", "/etc/passwd"]}}', encoding="utf-8")
    with pytest.raises(DeskError, match="不是空的"):
        restore_backup(source, home, CLOCK)
    assert (home / "我的.txt").exists()
    assert (tmp_path / "outside").exists()


def test_a_zip_with_a_name_that_leads_out_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as box:
        box.writestr(crate.LIST, '{"inside": {"../x": "0"}, "beside": {}}')
    with pytest.raises(DeskError, match="不该有的文件名"), crate.opened_crate(tmp_path / "a.zip"):
        pass
    for name in ("/a", "a/../../b", "a\\b", "c:x", ""):
        assert not crate.is_safe(name), name


def test_check_tells_a_missing_catalogue_and_texts_that_are_gone_or_changed(full: Desk) -> None:
    def found() -> list[str]:
        with Desk.open(full.home, CLOCK) as desk:
            return [note.message for note in desk.upkeep.check() if note.code.startswith("catalogue")]

    assert found() == []
    first, second = sorted((full.home / TEXTS).iterdir())
    first.unlink()
    second.write_bytes(b"other")
    assert [message[:11] for message in found()] == ["公开目录有1份全文不在", "公开目录有1份全文被改"]
    full.close()
    files.gone(full.home / CATALOGUE)
    assert found() == ["公开目录不在了：登记簿里记着导入过1次，最后一次是2026-11-20。"]
    with Desk.open(full.home, CLOCK) as desk:
        assert desk.catalogue.count == 0  # whoever looks makes an empty one
    assert found() == ["公开目录是空的：登记簿里记着导入过1次，最后一次是2026-11-20。"]
    with Desk.open(full.home, CLOCK) as desk:
        desk.catalogue.publish(Entry("7", "只有一条"))
    assert found() == ["公开目录现在只有1条，登记簿里记着有一次就导入过3条新的。"]


def test_a_desk_that_never_had_a_catalogue_lacks_none(tmp_path: Path) -> None:
    with make_desk(tmp_path / "bare", CLOCK) as desk:
        assert not [note for note in desk.upkeep.check() if note.code.startswith("catalogue")]
