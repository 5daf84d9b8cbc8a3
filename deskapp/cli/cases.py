"""Commands that act on one case, each through the same moment as the screen: acts, note, register, issue, serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from deskapp.cli import NOBODY_SAID, DayType, Run, common, pad
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.applicants import flat
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.intake import IntakeDraft
from deskapp.desk.office.day_acts import DayOfActs
from deskapp.errors import DeskError, os_reason
from deskapp.files import read_json, write_bytes
from deskapp.register.act import Act, Field
from deskapp.register.case import Case
from deskapp.register.journal import FrozenLetter
from deskapp.register.noted import Noted
from letters.facts import as_text

ORDERER = {"redo_ordered": {"by": "ordered_by"}}  # keys that the format calls otherwise than the register does


@click.command()
@click.argument("case_no", metavar="[登记号]", required=False)
@click.option("--day", type=DayType(), help="改为列出这一天谁办了什么。")
@common
def acts(run: Run, case_no: str | None, day: Any) -> None:
    """可以手工记的事和它们的各项；写明登记号，只列现在能记的；--day 列出一天里谁办了什么。"""
    if day and case_no:
        raise click.UsageError("--day 列的是整个登记台的一天，不跟登记号一起用。")
    with run.desk() as desk:
        if day:
            _say_day(run, desk.day_acts.of(day))
            return
        case = desk.lookup.case_by_no(case_no) if case_no else None
        known = desk.acts.possible(case) if case else desk.acts.all()
        listed = [_described(desk, key, act, case) for key, act in known.items()]
    lines = [f"{pad(item['act'], 22)}{pad(item['name'], 20)}{item['effect']}" for item in listed]
    run.say(listed, "\n".join(lines))


def _say_day(run: Run, found: DayOfActs) -> None:
    """A day of the whole desk, person by person."""
    lines = [found.sentence]
    for name, done in found.people:
        lines += [name, *(f"  {one.time}  {pad(one.case_no, 16)}{pad(one.what, 20)}{one.detail}" for one in done)]
    people = [{"by": name, "acts": [_deed(one) for one in done]} for name, done in found.people]
    run.say({"day": found.day.isoformat(), "people": people}, "\n".join(lines))


def _deed(one: Noted) -> dict[str, str]:
    return {"at": one.at, "case_no": one.case_no, "what": one.what, "detail": one.detail, "version": one.version}


def _described(desk: Desk, key: str, act: Act, case: Case | None) -> dict[str, Any]:
    """One act as a record: key, name, effect, fields."""
    fields = desk.acts.fields(case, key) if case else act.by_hand.fields if act.by_hand else ()
    effect = desk.acts.effect(case, key)
    return {"act": key, "name": act.name, "effect": effect, "fields": [_field(field) for field in fields]}


def _field(field: Field) -> dict[str, Any]:
    choices = field.choices if isinstance(field.choices, tuple) else ()
    return {
        "key": field.key, "label": field.label, "type": field.type, "required": field.required, "choices": dict(choices),
    }  # fmt: skip


@click.command()
@click.argument("case_no", metavar="登记号")
@click.argument("act", metavar="什么事")
@click.argument("values", metavar="[项=值…]", nargs=-1)
@click.option("--on", "day", type=DayType(), help="事情发生的那一天；不填就是今天。")
@click.option("--by", "by", default="", help=f"谁记的；{NOBODY_SAID}")
@common
def note(run: Run, case_no: str, act: str, values: tuple[str, ...], day: Any, by: str) -> None:
    """记一件事，和“记事”那一屏一样。有哪些事、各要什么，用 deskapp acts 看。"""
    given = {}
    for item in values:
        key, sign, value = item.partition("=")
        if not sign:
            raise click.UsageError(f"“{item}”要写成 项=值。")
        given[ORDERER.get(act, {}).get(key, key)] = value
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        if act not in desk.acts.all():
            raise DeskError(f"没有“{act}”这种可以记的事。", "没有记下。", "用 deskapp acts 看有哪些。", "act")
        known = {field.key for field in desk.acts.fields(case, act)}
        if unknown := sorted(given.keys() - known):
            raise DeskError(
                f"“{act}”没有“{unknown[0]}”这一项。", "没有记下。", "用 deskapp acts 看有哪些。", unknown[0]
            )
        after = desk.acts.note(case.case_id, act_draft(act, on=day.isoformat() if day else "", **given), by=by)
        deadline, aside = desk.lookup.deadline(after), desk.acts.aside(after)
    due = deadline.due_on.isoformat() if deadline.due_on else None
    run.say(
        {"case_no": case_no, "act": act, "status": deadline.status, "due_on": due},
        f"已记下。最后一日：{due or '没有'}" + (f"。{aside}" if aside else ""),
    )


@click.command()
@click.argument("facts_file", metavar="事实.json", type=click.Path(path_type=Path))
@common
def register(run: Run, facts_file: Path) -> None:
    """登记一件申请，打印登记号。"""
    facts = read_json(facts_file)
    if not isinstance(facts, dict):
        raise DeskError("事实应当是一个 JSON 对象。", "没有登记。", '写成 {"channel": "当面", "applicant": …}。')
    facts = flat(facts)
    unknown = sorted(facts.keys() - IntakeDraft.model_fields.keys())
    if unknown:
        known = "、".join(IntakeDraft.model_fields)
        raise DeskError(f"登记没有“{unknown[0]}”这一项。", "没有登记。", f"可以用：{known}。", unknown[0])
    bad = next((key for key, value in facts.items() if not isinstance(value, str)), "")
    if bad:
        raise DeskError(f"“{bad}”应当是文字。", "没有登记。", "写在引号里。", bad)
    with run.desk() as desk:
        case = desk.intake.register(IntakeDraft.model_validate(facts))
    run.say({"case_no": case.case_no}, case.case_no)


@click.command()
@click.argument("case_no", metavar="登记号")
@click.argument("kind", metavar="种类")
@click.argument("facts_file", required=False, type=click.Path(path_type=Path), metavar="[事实.json]")
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="再写一份 PDF 到这个文件。")
@common
def issue(run: Run, case_no: str, kind: str, facts_file: Path | None, output: Path | None) -> None:
    """给一件申请发一份文书：取文号、固定下来。要签的意见先记。"""
    facts = read_json(facts_file) if facts_file else {}
    if not isinstance(facts, dict):
        raise DeskError(
            "文书的事实应当是一个 JSON 对象。", "文书没有发出。", "用 deskapp letter 种类 --facts 看样例。"
        )
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        fields = desk.reply.fields(kind)
        if unknown := sorted(facts.keys() - fields.keys()):
            raise DeskError(
                f"文书“{kind}”没有“{unknown[0]}”这一项。",
                "文书没有发出。",
                "案件和单位的事实由程序填，不用写。",
                unknown[0],
            )
        typed = {**desk.reply.draft(case.case_id, kind), **{key: as_text(value) for key, value in facts.items()}}
        letter = desk.reply.issue(case.case_id, kind, typed)
    _copy(letter, output)
    document = {"number": letter.number, "title": letter.title, "pages": letter.pages, "sha256": letter.sha256}
    run.say(document, f"{letter.number} {letter.title}，{letter.pages}页。")


def _copy(letter: FrozenLetter, output: Path | None) -> None:
    """The PDF of a letter that was issued, to a file. Raises DeskError that says that it was issued all the same."""
    try:
        if output:
            write_bytes(output, letter.pdf, replace=True)
    except OSError as error:
        what = f"{letter.number}已经发出，但是不能写 {output}：{os_reason(error)}。"
        raise DeskError(what, "文书在登记簿里，不要重复发。", "请在“纸质”那一屏存成 PDF，或者换一个位置。") from error


@click.command()
@click.argument("case_no", metavar="登记号")
@click.argument("number", metavar="文号")
@click.option("--way", required=True, help="送达方式的键，或者它的名称，例如 当面送达。")
@click.option("--on", "day", type=DayType(), required=True, help="送达日期：当面送填签收日，邮寄填交邮日。")
@click.option("--arrived", type=DayType(), help="邮寄、网上送的，对方收到的日期。")
@click.option("--signed-by", default="", help="谁签收的。")
@click.option("--relation", default="", help="签收人与申请人的关系。")
@click.option("--proof", default="", help="凭证号：邮件号。")
@common
def serve(run: Run, case_no: str, number: str, way: str, arrived: Any, day: Any, **rest: str) -> None:
    """记一份文书的送达，说明是否按期。"""
    with run.desk() as desk:
        case = desk.lookup.case_by_no(case_no)
        waiting = next((item for item in desk.delivery.waiting(case) if item.number == number), None)
        if waiting is None:
            raise DeskError(f"{case_no}没有等着送达的“{number}”。", "没有记下。", "用 deskapp show 看办理经过。")
        days = {"on": day.isoformat(), "arrived_on": arrived.isoformat() if arrived else ""}
        key = next((item.key for item in desk.delivery.ways() if way in (item.key, item.name)), way)
        draft = DeliveryDraft(letter_id=waiting.letter_id, way=key, **days, **rest)
        verdict = desk.delivery.serve(case.case_id, draft)
    run.say({"in_time": verdict.in_time, "sentence": verdict.sentence}, verdict.sentence)
