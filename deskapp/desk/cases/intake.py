"""Intake: an application comes in and is registered; later its correction comes in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.cases.applicants import ApplicantDraft, class_doubt, not_asked, people_of, people_problems
from deskapp.errors import DeskError
from deskapp.law.annual_report import CLASSES, class_names, column_key
from deskapp.law.clock_events import Received
from deskapp.law.deadline import Deadline, evaluate, is_unsent
from deskapp.law.errors import LawError
from deskapp.law.identity import paper_key
from deskapp.law.periods import first_day_of_law
from deskapp.law.receipt import (
    Arrival,
    ChannelRule,
    Receipt,
    channel_key,
    channel_names,
    channel_rule,
    channel_rules,
    receipt_of,
)
from deskapp.law.wall import Wall, wall
from deskapp.law.workdays import Calendar
from deskapp.parsing import LONGEST_CELL, LONGEST_TEXT, LOST_SIGN, half_width, one_line, person_name, plain_digits
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.journal import Journal
from deskapp.register.people import People
from deskapp.telling import holds_number, names_nobody, names_several, says_nothing
from deskapp.typed import Since, Typed

DRAFT_KEY = "intake"
SEVERAL = "lines"  # how a form says that each line of the content is an application of its own
NOT_YET = "not_yet"  # how it says that the applicant could not be reached to confirm that it came in
_NUMBERS = ("id_number", "phone", "email", "postcode", "mail_number")  # half width, without blanks
LONG = ("content", "remark", "others")  # the fields that may hold more than a cell
_WORDS = (
    "channel",
    "applicant",
    "applicant_class",
    "legal_representative",
    "id_kind",
    "content",
    "address",
    "delivery_form",
    "signed_by",
    "remark",
    "difficulty",
)

_SHORT_MOBILE = re.compile(r"1[3-9](?!\d{9}$)\d+")  # a mobile number has eleven digits


class IntakeDraft(ApplicantDraft):
    """The registration form as it is typed: every value a text, dates in any usual form."""

    model_config = ConfigDict(extra="ignore")

    channel: Annotated[str, BeforeValidator(channel_key)] = "in_person"
    received_on: str = ""
    confirmed: str = ""
    mail_number: str = ""
    signed_by: str = ""
    handed_over_on: str = ""
    difficulty: str = ""
    applicant_class: Annotated[str, BeforeValidator(column_key)] = "natural_person"
    id_kind: Annotated[str, BeforeValidator(paper_key)] = ""
    content: str = ""
    several: str = ""
    delivery_form: str = ""
    remark: str = ""

    @property
    def contents(self) -> list[str]:
        """What is applied for: one thing, or one a line where the paper holds several (办法 4)."""
        if self.several != SEVERAL:
            return [text] if (text := one_line(self.content)) else []
        return [text for line in self.content.splitlines() if (text := one_line(line))]


def absent_of(draft: IntakeDraft) -> set[str]:
    """The fields that this form does not have, by channel and applicant; what stands in them does not count."""
    came = {"handed_over_on"} if draft.confirmed == NOT_YET else set()  # it is the day of receipt that is typed then
    return not_asked(draft, draft.channel) | came


@dataclass(frozen=True)
class Problem:
    """Something about one field of a form; a blocking one must be mended first."""

    field: str
    message: str
    blocking: bool = True


@dataclass(frozen=True)
class Reading:
    """A registration form, read once: the rule of its channel, how it came in, the legal day of receipt that follows, who stands
    behind it, and what is wrong or worth knowing. The first three are None where the form does not say them; ``absent`` are the
    fields that it does not have."""

    rule: ChannelRule | None
    arrival: Arrival | None
    receipt: Receipt | None
    people: People
    absent: set[str]
    problems: tuple[Problem, ...]

    @property
    def received_on(self) -> date:
        """The legal day of receipt, the day it came while nobody has confirmed that. Raises DeskError without either."""
        if self.receipt is None or self.arrival is None:
            raise DeskError("还没有收到之日。", "还没有登记。", "请填写收到日期。", "received_on")
        return self.receipt.on or self.arrival.arrived_on


class Intake:
    """The moment an application is taken in. ``unprintable`` names the characters that no font can print; ``became`` notes in
    the log of the mail which case a letter became."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        unprintable: Callable[[str], list[str]],
        became: Callable[[str, str, str], None],
        drop: Callable[[str], None],
    ) -> None:
        self._journal, self._clock, self._unprintable, self._became = journal, clock, unprintable, became
        self._drop = drop

    def rule(self, channel: str) -> ChannelRule:
        """Which day is the legal day of receipt for a channel (条例 31)."""
        return channel_rule(channel)

    def receipt(self, case: Case) -> Receipt:
        """Why the day of receipt of a case is the one it is (条例 31)."""
        return how_received(case.received)

    def check(self, draft: IntakeDraft) -> list[Problem]:
        """What is wrong or worth knowing about a form, field by field."""
        return list(self._read(draft).problems)

    def foreseen(self, draft: IntakeDraft) -> Deadline | None:
        """The clock as it would be if the form were registered as it stands; None while it has no day of receipt."""
        return self._foreseen(draft, self._journal.calendar(), working=False)

    def foreseen_wall(self, draft: IntakeDraft) -> Wall | None:
        """The same as a wall calendar."""
        calendar = self._journal.calendar()
        deadline = self._foreseen(draft, calendar, working=True)
        events = [Received(on=deadline.received_on)] if deadline else []
        return wall(deadline, events, self._clock.today(), calendar) if deadline else None

    def _foreseen(self, draft: IntakeDraft, calendar: Calendar, working: bool) -> Deadline | None:
        read, today = self._read(draft), self._clock.today()
        if read.receipt is None:
            return None
        first_day = self._journal.unit(today).first_day
        return evaluate([Received(on=read.received_on)], today, calendar, first_day, working=working)

    def _read(self, draft: IntakeDraft) -> Reading:
        """The form, read once."""
        rule = next((rule for rule in channel_rules() if rule.key == draft.channel), None)
        absent, today, found = absent_of(draft), self._clock.today(), list(_wanting(draft, rule))
        arrival, receipt, people = None, None, People()
        try:
            arrival = self._arrival(draft, rule or channel_rules()[0])
            receipt = receipt_of(arrival)
        except DeskError as error:
            found.append(Problem(error.field or "received_on", str(error)))
        except LawError as error:
            found.append(Problem("handed_over_on", str(error)))
        try:
            people = people_of(draft, absent, today)
            found += [Problem(*each) for each in people_problems(draft, people, absent, today)]
        except DeskError as error:
            found.append(Problem(error.field, str(error)))
        problems = (*found, *_spoilt(draft), *_chosen(draft, rule), *self._warnings(draft))
        return Reading(rule, arrival, receipt, people, absent, problems)

    def _warnings(self, draft: IntakeDraft) -> list[Problem]:
        """Advice that does not stop registration."""
        found = []
        for name, label in (("applicant", "申请人"), ("content", "申请内容")):
            missing = self._unprintable(one_line(getattr(draft, name)))
            if missing:
                message = f"{label}里的【{'、'.join(missing)}】没有字体能印，发文书时会受阻，请先安装字体。"
                found.append(Problem(name, message, blocking=False))
        if draft.channel == "registered_mail" and not (draft.mail_number.strip() and draft.signed_by.strip()):
            found.append(Problem("mail_number", "挂号邮寄的请填邮件号和签收人，以后要证明哪天收到。", blocking=False))
        found += [
            Problem(name, f"写的是【{one_line(typed)}】，登记时当作没有填。", blocking=False)
            for name in _NUMBERS
            if says_nothing(typed := getattr(draft, name))
        ]
        if draft.applicant_class == "natural_person" and names_several(draft.applicant):
            several = "像是几个人：一起申请的，这里写一个，其余写进【一起申请的人】；各申请各的，分开登记。"
            found.append(Problem("applicant", several, blocking=False))
        phone = "" if says_nothing(draft.phone) else half_width(draft.phone)
        if phone and (not re.fullmatch(r"[0-9+\-()转/、,]{7,40}", phone) or _SHORT_MOBILE.fullmatch(phone)):
            found.append(Problem("phone", "联系电话看起来不完整，请与申请人核对。", blocking=False))
        if draft.applicant_class in CLASSES and (
            doubt := class_doubt(one_line(draft.applicant), draft.applicant_class)
        ):
            found.append(Problem("applicant_class", doubt, blocking=False))
        if not phone and not one_line(draft.address):
            found.append(
                Problem(
                    "phone", "没有电话也没有地址，答复可能送不到（条例第二十九条要求有联系方式）。", blocking=False
                )
            )
        return found

    def _arrival(self, draft: IntakeDraft, rule: ChannelRule) -> Arrival:
        """How the application came in, as it was typed. Raises DeskError with the field of a day that is none."""
        today = self._clock.today()
        typed = Typed(draft, today, "")
        on = typed.day("received_on", "收到日期", Since(first_day_of_law(), "政府信息公开条例的施行日期"))
        asked = "handed_over_on" not in absent_of(draft)
        reached = typed.day_if_any("handed_over_on", "到登记台的日期") if asked else None
        if reached:
            typed.checked(reached, "handed_over_on", "到登记台的日期")
        if rule.decides == "confirmed":
            came, confirmed = reached or on, None if draft.confirmed == NOT_YET else on
            return Arrival(channel=rule.key, arrived_on=came, confirmed_on=confirmed, handed_over_on=came)
        signed_by = one_line(draft.signed_by)
        return Arrival(channel=rule.key, arrived_on=on, handed_over_on=reached or today, signed_by=signed_by)

    def register(self, draft: IntakeDraft, draft_key: str = DRAFT_KEY, mail_key: str = "") -> Case:
        """Register the application under the next number, and forget the form that was kept under ``draft_key``;
        ``mail_key`` is the letter it came by. Raises DeskError with the first blocking problem, or when that letter is a case
        already."""
        read = self._read(draft)
        blocking = [problem for problem in read.problems if problem.blocking]
        if blocking:
            raise DeskError(blocking[0].message, "还没有登记。", "请改正这一项再试。", blocking[0].field)
        with self._journal.write():
            site = self._journal.unit(self._clock.today()).site_code
            number = self._journal.numbers.next_case_no(site, read.received_on.year)
            event = self._event(draft, read, number)
            case = self._journal.register([event])
            if draft.several == SEVERAL:
                case = self.split(case.case_id, draft.contents)[0]
            self._became(mail_key, event.mail_number, number)
            self._drop(draft_key)
        return case

    @staticmethod
    def not_to_split(case: Case) -> DeskError | None:
        """Why an application cannot be divided, whatever its items; None when it can."""
        if any(isinstance(event, ev.Split) for event in case.history) or case.received.split_from:
            return DeskError("这一件已经拆分过。", "没有再拆分。", "请看登记号后面带-2、-3的各件。")
        if case.earlier:
            todo = "请在一份答复里逐项答复。"
            return DeskError("这一件已经答复过一次，责令重新答复的不能再拆分。", "没有拆分。", todo)
        if any(is_unsent(event) for event in case.clock_events):
            todo = "请先按 F5 记下送达，或者作废它，再拆分。"
            return DeskError("还有告知书没有送出，拆分以后它只管得到其中一件。", "没有拆分。", todo)
        return None

    def split(self, case_id: str, contents: Sequence[str], seen: int | None = None) -> list[Case]:
        """Make several cases of one application, one for each content (办法 4: 一事一申请); the first stays where it is.

        The others get its number with -2, -3 … and its day of receipt. Raises DeskError for fewer than two, or when
        the application was answered or split already.
        """
        wanted = [content for text in contents if (content := one_line(text))]
        if len(wanted) < 2:
            raise DeskError("拆分要写明至少两项申请内容。", "没有拆分。", "请一行写一项。")
        if max(map(len, wanted)) > LONGEST_TEXT:
            raise DeskError(f"有一项太长，最多{LONGEST_TEXT}个字。", "没有拆分。", "请写短一些。")
        with self._journal.write():
            case = self._journal.case(case_id)
            if whole := self.not_to_split(case):
                raise whole
            numbers = [f"{case.case_no}-{n}" for n in range(2, len(wanted) + 1)]
            event = ev.Split(on=self._clock.today(), content=wanted[0], into=tuple(numbers))
            cases = [self._journal.append(case_id, [event], seen)]
            for number, content in zip(numbers, wanted[1:], strict=True):
                facts = {"case_no": number, "content": content, "split_from": case.case_no, "by": ""}
                item = ev.Received.model_validate({**case.received.model_dump(), **facts})
                cases.append(self._journal.register([item, *_clock_of(case)]))
        return cases

    def _event(self, draft: IntakeDraft, read: Reading, number: str) -> ev.Received:
        """The form as the first event of a case; fields that it does not have stay empty. The day is the one that the law makes of
        the arrival, or the day it came while the applicant has not confirmed that."""
        arrival, receipt = read.arrival, read.receipt
        plain = {name: one_line(getattr(draft, name)) for name in _WORDS}
        plain |= {name: person_name(plain[name]) for name in ("applicant", "legal_representative")}
        plain["address"] = plain_digits(plain["address"])
        numbers = {name: half_width(text) for name in _NUMBERS if not says_nothing(text := getattr(draft, name))}
        numbers = dict.fromkeys(_NUMBERS, "") | numbers
        numbers |= {name: numbers[name].upper() for name in ("id_number", "mail_number")}
        typed = {name: "" if name in read.absent else value for name, value in {**plain, **numbers}.items()}
        return ev.Received.model_validate(
            {
                **typed,
                **dict(read.people),
                "on": read.received_on,
                "case_no": number,
                "handed_over_on": arrival.handed_over_on if arrival else None,
                "confirmed_on": arrival.confirmed_on if arrival else None,
                "unconfirmed": receipt is not None and receipt.on is None,
            }
        )


