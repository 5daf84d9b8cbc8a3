"""Drafts: half-filled forms, kept until they are done."""

from __future__ import annotations

from deskapp.register.journal import Journal


class Drafts:
    """Texts by the key of their form."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def get(self, key: str) -> dict[str, str]:
        """What was kept; empty when nothing was, or when it is no form."""
        kept: object = self._journal.records.draft(key)
        return {name: str(value) for name, value in kept.items()} if isinstance(kept, dict) else {}

    def keep(self, key: str, values: dict[str, str]) -> None:
        """Keep a half-filled form."""
        self._journal.records.save_draft(key, dict(values))

    def drop(self, key: str) -> None:
        """Forget it."""
        self._journal.records.drop_draft(key)
