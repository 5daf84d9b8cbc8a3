"""An encrypted register: nothing readable anywhere, in both directions with counts, broken off at any call, recovered by two sheets."""

from __future__ import annotations

import errno
import io
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.office import locking
from deskapp.desk.office.restoring import restore_backup
from deskapp.errors import DeskError
from deskapp.paths import KEYS
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.keyring import WRONG, Keyring
from deskapp.register.opening import LOCKED, open_store
from deskapp.register.packed import needs_key
from deskapp.register.recovery import SHEETS, join, key_of_sheets, lines_in, split
from deskapp.register.same_file import REPLACED
from deskapp.register.store import DAMAGED
from tests.conftest import DAY, issue_granted, make_desk, register
from tests.faults.test_faulty_disk import Disk

PASSWORD, OTHER = "柳河镇的第一个密码", "柳河镇的第二个密码"
NAME, PERSON = "欧阳不公开", "张三"
CLOCK = FixedClock(DAY)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a letter, a daily backup, a copy from before an upgrade and a catalogue, each with a name in it."""
    folder = tmp_path_factory.mktemp("filled")
    desk = make_desk(folder / "home", CLOCK)
    issue_granted(desk, applicant=NAME)
    (folder / "cat.csv").write_text(f"名称,文号,馆藏位置\n{NAME},〔2026〕1号,一柜\n", encoding="utf-8-sig")
    desk.catalogue.take(folder / "cat.csv")
    desk.upkeep.daily_backup()
    desk._store.vacuum_into(folder / "home" / "register-升级前-3.db")
    desk.close()
    return folder / "home"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home"))


def readable_in(folder: Path) -> list[str]:
    """The files in which the name can be read."""
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and NAME.encode() in p.read_bytes())


def contents(path: Path, key: RegisterKey = IN_THE_CLEAR) -> list[tuple[object, ...]]:
    store = open_store(path, key=key)
    names = [row["name"] for row in store.query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    rows = [(name, *row.values()) for name in names for row in store.query(f"SELECT * FROM {name}")]
    store.close()
    return rows


@pytest.mark.long
def test_nothing_can_be_read_while_it_is_encrypted_and_all_is_there_before_and_after(
    home: Path, tmp_path: Path
) -> None:
    assert readable_in(home) == [f"{DAY}.db", f"{DAY}.db", "register-升级前-3.db", "register.db", "公开目录.db"]
    before = contents(home / "register.db")
    moved = locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    assert (moved.counts.cases, moved.counts.letters, moved.copies, moved.catalogue) == (1, 1, 3, True)
    assert readable_in(home) == []
    key = Keyring(home).open(PASSWORD)
    assert contents(home / "register.db", key) == before
    desk = Desk.open(home, CLOCK, key=key)
    register(desk, applicant=NAME)
    desk.drafts.keep("note", {"act": NAME})
    assert desk.catalogue.search(NAME)
    assert desk.lookup.search(NAME)
    desk.paper.save_pdf(str(desk._store.value("SELECT id FROM letters")))
    made, counts, _ = desk.upkeep.backup(tmp_path)
    assert (made.suffix, counts.cases) == (".zip", 2)
    assert readable_in(home) == [], "register, its log and what else lies beside it while the desk is open"
    found = {note.code: note for note in desk.upkeep.check()}
    assert not [note for note in found.values() if note.fault]
    assert PERSON in found["encrypted"].message
    assert {"no_recovery", "clear_files"} <= found.keys()
    assert "clear_copies" not in found
    desk.close()
    assert readable_in(tmp_path) == []
    assert [path.stat().st_mode & 0o777 for path in (home / KEYS, *(home / KEYS).iterdir())] == [0o700, 0o600]
    restored = restore_backup(made, tmp_path / "new", CLOCK, PASSWORD)
    assert restored.restored == restored.backup == counts
    there = [
        row for row in contents(tmp_path / "new/register.db", key) if row[0] in ("events", "letters", "words_data")
    ]
    assert there == [
        row for row in contents(home / "register.db", key) if row[0] in ("events", "letters", "words_data")
    ]
    laid_open = locking.decrypt(home, CLOCK, key)
    assert (laid_open.counts.cases, laid_open.copies, laid_open.catalogue) == (2, 3, True)
    assert not (home / KEYS).exists()
    assert len(readable_in(home)) == 5
    with sqlite3.connect(home / "register.db") as tool:
        assert tool.execute("SELECT count(*) FROM cases").fetchone() == (2,)


def test_without_the_password_nothing_opens_and_everything_says_so(
    home: Path, tmp_path: Path, quick_passwords: None
) -> None:
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    for attempt in (
        lambda: Desk.open(home, CLOCK),
        lambda: locking.encrypt(home, CLOCK, PERSON, OTHER),
        lambda: locking.check_open(home),
    ):
        with pytest.raises(DeskError) as refused:
            attempt()
        assert refused.value.code == LOCKED
    with pytest.raises(DeskError, match="登记簿密码不对") as wrong:
        Keyring(home).open(OTHER)
    assert wrong.value.code == WRONG
    daily = home / "backups" / f"{DAY}.db"
    for words in ("", OTHER):
        with pytest.raises(DeskError, match="密码"):
            restore_backup(daily, tmp_path / "new", CLOCK, words)
        assert not (tmp_path / "new").exists()
    assert restore_backup(daily, tmp_path / "new", CLOCK, PASSWORD).restored.cases == 1
    Keyring(tmp_path / "new").open(PASSWORD)
    key = Keyring(home).open(PASSWORD)
    with pytest.raises(DeskError, match="备份也是加密的"):
        desk = Desk.open(home, CLOCK, key=key)
        desk.upkeep.backup(tmp_path / "a.age", PASSWORD)
    shutil.rmtree(home / KEYS)
    with pytest.raises(DeskError, match="钥匙"):
        desk.upkeep.backup(tmp_path / "a.zip")
    assert not list(tmp_path.glob("a.*"))
    desk.close()
    with pytest.raises(DeskError, match="像是加了密码的，【钥匙】文件夹却不在了"):
        Desk.open(home, CLOCK)


def test_several_persons_change_and_lose_their_passwords(home: Path, quick_passwords: None) -> None:
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    desk = Desk.open(home, CLOCK, key=Keyring(home).open(PASSWORD))
    for name, password, says in ((PERSON, "短", "太短"), (" ", OTHER, "没有写是谁的")):
        with pytest.raises(DeskError, match=says):
            desk.locking.put(name, password)
    with pytest.raises(DeskError, match="只剩"):
        desk.locking.remove(PERSON)
    desk.locking.put("李/四", OTHER)
    assert desk.locking.names == [PERSON, "李-四"]
    assert Keyring(home).open(OTHER) == Keyring(home).open(PASSWORD) == desk.key
    desk.locking.put(PERSON, "换了一个新的密码")
    with pytest.raises(DeskError, match="没有【王五】的密码"):
        desk.locking.remove("王五")
    desk.locking.remove("李-四")
    for old in (PASSWORD, OTHER):
        with pytest.raises(DeskError, match="不对"):
            Keyring(home).open(old)
    assert Keyring(home).open("换了一个新的密码") == desk.key
    assert repr(desk.key) == "RegisterKey()"
    desk.close()


def test_two_sheets_bring_a_lost_password_back(home: Path, tmp_path: Path, quick_passwords: None) -> None:
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    desk = Desk.open(home, CLOCK, key=Keyring(home).open(PASSWORD))
    sheets = desk.locking.recovery()
    assert not desk.locking.has_recovery
    desk.locking.write_recovery(tmp_path / "恢复单")
    assert "no_recovery" not in {note.code for note in desk.upkeep.check()}
    other = desk.locking.recovery()
    packed, _, _ = desk.upkeep.backup(tmp_path)
    desk.close()
    texts = []
    for sheet in (*sheets, other[1]):
        with pdfplumber.open(io.BytesIO(sheet.pdf)) as pdf:
            assert len(pdf.pages) == 1
            texts.append("\n".join(line.partition("行")[2] for line in pdf.pages[0].extract_text().splitlines()))
    key = key_of_sheets(texts[0], texts[1])
    assert key == key_of_sheets(texts[1], texts[0])
    locking.recover(home, key, "李四", OTHER)
    assert Keyring(home).open(OTHER) == key
    Desk.open(home, CLOCK, key=key).close()
    with pytest.raises(DeskError, match="两张恢复单打不开"):
        locking.recover(home, key_of_sheets(texts[0], texts[2]), "李四", PASSWORD)
    assert restore_backup(packed, tmp_path / "new", CLOCK, sheets=(texts[0], texts[1])).restored.cases == 1
    locking.decrypt(home, CLOCK, key)
    with pytest.raises(DeskError, match="没有加密"):
        locking.recover(home, key, "李四", OTHER)
    with Desk.open(home, CLOCK) as desk, pytest.raises(DeskError, match="没有加密"):
        desk.locking.recovery()


@given(
    st.binary(min_size=32, max_size=32),
    st.integers(0, 1),
    st.integers(0, 3),
    st.integers(0, 15),
    st.sampled_from("ABCXYZ234567"),
)
def test_a_slip_of_the_pen_is_named_with_its_line(raw: bytes, sheet: int, line: int, place: int, sign: str) -> None:
    copied = [list(lines) for lines in split(RegisterKey(raw))]
    assert join(*copied) == RegisterKey(raw)
    assert join(
        *[[text.lower().replace("o", "0").replace("i", "1").replace("b", "8") for text in s] for s in copied]
    ) == RegisterKey(raw)
    signs = list(copied[sheet][line].replace(" ", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    copied[sheet][line] = "".join(signs)
    with pytest.raises(DeskError, match=f"恢复单{SHEETS[sheet]}的第{line + 1}行不对"):
        join(*copied)


def test_sheets_out_of_order_or_incomplete_are_named() -> None:
    first, second = split(RegisterKey(bytes(range(32))))
    for lines, says in (
        ((second, first), "恢复单甲的第1行"), (([first[1], first[0], *first[2:]], second), "恢复单甲的第1行"),
        ((first[:3], second), "恢复单甲应当有4行，这里有3行"), ((first, [*second, ""]), "恢复单乙应当有4行"),
        ((["字" * 16, *first[1:]], second), "恢复单甲的第1行"),
    ):  # fmt: skip
        with pytest.raises(DeskError, match=says):
            join(*lines)
    with pytest.raises(DeskError, match="这里有0行"):
        lines_in("甲", "没有抄")
    assert len({*first, *second, *split(RegisterKey(bytes(range(32))))[0]}) == 12, "each printing has other lines"


@pytest.mark.long
@pytest.mark.parametrize("back", [False, True], ids=["encrypting", "laying open"])
def test_broken_off_at_any_call_the_one_or_the_other_is_there_and_the_next_run_ends_it(
    home: Path, tmp_path: Path, back: bool, quick_passwords: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(home / "register.db")
    if back:
        locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    template, run = home.rename(tmp_path / "template"), tmp_path / "run"
    disk, at, states = Disk(run, monkeypatch), 0, set()

    def go() -> None:
        if back:
            locking.decrypt(run, CLOCK, Keyring(run).open(PASSWORD))
        else:
            locking.encrypt(run, CLOCK, PERSON, PASSWORD)

    while True:
        at += 1
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(template, run)
        try:
            with disk.failing(at, at % 3 == 0, errno.EIO):
                go()
        except DeskError:
            pass
        if disk.calls < at:
            break
        slots = Keyring(run).slots
        key = Keyring(run).open(PASSWORD) if slots else IN_THE_CLEAR
        assert contents(run / "register.db", key) == before
        states.add(bool(slots) and not needs_key(run / "register.db"))
        if back and slots and needs_key(run / "register.db"):
            go()
        elif not back:
            go() if not needs_key(run / "register.db") else locking.encrypt_the_rest(run, CLOCK, key)
            assert readable_in(run) == []
        key = Keyring(run).open(PASSWORD) if not back else IN_THE_CLEAR
        assert contents(run / "register.db", key) == before
        for copy in (run / "backups" / f"{DAY}.db", run / "register-升级前-3.db"):
            assert len(contents(copy, key)) > 20, f"{at}: {copy.name} was left under a key that nobody has"
    assert at > 20
    assert True in states, "also with passwords beside a register in the clear"


@pytest.mark.long
def test_while_another_program_has_it_open_it_is_not_touched(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from deskapp.desk import Desk; desk = Desk.open(Path(sys.argv[1])); "
        "desk.lookup.search('x'); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "open\n"
    before = contents(home / "register.db")
    with pytest.raises(DeskError, match="正被另一个窗口占用"):
        locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    assert contents(home / "register.db") == before
    found = {note.code for note in Desk.open(home, CLOCK).upkeep.check()}
    assert "encryption_unfinished" in found
    other.communicate("")
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    assert readable_in(home) == []


@pytest.fixture
def locked(home: Path, quick_passwords: None) -> tuple[Path, RegisterKey]:
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    return home, Keyring(home).open(PASSWORD)


def test_what_befalls_an_encrypted_file_has_the_same_words(
    locked: tuple[Path, RegisterKey], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home, key = locked
    desk = Desk.open(home, CLOCK, key=key)
    for n in range(60):
        register(desk, applicant=f"张{n}")
    made, _, _ = desk.upkeep.backup(tmp_path)
    desk.close()
    content = bytearray((home / "register.db").read_bytes())
    content[len(content) // 2] ^= 1  # one bit of one page
    (home / "register.db").write_bytes(content)
    with pytest.raises(DeskError) as damaged, Desk.open(home, CLOCK, key=key) as desk:
        for _ in desk._store.each("SELECT * FROM events"):
            pass
        for _ in desk._store.each("SELECT * FROM letters"):
            pass
        desk._store.query("PRAGMA integrity_check")
        for table in ("cases", "meta", "units", "words_data"):
            desk._store.query(f"SELECT * FROM {table}")
    assert damaged.value.code == DAMAGED
    short = made.with_name("short.zip")
    short.write_bytes(made.read_bytes()[:-100])
    for bad in (short, made.with_name("cut.zip")):
        if bad is not short:
            bad.write_bytes(made.read_bytes()[:4])
        with pytest.raises(DeskError, match="损坏"):
            restore_backup(bad, tmp_path / "new", CLOCK, PASSWORD)
        assert not (tmp_path / "new").exists()
    restore_backup(made, tmp_path / "new", CLOCK, PASSWORD)
    assert capfd.readouterr() == ("", ""), "the terminal is not written over"


def test_an_encrypted_register_that_is_replaced_under_an_open_desk_is_noticed(
    locked: tuple[Path, RegisterKey],
) -> None:
    home, key = locked
    shutil.copyfile(home / "register.db", home / "old.db")
    desk = Desk.open(home, CLOCK, key=key)
    register(desk)
    desk._store.query("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(home / "old.db", home / "register.db")
    with pytest.raises(DeskError) as refused:
        register(desk)
    assert refused.value.code in (REPLACED, DAMAGED)
    desk.close()


@pytest.mark.long
def test_without_the_extra_it_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(DeskError, match=r"deskapp\[locked\]"):
        locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    with pytest.raises(DeskError, match=r"deskapp\[locked\]"):
        Desk.open(home, CLOCK, key=RegisterKey(bytes(32)))
    Desk.open(home, CLOCK).close()


def test_keys_that_are_deleted_under_an_open_desk_are_named_while_they_can_be_put_back(
    home: Path, quick_passwords: None
) -> None:
    locking.encrypt(home, CLOCK, PERSON, PASSWORD)
    desk = Desk.open(home, CLOCK, key=Keyring(home).open(PASSWORD))
    (home / KEYS).rename(home.parent / "moved")
    (found,) = [note for note in desk.upkeep.check() if note.code == "keys_missing"]
    assert found.fault
    assert "先不要关窗口" in found.what_to_do
    (home.parent / "moved").rename(home / KEYS)
    assert not [note for note in desk.upkeep.check() if note.code == "keys_missing"]
    desk.close()
