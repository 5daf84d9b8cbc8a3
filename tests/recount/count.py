"""The recount: from a plain list of what was done to what the law makes of it. Imports nothing of the project.

Written from the texts: 条例 is 政府信息公开条例 (国务院令第711号), 办法 is 政府信息公开信息处理费管理办法 (国办函〔2020〕109号), 235号 is
国办公开办函〔2016〕235号, 格式 is 国办公开办函〔2021〕30号. Slow and short on purpose: days are stepped through one by one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

ONE, EVER = timedelta(days=1), date.max
REPLY_DAYS = 20  # working days (条例 33)
OPINION_DAYS = 15  # working days for a third party, or a body that made the information too (条例 32, 34)
MOST_EXTENSION = 20  # working days (条例 33)
PAYMENT_DAYS = 20  # working days (办法 6)
CALENDARS = (
    Path(__file__).parents[2] / "deskapp" / "law" / "data" / "calendar"
)  # the notices of each year, read as data
LEAVE_2027 = (  # no notice yet: the days that 全国年节及纪念日放假办法 2 itself names
    (1, 1), (2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (5, 1), (5, 2), (6, 9), (9, 15), (10, 1), (10, 2), (10, 3),
)  # fmt: skip
CLASSES = ("natural_person", "enterprise", "research_institute", "public_welfare", "legal_services", "other")
ROUTES = ("review", "suit_direct", "suit_after_review")
RESULTS = ("upheld", "corrected", "other", "pending")
ROWS = (
    "granted", "partial", "state_secret", "prohibited_by_law", "public_security", "third_party", "internal_affairs",
    "deliberative", "enforcement_file", "special_access", "not_held", "needs_creation", "still_unclear", "petition", "repeat",
    "publication", "abusive", "reissue", "correction_lapsed", "fee_lapsed", "other",
)  # fmt: skip
ELSEWHERE = {
    "already_public": "granted",  # 条例 36(一) and (二) are both 予以公开
    "not_our_agency": "not_held",  # 条例 36(四) and (五) are both 本机关不掌握
    "archive_referral": "special_access",  # another law says how it is had
    "withdrawn": "other",  # what reports themselves say of 撤回
    "not_government_information": "other",
    "advice": "other",
    "public_enterprise": "other",  # 条例 55
}
WITHOUT_ROW = ("record_correction", "proactive_suggestion")  # 条例 41, 44: no application for information
OUTCOMES = (*ROWS[:-1], *ELSEWHERE, *WITHOUT_ROW)
CONSULTATIONS = ("third_party_consultation", "agency_consultation")
REPLIES = {"correction_notice": "corrected", "fee_notice": "paid"}
SIGNED = ("in_person", "entrusted")  # ways whose day is the day of arrival (235号 四)


# -- the facts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deed:
    """One act: its ``place`` in the list of its case, the day it was ``noted``, the day it bears, ``what`` was done, about which
    ``letter`` (by number; empty for an answer written outside), and what it says besides."""

    place: int
    noted: date
    on: date
    what: str
    letter: str = ""
    says: Mapping[str, str | int] = field(default_factory=dict)

    def told(self) -> str:
        """One line."""
        late = f" (noted {self.noted})" if self.noted != self.on else ""
        says = " ".join(f"{key}={value}" for key, value in self.says.items())
        return f"{self.place:3} {self.on}{late} {self.what} {self.letter} {says}".rstrip()


@dataclass
class History:
    """A case as it was played: its registration and what was done since; ``of`` is the case it was split from, at ``since``."""

    no: str
    noted: date
    received: date
    channel: str
    applicant_class: str
    deeds: list[Deed] = field(default_factory=list)
    of: History | None = None
    since: int = 0

    def told(self) -> str:
        """The whole history, a line for each act."""
        head = f"{self.no} received {self.received} (registered {self.noted}) {self.channel} {self.applicant_class}"
        before = [f"  split from {self.of.told()}", f"  after {self.since} of these"] if self.of else []
        return "\n".join([head, *before, *(f"  {deed.told()}" for deed in self.deeds)])


@dataclass
class Sending:
    """How a letter went out: when first and last, when it arrived as far as known, and the place of the first in the history."""

    first: date
    last: date
    arrived: date | None
    place: int


@dataclass
class Term:
    """One period to answer in: from which day, how long, whether a decision named it, what is waited for from the applicant, whether a
    correction was asked for before, when it was answered, when an order ended it."""

    begins: date
    days: int
    named: bool = False
    more: int = 0
    until: date | None = None
    waits: set[str] = field(default_factory=set)
    once: bool = False
    pay_by: date = EVER
    withdrawn: bool = False
    answered: date | None = None
    over: date = EVER
    due: date | None = None

    @property
    def in_time(self) -> bool | None:
        """Whether the answer went out by the last day; None without answer or last day."""
        return self.answered <= self.due if self.answered and self.due else None

    def anew(self, day: date, what: str) -> None:
        """What was asked came in: a full new period from the day after."""
        self.begins, self.more, self.until = day, 0, None
        self.waits.discard(what)


# -- working days -------------------------------------------------------------------------------------------------


@cache
def notices() -> tuple[frozenset[date], frozenset[date]]:
    """The days off and the make-up working days of every year that has a notice, and the leave of the year without one."""
    off, makeup = {date(2027, month, day) for month, day in LEAVE_2027}, set()
    for file in CALENDARS.glob("*.toml"):
        for holiday in tomllib.loads(file.read_text(encoding="utf-8"))["holiday"]:
            off.update(holiday["off"])
            makeup.update(holiday["makeup"])
    return frozenset(off), frozenset(makeup)


def works(day: date) -> bool:
    """Whether offices work on that day."""
    off, makeup = notices()
    return day in makeup or (day not in off and day.weekday() < 5)


def nth_after(day: date, n: int) -> date:
    """The n-th working day after a day, which does not count itself (民法典 201)."""
    while n:
        day += ONE
        n -= works(day)
    return day


# -- what counts --------------------------------------------------------------------------------------------------


def living(history: History, day: date) -> list[Deed]:
    """What was known on a day and not taken back: neither struck out, nor of a letter whose number was given up."""
    known = [deed for deed in history.deeds if deed.noted <= day]
    struck = {deed.says["place"] for deed in known if deed.what == "struck"}
    void = {deed.letter for deed in known if deed.what == "voided"}
    return [deed for deed in known if deed.place not in struck and (not deed.letter or deed.letter not in void)]


def whole(history: History, day: date) -> list[Deed]:
    """The same with what had been done to the paper before it was split: 补正 and the rest were of the whole application (条例 30).
    A day that is known later is asked for in each item."""
    if history.of is None:
        return living(history, day)
    before = [deed for deed in living(history.of, day) if deed.what not in ("split", "amended")]
    shared = [deed for deed in before if deed.place < history.since]
    return [*shared, *living(history, day)]


def registered(history: History, day: date, name: str, first: str) -> str:
    """A fact of the registration as it was last put right."""
    values = [d.says["value"] for d in living(history, day) if d.what == "amended" and d.says["field"] == name]
    return str(values[-1]) if values else first


def received_on(history: History, day: date) -> date:
    """The day of receipt (条例 31), as it was last put right."""
    return date.fromisoformat(registered(history, day, "received_on", history.received.isoformat()))


def is_void(history: History, day: date) -> bool:
    """Whether the registration itself was a mistake."""
    return any(deed.what == "voided" and deed.letter == history.no and deed.noted <= day for deed in history.deeds)


def outcome(deed: Deed) -> str:
    """The outcome by which an act ends a case; empty for any other act."""
    if deed.what == "withdrawn":
        return "withdrawn"
    kind = str(deed.says.get("kind", ""))
    return kind if deed.what in ("letter", "answered", "closed") and kind in OUTCOMES else ""


def closing(history: History, day: date) -> tuple[str, date] | None:
    """The outcome that closed a case first and its day: a later answer to the same application is no second one (格式, 表三)."""
    return next(((found, deed.on) for deed in living(history, day) if (found := outcome(deed))), None)


def sending(deeds: Iterable[tuple[int, Deed]], letter: str) -> Sending | None:
    """How a letter went out. The day of posting stays what counts when it comes back (235号 四), unless name or address were the
    office's own mistake: then nothing was sent."""
    sent: Sending | None = None
    for place, deed in deeds:
        if deed.letter != letter:
            continue
        if deed.what == "sent":
            arrived = deed.on if deed.says["way"] in SIGNED else None
            sent = Sending(sent.first if sent else deed.on, deed.on, arrived, sent.place if sent else place)
        elif deed.what == "arrived" and sent:
            sent.arrived = deed.on
        elif deed.what == "returned" and sent:
            sent = None if deed.says["ours"] else Sending(sent.first, sent.last, None, sent.place)
    return sent


