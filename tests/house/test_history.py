"""What a case did is asked of the entries that still count; its whole journal, with what was struck out, is only shown."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "deskapp"
READ = re.compile(r"\b(?:case|before|after)\.history\b")
SHOWN_WHOLE = {
    "cli/register.py",  # `show --json` gives the journal
    "county/writing.py",  # how many entries there are
    "desk/cases/acts.py",  # the entry that was made just now
    "desk/cases/papers_wanted.py",  # as above
    "desk/cases/next_step.py",  # erased: the last entry is the erasure
    "desk/office/erasing.py",  # as above
    "desk/cases/glance.py",  # the journal, struck entries marked so
    "desk/cases/intake.py",  # a splitting cannot be struck
    "desk/cases/paper.py",  # prints cannot be struck
    "desk/cases/redaction.py",  # every name that ever stood there is proposed
    "exchange/updating.py",  # counted there, with the places of the entries
    "screens/cases/letter.py",  # how many there are: whether another desk wrote meanwhile
    "screens/frame/form.py",  # as above
}


def test_the_whole_journal_is_read_only_where_it_is_shown() -> None:
    reads = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if path.parts[len(ROOT.parts)] != "register" and READ.search(path.read_text("utf-8"))
    }
    assert reads == SHOWN_WHOLE
