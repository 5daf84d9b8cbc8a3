"""The catalogue: lists come in whole or not at all, nothing doubles, everything is found, damage is named."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.catalogue.entries import Entries
from deskapp.catalogue.entry import Entry
from deskapp.catalogue.lists import COLUMNS
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.sheets import write_lines
from deskapp.paths import CATALOGUE, TEXTS
from tests.conftest import register

DATA = Path(__file__).parent.parent / "data/catalogue"
ROAD = {
    "索引号": "LH001/2025-00012", "名称": "柳河镇2025年农村道路硬化项目招标公告", "文号": "柳政〔2025〕12号",
    "发布机构": "柳河镇人民政府", "公开日期": "2025-06-03", "主题分类": "重大建设项目", "有效性": "有效",
    "网址": "https://www.example.gov.cn/lh/2025/12.html", "馆藏位置": "查阅点2号柜3层",
}  # fmt: skip
BUDGET = {"名称": "柳河镇2026年部门预算", "公开日期": "2026年2月10日", "馆藏位置": "1号柜", "主题分类": "财政预决算"}


def table(folder: Path, *rows: dict[str, str], name: str = "目录.csv", columns: tuple[str, ...] = COLUMNS) -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    write_lines(path, "主动公开目录", [columns, *([row.get(column, "") for column in columns] for row in rows)])
    return path


@pytest.mark.parametrize("name", ["目录.csv", "目录.xlsx"])
def test_a_list_comes_in_and_is_found(desk: Desk, tmp_path: Path, name: str) -> None:
    done = desk.catalogue.take(table(tmp_path, ROAD, BUDGET, name=name))
    assert (done.rows, done.new, done.changed, done.same, done.bad) == (2, 2, 0, 0, ())
    for words in ("道路硬化", "硬化", "柳政〔2025〕12号", "LH001", "重大建设", "lhz2025", "招标 柳河"):
        assert [entry.name for _, entry in desk.catalogue.search(words)] == [ROAD["名称"]], words
    assert [entry.name for _, entry in desk.catalogue.search("柳河")] == [BUDGET["名称"], ROAD["名称"]], (
        "newest first"
    )
    assert desk.catalogue.search("没有的东西") == []
    assert desk.catalogue.search("！？") == []


def test_the_same_list_again_doubles_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD, BUDGET))
    done = desk.catalogue.take(
        table(tmp_path, {**ROAD, "有效性": "废止", "名称": "道路硬化招标公告（更正）"}, BUDGET)
    )
    assert (done.new, done.changed, done.same) == (0, 1, 1)
    assert desk.catalogue.count == 2
    assert desk.catalogue.search("农村道路") == [], "the old name is no longer found"
    assert desk.catalogue.search("更正")[0][1].validity == "废止"


@pytest.mark.parametrize(
    ("column", "value", "right"),
    [
        ("名称", "", "必须填写"),
        ("公开日期", "二月三十", "应当是日期"),
        ("公开日期", "2027-01-01", "还没有到"),
        ("有效性", "好用", "可以写：有效"),
        ("网址", "www.example.gov.cn", "http://"),
        ("网址", "javascript:alert(1)", "http://"),
        ("文号", "柳" * 201, "太长"),
        ("全文文件", "没有.pdf", "没有找到"),
        ("全文文件", "../../etc/passwd.txt", "没有找到"),
        ("全文文件", "a.exe", "pdf、txt、docx"),
        ("成文日期", "三月", "应当是日期"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_taken(
    desk: Desk, tmp_path: Path, column: str, value: str, right: str
) -> None:
    done = desk.catalogue.take(table(tmp_path, BUDGET, {**ROAD, column: value}))
    assert [(cell.line, cell.column) for cell in done.bad] == [(3, column)]
    assert right in done.bad[0].right
    assert (done.new, desk.catalogue.count) == (0, 0)


def test_lines_that_are_there_twice_are_named(desk: Desk, tmp_path: Path) -> None:
    done = desk.catalogue.take(table(tmp_path, ROAD, BUDGET, ROAD, BUDGET))
    assert [(cell.line, cell.column, cell.right) for cell in done.bad] == [
        (4, "索引号", "与第2行重复"),
        (5, "名称", "与第3行重复"),
    ]


def test_columns_by_other_names_and_unknown_ones(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("标题*,发布日期,链接,页数\n部门预算,2026/2/1,http://a.example/1,12\n", encoding="gb18030")
    done = desk.catalogue.take(path)
    assert done.new == 1
    assert any("页数" in warning for warning in done.warnings)
    with pytest.raises(DeskError, match="缺少列：名称"):
        desk.catalogue.take(table(tmp_path, columns=("文号",)))


def test_formulas_and_markup_stay_text(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, {"名称": "=HYPERLINK(预算)[/b]"}, name="目录.xlsx"))
    assert desk.catalogue.search("预算")[0][1].name == "=HYPERLINK(预算)[/b]"


def test_full_texts_are_kept_beside_and_their_words_found(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "全文.txt").write_bytes("第三条　桥头村的沥青路面厚度为六厘米。".encode("gb18030"))
    desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "全文.txt"}))
    entry = desk.catalogue.search("沥青")[0][1]
    assert "六厘米" in desk.catalogue.text(entry)
    kept = desk.catalogue.file(entry)
    assert kept is not None
    assert kept.parent == desk.home / TEXTS
    assert kept.stat().st_mode & 0o077 == 0
    (tmp_path / "全文.txt").write_text("改为水泥路面。", encoding="utf-8")
    assert desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "全文.txt"})).changed == 1
    assert desk.catalogue.search("沥青") == []
    assert desk.catalogue.search("水泥")


def test_the_words_of_a_pdf_of_our_own_are_found(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.handbook.sheet()
    (tmp_path / "手册.pdf").write_bytes(sheet.pdf)
    done = desk.catalogue.take(table(tmp_path, {"名称": "工作手册", "全文文件": "手册.pdf"}))
    assert done.bad == ()
    assert desk.catalogue.search("签收 工作手册")


def test_a_damaged_full_text_is_a_bad_cell(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 \x00 nothing")
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "坏.pdf"}))
    assert [(cell.column, desk.catalogue.count) for cell in done.bad] == [("全文文件", 0)]
    assert "打不开" in done.bad[0].right


def test_what_is_asked_for_is_matched(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD, BUDGET))
    assert [e.name for e in desk.catalogue.matching("我要柳河镇2025年农村道路硬化项目的招标公告")] == [ROAD["名称"]]
    assert desk.catalogue.matching("2026年部门预算")[0].name == BUDGET["名称"]
    assert desk.catalogue.matching("桥头村征地补偿款分配方案") == []
    assert desk.catalogue.matching("") == []
    assert desk.catalogue.matching("2025年部门预算") == [], "another year is another paper"
    desk.catalogue.publish(Entry("X", "防汛应急预案", published_on="2026-01-01"))
    assert desk.catalogue.matching("防汛应急预案") == [], "what does not say where it is found answers nobody"


def test_an_import_is_written_down_in_the_register(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD))
    rows = desk._journal.records.of_kind("catalogue")
    assert [json.loads(row.body) for row in rows] == [
        {"noted_by": "李晓梅", "file": "目录.csv", "rows": 1, "new": 1, "changed": 0, "same": 0}
    ]
    desk.catalogue.take(table(tmp_path, BUDGET), dry_run=True)
    assert len(desk._journal.records.of_kind("catalogue")) == 1


def test_a_changed_row_is_named_and_a_foreign_file_refused(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD, BUDGET))
    with sqlite3.connect(desk.home / CATALOGUE) as tool:
        tool.execute("UPDATE entries SET url = 'http://bad.example' WHERE index_no <> ''")
    assert desk.catalogue.state().broken == (ROAD["名称"],)
    (note,) = [note for note in desk.upkeep.check() if note.fault]
    assert (note.code, ROAD["名称"] in note.message) == ("catalogue", True)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as tool:
        tool.execute("CREATE TABLE t (x)")
    with pytest.raises(DeskError, match="不是公开目录"):
        Entries.open(other)
    other.write_bytes(b"x" * 5000)
    with pytest.raises(DeskError, match="已经损坏"):
        Entries.open(other)


def test_the_catalogue_holds_nothing_of_the_register(desk: Desk, tmp_path: Path) -> None:
    register(desk, applicant="欧阳不公开")
    desk.catalogue.take(table(tmp_path, ROAD))
    desk.catalogue.close()
    assert "欧阳不公开".encode() not in (desk.home / CATALOGUE).read_bytes()


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS[:5], st.text(max_size=12))), max_size=6))
def test_any_text_is_taken_or_named(tmp_path_factory: pytest.TempPathFactory, cells: list[dict[str, str]]) -> None:
    from deskapp.clock import FixedClock
    from deskapp.desk.reading.catalogue import Catalogue
    from tests.conftest import DAY

    folder = tmp_path_factory.mktemp("any")
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        csv.writer(stream).writerows([COLUMNS[:5], *(list(row.values()) for row in cells)])
    one = Catalogue(folder, FixedClock(DAY), None)
    try:
        done = one.take(path)
    except DeskError:
        return
    assert one.count == (0 if done.bad else done.new)
    one.close()


def test_where_is_what_a_letter_says() -> None:
    entry = Entry("1", "公告", url="https://a.example", shelf="2号柜", published_on="2025-06-03")
    assert (
        entry.where("某镇查阅点")
        == "网址https://a.example，标题《公告》；某镇查阅点2号柜，可以查阅、抄录，2025年6月3日公开"
    )
    assert Entry("1", "公告", published_on="2025-06-03").where() == "2025年6月3日公开"
    assert not Entry("1", "公告", published_on="2025-06-03").reachable
    assert "已废止，文本仍可查阅" in Entry("1", "公告", url="https://a.example", validity="废止").where()


def test_a_desk_that_was_only_begun_leaves_no_catalogue(desk: Desk) -> None:
    desk.catalogue.publish(Entry("1", "公告"))
    desk.discard()
    assert not list(desk.home.parent.glob("home/*.db*"))


def test_signs_tell_entries_apart_and_width_does_not(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, {"索引号": "2026-1-11", "名称": "甲件"}, {"名称": "第1.1版规划"}))
    done = desk.catalogue.take(table(tmp_path, {"索引号": "2026-11-1", "名称": "乙件"}, {"名称": "第11版规划"}))
    assert (done.new, desk.catalogue.count) == (2, 4)
    assert desk.catalogue.take(table(tmp_path, {"索引号": "２０２６－１－１１", "名称": "甲件"})).new == 0


def test_a_column_that_is_not_there_leaves_what_was_known(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD))
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "有效性": "废止"}, columns=("索引号", "名称", "有效性")))
    (_, entry) = desk.catalogue.search("道路硬化")[0]
    assert (done.changed, entry.validity) == (1, "废止")
    assert (entry.url, entry.shelf, entry.published_on) == (ROAD["网址"], ROAD["馆藏位置"], ROAD["公开日期"])
    assert entry.issuer == ROAD["发布机构"]


def test_a_half_written_full_text_is_named_and_mended_by_the_next_import(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "全文.txt").write_text("沥青路面。" * 100, encoding="utf-8")
    path = table(tmp_path, {**ROAD, "全文文件": "全文.txt"})
    desk.catalogue.take(path)
    (kept,) = (desk.home / TEXTS).iterdir()
    kept.write_bytes(kept.read_bytes()[:50])
    assert desk.catalogue.state().changed == (ROAD["名称"],)
    desk.catalogue.take(path)
    assert desk.catalogue.state().changed == ()
    kept.unlink()
    assert desk.catalogue.state().missing == (ROAD["名称"],)


@pytest.mark.parametrize("name", ["圈.txt", "长" * 90 + ".txt"])
def test_a_file_that_cannot_be_is_a_bad_cell(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "圈.txt").symlink_to(tmp_path / "圈.txt")
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": name}))
    assert [(cell.line, cell.column) for cell in done.bad] == [(2, "全文文件")]


def test_a_docx_that_unpacks_without_end_is_a_bad_cell(desk: Desk, tmp_path: Path) -> None:
    import zipfile

    with (
        zipfile.ZipFile(tmp_path / "大.docx", "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("word/document.xml", "w") as inside,
    ):
        for _ in range(210):
            inside.write(b" " * (1 << 20))
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "大.docx"}))
    assert ["解开以后太大" in cell.right for cell in done.bad] == [True]


def test_several_programs_make_one_catalogue(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from deskapp.catalogue.entries import Entries\n"
        "sys.stdin.readline(); print(Entries.open(Path(sys.argv[1])).count())"
    )
    for n in range(5):
        command = [sys.executable, "-c", code, str(tmp_path / f"{n}.db")]
        pipe = subprocess.PIPE
        workers = [subprocess.Popen(command, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(3)]
        answers = [worker.communicate("go\n", timeout=60) for worker in workers]
        assert [out.strip() for out, _ in answers] == ["0"] * 3, answers


def test_an_import_that_did_not_happen_is_not_written_down(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DeskError("磁盘满了。", "", "")

    (tmp_path / "全文.txt").write_text("沥青", encoding="utf-8")
    monkeypatch.setattr("deskapp.desk.reading.catalogue.Catalogue._keep_file", full)
    with pytest.raises(DeskError, match="磁盘满了"):
        desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "全文.txt"}))
    assert desk.catalogue.count == 0
    assert desk._journal.records.of_kind("catalogue") == []


def test_the_words_of_a_docx_are_found(desk: Desk, tmp_path: Path) -> None:
    from docx import Document

    made = Document()
    made.add_paragraph("第二条　桥头村的路灯由镇里维护。")
    made.save(str(tmp_path / "通知.docx"))
    assert desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "通知.docx"})).bad == ()
    assert desk.catalogue.search("路灯")


@pytest.mark.parametrize(("day", "new"), [("1949-09-30", 0), ("1949-10-01", 1), ("2026-11-20", 1), ("2026-11-21", 0)])
def test_what_is_published_today_is_taken_and_tomorrow_not(desk: Desk, tmp_path: Path, day: str, new: int) -> None:
    done = desk.catalogue.take(table(tmp_path, ROAD | {"公开日期": day}))
    assert (done.new, len(done.bad)) == (new, 1 - new)


@pytest.mark.parametrize("noted", [True, False])
def test_a_file_of_the_first_version_is_taken_over_and_a_newer_one_refused(tmp_path: Path, noted: bool) -> None:
    copy = tmp_path / "old.db"
    copy.write_bytes((DATA / "第一版.db").read_bytes())
    if not noted:  # the very first files noted no steps
        with sqlite3.connect(copy) as tool:
            tool.execute("DROP TABLE _sqlite_migrations")
            tool.execute("PRAGMA user_version = 1")
    for _ in range(2):
        entries = Entries.open(copy)
        assert list(entries.broken()) == []
        assert entries.count() == 3
        assert [row["name"] for row in entries.matching('"硬化"', 5)] == [ROAD["名称"]]
        assert [row["name"] for row in entries.matching('body : "沥青"', 5)] == [ROAD["名称"]]
        found = entries.get("lh001/2025-00012@柳河镇人民政府")
        assert found is not None
        assert entries.text(found.key) == "第三条　桥头村的沥青路面厚度为六厘米。"
        entries.store.close()
    with sqlite3.connect(copy) as tool:
        assert [name for _, name in tool.execute("SELECT migration_set, name FROM _sqlite_migrations")] == [
            "0001_entries_texts_words", "0002_offices_states_sounds", "0003_entries_by_office",
        ]  # fmt: skip
        tool.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('catalogue', '0009', '')"
        )
    with pytest.raises(DeskError, match="较新版本"):
        Entries.open(copy)
