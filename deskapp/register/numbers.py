"""Numbers: registration numbers and 文号, each given once, in the transaction of the event that takes it.

A series is counted by site (``case:LH``) or word (``letter:柳政依复``) and year. A number may be wanting only if a record
says that it was given up, or if a ledger that came in never had it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deskapp.parsing import NUMERALS, half_width, in_digits, one_line
from deskapp.register.events import EVENT, Voided
from deskapp.register.store import Store

CASE, LETTER = "case:", "letter:"
_CASE_NO = re.compile(r"([A-Z]{1,8})-([0-9]{4})-([0-9]{1,7})(-[0-9]{1,3})?")
_AS_PRINTED = re.compile(rf"{_CASE_NO.pattern}|[A-Za-z\u4e00-\u9fff]+〔[0-9]{{4}}〕[0-9]{{1,7}}号")
_LETTER_NO = re.compile(r"(.+)〔([0-9]{4})〕([0-9]{1,7})号")
_ODD = (  # a 文号 that is not written as we print it
    "(number NOT GLOB '*〔[0-9][0-9][0-9][0-9]〕[1-9]*号' OR rtrim(substr(number, instr(number, '〕') + 1), '号') GLOB '*[^0-9]*')"
)
_BEGINS, _ENDS = r"[〔﹝【［\[（({<〈《「『〖⟨⟦]", r"[〕﹞】］\]）)}>〉》」』〗⟩⟧]"
_A_YEAR, _A_SERIAL = rf"(?:20[0-9]{{2}}|二{NUMERALS}{{3}})", rf"(?:[0-9]{{1,7}}|{NUMERALS}{{1,7}})"
_NTH = r"(?:字?第|No\.?|字)?"
# The ways to write one 文号, without blanks: any brackets, 年 in them, 字第 before the serial, no 号, a full stop behind it; or no brackets.
_SPELT = (
    re.compile(rf"(?P<word>.*?){_BEGINS}(?P<year>{_A_YEAR})年?{_ENDS}{_NTH}(?P<serial>{_A_SERIAL})号?[.。]?"),
    re.compile(
        rf"(?P<word>.*[\u4e00-\u9fff])(?P<year>{_A_YEAR})(?:年|[-\u2014\u2013]){_NTH}(?P<serial>{_A_SERIAL})号[.。]?"
    ),
)
_BEGUN = re.compile(rf"字?〔([0-9]{{4}})〕{_NTH}([^（(【\[]*)")
_BARE = re.compile(r"(?:〔([0-9]{4})〕)?第?([0-9]{1,4}(?=号)|[0-9]{1,3})号?")
_OWN_GOES_ON = re.compile(rf"$|[^\u4e00-\u9fff]|字?{NUMERALS}|字?第|字[^\u4e00-\u9fff]")
_QUOTES = "'’‘`"  # before a number that is to stay a text
_DASHES = re.compile("[-_\u2010-\u2015\u2212\uff0d/.·~\uff3f]+")
_BRACKETS = {
    ord(sign): ("〔" if begins else "〕")
    for signs, begins in (("[(【﹝［（", True), ("])】﹞］）", False))
    for sign in signs
}
# LH-2026-0001 in the ways of hands: serials that are shorter or longer, a year of two digits, no dashes at all
_OWN_CASE = re.compile(
    r"(?P<site>[A-Z]{1,8})(?:-?(?P<year>20[0-9]{2})(?:-|(?=[0-9]{3}))|-?〔(?P<bracketed>20[0-9]{2})〕|-(?P<short>[0-9]{2})-(?=[0-9]{3}))(?P<serial>[0-9]{1,7})(?P<part>-[0-9]{1,3})?"
)
_SERIAL_ALONE = re.compile(r"(?:(?P<year>20[0-9]{2})-)?(?:第|NO-?)?(?P<serial>[0-9]{1,5})")
Serial = tuple[str, int, int]
"""Series, year and serial of a number."""
How = Literal["", "more", "bare", "unreadable"]
"""How a 文号 is written: as any is, with more behind its serial, without a word, in the office's own word but without year and serial."""


@dataclass(frozen=True)
class Gap:
    """Numbers of one series that nobody has, ``first`` to ``last`` as they are written; ``ledger`` says that they lie
    below what a ledger brought in, so that they may be elsewhere."""

    first: str
    last: str
    ledger: bool

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}至{self.last}"


