"""The screens by name: the one way from one to another, and the list of those that can be entered from anywhere.

A screen names where it goes and never imports it, so that no screen waits for another's modules and no circle can arise.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from textual.screen import Screen


@dataclass(frozen=True)
class Place:
    """A screen: its module below ``deskapp.screens`` and its class (imported when it is entered). One that can be entered from
    anywhere has a name and says what it is for; ``words`` are others that people look for it by, and are shown nowhere."""

    module: str
    screen: str
    name: str = ""
    help: str = ""
    words: str = ""

    def enter(self, *args: object) -> Screen[Any]:
        """A new screen, made with ``args``."""
        made: Screen[Any] = getattr(import_module(f"deskapp.screens.{self.module}"), self.screen)(*args)
        return made


PLACES: dict[str, Place] = {
    "register": Place("cases.intake", "IntakeScreen", "登记", "登记一件新的申请。"),
    "search": Place("cases.search", "SearchScreen", "查询", "找一件申请。"),
    "mail": Place("cases.mail", "MailScreen", "收件登记", "挂号信哪天签收、哪天送到登记台、是哪一件。"),
    "report": Place("office.report", "ReportScreen", "统计", "年报表二、表三、表四、全年走势，起草、导出和冻结。"),
    "verify_report": Place(
        "office.verifying",
        "VerifyReportScreen",
        "核对年报",
        "写好的、公布的年报：各表和文字里的数哪里不对、应当是几。",
    ),
    "period": Place(
        "office.period", "PeriodScreen", "月报", "一个月、一个季度、一年收了多少、办了多少、按期没有，和上年比。"
    ),
    "archive": Place(
        "office.archive",
        "ArchiveScreen",
        "归档",
        "发文登记簿、归档移交目录、保管期满清单，一年的全部案卷。",
        "删除个人信息 销毁 鉴定 档案 文号",
    ),
    "handover": Place("office.handover", "HandoverScreen", "交接", "换人的时候，把没有办结的事列成交接单。"),
    "unit": Place("office.unit", "UnitScreen", "单位", "单位资料：名称、代字、复议机关、法院。"),
    "people": Place("office.people", "PeopleScreen", "人员", "谁在这里办、什么职务、谁可以签发、从哪天到哪天。"),
    "day_acts": Place("office.day_acts", "DayActsScreen", "办理日志", "一天里谁办了什么，按人分开，可以印。"),
    "pass_on": Place(
        "office.passing",
        "PassOnScreen",
        "移交别的机关",
        "代收的申请，连同文书和材料写成一个文件，交给它的机关。",
        "代办 代收 转交 转别的机关 不属于本机关",
    ),
    "passed_in": Place(
        "office.passing",
        "PassedInScreen",
        "收移交来的",
        "别的机关代收的申请，收到日期照旧，登记进来。",
        "代办 代收 转来的",
    ),
    "calendars": Place("office.calendars", "CalendarsScreen", "放假安排", "导入一年的放假安排，看哪些期限会变。"),
    "machine": Place("office.machine", "MachineScreen", "本机设置", "常用打印机、深浅色、遮屏密码。"),
    "doctor": Place(
        "office.doctor",
        "DoctorScreen",
        "检查",
        "登记簿、放假安排、字体、打印机、备份是不是都好。",
        "体检 校验 核对纸上的校验 重建列表 备份",
    ),
    "fee": Place("office.fee", "FeeScreen", "信息处理费", "要收费的，按件、按页收多少，怎样算出来的。"),
    "ledger": Place(
        "office.ledger", "LedgerScreen", "导入台账", "把以前的台账、别的表格收进登记簿：先核对列和词，再看有没有错。"
    ),
    "files": Place(
        "office.files",
        "FilesScreen",
        "导入导出",
        "台账、平台表、空白台账、目录、常见问题、单位资料、文书模板，出去和回来。",
    ),
    "wordings": Place(
        "office.wordings", "WordingsScreen", "文书模板", "每一种文书的写法和依据，改成本单位的，另外做一种。"
    ),
    "bundles": Place(
        "office.bundles",
        "BundleScreen",
        "报送",
        "打报送包给县里：新的记录和汇总数，不含姓名和内容。",
        "名片 登记点 U盘 上报",
    ),
    "from_county": Place(
        "office.from_county",
        "FromCountyScreen",
        "收县里的",
        "县里下发的放假安排、模板、法律数据、要办的事，整份收。",
        "下发 法律数据 退回 更新 收文件",
    ),
    "tasks": Place("office.tasks", "TasksScreen", "要办的事", "县里抽查、整改的事，办了就答复。", "考核 任务 督办"),
    "reckon": Place(
        "cases.reckon",
        "ReckonScreen",
        "计算期限",
        "没有登记的也能算：哪天收到，最后一日是哪天。",
        "日期计算 工作日 推算 算日子",
    ),
    "restore": Place(
        "office.restoring",
        "RestoreScreen",
        "恢复备份",
        "备份恢复成一本登记簿，放进新的文件夹。",
        "还原 找回 备份坏了 登记簿坏了",
    ),
    "encryption": Place(
        "office.encryption",
        "EncryptionScreen",
        "登记簿加密",
        "谁有密码、恢复单；加密和解密。",
        "加密 解密 口令 密码 恢复单 忘记密码",
    ),
    "practice": Place("training.practice", "PracticeScreen", "练习", "十一道练习题，答案有说明。"),
    "reading": Place("reading.day", "ReadingScreen", "阅览点", "记谁来过；公开目录、常见问题、满意度、明白卡。"),
    "catalogue": Place("reading.catalogue", "CatalogueScreen", "公开目录", "查已经公开的信息，导入目录。"),
    "standards": Place("reading.standards", "StandardsScreen", "标准目录", "应当公开什么、公开了没有、谁该补什么。"),
    "questions": Place("reading.questions", "QuestionsScreen", "常见问题", "常问的问题和核对过的回答。"),
    "satisfaction": Place("reading.satisfaction", "SatisfactionScreen", "满意度", "记问卷，看满意率。"),
    "point_log": Place(
        "reading.point_log", "PointLogScreen", "工作记事", "培训、宣传、座谈会、问卷、监督员检查，要改的改了没有。"
    ),
    "year_plan": Place(
        "reading.year_plan",
        "YearPlanScreen",
        "年度事项",
        "一年里要做的：报送、年报、培训、听取汇报，哪天以前，做了没有。",
    ),
    "materials": Place("reading.materials", "MaterialsScreen", "材料清单", "查阅点应当备有的材料，缺哪样。"),
    "translations": Place(
        "reading.translations",
        "TranslationsScreen",
        "单子的译文",
        "明白卡、申请表、标识牌加别的文字：做翻译的表，收回来。",
    ),
    "handbook": Place("training.handbook", "HandbookScreen", "工作手册", "怎样办一件申请，从收到到归档。"),
    # entered from another screen only
    "help": Place("frame.help", "HelpScreen"),
    "board": Place("cases.board", "BoardScreen"),
    "case": Place("cases.case", "CaseScreen"),
    "guide": Place("cases.guide", "GuideScreen"),
    "letter": Place("cases.letter", "LetterScreen"),
    "reviews": Place("cases.reviews", "ReviewsScreen"),
    "delivery": Place("cases.delivery", "DeliveryScreen"),
    "note": Place("cases.note", "NoteScreen"),
    "erase": Place("office.erasing", "EraseScreen"),
    "papers": Place("cases.papers", "PapersScreen"),
    "attach": Place("cases.papers", "AttachScreen"),
    "take_off": Place("cases.papers", "TakeOffScreen"),
    "redaction": Place("cases.redaction", "RedactScreen"),
    "redaction_pages": Place("cases.redaction", "RedactionPagesScreen"),
    "letter_paper": Place("cases.paper", "LetterPaperScreen"),
    "sheet": Place("cases.paper", "SheetScreen"),
    "wording": Place("office.wordings", "WordingScreen"),
    "wordings_out": Place("office.wordings_passing", "GiveWordingsScreen"),
    "wordings_in": Place("office.wordings_passing", "TakeWordingsScreen"),
    "wordings_look": Place("office.wordings_passing", "LookWordingsScreen"),
    "task_answer": Place("office.tasks", "TaskAnswerScreen"),
    "file_in": Place("office.files", "FileInScreen"),
    "report_findings": Place("office.verifying", "ReportFindingsScreen"),
    "table_two": Place("office.table_two", "TableTwoScreen"),
    "cell": Place("office.cell", "CellScreen"),
    "matching": Place("office.ledger", "MatchingScreen"),
    "differences": Place("office.ledger", "DifferencesScreen"),
    "ledger_preview": Place("office.ledger", "PreviewScreen"),
    "import_list": Place("reading.list_in", "ImportScreen"),
    "list_matching": Place("reading.list_in", "ListMatchingScreen"),
    "colleague": Place("office.people", "ColleagueScreen"),
    "setup": Place("office.setup", "SetupScreen"),
    "visit_form": Place("reading.day", "VisitScreen"),
    "slip_form": Place("reading.satisfaction", "SlipScreen"),
    "questions_in": Place("reading.question_lists", "QuestionImportScreen"),
    "visit_entries": Place("reading.books", "VisitBookScreen"),
    "slip_entries": Place("reading.books", "SlipBookScreen"),
    "reason": Place("reading.books", "ReasonScreen"),
    "translations_in": Place("reading.translations", "TakeTranslationScreen"),
    "publication": Place("reading.publication", "PublicationScreen"),
    "visits": Place("reading.visits", "VisitsScreen"),
    "visitors": Place("reading.visitors", "VisitorScreen"),
    "county": Place("county.board", "CountyScreen"),
    "county_point": Place("county.point", "CountyPointScreen"),
    "county_case": Place("county.point", "CountyCaseScreen"),
    "own_lesson": Place("training.own_lesson", "OwnLessonScreen"),
    "specimen": Place("training.specimen", "SpecimenScreen"),
}
FROM_ANYWHERE = {key: place for key, place in PLACES.items() if place.name}
