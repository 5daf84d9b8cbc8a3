"""A half-filled form belongs to the desk that typed it; what a desk left that is gone goes to the next one, once, and is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.register.presence import LATELY_S, SUFFIX, this_host
from tests.conftest import DAY, register

CLOCK = FixedClock(DAY)
# Another program on the same folder: it keeps forms, and ends as it is told.
OTHER = """
import json, os, sys
from pathlib import Path
from deskapp.clock import FixedClock
from deskapp.desk import Desk
from tests.conftest import DAY
desk = Desk.open(Path(sys.argv[1]), FixedClock(DAY))
for line in sys.stdin:
    what, key, text = (line.rstrip("\\n").split(" ") + ["", ""])[:3]
    if what == "keep":
        desk.drafts.keep(key, {"applicant": text})
    elif what == "get":
        print(json.dumps(desk.drafts.get(key)), flush=True)
    elif what == "close":
        desk.close()
    print("done", flush=True)
"""


class Other:
    """Another program on a data directory."""

    def __init__(self, home: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def do(self, *words: str) -> list[str]:
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write(" ".join(words) + "\n")
        self._program.stdin.flush()
        said = []
        while (line := self._program.stdout.readline().strip()) != "done":
            assert line
            said.append(line)
        return said

    def kill(self) -> None:
        self._program.kill()
        self._program.communicate()


def test_two_programs_never_share_a_form(desk: Desk) -> None:
    other = Other(desk.home)
    other.do("keep", "intake", "张老汉")
    assert desk.drafts.get("intake") == {}
    assert desk.drafts.filled_elsewhere("intake")
    desk.drafts.keep("intake", {"applicant": "李四"})
    assert other.do("get", "intake") == ['{"applicant": "\\u5f20\\u8001\\u6c49"}']
    desk.drafts.drop("intake")
    assert other.do("get", "intake") == ['{"applicant": "\\u5f20\\u8001\\u6c49"}'], "only one's own is forgotten"
    other.kill()


@pytest.mark.parametrize("end", ["close", "kill"])
def test_what_a_desk_left_goes_to_the_next_once_and_it_is_said_whose(desk: Desk, end: str) -> None:
    other = Other(desk.home)
    other.do("keep", "intake", "张老汉")
    if end == "close":
        other.do("close")
    other.kill()
    assert not desk.drafts.filled_elsewhere("intake")
    third = Desk.open(desk.home, CLOCK)
    assert desk.drafts.get("intake") == {"applicant": "张老汉"}
    assert third.drafts.get("intake") == {}
    left = desk.drafts.left("intake")
    assert left
    assert left.words == "11月20日00:00在这台电脑上"
    assert desk.drafts.left("intake") is None
    assert desk.drafts.get("intake") == {"applicant": "张老汉"}
    third.close()


def test_of_several_that_were_left_the_newest_comes_first_and_none_is_lost(desk: Desk) -> None:
    for name in ("甲", "乙"):
        other = Other(desk.home)
        other.do("keep", "intake", name)
        other.kill()
        desk._store.execute("UPDATE drafts SET saved_at = saved_at || '1' WHERE body LIKE ?", [f"%{name}%"])
        assert desk.drafts.filled_elsewhere("intake") is False
    seen = []
    for _ in range(2):
        seen.append(desk.drafts.get("intake")["applicant"])
        desk.drafts.drop("intake")
    assert sorted(seen) == ["乙", "甲"]
    assert desk.drafts.get("intake") == {}


def test_a_form_of_an_older_version_goes_to_the_first_that_asks(desk: Desk) -> None:
    desk._journal.records.save_draft("intake", {"applicant": "半个"})
    assert desk.drafts.get("intake") == {"applicant": "半个"}
    assert desk._store.query("SELECT key FROM drafts WHERE key = 'intake'") == []
    left = desk.drafts.left("intake")
    assert left
    assert left.words == "11月20日00:00"


def test_registering_forgets_the_own_form_and_no_other(desk: Desk) -> None:
    other = Other(desk.home)
    other.do("keep", "intake", "张老汉")
    desk.drafts.keep("intake", {"applicant": "李四"})
    register(desk)
    other.kill()
    assert desk.drafts.get("intake") == {"applicant": "张老汉"}


def test_a_letter_that_another_desk_is_drafting_is_not_sent_by_this_one(desk: Desk) -> None:
    case = register(desk)
    other = Desk.open(desk.home, CLOCK)
    key = desk.reply.draft_key(case.case_id, "not_held")
    other.drafts.keep(key, {"search_process": "查了一半"})
    assert desk.reply.draft(case.case_id, "not_held")["search_process"] != "查了一半"
    other.close()
    assert desk.reply.draft(case.case_id, "not_held")["search_process"] == "查了一半"


def test_a_desk_of_another_machine_is_open_while_it_was_heard_of_lately(desk: Desk) -> None:
    owner = "PC-2~0123456789ab"
    desk._journal.records.save_draft(f"intake@{owner}", {"applicant": "别处"})
    window = desk.home / f".{owner}{SUFFIX}"
    window.touch()
    assert desk.drafts.get("intake") == {}
    long_ago = window.stat().st_mtime - LATELY_S - 1
    os.utime(window, (long_ago, long_ago))
    assert desk.drafts.get("intake") == {"applicant": "别处"}
    left = desk.drafts.left("intake")
    assert left
    assert left.words == "11月20日00:00在电脑 PC-2 上"


def test_what_desks_that_were_killed_left_in_the_folder_is_cleared_away(desk: Desk) -> None:
    other = Other(desk.home)
    other.do("keep", "intake", "甲")
    other.kill()
    assert len(list(desk.home.glob(f".*{SUFFIX}"))) == 1
    desk.drafts.keep("note", {"act": "x"})
    (window,) = desk.home.glob(f".*{SUFFIX}")
    assert this_host() in window.name
    assert window.stat().st_mode & 0o077 == 0
    desk.close()
    assert list(desk.home.glob(f".*{SUFFIX}")) == []


def test_what_is_no_form_is_the_same_for_all(desk: Desk) -> None:
    desk.drafts.remember("backup", {"folder": "/media/usb"})
    other = Desk.open(desk.home, CLOCK)
    assert other.drafts.remembered("backup") == {"folder": "/media/usb"}
    other.close()
