"""An office's own template that runs away is stopped in another process, named, and blocks its own kind alone."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.desk.cases import template_proof
from deskapp.desk.cases.template_proof import out_of_bounds
from letters.catalogue import TEMPLATES, parse_template, shipped
from letters.compose import compose
from letters.errors import PressError
from tests.letters.conftest import facts_of

LOOPS = "{% for a in copies %}{% for b in copies %}%s{% endfor %}{% endfor %}"
ENDLESS = {
    "writes": ("长" * 60_000, "超过1000000字"),
    "asks": ("{{ '' if you else '' }}" * 8_000, "排得没完没了"),  # and writes nothing
}


def text_of(kind: str, more: str = "") -> str:
    return (TEMPLATES / f"{kind}.md").read_text(encoding="utf-8") + more


def parts() -> dict[str, str]:
    return dict(shipped().template("granted").parts)


@pytest.fixture(autouse=True)
def nothing_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_proof, "_tried", {})


@pytest.mark.parametrize(("body", "says"), ENDLESS.values(), ids=ENDLESS)
def test_a_template_that_runs_away_is_named_and_blocks_its_own_kind(
    desk: Desk, body: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskapp.exchange.apart.BASE_S", 2)
    folder = desk.home / "templates"
    folder.mkdir()
    (folder / "granted.md").write_text(text_of("granted", "\n\n" + LOOPS.replace("%s", body)), encoding="utf-8")
    (folder / "withdrawn.md").write_text(text_of("withdrawn", "\n\n以上。"), encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    catalogue = desk.reply.catalogue
    assert list(catalogue.faults) == ["granted"]
    assert "文书模板 granted.md" in catalogue.faults["granted"]
    assert says in catalogue.faults["granted"]
    assert "以上。" in catalogue.template("withdrawn").source, "one behind it serves"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes, in the desk itself"


def test_what_was_tried_is_not_tried_again_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("granted.md", text_of("granted")), ("a.md", "no template")]
    tried: list[list[str]] = []

    def noted(new: list[tuple[str, str]], _parts: dict[str, str]) -> tuple[list[str], str]:
        tried.append([name for name, _ in new])
        return [""] * len(new), ""

    monkeypatch.setattr(template_proof, "_proved", noted)
    assert out_of_bounds(texts, parts()) == out_of_bounds(texts, parts()) == {}
    texts[1] = ("a.md", "another")
    out_of_bounds(texts, parts())
    out_of_bounds(texts, {**parts(), "_opening.md": "another"})
    assert tried == [["granted.md", "a.md"], ["a.md"], ["granted.md", "a.md"]]


def test_a_process_that_cannot_be_started_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [("granted.md", text_of("granted"))]

    def refused(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    with monkeypatch.context() as broken:
        broken.setattr(template_proof, "Apart", refused)
        assert "没有试成" in out_of_bounds(texts, parts())["granted.md"]
    assert out_of_bounds(texts, parts()) == {}


def test_a_template_whose_example_does_not_fit_is_told_and_not_passed_over(desk: Desk) -> None:
    field = '[fields.zz]\nlabel = "日"\ntype = "date"\nexample = "某日"\n'
    text = text_of("granted").replace("+++\n\n", f"{field}+++\n\n", 1)
    assert "例子不合要求" in out_of_bounds([("granted.md", text)], parts())["granted.md"]


def test_a_file_whose_name_is_no_utf_8_is_tried_as_others_are(desk: Desk) -> None:
    folder = desk.home / "templates"
    folder.mkdir()
    name = os.fsdecode("公开答复".encode("gbk") + b".md")
    (folder / name).write_text(text_of("granted"), encoding="utf-8")
    assert desk.reply.catalogue.faults == {}
    assert "granted" in desk.reply.catalogue.own


def test_all_that_is_shipped_is_well_within_the_bounds() -> None:
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.glob("[!_]*.md"))]
    assert out_of_bounds(texts, parts()) == {}


def test_a_letter_of_true_facts_is_not_written_without_end(tmp_path: Path) -> None:
    """What the example facts do not show: a long list of the case."""
    made = parse_template(text_of("granted", "\n\n" + LOOPS.replace("%s", "长" * 2000)), "granted.md", parts())
    facts = facts_of("granted", copies=["政府信息"] * 200)
    with pytest.raises(PressError, match="超过1000000字"):
        compose(made, facts)
