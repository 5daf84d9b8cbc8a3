"""The shipped fonts and templates, read once a process, and facts of any kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.catalogue import shipped
from letters.compose import compose
from letters.document import Document, Facts, Finding, Letter
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_letter
from letters.preflight import preflight
from letters.template import Template

KINDS = tuple(shipped().templates)
SHEETS = tuple(kind for kind, item in shipped().templates.items() if item.is_sheet)
LETTERS = tuple(kind for kind in KINDS if kind not in SHEETS)
CHOICE = (
    "如对本答复不服，可以自收到本答复书之日起60日内向青山县人民政府申请行政复议，或者自收到本答复书之日起6个月内"
    "向青山县人民法院提起行政诉讼。"
)
FIRST = (
    "如对本答复不服，应当自收到本答复书之日起60日内先向青山县人民政府申请行政复议；对行政复议决定仍不服的，可以自收到"
    "行政复议决定书之日起15日内向青山县人民法院提起行政诉讼。"
)
ONLY = "如对本答复不服，可以自收到本答复书之日起60日内向青山县人民政府申请行政复议。"
WORDED = {"review_first": FIRST, "choice": CHOICE, "review_only": ONLY}
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(system=False)


def template(kind: str) -> Template:
    return shipped().template(kind)


def facts_of(kind: str, **changes: Any) -> Facts:
    """Example facts with changes; keys with two underscores reach inside, e.g. applicant__name."""
    source = template(kind)
    raw = example_facts(source)
    if source.remedies:
        remedies = source.remedies_with({**raw, **changes})
        raw["remedies"] = {"class": remedies, "text": WORDED[remedies]}
    for key, value in changes.items():
        outer, _, inner = key.partition("__")
        if inner:
            raw[outer] = {**raw[outer], inner: value}
        else:
            raw[key] = value
    return read_facts(source, raw)


def composed(kind: str, **changes: Any) -> Document:
    return compose(template(kind), facts_of(kind, **changes))


def printed(kind: str, fonts: FontBook, **changes: Any) -> Letter:
    return print_letter(template(kind), facts_of(kind, **changes), fonts)


def findings(kind: str, fonts: FontBook, **changes: Any) -> list[Finding]:
    source, facts = template(kind), facts_of(kind, **changes)
    return preflight(source, facts, compose(source, facts), fonts, TODAY)
