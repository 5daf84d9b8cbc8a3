"""Erasing what the journal knows of the people of a case, so that its figures and the soundness of the chain stay (个人信息保护法 19, 47).

Each entry of the case is put in the form in which entries leave the point without persons (:mod:`deskapp.register.facts`); its hash stays
as it is, so that the chain goes on through it, and the row ``erased`` beside it holds the seal of what stands there now. A letter loses
its facts, its text and its pages. The act :class:`Erased`, chained like any other, vouches for those rows with a hash over all of them:
whoever empties an entry without such an act is found by :mod:`deskapp.register.integrity`, and so is who changes what was left. Records
of mail and visits that belong to the case go in the same step (:mod:`deskapp.register.erasing_notes`).

The guards against changing are lifted for this one step (:mod:`deskapp.register.lifting`). What SQLite leaves in free pages and in the
log is cleared by :func:`clear_traces` afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from deskapp.register import projection
from deskapp.register.erasing_notes import Emptied, digest_of, empty_notes, write_down
from deskapp.register.events import EVENT, Erased
from deskapp.register.facts import SIGN, without_persons
from deskapp.register.hashing import seal
from deskapp.register.journal import CHAINED, Journal, letter_seal
from deskapp.register.lifting import guards_lifted
from deskapp.register.store import Row, Store

EVENT_ROW, LETTER_ROW = "event", "letter"
NO_PAGES = b""
_GUARDS = ("events_no_update", "letters_no_update")


@dataclass(frozen=True)
class Erasure:
    """What was erased of a case: how many entries and letters, the hashes of the letters' bytes as they were, by which copies that
    lie elsewhere are known; the files of its papers, which whoever keeps them still has to take away; how many records beside it."""

    case_id: str
    case_no: str
    entries: int
    letters: int
    hashes: tuple[str, ...]
    files: tuple[str, ...]
    notes: int = 0


def erase(
    journal: Journal, case_id: str, on: date, by: str, second: str, why: str, notes: Sequence[Emptied] = ()
) -> Erasure:
    """Erase the people of a case, and ``notes``, the records that speak of them; ``by`` and ``second`` are the two who answer for it.
    Raises DeskError for a case that is none."""
    store = journal.store
    with journal.write():
        case = journal.case(case_id)
        n = len(case.history)
        files = tuple(paper.sha256 + paper.ending for paper in case.papers if paper.sha256)
        with guards_lifted(store, _GUARDS):
            rows = [*_entries(store, case_id, n), *_letters(store, case_id, n)]
            hashes = tuple(row["was"] for row in rows if row["kind"] == LETTER_ROW)
        entries = len(rows) - len(hashes)
        rows += empty_notes(store, notes, case_id, n)
        event = Erased(
            on=on,
            by=by,
            second=second,
            why=why,
            entries=entries,
            letters=len(hashes),
            papers=len(files),
            notes=len(notes),
            digest=digest_of(rows),
        )
        store.execute("DELETE FROM drafts WHERE instr(key, ?) > 0", [case_id])
        journal.append(case_id, [event])
        projection.write_again(store, journal.case(case_id))
    return Erasure(case_id, case.case_no, entries, len(hashes), hashes, files, len(notes))


def letter_hashes(store: Store) -> frozenset[str]:
    """The SHA-256 of the pages of every letter that was not erased."""
    return frozenset(row["sha256"] for row in store.query("SELECT sha256 FROM letters") if row["sha256"] != SIGN)


def clear_traces(store: Store) -> None:
    """Write the file anew, so that nothing of what was erased is left in free pages, in the index of the search or in the log. Raises
    DeskError, with the register whole, while another window has it open."""
    with store.write():
        store.execute("INSERT INTO words (words) VALUES ('optimize')")
    store.rewrite()


def _entries(store: Store, case_id: str, n: int) -> Iterator[Row]:
    """Put every entry of a case that was not erased yet in the form without persons."""
    rows = store.query(
        "SELECT * FROM events WHERE case_id = ? AND act <> 'erased'"
        " AND NOT EXISTS (SELECT 1 FROM erased WHERE kind = ? AND key = CAST(seq AS TEXT)) ORDER BY n",
        [case_id, EVENT_ROW],
    )
    history = [EVENT.validate_json(row["body"]) for row in rows]
    for row, left in zip(rows, without_persons(history, lambda number: SIGN), strict=True):
        kept = EVENT.validate_python(left)
        row["body"] = kept.model_dump_json()
        store.execute("UPDATE events SET body = ? WHERE seq = ?", [row["body"], row["seq"]])
        yield write_down(
            store, EVENT_ROW, str(row["seq"]), case_id, n, row["hash"], seal(row[name] for name in CHAINED)
        )


def _letters(store: Store, case_id: str, n: int) -> Iterator[Row]:
    """Empty every letter of a case that was not erased yet."""
    rows = store.query(
        "SELECT * FROM letters WHERE case_id = ?"
        " AND NOT EXISTS (SELECT 1 FROM erased WHERE kind = ? AND key = letters.id) ORDER BY issued_on, id",
        [case_id, LETTER_ROW],
    )
    for row in rows:
        was = row["sha256"]
        row |= {"facts": "{}", "text": SIGN, "sha256": SIGN, "pdf": NO_PAGES}
        store.execute(
            "UPDATE letters SET facts = :facts, text = :text, sha256 = :sha256, pdf = :pdf WHERE id = :id",
            {name: row[name] for name in ("facts", "text", "sha256", "pdf", "id")},
        )
        yield write_down(store, LETTER_ROW, row["id"], case_id, n, was, letter_seal(row))
