"""The readers, each as a function of bytes, with seeds that are well made."""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from deskapp import parsing
from deskapp.catalogue import full_text
from deskapp.catalogue.lists import CatalogueFile
from deskapp.clock import FixedClock
from deskapp.errors import DeskError
from deskapp.exchange import ledger_process, proposing, report_in, table_apart
from deskapp.exchange.days import day_of
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.ledger_columns import COLUMNS
from deskapp.exchange.mapping import read_mapping
from deskapp.law.calendar_file import from_toml
from deskapp.law.clock_events import parse_events
from deskapp.law.deadline import evaluate
from deskapp.law.errors import LawError
from deskapp.law.identity import id_number_fault, identity_warning
from deskapp.law.report_published import check_published, read_published
from deskapp.register.integrity import verify
from deskapp.register.journal import Journal
from deskapp.register.numbers import folded_number
from deskapp.register.opening import open_store
from deskapp.register.packed import slots_for
from deskapp.register.people import Agent, Participant
from deskapp.unit import load_unit_toml
from letters.catalogue import parse_template, shipped
from letters.compose import compose
from letters.errors import PressError
from letters.example import UNIT, example_facts
from letters.facts import read_facts
from tests.conftest import DATA, Here
from tests.fuzz import seeds, sent

TODAY = date(2026, 11, 20)
SENTENCES = (DeskError, LawError, PressError)
MOST = 1000  # things taken of one file
Reader = Callable[[bytes], None]


@dataclass(frozen=True)
class Target:
    """A reader: its name, what it does with the bytes, seeds; ``longest`` bytes are tried. ``ledger`` is the ending of the files of one
    that reads ledgers, which the program does in a process with limits; ``packed`` makes such a file of the bytes."""

    name: str
    reads: Reader
    seeds: Callable[[], list[bytes]]
    longest: int = 20_000
    ledger: str = ""
    packed: Callable[[bytes], bytes] = bytes

    def __call__(self, data: bytes) -> None:
        """Read once; a sentence is what it may end with. What a library would only warn of is not its end, as in the other process."""
        with warnings.catch_warnings(), suppress(*SENTENCES):
            warnings.simplefilter("ignore")
            self.reads(data)

    def bounded(self, data: bytes) -> bool:
        """Whether the program, which reads such a file elsewhere, ends with a sentence or with its lines all the same."""
        if not self.ledger:
            return False
        with tempfile.TemporaryDirectory(prefix="deskapp-fuzz") as folder, suppress(*SENTENCES):
            path = Path(folder) / f"2026年{self.ledger}"
            path.write_bytes(self.packed(data))
            for _line in ledger_process.LedgerApart(path, TODAY, LedgerOptions(every=True)):
                pass
        return True


def _file(ending: str, read: Callable[[Path], Any]) -> Reader:
    """A reader of files as one of bytes."""

    def reads(data: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="deskapp-fuzz") as folder:
            path = Path(folder) / f"2026年{ending}"
            path.write_bytes(data)
            read(path)

    return reads


def _part(seed: bytes, ending: str, read: Callable[[Path], Any]) -> Reader:
    """A reader of zip files as one of a number and the text of the part with that number: the rest stays as in the seed."""
    whole = _file(ending, read)

    def reads(data: bytes) -> None:
        whole(_in_part(seed, data))

    return reads


def _in_part(seed: bytes, data: bytes) -> bytes:
    return seeds.with_part(seed, data[0], data[1:]) if data else seed


def _ledger_parts(name: str, seed: bytes, ending: str) -> Target:
    """A ledger of one part as it is tried, the others as in the seed."""
    parts, packed = partial(seeds.parts_of, seed), partial(_in_part, seed)
    return Target(name, _part(seed, ending, _ledger), parts, ledger=ending, packed=packed)


def _ledger(path: Path) -> None:
    for _, _thing in zip(range(MOST), ledger_process.things_of(path, TODAY, LedgerOptions(every=True)), strict=False):
        pass
    for _proposed in proposing.proposed(path, LedgerOptions()):
        pass


def _catalogue(path: Path) -> None:
    with patch.object(table_apart, "Apart", Here):
        for _, _line in zip(range(MOST), CatalogueFile(path, TODAY), strict=False):
            pass


def _report(path: Path) -> None:
    found = report_in.read_report(path) if path.suffix == ".json" else list(report_in.things_of(path))[-1]
    check_published(read_published(found, 2023))


def _text(path: Path) -> None:
    for _text in full_text.things_of(path):
        pass


def _register(path: Path) -> None:
    store = open_store(path, for_work=False)
    try:
        verify(Journal(store, FixedClock(TODAY)))
    finally:
        store.close()


