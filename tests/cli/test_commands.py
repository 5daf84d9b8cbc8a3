"""The headless commands as others rely on them: keys, exit codes, nothing but JSON on stdout, reasons in Chinese."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from tests.cli.conftest import FACTS, TODAY, Shell, file, toml
from tests.conftest import DATA
from tests.law.test_calendar_file import INVENTED
from tests.letters.conftest import KINDS


def test_due(shell: Shell) -> None:
    (shell.folder / "e.json").write_text('{"events": [{"on": "2022-09-30", "act": "received"}]}')
    answer = shell.json("due", "e.json", *TODAY)
    assert list(answer) == [
        "status", "due_on", "safe_on", "provisional", "in_time", "working_days_left", "days", "findings", "rounds",
    ]  # fmt: skip
    assert (answer["due_on"], answer["safe_on"], answer["provisional"]) == ("2022-11-02", "2022-11-01", False)
    assert answer["days"][8] == {"date": "2022-10-08", "kind": "makeup", "n": 1}
    text = shell("due", "e.json", "--working").stdout
    assert "2022-10-08  六   班      1" in text
    assert "收到申请（条例第三十一条）" in text


@pytest.mark.parametrize(
    "content", ["", "[", '{"events": []}', '{"events": [{"on": "x", "act": "received"}]}', "[1]"]
)
def test_due_refuses_bad_files(shell: Shell, content: str) -> None:
    (shell.folder / "e.json").write_text(content)
    assert shell("due", "e.json", expect=1).stdout == ""


def test_seal_and_what_is_checked_against_it(unit: Shell) -> None:
    assert unit.json("seal", *TODAY) == {"seq": 0, "head": ""}
    unit("register", file(unit, "a.json", FACTS), "--today", "2026-10-12")
    sealed = unit.json("seal", *TODAY)
    assert (sealed["seq"], len(sealed["head"])) == (1, 64)
    whole = f"{sealed['seq']}:{sealed['head']}"
    assert whole in unit("seal", *TODAY).stdout
    for signs in (whole, whole[:10], whole[:10].replace(":", "-")):
        unit("check", "--against", signs, *TODAY)
    other = "0" if whole[-1] != "0" else "1"
    for signs in (whole[:-1] + other, "2" + whole[1:], f"{whole}0"):
        unit("check", "--against", signs, *TODAY, expect=1)


def test_fee(shell: Shell) -> None:
    assert shell.json("fee", "--items", "41") == {
        "fee_yuan": 4300,
        "working": [
            "第1—10件：0元/件 × 10 = 0元", "第11—30件：100元/件 × 20 = 2000元",
            "第31—40件：200元/件 × 10 = 2000元", "第41—41件：300元/件 × 1 = 300元",
        ],
    }  # fmt: skip
    assert shell.json("fee", "--pages", "31")["fee_yuan"] == 10
    shell("fee", expect=2)
    shell("fee", "--items", "1", "--pages", "1", expect=2)
    shell("fee", "--items", "-1", expect=2)


def test_letters(shell: Shell) -> None:
    listed = shell.json("letters")
    assert [item["kind"] for item in listed] == list(KINDS)
    assert all(set(item) == {"kind", "title", "articles", "use_when", "not_when", "row"} for item in listed)
    assert {item["kind"]: item["row"] for item in listed}["not_our_agency"] == "not_held"


@pytest.mark.parametrize("kind", ["receipt", "partial", "third_party_consultation", "review_sheet", "envelope"])
def test_letter(shell: Shell, kind: str) -> None:
    shell("letter", kind, "--example", "-o", "a.pdf")
    facts = shell("letter", kind, "--facts").stdout
    (shell.folder / "facts.json").write_text(facts, encoding="utf-8")
    shell("letter", kind, "facts.json", "-o", "b.pdf", *TODAY)
    assert (shell.folder / "a.pdf").read_bytes() == (shell.folder / "b.pdf").read_bytes()
    shell("letter", kind, "facts.json", "--check", *TODAY)


def test_a_letter_in_other_forms(shell: Shell) -> None:
    done = shell.json("letter", "correction_notice", "--example", "-o", "a.docx")
    assert (shell.folder / "a.docx").read_bytes()[:2] == b"PK"
    assert done["file"].endswith("a.docx")
    shell("letter", "correction_notice", "--example", "-o", "a.ofd")
    shell("letter", "correction_notice", "--example", "-o", "a.pdf", "--draft", "b.docx", "--ofd", "b.ofd")
    assert (shell.folder / "a.ofd").read_bytes() == (shell.folder / "b.ofd").read_bytes()
    assert (shell.folder / "a.pdf").read_bytes()[:5] == b"%PDF-"
    assert shell.json("letter", "correction_notice", "--example", "--proposals", "b.docx") == {"proposals": []}
    facts = json.loads(shell("letter", "correction_notice", "--facts").stdout)
    facts["respond_by"] = "2026-12-20"
    (shell.folder / "f.json").write_text(json.dumps(facts), encoding="utf-8")
    (change,) = shell.json("letter", "correction_notice", "f.json", "--proposals", "b.docx", *TODAY)["proposals"]
    assert change["passage"] == "", "what a fact says is no free passage"
    shell("letter", "correction_notice", "--example", "--proposals", "a.pdf", expect=1)


def test_a_bad_letter_is_refused_and_not_written(shell: Shell) -> None:
    facts = json.loads(shell("letter", "not_held", "--facts").stdout)
    facts["search_process"] = ""
    (shell.folder / "f.json").write_text(json.dumps(facts), encoding="utf-8")
    done = shell("letter", "not_held", "f.json", "-o", "a.pdf", *TODAY, expect=1)
    assert "必须改正：检索的经过" in done.stderr
    assert not (shell.folder / "a.pdf").exists()
    assert "没有“nonsense”这种文书" in shell("letter", "nonsense", "--example", "-o", "a.pdf", expect=1).stderr
    shell("letter", "granted", "-o", "a.pdf", expect=2)
    shell("letter", "granted", "none.json", "-o", "a.pdf", expect=1)


def test_init_makes_a_desk_once(unit: Shell) -> None:
    assert "已经有登记簿" in unit("init", "UNIT.toml", expect=1).stderr


@pytest.mark.parametrize("change", [{"fax": "1"}, {"kind": "village"}, {"name": ""}, {"site_code": "lh1"}])
def test_init_refuses_bad_units_and_leaves_no_trace(shell: Shell, change: dict[str, str]) -> None:
    (shell.folder / "UNIT.toml").write_text(toml(**change), encoding="utf-8")
    done = shell("init", "UNIT.toml", expect=1)
    assert next(iter(change)) in done.stderr
    assert not shell.home.exists()


def test_an_empty_desk(unit: Shell) -> None:
    board = unit.json("today", *TODAY)
    assert list(board) == [
        "overdue", "due_today", "due_soon", "correction_window", "waiting", "to_serve", "to_archive", "banners",
    ]  # fmt: skip
    assert unit.json("search", "张") == []
    assert "没有登记号" in unit("show", "LH-2026-0001", expect=1).stderr


def test_import_then_today_search_show_report(unit: Shell) -> None:
    lines = [
        "收到日期,收到方式,申请人,申请人类别,申请内容,答复类型,答复日期",
        "2026-10-12,当面,欧阳修远,自然人,预算,,",
        "2026-09-01,网络,宏远公司,商业企业,台账,3.属于国家秘密,2026-09-10",
    ]
    (unit.folder / "l.csv").write_text("\n".join(lines), encoding="utf-8")
    assert unit.json("import", "l.csv", "--dry-run", *TODAY)["taken"] == 0
    assert unit.json("import", "l.csv", *TODAY)["taken"] == 2
    board = unit.json("today", *TODAY)
    assert board["overdue"][0] == {
        "case_no": "LH-2026-0001", "applicant": "欧阳修远", "content": "预算", "due_on": "2026-11-09",
        "safe_on": "2026-11-06", "next_act": "立即作出答复",
    }  # fmt: skip
    found = unit.json("search", "oyxy", *TODAY)
    assert list(found[0]) == ["case_no", "applicant", "content", "received_on", "status", "due_on"]
    shown = unit.json("show", "LH-2026-0001", *TODAY)
    assert (shown["clock"]["due_on"], shown["facts"]["applicant"]) == ("2026-11-09", "欧阳修远")
    unit("show", "LH-2026-0001", "--sheet", "期限.pdf", *TODAY)
    assert (unit.folder / "期限.pdf").read_bytes().startswith(b"%PDF")
    assert "不能写" in unit("show", "LH-2026-0001", "--sheet", "没有的/期限.pdf", *TODAY, expect=1).stderr
    report = unit.json("report", "2026", *TODAY)
    assert list(report) == ["year", "format", "columns", "table3", "table4", "narrative", "checks", "freezings"]
    assert [row["case_no"] for row in board["to_serve"]] == ["LH-2026-0002"]
    rows = {row["key"]: row["values"] for row in report["table3"]}
    assert rows["state_secret"] == [0, 1, 0, 0, 0, 0, 1]
    assert rows["carried_out"] == [1, 0, 0, 0, 0, 0, 1]
    unit("report", "2026", "-o", "r.xlsx", *TODAY)
    assert (unit.folder / "r.xlsx").stat().st_size > 1000
    unit("report", "2018", expect=1)


def test_a_bad_ledger_is_refused_cell_by_cell(unit: Shell) -> None:
    (unit.folder / "l.csv").write_text(
        "收到日期,收到方式,申请人,申请人类别,申请内容\n2026-10-12,飞鸽,张三,公民,预算\n"
    )
    done = unit("import", "l.csv", *TODAY, expect=1)
    assert "第2行【收到方式】是【飞鸽】" in done.stderr
    assert "第2行【申请人类别】是【公民】" in done.stderr
    assert unit.json("search", "张三") == []


def test_check_backup_restore(unit: Shell) -> None:
    answer = unit.json("check", *TODAY)
    assert answer["ok"] is True
    assert all(set(f) == {"code", "message", "what_to_do"} for f in answer["findings"])
    unit("backup", "b.db")
    unit("backup", "b.db", expect=1)
    unit("restore", "b.db", "--to", "other")
    unit("restore", "b.db", "--to", "other", expect=1)
    unit("check", "--at", "other", *TODAY)


def test_a_damaged_register_fails_the_check(unit: Shell) -> None:
    register = unit.home / "register.db"
    register.write_bytes(b"nonsense" * 1000)
    for words in (("check",), ("today",), ("search", "x"), ("backup", "b.db")):
        assert "不是登记簿文件" in unit(*words, expect=1).stderr


def test_demo_without_a_terminal(shell: Shell) -> None:
    done = shell("demo", "--at", "practice", *TODAY)
    assert "已逾期" in done.stdout
    assert (shell.folder / "practice/文书/样张.pdf").read_bytes().startswith(b"%PDF")
    again = shell.json("demo", "--at", "practice", *TODAY)
    assert again["made"] == 0
    assert sum(len(again["board"][key]) for key in ("overdue", "due_today", "due_soon")) >= 6
    assert shell.json("check", "--at", "practice", *TODAY)["ok"]


def test_demo_never_touches_a_real_register(unit: Shell) -> None:
    assert "正式的登记簿" in unit("demo", "--at", str(unit.home), expect=1).stderr


@pytest.mark.parametrize(
    "words",
    [
        ("nosuch",),
        ("due",),
        ("fee", "--nosuch"),
        ("today", "--today", "x"),
        ("search",),
        ("restore", "x"),
        ("seal", "多余的", "词"),
    ],
)
def test_wrong_usage_is_exit_two(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words, expect=2)
    assert not re.search("[A-Z][a-z]+ [a-z]+", done.stderr), "no English sentence"


def test_the_desk_needs_a_terminal(unit: Shell) -> None:
    assert "不是终端" in unit(expect=1).stderr


def test_calendar_lists_the_years_tries_and_takes_a_new_one(unit: Shell) -> None:
    years = unit.json("calendar")["years"]
    assert [year["year"] for year in years] == list(range(2008, 2027))
    (unit.folder / "2027.toml").write_text(INVENTED, encoding="utf-8")
    tried = unit.json("calendar", "2027.toml", "--dry-run")
    assert (tried["name"], tried["taken"], tried["moves"]) == ("2027年放假安排", False, [])
    assert "没有看到清明" in tried["advice"][0]
    assert "已导入，今后都按它计算" in unit("calendar", "2027.toml").stdout
    assert unit.json("calendar")["years"][-1]["year"] == 2027
    unit("calendar", "none.toml", expect=1)


def test_a_cell_of_the_annual_table_lists_its_cases(unit: Shell) -> None:
    row = "2026-03-02,当面,李四,自然人,某村账目,予以公开,2026-03-20,当面,2026-03-21\n"
    head = "收到日期,收到方式,申请人,申请人类别,申请内容,答复类型,答复日期,送达方式,送达日期\n"
    (unit.folder / "a.csv").write_text(head + row + row.replace("自然人", "商业企业"), encoding="utf-8")
    unit("import", "a.csv", *TODAY)
    assert unit.json("report", "2026", "--cell", "granted") == {
        "row": "granted", "column": "总计", "cases": ["LH-2026-0001", "LH-2026-0002"],
    }  # fmt: skip
    assert unit.json("report", "2026", "--cell", "granted:商业企业")["cases"] == ["LH-2026-0002"]
    assert "没有【granned】这一行" in unit("report", "2026", "--cell", "granned", expect=1).stderr


def test_a_written_report_is_verified_without_a_register(shell: Shell) -> None:
    raw = json.loads((DATA / "annual_report_suqian_2023.json").read_text(encoding="utf-8"))
    (shell.folder / "good.json").write_text(json.dumps(raw), encoding="utf-8")
    raw["period"] = ["2023-01-01", "2022-12-31"]
    (shell.folder / "bad.json").write_text(json.dumps(raw), encoding="utf-8")
    assert all(check["ok"] for check in shell.json("report", "2023", "--verify", "good.json")["checks"])
    assert "截止日早于起始日" in shell("report", "2023", "--verify", "bad.json", expect=1).stderr
    shell("report", "2023", "--verify", "good.json", "--cell", "granted", expect=2)


def test_an_older_register_says_that_it_was_brought_up_to_this_version_once(shell: Shell) -> None:
    shell.home.mkdir()
    shutil.copyfile(DATA / "registers/0003.db", shell.home / "register.db")
    said = shell("today", *TODAY).stderr
    (copy,) = shell.home.glob("register-升级前-*.db")
    assert f"登记簿是以前版本的，已经升级，内容没有变；升级以前的那一份留在旁边：{copy.name}。" in said
    assert "已经升级" not in shell("today", *TODAY).stderr


def test_a_restore_says_what_came_back_and_fails_where_something_did_not(unit: Shell) -> None:
    (unit.folder / "l.csv").write_text("名称,索引号\n甲,1\n", encoding="utf-8-sig")
    unit("catalogue", "import", "l.csv", *TODAY)
    (unit.folder / "usb").mkdir()
    made = unit.json("backup", "usb", *TODAY)
    assert (made["beside"]["entries"], made["wrong"], made["left_out"]) == (1, "", [])
    done = unit.json("restore", made["file"], "--to", "r1", *TODAY)
    assert (done["beside"]["backup"]["entries"], done["beside"]["restored"]["entries"]) == (1, 1)
    (unit.folder / "usb" / made["beside_file"]).unlink()
    lost = unit("restore", made["file"], "--to", "r2", *TODAY, expect=1)
    assert "登记簿和备份一致。公开目录和文件没有回来。" in lost.stdout
    assert "旁边的没有全部回来：备份旁边没有" in lost.stderr


def test_a_calendar_with_less_wants_a_flag(unit: Shell) -> None:
    (unit.folder / "bad.csv").write_text("日期,安排,节日\n2026-01-01,放假,元旦\n", encoding="utf-8")
    words = ("calendar", "bad.csv", "--title", "X", "--number", "Y", *TODAY)
    assert "比现在用的少了" in unit(*words, "--dry-run").stdout
    assert unit.json(*words, "--dry-run")["lost"]
    assert "--fewer" in unit(*words, expect=1).stderr
    assert "代替了原有的安排" in unit(*words, "--fewer").stdout
