"""Copy the handbook to docs/, where people read who have no desk before them. A test keeps the two in step."""

from __future__ import annotations

from pathlib import Path

from deskapp.desk.sheets.handbook import text_on
from deskapp.law.dated import load
from deskapp.law.periods import PeriodFile

PAGE = Path(__file__).parent.parent / "docs/handbook.md"


def page() -> str:
    """The book as it reads on the day its periods were last checked."""
    return text_on(max(period.checked_on for period in load(PeriodFile, "periods.toml").period))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
