"""Killed, out of space, read-only, power gone: what was acknowledged is there, nothing is half there, the file opens."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.register.driver import IN_THE_CLEAR, RegisterKey
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.moving import move
from deskapp.register.opening import open_store
from tests.conftest import DAY, make_desk

LOCKED_WITH = RegisterKey(bytes(range(32)))
KILLS, CHECKED_EVERY = 300, 25
# One process forks writers and kills each of them at a random moment; a writer registers, issues, serves, keeps drafts,
# and says what it was told is done. The reading of everything it said is the acknowledgement.
KILLER = """
import json, os, random, select, signal, sys, time
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.register.driver import RegisterKey
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.opening import open_store
from tests.conftest import DAY, GRANTED, issue, register
home, kills, every = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
key = RegisterKey(bytes.fromhex(sys.argv[4]))
chance = random.Random(20261121)

def write(say):
    desk = Desk.open(home, FixedClock(DAY), key=key)
    n = 0
    while True:
        n += 1
        case = register(desk)
        os.write(say, f"case {case.case_no}\\n".encode())
        desk.drafts.keep(f"note:{case.case_no}", {"act": "corrected", "content": case.case_no})
        os.write(say, f"draft {case.case_no}\\n".encode())
        if n % 2:
            letter = issue(desk, case.case_id, "granted", GRANTED)
            os.write(say, f"letter {letter.number}\\n".encode())
            desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="本人"))
            os.write(say, f"served {letter.number}\\n".encode())

def sound():
    store = open_store(home / "register.db", key=key)
    wrong = verify(Journal(store, FixedClock(DAY)))
    store.close()
    return [str(damage) for damage in wrong]

warm = Desk.open(home, FixedClock(DAY), key=key)  # every module is read before the first fork
issue(warm, register(warm).case_id, "granted", GRANTED)
warm.delivery.ways()
warm.drafts.get("note")
warm.close()
said, wrong = [], []
for n in range(kills):
    read, say = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            write(say)
        finally:
            os._exit(1)
    os.close(say)
    time.sleep(chance.uniform(0, 0.12))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    text = b""
    while part := os.read(read, 65536):
        text += part
    os.close(read)
    said += text.decode().splitlines()
    if n % every == every - 1:
        wrong += sound()
print(json.dumps({"said": said, "wrong": wrong}))
"""


def run(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)


def numbers_in(home: Path, key: RegisterKey = IN_THE_CLEAR) -> dict[str, set[str]]:
    store = open_store(home / "register.db", key=key)
    found = {
        "case": {row["case_no"] for row in store.query("SELECT case_no FROM cases")},
        "draft": {row["key"].removeprefix("note:").split("@")[0] for row in store.query("SELECT key FROM drafts")},
        "letter": {row["number"] for row in store.query("SELECT number FROM letters")},
        "served": {row["number"] for row in store.query("SELECT number FROM cases WHERE served_on <> ''")},
    }
    store.close()
    return found


def faults_in(home: Path, key: RegisterKey = IN_THE_CLEAR) -> list[str]:
    store = open_store(home / "register.db", key=key)
    try:
        return [str(found) for found in verify(Journal(store, FixedClock(DAY)))]
    finally:
        store.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_desk(tmp_path / "home", FixedClock(DAY)).close()
    return tmp_path / "home"


@pytest.mark.long
@pytest.mark.parametrize("key", [IN_THE_CLEAR, LOCKED_WITH], ids=["in the clear", "encrypted"])
def test_killed_at_three_hundred_moments_nothing_acknowledged_is_lost(home: Path, key: RegisterKey) -> None:
    if key:
        move(home / "register.db", IN_THE_CLEAR, key, lambda path: None)
    done = run(KILLER, str(home), str(KILLS), str(CHECKED_EVERY), key.raw.hex())
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert len(told["said"]) > KILLS // 3, "the writers wrote"
    kept = numbers_in(home, key)
    for line in told["said"]:
        what, number = line.split()
        assert number in kept[what], line
    assert faults_in(home, key) == []
    desk = Desk.open(home, FixedClock(DAY), key=key)
    assert not [
        note for note in desk.upkeep.check() if note.fault and note.code != "keys_missing"
    ]  # the key of this test is nobody's
    desk.close()


def test_the_power_goes_and_the_end_of_the_log_is_torn(home: Path, tmp_path: Path) -> None:
    """Any prefix of the log, with rubbish after it, opens as a register that holds a prefix of what was done."""
    desk = Desk.open(home, FixedClock(DAY))
    desk._store.query("PRAGMA wal_autocheckpoint=0")
    from tests.conftest import issue_granted, register

    for n in range(3):
        issue_granted(desk, applicant=f"张{n}")
        register(desk)
    whole, log = (home / "register.db").read_bytes(), (home / "register.db-wal").read_bytes()
    chance = random.Random(7)
    held = set()
    for n in range(60):
        torn = tmp_path / f"torn{n}"
        torn.mkdir()
        (torn / "register.db").write_bytes(whole)
        cut = chance.randrange(len(log))
        (torn / "register.db-wal").write_bytes(log[:cut] + chance.randbytes(chance.choice((0, 512, 5000))))
        assert faults_in(torn) == []
        held.add(len(numbers_in(torn)["case"]))
        shutil.rmtree(torn)
    assert len(held) > 3
    desk.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.errors import DeskError
from tests.conftest import DAY, register
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk.open(Path(sys.argv[1]), FixedClock(DAY))
register(desk)
most = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for _ in range(3000):
    try:
        print(register(desk).case_no, flush=True)
    except DeskError as error:
        print(error, file=sys.stderr)
        break
"""


