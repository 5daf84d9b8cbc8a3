"""What the log of the mail is made of: the form, a row, and a row that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

MailKind = Literal["registered_mail", "ordinary_mail", "online", "fax"]  # each is the channel of that key
KIND_NAMES: dict[MailKind, str] = {
    "registered_mail": "挂号信", "ordinary_mail": "平信", "online": "网络", "fax": "传真",
}  # fmt: skip


def kind_key(text: str) -> str:
    """The key of a kind that is given by its key or by its name, as the first registers do; anything else stays."""
    return next((key for key, name in KIND_NAMES.items() if text in (key, name)), text)


class MailDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    kind: Annotated[str, BeforeValidator(kind_key)] = "registered_mail"
    number: str = ""
    sender: str = ""
    signed_by: str = ""
    signed_on: str = ""
    reached_on: str = ""
    remark: str = ""


class MailRow(BaseModel):
    """One thing that came in. ``case_no`` is empty while it is no case; ``set_aside`` says why it will be none; ``noted_by`` is who
    wrote down this version of it."""

    model_config = ConfigDict(frozen=True)

    key: str
    kind: Annotated[MailKind, BeforeValidator(kind_key)]
    number: str
    sender: str
    signed_by: str
    signed_on: date
    reached_on: date | None
    remark: str
    case_no: str = ""
    set_aside: str = ""
    noted_by: str = ""

    @property
    def kind_name(self) -> str:
        """What it is called."""
        return KIND_NAMES[self.kind]

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
        what = f"{self.row.kind_name}{self.row.number}　"
        who = f"{self.row.signed_by}签收" if self.row.signed_by else "收到"
        if self.age < 1:
            return f"{what}今天{who}，请当天与申请人确认（第三十一条），再登记（Ctrl+N）。"
        return f"{what}{self.row.signed_on:%m-%d}{who}，已过{self.age}个工作日，还没有登记（Ctrl+N）。"
