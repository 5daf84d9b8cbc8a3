"""Each command begun as a user begins it, in a process that reads no more of the program than it needs."""

from __future__ import annotations

import pytest

from deskapp.cli.program import MODULES
from tests.cli.conftest import FACTS, TODAY, Shell, file

EACH: dict[str, tuple[int, str]] = {  # how it ends on a desk without cases, and its words
    "due": (0, "e.json"),
    "fee": (0, "--items 41"),
    "letters": (0, ""),
    "letter": (0, "granted --example -o a.pdf"),
    "init": (0, "UNIT.toml --at other"),
    "demo": (0, ""),
    "today": (0, ""),
    "search": (0, "张"),
    "show": (1, "LH-2026-0001"),
    "alike": (1, "LH-2026-0001"),
    "acts": (1, "LH-2026-0001"),
    "note": (1, "LH-2026-0001 a.json"),
    "register": (0, "a.json"),
    "issue": (1, "LH-2026-0001 granted a.json"),
    "serve": (1, "LH-2026-0001 柳政依复〔2026〕1号 --way 当面送达 --on 2026-11-20"),
    "attach": (1, "LH-2026-0001 a.pdf"),
    "papers": (1, "LH-2026-0001"),
    "archive": (0, "2026"),
    "scans": (0, "预算"),
    "erase": (1, "LH-2026-0001 --second 甲 --why 乙"),
    "folder": (1, "LH-2026-0001 -o a.pdf"),
    "redact": (1, "none.pdf"),
    "import": (0, "ledger.csv"),
    "entered": (1, "LH-2026-0001"),
    "export": (0, "ledger a.csv"),
    "report": (0, "2026"),
    "catalogue": (0, "import list.csv"),
    "daybook": (0, ""),
    "pointlog": (0, ""),
    "questions": (0, "export q.csv"),
    "satisfaction": (0, ""),
    "read": (1, ""),
    "handouts": (0, "print card -o a.pdf"),
    "check": (0, ""),
    "seal": (0, ""),
    "calendar": (0, ""),
    "backup": (0, "b.db"),
    "restore": (1, "none.db --to new"),
    "encrypt": (1, "--name 张三"),
    "decrypt": (1, ""),
    "keys": (0, ""),
    "recovery": (1, "-o sheets"),
    "recover": (1, ""),
    "wordings": (1, "give -o a.wordings"),
    "bundle": (0, "-o a"),
    "enroll": (0, "-o a.card"),
    "receive": (1, "none"),
    "tasks": (0, ""),
    "law": (0, ""),
    "transfer": (1, "LH-2026-0001 --to 青山县自然资源局 -o ."),
    "people": (0, "--add 周小雨 --may-sign"),
    "county": (1, "status"),
}


def test_none_is_left_out() -> None:
    assert set(EACH) == set(MODULES)


@pytest.mark.parametrize("command", EACH)
@pytest.mark.each(8)
def test_it_begins_by_itself_and_ends_as_it_should(unit: Shell, command: str) -> None:
    file(unit, "a.json", FACTS)
    file(unit, "e.json", [{"on": "2022-09-30", "act": "received"}])
    (unit.folder / "ledger.csv").write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2026-10-12,当面,欧阳修远,自然人,预算\n", encoding="utf-8"
    )
    (unit.folder / "list.csv").write_text("索引号,名称\nL1,预算\n", encoding="utf-8")
    expect, words = EACH[command]
    Shell(unit.folder)(*TODAY, command, *words.split(), expect=expect)
