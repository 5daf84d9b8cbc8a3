"""The rooms of the desk by name, each with something in it: for pictures of them, and for walks that begin in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from textual.screen import Screen

from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.cases.redaction import OpenPaper
from deskapp.desk.office.ledger_counts import Differs, Imported
from deskapp.desk.office.ledger_in import REFUSED
from deskapp.desk.office.staff import ColleagueDraft
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.duties import Duty
from deskapp.desk.reading.point_log import PointDraft
from deskapp.exchange.bundle.tasks import Task
from deskapp.exchange.bundle.wordings import pack_wordings, read_wordings
from deskapp.exchange.ledger import LedgerOptions
from deskapp.exchange.updating import Difference
from deskapp.register.act import YES
from deskapp.screens.cases.case import CaseScreen
from deskapp.screens.cases.delivery import DeliveryScreen
from deskapp.screens.cases.guide import GuideScreen
from deskapp.screens.cases.intake import IntakeScreen
from deskapp.screens.cases.letter import LetterScreen
from deskapp.screens.cases.mail import MailEntryScreen, MailScreen, SetAsideScreen
from deskapp.screens.cases.note import NoteScreen
from deskapp.screens.cases.paper import LetterPaperScreen
from deskapp.screens.cases.papers import AttachScreen, PapersScreen, TakeOffScreen
from deskapp.screens.cases.reckon import ReckonScreen
from deskapp.screens.cases.redaction import RedactionPagesScreen, RedactScreen
from deskapp.screens.cases.reviews import ReviewsScreen
from deskapp.screens.cases.search import SearchScreen
from deskapp.screens.frame.ask import AskModal
from deskapp.screens.frame.confirm import ConfirmScreen
from deskapp.screens.frame.pick import PickModal
from deskapp.screens.office.archive import ArchiveScreen
from deskapp.screens.office.bundles import BundleScreen
from deskapp.screens.office.calendars import CalendarsScreen
from deskapp.screens.office.cell import CellScreen
from deskapp.screens.office.day_acts import DayActsScreen
from deskapp.screens.office.doctor import BackupScreen, DoctorScreen
from deskapp.screens.office.encryption import EncryptionScreen
from deskapp.screens.office.erasing import EraseScreen
from deskapp.screens.office.fee import FeeScreen
from deskapp.screens.office.files import FileInScreen, FilesScreen
from deskapp.screens.office.from_county import FromCountyScreen
from deskapp.screens.office.handover import HandoverScreen
from deskapp.screens.office.ledger import DifferencesScreen, LedgerScreen, MatchingScreen, PreviewScreen
from deskapp.screens.office.machine import MachineScreen
from deskapp.screens.office.passing import PassedInScreen, PassOnScreen
from deskapp.screens.office.people import ColleagueScreen, PeopleScreen
from deskapp.screens.office.period import PeriodScreen
from deskapp.screens.office.report import ReportScreen
from deskapp.screens.office.restoring import RestoreScreen
from deskapp.screens.office.table_two import TableTwoScreen
from deskapp.screens.office.tasks import TaskAnswerScreen, TasksScreen
from deskapp.screens.office.unit import UnitScreen
from deskapp.screens.office.verifying import ReportFindingsScreen, VerifyReportScreen
from deskapp.screens.office.wordings import WordingScreen, WordingsScreen
from deskapp.screens.office.wordings_passing import GiveWordingsScreen, LookWordingsScreen, TakeWordingsScreen
from deskapp.screens.reading.books import ReasonScreen, SlipBookScreen, VisitBookScreen
from deskapp.screens.reading.catalogue import CatalogueScreen, ShelfScreen, TakeDownScreen
from deskapp.screens.reading.day import ReadingScreen, VisitScreen
from deskapp.screens.reading.list_in import ImportScreen, ListMatchingScreen
from deskapp.screens.reading.materials import MaterialsScreen, TickScreen
from deskapp.screens.reading.point_log import PointLogScreen, PointNoteScreen
from deskapp.screens.reading.publication import EntryScreen, PublicationScreen
from deskapp.screens.reading.question_lists import QuestionImportScreen
from deskapp.screens.reading.questions import QuestionScreen, QuestionsScreen
from deskapp.screens.reading.satisfaction import SatisfactionScreen, SlipScreen
from deskapp.screens.reading.standards import FitScreen, NotHereScreen, StandardsScreen
from deskapp.screens.reading.translations import TakeTranslationScreen, TranslationsScreen
from deskapp.screens.reading.visitors import VisitorScreen
from deskapp.screens.reading.visits import VisitsScreen
from deskapp.screens.reading.year_plan import YearDoneScreen, YearDutyScreen, YearPlanScreen
from deskapp.screens.training.handbook import HandbookScreen
from deskapp.screens.training.own_lesson import OwnLessonScreen
from deskapp.screens.training.practice import PracticeScreen
from deskapp.screens.training.specimen import SpecimenScreen
from tests.conftest import DATA, issue_granted, register
from tests.papers import scans
from tests.redaction.papers import ROWS, text_pdf
from tests.screens.conftest import ODD

SCREENS = (
    "board", "intake", "case", "guide", "guide_words", "opinions", "letter", "letter_page", "paper", "serve", "note", "search", "mail",
    "mail_entry", "set_aside", "report", "report_four", "report_two", "table_two", "period", "files", "file_in", "report_months",
    "report_checks", "cell", "handover", "calendars", "machine", "doctor", "backup", "practice", "handbook", "specimen", "unit", "help",
    "confirm", "pick", "ask", "palette", "lock", "reading", "visit", "visits", "questions", "question", "satisfaction", "slip",
    "catalogue", "import", "list_matching", "standards", "not_here", "fit", "take_down", "shelf", "visitors_hits", "visitors_letters",
    "visitors_large", "visit_book", "slip_book", "reason", "point_log", "point_note", "materials", "tick", "questions_in", "publication",
    "entry", "visitors", "leave", "bundles", "wordings", "wording", "ledger", "matching", "differences", "ledger_preview", "papers",
    "attach", "take_off", "people", "colleague", "day_acts", "fee", "pass_on", "passed_in", "year_plan", "year_duty", "year_done",
    "wordings_out", "wordings_in", "wordings_look", "translations", "translations_in",
    "verify_report", "report_findings", "reckon", "restore", "encryption", "from_county", "tasks", "task_answer",
    "own_lesson", "archive", "redact", "redaction", "erase",
)  # fmt: skip
# What is pressed once the screen stands.
KEYS_PRESSED: dict[str, tuple[str, ...]] = {
    "help": ("f1",), "palette": ("ctrl+p",), "lock": ("ctrl+l",), "letter_page": ("f4",), "guide_words": tuple("bcz"),
    "visitors_hits": tuple("低保"), "visitors_letters": ("f4",), "visitors_large": (*"低保", "f2", "f2"),
    "catalogue": tuple("公示"), "leave": ("ctrl+q",),
    "report_four": ("f4",), "report_two": ("f4", "f4"), "report_months": ("f4", "f4", "f4"), "report_checks": ("f4",) * 4,
}  # fmt: skip


def laid(desk: Desk, name: str) -> Path:
    """A table of others, where what a walk writes beside it is gone with the desk."""
    copy = desk.home / name
    if not copy.exists():
        shutil.copy(DATA / "tables" / name, copy)
    return copy


def table(desk: Desk) -> Path:
    """An office's own ledger."""
    return laid(desk, "l1_title_merged.xlsx")


