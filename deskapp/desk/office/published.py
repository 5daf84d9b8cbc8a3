"""Published: what the doctor finds about the catalogue, beside what the register remembers of its imports."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from deskapp.catalogue.keeping import CatalogueState
from deskapp.desk.office.finding import DoctorFinding, some_of
from deskapp.register.records import Record

BRING_BACK = "请先把最近的备份恢复到一个新的文件夹，再把里面的【公开目录.db】和【公开目录全文】移过来；没有备份的，重新导入目录。登记簿没有受影响。"
AGAIN = "请重新导入目录；登记簿没有受影响。"


def catalogue_findings(state: CatalogueState, imports: Sequence[Record]) -> Iterator[DoctorFinding]:
    """What is wrong with the catalogue; ``imports`` are the records of the lists that were taken in."""
    expected = max((_new_in(kept) for kept in imports), default=0)
    if imports and not state.entries:
        last = f"登记簿里记着导入过{len(imports)}次，最后一次是{imports[-1].at[:10]}"
        what = "公开目录不在了" if not state.there else "公开目录是空的"
        yield DoctorFinding("catalogue_missing", f"{what}：{last}。", BRING_BACK)
    elif state.entries < expected:
        message = f"公开目录现在只有{state.entries}条，登记簿里记着有一次就导入过{expected}条新的。"
        yield DoctorFinding("catalogue_missing", message, BRING_BACK)
    if state.broken:
        message = f"公开目录里有{len(state.broken)}条被改动：{some_of(list(state.broken))}。"
        yield DoctorFinding("catalogue", message, AGAIN)
    for names, what in ((state.missing, "不在了"), (state.changed, "被改动过")):
        if names:
            message = f"公开目录有{len(names)}份全文{what}：{some_of(list(names))}。"
            yield DoctorFinding("catalogue_texts", message, BRING_BACK)


def _new_in(kept: Record) -> int:
    """How many entries an import brought that were not there before."""
    try:
        return int(json.loads(kept.body)["new"])
    except (ValueError, KeyError, TypeError):
        return 0
