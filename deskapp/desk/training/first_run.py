"""The first hour: an office's own particulars, an empty practice register, and the way from the first application to a printed letter.

The steps are read from what stands in the register, so that whoever stops goes on where he was. 练习 stands on every page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.register.register import Register

if TYPE_CHECKING:
    from deskapp.register.case import Case

FIRST_RUN = "first_run"  # the note of such a register
PERSON = {
    "name": "王秀英", "phone": "13905550123", "address": "青山县柳河镇桥头村12号", "content": "柳河镇2026年农村道路硬化项目招标公告",
}  # fmt: skip
ANSWER = "予以公开"
STEPS = 4
HERE: dict[tuple[int, str], str] = {
    (1, "board"): "按 F2 登记一件。",
    (1, "register"): "照着填：{told}。填完按 F9 登记。",
    (2, "print"): "（第1步的回执）按 Enter 存成PDF，再按 Esc 两次回到【今日】。",
    (2, "board"): "按 Enter 打开这一件，写答复。",
    (2, "case"): "按 F4 写文书。",
    (2, "guide"): "打 yygk 选【{answer}】，按 Enter。",
    (3, "board"): "按 Enter 打开这一件，把答复印出来。",
    (3, "case"): "按 F7 打印。",
    (3, "print"): "选【存成PDF文件】或者打印机，按 Enter。",
    (4, "print"): "印好了：按 Esc 回到这一件，按 F5 记送达。",
    (4, "board"): "按 Enter 打开这一件，记送达。",
    (4, "case"): "按 F5 记送达。",
}  # fmt: skip
"""What is to be done in a step on a screen; elsewhere what the screen itself says."""


class FirstRun:
    """The moment somebody sits here for the first time. ``case`` gives a case by its identifier."""

    def __init__(self, register: Register, clock: Clock, case: Callable[[str], Case]) -> None:
        self._register, self._clock, self._case = register, clock, case

    def begin(self) -> None:
        """Make this the register of a first hour."""
        self._register.records.set_note(FIRST_RUN, "1")

    @property
    def person(self) -> dict[str, str]:
        """Who applies in the story, fitted to the office."""
        from deskapp.desk.cases.fitted import fitted  # the board of any other register does not wait for the examples

        today = self._clock.today()
        return fitted(PERSON, self._register.unit(today), today)

    @property
    def told(self) -> str:
        """Who applies in the story, and for what, as it is to be typed."""
        person = self.person
        return f"{person['name']}，电话{person['phone']}，住{person['address']}，要【{person['content']}】"

    def at(self) -> int:
        """Which step comes next, from 1 on; one more than there are when all are done, 0 in any other register."""
        if not self._register.records.note(FIRST_RUN):
            return 0
        first = next(iter(self._register.queries.ids_by_number()), "")
        if not first:
            return 1
        case = self._case(first)
        if not case.category:
            return 2
        if not any(printed.letter_id == case.answer_id for printed in case.prints):
            return 3
        return STEPS + 1 if case.served else STEPS

    def steps(self) -> list[str]:
        """What to do next, in a sentence or two; nothing in any other register."""
        at = self.at()
        if not at:
            return []
        said = (
            f"按 F2 登记一件。照着填：{self.told}。填完按 F9；出来的回执按 Enter 存成PDF，再按 Esc 两次回到这里。",
            f"按 Enter 打开这一件，按 F4 写文书，打 yygk 选【{ANSWER}】，按 Enter。先按 F8 记保密审查的意见（写一个姓名，选同意），"
            "按 Esc 回来，填附件，右边（或者按 F4）看文书，按 F9 发出。",
            "打开这一件，按 F7，选【存成PDF文件】或者打印机，按 Enter。",
            "打开这一件，按 F5 记送达：当面送的，签收人已经写好，按 F9。程序说是不是按期。",
        )
        if at > STEPS:
            return [
                "练完了：登记、答复、印出、送达都做过一遍，一份合法的答复书在【文书】文件夹里。按 Ctrl+R 再按 F9，到自己的登记台去。"
            ]
        return [f"第{at}步，共{STEPS}步：{said[at - 1]}"]

    def here(self, screen: str, said: str) -> str:
        """What comes next on a screen (board, register, guide, case, print; empty for any other): the part of the step that is done there;
        ``said``, with the step before it, where the screen itself knows better; ``said`` as it is in any other register."""
        at = self.at()
        if not at:
            return said
        if at > STEPS:
            return "练完了。按 Ctrl+R 再按 F9，到自己的登记台去。" if screen == "board" else said
        part = HERE.get((at, screen), "")
        told = part.format(told=self.told, answer=ANSWER) if part else said
        return f"第{at}步，共{STEPS}步：{told}" if told else ""