PUBLISHED = DATA / "reports/上海市人民政府办公厅_2019.html"
LIST, STANDARD = "自己的目录.csv", DATA / "tables/标准目录.csv"


def archived(desk: Desk) -> ArchiveScreen:
    """A year with something in it."""
    issue_granted(desk, applicant=ODD)
    return ArchiveScreen()


def laid_to(desk: Desk, case_id: str) -> str:
    """The case, with a paper on file and one that there is on paper only."""
    desk.papers.attach(case_id, scans.pdf(desk.home / "申请书.pdf", 2), PaperDraft())
    desk.papers.note(case_id, PaperDraft(kind="other", name=f"{ODD}的来信", pages="3", where="第12至14页"))
    return case_id


def duties_of(desk: Desk) -> list[Duty]:
    """The items of a standard catalogue, brought in."""
    desk.duties.take(STANDARD)
    return desk.duties.all()


def with_standards(desk: Desk) -> StandardsScreen:
    """The screen of the standard catalogue with something on it."""
    duties_of(desk)
    return StandardsScreen()


def previewed(desk: Desk) -> PreviewScreen:
    """What is wrong with an office's own table whose words nobody has confirmed."""
    return PreviewScreen(table(desk), desk.ledgers.take(table(desk), dry_run=True), LedgerOptions(), REFUSED)


