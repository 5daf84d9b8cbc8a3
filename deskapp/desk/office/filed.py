"""Filed: what the doctor finds about the papers on file, each compared with what the register says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskapp.desk.office.finding import DoctorFinding, some_of
from deskapp.errors import os_reason
from deskapp.papers.keeping import BRING_BACK, Shelf


def paper_findings(shelf: Shelf, files: Mapping[str, str]) -> Iterator[DoctorFinding]:
    """What is wrong with the papers on file; ``files`` are their names with the cases they lie to. Raises DeskError where nothing can be
    compared."""
    try:
        state = shelf.state(files)
    except OSError as error:
        what = f"案卷材料的文件夹读不出来：{os_reason(error)}。"
        yield DoctorFinding("papers", what, "请检查磁盘和权限。")
        return
    for names, code, what in (
        (state.missing, "papers_missing", "不在了"), (state.changed, "papers_changed", "被改动过，或者已经损坏"),
    ):  # fmt: skip
        if names:
            cases = list(dict.fromkeys(files[name] for name in names))
            yield DoctorFinding(code, f"案卷材料有{len(names)}份{what}：{some_of(cases)}。", BRING_BACK)
    if state.strange:
        message = f"【{shelf.folder.name}】里有{len(state.strange)}个文件，登记簿里没有记。"
        yield DoctorFinding("papers_strange", message, "多半是入卷时断了电留下的；核对以后可以删去。", fault=False)
