"""The first hour: an office's own particulars, an empty practice register, and the way from the first application to a printed letter.

The steps are read from what stands in the register, so that whoever stops goes on where he was. 练习 stands on every page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deskapp.clock import Clock
from deskapp.register.journal import Journal
from deskapp.unit import UnitProfile

FIRST_RUN = "first_run"  # the note of such a register
PERSON = {
    "name": "王秀英", "phone": "13905550123", "address": "青山县柳河镇桥头村12号", "content": "柳河镇2026年农村道路硬化项目招标公告",
}  # fmt: skip
ANSWER = "予以公开"


def make_first_desk(home: Path, profile: UnitProfile, clock: Clock) -> None:
    """Create the register of the first hour in a new data directory, with the office's own particulars. Raises DeskError if one is there."""
    from deskapp.desk import Desk

    desk = Desk.create(home, profile, clock)
    try:
        desk.upkeep.mark_practice()
        desk.first_run.begin()
    except BaseException:
        desk.discard()
        raise
    desk.close()


class FirstRun:
    """The moment somebody sits here for the first time. ``unit`` gives the office's particulars."""

    def __init__(self, journal: Journal, clock: Clock, unit: Callable[[], UnitProfile]) -> None:
        self._journal, self._clock, self._unit = journal, clock, unit

    def begin(self) -> None:
        """Make this the register of a first hour."""
        self._journal.records.set_note(FIRST_RUN, "1")

    @property
    def person(self) -> dict[str, str]:
        """Who applies in the story, fitted to the office."""
        from deskapp.desk.cases.fitted import fitted  # the board of any other register does not wait for the examples

        return fitted(PERSON, self._unit(), self._clock.today())

    def steps(self) -> list[str]:
        """What to do next, in a sentence or two; nothing in any other register."""
        if not self._journal.records.note(FIRST_RUN):
            return []
        first = next(iter(self._journal.queries.ids_by_number()), "")
        if not first:
            person = self.person
            told = f"{person['name']}，电话{person['phone']}，住{person['address']}，要【{person['content']}】"
            return [
                f"第1步，共4步：按 F2 登记一件。照着填：{told}。填完按 F9；出来的回执按 Enter 存成PDF，再按 Esc 两次回到这里。"
            ]
        case = self._journal.case(first)
        if not case.category:
            return [
                f"第2步，共4步：按 Enter 打开这一件，按 F4 写文书，打 yygk 选【{ANSWER}】，按 Enter。先按 F8 记保密审查的意见（写一个姓名，选同意），"
                "按 Esc 回来，填附件，右边（或者按 F4）看文书，按 F9 发出。"
            ]
        if not any(printed.letter_id == case.answer_id for printed in case.prints):
            return ["第3步，共4步：打开这一件，按 F7，选【存成PDF文件】或者打印机，按 Enter。"]
        if not case.served:
            return ["第4步，共4步：打开这一件，按 F5 记送达：当面送的，签收人已经写好，按 F9。程序说是不是按期。"]
        return [
            "练完了：登记、答复、印出、送达都做过一遍，一份合法的答复书在【文书】文件夹里。按 Ctrl+R 再按 F9，到自己的登记台去。"
        ]
