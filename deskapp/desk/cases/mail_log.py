"""What the log of the mail is made of: the form, a row, and a row that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

MailKind = Literal["挂号信", "平信", "网络", "传真"]
KINDS: tuple[MailKind, ...] = get_args(MailKind)
CHANNELS = {"挂号信": "挂号邮寄", "平信": "平信", "网络": "网络", "传真": "传真"}


class MailDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    kind: str = "挂号信"
    number: str = ""
    sender: str = ""
    signed_by: str = ""
    signed_on: str = ""
    reached_on: str = ""
    remark: str = ""


class MailRow(BaseModel):
    """One thing that came in. ``case_no`` is empty while it is no case; ``set_aside`` says why it will be none."""

    model_config = ConfigDict(frozen=True)

    key: str
    kind: MailKind
    number: str
    sender: str
    signed_by: str
    signed_on: date
    reached_on: date | None
    remark: str
    case_no: str = ""
    set_aside: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is neither a case nor set aside."""
        return not self.case_no and not self.set_aside


@dataclass(frozen=True)
class Waiting:
    """Something signed for that is no case yet, and how many working days ago that was."""

    row: MailRow
    age: int

    @property
    def sentence(self) -> str:
        """What the board says of it."""
        what = f"{self.row.kind}{self.row.number}　"
        who = f"{self.row.signed_by}签收" if self.row.signed_by else "收到"
        if self.age < 1:
            return f"{what}今天{who}，请当天与申请人确认（第三十一条），再登记（Ctrl+N）。"
        return f"{what}{self.row.signed_on:%m-%d}{who}，已过{self.age}个工作日，还没有登记（Ctrl+N）。"
