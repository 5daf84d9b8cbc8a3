"""What the county sends down: looked at first, item by item, then taken as a whole or not at all.

Everything is tried without being kept before anything is kept. What lies in the register is one transaction; templates and the standard
catalogue lie in files of their own, are written last, and are the same when they come again: a set that was broken off in between is
taken again and no harm is done.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from deskapp.clock import Clock
from deskapp.desk.cases.template_files import TemplateFiles
from deskapp.desk.office.calendars import Calendars
from deskapp.desk.office.law_data import LawData
from deskapp.desk.office.wording_trial import faults_of
from deskapp.desk.reading.duties import Duties
from deskapp.desk.reading.question_lists import QuestionLists
from deskapp.desk.reading.question_lists import sentences as question_sentences
from deskapp.desk.reporting.bundles import Bundles
from deskapp.desk.reporting.tasks import Tasks
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.sets import KIND_NAMES, LARGEST, CountySet, SetItem, SetKind, read_set
from deskapp.exchange.bundle.tasks import TASKS
from deskapp.paths import FONTS, file_name
from deskapp.register.journal import Journal

TAKEN = "county_set"  # the records of the sets that were taken
Placed = tuple[SetItem, Path]


@dataclass(frozen=True)
class SetLook:
    """A set as it was looked at: from whom, what each item would do, what stands against it; whether it was taken before."""

    county: str
    made_at: str
    lines: tuple[str, ...]
    faults: tuple[str, ...]
    again: bool

    @property
    def sentence(self) -> str:
        """All of it in a few lines."""
        head = f"{self.county}{self.made_at[:10]}下发{'（以前收过）' if self.again else ''}："
        return "\n".join([head, *self.lines, *(f"注意：{fault}" for fault in self.faults)])


class CountySets:
    """The moment the county sends something down."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        bundles: Bundles,
        calendars: Calendars,
        questions: Callable[[], QuestionLists],
        duties: Callable[[], Duties],
        templates: TemplateFiles,
        tasks: Tasks,
        law: LawData,
        home: Path,
    ) -> None:
        self._journal, self._clock, self._bundles, self._calendars = journal, clock, bundles, calendars
        self._home = home
        self._questions, self._duties, self._templates, self._tasks = questions, duties, templates, tasks
        self._law = law

    def look(self, path: Path) -> SetLook:
        """What taking a set would do; nothing is kept. Raises DeskError for a file that is none, or is not of our county or for us."""
        found = self._believed(path)
        lines, faults = [], []
        with _unpacked(found) as placed:
            tried = self._tried(placed)
            for item, file in placed:
                try:
                    if tried.get(file):
                        raise DeskError(tried[file], "没有收。", "")
                    lines.append(f"{KIND_NAMES[item.kind]}【{item.name}】：{self._one(item, file, dry_run=True)}")
                except DeskError as error:
                    faults.append(f"{KIND_NAMES[item.kind]}【{item.name}】：{error}")
        said = found.manifest
        return SetLook(said.name, said.made_at, tuple(lines), tuple(faults), self._is_taken(found))

    def stands_against(self, kind: SetKind, file: Path) -> str:
        """Why a file could not be taken here as an item of a set, in a sentence; empty where it could. Nothing is kept."""
        try:
            self._by_kind(kind)(file, True)
        except DeskError as error:
            return error.what
        return ""

    def take(self, path: Path) -> list[str]:
        """Take a set as a whole; what each item did. Raises DeskError where one of them cannot be taken; then nothing is."""
        look = self.look(path)
        if look.faults:
            raise DeskError(look.faults[0], "一样也没有收。", "请县里改好再发。", code="set_fault")
        found = self._believed(path)
        with _unpacked(found) as placed, self._journal.write():
            in_register = [each for each in placed if each[0].kind not in ("template", "standard")]
            beside = [each for each in placed if each not in in_register]
            lines = [self._one(item, file, dry_run=False) for item, file in (*in_register, *beside)]
            self._journal.records.save_record(TAKEN, found.mark, found.manifest.model_dump_json())
        self._law.put_in_force()
        names = [f"{KIND_NAMES[item.kind]}【{item.name}】" for item, _ in (*in_register, *beside)]
        return [f"{name}：{line}" for name, line in zip(names, lines, strict=True)]

    def _tried(self, placed: list[Placed]) -> dict[Path, str]:
        """What stands against the templates of a set, by file, before anything of theirs is read here: whoever signed them, they are tried
        as those of any other office are. Raises DeskError where the trial is broken off."""
        files = [file for item, file in placed if item.kind == "template"]
        unit, today = self._journal.unit(self._clock.today()), self._clock.today()
        return dict(zip(files, faults_of(files, unit, today, self._home / FONTS) if files else (), strict=True))

    def _is_taken(self, found: CountySet) -> bool:
        return any(kept.key == found.mark for kept in self._journal.records.of_kind(TAKEN))

    def _believed(self, path: Path) -> CountySet:
        """A set that our county signed and that is for us. Raises DeskError."""
        try:
            with path.open("rb") as stream:
                content = stream.read(2 * LARGEST)
        except OSError as error:
            raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有收。", "请检查U盘。") from error
        found, county = read_set(content), self._bundles.county()
        if county is None:
            raise DeskError(
                "这里还不知道县里的钥匙。",
                "分不清是不是县里发的，没有收。",
                "请先用县里的钥匙文件报送一次。",
                code="no_county",
            )
        if not found.is_signed_by(county.public_key):
            raise DeskError(
                f"{path.name} 不是{county.name}发的，或者内容被改动过。",
                "没有收。",
                "请向县里核对，重新要一份。",
                code="forged",
            )
        if found.manifest.to and self._bundles.identity().id not in found.manifest.to:
            raise DeskError(
                f"{path.name} 不是发给这里的。", "没有收。", "请向县里要发给这里的那一份。", code="not_for_us"
            )
        return found

    # -- one item ----------------------------------------------------------------------------------------------

    def _one(self, item: SetItem, file: Path, dry_run: bool) -> str:
        """What one item does, or would do. Raises DeskError where it cannot be taken."""
        return self._by_kind(item.kind)(file, dry_run)

    def _by_kind(self, kind: SetKind) -> Callable[[Path, bool], str]:
        """How a kind of item is taken, or looked at."""
        takers: dict[SetKind, Callable[[Path, bool], str]] = {
            "calendar": self._calendar, "template": self._template, "questions": self._question_list,
            "standard": self._standard, "tasks": self._task_list, "law": self._law_pack,
        }  # fmt: skip
        return takers[kind]

    def _calendar(self, file: Path, dry_run: bool) -> str:
        plan = self._calendars.read(file)
        if plan.lost:
            raise DeskError(plan.less, "没有收。", "比现在用的少；确实要换的，请在【放假安排】里导入。")
        if not dry_run:
            self._calendars.take(plan)
        return f"{plan.name}，{len(plan.moves)}件没有办结的申请日期会变"

    def _template(self, file: Path, dry_run: bool) -> str:
        return self._templates.check(file) if dry_run else self._templates.take_template(file)

    def _question_list(self, file: Path, dry_run: bool) -> str:
        taken = self._questions().take(file, dry_run=dry_run, update=True)
        if taken.bad:
            first = taken.bad[0]
            raise DeskError(f"第{first.line}行【{first.column}】：{first.right}。", "没有收。", "")
        return list(question_sentences(taken, dry_run))[-1]

    def _standard(self, file: Path, dry_run: bool) -> str:
        taken = self._duties().take(file, dry_run=dry_run)
        if taken.bad:
            first = taken.bad[0]
            raise DeskError(f"第{first.line}行【{first.column}】：{first.right}。", "没有收。", "")
        return f"{taken.rows}行，新{taken.new}项，改{taken.changed}项，一样{taken.same}项"

    def _law_pack(self, file: Path, dry_run: bool) -> str:
        plan = self._law.read(file.read_bytes())
        if not dry_run:
            self._law.take(plan)
        return plan.sentence

    def _task_list(self, file: Path, dry_run: bool) -> str:
        try:
            tasks = TASKS.validate_json(file.read_bytes())
        except ValidationError as error:
            raise DeskError("要办的事读不懂。", "没有收。", "请更新程序。") from error
        ours = [task for task in tasks if task.point == self._bundles.identity().id]
        if not dry_run:
            self._tasks.bring(ours)
        return f"{len(ours)}件"


@contextmanager
def _unpacked(found: CountySet) -> Iterator[list[Placed]]:
    """The items as files in a private folder that is gone afterwards. Raises DeskError."""
    contents = found.contents()
    with tempfile.TemporaryDirectory(prefix="deskapp-") as folder:
        placed = []
        for n, (item, content) in enumerate(zip(found.manifest.items, contents, strict=True)):
            own = Path(folder) / str(n)
            own.mkdir()
            name = Path(item.name)
            file = own / file_name(name.stem, name.suffix)
            file.write_bytes(content)
            placed.append((item, file))
        yield placed
