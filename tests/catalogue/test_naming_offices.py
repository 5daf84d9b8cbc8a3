"""A question that names an office, in full or as people shorten it: the document of that office comes first."""

from __future__ import annotations

import pytest

from deskapp.catalogue.offices import Offices
from deskapp.desk.reading.catalogue import Catalogue
from tests.catalogue.conftest import TOWNSHIP, first

OFFICES = (
    "安和县人民政府", "安和县人民政府办公室", "安和县人力资源和社会保障局", "安和县教育体育局", "安和县卫生健康局", "安和县残疾人联合会",
    "安和县供电公司", "江城市生态环境局安和县分局", "李河镇人民政府", "石村村民委员会", "白村村民委员会",
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("县民政局 2026年部门预算", "QSMZ-2026-0004"),
        ("县民政局2026年部门预算", "QSMZ-2026-0004"),
        ("柳河镇人民政府 防汛预案", "LHZ-2026-0018"),
        ("柳河镇人民政府防汛预案", "LHZ-2026-0018"),
        ("城关街道办事处防汛预案", "CGJ-2026-0016"),
        ("县人社局2026年部门预算", "QSRS-2026-0005"),
        ("住建局 三公经费预算", "QSZJ-2026-0015"),
        ("卫健委 部门预算2025", "QSWJ-2025-0009"),
        ("城关街道2025年部门预算", "CGJ-2025-0006"),
        ("县教育局2024部门预算", "QSJY-2024-0010"),
        ("柳河镇政府 信息公开年度报告", "LHZ-2026-0006"),
        ("县农业农村局部门决算", "QSNY-2026-0012"),
        ("县教体局 2025年部门预算", "QSJY-2025-0012"),
        ("县水利局防汛责任人", "QSSL-2026-0011"),
        ("青山县人民政府办公室加装电梯", "QSXB-2024-0028"),
        ("扶贫办 小额信贷", "QSXC-2024-0018"),
        ("县税务局个体工商户定额", "QSSW-2026-0015"),
        ("柳河镇部门决算2024", "LHZ-2025-0019"),
        ("柳河镇石桥村征地补偿安置公告", "QSX-2026-0007"),
        ("县供电公司11月停电", "QSGD-2026-0020"),
    ],
)
def test_the_document_of_the_office_that_was_named_is_first(county: Catalogue, question: str, right: str) -> None:
    assert first(county, question) == right


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("李河镇部门预算", "L1"),
        ("李河镇人民政府 防汛预案", "L2"),
        ("王集乡政府防汛预案", "W2"),
        ("县民政局部门预算", "M1"),
        ("教体局 2026年部门预算", "J1"),
        ("人社局预算", "R1"),
        ("安教体[2026]12号", "J2"),
        ("李政发〔2026〕7号", "L2"),
        ("王政发 2026 7号", "W2"),
    ],
)
def test_the_issuer_tells_whose_a_document_is_where_its_name_does_not(
    township: Catalogue, question: str, right: str
) -> None:
    assert first(township, question) == right


@pytest.mark.parametrize(
    ("text", "piece", "offices"),
    [
        ("县人社局的预算", "县人社局", ("安和县人力资源和社会保障局",)),
        ("教体局", "教体局", ("安和县教育体育局",)),
        ("教委招生", "教委", ("安和县教育体育局",)),
        ("镇政府", "镇政府", ("李河镇人民政府",)),
        ("李河镇的路", "李河镇", ("李河镇人民政府",)),
        ("卫健委疫苗", "卫健委", ("安和县卫生健康局",)),
        ("生态环境局", "生态环境局", ("江城市生态环境局安和县分局",)),
        ("残联", "残联", ("安和县残疾人联合会",)),
        ("县政府办", "县政府办", ("安和县人民政府办公室",)),
    ],
)
def test_an_office_is_known_by_what_people_call_it(text: str, piece: str, offices: tuple[str, ...]) -> None:
    found = list(Offices(OFFICES).named_in(text, lambda word: False))
    assert [(named.piece, named.offices) for named in found] == [(piece, offices)]


@pytest.mark.parametrize("text", ["安和县", "怎么办", "社会", "开公司", "局", "会", "农村"])
def test_what_may_be_any_office_or_none_names_none(text: str) -> None:
    assert not list(Offices(OFFICES).named_in(text, {"公司"}.__contains__))


def test_many_offices_are_listed_once_each(township: Catalogue) -> None:
    assert township._entries.offices() == sorted({issuer for *_, issuer in TOWNSHIP})
