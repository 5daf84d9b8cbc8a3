"""Write docs/law.md from the law's own data: every rule, its article, since when, when last checked, what is unverified.

A lawyer reads that page instead of Python. A test keeps it in step: run this script after a data file changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from deskapp.law.annual_report import ReportFile, outcome_names
from deskapp.law.case_file import ArchiveFile
from deskapp.law.categories import REVIEW_NAMES, categories
from deskapp.law.clock_events import SAME_DAY_ORDER, ActFile, act_text
from deskapp.law.dated import Sourced, load
from deskapp.law.delivery import ways
from deskapp.law.disputes import results
from deskapp.law.fees import FeeFile, ItemTariff, PageTariff
from deskapp.law.guide import guide
from deskapp.law.periods import PeriodFile, spelled
from deskapp.law.receipt import channel_rules
from deskapp.law.remedies import RemedyFile
from deskapp.law.workdays import LeaveFile, official_calendar
from letters.catalogue import TemplateCatalogue

PAGE = Path(__file__).parent.parent / "docs/law.md"
CONFIDENCE = {"verified": "已核对原文", "unverified": "**待核实**"}
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}
REMEDY = {
    "review_first": "先复议", "choice": "复议或者诉讼", "review_only": "只能复议", "complaint": "申诉", "none": "不写",
}  # fmt: skip
SOURCE_HEAD = ("条文", "文件", "适用", "核对日期", "依据", "说明")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """A Markdown table."""
    columns = list(head)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return [*lines, *("| " + " | ".join(str(cell).replace("|", "／") for cell in row) + " |" for row in rows), ""]


def source(value: Sourced) -> list[str]:
    """The last columns of most tables: article, document, validity, checked on, confidence, note."""
    until = f"至{value.valid_to}" if value.valid_to else "起"
    return [
        value.article, value.document, f"{value.valid_from}{until}", str(value.checked_on), CONFIDENCE[value.confidence],
        value.note or "—",
    ]  # fmt: skip


def now(text: str) -> str:
    """A sentence with the periods as they are on the day they were last checked."""
    return spelled(text, max(period.checked_on for period in load(PeriodFile, "periods.toml").period))


def periods() -> list[str]:
    """The periods."""
    listed = load(PeriodFile, "periods.toml").period
    rows = ([p.name, f"{p.value}{UNITS[p.unit]}", *source(p)] for p in listed)
    return ["## 期限", "", "按收到申请之日查找适用的数。", "", *table(("期限", "数", *SOURCE_HEAD), rows)]


def clock() -> list[str]:
    """The acts of the clock."""
    rows = ([act_text(act).name, f"`{act}`", *source(act_text(act))] for act in SAME_DAY_ORDER)
    rules = load(ActFile, "clock.toml").rule
    numbered = [
        f"{n}. {now(r.text)}（{r.article}；{CONFIDENCE[r.confidence]}；{r.note}）" for n, r in enumerate(rules, 1)
    ]
    return ["## 期限怎样计算", "", *numbered, "", *table(("事件", "键", *SOURCE_HEAD), rows)]


def receipt() -> list[str]:
    """The day of receipt."""
    rows = ([c.name, c.day, c.proof, c.differs or "—", *source(c)[:-1]] for c in channel_rules())
    head = ("收到方式", "收到之日", "留存", "与国办公开办函〔2015〕207号的不同", *SOURCE_HEAD[:-1])
    return ["## 哪一天算收到", "", *table(head, rows)]


def outcomes() -> list[str]:
    """The 25 outcomes."""
    labels = {row.key: row.label for row in load(ReportFile, "annual_report.toml").row}
    rows = (
        [f"{c.name}（`{c.key}`）", labels.get(c.row, "不计入"), REMEDY[c.remedy],
         "、".join(REVIEW_NAMES[r] for r in c.reviews) or "—", "；".join(c.facts), now(c.use_when), now(c.not_when), *source(c)]
        for c in categories()
    )  # fmt: skip
    head = ("答复类型", "年报行", "救济途径", "发出前要有", "文书里要写", "什么时候用", "不要用于", *SOURCE_HEAD)
    return ["## 答复类型", "", *table(head, rows)]


def questions() -> list[str]:
    """The guide."""
    lines = ["## 答复向导", ""]
    names = {c.key: c.name for c in categories()}
    steps = {q.key: q.name for q in guide().question}
    titles = TemplateCatalogue().templates
    for question in guide().question:
        where = f"{question.article}，核对日期{question.checked_on}，{CONFIDENCE[question.confidence]}"
        lines += [f"**{question.name}**　{question.text}（{where}）", "", now(question.plain), ""]
        for answer in question.answer:
            first = f"先发{titles[answer.letter].title}" if answer.letter else ""
            lines.append(f"- {answer.text} → {names.get(answer.category) or first or '下一问：' + steps[answer.to]}")
        lines.append("")
    return lines


def remedies() -> list[str]:
    """The remedies paragraphs, and who reviews and judges each kind of unit."""
    file = load(RemedyFile, "remedies.toml")
    rows = [[REMEDY[c.remedy], c.text, *source(c)] for c in file.clause]
    rows.append(["网上送达时加写", file.online.text, *source(file.online)])
    rows += [["没有答复", rule.text, *source(rule)] for rule in file.silence]
    titles = TemplateCatalogue(None).templates
    letters = ([titles[item.kind].title, REMEDY[item.remedy], *source(item)] for item in file.letter)
    routes = ([r.name, r.review, r.court, *source(r)] for r in file.route)
    return [
        "## 救济途径的写法", "", "按文书的成文日期查找。", "",
        *table(("种类", "写法", *SOURCE_HEAD), rows), "答复以外的文书：", "",
        *table(("文书", "种类", *SOURCE_HEAD), letters), "各类机关的复议机关和管辖法院：", "",
        *table(("机关类别", "复议机关", "法院", *SOURCE_HEAD), routes),
    ]  # fmt: skip


def disputes() -> list[str]:
    """How a review or suit can end, and where the year counts it."""
    routes = {"review": "复议", "suit": "诉讼"}
    rows = (
        [
            r.name,
            "、".join(routes[x] for x in r.routes),
            outcome_names()[r.outcome],
            "要" if r.redo else "不用",
            *source(r),
        ]
        for r in results().values()
    )
    return ["## 复议、诉讼的结果", "", *table(("怎样结案", "哪一种", "表四", "重新答复", *SOURCE_HEAD), rows)]


def service() -> list[str]:
    """The ways of delivery."""
    rows = ([w.name, w.decides, w.proof, "可以" if w.allowed else "不可以", *source(w)] for w in ways())
    return ["## 送达", "", *table(("方式", "以哪一天为准", "凭证", "可否使用", *SOURCE_HEAD), rows)]


def fees() -> list[str]:
    """The fee tariffs, yuan."""
    file: FeeFile = load(FeeFile, "fees.toml")
    items, pages = file.by_items, file.by_pages
    last = items.steps[-1].fen // 100
    blocks = [
        (items.block_above + items.block * n, last + items.block_rise_fen // 100 * (n + 1)) for n in range(2)
    ]  # fmt: skip
    more = [(above, above + items.block, yuan) for above, yuan in blocks]
    rise = f"以后每{items.block}件一档，每档每件再加{items.block_rise_fen // 100}元。"
    return [
        "## 信息处理费", "", "每件申请只能选一种标准，不能两种同时用（办法第三条）。", "",
        *_tariff("按件（同一申请人一个自然月，一份申请有多项内容的可以拆分）", "件", items, items.block_above, more, rise),
        *_tariff("按量（一件申请，不累加）", "页", pages, None, [], ""),
    ]  # fmt: skip


def _tariff(
    name: str, unit: str, tariff: ItemTariff | PageTariff, end: int | None,
    more: list[tuple[int, int, int]], rise: str,
) -> list[str]:  # fmt: skip
    edges = [*(s.above for s in tariff.steps[1:]), end]
    spans = [(s.above, edge, s.fen // 100) for s, edge in zip(tariff.steps, edges, strict=True)] + more
    rows = [
        [f"第{a + 1}—{b}{unit}" if b else f"第{a + 1}{unit}以上", f"{yuan}元/{unit}" if yuan else "不收费"]
        for a, b, yuan in spans
    ]
    return [f"**{name}**　{'，'.join(source(tariff))}。{rise}", "", *table(("部分", "标准"), rows)]


def report() -> list[str]:
    """The rows of the annual table, in both formats."""
    file = load(ReportFile, "annual_report.toml")
    formats = ([f"{name}年格式", *source(value)] for name, value in file.format.items())
    rows = (
        [row.label, f"`{row.key}`", (row.before and f"以前计入`{row.before}`") or "—", *source(row)]
        for row in file.row
    )
    return [
        "## 年度报告表三", "", *table(("格式", *SOURCE_HEAD), formats), *table(("行", "键", "拆分", *SOURCE_HEAD), rows),
        "核对：a. 各种答复之和＝总计；b. 一＋二＝总计＋四（印在表上）；c. 六类申请人之和＝总计列；d. 表四四种结果之和＝总计；"
        "e. 上年“四”＝本年“二”；f. 文字里的数＝表格里的数；g. 统计期限是当年全年。", "",
    ]  # fmt: skip


def calendar() -> list[str]:
    """The years of the calendar."""
    years = official_calendar().years.values()
    rows = (
        [
            y.year,
            "；".join((y.title, *y.also)),
            y.number,
            CONFIDENCE[y.number_confidence],
            CONFIDENCE[y.days_confidence],
            y.checked_on,
        ]
        for y in years
    )
    leave = ([f"全年{v.days}天", "、".join(v.festivals), *source(v)] for v in load(LeaveFile, "festivals.toml").leave)
    return [
        "## 放假安排", "", *table(("年份", "通知", "文号", "文号依据", "日期依据", "核对日期"), rows),
        "日期与两个公开的日历软件包逐日相符（2008年至2026年），没有逐份读过通知的原文。", "",
        "全体公民放假的节日，用来核对导入的安排是否齐全：", "", *table(("天数", "节日", *SOURCE_HEAD), leave),
    ]  # fmt: skip


def case_file() -> list[str]:
    """The file of a case: papers, order, periods, numbers."""
    file = load(ArchiveFile, "archive.toml")
    papers = ([p.name, f"`{p.key}`", p.place, *source(p)] for p in sorted(file.paper, key=lambda p: p.place))
    kept = (
        [r.name, {"disputed": "有复议、诉讼的", "always": "其余的", "never": "由人决定"}[r.when], *source(r)]
        for r in file.retention
    )
    books = ([f"{b.name}（`{b.kind}`）", f"{b.years}年", *source(b)] for b in file.note)
    numbers = ([f"`{n.pattern}`", f"`{n.no_fonds}`", *source(n)] for n in file.number)
    return [
        "## 案卷", "", "材料按顺序号排；办理中的文书、答复和别的文书各有位置。各地档案馆要求不同，以它们的为准。", "",
        *table(("材料", "键", "顺序", *SOURCE_HEAD), papers), *table(("保管期限", "哪些", *SOURCE_HEAD), kept),
        "案件以外的登记里的姓名、电话和文字保管多久：", "", *table(("登记", "保管", *SOURCE_HEAD), books),
        *table(("档号", "没有全宗号的", *SOURCE_HEAD), numbers),
    ]  # fmt: skip


def unverified() -> list[str]:
    """Everything that nobody has read in its source yet, in one list."""
    file = load(RemedyFile, "remedies.toml")
    report_file = load(ReportFile, "annual_report.toml")
    values: list[tuple[str, Sourced]] = [(f"期限：{p.name}", p) for p in load(PeriodFile, "periods.toml").period]
    values += [(f"事件：{act_text(act).name}", act_text(act)) for act in SAME_DAY_ORDER]
    values += [(f"收到方式：{c.name}", c) for c in channel_rules()]
    values += [(f"答复类型：{c.name}", c) for c in categories()]
    values += [(f"向导：{q.name}", q) for q in guide().question]
    values += [(f"救济途径：{REMEDY[c.remedy]}", c) for c in file.clause]
    values += [("救济途径：网上", file.online), *(("救济途径：没有答复", rule) for rule in file.silence)]
    values += [(f"复议机关：{r.name}", r) for r in file.route]
    values += [(f"救济途径：{item.kind}", item) for item in file.letter]
    values += [(f"复议、诉讼的结果：{r.name}", r) for r in results().values()]
    values += [(f"送达：{w.name}", w) for w in ways()]
    archive = load(ArchiveFile, "archive.toml")
    values += [(f"案卷材料：{p.name}", p) for p in archive.paper]
    values += [(f"保管期限：{r.name}", r) for r in archive.retention]
    values += [(f"登记的保管期限：{b.name}", b) for b in archive.note]
    values += [("档号", n) for n in archive.number]
    values += [(f"年报：{row.label}", row) for row in report_file.row]
    lines = [f"- {name}。{v.document}，{v.article}。{v.note}" for name, v in values if v.confidence == "unverified"]
    numbers = [y.year for y in official_calendar().years.values() if y.number_confidence == "unverified"]
    numbered = [f"- 放假通知的文号：{'、'.join(map(str, numbers))}年"] if numbers else []
    return ["## 待核实的条目", "", *lines, *numbered, ""]


def page() -> str:
    """The whole page."""
    intro = [
        "# 法律数据一览", "", "这一页由数据生成（`python -m scripts.law_page`），供法律顾问核对。",
        "“待核实”表示没有读到原文，只按通常理解收录。", "",
    ]  # fmt: skip
    parts = (
        unverified,
        periods,
        clock,
        receipt,
        outcomes,
        questions,
        remedies,
        disputes,
        service,
        fees,
        case_file,
        report,
        calendar,
    )
    return "\n".join([*intro, *(line for part in parts for line in part())]).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
