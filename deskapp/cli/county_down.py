"""Commands of the county towards its points: what is assessed, asked and sent down."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deskapp.cli import DayType, OutPath, Run, common
from deskapp.cli.county_hall import at_county, pad_point
from deskapp.law.receipt import CHANNELS, channel_key
from deskapp.paths import file_in, was_meant_as_folder

if TYPE_CHECKING:
    from deskapp.county.hall import County
    from deskapp.county.points import Point
    from deskapp.exchange.bundle.sets import SetKind


@click.command()
@click.argument("year", metavar="年", type=click.IntRange(2008, 2100))
@click.option("--rules", required=True, metavar="规则", type=click.Path(path_type=Path), help="县里写的考核规则。")
@click.option("--point", default="", help="只看一个登记点。")
@click.option("-o", "output", metavar="文件", type=OutPath(), help="写成 xlsx 或者 csv。")
@click.option("--tell", "until", type=DayType(), metavar="日期", help="让各点看到自己的分，这一天以前可以说明。")
@common
def assess(run: Run, year: int, rules: Path, point: str, output: Path | None, until: date | None) -> None:
    """照县里的规则算各登记点的考核分，每一条后面是哪几件；由人评定的留着空。"""
    from deskapp.county.assessing import sheet_lines
    from deskapp.exchange.sheets import write_lines

    with at_county(run) as hall:
        sheets = hall.assess(rules, year, hall.points.named(point).point if point else "")
        told = hall.tell_sheets(sheets, year, until) if until else 0
    lines = sheet_lines(sheets)
    if output:
        write_lines(output, f"{year}年考核", lines, (28, 30, 10, 8, 60, 40))
    text = [f"{pad_point(sheet.name, 30)}{sheet.points:g}分（满分{sheet.total:g}）" for sheet in sheets]
    text += [f"{told}条记下了，用 county send 发下去；登记点的说明随报送包回来。"] if until else []
    run.say([sheet.as_contract() for sheet in sheets], "\n".join(text or ["没有登记点。"]))


@click.command()
@click.option("--point", default="", metavar="登记点", help="申请发给哪个点。")
@click.option("--on", "sent_on", type=DayType(), help="哪天发出的。")
@click.option("--asked", default="", metavar="申请什么", help="申请公开的内容。")
@click.option(
    "--channel",
    default="online",
    metavar="渠道",
    help="怎样发的：当面、挂号邮寄、平信、网络、传真、口头；不写就是网络。",
)
@click.option("--of", "trial_id", default="", metavar="哪一件", help="写明登记号的是哪一件（列出的号）。")
@click.option("--case", "case_no", default="", metavar="登记号", help="回执上的登记号。")
@click.option("--withdraw", default="", metavar="哪一件", help="记错了的，收回这一件（列出的号），要写 --why。")
@click.option("--why", default="", metavar="理由", help="为什么收回。")
@common
def trial(
    run: Run,
    point: str,
    sent_on: date | None,
    asked: str,
    channel: str,
    trial_id: str,
    case_no: str,
    withdraw: str,
    why: str,
) -> None:
    """县里自己的测试申请：记下发给谁、哪天、申请什么；报送包来了就对上，看登记和答复按不按期。不写选项就列出来。"""
    if bool(point) != (sent_on is not None) or bool(trial_id) != bool(case_no) or (point and trial_id):
        raise click.UsageError("记一件，请写 --point、--on、--asked；写明登记号，请写 --of 和 --case。")
    way = next((key for key in CHANNELS if key == channel_key(channel)), None)
    if way is None:
        raise click.UsageError(f"没有“{channel}”这个渠道。")
    with at_county(run) as hall:
        if point and sent_on:
            hall.trials.note(hall.points.named(point), sent_on, way, asked)
        elif trial_id:
            hall.trials.match(trial_id, case_no)
        elif withdraw:
            hall.trials.withdraw(withdraw, why)
        found = hall.trials.all()
    lines = [f"{'※' if each.fault else '　'}{each.trial.id}　{each.name}　{each.verdict}" for each in found]
    run.say([each.as_contract() for each in found], "\n".join(lines or ["没有测试申请。"]))


def _points(hall: County, names: tuple[str, ...]) -> list[Point]:
    """The points of these names; for none all that are there."""
    if names:
        return [hall.points.named(name) for name in names]
    from deskapp.county.retiring import retired_points

    gone = retired_points(hall.db)
    return [each for each in hall.points.all() if each.point not in gone]


@click.command()
@click.argument("point", metavar="登记点")
@click.option("--on", type=DayType(), help="哪天起没有这个点了；不写就是今天。")
@click.option("--by", default="", metavar="登记点", help="由哪个点接替：它重新登记了的同一件，只算一次。")
@click.option("--back", is_flag=True, help="撤错了，改回来。")
@click.option("--why", required=True, metavar="理由", help="依据，例如并入哪里、哪份文件；登记簿丢了重新建的，写明。")
@common
def retire(run: Run, point: str, on: date | None, by: str, back: bool, why: str) -> None:
    """登记点撤了、并了，或者登记簿丢了重新建：以后不催它、不交办，报过的照旧算。"""
    with at_county(run) as hall:
        found = hall.points.named(point)
        successor = hall.points.named(by) if by else None
        changed = (
            hall.retiring.take_back(found, why)
            if back
            else hall.retiring.retire(found, on or run.day, why, successor)
        )
    said = f"{found.called}：改回来了。" if back else f"{found.called}：{on or run.day}起撤了，报过的照旧算。"
    if changed:
        said += (
            f"{changed}件又在它这里算。"
            if back
            else f"和{successor.called if successor else ''}相同的{changed}件，只在那里算。"
        )
    run.say({"point": found.point, "retired": None if back else (on or run.day).isoformat(), "cases": changed}, said)


@click.command()
@click.option("--mend", "text", default="", metavar="要改什么", help="记一件整改。")
@click.option("--spot-check", "count", type=click.IntRange(1, 50), help="每个点抽查几件。")
@click.option("--seed", type=int, default=0, help="抽签的种子，同一个种子抽出来一样。")
@click.option("--until", type=DayType(), required=True, help="哪天以前办好。")
@click.option("--point", "points", multiple=True, metavar="登记点", help="哪几个点；不写就是全部。")
@common
def task(run: Run, text: str, count: int | None, seed: int, until: date, points: tuple[str, ...]) -> None:
    """交给登记点办的事：抽查几件，或者整改一件；用 county send 发下去。"""
    if bool(text) == (count is not None):
        raise click.UsageError("请用 --mend 写要改什么，或者用 --spot-check 写抽查几件。")
    with at_county(run) as hall:
        chosen = _points(hall, points)
        given = hall.tasking
        before = {each.task.id for each in given.all()}
        mend = count is None
        made = (
            given.give(chosen, "mend", text, until)
            if mend
            else given.spot_check(chosen, run.day.year, count or 0, seed, until)
        )
        names = {each.point: each.called for each in chosen}
    lines = [f"{names[each.point]}　{'、'.join(each.cases) or each.text}" for each in made]
    again = sum(each.id in before for each in made)
    noted = f"记下{len(made) - again}件。" + (f"另有{again}件以前记过，没有再记。" if again else "")
    run.say([each.model_dump(mode="json") for each in made], "\n".join([*lines, noted]))


@click.command(name="tasks")
@click.option("-o", "output", metavar="文件", type=OutPath(), help="印成通报（pdf）：各点的整改、抽查，答复和天数。")
@click.option("--number", default="", metavar="文号", help="通报的文号。")
@click.option("--withdraw", default="", metavar="哪一件", help="记错了的，收回这一件（列出的号），要写 --why。")
@click.option("--why", default="", metavar="理由", help="为什么收回。")
@common
def given_tasks(run: Run, output: Path | None, number: str, withdraw: str, why: str) -> None:
    """交给登记点办的事，哪些答复了、哪些过了期；可以印成通报。"""
    with at_county(run) as hall:
        if withdraw:
            hall.tasking.withdraw(withdraw, why)
        found = hall.tasking.all()
        if output:
            hall.write_bulletin(file_in(output, f"通报-{run.day}", ".pdf"), number)
    late = sum(each.late for each in found)
    given = [each for each in found if each.task.kind != "assessed"]
    lines = [f"{'※' if each.late else '　'}{each.sentence}　{each.task.id}" for each in given]
    lines += ["收回了；已经发下去的，登记点那里还列着，请告诉它。"] if withdraw else []
    scored = len(found) - len(given)
    told = f"另有发下去的考核{scored}条，用 county assess 看。" if scored else ""
    run.say(
        [each.as_contract() for each in found], "\n".join([*lines, f"{len(given)}件，{late}件过期没有答复。{told}"])
    )


@click.command()
@click.option("-o", "output", required=True, metavar="文件", type=OutPath(), help="写到哪个文件或者文件夹。")
@click.option("--calendar", "calendars", multiple=True, type=click.Path(path_type=Path), help="一年的放假安排。")
@click.option("--template", "templates", multiple=True, type=click.Path(path_type=Path), help="文书模板。")
@click.option("--questions", "questions", multiple=True, type=click.Path(path_type=Path), help="常见问题的表。")
@click.option("--standard", "standards", multiple=True, type=click.Path(path_type=Path), help="标准目录的表。")
@click.option(
    "--law",
    "laws",
    multiple=True,
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="法律数据：一个文件夹，有 law.toml 和要换的数据文件。",
)
@click.option("--to", "points", multiple=True, metavar="登记点", help="发给哪几个点；不写就是全部。")
@common
def send(run: Run, output: Path, points: tuple[str, ...], **files: tuple[Path, ...]) -> None:
    """下发：放假安排、模板、问题、标准目录、法律数据和没有答复的事，写成一个签名的文件。"""
    from deskapp.cli.county_trial import try_as_a_point
    from deskapp.exchange.bundle.sets import KIND_NAMES

    kinds: dict[str, SetKind] = {
        "calendars": "calendar",
        "templates": "template",
        "questions": "questions",
        "standards": "standard",
        "laws": "law",
    }
    with at_county(run) as hall:
        chosen = [hall.points.named(name) for name in points]
        output = file_in(output, f"下发-{run.day}", ".county")
        try_as_a_point(hall, {kinds[name]: files[name] for name in kinds})
        sent = hall.tasking.send(output, [(kinds[name], path) for name in kinds for path in files[name]], chosen)
    lines = [f"{KIND_NAMES[each.kind]}　{each.name}" for each in sent.items]
    to = f"这{len(chosen)}个登记点" if chosen else "全部登记点"
    if len(chosen) != 1 and any(each.kind == "tasks" for each in sent.items):
        lines.append("※ 交办的事和考核是几个点的在一个文件里，收到的点都看得到；要分开的，用 --to 一个点一个文件。")
    document = {"file": str(output), "to": list(sent.to), "items": [each.model_dump() for each in sent.items]}
    run.say(
        document,
        "\n".join([f"写到 {output}，请发给{to}，在那里用 deskapp receive 收：{was_meant_as_folder(output)}", *lines]),
    )