# -- the last lawful day ------------------------------------------------------------------------------------------
Step = tuple[date, str, Mapping[str, str | int]]
Pause = tuple[date, date]
Placed = Sequence[tuple[int, Deed]]


def terms(history: History, day: date) -> list[Term]:
    """The periods of a case as they stood on a day: the first, and one for each order to answer anew (复议法 64, 实施条例 58)."""
    deeds = list(enumerate(whole(history, day)))
    pauses = consultations(deeds)
    found = [Term(received_on(history, day), REPLY_DAYS)]
    for on, what, says in steps(deeds):
        term = found[-1]
        if what == "ordered":
            term.over = on
            named = int(says["days"])
            found.append(Term(on, named or REPLY_DAYS, bool(named), once=term.once))
        elif not (term.answered or term.withdrawn):
            move(term, on, what, says, pauses)
    for term in found:
        if not (term.waits or term.withdrawn):
            term.due = last_day(term, pauses, term.answered or term.over)
    return found


def steps(deeds: Placed) -> Iterator[Step]:
    """What moves the period, round by round, by the day from which it works. Days count and not hours: an answer comes after what
    else its day brought, and an order ends its round."""
    orders = [place for place, deed in deeds if deed.what == "ordered"]
    begins = [(deeds[order][1].on, order) for order in orders]
    found = []
    for place, deed in deeds:
        at, (on, what, says) = effect(deeds, orders, place, deed)
        rank = ("served", "ordered").index(what) + 1 if what in ("served", "ordered") else 0
        found.append(((sum(begun < (on, at) for begun in begins), on, rank, at), (on, what, says)))
    return (step for _, step in sorted(found, key=lambda item: item[0]))


