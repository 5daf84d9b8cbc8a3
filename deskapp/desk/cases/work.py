"""What is to be done: the board read from the register, with what concerns the whole desk, and the disputes that wait for the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from deskapp.clock import Clock
from deskapp.desk.cases.board import GROUPS, MATTER_SOON, Board, BoardRow, MatterDue, place, until_words
from deskapp.law.annual_report import Route
from deskapp.law.deadline import evaluate
from deskapp.law.disputes import answer_due
from deskapp.law.report_checks import ROUTE_NAMES
from deskapp.law.workdays import Calendar
from deskapp.paths import KEYS
from deskapp.register.backups_noted import REMINDER_DAYS, last_outside
from deskapp.register.driver import IN_THE_CLEAR
from deskapp.register.keyring import passwords_lie_in
from deskapp.register.register import Register

ASKED_FROM = 11  # the month in which the notice about the next year usually comes
CLEAR_BESIDE_KEYS = (
    f"登记簿没有加密，旁边却有加密用的【{KEYS}】：不是加密没有做完，就是换成了另一份登记簿。先不要登记，"
    "按 Ctrl+D 到【检查】看怎么办。"
)


def matter_due(
    case_no: str, route: Route, counted_from: date, answer_by: date | None, today: date, calendar: Calendar
) -> MatterDue:
    """The office's last day in a matter: the one that its notice names, or else the law's."""
    due = answer_due(route, counted_from, calendar)
    last = answer_by or due.due_on
    left = (last - today).days
    return MatterDue(case_no, route, last, left, due.period.cite, None if answer_by else due.simple_on)


class Work:
    """The moment somebody asks what is to be done. ``beside`` says what is no case and waits too."""

    def __init__(self, register: Register, clock: Clock, beside: Callable[[], list[str]]) -> None:
        self._register, self._clock, self._beside = register, clock, beside

    def board(self) -> Board:
        """All cases that are not put away, each in one group, most urgent first; and what is to be noted."""
        board = self.listed()
        self._note(board)
        return board

    def listed(self) -> Board:
        """The cases alone: the first picture of them need not wait for what is to be noted besides."""
        board = Board(self._clock.today(), {key: [] for key in GROUPS})
        first_day, calendar = self._register.records.first_day(board.today), self._register.calendar()
        disputed = {
            matter.case_no: ROUTE_NAMES[matter.route][2:4] for matter in self._register.queries.open_matters()
        }
        for case in self._register.queries.not_archived():
            deadline = evaluate(case.clock_events, board.today, calendar, first_day, working=False)
            placed = place(case, deadline, board.today, calendar, disputed.get(case.case_no, ""))
            board.groups[placed.group].append(
                BoardRow(
                    case.case_id,
                    case.case_no,
                    case.who,
                    case.content,
                    deadline.due_on,
                    deadline.safe_on,
                    placed.next_act,
                    placed.act,
                    deadline.working_days_left,
                    deadline.provisional,
                    until_words(placed.group, deadline, board.today, calendar),
                )
            )
        for rows in board.groups.values():
            rows.sort(key=lambda r: (r.due_on or date.max, r.case_no))
        return board

    def _note(self, board: Board) -> None:
        """Put to the cases what concerns the whole desk, what presses first."""
        store = self._register.store
        beside_keys = store.key == IN_THE_CLEAR and passwords_lie_in(store.path.parent)
        pressing = ([CLEAR_BESIDE_KEYS] if beside_keys else []) + ([store.read_alone] if store.read_alone else [])
        without, backup = self._without_notice(board, self._register.calendar()), self._backup_due()
        board.standing.extend([*without, *backup])
        board.banners.extend([*pressing, *without, *self._banners(), *backup])

    @staticmethod
    def _without_notice(board: Board, calendar: Calendar) -> list[str]:
        """The years that have no official calendar and that today, the next months or an open case touch."""
        rows = [row for rows in board.groups.values() for row in rows if row.provisional]
        ahead = [board.today.year + 1] if board.today.month >= ASKED_FROM else []
        years = {board.today.year, *ahead, *(row.due_on.year for row in rows if row.due_on)}
        missing = [str(year) for year in sorted(years) if year not in calendar.years]
        if not missing:
            return []
        touched = f"，现在有{len(rows)}件" if rows else ""
        return [f"{'、'.join(missing)}年放假安排还没有收录，碰到它的日期都是暂定的{touched}。"]

    def _banners(self) -> list[str]:
        """What concerns the whole desk and presses: a clock that went back, what came by mail, the answers in disputes."""
        banners = []
        went_back = self._register.clock_went_back()
        if went_back:
            banners.append(
                f"电脑的时钟（{self._clock.now():%Y-%m-%d %H:%M}）比最后一条记录（{went_back:%Y-%m-%d %H:%M}）还早，"
                "请先校正电脑的时间，再登记。"
            )
        banners += self._beside()
        return [*banners, *(matter.sentence for matter in self.matters() if matter.left <= MATTER_SOON)]

    def _backup_due(self) -> list[str]:
        """Whether no recent backup lies elsewhere."""
        last = last_outside(self._register.store)
        if last is None:
            return ["还没有备份到别处，请插上U盘，按 Ctrl+D 到【检查】，再按 F7 备份。"]
        if (self._clock.today() - last).days > REMINDER_DAYS:
            return [f"上次备份到别处是{last}，请再备份一次（按 Ctrl+D，再按 F7）。"]
        return []

    def matters(self) -> list[MatterDue]:
        """The 复议 and 诉讼 that still wait for the office's answer, the most urgent first."""
        waiting = [matter for matter in self._register.queries.open_matters() if not matter.answered]
        today, calendar = self._clock.today(), self._register.calendar()
        found = [matter_due(m.case_no, m.route, m.counted_from, m.answer_by, today, calendar) for m in waiting]
        return sorted(found, key=lambda matter: (matter.due_on, matter.case_no))
