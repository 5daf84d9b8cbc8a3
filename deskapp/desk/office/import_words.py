"""What is said of an import, at the screen and by the command."""

from __future__ import annotations

from deskapp.desk.office.ledger_counts import Imported
from deskapp.exchange.bad_cells import some_of
from deskapp.exchange.updating import DISPUTES


def counted(result: Imported) -> str:
    """The sum that every import ends with."""
    good, updating, left = len(result.good_lines), result.updating, len(result.left_out)
    may = "可以" if result.bad_lines else ""
    parts = [f"{'可以收的' if may else '收下'}{good - updating}行"] if good > updating or not updating else []
    parts += [f"{'可以' if may else ''}更新{'的' if may else ''}{updating}行"] if updating else []
    parts += [f"没有用上的{left}行"] if left else []
    parts += [f"有错的{result.bad_lines}行"] if result.bad_lines else []
    return f"共{result.rows}行 = {' + '.join(parts)}"


def done_said(result: Imported) -> str:
    """What an import did."""
    new = f"已导入{result.taken}件" if result.taken or not result.updated else ""
    old = f"已更新{result.updated}件" if result.updated else ""
    return "，".join(filter(None, (new, old)))


def updated_said(result: Imported) -> list[str]:
    """Which columns of known cases are filled or changed, and how often."""
    if not result.columns:
        return []
    most = sorted(result.columns, key=lambda pair: -pair[1])
    said = [f"补进、改动的：{'、'.join(f'{column}{count}处' for column, count in most)}。"]
    if any(column in DISPUTES for column, _ in result.columns):
        said.append("复议、诉讼的结果台账里没有日期：原来未审结的，算今天有了结果；不对的，请在案件里改。")
    return said


def left_said(result: Imported) -> list[str]:
    """The lines that nothing came of, by their reasons."""
    groups: dict[tuple[str, str], list[int]] = {}
    for left in result.left_out:
        groups.setdefault((left.sheet, left.why), []).append(left.line)
    return [
        f"{f'【{sheet}】' if sheet else ''}第{some_of(lines)}行没有用上：{why}。"
        for (sheet, why), lines in groups.items()
    ]
