"""Numbers by which somebody is known, in a text: identity papers, telephones, bank cards, accounts.

A number is looked for as whole groups of digits with the blanks that people set between them, never as a part of a longer one; which groups
belong together is decided by what the number then is. What has the shape and fails the check is still named, as one to be looked at:
a number with a slip of the pen names its holder all the same. Check digits: GB 11643-1999, ISO/IEC 7812-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deskapp.law.identity import credit_code_fault, id_number_fault

PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")  # GB/T 2260; 83 of residents of 台湾
GROUP = re.compile(r"[0-9]+[Xx]?|(?<=[0-9] )[Xx](?![0-9A-Za-z])")
BETWEEN = re.compile(r"[ \t]{1,3}|[-—–]|\n")  # of two groups of one number
MOST_GROUPS = 20
BEFORE = 14  # signs before a number in which its name may stand
OF_IDENTITY = re.compile("身份证|公民身份|证件号|证号")
OF_CARD = re.compile("卡号|银行卡|储蓄卡|社保卡")
OF_ACCOUNT = re.compile("[账帐]号|[账帐]户|户号|存折")
OF_PHONE = re.compile("电话|手机|联系方式|传真|座机|短号")
CARD_SIZES = range(16, 20)
BANKS = ("62", "60", "4", "5", "35", "37")  # with which the numbers of cards begin
ACCOUNT_SIZES = range(8, 31)
SURE, UNSURE = 13, 10  # weights of a digit that is explained
LONG = 15  # digits on end that are no number we know and may yet be somebody's


@dataclass(frozen=True)
class Personal:
    """Something found in a text, from ``start`` to before ``end``; one that is not ``sure`` has to be looked at, ``why`` says what for."""

    kind: str
    start: int
    end: int
    sure: bool = True
    why: str = ""


@dataclass(frozen=True)
class _Digits:
    """Groups that stand beside each other, as one number: its signs, the sizes of its groups, what stands before, between."""

    signs: str
    sizes: tuple[int, ...]
    before: str
    close: bool  # nothing but single blanks or strokes between the groups
    turned: bool = False  # two groups, the second of which begins the next line

    @property
    def digits(self) -> bool:
        return self.signs.isdigit()


def numbers_in(text: str, today: date) -> list[Personal]:
    """The numbers of a text whose full-width signs were made half-width."""
    return [hit for chain in _chains(text) for hit in _best(list(_of_chain(text, chain, today)), text)]


def _best(found: list[Personal], text: str) -> list[Personal]:
    """Of readings that overlap, those that together explain most digits; what is sure counts a third more."""
    best: list[tuple[int, list[Personal]]] = [(0, [])]
    found.sort(key=lambda h: h.end)
    for n, hit in enumerate(found):
        before = next((k for k in range(n, 0, -1) if found[k - 1].end <= hit.start), 0)
        digits = sum(sign.isalnum() for sign in text[hit.start : hit.end])
        weight = best[before][0] + digits * (SURE if hit.sure else UNSURE)
        best.append(max(best[-1], (weight, [*best[before][1], hit]), key=lambda chosen: chosen[0]))
    return best[-1][1]


def _chains(text: str) -> Iterator[list[re.Match[str]]]:
    """Groups of digits that might belong to one number."""
    chain: list[re.Match[str]] = []
    for group in GROUP.finditer(text):
        if chain and not BETWEEN.fullmatch(text[chain[-1].end() : group.start()]):
            yield chain
            chain = []
        chain.append(group)
    if chain:
        yield chain


def _of_chain(text: str, chain: list[re.Match[str]], today: date) -> Iterator[Personal]:
    for first in range(len(chain)):
        signs = ""
        for last in range(first, min(first + MOST_GROUPS, len(chain))):
            signs += chain[last][0].upper()
            if "X" in signs[:-1] or (last > first and len(signs) > ACCOUNT_SIZES[-1]):
                break
            start, end = chain[first].start(), chain[last].end()
            between = [
                text[a.end() : b.start()] for a, b in zip(chain[first:last], chain[first + 1 : last + 1], strict=True)
            ]
            run = _Digits(
                signs,
                tuple(len(group[0]) for group in chain[first : last + 1]),
                text[max(0, start - BEFORE) : start].rpartition("\n")[2],
                all(len(gap) == 1 and gap != "\n" for gap in between),
                between == ["\n"],
            )
            kind = _identity(run, today) or _phone(run) or _card(run) or _account(run) or _other(run)
            if kind:
                yield Personal(kind[0], start, end, not kind[1], kind[1])


Kind = tuple[str, str]  # the key of a kind, why it has to be looked at


def _identity(run: _Digits, today: date) -> Kind | None:
    """18 signs, or 15 of the old form: province, day of birth and check digit are asked for."""
    named = bool(OF_IDENTITY.search(run.before))
    alone = len(run.sizes) == 1
    if len(run.signs) == 18:
        fault = id_number_fault(run.signs, today)
        if not fault and PROVINCES.match(run.signs):
            doubt = run.digits and not named and not credit_code_fault(run.signs)
            return "identity", "也可能是统一社会信用代码。" if doubt else ""
        usual = (
            alone or run.turned or (run.close and run.sizes in ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (1,) * 18))
        )
        if usual and (named or (PROVINCES.match(run.signs) and _day(run.signs[6:14]))):
            return "identity", "像身份证号，但是校验对不上，可能写错了一位，也可能是别的号码。"
    if (
        len(run.signs) == 15
        and run.digits
        and (alone or run.close or run.turned)
        and PROVINCES.match(run.signs)
        and _day("19" + run.signs[6:12])
    ):
        return "identity", "" if named else "像15位的旧身份证号，也可能是别的号码。"
    return None


def _day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).year >= 1900
    except ValueError:
        return False


def _phone(run: _Digits) -> Kind | None:
    """Mobile numbers in the groups in which people write them, land lines with their area code; seven or eight digits only by name."""
    signs, sizes = run.signs, run.sizes
    if run.turned and OF_PHONE.search(run.before) and re.fullmatch("1[3-9][0-9]{9}", signs):
        return "phone", "分在两行，连起来像手机号。"
    if not run.digits or not run.close:
        return None
    for prefix in ("0086", "86"):
        if signs.startswith(prefix + "1") and len(signs) == 11 + len(prefix):
            signs, sizes = signs[len(prefix) :], sizes[1:] if sizes[0] == len(prefix) else (11,)
    if re.fullmatch("1[3-9][0-9]{9}", signs):
        if sizes in ((11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5)):
            return "phone", ""
        return ("phone", "一格一个数字，连起来像手机号。") if set(sizes) == {1} else None
    if re.fullmatch("0(?:10|2[0-9])[2-9][0-9]{7}|0[3-9][0-9]{2}[2-9][0-9]{6,7}", signs):
        area = 3 if signs[1] in "12" else 4
        if sizes in (
            (len(signs),),
            (area, len(signs) - area),
            (area, 4, len(signs) - area - 4),
            (area, 3, len(signs) - area - 3),
        ):
            return "phone", ""
    if (
        OF_PHONE.search(run.before)
        and re.fullmatch("[2-9][0-9]{6,7}", signs)
        and sizes in ((len(signs),), (3, 4), (4, 4))
    ):
        return "phone", ""
    return None


def _card(run: _Digits) -> Kind | None:
    """Bank cards of 16 to 19 digits, in groups of four or six, the first of which is the bank's."""
    if run.turned and len(run.signs) in CARD_SIZES and luhn(run.signs) and run.signs.startswith(BANKS):
        return "card", "分在两行，连起来像银行卡号。"
    if not run.digits or len(run.signs) not in CARD_SIZES or not run.close:
        return None
    spaced = (
        len(run.sizes) == 1
        or set(run.sizes[:-1]) == {4}
        or (run.sizes[0] == 6 and len(run.sizes) == 2)
        or set(run.sizes) == {1}
    )
    if not spaced:
        return None
    named, right = bool(OF_CARD.search(run.before) or OF_ACCOUNT.search(run.before)), luhn(run.signs)
    if named or (run.signs.startswith(BANKS) and right):
        return "card", ""
    if run.signs.startswith("62"):
        return "card", "像银行卡号，但是校验对不上，可能写错了一位。"
    return None


def luhn(signs: str) -> bool:
    """Whether the check digit of a card is right."""
    total = 0
    for n, sign in enumerate(reversed(signs)):
        digit = int(sign) * (2 if n % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def _account(run: _Digits) -> Kind | None:
    """Any number of some length that is called an account."""
    if run.digits and run.close and len(run.signs) in ACCOUNT_SIZES and OF_ACCOUNT.search(run.before):
        return "account", ""
    return None


def _other(run: _Digits) -> Kind | None:
    """Digits on end that are no number we know."""
    if len(run.sizes) > 1 or len(run.signs) < LONG:
        return None
    if len(run.signs) >= 20:
        return "number", "一长串数字，可能是两个号码连在一起。"
    return "number", f"{len(run.signs)}位的号码，不像身份证号，请看是什么。"
