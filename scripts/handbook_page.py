"""Copy the handbook to docs/, where people read who have no desk before them. A test keeps the two in step."""

from __future__ import annotations

from pathlib import Path

from deskapp.desk.sheets.handbook import SOURCE

PAGE = Path(__file__).parent.parent / "docs/handbook.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(SOURCE.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
