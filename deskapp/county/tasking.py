"""What the county asks of its points, and what it sends down: spot checks drawn with a seed, lists to mend, one signed file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import CountyHome
from deskapp.county.lawful import adopt, read_law
from deskapp.county.points import Point, Points
from deskapp.county.questions import CountyQuestions
from deskapp.county.shelf import TaskShelf
from deskapp.errors import DeskError, InPlace, os_reason
from deskapp.exchange.bundle.sets import KIND_NAMES, SetKind, SetManifest, pack_set, read_set
from deskapp.exchange.bundle.tasks import TASK_NAMES, TASKS, Task, TaskAnswer, TaskKind, answer_to
from deskapp.exchange.calendar_in import read_arrangement
from deskapp.files import write_bytes
from deskapp.parsing import one_line
from deskapp.register.ids import new_id

TRIAL = "trial"  # of the county's own, kept in the same table
TASKS_ALONE = list(TASK_NAMES)  # the kinds that points are given
LONGEST = 2000  # signs of a task
LARGEST_ITEM = 32 << 20
SPOT_CHECK = "核对这几件：登记、期限、答复的依据和送达凭证是不是齐全、一致"


@dataclass(frozen=True)
class GivenTask:
    """A task, whose it is, and what came back; ``days`` past its last day without an answer (negative: still to come)."""

    task: Task
    name: str
    answer: TaskAnswer | None
    days: int

    @property
    def late(self) -> bool:
        """Whether its day is past and nothing came back."""
        return self.answer is None and self.days > 0 and self.task.kind != "assessed"  # nobody need explain himself

    def as_contract(self) -> dict[str, Any]:
        """The keys of a task of ``deskapp county tasks --json``."""
        answer = self.answer.model_dump(mode="json") if self.answer else None
        return {**self.task.model_dump(mode="json"), "name": self.name, "answer": answer, "late": self.late}

    @property
    def sentence(self) -> str:
        """The task in one line."""
        cases = f"（{'、'.join(self.task.cases)}）" if self.task.cases else ""
        head = f"{self.name}　{TASK_NAMES[self.task.kind]}　{self.task.text}{cases}"
        if self.answer is None:
            return f"{head}　{self.task.until}前{f'，过了{self.days}天' if self.days > 0 else ''}"
        found = "；".join(f"{case}：{words}" for case, words in self.answer.found.items())
        return f"{head}　{self.answer.on}答复：{'；'.join(filter(None, [self.answer.text, found]))}"


class Tasking:
    """Tasks and sets over one database."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock, asked: CountyQuestions) -> None:
        self._db, self._home, self._clock, self._asked = db, home, clock, asked
        self._points = Points(db, home, clock)

    # -- tasks -------------------------------------------------------------------------------------------------

    def give(
        self, points: Sequence[Point], kind: TaskKind, text: str, until: date, cases: Sequence[str] = ()
    ) -> list[Task]:
        """The same task for several points; one that was given before in the same words for the same day is that one. Raises DeskError
        without a text or for a day that is past."""
        if not one_line(text):
            raise DeskError("没有写要办什么。", "没有记下。", "请写明。", code="no_text")
        if len(one_line(text)) > LONGEST:
            raise DeskError(f"要办的事写得太长，最多{LONGEST}字。", "没有记下。", "请写短一些。", code="long")
        if until < self._clock.today():
            raise DeskError(f"期限{until}已经过了。", "没有记下。", "请写今天以后的日期。", code="past")
        return self._keep([self._task(point.point, kind, one_line(text), until, cases) for point in points])

    def spot_check(
        self, points: Sequence[Point], year: int, count: int, seed: int, until: date, text: str = ""
    ) -> list[Task]:
        """Cases of a year to be looked at again, ``count`` of each point, drawn by chance: the same for the same seed and the same cases.
        Points without cases get none. Raises DeskError for a day that is past."""
        made = []
        for point in points:
            rows = self._asked.cases(point.point, date(year, 1, 1), date(year, 12, 31), limit=1_000_000)
            numbers = sorted({row[0] for row in rows})
            drawn = sorted(Random(f"{seed}:{point.point}").sample(numbers, min(count, len(numbers))))
            if drawn:
                made += self.give([point], "spot_check", text or SPOT_CHECK, until, drawn)
        return made

    def _task(self, point: str, kind: TaskKind, text: str, until: date, cases: Sequence[str]) -> Task:
        now = self._clock.now()
        return Task(
            id=new_id(now), point=point, kind=kind, text=text, given_on=now.date(), until=until, cases=tuple(cases)
        )

    def _keep(self, tasks: Sequence[Task]) -> list[Task]:
        """The tasks as they are kept: one of the same content counts, whoever was first."""
        points = sorted({task.point for task in tasks})
        with self._db.transaction():
            self._db.rows("SELECT point FROM points WHERE point = ANY(%s) ORDER BY point FOR UPDATE", [points])
            rows = self._db.rows(
                "SELECT body FROM tasks WHERE kind = ANY(%s) AND point = ANY(%s)", [TASKS_ALONE, points]
            )
            known = {_content(task): task for task in (Task.model_validate_json(body) for (body,) in rows)}
            fresh = [task for task in tasks if _content(task) not in known]
            TaskShelf(self._db, self._home).put([_row(task) for task in fresh])
        return [known.get(_content(task), task) for task in tasks]

    def replace(self, tasks: Sequence[Task]) -> int:
        """Keep these in the place of those of the same identities; one that says the same stays as it was given. How many are other than
        before."""
        with self._db.transaction():
            rows = self._db.rows(
                "SELECT body FROM tasks WHERE task = ANY(%s) FOR UPDATE", [[task.id for task in tasks]]
            )
            known = {task.id: task for task in (Task.model_validate_json(body) for (body,) in rows)}
            other = [task for task in tasks if task.id not in known or _content(known[task.id]) != _content(task)]
            TaskShelf(self._db, self._home).put([_row(task) for task in other])
        return len(other)

    def withdraw(self, task: str, why: str) -> None:
        """Take back a task that was given wrongly; it stays with the reason, and counts nowhere. Raises DeskError."""
        TaskShelf(self._db, self._home).withdraw(task, TASKS_ALONE, why, self._clock.today())

    def all(self, point: str = "") -> list[GivenTask]:
        """Every task with what came back, the oldest day first."""
        rows = self._db.rows(
            "SELECT body, points.point FROM tasks JOIN points ON points.point = tasks.point"
            + f" WHERE tasks.kind = ANY(%s){' AND tasks.point = %s' if point else ''} ORDER BY until_on, point_name, task",
            [TASKS_ALONE, *([point] if point else [])],
        )
        answers = {
            doc.key: TaskAnswer.model_validate(doc.body) for doc in self._asked.standings("answer", point=point)
        }
        names = {each.point: each.called for each in self._points.all()}
        tasks = [(Task.model_validate_json(body), names[at]) for body, at in rows]
        today = self._clock.today()
        return [
            GivenTask(task, name, answer_to(task, answers.get(task.id)), (today - task.until).days)
            for task, name in tasks
        ]

    # -- sets --------------------------------------------------------------------------------------------------

    def send(self, target: Path, files: Sequence[tuple[SetKind, Path]], points: Sequence[Point]) -> SetManifest:
        """Write one signed file for these points (none: for all) with what lies in ``files`` and the tasks that nobody has answered. Raises
        DeskError for nothing to send, for a file that cannot be read or a calendar that no point could take, or a target that is there. With law data the
        county counts too, from now on."""
        for kind, path in files:
            if kind == "calendar":
                read_arrangement(path, self._clock.today())
        to = {point.point for point in points}
        packs = [read_law(path, self._home) for kind, path in files if kind == "law"]
        contents: list[tuple[SetKind, str, bytes]] = [
            (kind, path.name, _read(path)) for kind, path in files if kind != "law"
        ]
        contents += [("law", f"法律数据{each.version}.json", each.model_dump_json().encode()) for each in packs]
        tasks = [given.task for given in self.all() if given.answer is None and (not to or given.task.point in to)]
        if tasks:
            contents.append(("tasks", f"{KIND_NAMES['tasks']}.json", TASKS.dump_json(tasks)))
        if not contents:
            raise DeskError(
                "没有要下发的。", "没有写文件。", "请写明要下发的文件，或者先记下要办的事。", code="nothing"
            )
        if len(packs) > 1:
            raise DeskError("一次只能下发一份法律数据。", "没有写文件。", "请分几次下发。", code="law_fault")
        for pack in packs:
            adopt(self._db, self._home, self._clock, pack)
        keys = self._home.keys()
        manifest = SetManifest(
            county=keys.card.id,
            name=keys.card.name,
            made_at=self._clock.now().isoformat(),
            to=tuple(sorted(to)),
            items=(),
        )
        content = pack_set(manifest, contents, keys.signing)
        try:
            write_bytes(target, content)
        except FileExistsError as error:
            raise DeskError(f"{target} 已经存在。", "程序不会覆盖它。", "请换一个文件名。") from error
        except (InPlace, OSError) as error:
            raise DeskError(f"{target} 写不进去：{os_reason(error)}。", "没有写文件。", "请检查U盘。") from error
        return read_set(content).manifest


def _row(task: Task) -> tuple[object, ...]:
    return task.id, task.point, task.kind, task.given_on, task.until, task.model_dump_json()


def _content(task: Task) -> tuple[object, ...]:
    """What makes two tasks the same."""
    return task.point, task.kind, task.text, task.until, task.cases


def _read(path: Path) -> bytes:
    """The bytes of a file to be sent. Raises DeskError."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_ITEM + 1)
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有写文件。", "请核对位置。") from error
    if not content.strip():
        raise DeskError(f"{path.name} 是空的。", "没有写文件。", "请换一个文件。", code="empty")
    if len(content) > LARGEST_ITEM:
        raise DeskError(f"{path.name} 太大。", "没有写文件。", "请分开。", code="huge")
    return content
