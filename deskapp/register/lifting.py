"""The guards against changing, lifted for the one step that erases people, inside its transaction, and put back whatever happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from deskapp.errors import DeskError
from deskapp.register.store import Store


@contextmanager
def guards_lifted(store: Store, names: Sequence[str]) -> Iterator[None]:
    """Some guards of the register, by name, taken away for a block. Raises DeskError where one of them is wanting: then nothing is erased
    by a program that could not say what else was changed."""
    guards = []
    for name in names:
        sql = store.value("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", [name])
        if not sql:
            what, todo = "登记簿的防改动装置不全。", "请先运行 deskapp check，照它说的办。"
            raise DeskError(what, "没有删除任何内容。", todo)
        guards.append(str(sql))
    for name in names:
        store.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for sql in guards:
            store.execute(sql)