def paper_of(desk: Desk) -> OpenPaper:
    """A paper of two pages with persons on the first."""
    path = desk.home / "发放表.pdf"
    text_pdf(path, [ROWS, ["第二页"]])
    return desk.redaction.open(path, register(desk).case_id)


def differing() -> Imported:
    """What a table says of two known cases otherwise than the register."""
    cells = (Difference("联系电话", "13905550123", "13905550199"), Difference("答复日期", "2026-10-20", "2026-10-21"))
    differs = tuple(Differs(4 + n, f"LH-2026-000{n}", "张三", cell) for n, cell in enumerate(cells, 1))
    return Imported(2, 0, 0, (), (), differs=differs)


def noted(desk: Desk) -> PointLogScreen:
    """The log with something late, something done and something taken back."""
    found = {"kind": "inspection", "who": ODD, "role": "监督员", "mend": f"{ODD}的公报补齐", "mend_by": "党政办"}
    desk.point_log.enter(PointDraft(title="看材料", on="2026-10-10", mend_until="2026-10-31", **found))
    desk.point_log.enter(PointDraft(kind="training", title=f"{ODD}讲条例", people="12", on="2026-11-02"))
    desk.point_log.enter(PointDraft(kind="meeting", title="记重了", on="2026-11-03"))
    span = date(2026, 11, 3)
    desk.point_log.take_back(desk.point_log.entries(span, span)[0].key, f"{ODD}记过了")
    return PointLogScreen()


def tasked(desk: Desk) -> tuple[TasksScreen, TaskAnswerScreen]:
    """What the county asked of a point: cases to look at again, something to mend that is answered, both told oddly."""
    point, given = "0" * 32, {"given_on": "2026-11-02", "until": "2026-11-30"}
    spot, mend = f"{1:08x}", f"{2:08x}"
    numbers = [register(desk, applicant=ODD).case_no, register(desk).case_no]
    texts: tuple[tuple[str, str, str, list[str]], ...] = (
        (spot, "spot_check", f"看{ODD}的两件", numbers),
        (mend, "mend", "补齐10月的回执", []),
    )
    desk.tasks.bring([
        Task.model_validate({"id": key, "point": point, "kind": kind, "text": text, "cases": cases, **given})
        for key, kind, text, cases in texts
    ])  # fmt: skip
    desk.tasks.answer(mend, "11月5日补齐")
    return TasksScreen(), TaskAnswerScreen(spot)


def staffed(desk: Desk) -> PeopleScreen:
    """The people of an office that has one, whose name is odd: of several, each start would ask who sits here."""
    desk.staff.enter(ColleagueDraft(name=ODD, post="窗口", may_sign="yes", use="set", pin="1234"))
    return PeopleScreen()


def translated(desk: Desk) -> TranslationsScreen:
    """An office whose sheets are partly in another language."""
    path = desk.home / "译文.csv"
    path.write_text(f"语言,中文,译文\n英文{ODD},申请人,Applicant\n", encoding="utf-8")
    desk.handouts.translations.take(path)
    return TranslationsScreen()


