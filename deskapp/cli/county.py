"""Commands of the county: bundles are taken in, questions answered from them, tasks and files sent down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from deskapp.cli import NamedChoice, OutPath, Run, before_commands, common, fail, pad
from deskapp.cli.county_down import assess, given_tasks, retire, send, task, trial
from deskapp.cli.county_hall import DB, at_county, pad_point
from deskapp.errors import DeskError
from deskapp.paths import file_in, was_meant_as_folder

if TYPE_CHECKING:
    from deskapp.county.rights import Role
    from deskapp.county.states import PointState
    from deskapp.law.report_checks import Report

KEY_FILE = "县里的钥匙"
OLD = "※ 删过的内容还留在数据库的文件里，请建库的用户运行 deskapp county vacuum 清掉。"


@click.group(invoke_without_command=True)
@click.option("--db", metavar="地址", help="县里的数据库，postgresql://用户@主机:端口/库名。")
@click.pass_context
@before_commands
def county(context: click.Context, db: str | None) -> None:
    """县里：收各登记点的报送包，看逾期和进度，出汇总。后面不写命令就打开全县的画面。"""
    context.meta[DB] = db
    if context.invoked_subcommand is None:
        from deskapp.running import open_county

        root = context.find_root().params
        with at_county(Run(root["at"], False, root.get("day"))) as hall:
            open_county(hall)


@county.command()
@click.option("--name", default="", help="县里的机关名称。")
@click.option("-o", "output", metavar="文件", type=OutPath(), help="钥匙文件写到哪个文件或者文件夹，发给各登记点。")
@click.option("--practice", is_flag=True, help="练习用的县里，只收练习台的包。")
@click.option("--spread", "servers", multiple=True, metavar="地址", help="一台装不下的，按登记点分放到这几个数据库。")
@common
def init(run: Run, name: str, output: Path | None, practice: bool, servers: tuple[str, ...]) -> None:
    """建好县里的数据库和钥匙；钥匙文件发给各登记点。"""
    from deskapp.files import write_bytes

    with at_county(run) as hall:
        if not name and not hall.home.has_keys:
            raise DeskError("没有写县里的机关名称。", "没有建。", "请用 --name 写明。", code="no_name")
        card = hall.begin(name, practice, servers)
        path = file_in(output, KEY_FILE, ".key") if output else hall.home.path / f"{KEY_FILE}.key"
        if not path.exists():
            write_bytes(path, card.text.encode())
    run.say(
        {"county": card.id, "name": card.name, "key": str(path)},
        f"建好了：{card.name}。钥匙文件 {path} 请发给各登记点。{was_meant_as_folder(path)}",
    )


@county.command(name="enroll")
@click.argument("files", metavar="名片…", nargs=-1, required=True, type=click.Path(path_type=Path))
@common
def enroll_points(run: Run, files: tuple[Path, ...]) -> None:
    """登记各登记点的名片，以后收它们的包。"""
    documents, lines, refused = [], [], list[DeskError]()
    with at_county(run) as hall:
        for path in files:
            try:
                card, notes = hall.enroll(path)
            except DeskError as error:
                if len(files) == 1:
                    raise
                refused.append(error)
                lines.append(f"※ {error}")
                continue
            documents.append({"file": path.name, "point": card.id, "name": card.name, "notes": notes})
            lines += [f"已登记：{card.name}（{card.site_code}）", *(f"※ {note}" for note in notes)]
    run.say(documents, "\n".join(lines))
    if refused:
        fail(f"{len(files)}张名片，{len(refused)}张没有登记：{refused[0]}")


@county.command()
@click.argument("files", metavar="报送包…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="同时几个收；不写就是有几个核就几个。")
@common
def take(run: Run, files: tuple[Path, ...], jobs: int | None) -> None:
    """收报送包；给出文件夹就收里面所有的。同一个包收几次都一样。"""
    from deskapp.county.verdicts import BAD

    with at_county(run) as hall:
        offered = hall.take_together(list(_each(files)), jobs or 0)
        old = hall.clearing.waiting()
    bad = [each for each in offered if each.verdict in BAD]
    lines = [f"{'※ ' if each in bad else ''}{each.sentence}" for each in offered]
    lines += [OLD] if old else []
    run.say(
        [each.as_contract() for each in offered], "\n".join(lines or ["这里没有报送包。请核对U盘和文件夹的位置。"])
    )
    if bad:
        fail(f"{len(offered)}个包，{len(bad)}个没有收进去：{bad[0].sentence}")


def _each(files: tuple[Path, ...]) -> Iterator[Path]:
    """The files, and the bundles in the folders among them; what else lies there is nobody's business."""
    from deskapp.exchange.bundle.packing import seems_bundle

    for path in files:
        if path.is_dir():
            inside = (each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
            yield from sorted(filter(seems_bundle, inside))
        else:
            yield path


@county.command()
@common
def status(run: Run) -> None:
    """各登记点：多久没有报、逾期几件、有没有缺的包。"""
    with at_county(run) as hall:
        found, old = hall.status(), hall.clearing.waiting()
    by_need = sorted(found, key=lambda of: of.need)  # by name within
    lines = [*map(_status_line, by_need), _status_sum(found), *([OLD] if old else [])]
    run.say([each.as_contract() for each in found], "\n".join(lines))


def _status_line(of: PointState) -> str:
    from deskapp.county.states import CLOCKS

    heard = "还没有报过" if of.days_silent is None else f"{of.days_silent}天前" if of.days_silent else "今天"
    notes = [
        f"{of.retired}起撤了" if of.retired else "",
        f"逾期{of.overdue}件" if of.overdue else "",
        f"争议{of.disputes}件" if of.disputes else "",
    ]
    notes += [f"留着{of.waiting}个包" if of.waiting else ""]
    notes += ["登记号有重的" if of.same_number else "", f"删过个人信息{of.erased}件" if of.erased else ""]
    notes += [f"缺第{of.gap[0]}至{of.gap[1]}条" if of.gap else "", "等着决定" if of.point.held else ""]
    notes += [CLOCKS[of.clock] if of.clock else "", f"和{of.twin}有一样的申请，算了两次" if of.twin else ""]
    mark = "※" if of.in_part or of.overdue else "　"
    who = f"{pad_point(of.point.called, 30)}{pad(of.point.site_code, 9)}{of.point.point[:12]}"
    return f"{mark}{who}  {pad(heard, 12)}{'，'.join(filter(None, notes))}"


def _status_sum(found: list[PointState]) -> str:
    from deskapp.county.states import SILENT

    silent, late = sum(each.silent for each in found), sum(each.overdue for each in found)
    erased = sum(each.erased for each in found)
    forgotten = f"删过个人信息{erased}件。" if erased else ""
    return f"{len(found)}个登记点，{silent}个{SILENT}天没有报；逾期{late}件。{forgotten}"


@county.command()
@common
def overdue(run: Run) -> None:
    """逾期没有答复的申请，按登记点。"""
    with at_county(run) as hall:
        found = hall.questions.overdue()
    lines = [
        f"{pad_point(each.point_name, 30)}{each.case_no}  最后一日{each.due_on}  超{each.days}天" for each in found
    ]
    run.say([each.as_contract() for each in found], "\n".join([*lines, f"逾期{len(found)}件。"]))


@county.command()
@click.argument("year", metavar="年", type=click.IntRange(2008, 2100))
@click.option("--point", default="", help="只看一个登记点。")
@click.option("-o", "output", metavar="文件", type=OutPath(), help="写成 html、xlsx、docx 或者 pdf。")
@common
def report(run: Run, year: int, point: str, output: Path | None) -> None:
    """全县的年报表三、表四，和各登记点的表三；和登记点自己报的数不一样的点名。"""
    from deskapp.cli.exchange import report_text

    with at_county(run) as hall:
        of = hall.points.named(point).point if point else ""
        made = hall.report(year, of)
        if output:
            hall.write_report(year, output, of)
        names = {each.point: each.called for each in hall.points.all()}
    lines = [report_text(made.whole)]
    lines += [
        f"{pad_point(names.get(at, at), 30)}新收{_total(table, 'new')}件，办结{_total(table, 'total')}件"
        for at, table in made.points.items()
    ]
    lines += [f"※ {names.get(at, at)}：{name}不成立。" for at, name in made.failed.items()]
    lines += [f"※ {names.get(at, at)}自己报的表三和这里的不一样。" for at in made.differing]
    run.say(made.as_contract(), "\n".join(lines))
    wrong = [check for check in made.whole.checks if not check.ok]
    if wrong:
        fail(f"{wrong[0].name}不成立：{wrong[0].detail}。")
    if made.differing:
        fail(
            f"{len(made.differing)}个登记点自己报的数和这里的不一样：{'、'.join(names.get(at, at) for at in made.differing)}。"
        )


def _total(made: Report, key: str) -> int:
    return next(row.values[-1] for row in made.table3 if row.key == key)


@county.command()
@click.argument("span", metavar="时间", required=False, default="")
@click.option("-o", "output", metavar="文件", type=OutPath(), help="写成 html。")
@common
def figures(run: Run, span: str, output: Path | None) -> None:
    """一个月、一季度或者一年的进度，按登记点：2026-10、2026Q3、2026；不写就是本月。"""
    from deskapp.county.summary import COLUMNS, together_cells

    with at_county(run) as hall:
        asked = span or f"{run.day:%Y-%m}"
        made = hall.figures(asked)
        summary = hall.summary_with(made)
        if output:
            hall.write_page(summary, output)
    cells = [COLUMNS, *(line.cells for line in summary.lines), together_cells(summary)]
    lines = [" ".join([pad_point(line[0], 24), *(pad(cell, 9) for cell in line[1:10])]) for line in cells]
    run.say(made.as_contract(), "\n".join([*lines, summary.sentence, *filter(None, [summary.next_act])]))


@county.command()
@click.argument("point", metavar="登记点")
@click.option("--why", required=True, metavar="理由", help="核对的结果。")
@click.option("--keep", is_flag=True, help="按以前收下的算；现在报的这一份留着，不算。")
@common
def epoch(run: Run, point: str, why: str, keep: bool) -> None:
    """登记点报的和以前不一样：决定以后按它现在报的算，原来的留着不算；或者（--keep）按以前收下的算。"""
    with at_county(run) as hall:
        found = hall.points.named(point)
        if keep:
            rejected = hall.keep_ours(found.point, why)
            run.say(
                {"point": found.point, "superseded": 0, "taken": [], "rejected": rejected},
                f"{found.called}：以前收下的照旧算；另一份的{rejected}个包留着，不算。请它停用那一份登记簿。",
            )
            return
        undone, offered = hall.new_epoch(found.point, why)
        gap = next((each.gap for each in hall.status() if each.point.point == found.point), None)
    document = {"point": found.point, "superseded": undone, "taken": [each.as_contract() for each in offered]}
    lines = [
        f"{found.called}：以后按现在报的算；原来的{undone}条留着，不再计算。",
        *(each.sentence for each in offered),
    ]
    lines += [f"缺第{gap[0]}至{gap[1]}条：请登记点用 bundle --after {gap[0] - 1} 补报。"] if gap else []
    run.say(document, "\n".join(lines))


@county.command()
@click.option("--point", "points", multiple=True, metavar="登记点", help="向哪个点要；不写就是都不要。")
@click.option("--why", default="", metavar="理由", help="依据和理由，写在钥匙文件里。")
@click.option("-o", "output", required=True, metavar="文件", type=OutPath(), help="新的钥匙文件。")
@common
def ask(run: Run, points: tuple[str, ...], why: str, output: Path) -> None:
    """向指名的登记点要含姓名和内容的包；没有理由的不行。"""
    from deskapp.files import write_bytes

    with at_county(run) as hall:
        target = file_in(output, KEY_FILE, ".key")
        card = hall.ask_for_all(points, why)
        before = sum(each.seq for each in hall.points.all() if each.point in card.points)
        write_bytes(target, card.text.encode())
    run.say(
        {"key": str(target), "level": card.level, "points": list(card.points)},
        f"新的钥匙文件 {target}，向{len(card.points)}个点要含姓名的包。{was_meant_as_folder(target)}{_from_when(card.points, before)}",
    )


def _from_when(asked: tuple[str, ...], before: int) -> str:
    """From when on persons come, which whoever asks takes for granted otherwise."""
    if not asked:
        return "以后送来的含姓名的包不收，请各点换上这个钥匙文件。"
    here = f"已经收下的{before}条不含姓名的，不会补上姓名：要看哪一件，请登记点打开，或者另外送来。" if before else ""
    return f"换上它以后新记的才含姓名。{here}"


@county.command()
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--missing-ok", is_flag=True, help="少了名片或者报送包，找不回来，也重建。")
@common
def rebuild(run: Run, folder: Path, missing_ok: bool) -> None:
    """用收下的包重新建好数据库；中间出错，数据库不变。"""
    with at_county(run) as hall:
        points, bundles, events = hall.rebuild(folder, missing_ok)
        tasks = len(hall.tasking.all()) + len(hall.trials.all())
    run.say(
        {"points": points, "bundles": bundles, "events": events, "tasks": tasks},
        f"重新建好：登记点{points}个，包{bundles}个，记录{events}条，交办的事和测试申请{tasks}件。",
    )


@county.command()
@common
def vacuum(run: Run) -> None:
    """登记点删过个人信息以后，把数据库文件里的旧内容清掉；说明清了哪些、哪些没有清、还有哪里有。"""
    with at_county(run) as hall:
        done = hall.clearing.clear()
    run.say(done.as_contract(), done.sentence)
    if not done.whole:
        fail(done.first)


@county.command()
@common
def upgrade(run: Run) -> None:
    """换了新版的程序以后，把县里的数据库升到这一版；说明做了什么，收下的不动。"""
    from deskapp.county.upgrading import upgrade as bring_up

    with at_county(run, older=True) as hall:
        done = bring_up(hall.db)
        if hall.home.has_keys:
            hall.note_name()
            hall.mirror_tasks()
    run.say(done.as_contract(), done.sentence)


@county.command()
@common
def holds(run: Run) -> None:
    """县里存着什么、多少，给个人信息处理活动的记录用。"""
    from deskapp.county.holding import held

    with at_county(run) as hall:
        found = held(hall.db, hall.home)
    run.say(found.as_contract(), found.sentence)


@county.command()
@click.argument("user", metavar="用户")
@click.option(
    "--as",
    "role",
    type=NamedChoice({"taker": "收包的", "reader": "看全县的", "point": "只看一个点的", "none": "都收回"}),
    required=True,
    help="收包的、看全县的、只看一个点的；none 是都收回。",
)
@click.option("--point", default="", metavar="登记点", help="只看一个点的，是哪个点。")
@common
def grant(run: Run, user: str, role: str, point: str) -> None:
    """给数据库里的一个用户权限，原来的收回。"""
    from deskapp.county.rights import ROLE_NAMES, Rights

    with at_county(run) as hall:
        if role == "none":
            Rights(hall.db).take(user)
        else:
            Rights(hall.db).give(user, cast("Role", role), hall.points.named(point).point if point else "")
    now = "的权限都收回了" if role == "none" else f"以后是{ROLE_NAMES[cast('Role', role)]}"
    run.say({"user": user, "role": role}, f"{user} {now}。")


for each in (assess, trial, task, given_tasks, send, retire):
    county.add_command(each)