def effect(deeds: Placed, orders: Sequence[int], place: int, deed: Deed) -> tuple[int, Step]:
    """From where and which day an act works: a letter from its sending (条例 30, 33, 35: 告知), an answer from its delivery in its
    own round (235号 四)."""
    answers = deed.what in ("letter", "answered") and outcome(deed) not in ("", "withdrawn")
    if (deed.what != "letter" and not answers) or outcome(deed) == "withdrawn":
        return place, (deed.on, outcome(deed) or deed.what, deed.says)
    end = min((order for order in orders if order > place), default=len(deeds))
    what = "served" if answers else str(deed.says["kind"])
    sent = sending(deeds[place:end] if answers else deeds, deed.letter)
    replied = (d.on for _, d in deeds if d.what == REPLIES.get(what) and d.on >= deed.on)
    if any(sent is None or on < sent.first for on in replied):  # who replies was asked, however it reached him
        return place, (deed.on, what, {**deed.says, "reached": deed.on.toordinal()})
    if sent is None:
        return place, (deed.on, f"{what}_written", deed.says)
    return sent.place, (sent.first, what, {**deed.says, "reached": (sent.arrived or sent.last).toordinal()})


def move(term: Term, on: date, what: str, says: Mapping[str, str | int], pauses: Sequence[Pause]) -> None:
    """One step in a period: what comes after its last day does nothing to it, and one that a decision named (复议法 64) is not that of 条例 33,
    which alone can be stopped, put off or lengthened."""
    running = on <= last_day(term, pauses, on) and not term.named
    if what in ("correction_notice", "correction_notice_written"):
        if not term.once and running and what == "correction_notice":
            term.waits.add("correction")
        term.once = True  # 条例 30: 一次性告知
    elif what == "corrected" and "correction" in term.waits:
        term.anew(on, "correction")  # 条例 30: 答复期限自收到补正的申请之日起计算
    elif what in ("fee_notice", "fee_noticed"):
        if running or term.waits:
            term.waits.add("payment")
            term.pay_by = nth_after(date.fromordinal(int(says.get("reached", on.toordinal()))), PAYMENT_DAYS)
    elif what == "paid" and "payment" in term.waits and on <= term.pay_by:
        term.anew(on, "payment")  # 办法 6: 从完成缴费次日起重新计算
    elif what in ("extension_notice", "extended") and running and not (term.waits or term.more):
        term.more = int(says["days"]) if int(says["days"]) <= MOST_EXTENSION else 0  # 条例 33
    elif what in ("deferral_notice", "deferred") and running:
        term.until = date.fromisoformat(str(says["until"]))  # 条例 35
    elif what == "withdrawn":
        term.withdrawn = True
    elif what == "served":
        term.answered = on


