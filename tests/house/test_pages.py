"""The pages that are written by the program say what the program says."""

from __future__ import annotations

import pytest

from deskapp.desk.sheets.handbook import chapters
from scripts import commands_page, handbook_page, imports_page, walk
from tests.conftest import DAY


def test_the_handbook_in_docs_is_the_one_of_the_desk() -> None:
    assert handbook_page.PAGE.read_text(encoding="utf-8") == handbook_page.page(), (
        "run python -m scripts.handbook_page"
    )


def test_every_chapter_says_something() -> None:
    title, found = chapters(DAY)
    assert title == "政府信息公开申请办理工作手册"
    assert len(found) == 23
    assert all(chapter.paragraphs for chapter in found)


@pytest.mark.long
def test_the_walk_in_docs_is_what_the_screens_show() -> None:
    assert walk.PAGE.read_text(encoding="utf-8") == walk.page(), "run make walk"


def test_the_drawing_of_imports_is_that_of_the_code() -> None:
    assert imports_page.PAGE.read_text(encoding="utf-8") == imports_page.page(), "run make imports"


def test_the_page_of_commands_has_every_option_as_the_help_says_it() -> None:
    assert commands_page.PAGE.read_text(encoding="utf-8") == commands_page.page(), (
        "run python -m scripts.commands_page"
    )
    shown = commands_page.page()
    assert "`--diagnose`" in shown
    assert "| `deskapp county trial" in shown
