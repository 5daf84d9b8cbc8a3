"""Files in and out by command: ledgers, the platform, reports, backups; every refusal leaves no trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reading.point_log import PointDraft
from tests.cli.conftest import TODAY, Shell
from tests.conftest import DAY

LEDGER = (
    "收到日期,收到方式,申请人,申请人类别,联系电话,申请内容,答复类型,答复日期\n"
    "2026-10-12,当面,张三,自然人,13905550123,柳河镇2025年农村土地承包台账,予以公开,2026-10-20\n"
    "2026-10-13,网络,章珊,自然人,,柳河镇2024年农村土地承包台账,3.属于国家秘密,2026-10-21\n"
    "2026-11-02,当面,张三,自然人,13905550123,桥头村低保名单,,\n"
)


@pytest.fixture
def filled(unit: Shell) -> Shell:
    (unit.folder / "in.csv").write_text(LEDGER, encoding="utf-8")
    unit("import", "in.csv", *TODAY)
    return unit


def names(shell: Shell) -> set[str]:
    return {path.name for path in shell.folder.iterdir()}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.long
def test_a_ledger_goes_out_and_comes_in_as_the_same(filled: Shell, ending: str) -> None:
    out = filled.json("export", "ledger", f"a.{ending}", *TODAY)
    assert out == {"file": f"a.{ending}", "cases": 3, "warnings": []}
    other = Shell(filled.folder / "other")
    other.folder.mkdir()
    other("init", str(filled.folder / "UNIT.toml"), *TODAY)
    other("import", str(filled.folder / f"a.{ending}"), *TODAY)
    other("export", "ledger", f"b.{ending}", *TODAY)
    assert (filled.folder / f"a.{ending}").read_bytes() == (other.folder / f"b.{ending}").read_bytes()
    assert filled.json("export", "ledger", "y.csv", "--year", "2025", *TODAY)["cases"] == 0


def test_exports_that_cannot_be(filled: Shell) -> None:
    before = names(filled)
    assert "已经存在" in filled("export", "ledger", "in.csv", expect=1).stderr
    assert "xlsx 或者 .csv" in filled("export", "ledger", "a.doc", expect=1).stderr
    filled("export", "platform", "a.xlsx", "--year", "2026", expect=2)
    filled("export", "nothing", "a.xlsx", expect=2)
    assert names(filled) == before


def test_the_platform_list_and_its_clearing(filled: Shell) -> None:
    assert filled.json("export", "platform", "p.xlsx", *TODAY)["cases"] == 3
    assert filled.json("entered", "LH-2026-0001", "LH-2026-0002", *TODAY) == {"entered": 2}
    assert filled.json("export", "platform", "q.xlsx", *TODAY)["cases"] == 1
    assert "已经记过" in filled("entered", "LH-2026-0003", "LH-2026-0001", *TODAY, expect=1).stderr
    assert filled.json("entered", "LH-2026-0003", "--no", "P-3", *TODAY) == {"entered": 1}
    filled("entered", expect=2)
    filled("entered", "a", "b", "--no", "x", expect=2)
    assert "没有找到文件" in filled("entered", "--file", "no.xlsx", expect=1).stderr


def test_alike(filled: Shell) -> None:
    found = filled.json("alike", "LH-2026-0003", *TODAY)
    assert list(found) == ["in_month", "in_year", "same_person", "similar", "advice"]
    assert [(item["case_no"], item["why"]) for item in found["same_person"]] == [
        ("LH-2026-0001", "姓名和电话相同"), ("LH-2026-0002", "姓名同音"),
    ]  # fmt: skip
    similar = filled.json("alike", "LH-2026-0001", *TODAY)["similar"]
    assert [(item["case_no"], item["category"]) for item in similar] == [("LH-2026-0002", "state_secret")]
    assert "属于国家秘密" in filled("alike", "LH-2026-0001", *TODAY).stdout
    assert "没有登记号" in filled("alike", "x", expect=1).stderr


def test_reports_in_every_format(filled: Shell) -> None:
    for ending in ("xlsx", "docx", "pdf"):
        filled("report", "2026", "-o", f"r.{ending}", *TODAY)
        assert (filled.folder / f"r.{ending}").stat().st_size > 3000
        assert "已经存在" in filled("report", "2026", "-o", f"r.{ending}", *TODAY, expect=1).stderr
    assert "不能存成" in filled("report", "2026", "-o", "r.odt", *TODAY, expect=1).stderr
    text = filled("report", "2026", *TODAY).stdout
    assert "收办（新收加结转）：3件" in text
    assert "相符　e. 上年【四】＝本年【二】" in text


def test_a_year_is_frozen_by_command(filled: Shell) -> None:
    assert "还没有过完" in filled("report", "2026", "--freeze", *TODAY, expect=1).stderr
    later = ("--today", "2027-01-11")
    checks = filled.json("report", "2026", "--freeze", *later)["checks"]
    assert checks[-1]["name"].startswith("h.")
    (filled.folder / "late.csv").write_text(LEDGER, encoding="utf-8")
    filled("import", "late.csv", "--again", *later)
    said = filled("report", "2026", *later, expect=1).stderr
    assert "h. 登记簿＝冻结的年报不成立" in said
    assert "自然人：冻结时3，现在6" in said
    filled("report", "2026", "--freeze", "--cell", "new", expect=2)


@pytest.mark.long
def test_a_backup_under_a_password(filled: Shell) -> None:
    (filled.folder / "word").write_text("柳河镇的备份密码\n", encoding="utf-8")
    (filled.folder / "wrong").write_text("柳河镇的备份口令\n", encoding="utf-8")
    (filled.folder / "stick").mkdir()
    made = filled.json("backup", "stick", "--password-file", "word", *TODAY)
    assert made["locked"]
    assert made["cases"] == 3
    path = str(Path(made["file"]))
    assert path.endswith(".age")
    assert "加了密码" in filled("restore", path, "--to", "new", expect=1).stderr
    assert "密码不对" in filled("restore", path, "--to", "new", "--password-file", "wrong", expect=1).stderr
    assert not (filled.folder / "new").exists()
    done = filled.json("restore", path, "--to", "new", "--password-file", "word")
    assert done["backup"] == done["restored"]
    assert done["restored"]["cases"] == 3
    text = filled("restore", path, "--to", "new2", "--password-file", "word").stdout
    assert "备份" in text
    assert "恢复后" in text
    (filled.folder / "empty").write_text("", encoding="utf-8")
    assert "第一行是空的" in filled("backup", "stick", "--password-file", "empty", expect=1).stderr
    assert "读不出来" in filled("backup", "stick", "--password-file", "none", expect=1).stderr


def test_damage_is_told_with_the_backup_that_holds_it(filled: Shell) -> None:
    import sqlite3

    filled("backup", "good.db", *TODAY)
    tool = sqlite3.connect(filled.home / "register.db")
    tool.execute("DROP TRIGGER events_no_update")
    tool.execute("UPDATE events SET body = replace(body, '低保', '低堡')")
    tool.commit()
    tool.close()
    said = filled("check", *TODAY, expect=1).stderr
    assert "LH-2026-0003" in said
    assert "good.db" in said


def test_hits_beyond_the_limit_are_spoken_of(unit: Shell) -> None:
    lines = [
        "收到日期,收到方式,申请人,申请人类别,申请内容",
        *(f"2026-11-02,当面,张三,自然人,预算{n}" for n in range(52)),
    ]
    (unit.folder / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    unit("import", "a.csv")
    done = unit("search", "张三")
    assert (len(done.stdout.splitlines()), "只列出前50条，还有更多" in done.stderr) == (50, True)
    document = unit("search", "张三", "--limit", "51", "--json")
    assert (len(json.loads(document.stdout)), "只列出前51条" in document.stderr) == (51, True)
    assert unit("search", "张三", "--limit", "52").stderr == ""
    (unit.folder / "b.csv").write_text("名称\n" + "\n".join(f"公示{n}" for n in range(3)), encoding="utf-8")
    unit("catalogue", "import", "b.csv")
    assert "还有更多" in unit("catalogue", "search", "公示", "--limit", "2").stderr
    assert unit("catalogue", "search", "公示").stderr == ""


def test_a_restore_needs_a_folder(unit: Shell) -> None:
    unit("backup", "b.db")
    (unit.folder / "file").write_text("mine")
    (unit.folder / "link").symlink_to(unit.folder / "nowhere")
    for name in ("file", "link"):
        assert f"{name} 不是文件夹" in unit("restore", "b.db", "--to", name, expect=1).stderr
    assert (unit.folder / "file").read_text() == "mine"
    assert not (unit.folder / "nowhere").exists()


def test_questions_come_in_and_go_out(unit: Shell) -> None:
    lines = "咨询问题,答复口径,审核人,更新时间\n几点下班,五点半,周敏,2026-11-01\n多久答复,,,\n"
    (unit.folder / "q.csv").write_text(lines, encoding="utf-8")
    refused = unit("questions", "import", "q.csv", *TODAY, expect=1)
    assert "第3行【回答】是【】：必须填写。" in refused.stderr
    assert "一条也没有导入" in refused.stderr
    taken = unit.json("questions", "import", "q.csv", "--good-only", *TODAY)
    assert {key: taken[key] for key in ("rows", "new", "kept")} == {"rows": 2, "new": 1, "kept": True}
    assert taken["bad"] == [{"row": 3, "column": "回答", "value": "", "right": "必须填写"}]
    given = unit.json("questions", "export", "out.xlsx", *TODAY)
    assert given == {"file": "out.xlsx", "count": 1}
    looked = unit("questions", "import", "out.xlsx", "--update", "--dry-run", *TODAY)
    assert "检查过，没有写入：共1条，新添0条，更新0条，没有变的1条。" in looked.stdout


def test_the_log_of_the_point_is_listed_and_a_year_written(unit: Shell) -> None:
    desk = Desk.open(unit.home, FixedClock(DAY))
    texts = {
        "kind": "inspection",
        "title": "看材料",
        "people": "2",
        "opinions": "1",
        "mend": "补公报",
        "mend_by": "党政办",
    }
    desk.point_log.enter(PointDraft(**texts, on="2026-10-10", mend_until="2026-10-31"))
    desk.point_log.enter(PointDraft(kind="training", title="学条例", people="9", on="2025-03-01"))
    desk.close()
    shown = unit("pointlog", *TODAY).stdout
    assert "全年接受监督员检查1次，来了2人次，指出1条，要改的1件，已改好0件。" in shown
    assert "还没有改好的（1件）" in shown
    assert "2026-10-10  监督员检查  看材料" in shown
    listed = unit.json("pointlog", *TODAY)
    assert list(listed) == ["year", "notes", "open", "sentences"]
    (note,) = listed["notes"]
    assert (note["title"], note["numbers"]) == ("看材料", {"people": 2, "opinions": 1})
    assert listed["open"] == [
        {"on": "2026-10-10", "mend": "补公报", "mend_by": "党政办", "mend_until": "2026-10-31", "late": True}
    ]
    assert unit.json("pointlog", "--year", "2025", *TODAY)["notes"][0]["numbers"] == {"people": 9}
    assert "2024年还没有工作记事。" in unit("pointlog", "--year", "2024", *TODAY).stdout
    for command in ("pointlog", "daybook", "satisfaction"):
        assert f"已存成：{command}.xlsx" in unit(command, "-o", f"{command}.xlsx", *TODAY).stdout
        assert (unit.folder / f"{command}.xlsx").is_file()
        assert "已经存在" in unit(command, "-o", f"{command}.xlsx", *TODAY, expect=1).stderr
