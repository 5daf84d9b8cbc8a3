"""Commands of a point towards its county: its card, its bundles, what comes down."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from deskapp.cli import NamedChoice, OutPath, Run, common
from deskapp.paths import was_meant_as_folder

if TYPE_CHECKING:
    from deskapp.exchange.bundle.cards import Level


@click.command()
@click.option(
    "-o",
    "output",
    required=True,
    metavar="文件",
    type=OutPath(),
    help="写到哪个文件或者文件夹；写成 .pdf 就印成方码。",
)
@click.option(
    "--for", "county", metavar="钥匙文件", type=click.Path(path_type=Path), help="县里给的钥匙文件，用一次就记住。"
)
@click.option(
    "--level",
    type=NamedChoice({"facts": "只有事实", "full": "含姓名和内容"}),
    default="facts",
    help="full 含姓名和内容，只在县里指名要的时候。",
)
@click.option("--after", type=click.IntRange(min=0), help="从这一条以后打包，县里说缺的时候用。")
@common
def bundle(run: Run, output: Path, county: Path | None, level: str, after: int | None) -> None:
    """打报送包：上次以后的新记录和汇总数，签名、压缩、加密，不含姓名、号码和内容。"""
    with run.desk() as desk:
        made = desk.bundles.make(output, cast("Level", level), county, after)
    run.say(made.as_contract(), made.sentence)


@click.command()
@click.option("-o", "output", metavar="文件", type=OutPath(), help="名片写到哪个文件或者文件夹。")
@click.option("--leave", is_flag=True, help="不再报送给原来的县。")
@common
def enroll(run: Run, output: Path | None, leave: bool) -> None:
    """写出登记点的名片，交给县里登记；名片里没有秘密。"""
    if (output is None) != leave:
        raise click.UsageError("请用 -o 写明名片的文件名，或者用 --leave。")
    with run.desk() as desk:
        if output is None:
            left = desk.bundles.leave_county()
            run.say({"left": left}, f"不再报送给{left}。")
            return
        card, path = desk.bundles.enroll(output)
    run.say(
        card.model_dump(),
        f"名片写到 {path}：{card.name}，身份 {card.id[:12]}。请交给县里，用 county enroll 登记。{was_meant_as_folder(path)}",
    )


@click.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只看里面有什么、会改什么，不收。")
@common
def receive(run: Run, file: Path, dry_run: bool) -> None:
    """收县里下发的文件：放假安排、文书模板、常见问题、标准目录、法律数据、要办的事；先看清楚，整份收，或者一样也不收。"""
    with run.desk() as desk:
        look = desk.county_sets.look(file)
        document = {"county": look.county, "made_at": look.made_at, "again": look.again, "faults": list(look.faults)}
        if dry_run:
            run.say({**document, "lines": list(look.lines), "taken": False}, look.sentence)
            return
        lines = desk.county_sets.take(file)
    head = f"{look.county}下发的，以前收过，又收了一次：" if look.again else f"收下了{look.county}下发的："
    run.say({**document, "lines": lines, "taken": True}, "\n".join([head, *lines]))


@click.command()
@click.option("--answer", "task", default="", metavar="哪一件", help="答复这一件（列出的号）。")
@click.option("--text", default="", metavar="办得怎样", help="哪天、怎样办的。")
@click.option("--case", "cases", multiple=True, nargs=2, metavar="登记号 结果", help="抽查的每一件查得怎样。")
@common
def tasks(run: Run, task: str, text: str, cases: tuple[tuple[str, str], ...]) -> None:
    """县里要办的事：抽查、整改；办了就答复，下次打报送包一起报上去。"""
    with run.desk() as desk:
        if task:
            desk.tasks.answer(task, text, dict(cases))
        found = desk.tasks.all()
    document = [
        {
            **each.task.model_dump(mode="json"),
            "left": each.left,
            "answer": each.answer.model_dump(mode="json") if each.answer else None,
        }
        for each in found
    ]
    run.say(document, "\n".join(f"{each.task.id}　{each.sentence}" for each in found) or "没有要办的事。")


@click.command()
@click.option("--back", is_flag=True, help="不用县里下发的这一份，退回前一份或者随程序的。")
@common
def law(run: Run, back: bool) -> None:
    """现在用的法律数据：随程序的，还是县里下发的，哪一版，换了什么；县里下发的有错，可以退回。"""
    with run.desk() as desk:
        state = desk.law_data.back() if back else desk.law_data.state()
    run.say(state.as_contract(), state.sentence)