def consultations(deeds: Placed) -> list[Pause]:
    """The days between a question to a third party or another body and its answer, which do not count (条例 33 第三款): at the latest
    to the end of the fifteen working days from its arrival (条例 32, 34), from its sending where that is unknown."""
    found, answers = [], [(place, deed) for place, deed in deeds if deed.what == "opinion"]
    for place, deed in deeds:
        if deed.what == "asked":
            arrived = str(deed.says.get("arrived", ""))
            first, reached = deed.on, date.fromisoformat(arrived) if arrived else deed.on
        elif deed.says.get("kind") in CONSULTATIONS and (sent := sending(deeds, deed.letter)):
            first, reached = sent.first, sent.arrived or sent.last
        else:
            continue
        answered = (a.on for at, a in answers if a.says["who"] == deed.says["who"] and at > place)
        found.append((first, min(nth_after(reached, OPINION_DAYS), next(answered, EVER))))
    return found


def last_day(term: Term, pauses: Sequence[Pause], known: date) -> date:
    """The last day of a period by the consultations begun by a day; one that was put off ends on a working day (民法典 203)."""
    day, left = term.begins, term.days + term.more
    off = [] if term.named else [pause for pause in pauses if pause[0] <= known]
    while left:
        day += ONE
        left -= works(day) and not any(first < day <= end for first, end in off)
    return max(day, nth_after(term.until - ONE, 1)) if term.until else day


# -- the year -----------------------------------------------------------------------------------------------------
Disputed = tuple[str, date, str, date | None]


def behind(histories: Iterable[History], year: int, day: date) -> dict[str, list[History]]:
    """The cases behind each row of 表三 as it stands on a day."""
    rows: dict[str, list[History]] = {row: [] for row in ("new", "carried_in", *ROWS, "total", "carried_out")}
    for history in histories:
        if history.noted <= day and not is_void(history, day):
            for row in rows_of(received_on(history, day).year, closing(history, day), year):
                rows[row].append(history)
    return rows


def table_three(rows: Mapping[str, Sequence[History]], day: date) -> dict[str, list[int]]:
    """表三: the cases behind each row by the class of the applicant, and their sum."""
    table = {}
    for row, histories in rows.items():
        classes = [registered(history, day, "applicant_class", history.applicant_class) for history in histories]
        table[row] = [*(classes.count(column) for column in CLASSES), len(classes)]
    return table


def rows_of(received: int, closed: tuple[str, date] | None, year: int) -> list[str]:
    """The rows in which a case counts one: received in the year of receipt, handled in the year of its first answer.

    What is no application for information has no row, unless it stood open in the table of an earlier year: then it is carried in
    (上年“四” is 本年“二”) and goes out as 其他.
    """
    if received > year or (closed and closed[1].year < year):
        return []
    came = "new" if received == year else "carried_in"
    if closed is None or closed[1].year > year:
        return [came, "carried_out"]
    if closed[0] in WITHOUT_ROW:
        return [came, "other", "total"] if received < year else []
    return [came, ELSEWHERE.get(closed[0], closed[0]), "total"]


def table_four(histories: Iterable[History], year: int, day: date) -> dict[str, dict[str, int]]:
    """表四 as it stands on a day: what was decided in the year, and what was open at its end."""
    table = {route: dict.fromkeys((*RESULTS, "total"), 0) for route in ROUTES}
    for history in histories:
        if history.noted <= day and not is_void(history, day):
            for route, began, result, decided in matters(living(history, day)):
                if began.year <= year and (decided is None or decided.year >= year):
                    table[route][result if decided and decided.year == year else "pending"] += 1
                    table[route]["total"] += 1
    return table


def matters(deeds: Iterable[Deed]) -> list[Disputed]:
    """Each review and suit: its route, when it began, what came of it and when."""
    found: dict[str, list[Disputed]] = {route: [] for route in ROUTES}
    for deed in deeds:
        if deed.what == "disputed":
            found[str(deed.says["route"])].append((str(deed.says["route"]), deed.on, "pending", None))
        elif deed.what == "decided":  # one of a route at a time
            route, began, _, _ = found[str(deed.says["route"])].pop()
            found[route].append((route, began, str(deed.says["result"]), deed.on))
    return [item for route in ROUTES for item in found[route]]
