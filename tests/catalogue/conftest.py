"""Two catalogues that are only read: an invented county, and a few lists whose names do not say whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskapp.catalogue.entry import Entry
from deskapp.clock import FixedClock
from deskapp.desk.reading.catalogue import Catalogue
from tests.conftest import DAY

DATA = Path(__file__).parent.parent / "data/catalogue"
TOWNSHIP = (
    ("L1", "2026年部门预算", "", "李河镇人民政府"),
    ("L2", "2026年防汛抗旱应急预案", "李政发〔2026〕7号", "李河镇人民政府"),
    ("L3", "2025年部门决算", "", "李河镇人民政府"),
    ("L4", "村庄规划编制方案", "李政发〔2026〕70号", "李河镇人民政府"),
    ("W1", "2026年部门预算", "", "王集乡人民政府"),
    ("W2", "2026年防汛抗旱应急预案", "王政发〔2026〕7号", "王集乡人民政府"),
    ("W3", "律师值班安排", "", "王集乡人民政府"),
    ("M1", "2026年部门预算", "", "安和县民政局"),
    ("M2", "城乡居民最低生活保障申请指南", "", "安和县民政局"),
    ("J1", "2026年部门预算", "", "安和县教育体育局"),
    ("J2", "义务教育学校招生工作方案", "安教体〔2026〕12号", "安和县教育体育局"),
    ("R1", "2026年部门预算", "", "安和县人力资源和社会保障局"),
)


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path_factory.mktemp("county"), FixedClock(DAY.replace(month=11, day=26)), None)
    made.take(DATA / "青山县目录.csv")
    yield made
    made.close()


@pytest.fixture(scope="session")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path_factory.mktemp("township"), FixedClock(DAY.replace(month=11, day=26)), None)
    for index_no, name, doc_no, issuer in TOWNSHIP:
        made.publish(Entry(index_no, name, doc_no, issuer, "2026-03-01", shelf="1号柜"))
    yield made
    made.close()


def first(catalogue: Catalogue, question: str) -> str:
    """The index number of the entry that comes first; empty for none."""
    hits = catalogue.find(question).hits
    return hits[0].entry.index_no if hits else ""
