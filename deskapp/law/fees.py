"""The information processing fee: by items of one applicant in a natural month, or by pages of one request.

Source: 政府信息公开信息处理费管理办法（国办函〔2020〕109号） 3, 4, 5. Amounts are integers in fen.
"""

from __future__ import annotations

from deskapp.law.dated import Frozen, Sourced, load
from deskapp.law.errors import LawError

FEN = 100  # in a yuan


class FeeStep(Frozen):
    """``fen`` for each unit above the ``above``-th."""

    above: int
    fen: int


class ItemTariff(Sourced):
    """按件计收; after ``block_above`` the price rises by ``block_rise_fen`` for each ``block`` items."""

    steps: tuple[FeeStep, ...]
    block_above: int
    block: int
    block_rise_fen: int


class PageTariff(Sourced):
    """按量计收."""

    steps: tuple[FeeStep, ...]


class FeeFile(Frozen):
    """The content of fees.toml."""

    by_items: ItemTariff
    by_pages: PageTariff


class FeeLine(Frozen):
    """One line of the working: units ``first`` to ``last`` at ``each_fen`` make ``fen``."""

    first: int
    last: int
    each_fen: int
    fen: int


class Fee(Frozen):
    """An amount with its working."""

    fen: int
    lines: tuple[FeeLine, ...]
    article: str


def fee_by_items(items: int) -> Fee:
    """The fee for ``items`` requests of one applicant in a natural month. Raises LawError below zero."""
    tariff: ItemTariff = load(FeeFile, "fees.toml").by_items
    steps, above, price = list(tariff.steps), tariff.block_above, tariff.steps[-1].fen
    while above < items:
        price += tariff.block_rise_fen
        steps.append(FeeStep(above=above, fen=price))
        above += tariff.block
    return _fee(items, steps, tariff)


def fee_by_pages(pages: int) -> Fee:
    """The fee for ``pages`` A4 sides of one request. Raises LawError below zero."""
    tariff: PageTariff = load(FeeFile, "fees.toml").by_pages
    return _fee(pages, list(tariff.steps), tariff)


def _fee(units: int, steps: list[FeeStep], source: Sourced) -> Fee:
    if units < 0:
        raise LawError("件数和页数不能小于0。")
    ends = [step.above for step in steps[1:]] + [units]
    lines = [
        FeeLine(
            first=step.above + 1,
            last=min(end, units),
            each_fen=step.fen,
            fen=(min(end, units) - step.above) * step.fen,
        )
        for step, end in zip(steps, ends, strict=True)
        if units > step.above
    ]
    return Fee(fen=sum(line.fen for line in lines), lines=tuple(lines), article=f"{source.document}{source.article}")