def _clock_of(case: Case) -> list[ev.AnyEvent]:
    """What has happened to the deadline of a case so far: it holds for every item of one paper (条例 30: 补正 restarts the period
    of the whole application)."""
    happened = [event for event in case.clock_events if isinstance(event, ev.Event)]
    loose = [
        event.model_copy(update={"letter_id": ""}) if isinstance(event, ev.OfLetter) else event for event in happened
    ]
    return [ev.EVENT.validate_python(event.model_dump()) for event in loose]


def how_received(received: ev.Received) -> Receipt:
    """Why the day of receipt of a registration is the one it is, and what an older rule said."""
    rule = channel_rule(received.channel)
    arrived = (received.handed_over_on or received.on) if rule.decides == "confirmed" else received.on
    said = (
        None if received.unconfirmed or rule.decides != "confirmed" else received.on
    )  # earlier registers have only the day
    confirmed = received.confirmed_on or said
    handed = received.handed_over_on if received.handed_over_on and received.handed_over_on >= arrived else None
    arrival = Arrival(
        channel=received.channel,
        arrived_on=min(arrived, confirmed) if confirmed else arrived,
        confirmed_on=confirmed,
        handed_over_on=handed,
        signed_by=received.signed_by,
    )
    return receipt_of(arrival)


def _wanting(draft: IntakeDraft, rule: ChannelRule | None) -> Iterator[Problem]:
    """What has to be filled in and is not, or says nothing."""
    for name, label in (("applicant", "申请人"), ("content", "申请内容")):
        if not one_line(getattr(draft, name)):
            yield Problem(name, f"请填写{label}。")
    if names_nobody(draft.applicant):
        yield Problem("applicant", f"【{one_line(draft.applicant)}】不是谁的名字，请写明申请人。")
    elif holds_number(draft.applicant):
        yield Problem("applicant", "姓名里有号码，请分开填到证件号码或者联系电话。")
    if draft.confirmed not in ("", NOT_YET):
        yield Problem("confirmed", f"是不是与申请人确认过，已经确认的不填，还没有的写 {NOT_YET}。")
    if rule and rule.spoken and not one_line(draft.difficulty):
        yield Problem("difficulty", "请写明为什么不能书面提出（条例第二十九条），口头申请记录上要写。")
    if draft.several == SEVERAL and len(draft.contents) < 2:
        yield Problem("content", "选了【有几项，一行一项分开登记】，请至少写两行，一行一项。")


def _spoilt(draft: IntakeDraft) -> Iterator[Problem]:
    """Texts that are too long, or have lost a character."""
    texts = draft.model_dump().items()
    for name, value in texts:
        if len(one_line(value)) > (most := LONGEST_TEXT if name in LONG else LONGEST_CELL):
            yield Problem(name, f"太长，最多{most}个字。")
    for name, value in texts:
        if LOST_SIGN in value:
            yield Problem(name, "里面有认不出的字，是复制或者转换时坏了的：请照原件写。")


def _chosen(draft: IntakeDraft, rule: ChannelRule | None) -> Iterator[Problem]:
    """Choices that are none of those there are."""
    if rule is None:
        yield Problem("channel", f"收到方式请从这些里选：{'、'.join(channel_names().values())}。")
    if draft.applicant_class not in CLASSES:
        yield Problem("applicant_class", f"申请人类别请从这些里选：{'、'.join(class_names().values())}。")
