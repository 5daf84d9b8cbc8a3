"""The text of the annual report (条例 50), drafted: the figures are filled in, what a program cannot know is marked to be written."""

from __future__ import annotations

from dataclasses import dataclass

from deskapp.law.annual_report import class_names, report_file
from deskapp.law.period_figures import PeriodFigures, change, percent
from deskapp.law.receipt import channel_names
from deskapp.law.report_checks import ROUTE_NAMES, Report
from deskapp.law.table_two import Cells
from deskapp.unit import UnitProfile

TO_WRITE = "〔待写：{}〕"
NONE = "没有"
FORM_OF = {"2019": "国办公开办函〔2019〕60号", "2021": "国办公开办函〔2021〕30号"}


@dataclass(frozen=True)
class ReportContent:
    """All that a written report is made of: the tables, table two as it was typed, the year's figures and those of the year before, what
    visitors and slips come to in a sentence each; what is said in every title where the figures are not those that were frozen; what
    the log of the point comes to."""

    report: Report
    unit: UnitProfile
    two: Cells
    year: PeriodFigures
    before: PeriodFigures | None = None
    reading: tuple[str, ...] = ()
    differs: str = ""
    point: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the report is called."""
        return f"{self.unit.name}{self.report.year}年政府信息公开工作年度报告{self.differs}"


Part = tuple[str, tuple[str, ...]]  # a heading and its paragraphs


def opening(content: ReportContent) -> tuple[str, ...]:
    """What stands before the first part."""
    unit, year = content.unit, content.report.year
    where = f"联系地址：{unit.address}；电话：{unit.phone}" + (f"；电子邮箱：{unit.email}" if unit.email else "")
    link = f"本报告的电子版可以在{unit.website}下载。" if unit.website else TO_WRITE.format("电子版在哪里下载")
    return (
        f"本报告根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和{FORM_OF[content.report.format]}规定的格式编制。",
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。{link}{where}。",
    )


def overall(content: ReportContent) -> tuple[Part, ...]:
    """Part one, 总体情况."""
    return (
        (
            "（一）主动公开情况",
            (TO_WRITE.format("主动公开的制度、重点领域、解读和回应，全年公开多少条"), *content.reading),
        ),
        ("（二）依申请公开情况", _applications(content)),
        ("（三）政府信息管理情况", (TO_WRITE.format("信息的制作、审查、更新、归档"),)),
        ("（四）平台建设情况", (TO_WRITE.format("网站、新媒体、查阅点"),)),
        ("（五）监督保障情况", (TO_WRITE.format("机构和人员、培训、考核、责任追究"), *content.point)),
    )


def _applications(content: ReportContent) -> tuple[str, ...]:
    figures, year, before = content.report.narrative, content.year, content.before
    growth = change(year.received, before.received if before else None)
    grown = "" if growth == "—" else f"，比上年{growth}" if growth != "持平" else "，和上年持平"
    channels = _listed({channel_names()[key]: value for key, value in year.channels.items()})
    classes = _listed({class_names()[key]: value for key, value in year.classes.items()})
    groups = _listed({report_file().figures[f"group_{key}"]: figures[f"group_{key}"] for key in year.groups})
    days = f"，平均办理{year.working_days:.2f}个工作日" if year.working_days is not None else ""
    in_time = f"，按期率{percent(year.in_time_share)}" if year.judged else ""
    late = f"，超期{len(year.late)}件" if year.late else ""
    return (
        f"{content.report.year}年，本机关新收政府信息公开申请{figures['new']}件{grown}；上年结转{figures['carried_in']}件。"
        f"新收的申请，按渠道分：{channels}；按申请人分：{classes}。",
        f"全年办结{figures['total']}件：{groups}；结转下年度{figures['carried_out']}件。办结率{percent(year.closed_share)}"
        f"{in_time}{late}{days}。",
    )


def _listed(counts: dict[str, int]) -> str:
    return "、".join(f"{name}{count}件" for name, count in counts.items() if count) or NONE


def disputes_said(content: ReportContent) -> str:
    """What stands below table four."""
    table = content.report.table4
    parts = [f"{ROUTE_NAMES[route]}{table[route]['total']}件" for route in table if table[route]["total"]]
    return f"{content.report.year}年，因政府信息公开申请引发{'、'.join(parts)}。" if parts else ""


def problems() -> tuple[str, ...]:
    """Part five, 存在的主要问题及改进情况."""
    return (TO_WRITE.format("存在的主要问题"), TO_WRITE.format("改进的情况：上年提出的问题改得怎样，下一步怎么做"))


def others(content: ReportContent) -> tuple[str, ...]:
    """Part six, 其他需要报告的事项: fees are reported here (国办函〔2020〕109号)."""
    year = content.year
    if year.acts.get("fee_noticed"):
        fee = f"发出收费通知{year.acts['fee_noticed']}件，通知金额{year.fee_notices_fen / 100:.0f}元，缴纳{year.fees_paid}件。"
    else:
        fee = "没有收取信息处理费。"
    return (
        f"{content.report.year}年，本机关依申请公开{fee}",
        TO_WRITE.format("其他需要报告的事项；没有的写“无其他需要报告的事项”"),
    )
