"""Example facts of every kind: the invented township of the practice desk and the examples in the templates."""

from __future__ import annotations

from typing import Any

from letters.template import Template

UNIT: dict[str, Any] = {
    "name": "青山县柳河镇人民政府",
    "letter_word": "柳政依复",
    "site_code": "LH",
    "kind": "township",
    "address": "青山县柳河镇中心街1号",
    "phone": "0579-5550100",
    "contact": "李晓梅",
    "postcode": "321000",
    "office_hours": "工作日8:30至12:00，14:00至17:30",
    "review_body": "青山县人民政府",
    "court": "青山县人民法院",
    "paper": "letter",
}

# What the law's periods are on the day of the example; a test compares them with the law's own data.
PERIODS = {
    "reply": 20, "extension": 20, "correction_notice": 7, "correction_answer": 15, "party_opinion": 15, "agency_opinion": 15,
    "payment": 20, "review_answer": 10, "review_answer_simple": 5, "suit_answer": 15, "publication": 20,
}  # fmt: skip


def example_facts(source: Template) -> dict[str, Any]:
    """A complete set of facts for a kind, as JSON."""
    return {
        "unit": dict(UNIT),
        "case_no": "LH-2026-0012",
        **({"number": "柳政依复〔2026〕7号"} if source.numbered else {}),
        "issued_on": "2026-11-06",
        "received_on": "2026-11-02",
        "channel": "当面",
        "applicant": {"name": "张三", "class": "自然人", "address": "青山县柳河镇桥头村12号", "phone": "13905550123"},
        "content": "柳河镇2025年农村道路硬化项目招标文件",
        "periods": dict(PERIODS),
        **source.example,
        **{key: field.example for key, field in source.fields.items()},
    }
