"""The one way the program refuses: what happened, what it means, what to do. Never another person's data."""

from __future__ import annotations


class DeskError(Exception):
    """A refusal in three Chinese sentences; nothing has been changed when it is raised."""

    def __init__(self, what: str, meaning: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what, self.meaning, self.todo = what, meaning, todo

    def __str__(self) -> str:
        return "".join(part for part in (self.what, self.meaning, self.todo) if part)
