"""What is noted by hand went out on paper: who notes it before he wrote is told, and shown the way back; a kind made after one that moves
the clock promises nothing that nobody keeps."""

from __future__ import annotations

from datetime import date

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.errors import DeskError
from letters.catalogue import TEMPLATES, shipped
from tests.conftest import register
from tests.desk.test_letters import typed_as
from tests.desk.test_wordings import progress


@pytest.mark.parametrize(
    "act",
    [
        {"act": "extended", "working_days": "20", "approved_by": "王建国"},
        {"act": "fee_noticed"},
    ],
)
def test_a_notice_noted_by_hand_says_that_it_counts(desk: Desk, act: dict[str, str]) -> None:
    after = desk.acts.note(register(desk).case_id, act_draft(**act))
    assert "照纸上已经告知过的记的" in desk.acts.aside(after)
    assert "【划去误记】" in desk.acts.aside(after)


def test_who_noted_it_too_early_is_shown_the_way_back(desk: Desk, clock: FixedClock) -> None:
    case_id = register(desk).case_id
    due = desk.lookup.deadline(desk.lookup.case(case_id)).due_on
    desk.acts.note(case_id, act_draft("extended", working_days="20", approved_by="王建国"))
    typed = typed_as("extension_notice", desk, case_id)
    found = [
        each for each in desk.reply.preview(case_id, "extension_notice", typed).findings if each.code == "act_idle"
    ]
    assert "【划去误记】" in found[0].todo
    desk.acts.note(case_id, act_draft("struck", n="1", why="还没有写告知书"))
    assert desk.lookup.deadline(desk.lookup.case(case_id)).due_on == due
    desk.reply.issue(case_id, "extension_notice", typed_as("extension_notice", desk, case_id))


def speaks(kind: str) -> bool:
    """Whether a kind does something to the case and says a day or a period of it."""
    source = shipped().templates[kind]
    days = any(field.computed or field.last_day for field in source.fields.values())
    return bool(source.act) and (days or "periods." in source.source)


@pytest.mark.parametrize("kind", [kind for kind in shipped().templates if speaks(kind)])
def test_a_kind_of_ones_own_says_nothing_of_days_that_it_does_not_move(desk: Desk, kind: str) -> None:
    """条例 30, 33, 35: whoever gets it believes in a day that the register does not know."""
    typed = desk.wordings.first(kind, True) | {
        "title": "再次告知书",
        "use_when": "再告知一次。",
        "articles": "第三十三条",
    }
    with pytest.raises(DeskError, match=r"不改变登记簿里的期限|不能另加一种"):
        desk.wordings.save(kind, typed, sister=True)
    assert not list((desk.home / "templates").glob("own_*.md"))


def test_one_without_such_words_may_be_made(desk: Desk) -> None:
    assert "已保存" in desk.wordings.save("extension_notice", progress(desk), sister=True)


def test_one_that_was_made_before_is_not_issued(desk: Desk) -> None:
    source = shipped().templates["extension_notice"]
    own = desk.home / "templates" / "own_again.md"
    own.parent.mkdir(exist_ok=True)
    plain = (TEMPLATES / "extension_notice.md").read_text("utf-8")
    plain = plain.replace(
        'kind = "extension_notice"', f'kind = "own_again"\nbased_on = "extension_notice {source.version}"'
    )
    head, _, body = plain.partition("\n+++\n")
    head = "\n".join(line for line in head.splitlines() if not line.startswith(("act", "once")))
    own.write_text(f"{head}\n+++\n{body}", encoding="utf-8")
    case_id = register(desk).case_id
    typed = typed_as("extension_notice", desk, case_id)
    with pytest.raises(DeskError, match="不改变登记簿里的期限"):
        desk.reply.issue(case_id, "own_again", typed)
    assert desk.lookup.deadline(desk.lookup.case(case_id)).due_on == date(2026, 12, 18)
