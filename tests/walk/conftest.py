"""The practice desk of the screens' tests."""

from tests.screens.conftest import practice, practice_home

__all__ = ["practice", "practice_home"]
