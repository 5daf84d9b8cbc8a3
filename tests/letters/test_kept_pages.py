"""Every page as it was accepted: where each line stands, in which face and size, each rule and bar.

Whoever changes the typesetting looks at the pages, and then takes them as they are now: ``pytest tests/letters/test_kept_pages.py
--snapshot-update``. What a page must be is measured elsewhere (test_geometry, test_one_page); here nothing moves unseen.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from letters.document import Document, Paper, Plot
from letters.ofd import print_ofd
from letters.pdf.codes import code_pages
from letters.pdf.fonts import FontBook
from letters.pdf.plot import drawn
from letters.pdf.plots import plot_months
from letters.typeset.layout import lay_out
from letters.typeset.linebreak import break_lines
from letters.typeset.notice import Part, Type, notice
from letters.typeset.ruled import Box, RuledSheet, rule_sheet
from letters.typeset.typesetting import glyphs_of, spans_of
from letters.word import word_draft
from tests.kept import kept
from tests.letters.conftest import KINDS, composed, findings
from tests.letters.kept import described, line_text, xml_lines
from tests.letters.test_preflight import ADVICE, BLOCKING

__all__ = ["kept"]
DAY = date(2026, 11, 6)
PAPERS: tuple[Paper, ...] = ("letter", "preprinted", "red_head", "plain")
LONG = "柳河镇人民政府2025年度财政专项资金（含上级补助）的分配、使用和绩效评价情况，以及与之有关的会议纪要"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_as_it_stood(kind: str, fonts: FontBook, kept: Any) -> None:
    assert described(lay_out(composed(kind), fonts)) == kept


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("length", ["one page", "two pages", "copies"])
def test_every_paper_stands_as_it_stood(paper: Paper, length: str, fonts: FontBook, kept: Any) -> None:
    assert described(lay_out(_on(paper, length), fonts)) == kept


def _on(paper: Paper, length: str) -> Document:
    more: dict[str, dict[str, Any]] = {
        "one page": {"attachments": [LONG, "第二个附件"]},
        "two pages": {"content": LONG * 7, "attachments": [LONG * 2, "第二个附件"]},
        "copies": {"copies": ["青山县人民政府办公室", "青山县司法局", "青山县政务公开领导小组办公室各成员单位" * 2]},
    }
    changes = {**more[length], "unit__name": "青山县柳河镇人民政府"}
    return replace(composed("granted", **changes), paper=paper)


NOTICE = [
    Part("怎样申请", heading=True, under="How to apply"),
    Part("写清姓名、联系方式、要的信息（名称、文号或者别的特征），当面交、寄来或者在网上提交。" * 3, under="Say who you are and what you want. " * 4),
    Part("多久答复", heading=True),
    *(Part(f"第{n}条：自收到之日起20个工作日内答复，延长的最多再加20个工作日。") for n in range(1, 30)),
    Part("最后一个标题", heading=True, under="The last heading"),
]  # fmt: skip


@pytest.mark.parametrize("type_", ["normal", "large", "sign"])
def test_notices_stand_as_they_stood(type_: Type, fonts: FontBook, kept: Any) -> None:
    under = "Ask your government for information" if type_ != "sign" else ""
    assert described(notice("依申请公开一次性告知", NOTICE, fonts, type_, under)) == kept


def test_a_ruled_sheet_with_a_plot_stands_as_it_stood(fonts: FontBook, kept: Any) -> None:
    boxes = (
        Box(0, 0, 2, 1, "行政机关"), Box(0, 1, 1, 2, "收到申请的数量，含上一年结转的"), Box(1, 1, text="自然人"), Box(1, 2, text="法人或者其他组织"),
        Box(2, 0, text="青山县柳河镇人民政府（含两个便民服务中心、一个站）", centred=False), Box(2, 1, text="12"), Box(2, 2, text="3"),
    )  # fmt: skip
    sheet = RuledSheet(
        ("青山县柳河镇人民政府", "2026年收到和处理申请的情况"), boxes, (3, 2, 2), ("注：本表由登记簿算出。" * 9, "制表人：李晓梅"),
        (("收到", (3, 0, 12)), ("办结", (2, 1, 10))), ("10月", "11月", "12月"),
    )  # fmt: skip
    assert described([rule_sheet(sheet, fonts)]) == kept


def test_plots_and_codes_stand_as_they_stood(fonts: FontBook, kept: Any) -> None:
    months = [(n * 7 % 23, n * 5 % 17) for n in range(1, 13)]
    marks, lines = drawn(
        Plot(100, 300, 400, 150, ("1月", "2月", "3月"), (("问卷", (10, 5, 0)), ("满意", (8, 4, 0)))), fonts
    )
    told = [*marks, *(text for line in lines for text in line_text(line))]
    pages = [
        plot_months(["2026年各月收到和办结", "（件）"], ("收到", "办结"), months, fonts),
        *code_pages("报送包", ["A" * 90, "B" * 200, "c"], fonts),
    ]
    assert described(pages) + "\n".join(told) + "\n" == kept


HARD = (
    "申请人要的是“柳河镇2025年度‘三公’经费”和《关于印发〈青山县政务公开办法〉的通知》（青政发〔2024〕15号）里的附件1—3。",
    "请见 https://www.qingshan.gov.cn/zwgk/2026/index.html?id=12345 或者发电子邮件到 zwgk@qingshan.gov.cn，电话0579-87654321转2。",
    "GB/T 9704-2012 Layout key for official document of Party and government organs，共16页，第7.3.2条。",
    "面积为12 345.67平方米，占比35.6%，气温-5℃，共计￥1,200.00元；“不予公开”、“不得公开”……都不是。",
    "一、二、三、四、五、六、七、八、九、十、十一、十二、十三、十四、十五、十六、十七、十八、十九、二十。",
    "长" * 27 + "，" + "短" * 27 + "。" + "末" * 26 + "）》。",
)


@pytest.mark.parametrize("justified", [True, False])
def test_lines_break_where_they_broke(justified: bool, fonts: FontBook, kept: Any) -> None:
    found = [
        " | ".join(f"{span.x:.2f} {span.face} {span.tracking:+.4f} {span.text}" for span in spans_of(line))
        for text in HARD
        for line in break_lines(glyphs_of(text, fonts, ()), 442.2, 15.8, 2, 0, justified=justified)
    ]
    assert "\n".join(found) + "\n" == kept


DRAFTS = [(kind, paper) for kind in ("granted", "partial", "registration_sheet") for paper in PAPERS]


@pytest.mark.parametrize(("kind", "paper"), DRAFTS)
def test_word_drafts_are_written_as_they_were(kind: str, paper: Paper, fonts: FontBook, kept: Any) -> None:
    made = replace(
        composed(kind, attachments=[LONG, "第二个附件"]) if kind != "registration_sheet" else composed(kind),
        paper=paper,
    )
    file = word_draft(made, lay_out(made, fonts), fonts, DAY)
    assert _parts(file, ("word/document.xml", "word/header", "word/footer")) == kept


@pytest.mark.parametrize("practice", [False, True])
def test_ofd_is_written_as_it_was(practice: bool, fonts: FontBook, kept: Any) -> None:
    made = replace(composed("granted"), practice=practice)
    assert (
        _parts(
            print_ofd(made, lay_out(made, fonts), fonts, DAY),
            ("Doc_0/Document", "Doc_0/Pages", "Doc_0/PublicRes", "OFD.xml"),
        )
        == kept
    )


def _parts(file: bytes, wanted: tuple[str, ...]) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as box:
        names = sorted(name for name in box.namelist() if name.startswith(wanted) and name.endswith(".xml"))
        assert names
        return "".join(f"== {name}\n{xml_lines(box.read(name))}" for name in names)


@pytest.mark.parametrize("n", range(len(BLOCKING) + len(ADVICE)))
def test_what_a_bad_letter_is_told_stays(n: int, fonts: FontBook, kept: Any) -> None:
    """Every word and the field that it stands at."""
    code, kind, changes = (*BLOCKING, *ADVICE)[n]
    found = sorted(
        "｜".join((each.code, "挡" if each.blocking else "提", each.where, each.what, each.todo, each.field))
        for each in findings(kind, fonts, **changes)
    )
    assert any(line.startswith(code) for line in found)
    assert "\n".join(found) + "\n" == kept
