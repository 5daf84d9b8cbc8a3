"""The shipped fonts, read once a process, and facts of any kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.compose import read_facts
from letters.document import Facts, Finding, Letter
from letters.example import example_facts
from letters.fonts import FontBook
from letters.preflight import preflight
from letters.press import print_letter

KINDS = ("receipt", "granted", "not_held", "not_our_agency", "correction_notice")
CHOICE = (
    "如对本答复不服，可以自收到本答复书之日起60日内向青山县人民政府申请行政复议，或者自收到本答复书之日起6个月内"
    "向青山县人民法院提起行政诉讼。"
)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(system=False)


def facts_of(kind: str, **changes: Any) -> Facts:
    """Example facts with changes; keys with two underscores reach inside, e.g. applicant__name."""
    raw = {**example_facts(kind), "remedies": {"class": "choice", "text": CHOICE}}
    for key, value in changes.items():
        outer, _, inner = key.partition("__")
        if inner:
            raw[outer] = {**raw[outer], inner: value}
        else:
            raw[key] = value
    return read_facts(kind, raw)


def printed(kind: str, fonts: FontBook, **changes: Any) -> Letter:
    return print_letter(kind, facts_of(kind, **changes), fonts)


def findings(kind: str, fonts: FontBook, **changes: Any) -> list[Finding]:
    return preflight(kind, facts_of(kind, **changes), fonts, TODAY)
