"""The acts about papers on file: laid to the case, taken off again. They come through the desk's own moment and not by a form of acts."""

from __future__ import annotations

from deskapp.law.case_file import filed_name
from deskapp.register import events as ev
from deskapp.register.act import Act, Why
from deskapp.register.case import Case, Changes


def _may_attach(case: Case, event: ev.Attached) -> Why:
    if any(paper.paper_id == event.paper_id for paper in case.papers):
        return "这份材料已经在案卷里。"
    twin = next((paper for paper in case.papers if event.sha256 and paper.sha256 == event.sha256), None)
    return f"同样的文件已经在案卷里：{filed_name(twin.kind)}【{twin.name}】。" if twin else ""


def _may_detach(case: Case, event: ev.Detached) -> Why:
    return "" if any(paper.paper_id == event.paper_id for paper in case.papers) else "案卷里没有这份材料。"


def _detached(case: Case, event: ev.Detached) -> Changes:
    return {"papers": tuple(paper for paper in case.papers if paper.paper_id != event.paper_id)}


def _told(event: ev.Attached) -> tuple[str, ...]:
    kind, pages = filed_name(event.kind), f"{event.pages}页" if event.pages else ""
    own = event.name if event.name != kind else ""
    return kind, own, pages, "" if event.sha256 else f"只有纸质{event.where}"


PAPER_ACTS = (
    Act(
        ev.Attached, "any", True, False, "材料入卷",
        rule=_may_attach,
        changes=lambda case, e: {"papers": (*case.papers, e)},
        told=_told,
    ),
    Act(
        ev.Detached, "any", True, False, "材料移出",
        rule=_may_detach,
        changes=_detached,
        told=lambda e: (e.why,),
    ),
)  # fmt: skip
