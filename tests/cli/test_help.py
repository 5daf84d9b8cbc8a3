"""The help of the commands speaks Chinese, and the commands are found by the table alone."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from deskapp.cli.program import MODULES, deskapp
from deskapp.law.case_file import FILED_KINDS

NAMES = (
    *FILED_KINDS,
    "reply",
    "zip",
    "letters",
    "handover",
    "expired",
    "slip",
    "trial",
    "deskapp",
    "upgrade",
    "vacuum",
    "JSON",
    "json",
    "toml",
    "xlsx",
    "csv",
    "docx",
    "pdf",
    "PDF",
    "ofd",
    "redact",
    "boxes",
    "OFD",
    "YYYY",
    "ledger",
    "platform",
    "granted",
    "UNIT",
    "full",
    "masked",
    "keep",
    "give",
    "list",
    "print",
    "table",
    "take",
    "none",
    "owed",
    "standard",
    "facts",
    "html",
    "postgresql",
    *(
        "init",
        "take",
        "status",
        "figures",
        "overdue",
        "epoch",
        "retire",
        "back",
        "ask",
        "rebuild",
        "send",
        "task",
        "tasks",
        "assess",
        "holds",
        "grant",
        "taker",
        "reader",
        "point",
    ),
)


@pytest.mark.parametrize("name", ["", *MODULES])
def test_help_is_chinese(name: str) -> None:
    shown = CliRunner().invoke(deskapp, [*([name] if name else []), "--help"]).output
    assert "用法：" in shown
    left = [word for word in re.findall(r"(?<![-\w])[A-Za-z]{3,}", shown) if word not in (*NAMES, *MODULES)]
    assert left == [], shown


def test_every_command_is_where_the_table_says() -> None:
    context = click.Context(deskapp)
    for name in MODULES:
        command = deskapp.get_command(context, name)
        assert command is not None
        assert command.name == name