def worded(desk: Desk) -> tuple[GiveWordingsScreen, LookWordingsScreen]:
    """An office with words of its own that it gives, and what another would see of them that has changed its own since."""
    first = desk.wordings.first("not_held")
    desk.wordings.save(
        "not_held", {**first, "part_1": f"收到申请后，本机关查找了：〔检索的经过〕。{ODD}".replace("〔有", "（有")}
    )
    path = desk.wording_sets.give(desk.home).path
    file = read_wordings(path.read_bytes())
    plain = {"public_key": "", "point": "", "made_at": "2026-11-19T08:00:00+08:00"}  # a key is another one each time
    path.write_bytes(pack_wordings(file.manifest.model_copy(update=plain), file.contents(), None))
    desk.wordings.save("not_held", {**first, "part_1": "收到申请后，本机关问了各科室：〔检索的经过〕。"})
    return GiveWordingsScreen(), LookWordingsScreen(path, "", desk.wording_sets.look(path))


def screen_named(name: str, desk: Desk) -> Screen[Any] | None:
    """A screen with something on it; None for the board, which is there already."""
    plain: dict[str, Callable[[], Screen[Any]]] = {
        "intake": IntakeScreen,
        "search": SearchScreen,
        "fee": FeeScreen,
        "reckon": ReckonScreen,
        "restore": RestoreScreen,
        "encryption": EncryptionScreen,
        "from_county": FromCountyScreen,
        "tasks": lambda: tasked(desk)[0],
        "task_answer": lambda: tasked(desk)[1],
        "year_plan": YearPlanScreen,
        "year_duty": YearDutyScreen,
        "year_done": lambda: YearDoneScreen(2026, "heard"),
        "unit": UnitScreen,
        "people": lambda: staffed(desk),
        "colleague": ColleagueScreen,
        "day_acts": DayActsScreen,
        "pass_on": PassOnScreen,
        "passed_in": PassedInScreen,
        "mail": MailScreen,
        "mail_entry": MailEntryScreen,
        "set_aside": lambda: SetAsideScreen(desk.mail.rows()[0].key),
        "handover": HandoverScreen,
        "archive": lambda: archived(desk),
        "calendars": CalendarsScreen,
        "machine": MachineScreen,
        "doctor": DoctorScreen,
        "ledger": LedgerScreen,
        "matching": lambda: MatchingScreen(table(desk), desk.ledgers.look(table(desk))),
        "differences": lambda: DifferencesScreen(table(desk), differing(), LedgerOptions()),
        "ledger_preview": lambda: previewed(desk),
        "backup": BackupScreen,
        "bundles": BundleScreen,
        "practice": PracticeScreen,
        "handbook": HandbookScreen,
        "reading": ReadingScreen,
        "visit": lambda: VisitScreen("advice"),
        "visits": VisitsScreen,
        "questions": QuestionsScreen,
        "question": lambda: QuestionScreen(desk.questions.all()[0].key),
        "satisfaction": SatisfactionScreen,
        "slip": lambda: SlipScreen("fair"),
        "visit_book": VisitBookScreen,
        "slip_book": SlipBookScreen,
        "reason": lambda: ReasonScreen(desk.daybook, desk.daybook.enter(VisitDraft(topic=ODD)).key),
        "point_log": lambda: noted(desk),
        "point_note": PointNoteScreen,
        "materials": MaterialsScreen,
        "tick": lambda: TickScreen("gazette"),
        "questions_in": QuestionImportScreen,
        "catalogue": CatalogueScreen,
        "import": ImportScreen,
        "list_matching": lambda: ListMatchingScreen(
            "catalogue", laid(desk, LIST), desk.lists.look("catalogue", laid(desk, LIST)), ""
        ),
        "erase": lambda: EraseScreen(("LH-2026-0001", "LH-2026-0002")),
        "redact": lambda: RedactScreen(register(desk).case_id),
        "redaction": lambda: RedactionPagesScreen(paper_of(desk)),
        "take_down": lambda: TakeDownScreen(desk.catalogue.search("")[0][1]),
        "shelf": lambda: ShelfScreen(desk.catalogue.search("")[0][1]),
        "standards": lambda: with_standards(desk),
        "not_here": lambda: NotHereScreen(duties_of(desk)[0]),
        "fit": lambda: FitScreen(duties_of(desk)[0].item.key),
        "visitors": VisitorScreen,
        "visitors_hits": VisitorScreen,
        "visitors_letters": VisitorScreen,
        "visitors_large": VisitorScreen,
        "leave": VisitorScreen,
        "wordings": lambda: WordingsScreen(),
        "wording": lambda: WordingScreen("not_held"),
        "wordings_out": lambda: worded(desk)[0],
        "wordings_in": TakeWordingsScreen,
        "translations": lambda: translated(desk),
        "translations_in": TakeTranslationScreen,
        "wordings_look": lambda: worded(desk)[1],
        "specimen": lambda: SpecimenScreen(desk.lookup.unit()),
        "confirm": lambda: ConfirmScreen(
            "发出【政府信息公开申请答复书】？\n发出后给文号并固定下来，不能再改。", "发出"
        ),
        "pick": lambda: PickModal(
            "来过的有这几位，是哪一位？", (("1", f"{ODD}　139****0123"), ("2", "张三　柳河镇"))
        ),
        "ask": lambda: AskModal(
            "2025年的年报2026-01-20已经冻结，现在的数和那时不同。\n再冻结一次，写明为什么。", "例如 更正"
        ),
        "table_two": lambda: TableTwoScreen(2026),
        "period": PeriodScreen,
        "verify_report": VerifyReportScreen,
        "report_findings": lambda: ReportFindingsScreen(desk.report_checking.look(PUBLISHED)),
        "files": FilesScreen,
        "file_in": lambda: FileInScreen("platform"),
        "cell": lambda: CellScreen("2026年　三（一）予以公开　总计", desk.reporting.cell(2026, "granted", "总计")),
    }
    if name in plain:
        return plain[name]()
    if name.startswith("report"):
        return ReportScreen()
    if name == "publication":
        for applicant in ("张三", "李四", ODD):
            issue_granted(desk, applicant=applicant, content=f"{ODD}的征地补偿标准")
        desk.acts.note(issue_granted(desk).case_id, act_draft("publication_judged", fit=YES, why="涉及全镇农户"))
        return PublicationScreen()
    if name in ("entry", "own_lesson"):
        return (EntryScreen if name == "entry" else OwnLessonScreen)(issue_granted(desk).case_id)
    if name in ("serve", "paper"):
        letter = issue_granted(desk, applicant="欧阳修远")
        if name == "serve":
            return DeliveryScreen(letter.case_id)
        return LetterPaperScreen(letter.id, list(desk.lookup.case(letter.case_id).letters))
    if name in ("board", "help", "palette", "lock"):
        return None
    case = register(desk, applicant=ODD, received_on="2026-10-30", id_number="330722198001011234")
    made: dict[str, Callable[[], Screen[Any]]] = {
        "case": lambda: CaseScreen(case.case_id),
        "papers": lambda: PapersScreen(laid_to(desk, case.case_id)),
        "attach": lambda: AttachScreen(case.case_id, "/扫描/申请书.pdf"),
        "take_off": lambda: TakeOffScreen(
            laid_to(desk, case.case_id), desk.lookup.case(case.case_id).papers[0].paper_id
        ),
        "guide": lambda: GuideScreen(case.case_id),
        "guide_words": lambda: GuideScreen(case.case_id),
        "opinions": lambda: ReviewsScreen(case.case_id),
        "note": lambda: NoteScreen(case.case_id),
        "letter": lambda: LetterScreen(case.case_id, "not_held", "信息不存在"),
        "letter_page": lambda: LetterScreen(case.case_id, "granted", "予以公开"),
    }
    return made[name]()
