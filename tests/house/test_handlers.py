"""The library calls the handler of every class in the line of bases by itself: one that calls that of its base as well does the work twice."""

from __future__ import annotations

import ast
from pathlib import Path

DESKAPP = Path(__file__).parent.parent.parent / "deskapp"
NOT_HANDLERS = {"on_event"}  # the way all messages come in; the library calls that of the last class alone


def base_handlers_called(path: Path) -> list[str]:
    """Where a module calls ``super().on_…``, as file:line."""
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("on_")
        and node.attr not in NOT_HANDLERS
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "super"
    ]


def test_no_handler_calls_that_of_its_base() -> None:
    assert [place for path in sorted(DESKAPP.rglob("*.py")) for place in base_handlers_called(path)] == []


def test_one_that_did_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "screen.py"
    path.write_text("class A(B):\n    def on_mount(self):\n        super().on_mount()\n", encoding="utf-8")
    assert base_handlers_called(path) == ["screen.py:3"]
