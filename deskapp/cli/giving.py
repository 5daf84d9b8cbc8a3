"""The command of 区分处理: it lists what to cover, and makes the copy only of a list in which somebody has confirmed each page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskapp.cli import Run, common, pad
from deskapp.desk.cases.redaction import OpenPaper
from deskapp.errors import DeskError, os_reason
from deskapp.files import read_json
from deskapp.law.withholding import COVERED, reasons
from deskapp.redaction.choosing import left_out_words
from deskapp.redaction.covering import NOT_MADE, UNSEEN
from deskapp.redaction.deciding import MM, Cover, Decisions, PageDecision
from deskapp.redaction.pages import Area

FILE = click.Path(dir_okay=False, path_type=Path)
BAD_LIST = "bad_list"  # the code of a refusal of a list that does not fit the paper


@click.command()
@click.argument("file", metavar="材料", type=FILE)
@click.option("--list", "only_list", is_flag=True, help="列出要遮的，不做复制件；不写 --boxes 的时候就是这样。")
@click.option("--words", type=FILE, help="另外要遮的词，一行一个。")
@click.option(
    "--pages", "only", default="", metavar="页码", help="只给这几页，例如 1-3,7；不写就是全部。没有选的不在复制件里。"
)
@click.option("--case", "case_no", help="哪一件：用这一件里的姓名，做了复制件记在这一件。")
@click.option("--boxes", type=FILE, help="看过、定过、逐页核定的清单（JSON，照 --json 列出的样子）。")
@click.option("-o", "output", type=FILE, help="按清单做的复制件写到这里（PDF）。")
@click.option("--accept-proposals", is_flag=True, help="不看就遮的，一概不做；留着它只是为了说明。")
@common
def redact(
    run: Run,
    file: Path,
    only_list: bool,
    words: Path | None,
    only: str,
    case_no: str | None,
    boxes: Path | None,
    output: Path | None,
    accept_proposals: bool,
) -> None:
    """列出一份材料里要遮的；按逐页核定过的清单做可以提供的复制件。"""
    if accept_proposals:
        raise DeskError(
            "程序找出来的会有看漏、看错的，没有人逐页看过就不能给出去。", NOT_MADE,
            "请在登记台的“区分处理”里逐页核定；或者列出清单，逐页定好、写上谁核的，再用 --boxes。", code=UNSEEN,
        )  # fmt: skip
    if (boxes is None) != (output is None) or (only_list and boxes):
        raise click.UsageError("做复制件要 --boxes 和 -o 一起写；只列出来的，两样都不写。")
    with run.desk() as desk:
        case_id = desk.lookup.case_by_no(case_no).case_id if case_no else ""
        paper = desk.redaction.open(file, case_id, _words(words) if words else (), only=only)
        left_out = list(paper.decisions.left_out)
        if boxes is None or output is None:
            document = {
                "file": str(file),
                "sha256": paper.sha256,
                "left_out": left_out,
                "pages": [_page(page) for page in paper.decisions.pages],
            }
            run.say(document, "\n".join(_lines(paper)))
            return
        _take(paper, read_json(boxes))
        given = desk.redaction.give(paper, output)
    covered = [_counted(item) for item in paper.decisions.tally()]
    run.say(
        {"file": str(given.copy), "sha256": given.sha256, "left_out": left_out, "covered": covered, "lines": list(given.lines)},
        "\n".join([f"复制件已存成 {given.copy}。", *given.lines, *filter(None, [given.left_out])]),
    )  # fmt: skip


def _words(path: Path) -> list[str]:
    """The lines of a file of words. Raises DeskError."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOT_MADE, "请检查文件和权限。") from error
    except UnicodeDecodeError as error:
        raise DeskError(f"{path.name} 不是 UTF-8 的文字文件。", NOT_MADE, "请另存为 UTF-8 再来。") from error


def _page(page: PageDecision) -> dict[str, Any]:
    """One page in the shape that ``--boxes`` takes."""
    return {
        "page": page.page.number,
        "confirmed_by": page.confirmed_by,
        "unseen": page.page.unseen,
        "boxes": [
            {
                "kind": cover.kind, "name": cover.name, "value": cover.value, "cover": cover.on, "reason": cover.reason, "why": cover.why,
                "mm": [[round(side / MM, 2) for side in (a.left, a.top, a.right, a.bottom)] for a in page.page.boxes_of(cover.spots)],
            }
            for cover in page.covers
        ],
    }  # fmt: skip


def _counted(item: Any) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "name": item.name,
        "count": item.count,
        "article": item.reason.article,
        "pages": list(item.pages),
    }


def _lines(paper: OpenPaper) -> list[str]:
    """What is proposed, a line each."""
    lines = []
    for page in paper.decisions.pages:
        lines.append(
            f"第{page.page.number}页"
            + ("（扫描件，以看到的样子为准）" if page.page.wordless or page.page.read_off else "")
            + (f"（{page.page.not_shown}）" if page.page.not_shown else "")
        )
        lines += [
            f"  {'遮' if cover.on else '？'} {pad(cover.name, 16)}{cover.value}"
            + (f"　{cover.why}" if cover.why else "")
            for cover in page.covers
        ]
    return [*lines, *filter(None, [left_out_words(paper.decisions.left_out)])]


def _take(paper: OpenPaper, listed: Any) -> None:
    """Put a list that somebody went through in the place of what is proposed. Raises DeskError for one of another file, or one in which a
    page or a box is not decided."""
    try:
        if listed["sha256"] != paper.sha256:
            raise DeskError("清单不是这份材料的，或者材料改过了。", NOT_MADE, "请重新列出，逐页再定。", code=BAD_LIST)
        pages = {page["page"]: page for page in listed["pages"]}
        for page in paper.decisions.pages:
            if page.page.number not in pages:
                raise DeskError(
                    f"清单里没有第{page.page.number}页。", NOT_MADE,
                    "要给的每一页都要在清单里；只给几页的，列清单和做复制件都写 --pages。", code=BAD_LIST,
                )  # fmt: skip
            given = pages[page.page.number]
            page.covers[:] = [cover for box in given["boxes"] for cover in _covers(box)]
            _confirm(paper.decisions, page.page.number, str(given["confirmed_by"]))
    except (KeyError, TypeError, ValueError) as error:
        raise DeskError(
            f"清单的写法不对（{error}）。", NOT_MADE, "请照 --list --json 列出的样子改。", code=BAD_LIST
        ) from error


def _confirm(decisions: Decisions, number: int, who: str) -> None:
    if not who.strip():
        raise DeskError(
            f"清单里第{number}页没有写谁核的（confirmed_by）。", NOT_MADE, "逐页看过，写上核定人的姓名。", code=UNSEEN
        )
    decisions.confirm(number, who)


def _covers(box: dict[str, Any]) -> list[Cover]:
    """One thing of the list, as bands of the page; the first stands for it in the count."""
    kind, reason = box["kind"], box["reason"]
    if kind not in COVERED or reason not in {item.key for item in reasons()}:
        raise ValueError(f"{kind}, {reason}")
    on = box["cover"]
    if on is not None and not isinstance(on, bool):
        raise TypeError("cover")
    bands = tuple(Area(*(float(side) * MM for side in sides)) for sides in box["mm"])
    return [Cover(kind, bands=bands, on=on, reason=reason)]