def _events(data: bytes) -> None:
    with suppress(json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raw = json.loads(data)
        evaluate(parse_events(raw), TODAY)


def _facts(data: bytes) -> None:
    with suppress(json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raw = json.loads(data)
        source = shipped().template(str(raw.get("kind", "granted")) if isinstance(raw, dict) else "granted")
        facts: Any = raw.get("facts") if isinstance(raw, dict) else raw
        compose(source, read_facts(source, facts))


def _template(data: bytes) -> None:
    source = parse_template(data.decode("utf-8", "replace"), "granted.md", _parts())
    compose(source, read_facts(source, example_facts(source)))


@cache
def _parts() -> dict[str, str]:
    return dict(shipped().template("granted").parts)


def _typed(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    day_of(text, 2026)
    for read in (
        parsing.one_line,
        parsing.safe_to_show,
        parsing.half_width,
        folded_number,
        parsing.masked,
        parsing.hidden,
    ):
        read(text)
    identity_warning(text, TODAY), id_number_fault(text, TODAY)
    with suppress(*SENTENCES):
        parsing.parse_day(text, TODAY)
    for kind in (Participant, Agent):
        with suppress(ValueError):
            kind.of_line(text)


def _json_seeds(*things: Any) -> list[bytes]:
    return [json.dumps(thing, ensure_ascii=False).encode() for thing in things]


def _tables(*endings: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((DATA / "tables").iterdir()) if path.suffix in endings]


@cache
def targets() -> dict[str, Target]:
    """Every reader, by its name."""
    xlsx, docx, ods = seeds.ledger_xlsx(), seeds.report_docx(), seeds.ledger_ods()
    listed = [
        Target("csv", _file(".csv", _ledger), lambda: [*_tables(".csv"), seeds.ledger_csv()], ledger=".csv"),
        Target("html", _file(".xls", _ledger), lambda: [seeds.ledger_html()], ledger=".xls"),
        Target("xlsx", _file(".xlsx", _ledger), lambda: [*_tables(".xlsx"), xlsx], 25_000, ledger=".xlsx"),
        _ledger_parts("xlsx_parts", xlsx, ".xlsx"),
        Target("ods", _file(".ods", _ledger), lambda: [ods], ledger=".ods"),
        _ledger_parts("ods_parts", ods, ".ods"),
        Target("xls", _file(".xls", _ledger), lambda: [seeds.ledger_xls()], ledger=".xls"),
        Target("catalogue", _file(".csv", _catalogue), lambda: [seeds.catalogue_csv()]),
        Target("mapping", _file(".toml", partial(read_mapping, columns=COLUMNS)), lambda: [seeds.mapping_toml()]),
        Target(
            "report_json",
            _file(".json", _report),
            lambda: [p.read_bytes() for p in DATA.glob("annual_report_*.json")],
        ),
        Target("report_docx", _part(docx, ".docx", _report), lambda: seeds.parts_of(docx), 450_000),
        Target("report_html", _file(".html", _report), lambda: [seeds.report_html()], 60_000),
        Target("text_docx", _part(docx, ".docx", _text), lambda: seeds.parts_of(docx), 450_000),
        Target("text_pdf", _file(".pdf", _text), lambda: [seeds.letter_pdf()], 200_000),
        Target(
            "text_txt", _file(".txt", _text), lambda: ["公开指南\r\n第一条".encode(), "公开指南".encode("gb18030")]
        ),
        Target("calendar", lambda data: void(from_toml(data.decode("utf-8", "replace"), TODAY)), seeds.calendars),
        Target("unit", _file(".toml", load_unit_toml), lambda: [seeds.toml(UNIT)]),
        Target("events", _events, lambda: _json_seeds(*seeds.histories())),
        Target(
            "facts",
            _facts,
            lambda: _json_seeds(*({"kind": x.kind, "facts": example_facts(x)} for x in shipped().templates.values())),
        ),
        Target("template", _template, lambda: [seeds.template("granted"), seeds.template("third_party")]),
        Target("typed", _typed, seeds.typed),
        Target("backup", _file(".db", slots_for), lambda: [seeds.packed()], 100_000),
        Target("register", _file(".db", _register), lambda: [seeds.register()], 400_000),
        Target("paper", _file(".pdf", sent.paper_file), sent.papers, 200_000),
        Target("redacted_pdf", _file(".pdf", sent.redacted), lambda: [seeds.letter_pdf()], 200_000),
        Target("redacted_picture", _file(".png", sent.redacted), sent.pictures),
        Target("passed", _file(".zip", sent.passed_file), lambda: [sent.passed()]),
        Target("passed_case", sent.passed_case, lambda: _json_seeds(sent.CASE)),
        Target("passed_manifest", sent.passed_manifest, lambda: _json_seeds({"case.json": "0"}, [])),
        Target("bundle", sent.bundle, sent.bundles),
        Target("bundle_lines", sent.bundle_lines, sent.lines),
        Target("county_set", sent.county_set, sent.county_sets),
        Target("wordings", sent.wording_file, sent.wording_files),
        Target("card", _file(".json", sent.card), sent.cards),
        Target(
            "draft_docx",
            _part(sent.draft(), ".docx", lambda path: sent.draft_back(path.read_bytes())),
            lambda: seeds.parts_of(sent.draft()),
        ),
    ]
    return {target.name: target for target in listed}


def void(_thing: object) -> None:
    """Nothing of it is wanted."""