def folded_number(text: str) -> str:
    """A number as it is printed, however it was typed: half-width digits and letters, no blanks, 〔〕 around the year, no 第, 号 at its end."""
    if _AS_PRINTED.fullmatch(text):  # nearly every number of a ledger
        return text
    plain = half_width(one_line(text)).replace("號", "号")
    for spelt in _SPELT:
        if found := spelt.fullmatch(plain):
            return f"{found['word']}〔{in_digits(found['year'])}〕{in_digits(found['serial'])}号"
    plain = half_width(re.sub("[〔﹝【［\\[（(]([0-9０-９ ]{4,6})[〕﹞】］\\]）)]", r"〔\1〕", one_line(text)))
    return re.sub("第(?=[0-9]+号)", "", plain)


def folded_case_no(text: str, site: str) -> str:
    """A registration number as it is printed, however it was typed; one of another form, or not of this ``site``, as it stands."""
    plain = _signs(text)
    found = _OWN_CASE.fullmatch(plain) if site else None
    if found is None or found["site"] != site:
        return folded_number(text.lstrip(_QUOTES)).upper()
    year = found["year"] or found["bracketed"] or f"20{found['short']}"
    return written(CASE + site, int(year), int(found["serial"])) + (found["part"] or "")


def meant_case_no(text: str, site: str, year: int) -> str:
    """The number of this ``site`` that a bare serial may be, with its own year or that in which the line was received; empty where it is
    none."""
    found = _SERIAL_ALONE.fullmatch(_signs(text).replace("〔", "").replace("〕", "-"))
    of = int(found["year"] or year) if found else 0
    return written(CASE + site, of, int(found["serial"])) if found and of and int(found["serial"]) else ""


def _signs(text: str) -> str:
    """A registration number in half-width capitals, its dashes one sign, its blanks such a sign, without apostrophe, 号 and full stop."""
    plain = half_width(re.sub(r"(?<=[0-9A-Za-z])\s+(?=[0-9])", "-", one_line(text).lstrip(_QUOTES))).upper()
    return re.sub("[号號]?[.。]?$", "", _DASHES.sub("-", plain).translate(_BRACKETS))


def serial_of(number: str) -> Serial | None:
    """Series, year and serial of a number of our own form, however its signs were typed; None for any other."""
    number = folded_number(number)
    if found := _CASE_NO.fullmatch(number):
        return CASE + found[1], int(found[2]), int(found[3])
    if found := _LETTER_NO.fullmatch(number):
        return LETTER + found[1], int(found[2]), int(found[3])
    return None


def claimed(number: str, word: str, year: int = 0) -> tuple[Serial | None, How]:
    """The serial that a 文号 takes from the numbers still to be given in the office's own ``word``, and how it is written. 20-1号, 21号之一
    and 28号、29号 take the highest that they name; one without a word is taken for the office's own, of that ``year`` where it has none."""
    plain = folded_number(number)
    if found := serial_of(plain):
        return found, ""
    own = half_width(word)
    if own and (bare := _BARE.fullmatch(plain)) and (of := int(bare[1] or year)):
        return (LETTER + own, of, int(bare[2])), "bare"
    rest = plain.removeprefix(own)
    if not own or rest == plain or not _OWN_GOES_ON.match(rest):
        return None, ""
    begun = _BEGUN.match(rest)
    serials = [int(serial) for serial in re.findall(r"[0-9]{1,7}", begun[2])] if begun else []
    if not begun or not serials:
        return None, "unreadable"
    return (LETTER + own, int(begun[1]), max(serials)), "more"


def written(series: str, year: int, serial: int) -> str:
    """A number as it is printed."""
    if series.startswith(CASE):
        return f"{series.removeprefix(CASE)}-{year}-{serial:04d}"
    return f"{series.removeprefix(LETTER)}〔{year}〕{serial}号"


