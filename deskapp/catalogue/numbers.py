"""An index number (索引号) or a document's number (文号), typed whole or from its beginning: what bears it comes first.

Width, case, signs and blanks do not count, nor do 年, 第 and 文件 around the figures of a document's number. What is typed as the beginning
of a number needs a figure that is no year, or letters that end where those of the number end: ``qsmz``, but not ``qs``.
"""

from __future__ import annotations

import re

from deskapp.catalogue.entries import Entries
from deskapp.catalogue.entry import plain as as_signed
from deskapp.catalogue.terms import folded, phrase
from deskapp.register.store import Row

MOST, FEW = 300, 20  # rows that hold what was typed, and that hold it as a whole number
LONGEST = 60
_LABEL = re.compile("^(?:信息|公开)?(?:索引号|索取号|发文字号|文件编号|文号|编号)(?:是|为)?")
_LOOSE = re.compile(r"((?:19|20)[0-9]{2})年?第?0*([0-9]{1,5})号(?:文件|文)?$")
_TYPED = re.compile(r"[a-z]{2,12}|(?=.*[0-9])(?!(?:19|20)?[0-9]{1,2}$).{2,}")
_LETTERS = re.compile("[a-z]+")
IS, BUT_FOR_ITS_END, BEGINS = 0, 1, 2  # it is that number, it is but for 号, it begins so


def plain_number(text: str) -> str:
    """A number without what may be written in several ways."""
    return _LOOSE.sub(r"\1\2号", _LABEL.sub("", folded(text)))


def bearing(entries: Entries, typed: str, columns: str = "entries.*") -> list[tuple[int, Row]]:
    """The rows that bear a number, those that bear it whole first, the newest first; none for what can be no number."""
    plain, raw = plain_number(typed), _LABEL.sub("", folded(typed))
    if len(raw) > LONGEST or not _TYPED.fullmatch(plain):
        return []
    rows: dict[int, Row] = {}
    for ways, most in (((f"{plain}号",), FEW), ((plain, raw), MOST)):
        asked = f"title : ({' OR '.join(dict.fromkeys(map(phrase, ways)))})"
        rows |= {row["rank"]: row for row in entries.matching(asked, most, columns=columns)}
    graded = [(grade, row) for row in rows.values() if (grade := _grade(row, plain)) is not None]
    signs = as_signed(typed)
    return sorted(graded, key=lambda found: (found[0], signs != as_signed(found[1]["index_no"]), -found[1]["rank"]))


def _grade(row: Row, plain: str) -> int | None:
    """How well a number of an entry fits; None where none does."""
    found = [_of_number(plain_number(number), plain) for number in (row["index_no"], row["doc_no"]) if number]
    return min((grade for grade in found if grade is not None), default=None)


def _of_number(number: str, plain: str) -> int | None:
    if number == plain:
        return IS
    if number == f"{plain}号":
        return BUT_FOR_ITS_END
    ends_inside_letters = _LETTERS.fullmatch(plain) and number[len(plain) : len(plain) + 1].isalpha()
    return BEGINS if number.startswith(plain) and not ends_inside_letters else None
