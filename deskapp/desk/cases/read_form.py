"""A printed application form is read off its scan: what stands in its cells is proposed for the registration, and nothing more.

A program that reads a picture reads it wrong now and then, handwriting most of all. So nothing is registered by it: the clerk sees what was
read beside the paper, and says that it was compared (条例 29: what an application holds).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.errors import DeskError
from deskapp.exchange.scans import can_read
from deskapp.law.annual_report import class_names
from deskapp.law.identity import PAPERS, identity_warning
from deskapp.parsing import half_width, one_line
from deskapp.redaction.reading import draw_pages

if TYPE_CHECKING:
    from deskapp.exchange.ruled_form import RuledForm

APPLICANT, CLASS, PAPER, CONTENT = "申请人", "申请人类别", "证件", "所需信息的名称、文号等"
CARRIER, DELIVERY = "提供的方式", "获取的途径"
LABELS = (
    APPLICANT, CLASS, PAPER, "法定代表人", "联系人", "联系电话", "邮政编码", "通信地址", "电子邮箱", "委托代理人", CONTENT, CARRIER, DELIVERY,
)  # fmt: skip
"""What the cells of our form are called (the template application_form)."""
WORDS = {"applicant": APPLICANT, "legal_representative": "法定代表人", "address": "通信地址", "content": CONTENT}
NUMBERS = {"phone": "联系电话", "postcode": "邮政编码", "email": "电子邮箱"}
CARRIERS = ("纸面", "电子邮件", "光盘")
DELIVERIES = ("邮寄", "自行领取", "电子邮件", "当场阅读、抄录")
NAMES = {
    **WORDS, **NUMBERS, "applicant_class": CLASS, "id_number": "证件号码", "content": "申请内容", "delivery_form": "获取方式",
}  # fmt: skip
"""What the fields that are proposed are called."""
FEWEST = 6  # labels by which a form is known
NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z ]{3,}[0-9A-Za-z]")
STRAY = " 　,，.。、;；:：|｜_—-~'\"‘’“”`·[]［］"
NOTHING = "没有填进去什么。"


@dataclass(frozen=True)
class ReadField:
    """What was read for one field of the registration: its key, the value as the field takes it, as it is told, what looks wrong about it."""

    key: str
    value: str
    told: str
    doubt: str = ""

    @property
    def text(self) -> str:
        """On one line."""
        return f"{NAMES[self.key]}：{self.told}" + (f"　？{self.doubt}" if self.doubt else "")


class FormReading:
    """The moment an application lies there on paper."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, path: Path) -> list[ReadField]:
        """What stands on the first page of a scanned form, field by field, those without anything left out. Raises DeskError where this
        computer cannot read scans, the file cannot be opened, or it is not the form."""
        if not can_read():
            what, todo = (
                "这台电脑没有认字的程序。",
                "请照申请表自己填；要程序认的，请管理员装上 tesseract（简体中文）。",
            )
            raise DeskError(what, NOTHING, todo)
        form = self._form(path)
        missing = [label for label in (APPLICANT, CONTENT) if label not in form.cells]
        if len(form.cells) < FEWEST or missing:
            raise DeskError(
                f"{path.name} 的第一页不是政府信息公开申请表，或者认不出来。", NOTHING,
                "只认本程序印的申请表；扫描要端正、整页都在、200点以上。别的样子的请自己填。",
            )  # fmt: skip
        found = list(_fields(form, self._clock.today()))
        if not found:
            raise DeskError(
                f"{path.name} 是申请表，没有认出填的字。", NOTHING, "请看是不是空白表；是手写的请自己填。"
            )
        return found

    @staticmethod
    def _form(path: Path) -> RuledForm:
        from PIL import Image

        from deskapp.exchange.ruled_form import RuledForm

        drawn = next(iter(draw_pages(path, (1,))))
        page = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels())
        try:
            return RuledForm(page, drawn.dots, LABELS)
        except (OSError, subprocess.SubprocessError) as error:
            raise DeskError(
                f"{path.name} 没有认完。", NOTHING, "这台电脑可能太忙，请等一等再试，或者自己填。"
            ) from error


def _fields(form: RuledForm, today: date) -> Iterator[ReadField]:
    texts = {label: _clean(cell.text) for label, cell in form.cells.items()}
    for key, label in WORDS.items():
        if text := texts.get(label, ""):
            yield ReadField(key, text, text)
    classes = {name: key for key, name in class_names().items()}
    if ticked := form.ticked(CLASS, tuple(classes)):
        doubt = "选了不止一种" if len(ticked) > 1 else ""
        yield ReadField("applicant_class", classes[ticked[0]], ticked[0], doubt)
    if number := _number(texts.get(PAPER, "")):
        kind = next((key for key, name in PAPERS.items() if name in texts[PAPER]), "")
        yield ReadField("id_number", number, number, identity_warning(number, today, kind))
    for key, label in NUMBERS.items():
        if text := half_width(texts.get(label, "")).replace(" ", ""):
            yield ReadField(key, text, text, _number_doubt(key, text))
    if ways := [*form.ticked(CARRIER, CARRIERS), *form.ticked(DELIVERY, DELIVERIES)]:
        told = "、".join(dict.fromkeys(ways))
        yield ReadField("delivery_form", told, told)


def _clean(text: str) -> str:
    """A text without what specks and lines are read as at its ends; its lines as one."""
    lines = (one_line(line).strip(STRAY) for line in text.splitlines())
    return "".join(line for line in lines if line)


def _number(text: str) -> str:
    """The number of a paper in a cell that also names it."""
    found = NUMBER.findall(half_width(text))
    return max(found, key=len).replace(" ", "").upper() if found else ""


def _number_doubt(key: str, text: str) -> str:
    good = {
        "phone": r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{7,8}",
        "postcode": "[0-9]{6}",
        "email": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    }[key]
    return "" if re.fullmatch(good, text) else "样子不像，照原件核对"
