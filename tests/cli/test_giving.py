"""``deskapp redact``: it lists what to cover; a copy is made only of a list in which somebody has confirmed each page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pypdf import PdfReader

from tests.cli.conftest import TODAY, Shell
from tests.redaction.papers import ROWS, ZHANG, text_pdf


@pytest.fixture
def listed(unit: Shell) -> dict[str, Any]:
    """What is proposed of a paper of two pages."""
    text_pdf(unit.folder / "a.pdf", [ROWS, ["第二页"]])
    found: dict[str, Any] = unit.json("redact", "a.pdf", "--list")
    return found


def reviewed(listed: dict[str, Any], who: str = "李主任") -> dict[str, Any]:
    pages = [
        {**page, "confirmed_by": who, "boxes": [{**box, "cover": box["kind"] != "number"} for box in page["boxes"]]}
        for page in listed["pages"]
    ]
    return {**listed, "pages": pages}


def written(unit: Shell, listed: dict[str, Any]) -> None:
    (unit.folder / "boxes.json").write_text(json.dumps(listed), encoding="utf-8")


def test_proposals_are_listed_with_page_and_kind(unit: Shell, listed: dict[str, Any]) -> None:
    assert [page["page"] for page in listed["pages"]] == [1, 2]
    boxes = listed["pages"][0]["boxes"]
    assert next(box["value"] for box in boxes if box["kind"] == "identity") == ZHANG
    assert {box["cover"] for box in boxes} == {True, None}
    assert all(len(sides) == 4 for box in boxes for sides in box["mm"])
    assert "？" in unit("redact", "a.pdf").stdout
    (unit.folder / "w.txt").write_text("补偿款\n", encoding="utf-8")
    more = unit.json("redact", "a.pdf", "--words", "w.txt")["pages"][0]["boxes"]
    assert [box["value"] for box in more if box["kind"] == "word"] == ["补偿款"]


def test_a_reviewed_list_makes_the_copy_and_is_noted(unit: Shell, listed: dict[str, Any]) -> None:
    (unit.folder / "f.json").write_text(
        json.dumps({"channel": "当面", "applicant": "张三", "applicant_class": "自然人", "content": "发放表"}),
        encoding="utf-8",
    )
    number = unit.json("register", "f.json", *TODAY)["case_no"]
    written(unit, reviewed(listed))
    done = unit.json("redact", "a.pdf", "--boxes", "boxes.json", "-o", "out.pdf", "--case", number, *TODAY)
    counted = {item["kind"]: item["count"] for item in done["covered"]}
    assert counted["identity"] == 4
    assert done["lines"][0].startswith("第1页中遮盖的")
    assert (unit.folder / "out.pdf").read_bytes()[:5] == b"%PDF-"
    assert "区分处理" in unit("show", number, *TODAY).stdout


@pytest.mark.parametrize("wrong", ["nobody", "undecided", "other_file", "a_page_less", "kind", "shape"])
def test_a_list_that_nobody_went_through_makes_nothing(unit: Shell, listed: dict[str, Any], wrong: str) -> None:
    given = reviewed(listed, "" if wrong == "nobody" else "李主任")
    if wrong == "undecided":
        given["pages"][0]["boxes"][0]["cover"] = None
    elif wrong == "other_file":
        given["sha256"] = "0" * 64
    elif wrong == "a_page_less":
        given["pages"].pop()
    elif wrong == "kind":
        given["pages"][0]["boxes"][0]["kind"] = "x"
    elif wrong == "shape":
        given["pages"][0]["boxes"][0]["mm"] = [[1, 2]]
    written(unit, given)
    unit("redact", "a.pdf", "--boxes", "boxes.json", "-o", "out.pdf", expect=1)
    assert not (unit.folder / "out.pdf").exists()


def test_only_some_pages_are_given_and_the_rest_is_said(unit: Shell) -> None:
    text_pdf(unit.folder / "a.pdf", [ROWS, ["第二页"], ["第三页"], ["第四页"]])
    whole = unit.json("redact", "a.pdf")
    assert whole["left_out"] == []
    some = unit.json("redact", "a.pdf", "--pages", "2-3")
    assert ([page["page"] for page in some["pages"]], some["left_out"]) == ([2, 3], [1, 4])
    assert "第1、4页没有选" in unit("redact", "a.pdf", "--pages", "2-3").stdout
    written(unit, reviewed(some))
    refused = unit("redact", "a.pdf", "--boxes", "boxes.json", "-o", "out.pdf", expect=1)
    assert "清单里没有第1页" in refused.stderr
    done = unit.json("redact", "a.pdf", "--pages", "2-3", "--boxes", "boxes.json", "-o", "out.pdf")
    assert done["left_out"] == [1, 4]
    assert len(PdfReader(unit.folder / "out.pdf").pages) == 2
    assert "第1、4页没有选，没有看过" in (unit.folder / "out 说明.txt").read_text(encoding="utf-8-sig")


def test_a_chosen_page_that_nobody_confirmed_is_not_given(unit: Shell, listed: dict[str, Any]) -> None:
    given = reviewed(listed)
    given["pages"][1]["confirmed_by"] = ""
    written(unit, given)
    unit("redact", "a.pdf", "--pages", "2", "--boxes", "boxes.json", "-o", "out.pdf", expect=1)
    unit("redact", "a.pdf", "--pages", "1", "--boxes", "boxes.json", "-o", "out.pdf")
    assert "没有第1-3页" in unit("redact", "a.pdf", "--pages", "1-3", expect=1).stderr


def test_nothing_is_covered_unseen(unit: Shell, listed: dict[str, Any]) -> None:
    refused = unit("redact", "a.pdf", "-o", "out.pdf", "--accept-proposals", expect=1)
    assert "没有人逐页看过" in refused.stderr
    unit("redact", "a.pdf", "-o", "out.pdf", expect=2)
    assert not (unit.folder / "out.pdf").exists()
