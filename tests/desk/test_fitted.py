"""Examples fit the office: no word of the invented town is left, and no day lies before the receipt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from deskapp.desk.cases.fitted import fitted
from deskapp.desk.training.specimen import Specimen
from letters.catalogue import shipped
from letters.example import example_facts
from tests.conftest import profile

OFFICES = {
    "清河县白杨镇人民政府": {"review_body": "清河县人民政府", "court": "清河县人民法院", "kind": "township"},
    "宁安市档案局": {"review_body": "宁安市人民政府", "court": "宁安市人民法院", "kind": "county_department"},
    "东城区朝阳街道办事处": {"review_body": "东城区人民政府", "court": "东城区人民法院", "kind": "street_office"},
}
TODAY = date(2027, 3, 10)


@pytest.mark.parametrize("name", OFFICES)
def test_no_word_of_the_invented_town_is_left_in_any_kind_of_letter(name: str) -> None:
    unit = profile(
        name=name, address="建设路8号", phone="0578-6660200", letter_word="白政依复", site_code="BY", **OFFICES[name]
    )
    for kind, source in shipped().templates.items():
        told = json.dumps(fitted(example_facts(source), unit, TODAY), ensure_ascii=False)
        for word in ("柳河镇", "青山县", "柳政依复"):
            assert word not in told, (kind, word)


@pytest.mark.parametrize("name", OFFICES)
def test_the_specimen_names_the_office_and_its_days_agree(name: str, tmp_path: Path) -> None:
    unit = profile(name=name, letter_word="白政依复", site_code="BY", address="建设路8号", **OFFICES[name])
    pages, _ = Specimen(tmp_path, TODAY).of_unit(unit, TODAY)
    text = "".join("".join(rows) for rows in pages).replace(" ", "").replace("　", "")
    assert name in text
    assert "柳河" not in text
    assert "2027年3月6日收到" in text or "2027年3月6日" in text
    assert "2026年" not in text.replace("〔2026〕", "")


def test_a_town_stands_where_a_town_stood() -> None:
    unit = profile(name="清河县白杨镇人民政府", review_body="清河县人民政府", court="清河县人民法院")
    facts = {
        "content": "柳河镇2025年预算",
        "list": ["青山县柳河镇人民政府2026年11月5日发布"],
        "on": "2026-11-02",
        "n": 3,
    }
    assert fitted(facts, unit, TODAY) == {
        "content": "白杨镇2025年预算", "list": ["清河县白杨镇人民政府2027年3月9日发布"], "on": "2027-03-06", "n": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""), ({"phone": "12345"}, ""), ({"phone": "0579-5550100转8、13905550100"}, ""), ({"phone": "5550100"}, ""),
        ({"phone": "0371-6"}, "像是没有写全"), ({"phone": "0579-55501000001"}, "像是没有写全"),
        ({"review_body": "青山县柳河镇人民政府"}, "复议机关写的是本机关"),
    ],
)  # fmt: skip
def test_what_looks_wrong_with_an_office_is_said_before_its_first_letter(
    change: dict[str, str], said: str, tmp_path: Path
) -> None:
    unit = profile(**change)
    _, found = Specimen(tmp_path, TODAY).of_unit(unit, TODAY)
    notes = [finding.what for finding in found if finding.code == "unit_note"]
    assert notes == unit.notes
    assert [said in note for note in notes] == ([True] if said else [])
