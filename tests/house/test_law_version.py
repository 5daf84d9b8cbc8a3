"""The law data do not change under their old version: who changes a value is told which file, to raise the version, and how."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from deskapp.law.dated import DATA, read_toml
from deskapp.law.packs import FILES
from scripts import law_version

LATER = date(2027, 3, 1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data, of which the version is right."""
    copy = copytree(DATA, tmp_path / "data")
    (copy / law_version.FILE).write_text("version = 2026-11-01\nchecked_on = 2026-10-01\n", encoding="utf-8")
    law_version.raise_version(copy, date(2026, 11, 2))
    return copy


def change(data: Path, file: str, old: str, new: str) -> None:
    text = (data / file).read_text(encoding="utf-8")
    assert old in text
    (data / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def version(data: Path) -> date:
    found = read_toml(data / law_version.FILE)["version"]
    assert isinstance(found, date)
    return found


def test_the_version_is_that_of_the_data() -> None:
    assert law_version.fault() == ""


@pytest.mark.parametrize("file", FILES)
def test_a_value_that_changed_is_named_with_what_to_do(data: Path, file: str) -> None:
    text = (data / file).read_text(encoding="utf-8")
    at = re.search(r"(?m)^(?:article|text|name|key|document) = \"(.)", text)
    assert at
    (data / file).write_text(text[: at.start(1)] + "改" + text[at.start(1) :], encoding="utf-8")
    assert law_version.changed(data) == [file]
    assert file in law_version.fault(data)
    assert "make law-version" in law_version.fault(data)


def test_the_version_is_raised_with_the_change_and_only_with_one(data: Path) -> None:
    assert law_version.raise_version(data, LATER) == version(data) == date(2026, 11, 2), "nothing changed"
    change(data, "periods.toml", "value = 20", "value = 15")
    assert law_version.raise_version(data, LATER) == version(data) == LATER
    assert law_version.fault(data) == ""
    assert read_toml(data / law_version.FILE)["checked_on"] == date(2026, 10, 1), "the rest of the file stays"
    change(data, "periods.toml", "value = 15", "value = 20")
    assert law_version.fault(data), "back to what it was is a change too"


def test_a_version_that_was_raised_by_hand_alone_is_not_enough(data: Path) -> None:
    change(data, "fees.toml", 'confidence = "', 'note = "另一种说法"\nconfidence = "')
    change(data, law_version.FILE, "2026-11-02", "2026-12-24")
    assert law_version.changed(data) == ["fees.toml"]


def test_what_is_no_value_changes_nothing(data: Path) -> None:
    text = (data / "guide.toml").read_text(encoding="utf-8")
    (data / "guide.toml").write_text(f"# a remark\n\n{text}", encoding="utf-8")
    (data / "calendar/2027.toml").write_text("", encoding="utf-8")
    assert law_version.fault(data) == ""


def test_a_version_later_than_today_is_not_lowered(data: Path) -> None:
    change(data, "periods.toml", "value = 20", "value = 15")
    with pytest.raises(ValueError, match="later than today"):
        law_version.raise_version(data, date(2026, 11, 1))
    assert version(data) == date(2026, 11, 2)


def test_a_file_that_is_new_among_the_data_counts(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (data / "more.toml").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setitem(FILES, "more.toml", FILES["fees.toml"])
    assert law_version.changed(data) == ["more.toml"]
    monkeypatch.delitem(FILES, "more.toml")
    law_version.raise_version(data, LATER)
    monkeypatch.delitem(FILES, "fees.toml")
    assert law_version.changed(data) == ["fees.toml"]
