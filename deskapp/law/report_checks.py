"""The whole annual report and the checks that it must pass, each naming the two figures that disagree.

Identities: b is printed in the official form; a, c, d follow from the sums it has; e holds across years; h compares the register with
the tables that were frozen. Those of a report that somebody wrote (f, g, i, j) are in :mod:`deskapp.law.report_published`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

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

RULES = {
    "a": "表三每一列，（一）到（六）各种答复加起来，等于（七）总计。",
    "b": "表三每一列，一加二，等于（七）总计加四；年报格式的表三左上角就印着这一条。",
    "c": "表三每一行，六类申请人加起来，等于总计。",
    "d": "表四每个途径，四种结果加起来，等于总计。",
    "e": "上年年报表三的四（结转下年度），就是今年的二（上年结转）。",
    "f": "文字里写的件数和表里的一样；占比照表里的数算，比上年增减的照上年的数算，没有可以对照的说明。",
    "g": "年报写的是一年的情况：当年1月1日到12月31日。",
    "h": "冻结以后，登记簿里再数出来还是那些数；不一样的，冻结以后又改过。",
    "i": "2021年度起用国办公开办函〔2021〕30号的格式，2019、2020年度用国办公开办函〔2019〕60号的。",
    "j": "公布的数，就是登记簿里数出来的数；不一样的，不是年报写错了，就是登记簿漏记、记错了。",
}
"""What each check asks for, in words, by its letter."""


class ReportFault(Frozen):
    """One place where a check does not hold: where it is, what is written there and of what, what it should be and by what; ``said`` is all
    of it in a clause of the check's detail, ``joint`` stands between the two figures."""

    where: str
    written_as: str
    written: str
    expected_as: str
    expected: str
    said: str
    joint: str = "应当是"

    @property
    def line(self) -> str:
        """The whole in one line: place, figure, the one it should be, how far apart they are."""
        both = self.written.isdigit() and self.expected.isdigit()
        apart = f"，差{abs(int(self.written) - int(self.expected))}" if both else ""
        return (
            f"{self.where}：{self.written_as}写{self.written}，{self.joint}{self.expected_as}{self.expected}{apart}"
        )


class Check(Frozen):
    """One identity: its name, whether it holds, and the cells that disagree. ``key`` is its letter in the list of identities: programs go by
    it. ``faults`` are those cells one by one; they are not kept with a frozen year.
    ``compared`` is false where there was nothing to compare, ``asides`` are what it could not compare, each a sentence."""

    key: str = ""  # empty in years that were frozen by the first versions
    name: str
    ok: bool
    detail: str
    faults: tuple[ReportFault, ...] = Field(default=(), exclude=True)
    compared: bool = Field(default=True, exclude=True)
    asides: tuple[str, ...] = Field(default=(), exclude=True)

    @property
    def verdict(self) -> str:
        """What came of it, in a word."""
        return ("相符" if self.compared else "没有核对到") if self.ok else "不符"

    @property
    def rule(self) -> str:
        """What it asks for, in words."""
        return RULES.get(self.key, "")

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


def check_frozen(now: Report, frozen: Report, then_and_now: tuple[str, str] = ("冻结时", "现在")) -> Check:
    """Identity h: the register still gives the tables that were frozen; the cells that changed since, told with the names of both times."""
    earlier, later = then_and_now
    before = {row.key: row.values for row in frozen.table3}
    bad = [
        f"【{row.label}】{column}：{earlier}{then}，{later}{value}"
        for row in now.table3
        for column, value, then in zip(now.columns, row.values, before[row.key], strict=True)
        if value != then
    ]
    bad += [
        f"{ROUTE_NAMES[route]}：{earlier}和{later}不同"
        for route in now.table4
        if now.table4[route] != frozen.table4[route]
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
    faults = [
        ReportFault(
            where=place, written_as=right[0], written=str(b), expected_as=left[0], expected=str(a),
            said=f"{place}：{left[0]} {a}，{right[0]} {b}，差 {abs(a - b)}",
        )
        for place, a, b in zip(places, left[1], right[1], strict=True)
        if a != b
    ]  # fmt: skip
    return checked_by(key, name, faults)


def checked_by(key: str, name: str, faults: Iterable[ReportFault], before: str = "") -> Check:
    """The check that found these faults, each once; ``before`` is said ahead of them."""
    found = tuple(dict.fromkeys(faults))
    detail = "；".join(fault.said for fault in found) or "相符"
    return Check(key=key, name=name, ok=not found, detail=f"{before}{detail}", faults=found)
