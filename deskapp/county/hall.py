"""The hall of the county: one door to everything it does, over one database and one folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from deskapp.clock import Clock
from deskapp.county.assessing import Assessing, ScoreSheet, read_rules, told_sheet
from deskapp.county.bulletin import Bulletin, write_bulletin_pdf
from deskapp.county.clearing import Cleared, Clearing
from deskapp.county.crew import Post, take_together
from deskapp.county.database import Database, open_database
from deskapp.county.epochs import Epochs
from deskapp.county.figures import CountyFigures, Figures
from deskapp.county.home import CARDS, CountyHome, files_in, folder_of
from deskapp.county.page import PageContent, page_of
from deskapp.county.pointbook import PointBook, case_story, point_book
from deskapp.county.points import Points
from deskapp.county.questions import CountyQuestions
from deskapp.county.replay import check_whole, kept_bundles, replay
from deskapp.county.retiring import Retiring, retired_points
from deskapp.county.schema import empty, is_made, make_tables
from deskapp.county.shelf import TaskShelf
from deskapp.county.states import PointState, states_of
from deskapp.county.summary import Summary, kind_name, summary_of
from deskapp.county.taking import Taking
from deskapp.county.tasking import Tasking
from deskapp.county.trials import Trials
from deskapp.county.verdicts import Offered
from deskapp.county.workbook import CountyYear, write_year_docx, write_year_pdf, write_year_xlsx
from deskapp.county.yearly import CountyReport, added_up, last_year
from deskapp.errors import DeskError
from deskapp.exchange.bundle.cards import COUNTY, POINT, CountyCard, Level, PointCard, read_card
from deskapp.exchange.bundle.packing import seems_bundle
from deskapp.exchange.new_file import write_new
from deskapp.law.errors import LawError
from deskapp.law.report_checks import Report, build_report
from deskapp.law.spans import span_of
from deskapp.law.table_two import Cells
from deskapp.parsing import one_line
from deskapp.paths import FONTS, REPORTS, free_path, make_private

PRACTICE, NAME = "practice", "name"  # notes beside the tables


class County:
    """What the county does. Raises DeskError everywhere the database refuses."""

    def __init__(self, db: Database, home: Path, clock: Clock) -> None:
        self.db, self.clock = db, clock
        self.home = CountyHome(home)
        self.points = Points(db, self.home, clock)

    @cached_property
    def taking(self) -> Taking:
        """Bundles come in."""
        return Taking(self.db, self.home, self.clock, self.practice)

    @property
    def questions(self) -> CountyQuestions:
        """Somebody asks."""
        return CountyQuestions(self.db, self.clock.today())

    @property
    def tasking(self) -> Tasking:
        """The county asks something of its points, or sends something down."""
        return Tasking(self.db, self.home, self.clock, self.questions)

    @property
    def clearing(self) -> Clearing:
        """The files of the server are cleared of what was erased."""
        return Clearing(self.db, self.home.path)

    def clear_old(self) -> Cleared:
        """The same by a connection of its own, for a thread beside the one that reads."""
        with open_database(self.db.dsn) as db:
            return Clearing(db, self.home.path).clear()

    @property
    def retiring(self) -> Retiring:
        """Points that are no more."""
        return Retiring(self.db, self.home, self.clock)

    @property
    def trials(self) -> Trials:
        """The county's own applications."""
        return Trials(self.db, self.home, self.points, self.clock)

    # -- points ------------------------------------------------------------------------------------------------

    def begin(self, name: str, practice: bool = False, servers: Sequence[str] = ()) -> CountyCard:
        """Make the tables and the keys of a county, whichever are wanting; its public card. ``servers`` are further databases over which
        what grows is spread. Raises DeskError where both are there."""
        made = is_made(self.db)
        if made and not self.home.has_keys and self.points.all():
            raise DeskError(
                "这个县里已经登记过登记点，可是这里没有县里的钥匙。", "没有建：换了钥匙，以前的报送包都打不开。",
                "请用 --at 写明原来的数据文件夹，或者用备份找回 county/keys.json。", code="keys",
            )  # fmt: skip
        if made and self.home.has_keys:
            raise DeskError("县里的数据库和钥匙都已经有了。", "没有再建。", "请直接用它。", code="made")
        if not made:
            make_tables(self.db, servers)
            self.db.run("INSERT INTO county_notes (note_key, body) VALUES (%s, %s)", [PRACTICE, str(int(practice))])
        card = self.home.keys().card if self.home.has_keys else self.home.begin(name, self.clock)
        self.note_name()
        return card

    @cached_property
    def name(self) -> str:
        """What the county is called: readers of the database have no keys."""
        noted = self.db.value("SELECT body FROM county_notes WHERE note_key = %s", [NAME])
        return str(noted or self.home.keys().card.name)

    def note_name(self) -> None:
        """Note in the database what the county is called, where its keys are."""
        with self.db.transaction():
            self.db.run("DELETE FROM county_notes WHERE note_key = %s", [NAME])
            self.db.run(
                "INSERT INTO county_notes (note_key, body) VALUES (%s, %s)", [NAME, self.home.keys().card.name]
            )

    @cached_property
    def practice(self) -> bool:
        """Whether this is a practice county, which takes practice bundles and no others."""
        return bool(self.db.value("SELECT body FROM county_notes WHERE note_key = %s", [PRACTICE]) == "1")

    def mirror_tasks(self) -> None:
        """Write the files of tasks that an older program kept in the database alone."""
        with self.db.transaction():
            TaskShelf(self.db, self.home).mirror()

    def ask_for_all(self, points: Sequence[str], why: str) -> CountyCard:
        """A card that asks these points, and only these, for whole entries, with the reason; nobody takes it back. Raises DeskError."""
        reason, keys = one_line(why), self.home.keys()
        asked = tuple(sorted(self.points.named(point).point for point in points))
        if asked and not reason:
            raise DeskError("没有写为什么要含姓名的包。", "没有改。", "请写明依据和理由。", code="why")
        level: Level = "full" if asked else "facts"
        card = keys.card.model_copy(update={"level": level, "why": reason if asked else "", "points": asked})
        signed: CountyCard = card.signed(COUNTY, keys.signing)
        self.home.change_card(signed)
        return signed

    def enroll(self, path: Path) -> tuple[PointCard, list[str]]:
        """Take in a point by the file of its card; what is worth knowing. Raises DeskError."""
        card = read_card(path, PointCard, POINT)
        return card, self.points.enroll(card)

    def take(self, path: Path) -> list[Offered]:
        """Offer one file: what became of it, and of kept ones that follow it."""
        return self._called(self.taking.take(path))

    def take_together(self, paths: Sequence[Path], jobs: int = 0) -> list[Offered]:
        """The same for several files, by several takers at once; as many as there are cores where ``jobs`` does not say."""
        post = Post(self.db.dsn, self.home.path.parent, self.clock, self.practice)
        return self._called(list(take_together(post, paths, jobs or os.cpu_count() or 1)))

    def _called(self, offered: list[Offered]) -> list[Offered]:
        """The same with what each point is called among the others, by now."""
        names = {point.point: point.called for point in self.points.all()}
        return [replace(each, name=names.get(each.point, each.name)) for each in offered]

    def take_all(self, path: Path) -> tuple[list[Offered], list[str]]:
        """Offer whatever lies at a place, cards before bundles; what became of each bundle, and the names of points that are new. Raises
        DeskError for a place that is not there."""
        bundles, names = self.take_cards(path)
        return self.take_together(bundles), names

    def take_cards(self, path: Path) -> tuple[list[Path], list[str]]:
        """Take in the cards that lie at a place; what else lies there to be offered, and the names of points that are new. Raises DeskError
        for a place that is not there."""
        if not path.exists():
            raise DeskError(f"没有找到 {path}。", "没有收。", "请核对U盘、文件夹的位置。", code="no_place")
        files = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".") if path.is_dir() else [path]
        known, new = {each.point for each in self.points.all()}, set[str]()
        cards = [each for each in files if each.suffix.lower() == ".json"]
        for each in cards:
            try:
                card, _ = self.enroll(each)
            except DeskError as error:
                if error.code != "no_card" or each == path:
                    raise
                continue  # some other file that lies on the stick
            new |= {card.id} - known
        names = [each.called for each in self.points.all() if each.point in new]
        rest = [each for each in files if each not in cards and (path.is_file() or seems_bundle(each))]
        return rest, names

    def new_epoch(self, point: str, why: str) -> tuple[int, list[Offered]]:
        """Decide that what a held point sends now holds; how many entries hold no more, and what became of the kept bundles."""
        undone = Epochs(self.db, self.home, self.clock).begin(point, why)
        return undone, self._called(self.taking.follow(point))

    def keep_ours(self, point: str, why: str) -> int:
        """Decide that what is held of a point goes on holding; how many bundles of the other branch are refused for good."""
        return Epochs(self.db, self.home, self.clock).keep(point, why, lambda: self.taking.reject(point))

    # -- answers -----------------------------------------------------------------------------------------------

    def status(self) -> list[PointState]:
        """Every point as it stands, by name."""
        return states_of(self.db, self.points, self.questions, self.clock.today())

    def summary(self, asked: str = "", point: str = "") -> Summary:
        """The county today, and what a span came to, by point, or of one alone; this month where none is named. Raises DeskError."""
        return self.summary_with(self.figures(asked or f"{self.clock.today():%Y-%m}", point), point)

    def summary_with(self, figures: CountyFigures, point: str = "") -> Summary:
        """The same with figures that were counted already, of all points or of that one."""
        today = self.clock.today()
        published = self.questions.standings("published", point=point)
        owed = {doc.point: int(doc.body["owed_all"]) for doc in published if doc.body.get("items")}
        states = [state for state in self.status() if point in ("", state.point.point)]
        return summary_of(
            states[0].point.called if point else self.name, today, figures, states, self.questions.median_days(figures.whole.span), owed,
            self.questions.overdue(point), self.questions.open_disputes(point),
        )  # fmt: skip

    def figures(self, asked: str, point: str = "") -> CountyFigures:
        """What a month, a quarter or a year comes to, together and by point. Raises DeskError."""
        return Figures(self.questions, self.points, self.clock.today()).of(asked, point)

    def report(self, year: int, point: str = "") -> CountyReport:
        """The annual tables of the whole, or of one point, and of each; those that differ from what the points said of themselves are named.
        Raises DeskError for a year before the first format, or one that has not begun."""
        if year > self.clock.today().year:
            raise DeskError(f"{year}年还没有到。", "没有汇总。", "请换一年。", code="year")
        try:
            counted, disputes = self.questions.counted(point), self.questions.disputes(point)
            points = {
                at: build_report(year, cases, disputes.get(at, []), last_year(year, cases))
                for at, cases in sorted(counted.items())
            }
            every = self.questions.counted_together() if not point else counted.get(point, [])
            matters = [each for of_point in disputes.values() for each in of_point]
            whole = build_report(year, every, matters, last_year(year, every))
        except LawError as error:
            raise DeskError(
                f"{year}年没有表三、表四的格式：国办2019年才定。", "没有汇总。", "请换一年。", code="year"
            ) from error
        return CountyReport(whole, points, self._differing(year, points))

    def _differing(self, year: int, points: dict[str, Report]) -> tuple[str, ...]:
        """The points whose own table three, as they sent it with their last entries, is another than ours."""
        said = {each.point: each for each in self.questions.standings("year", str(year))}
        known = {point.point: point for point in self.points.all()}
        found = []
        gone = retired_points(self.db)
        for at, made in points.items():
            doc = said.get(at)
            if doc is None or (at in gone and gone[at].by) or doc.made_at != known[at].heard_at:
                continue
            if doc.body.get("table3") != [list(row.values) for row in made.table3]:
                found.append(at)
        return tuple(found)

    def point_book(self, point: str, asked: str) -> PointBook:
        """What is known of one point. Raises DeskError."""
        found = self.points.named(point)
        return point_book(self.db, self.questions, found, self.figures(asked, found.point), self.clock.today())

    def case_story(self, point: str, case_no: str) -> list[str]:
        """One case of a point, day by day; the first line says whose it is. Raises DeskError."""
        return case_story(self.db, self.points.named(point), case_no)

    def save_here(self, asked: str, ending: str) -> Path:
        """Write the county into the folder 年报 of its data directory, under a name that is free: html of the span, the rest of its year.
        Raises DeskError."""
        span = span_of(asked)
        path = free_path(make_private(self.home.path.parent / REPORTS), f"全县{span.name}", ending)
        if ending == ".html" and len(asked) > len("2026"):
            self.write_page(self.summary(asked), path)
        else:
            self.write_report(span.last.year, path)
        return path

    def write_report(self, year: int, path: Path, point: str = "") -> None:
        """Write the year to a file that is not there: html (with the county today), xlsx, docx or pdf. Raises DeskError."""
        writers: dict[str, Callable[[None, Path], None]] = {
            ".html": lambda _, part: _write(part, page_of(self.page(year, point))),
            ".xlsx": lambda _, part: write_year_xlsx(self.year_book(year, point), part),
            ".docx": lambda _, part: write_year_docx(self.year_book(year, point), part),
            ".pdf": lambda _, part: write_year_pdf(
                self.year_book(year, point), part, self.home.path / FONTS, self.clock.today()
            ),
        }
        write_new(path, "汇总", writers, lambda: None)  # each makes what it writes: the page needs no workbook

    def write_page(self, summary: Summary, path: Path) -> None:
        """Write a summary as a page of HTML. Raises DeskError."""
        write_new(path, "汇总页", {".html": lambda text, part: _write(part, text)}, lambda: page_of(
            PageContent(summary, practice=self.practice)
        ))  # fmt: skip

    def write_bulletin(self, path: Path, number: str = "") -> int:
        """Write the 通报 of what the points were given to do as a pdf that is not there; how many it names. Raises DeskError where there
        is nothing to tell."""
        tasks = tuple(each for each in self.tasking.all() if each.task.kind != "assessed")
        if not tasks:
            raise DeskError("还没有交办过事，没有可以通报的。", "没有写文件。", "", code="nothing")
        told = Bulletin(self.name, self.clock.today(), one_line(number), tasks, self.practice)
        fonts = self.home.path / FONTS
        write_new(path, "通报", {".pdf": lambda of, part: write_bulletin_pdf(of, part, fonts)}, lambda: told)
        return len(tasks)

    def page(self, year: int, point: str = "") -> PageContent:
        """The county today with a year's table and months, or one point of it and nothing of the others."""
        made, names = self.report(year, point), {each.point: each.called for each in self.points.all()}
        differing = tuple(names.get(at, at) for at in made.differing)
        months = tuple(self.questions.months(year, point))
        return PageContent(self.summary(str(year), point), made.whole, months, differing, self.practice, bool(point))

    def year_book(self, year: int, point: str = "") -> CountyYear:
        """A year as a workbook: of all points, or of one."""
        made = self.report(year, point)
        known = {each.point: each for each in self.points.all()}
        kinds: dict[str, Report] = {}
        counted, disputes = self.questions.counted(point), self.questions.disputes(point)
        for kind in sorted({known[at].kind for at in made.points}):
            own = [at for at in made.points if known[at].kind == kind]
            cases = [case for at in own for case in counted[at]]
            kinds[kind_name(kind)] = build_report(
                year, cases, [d for at in own for d in disputes.get(at, [])], last_year(year, cases)
            )
        points = {
            known[at].label or f"{known[at].name}（{known[at].site_code}）": report
            for at, report in made.points.items()
        }
        notes = tuple(f"{known[at].called}自己报的表三和这里的不一样。" for at in made.differing)
        name = known[point].called if point else self.name
        summary = None if point else self.summary(str(year))
        return CountyYear(
            name, made.whole, kinds, points, self._table_two(year, point), summary, notes, self.practice
        )

    def _table_two(self, year: int, point: str) -> Cells:
        """Table two of the points added up, as far as they typed numbers."""
        return added_up(doc.body.get("table_two", {}) for doc in self.questions.standings("year", str(year), point))

    def assess(self, rules: Path, year: int, point: str = "") -> list[ScoreSheet]:
        """The sheets of a year by the rules of a file, of one point or of all, the fewest points first. Raises DeskError."""
        found = read_rules(rules, year)
        last_days = {at: of.on for at, of in retired_points(self.db).items()}
        counting = Assessing(
            self.questions, year, self.clock.today(), self.tasking.all(), self.trials.all(), last_days
        )
        sheets = [
            counting.sheet(found, each)
            for each in self.points.all()
            if point in ("", each.point) and counting.covers(each)
        ]
        return sorted(sheets, key=lambda sheet: (sheet.points, sheet.name))

    def tell_sheets(self, sheets: Sequence[ScoreSheet], year: int, until: date) -> int:
        """Have sheets go down to their points with the next set, to be explained until a day; how many lines are other than were told
        before. Raises DeskError for a day that is past."""
        today = self.clock.today()
        if until < today:
            raise DeskError(f"期限{until}已经过了。", "没有记下。", "请写今天以后的日期。", code="past")
        return self.tasking.replace([each for sheet in sheets for each in told_sheet(sheet, year, today, until)])

    # -- made anew ---------------------------------------------------------------------------------------------

    def rebuild(self, folder: Path, missing_ok: bool = False) -> tuple[int, int, int]:
        """Make the database anew from a county's folder: points, bundles, entries. All in one transaction, or nothing changes;
        whoever takes something in meanwhile waits. Raises DeskError, where something would be lost too, unless that is ``missing_ok``."""
        source = folder_of(folder)
        cards = [read_card(path, PointCard, POINT) for path in files_in(source.path, CARDS)]
        if not is_made(self.db):
            raise DeskError(
                "县里的数据库还没有建好。", "没有重建。", "请先运行 deskapp county init。", code="not_made"
            )
        keys = self.home.keys()
        with self.db.transaction():
            self.db.run("LOCK TABLE points IN EXCLUSIVE MODE")
            bundles = kept_bundles(source, keys)
            if not missing_ok:
                check_whole(self.db, source, bundles, {card.id for card in cards})
            empty(self.db)
            for card in cards:
                self.points.enroll(card)
            TaskShelf(self.db, self.home).restore(source)
            taking = Taking(self.db, self.home, self.clock, self.practice)
            taken = replay(taking, Epochs(self.db, self.home, self.clock), self.retiring, source, bundles)
            self.note_name()
            TaskShelf(self.db, self.home).mirror()
        events = self.db.value("SELECT count(*) FROM events")
        return len(cards), taken, int(events)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