class Numbers:
    """The counters of one store. Every act is called inside ``store.write()``: a number is taken only if that commits."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def next_case_no(self, site: str, year: int) -> str:
        """Take the next registration number of a site that no case has."""
        return self._next(CASE + site, year, "case_no")

    def next_letter_no(self, word: str, year: int) -> str:
        """Take the next 文号 of a word: above all that ledgers and hands have brought, however they are written."""
        # the odd ones are looked for in the index of the numbers: each row of a large register costs most of a second
        odd = f"SELECT rowid FROM cases WHERE number > '' AND {_ODD}"
        for row in self._store.query(f"SELECT number, answered_on FROM cases WHERE rowid IN ({odd})"):
            found, _ = claimed(row["number"], word, int(row["answered_on"][:4] or 0))
            if found and found[:2] == (LETTER + word, year):
                self.used_elsewhere(*found)
        return self._next(LETTER + word, year, "number")

    def _next(self, series: str, year: int, column: str) -> str:
        while True:
            serial = self._store.value(
                "INSERT INTO counters (series, year, last) VALUES (?, ?, 1)"
                " ON CONFLICT (series, year) DO UPDATE SET last = last + 1 RETURNING last",
                [series, year],
            )
            number = written(series, year, serial)
            if not self._store.query(f"SELECT 1 FROM cases WHERE {column} = ?", [number]):
                return number

    def used_elsewhere(self, series: str, year: int, serial: int) -> None:
        """Note a number that was given outside, in a ledger or by hand: neither it nor one below it is given again, and
        those below it that nobody has are not missed."""
        self._store.execute(
            "INSERT INTO counters (series, year, last, ledger) VALUES (?, ?, ?, ?) ON CONFLICT (series, year)"
            " DO UPDATE SET last = max(last, excluded.last), ledger = max(ledger, excluded.ledger)",
            [series, year, serial, serial],
        )

    def gaps(self) -> Iterator[Gap]:
        """The numbers that were given out, or passed over, and that nobody has."""
        used = self._used()
        counters = self._store.query("SELECT * FROM counters ORDER BY series, year")
        for row in counters:
            series, year = row["series"], row["year"]
            for first, last in _between(sorted(used.get((series, year), set())), row["last"]):
                yield Gap(written(series, year, first), written(series, year, last), last <= row["ledger"])

    def too_low(self) -> Iterator[str]:
        """The series whose counter is gone, or stands below a number that is in use. A word that only numbers written
        elsewhere have needs none."""
        last = {(row["series"], row["year"]): row["last"] for row in self._store.query("SELECT * FROM counters")}
        ours = {found[:2] for number in self._letters() if (found := serial_of(number))}
        for key, serials in self._used().items():
            counted = key in last or key in ours or key[0].startswith(CASE)
            if counted and (top := max(serials)) > last.get(key, 0):
                yield written(*key, top)

    def doubles(self) -> Iterator[str]:
        """The 文号 that more than one case, or a case and another case's letter, have: known from ledgers or typed."""
        for row in self._store.each(
            "SELECT number FROM cases WHERE number <> '' AND void = 0 GROUP BY number HAVING count(*) > 1 UNION"
            " SELECT letters.number FROM letters JOIN cases ON cases.number = letters.number"
            " WHERE letters.number <> '' AND cases.case_id <> letters.case_id ORDER BY 1"
        ):
            yield row["number"]
        yield from self._doubly_written()

    def _doubly_written(self) -> Iterator[str]:
        """The 文号 that is that of another case or letter as soon as both are written as we print them."""
        odd = f"SELECT number, case_id FROM cases WHERE number <> '' AND void = 0 AND {_ODD} ORDER BY number"
        seen: set[Serial] = set()
        for row in self._store.each(odd):
            if not (found := serial_of(row["number"])) or found[0].startswith(CASE):
                continue
            params = [written(*found), row["case_id"]]
            both = " UNION ".join(
                f"SELECT 1 FROM {table} WHERE number = ? AND case_id <> ?" for table in ("cases", "letters")
            )
            if found in seen or self._store.query(both, [*params, *params]):
                yield row["number"]
            seen.add(found)

    def _used(self) -> dict[tuple[str, int], set[int]]:
        """The serials in use by series and year: of cases, letters, ledgers' answers, and numbers given up."""
        used: dict[tuple[str, int], set[int]] = {}
        for number in self._numbers():
            if found := serial_of(number):
                used.setdefault(found[:2], set()).add(found[2])
        return used

    def _letters(self) -> Iterator[str]:
        for row in self._store.each("SELECT number FROM letters WHERE number <> ''"):
            yield row["number"]

    def _numbers(self) -> Iterator[str]:
        for row in self._store.each("SELECT case_no, number FROM cases"):
            yield row["case_no"]
            yield row["number"]
        yield from self._letters()
        for row in self._store.each("SELECT body FROM events WHERE act = 'voided'"):
            event = EVENT.validate_json(row["body"])
            if isinstance(event, Voided):
                yield event.number


def _between(used: list[int], top: int) -> Iterator[tuple[int, int]]:
    """The runs of numbers from 1 to ``top`` that are not used, as first and last."""
    before = 0
    for serial in [*(n for n in used if n <= top), top + 1]:
        if serial > before + 1:
            yield before + 1, serial - 1
        before = serial
