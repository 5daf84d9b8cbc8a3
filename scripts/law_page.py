"""Write docs/law.md from the law's own data: every rule, its article, since when, when last checked, what is unverified.

A lawyer reads that page instead of Python. A test keeps it in step: run this script after a data file changes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskapp.law.categories import REVIEW_NAMES, categories
from deskapp.law.clock_events import SAME_DAY_ORDER, act_text
from deskapp.law.dated import DATA
from deskapp.law.guide import guide
from deskapp.law.workdays import official_calendar

PAGE = Path(__file__).parent.parent / "docs/law.md"
CONFIDENCE = {"verified": "已核对原文", "unverified": "**待核实**"}
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}
REMEDY = {"review_first": "先复议", "choice": "复议或者诉讼", "doubtful": "复议或者诉讼（有争议）", "none": "不写"}


def data(name: str) -> dict[str, Any]:
    """The content of a data file."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """A Markdown table."""
    columns = list(head)
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return [*lines, *("| " + " | ".join(str(cell).replace("|", "／") for cell in row) + " |" for row in rows), ""]


def source(value: dict[str, Any]) -> list[str]:
    """The last columns of most tables: article, document, validity, checked on, confidence."""
    until = f"至{value['valid_to']}" if "valid_to" in value else "起"
    return [
        value["article"],
        value["document"],
        f"{value['valid_from']}{until}",
        str(value["checked_on"]),
        CONFIDENCE[value["confidence"]],
    ]


SOURCE_HEAD = ("条文", "文件", "适用", "核对日期", "依据")


def periods() -> list[str]:
    """The periods."""
    rows = (
        [p["name"], f"{p['value']}{UNITS[p['unit']]}", *source(p), p.get("note", "")]
        for p in data("periods.toml")["period"]
    )
    return ["## 期限", "", "按收到申请之日查找适用的数。", "", *table(("期限", "数", *SOURCE_HEAD, "说明"), rows)]


def clock() -> list[str]:
    """The acts of the clock."""
    rows = ([act_text(act).name, act_text(act).article or "—", f"`{act}`"] for act in SAME_DAY_ORDER)
    rules = [
        "收到当日为第0日，其后第n个工作日是最后一日；“稳妥日期”把收到当日（是工作日的）也算一天。",
        "补正告知应在收到后第7个工作日以前发出；等待补正时没有最后一日；收到补正重新起算。第二次补正告知不停止计算。",
        "征求意见：发出次日起至答复当日的工作日不计；最迟到对方收到后第15个工作日；重叠的只扣一次。",
        "延期：一次，最多20个工作日，在最后一日以前决定；不合的不起作用。",
        "收费：通知在处理期限内发出；通知次日起20个工作日缴纳，逾期视为放弃；缴费次日起重新起算。",
        "送达：当面、委托以签收日为准，邮寄以交邮日为准，网上以发出日为准。",
        "跨到没有公布放假安排的年份，结果是暂定的。",
    ]
    return [
        "## 期限怎样计算",
        "",
        *(f"{n}. {rule}" for n, rule in enumerate(rules, 1)),
        "",
        *table(("事件", "条文", "键"), rows),
    ]


def receipt() -> list[str]:
    """The day of receipt."""
    file = data("receipt.toml")
    rows = ([c["name"], c["day"], c["article"], c["proof"]] for c in file["channel"])
    return [
        "## 哪一天算收到",
        "",
        f"{file['document']}，核对日期 {file['checked_on']}。",
        "",
        *table(("收到方式", "收到之日", "条文", "留存"), rows),
    ]


def outcomes() -> list[str]:
    """The 25 outcomes."""
    rows = (
        [c.name, c.article, c.row or "不计入", REMEDY[c.remedy], "、".join(REVIEW_NAMES[r] for r in c.reviews) or "—",
         c.use_when, c.not_when, str(c.checked_on), CONFIDENCE[c.confidence] + c.note]
        for c in categories()
    )  # fmt: skip
    head = ("答复类型", "条文", "年报行", "救济途径", "发出前要有", "什么时候用", "不要用于", "核对日期", "依据")
    return ["## 答复类型", "", *table(head, rows)]


def questions() -> list[str]:
    """The guide."""
    lines = ["## 七步向导", ""]
    names = {c.key: c.name for c in categories()}
    steps = {q.key: q.name for q in guide().question}
    for question in guide().question:
        lines += [f"**{question.name}**　{question.text}（{question.article}）", "", question.plain, ""]
        lines += [f"- {a.text} → {names.get(a.category) or '下一问：' + steps[a.to]}" for a in question.answer] + [""]
    return lines


def remedies() -> list[str]:
    """The remedies paragraphs."""
    file = data("remedies.toml")
    rows = ([REMEDY[c["remedy"]], c["text"], *source(c), c.get("note", "")] for c in file["clause"])
    online = ["网上送达时加写", file["online"]["text"], *source(file["online"]), ""]
    return [
        "## 救济途径的写法",
        "",
        "按文书的成文日期查找。",
        "",
        *table(("种类", "写法", *SOURCE_HEAD, "说明"), [*rows, online]),
    ]


def service() -> list[str]:
    """The ways of delivery."""
    file = data("service.toml")
    rows = (
        [w["name"], w["decides"], w["proof"], "可以" if w["allowed"] else "不可以", CONFIDENCE[w["confidence"]]]
        for w in file["way"]
    )
    note = f"{file['document']}{file['article']}，核对日期 {file['checked_on']}。{file['note']}"
    return ["## 送达", "", note, "", *table(("方式", "以哪一天为准", "凭证", "可否使用", "依据"), rows)]


def fees() -> list[str]:
    """The fee tariffs, yuan."""
    lines = ["## 信息处理费", ""]
    for key, name, unit in (
        ("by_items", "按件（同一申请人一个自然月）", "件"),
        ("by_pages", "按量（一件申请）", "页"),
    ):
        tariff = data("fees.toml")[key]
        rows = ([f"超过{s['above']}{unit}的部分", f"{s['fen'] // 100}元/{unit}"] for s in tariff["steps"])
        more = (
            f"超过{tariff['block_above']}件后，每{tariff['block']}件一档，每档每件再加{tariff['block_rise_fen'] // 100}元。"
            if "block" in tariff
            else ""
        )
        lines += [
            f"**{name}**　{'，'.join(source(tariff))}。{tariff.get('note', '')}{more}",
            "",
            *table(("部分", "标准"), rows),
        ]
    return lines


def calendar() -> list[str]:
    """The years of the calendar."""
    rows = (
        [y.year, y.title, y.number, CONFIDENCE[y.number_confidence], CONFIDENCE[y.days_confidence], y.checked_on]
        for y in official_calendar().years.values()
    )
    return ["## 放假安排", "", *table(("年份", "通知", "文号", "文号依据", "日期依据", "核对日期"), rows)]


def page() -> str:
    """The whole page."""
    intro = [
        "# 法律数据一览", "", "这一页由数据生成（`python -m scripts.law_page`），供法律顾问核对。",
        "“待核实”表示没有读到原文，只按通常理解收录。", "",
    ]  # fmt: skip
    parts = (periods, clock, receipt, outcomes, questions, remedies, service, fees, calendar)
    return "\n".join([*intro, *(line for part in parts for line in part())]).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
