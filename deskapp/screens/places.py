"""The rooms of the desk that can be entered from anywhere: one list for the app's keys and for 全部功能."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from textual.screen import Screen


@dataclass(frozen=True)
class Place:
    """A screen by its name: where its class is (imported when it is entered), what it is called, what it is for."""

    module: str
    screen: str
    name: str
    help: str

    def enter(self) -> Screen[None]:
        """A new screen."""
        made: Screen[None] = getattr(import_module(f"deskapp.screens.{self.module}"), self.screen)()
        return made


PLACES: dict[str, Place] = {
    "register": Place("intake", "IntakeScreen", "登记", "登记一件新的申请。"),
    "search": Place("search", "SearchScreen", "查询", "找一件申请。"),
    "mail": Place("mail", "MailScreen", "收件登记", "挂号信哪天签收、哪天送到登记台、是哪一件。"),
    "report": Place("report", "ReportScreen", "统计", "年报表三、表四、全年走势，导出和冻结。"),
    "handover": Place("handover", "HandoverScreen", "交接", "换人的时候，把没有办结的事列成交接单。"),
    "unit": Place("unit", "UnitScreen", "单位", "单位资料：名称、代字、复议机关、法院。"),
    "calendars": Place("calendars", "CalendarsScreen", "放假安排", "导入一年的放假安排，看哪些期限会变。"),
    "machine": Place("machine", "MachineScreen", "本机设置", "常用打印机、深浅色、遮屏密码。"),
    "doctor": Place("doctor", "DoctorScreen", "检查", "登记簿、放假安排、字体、打印机、备份是不是都好。"),
    "practice": Place("practice", "PracticeScreen", "练习", "十一道练习题，答案有说明。"),
    "reading": Place("reading", "ReadingScreen", "阅览点", "记谁来过；公开目录、常见问题、满意度、明白卡。"),
    "catalogue": Place("catalogue", "CatalogueScreen", "公开目录", "查已经公开的信息，导入目录。"),
    "questions": Place("questions", "QuestionsScreen", "常见问题", "常问的问题和核对过的回答。"),
    "satisfaction": Place("satisfaction", "SatisfactionScreen", "满意度", "记问卷，看满意率。"),
    "handbook": Place("handbook", "HandbookScreen", "工作手册", "怎样办一件申请，从收到到归档。"),
}
