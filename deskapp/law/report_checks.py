"""The whole annual report and the checks that it must pass, each naming the two figures that disagree.

Identities: b is printed in the official form; a, c, d follow from the sums it has; e holds across years; h compares the register with
the tables that were frozen. Those of a report that somebody wrote (f, g, i) are in :mod:`deskapp.law.report_published`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskapp.law.annual_report import (
    OUTCOMES,
    CountedCase,
    Dispute,
    FilledRow,
    Format,
    Table4,
    columns,
    fill_table3,
    fill_table4,
    format_of,
    narrative,
    report_file,
)
from deskapp.law.dated import Frozen

ROUTE_NAMES = {
    "review": "行政复议",
    "suit_direct": "行政诉讼（未经复议直接起诉）",
    "suit_after_review": "行政诉讼（复议后起诉）",
}


class Check(Frozen):
    """One identity: its name, whether it holds, and the cells that disagree. ``key`` is its letter in the list of identities: programs go by it."""

    key: str = ""  # empty in years that were frozen by the first versions
    name: str
    ok: bool
    detail: str

    def as_contract(self) -> dict[str, object]:
        """The keys of a check of ``deskapp report --json``."""
        return {"name": self.name, "ok": self.ok, "detail": self.detail}


class Report(Frozen):
    """The whole answer, in the shape of ``deskapp report --json``."""

    year: int
    format: Format
    columns: tuple[str, ...]
    table3: tuple[FilledRow, ...]
    table4: Table4
    narrative: dict[str, int]
    checks: tuple[Check, ...]

    def as_contract(self) -> dict[str, object]:
        """The document of ``deskapp report --json``."""
        return {**self.model_dump(mode="json"), "checks": [check.as_contract() for check in self.checks]}


def build_report(
    year: int,
    cases: Iterable[CountedCase],
    disputes: Iterable[Dispute],
    last_year: Sequence[FilledRow] | None = None,
) -> Report:
    """Tables three and four of ``year`` with narrative figures and checks; ``last_year`` is table three of the year
    before. Raises LawError before 2019."""
    table, table4 = fill_table3(year, cases), fill_table4(year, disputes)
    return Report(
        year=year, format=format_of(year), columns=tuple(column.name for column in columns()), table3=tuple(table), table4=table4,
        narrative=narrative(table, table4), checks=tuple(check_tables(table, table4, last_year)),
    )  # fmt: skip


def check_tables(
    table: Sequence[FilledRow], table4: Table4, last_year: Sequence[FilledRow] | None = None
) -> list[Check]:
    """The identities a to d, and e against last year's table when it is given."""
    values = {row.key: row.values for row in table}
    names = [f"{column.name}列" for column in columns()]
    outcomes = {row.key for row in report_file().row if row.group} & values.keys()
    width = range(len(names))
    sums = [sum(values[key][n] for key in outcomes) for n in width]
    intake = [values["new"][n] + values["carried_in"][n] for n in width]
    handled = [values["total"][n] + values["carried_out"][n] for n in width]
    checks = [
        _compare("a", "a. 各种答复之和＝（七）总计", names, ("各种答复之和", sums), ("（七）总计", values["total"])),
        _compare("b", "b. 一＋二＝（七）总计＋四", names, ("一＋二", intake), ("（七）总计＋四", handled)),
        _compare("c", "c. 六类申请人之和＝总计列", [f"【{row.label}】" for row in table], *_row_sums(table)),
        _compare("d", "d. 表四：四种结果之和＝总计", [ROUTE_NAMES[r] for r in table4], *_table4_sums(table4)),
    ]
    if last_year is not None:
        carried = next(row.values for row in last_year if row.key == "carried_out")
        sides = ("上年【四】", carried), ("本年【二】", values["carried_in"])
        checks.append(_compare("e", "e. 上年【四】＝本年【二】", names, *sides))
    return checks


def check_frozen(now: Report, frozen: Report) -> Check:
    """Identity h: the register still gives the tables that were frozen; the cells that changed since."""
    before = {row.key: row.values for row in frozen.table3}
    bad = [
        f"【{row.label}】{column}：冻结时{then}，现在{value}"
        for row in now.table3
        for column, value, then in zip(now.columns, row.values, before[row.key], strict=True)
        if value != then
    ]
    bad += [
        f"{ROUTE_NAMES[route]}：冻结时和现在不同" for route in now.table4 if now.table4[route] != frozen.table4[route]
    ]
    return Check(key="h", name="h. 登记簿＝冻结的年报", ok=not bad, detail="；".join(bad) or "相符")


Side = tuple[str, Sequence[int]]


def _row_sums(table: Sequence[FilledRow]) -> tuple[Side, Side]:
    return ("六类之和", [sum(row.values[:-1]) for row in table]), ("总计列", [row.values[-1] for row in table])


def _table4_sums(table4: Table4) -> tuple[Side, Side]:
    sums = [sum(block[o] for o in OUTCOMES) for block in table4.values()]
    return ("四种结果之和", sums), ("总计", [block["total"] for block in table4.values()])


def _compare(key: str, name: str, places: Sequence[str], left: Side, right: Side) -> Check:
    """One identity over several places; the detail names both figures of each place where the sides differ."""
    bad = [
        f"{place}：{left[0]} {a}，{right[0]} {b}，差 {abs(a - b)}"
        for place, a, b in zip(places, left[1], right[1], strict=True)
        if a != b
    ]
    return Check(key=key, name=name, ok=not bad, detail="；".join(bad) or "相符")
