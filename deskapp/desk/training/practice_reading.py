"""The reading point of the practice desk: an invented catalogue, a year of visits, questions and slips; the same at every making."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from deskapp.catalogue.entry import Entry
from deskapp.desk.reading.daybook import KINDS, OUTCOMES, VisitDraft
from deskapp.desk.reading.materials import ITEMS, TickDraft
from deskapp.desk.reading.point_log import PointDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.law.workdays import official_calendar

if TYPE_CHECKING:
    from deskapp.desk import Desk

ENTRIES, YEARS = 2000, 12
PLACES = ("柳河镇", "桥头村", "上街村", "河口村", "石门村", "东岭村", "青山县")
TOPICS = {
    "农村道路硬化项目": "重大建设项目", "土地承包经营权流转": "农村土地", "部门预算": "财政预决算", "部门决算": "财政预决算",
    "公务接待费支出": "财政预决算", "低保对象": "社会救助", "宅基地审批结果": "农村土地", "防汛应急预案": "应急管理",
    "饮水安全工程": "重大建设项目", "秸秆综合利用补贴": "涉农补贴", "征地补偿安置方案": "征地信息", "村级财务收支": "村务公开",
}  # fmt: skip
KINDS_OF_PAPER = ("公示", "通知", "实施方案", "情况说明", "招标公告", "中标通知书", "验收报告", "批复")
VISIT_TOPICS = ("宅基地审批", "低保名单", "土地流转", "村级账目", "医保缴费", "征地补偿", "招标公告", "危房改造")
QUESTIONS = (
    (
        "低保名单在哪里看",
        "村务公开栏和县政府网站“社会救助”栏目；只公布依法应当公布的项目，不含证件号码、病情。",
        "条例第二十一条",
    ),
    ("宅基地审批结果能不能查", "能。审批结果公开在县政府网站“农村宅基地”栏目，查阅点有纸质的。", "条例第二十一条"),
    ("申请公开要不要交钱", "不收费；数量、频次明显超过合理范围的，可以收信息处理费，先书面通知。", "条例第四十二条"),
    (
        "多久能答复",
        "能当场答复的当场答复；不能的二十个工作日以内，最多再延二十个工作日，会告诉您。",
        "条例第三十三条",
    ),
    (
        "不识字怎么申请",
        "可以口头提出，我们代您填写，念给您听，您签名或者按手印；看不清、听不清的，我们帮助您。",
        "条例第二十九条、第四十三条",
    ),
    ("村里的账在哪里查", "先看村务公开栏；镇里保存的，可以向我们申请。", "条例第十条、第二十一条"),
    (
        "房产档案能不能在这里查",
        "权利人、利害关系人带身份证明和相关材料到县不动产登记中心查；书面申请的，我们照样登记答复。",
        "条例第三十六条第七项",
    ),
    (
        "举报投诉在这里办吗",
        "举报、投诉请到镇便民服务中心3号窗口，或者打12345；写成信息公开申请的，我们登记以后书面告知。",
        "条例第三十九条",
    ),
    (
        "答复不满意怎么办",
        "不予公开的先申请行政复议，对复议决定不服再起诉；其他的以答复书写的先后、期限和地方为准。",
        "条例第五十一条",
    ),
    ("能不能寄给我", "能，申请表里选“邮寄”，写清地址和邮编。", "条例第四十条"),
    (
        "申请要写用途吗",
        "不用写用途，写清要什么信息就行；明显超过合理范围的，可能请您说明理由。",
        "条例第二十九条、第三十五条",
    ),
    (
        "别人的信息能不能要",
        "涉及别人商业秘密、个人隐私的，要书面征求他的意见；不公开对公共利益有重大影响的，可以公开。",
        "条例第十五条、第三十二条",
    ),
)

LOG = (
    (200, PointDraft(kind="training", title="登记台操作和条例学习", who="各村文书", people="12")),
    (150, PointDraft(kind="open_day", title="请群众看窗口怎样办一件申请", who="村民代表", people="20", opinions="3")),
    (120, PointDraft(kind="survey", title="查阅点好不好找、好不好用", copies_out="60", copies_back="52", satisfied="50")),
    (90, PointDraft(kind="publicity", title="赶集日发明白卡", people="80", copies_out="200")),
    (60, PointDraft(kind="meeting", title="听村民代表说公开什么", who="村民代表、企业代表", people="15", opinions="8")),
    (
        30,
        PointDraft(
            kind="inspection", title="看查阅点的材料和登记", who="周敏、许诺", role="政务公开监督员", people="2", opinions="2",
            found="目录更新及时；公报只摆到八月", mend="补齐九、十月的公报",
            mend_by="党政办",
        ),
    ),
)  # fmt: skip
"""The log of the point: how many days ago, what."""


def fill_reading(desk: Desk, today: date) -> None:
    """Fill the reading point of a practice desk, inside its transaction."""
    chance = Random(20261120)
    with desk.catalogue.one_step():
        for n in range(ENTRIES):
            desk.catalogue.put(_entry(n, chance, today))
    keys = [_question(desk, n, one, today) for n, one in enumerate(QUESTIONS)]
    for day in _days(today):
        for _ in range(chance.choice((2, 3, 3, 4, 5))):
            _visit(desk, chance, day, keys)
        if chance.random() < 0.6:
            _slip(desk, chance, day)
    for back, draft in LOG:
        desk.point_log.enter(draft.model_copy(update={"on": (today - timedelta(days=back)).isoformat()}))
    for key in ITEMS:
        if key != "aids":
            there = "no" if key == "gazette" else "yes"
            remark = "向县政府办要九、十月的" if key == "gazette" else ""
            desk.materials.tick(
                key, TickDraft(there=there, by="李晓梅", on=_days(today)[-20].isoformat(), remark=remark)
            )


def _days(today: date) -> list[date]:
    """The working days of the year that ends today."""
    calendar = official_calendar()
    days = (today - timedelta(days=back) for back in range(365, -1, -1))
    return [day for day in days if calendar.is_working(day)]


def _entry(n: int, chance: Random, today: date) -> Entry:
    topic = chance.choice(list(TOPICS))
    on = today - timedelta(days=chance.randrange(1, YEARS * 365))
    name = f"{chance.choice(PLACES)}{on.year}年{topic}{chance.choice(KINDS_OF_PAPER)}"
    return Entry(
        index_no=f"LH{n // 100:03d}/{on.year}-{n:05d}", name=name, doc_no=f"柳政〔{on.year}〕{n % 90 + 1}号",
        issuer="青山县柳河镇人民政府", published_on=on.isoformat(), topic=TOPICS[topic],
        validity="有效" if on.year > today.year - YEARS // 2 else "失效",
        url=f"https://www.example.gov.cn/lh/{on.year}/{n}.html", shelf=f"查阅点{n % 6 + 1}号柜{n % 4 + 1}层",
    )  # fmt: skip


def _question(desk: Desk, n: int, one: tuple[str, str, str], today: date) -> str:
    question, answer, basis = one
    checked = today - timedelta(days=30 * n)
    desk.questions.enter(
        QuestionDraft(
            question=question, answer=answer, basis=basis, checked_by="王建国", checked_on=checked.isoformat()
        )
    )
    return next(found.key for found in desk.questions.all(question))


def _visit(desk: Desk, chance: Random, day: date, keys: list[str]) -> None:
    kind = chance.choices(list(KINDS), (5, 4, 1))[0]
    people = chance.choice((1, 1, 1, 1, 2, 3)) if kind != "explanation" else chance.choice((3, 6, 10))
    draft = VisitDraft(
        kind=kind, people=str(people), topic=chance.choice(VISIT_TOPICS), minutes=str(chance.choice((5, 10, 15, 30))),
        outcome=chance.choice(OUTCOMES[:3]), on=day.isoformat(),
    )  # fmt: skip
    asked = chance.choices(keys, range(len(keys), 0, -1))[0] if kind == "advice" and chance.random() < 0.5 else ""
    desk.daybook.enter(draft, question=asked)


def _slip(desk: Desk, chance: Random, day: date) -> None:
    mark = chance.choices(("yes", "fair", "no"), (90, 8, 2))[0]
    service = chance.choice(("application", "reading", "advice"))
    remark = "希望中午也有人" if mark == "no" else ""
    draft = SlipDraft(
        mark=mark,
        service=service,
        channel=chance.choice(("offline", "offline", "online")),
        remark=remark,
        on=day.isoformat(),
    )
    desk.satisfaction.enter(draft)
