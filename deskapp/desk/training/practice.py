"""The practice desk: an invented township with some sixty cases in every state, made through the desk's own acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.desk.cases.reviews import OpinionDraft
from deskapp.desk.reading.publication import EntryDraft
from deskapp.desk.training.practice_reading import fill_reading
from deskapp.law.workdays import official_calendar
from deskapp.printing.file import NoPrinterPort
from deskapp.register import events as ev
from deskapp.unit import read_profile
from letters.example import UNIT

NAMES = (
    "张三", "李秀兰", "王建军", "赵小燕", "陈祎昇", "刘珺堃", "欧阳修远", "周玉梅", "吴国庆", "郑爱华", "孙立新", "钱多多",
    "冯晓东", "褚文静", "卫红", "蒋大为", "沈月", "韩雪", "杨柳", "朱明", "秦岭", "尤佳", "许诺", "何欢",
)  # fmt: skip
FIRMS = (
    ("青山县宏远建筑有限公司", "enterprise"),
    ("青山县水利科学研究所", "research_institute"),
    ("正和律师事务所", "legal_services"),
)
TOPICS = (
    "柳河镇2025年农村土地承包经营权流转台账",
    "桥头村2024年度财务收支公开表",
    "柳河镇2026年部门预算",
    "上街村道路硬化项目的招标文件和中标通知书",
    "柳河镇宅基地审批结果（2023年至2025年）",
    "桥头村征地补偿款分配方案",
    "柳河镇2025年低保对象公示名单",
    "柳河镇农村饮水安全工程验收报告",
    "镇政府2025年公务接待费支出明细",
    "河滨路拓宽工程的规划许可文件",
    "柳河镇防汛应急预案",
    "2024年秸秆综合利用补贴发放表",
)
SEARCHED = (
    "经办人李晓梅在本机关档案室文书档案目录和办公自动化系统中，按名称和关键词查找，并向业务办公室核实，均未找到该信息"
)
LEDGER_ANSWERS = (
    "already_public", "partial", "third_party", "internal_affairs", "deliberative", "enforcement_file", "special_access",
    "needs_creation", "still_unclear", "petition", "repeat", "publication", "reissue", "correction_lapsed", "granted",
)  # fmt: skip


@dataclass
class _Story:
    """One case of the practice desk while its steps are played."""

    n: int
    case_id: str = ""


RELEASED: tuple[tuple[bool, str] | tuple[bool, str, tuple[str, str]] | None, ...] = (
    (
        True,
        "群众常来问，隐去证件号码以后人人可以看",
        ("柳河镇宅基地审批结果汇总（2023年至2025年）", "查阅点2号柜1层"),
    ),
    (False, "写着各户的人口和补偿款，隐去以后不成样子，不宜主动公开"),
    (True, "名单依法公布过，隐去证件号码和病情以后补进目录"),
    None,
    (True, "王建国审查，不涉及第十四条至第十六条", ("柳河镇2025年公务接待费支出明细", "查阅点1号柜3层")),
    None,
    None,
)
"""What became of the released answers: judged fit and in the catalogue, fit and not there yet, not fit; three that were not judged are
about the same, so that they are proposed."""
ASKED_AGAIN = {21: TOPICS[7], 22: TOPICS[7]}  # stories that ask for what others ask for too
OPINIONS = {"secrecy": ("王建国", "同意公开"), "legal": ("正和律师事务所赵律师", "同意")}
Step = Callable[["Desk", _Story], None]


def fill(desk: Desk, clock: FixedClock, today: date) -> int:
    """Play all stories up to ``today``; the number of cases. ``clock`` must be the desk's own."""
    steps = sorted(_all_steps(today), key=lambda step: (step[0], step[1].n))
    played = [step for step in steps if step[0] <= today]
    for day, story, act in played:
        clock.set(day)
        act(desk, story)
    clock.set(today)
    return len({story.n for _, story, _ in played})


def practice_profile() -> dict[str, object]:
    """The particulars of the invented township."""
    return dict(UNIT)


def _all_steps(today: date) -> Iterator[tuple[date, _Story, Step]]:
    """Every step of every story with its day. Days are counted in working days before ``today``."""
    for n, (age, plot) in enumerate(_plots(), 1):
        story = _Story(n)
        start = _before(today, age)
        yield start, story, _register
        for after, act in plot:
            yield official_calendar().nth_after(start, after) if after else start, story, act


def _plots() -> Iterator[tuple[int, list[tuple[int, Step]]]]:
    """(working days ago, [(working days after receipt, act)]) for each case."""
    for n, category in enumerate(LEDGER_ANSWERS):
        yield 230 - 9 * n, [(12, _answered(category)), (13, _served_outside), (16, _archive)]
    for age, more in zip((90, 84, 78, 71, 66, 60, 55), RELEASED, strict=True):
        judged: list[tuple[int, Step]] = [(13, _judge(*more))] if more else []
        yield age, [(11, _issue("granted")), (12, _serve), *judged, (15, _archive)]
    for age in (52, 48, 44, 40):
        yield age, [(14, _issue("not_held")), (15, _serve), (16, _archive)]
    for age in (38, 36, 33):
        yield age, [(9, _issue("not_our_agency")), (10, _serve)]
    yield 35, [(5, _issue("correction_notice")), (6, _serve)]
    yield 34, [(18, _extend)]
    yield 26, []
    yield 23, []
    for age in (20, 20, 19, 18, 17):
        yield age, []
    yield 21, [(5, _issue("correction_notice")), (6, _serve), (9, _corrected)]
    yield 16, [(5, _consult)]
    yield 15, [(6, _consult), (12, _party_answers)]
    yield 12, [(4, _issue("correction_notice")), (5, _serve)]
    yield 11, [(10, _issue("granted"))]
    yield 13, [(12, _issue("not_held"))]
    yield 10, [(6, _withdraw)]
    yield 9, [(5, _issue("correction_notice"))]
    for age in (14, 10, 9, 8, 7, 6, 6, 5, 5, 4, 3, 2, 1, 0):
        yield age, []


