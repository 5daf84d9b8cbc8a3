"""Lists of several offices in one catalogue: an index number is its office's own, and no list overwrites another's entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.catalogue.entry import UNREAD, Entry, meaning_of
from deskapp.catalogue.lists import ListOptions
from deskapp.desk import Desk
from deskapp.errors import DeskError
from deskapp.exchange.scans import can_read
from deskapp.exchange.table_apart import TableChoice
from tests.catalogue.test_catalogue import BUDGET, ROAD, table

FLOOD = {"索引号": "1137-00001", "名称": "柳河镇防汛应急预案", "发布机构": "柳河镇人民政府"}
WATER = {"索引号": "1137-00001", "名称": "水库调度方案", "发布机构": "青山县水利局"}


def names(desk: Desk) -> list[str]:
    return sorted(entry.name for entry in desk.catalogue.everything())


def test_one_number_of_two_offices_is_two_entries_and_it_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, FLOOD))
    done = desk.catalogue.take(table(tmp_path, WATER))
    assert (done.new, done.changed, done.bad) == (1, 0, ())
    assert names(desk) == ["柳河镇防汛应急预案", "水库调度方案"]
    assert any("1137-00001（柳河镇人民政府）" in warning for warning in done.warnings)


def test_a_list_that_does_not_say_whose_it_is_touches_nothing_of_another_name(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, FLOOD))
    nameless = {"索引号": "1137-00001", "名称": "水库调度方案"}
    done = desk.catalogue.take(table(tmp_path, nameless, columns=("索引号", "名称")))
    assert [(cell.column, done.kept) for cell in done.bad] == [("索引号", False)]
    assert "柳河镇人民政府《柳河镇防汛应急预案》" in done.bad[0].right
    options = ListOptions(issuer="青山县水利局")
    assert desk.catalogue.take(table(tmp_path, nameless, columns=("索引号", "名称")), options=options).new == 1
    assert names(desk) == ["柳河镇防汛应急预案", "水库调度方案"]


def test_an_entry_without_an_office_gets_its_office_and_is_not_doubled(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, {k: v for k, v in FLOOD.items() if k != "发布机构"}, BUDGET))
    done = desk.catalogue.take(table(tmp_path, FLOOD, {**BUDGET, "发布机构": "柳河镇人民政府"}))
    assert (done.new, done.changed) == (0, 2)
    assert {entry.issuer for entry in desk.catalogue.everything()} == {"柳河镇人民政府"}
    assert [entry.name for _, entry in desk.catalogue.search("防汛")] == ["柳河镇防汛应急预案"]


def test_a_name_that_two_offices_have_is_asked_for_its_office(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(
        table(tmp_path, *({"名称": "部门预算", "发布机构": office} for office in ("财政局", "水利局")))
    )
    done = desk.catalogue.take(
        table(tmp_path, {"名称": "部门预算", "馆藏位置": "1号柜"}, columns=("名称", "馆藏位置"))
    )
    assert [(cell.column, "2个机关" in cell.right) for cell in done.bad] == [("发布机构", True)]


def test_the_good_part_comes_in_by_choice_and_the_bad_lines_go_back(desk: Desk, tmp_path: Path) -> None:
    path = table(tmp_path, ROAD, {**FLOOD, "公开日期": "二月三十"}, BUDGET)
    assert (desk.catalogue.take(path).kept, desk.catalogue.count) == (False, 0)
    back = tmp_path / "退回.csv"
    done = desk.catalogue.take(path, options=ListOptions(good_part=True), rejects=back)
    assert (done.rows, done.new, done.bad_lines, done.kept) == (3, 2, 1, True)
    assert names(desk) == ["柳河镇2025年农村道路硬化项目招标公告", "柳河镇2026年部门预算"]
    text = back.read_text(encoding="utf-8-sig")
    assert "柳河镇防汛应急预案" in text
    assert "公开日期【二月三十】：应当是日期" in text


def test_lines_that_were_not_left_out_of_anything_do_not_go_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, back = table(tmp_path, ROAD, {**FLOOD, "公开日期": "二月三十"}), tmp_path / "退回.csv"

    def full(*_: object) -> None:
        raise DeskError("磁盘满了。", "", "")

    monkeypatch.setattr(desk.catalogue._entries.store, "_commit", full)
    with pytest.raises(DeskError, match="磁盘满了"):
        desk.catalogue.take(path, options=ListOptions(good_part=True), rejects=back)
    assert not back.exists()


def test_bad_files_and_good_ones_lines_add_up(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 \x00 nothing")
    path = table(tmp_path, ROAD, {**FLOOD, "全文文件": "坏.pdf"}, {"名称": "", "文号": "1"}, BUDGET)
    done = desk.catalogue.take(path, options=ListOptions(good_part=True))
    assert done.rows == done.new + done.changed + done.same + done.bad_lines + done.left_out == 4


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("现行有效", "valid"), ("是", "valid"), ("继续有效", "valid"), ("已废止", "repealed"), ("宣布废止", "repealed"), ("已失效", "expired"),
        ("否", "expired"), ("部分失效", "partly"), ("修改", "changed"), ("已修订", "changed"), ("尚未生效", "not_yet"), ("", ""), ("好用", None),
    ],
)  # fmt: skip
def test_words_of_validity_as_offices_write_them(word: str, state: str | None) -> None:
    assert meaning_of(word) == state


def test_what_holds_no_more_is_marked_in_its_own_word(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, {**ROAD, "有效性": "已失效"}, {**BUDGET, "有效性": "现行有效"}))
    marks = {entry.name: entry.mark for entry in desk.catalogue.everything()}
    assert marks == {ROAD["名称"]: "【已失效】", BUDGET["名称"]: ""}
    assert "该文件已失效，文本仍可查阅" in desk.catalogue.search("道路")[0][1].where()
    assert "仍可查阅" not in Entry("1", "办法", validity="废止").where(), "there is no text to be seen"


def test_an_entry_that_was_taken_down_is_gone_from_visitors_and_stays_down(desk: Desk, tmp_path: Path) -> None:
    desk.catalogue.take(table(tmp_path, ROAD, BUDGET))
    key = desk.catalogue.search("道路硬化")[0][1].key
    with pytest.raises(DeskError, match="没有写为什么"):
        desk.catalogue.take_down(key, " ")
    assert len(desk.catalogue.search("道路")) == 1
    down = desk.catalogue.take_down(key, "含个人信息")
    assert (down.down_on, down.down_why) == ("2026-11-20", "含个人信息")
    assert desk.catalogue.search("道路") == []
    assert desk.catalogue.find("道路硬化招标").hits == ()
    assert desk.catalogue.matching("农村道路硬化项目的招标公告") == []
    assert [entry.name for entry in desk.catalogue.taken_down()] == [ROAD["名称"]]
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "文号": "柳政〔2025〕13号"}, BUDGET))
    assert (done.changed, desk.catalogue.search("道路")) == (1, [])
    assert any("撤下过" in warning for warning in done.warnings)
    desk.catalogue.put_back(key)
    assert [entry.doc_no for _, entry in desk.catalogue.search("道路")] == ["柳政〔2025〕13号"]
    kinds = desk._journal.records.of_kind("catalogue_change")
    assert len(kinds) == 2, "both are facts in the register"


@pytest.mark.parametrize(
    ("name", "why"), [("通知.doc", "kind"), ("通知.wps", "kind"), ("公文.ofd", "kind"), ("照片.jpg", "scan")]
)
def test_a_file_that_cannot_be_read_lies_beside_its_entry_and_it_is_said(
    desk: Desk, tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 something")
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": name}, BUDGET))
    assert (done.new, done.bad) == (2, ())
    assert f"有1份全文只存了原件：{UNREAD[why]}。" in done.warnings
    entry = desk.catalogue.search("道路硬化")[0][1]
    assert entry.unread == why
    assert desk.catalogue.file(entry) is not None


NEEDS_TESSERACT = [
    pytest.mark.real,
    pytest.mark.skipif(not can_read(), reason="tesseract is not installed (Debian: tesseract-ocr-chi-sim)"),
]


@pytest.mark.parametrize(
    "name", [pytest.param("公告.png", marks=NEEDS_TESSERACT), pytest.param("公告.pdf", marks=NEEDS_TESSERACT)]
)
def test_the_words_of_a_scan_are_found_where_this_computer_reads_scans(desk: Desk, tmp_path: Path, name: str) -> None:
    from PIL import Image, ImageDraw, ImageFont

    from letters.pdf.fonts import SHIPPED

    page = Image.new("L", (1654, 800), 255)
    ImageDraw.Draw(page).text(
        (150, 200), "桥头村饮水安全工程公告", font=ImageFont.truetype(str(SHIPPED / "hei.ttf"), 90), fill=0
    )
    page.save(tmp_path / name, dpi=(200, 200)) if name.endswith("png") else page.save(tmp_path / name, resolution=200)
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": name}))
    entry = desk.catalogue.search("水安全工程")[0][1]
    assert entry.unread == "read_off"
    assert f"有1份全文：{UNREAD['read_off']}。" in done.warnings


def test_a_scan_without_text_is_said_to_be_one(desk: Desk, tmp_path: Path) -> None:
    from pypdf import PdfWriter

    blank = PdfWriter()
    blank.add_blank_page(595, 842)
    with (tmp_path / "扫描.pdf").open("wb") as stream:
        blank.write(stream)
    done = desk.catalogue.take(table(tmp_path, {**ROAD, "全文文件": "扫描.pdf"}))
    assert desk.catalogue.search("道路硬化")[0][1].unread == "scan"
    assert any("扫描件" in warning for warning in done.warnings)


def test_a_document_and_what_explains_it_are_linked_both_ways(desk: Desk, tmp_path: Path) -> None:
    rule = {
        "索引号": "Z1",
        "名称": "柳河镇农村住房建设管理办法",
        "文号": "柳政〔2026〕3号",
        "发布机构": "柳河镇人民政府",
    }
    told = {"名称": "一图读懂农村建房", "解读对象": "柳政〔2026〕3号", "发布机构": "柳河镇人民政府"}
    titled = {"名称": "《柳河镇农村住房建设管理办法》政策解读", "发布机构": "柳河镇人民政府"}
    desk.catalogue.take(table(tmp_path, rule, told, titled, BUDGET))
    (entry,) = [e for e in desk.catalogue.everything() if e.index_no == "Z1"]
    links = desk.catalogue.linked(entry)
    assert sorted(e.name for e in links.explained_by) == [
        "《柳河镇农村住房建设管理办法》政策解读",
        "一图读懂农村建房",
    ]
    for other in links.explained_by:
        assert [e.name for e in desk.catalogue.linked(other).explains] == [rule["名称"]]
    assert (
        desk.catalogue.linked(next(e for e in desk.catalogue.everything() if e.name == BUDGET["名称"])).explained_by
        == ()
    )


def test_the_bulletin_by_issue_and_contents(desk: Desk, tmp_path: Path) -> None:
    issue = [{"名称": f"第{n}件", "公报期号": "2026年第3期", "发布机构": "县政府"} for n in range(3)]
    desk.catalogue.take(table(tmp_path, *issue, {"名称": "别的", "公报期号": "2026年第2期"}, BUDGET))
    assert desk.catalogue.facets("bulletin") == [("2026年第3期", 3), ("2026年第2期", 1)]
    assert len(desk.catalogue.browse("bulletin", "2026年第3期")) == 3


def test_lists_as_offices_have_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "网站导出.csv"
    path.write_text(
        "柳河镇主动公开信息目录,,,,\n索 引 号,标  题,信息有效性,发文日期,发布日期\nA1,预算公开,现行有效,2026年1月5日,2026-01-25 10:20:30\n"
        "A2,决算公开,已废止,46023,2026.1.6\n",
        encoding="gb18030",
    )
    done = desk.catalogue.take(path)
    assert (done.new, done.bad, done.left_out) == (2, (), 1)
    one = desk.catalogue.search("预算公开")[0][1]
    assert (one.made_on, one.published_on, one.validity) == ("2026-01-05", "2026-01-25", "现行有效")


def test_columns_are_proposed_and_chosen(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "自己的.csv"
    path.write_text("编号,公开事项,状态\nA1,预算,好用\n", encoding="utf-8")
    with pytest.raises(DeskError, match="缺少列：名称"):
        desk.catalogue.take(path)
    choice = TableChoice({"编号": "索引号", "公开事项": "名称", "状态": "有效性"})
    proposal = desk.catalogue.look(path, choice)
    assert (proposal.samples["公开事项"], dict(proposal.words["有效性"])) == ("预算", {"好用": 1})
    done = desk.catalogue.take(path, options=ListOptions(choice, {"好用": "有效"}))
    assert (done.new, desk.catalogue.search("预算")[0][1].validity) == (1, "有效")
