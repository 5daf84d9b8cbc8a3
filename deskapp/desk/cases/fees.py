"""The fee of a fee letter: computed by the law's tariff from items or pages, and compared with what the letter says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from deskapp.law.fees import FEN, Fee, fee_by_items, fee_by_pages
from deskapp.parsing import half_width, whole_number
from deskapp.typed import Typed
from letters.document import Finding
from letters.template import Template

BY_ITEMS, BY_PAGES = "by_items", "by_pages"
STANDARDS = {BY_ITEMS: "按件", BY_PAGES: "按量"}
"""What is counted, and what letters call it; those that were issued before and an office's own copies have the name alone."""
MOST_UNITS = 99_999
UNITS = {BY_ITEMS: "件", BY_PAGES: "页"} | {STANDARDS[BY_ITEMS]: "件", STANDARDS[BY_PAGES]: "页"}
SUM = re.compile(r"=\s*([0-9]{1,9})\s*元")
NOTICED = "fee_noticed"  # the act of the letter


def with_fee(source: Template, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a letter, the sum and its working filled in where they were left out and the tariff gives them."""
    filled = dict(facts)
    if source.act != NOTICED or (due := _due(filled)) is None:
        return filled
    fen, lines = due
    if filled.get("amount") in (None, ""):
        filled["amount"] = str(fen // FEN)
    if not filled.get("working"):
        filled["working"] = lines
    return filled


def fee_findings(source: Template, facts: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with the sum of a fee letter (信息处理费管理办法 4, 5)."""
    if source.act != NOTICED:
        return
    amount = half_width(str(facts.get("amount") or ""))
    written = facts.get("working") or []
    lines = written.splitlines() if isinstance(written, str) else written
    sums = [SUM.search(line.replace("＝", "=")) for line in lines]
    yuan = whole_number(amount)
    if yuan is None:
        return
    if lines and all(sums) and (total := sum(int(found[1]) for found in sums if found)) != yuan:
        what = f"计算的经过加起来是{total}元，应缴金额写的是{amount}元。"
        yield Finding("fee_sum", True, "应缴金额", what, "请核对，不知道的两项都不填，程序照标准算。", "amount")
    due = _due(facts)
    if due is None:
        what = "没有写件数或者页数，核对不了金额。"
        yield Finding("fee_unknown", False, "应缴金额", what, "请在【累计件数或者页数】里填数字。", "units")
        return
    if due[0] == 0:
        yield Finding("fee_none", True, "应缴金额", "这个数量照标准不收费。", "不要发收费通知书。", "units")
    elif yuan * FEN != due[0]:
        what = f"照标准应当是{due[0] // FEN}元，写的是{amount}元。"
        yield Finding("fee_differs", True, "应缴金额", what, f"{'；'.join(due[1])}。", "amount")


def _due(facts: Mapping[str, Any]) -> tuple[int, list[str]] | None:
    """The sum in fen and its lines, less what was charged in the month before; None while the number is not known."""
    unit = UNITS.get(str(facts.get("standard") or ""))
    number = _number(facts.get("units"))
    if unit and number is None:  # it stands in the sentence
        found = re.findall(rf"(?<![0-9])([0-9]{{1,9}})\s*(?:余)?{unit}", half_width(str(facts.get("counted") or "")))
        number = int(found[-1]) if found else None
    if unit is None or number is None:
        return None
    tariff = fee_by_items if unit == UNITS[BY_ITEMS] else fee_by_pages
    already = _number(facts.get("already")) or 0
    lines = lines_of(tariff(number), unit, already)
    return tariff(number).fen - tariff(min(already, number)).fen, lines


def calculated(standard: str, units: str, already: str = "") -> list[str]:
    """What a number of applications or pages comes to: the sum in a sentence, then its working, a line for each price. Raises DeskError
    for no number."""
    unit = UNITS[standard]
    typed = Typed({"units": units, "already": already}, date.min, "没有算。")
    typed.needed("units", f"{unit}数", "请填数字。")
    number = typed.whole("units", f"{unit}数", 1, MOST_UNITS, 1)
    before = typed.whole("already", "已经收过费的", 0, number, 0)
    tariff = fee_by_items if unit == UNITS[BY_ITEMS] else fee_by_pages
    fen = tariff(number).fen - tariff(before).fen
    if not fen:
        return [f"{number}{unit}不收费。"]
    return [f"应缴{fen // FEN}元（{tariff(number).article}）。", *lines_of(tariff(number), unit, before)]


def _number(value: Any) -> int | None:
    text = half_width(str(value)) if value not in (None, "") else ""
    return whole_number(text)


def lines_of(fee: Fee, unit: str, already: int = 0) -> list[str]:
    """The working of a fee as the letter says it, a line for each price, without what is free or was charged ``already``."""
    lines = []
    for line in fee.lines:
        first = max(line.first, already + 1)
        if not line.each_fen or first > line.last:
            continue
        count, each = line.last - first + 1, line.each_fen // FEN
        span = f"第{first}{unit}至第{line.last}{unit}" if count > 1 else f"第{first}{unit}"
        lines.append(f"{span}：{each}元/{unit}×{count}{unit}={each * count}元")
    return lines