@pytest.mark.parametrize("most", [150_000, 400_000, 1_000_000])
@pytest.mark.each(3)
def test_a_full_disk_refuses_in_words_and_keeps_what_was_there(home: Path, most: int) -> None:
    done = run(FULL, str(home), str(most))
    assert "磁盘满了或者写不进去" in done.stderr
    assert "以前存的都在" in done.stderr
    assert set(done.stdout.split()) < numbers_in(home)["case"]
    assert faults_in(home) == []
    desk = Desk.open(home, FixedClock(DAY))
    from tests.conftest import register

    register(desk)  # with room again the work goes on
    desk.close()


def test_a_full_disk_of_its_own(home: Path, tmp_path: Path) -> None:
    """A file system of two megabytes, where the machine lets us make one."""
    mount = tmp_path / "small"
    mount.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)], capture_output=True, check=False
    )
    if made.returncode:
        assert os.geteuid() != 0 or b"ermission" in made.stderr or b"permitted" in made.stderr, made.stderr
        return  # the same is tested above by the limit on the size of files
    try:
        shutil.copytree(home, mount / "home")
        done = run(FULL, str(mount / "home"), str(1 << 40))
        assert "磁盘满了" in done.stderr
        assert set(done.stdout.split()) < numbers_in(mount / "home")["case"]
        assert faults_in(mount / "home") == []
    finally:
        subprocess.run(["umount", str(mount)], check=True)


READ_ONLY = """
import os, sys
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.errors import DeskError
from deskapp.register import events as ev
from deskapp.register.journal import Journal
from deskapp.register.opening import create_store, open_store
from tests.conftest import DAY
home = Path(sys.argv[1])

def register(store):
    journal = Journal(store, FixedClock(DAY))
    with store.write():
        number = journal.numbers.next_case_no("LH", 2026)
        facts = dict(case_no=number, channel="in_person", applicant="张三", applicant_class="natural_person", content="预算")
        journal.append(journal.new_id(), [ev.Received(on=DAY, **facts)])
    print(number, flush=True)

def attempt(act):
    try:
        act()
    except DeskError as error:
        print(error, file=sys.stderr)

warm = create_store(Path(sys.argv[2]))
journal = Journal(warm, FixedClock(DAY))
register(warm); warm.close()  # everything is read and imported by now
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
print("--", flush=True)
store = open_store(home / "register.db")
register(store)
for path in home.iterdir():
    path.chmod(0o400)
home.chmod(0o500)
attempt(lambda: register(store))
store.close()
attempt(lambda: register(open_store(home / "register.db")))
"""


def test_a_file_made_read_only_in_mid_work(home: Path) -> None:
    """What is open stays writable until it is closed; then every write is refused in words. Nothing is half there."""
    if os.geteuid() == 0:  # the superuser would not be stopped: the work is done by nobody
        for folder in (home, *home.parents):
            if str(folder).startswith("/tmp"):
                folder.chmod(folder.stat().st_mode | 0o055)
        for path in (home, *home.iterdir()):
            os.chown(path, 65534, 65534)
    done = run(READ_ONLY, str(home), str(home.parent / "warm/register.db"))
    assert done.returncode == 0, done.stderr
    assert "只读" in done.stderr or "打不开登记簿" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    for path in (home, *home.iterdir()):
        path.chmod(0o700)
    assert set(done.stdout.partition("--")[2].split()) == numbers_in(home)["case"]
    assert faults_in(home) == []


def test_a_form_half_filled_survives_the_kill(home: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from deskapp.desk import Desk; from deskapp.clock import FixedClock\n"
        "from tests.conftest import DAY, application\n"
        "desk = Desk.open(Path(sys.argv[1]), FixedClock(DAY))\n"
        "desk.drafts.keep('intake', application(applicant='半个名').model_dump()); os.kill(os.getpid(), 9)\n"
    )
    assert run(code, str(home)).returncode == -9
    desk = Desk.open(home, FixedClock(DAY))
    assert desk.drafts.get("intake")["applicant"] == "半个名"
    desk.close()


def test_a_refusal_names_no_half_step(home: Path) -> None:
    desk = Desk.open(home, FixedClock(DAY))
    desk._store.query("PRAGMA query_only=1")
    from tests.conftest import register

    with pytest.raises(DeskError, match="只读"):
        register(desk)
    desk.close()
    assert numbers_in(home)["case"] == set()