def _judge(fit: bool, why: str, entry: tuple[str, str] | None = None) -> Step:
    """What was released is judged; with an entry it is in the catalogue too: what it is called there, where it stands."""

    def act(desk: Desk, story: _Story) -> None:
        desk.acts.record(story.case_id, ev.PublicationJudged(on=desk.clock.today(), fit=fit, why=why))
        if entry:
            name, shelf = entry
            desk.publication.enter(story.case_id, EntryDraft(name=name, shelf=shelf))

    return act


def _before(today: date, working_days: int) -> date:
    """The working day from which ``working_days`` working days lead to ``today``."""
    calendar = official_calendar()
    day = calendar.next_working(today)
    for _ in range(working_days):
        day = calendar.previous_working(day - timedelta(days=1))
    return day


def _register(desk: Desk, story: _Story) -> None:
    firm = FIRMS[story.n // 7 % len(FIRMS)] if story.n % 7 == 0 else None
    name, applicant_class = firm or (NAMES[story.n % len(NAMES)], "natural_person")
    channel = ("in_person", "registered_mail", "online", "in_person")[story.n % 4]
    draft = IntakeDraft(
        channel=channel,
        applicant=name,
        applicant_class=applicant_class,
        phone=f"1390555{story.n:04d}",
        address=f"青山县柳河镇桥头村{story.n}号",
        content=ASKED_AGAIN.get(story.n, TOPICS[story.n % len(TOPICS)]),
        mail_number=f"XA{story.n:09d}44" if channel == "registered_mail" else "",
        signed_by="收发室" if channel == "registered_mail" else "",
    )
    story.case_id = desk.intake.register(draft).case_id


def _issue(kind: str) -> Step:
    facts = {
        "granted": {
            "manner": "纸质复制件",
            "attachments": "所申请的信息复制件（6页）",
        },
        "not_held": {"search_process": SEARCHED},
        "not_our_agency": {
            "reason": "该信息由县自然资源和规划局制作",
            "agency": "青山县自然资源和规划局",
            "agency_contact": "青山县人民路18号，电话0579-5550123",
        },
        "correction_notice": {
            "points": "请写明所需信息的名称、文号或者形成的年份",
            "ground": "没有写明文件的名称、文号或者年份",
            "guidance": "名称可以在县政府网站的政府信息公开目录中查找",
        },
    }

    def act(desk: Desk, story: _Story) -> None:
        typed = {**desk.reply.draft(story.case_id, kind), **facts[kind]}
        desk.guidance.keep(story.case_id, kind, desk.guidance.implied(kind))
        for box in desk.reviews.boxes(desk.lookup.case(story.case_id), kind):
            if box.needed:
                who, opinion = OPINIONS[box.review]
                desk.reviews.note(story.case_id, OpinionDraft(review=box.review, who=who, opinion=opinion))
        desk.reply.issue(story.case_id, kind, typed)

    return act


def _answered(category: str) -> Step:
    def act(desk: Desk, story: _Story) -> None:
        desk.acts.record(story.case_id, ev.Answered(on=desk.clock.today(), category=category))

    return act


def _serve(desk: Desk, story: _Story) -> None:
    letter = desk.delivery.waiting(desk.lookup.case(story.case_id))[0]
    if story.n % 3:
        draft = DeliveryDraft(letter_id=letter.letter_id, way="registered_mail", proof=f"XA{story.n:09d}55")
    else:
        draft = DeliveryDraft(letter_id=letter.letter_id, way="in_person", signed_by="本人")
    desk.delivery.serve(story.case_id, draft)


def _served_outside(desk: Desk, story: _Story) -> None:
    desk.acts.record(story.case_id, ev.Served(on=desk.clock.today(), way="registered_mail", proof="（台账）"))


def _archive(desk: Desk, story: _Story) -> None:
    desk.delivery.archive(story.case_id, f"YSQ-{story.n:03d}")


def _extend(desk: Desk, story: _Story) -> None:
    event = ev.Extended(on=desk.clock.today(), working_days=20, approved_by="王建国")
    desk.acts.record(story.case_id, event)


def _consult(desk: Desk, story: _Story) -> None:
    desk.acts.record(story.case_id, ev.PartyConsulted(on=desk.clock.today(), party="宏远建筑公司"))


def _party_answers(desk: Desk, story: _Story) -> None:
    event = ev.PartyAnswered(on=desk.clock.today(), party="宏远建筑公司", agrees=True)
    desk.acts.record(story.case_id, event)


def _corrected(desk: Desk, story: _Story) -> None:
    desk.acts.record(story.case_id, ev.Corrected(on=desk.clock.today()))


def _withdraw(desk: Desk, story: _Story) -> None:
    desk.acts.record(story.case_id, ev.Withdrawn(on=desk.clock.today()))


def make_practice_desk(home: Path, today: date) -> int:
    """Create the practice desk in a new data directory; the number of cases. Raises DeskError if one is there."""
    clock = FixedClock(today - timedelta(days=400))
    desk = Desk.create(home, read_profile(practice_profile(), "练习单位"), clock, NoPrinterPort())
    try:
        with desk.upkeep.one_step():
            desk.upkeep.mark_practice()
            made = fill(desk, clock, today)
            fill_reading(desk, today)
    except BaseException:
        desk.discard()
        raise
    desk.close()
    return made
