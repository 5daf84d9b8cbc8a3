"""The unit profile: who we are, which body reviews us, which court hears us, how we number and print.

Read from UNIT.toml or the desk's form; kept in the register with the day each version starts.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from deskapp.errors import DeskError, os_reason
from deskapp.law.categories import Review
from deskapp.law.counting import USUAL_FIRST_DAY, FirstDay
from deskapp.law.remedies import Bodies, UnitKind, route_notes, unit_kinds
from deskapp.parsing import one_line
from deskapp.typed import first_fault

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]")


def _seen(text: str) -> str:
    """The text without what nobody sees. Raises ValueError when nothing is left of it, or what steers a terminal stands in it: looked for
    here, as each field would make its own pattern of it at every start."""
    if CONTROL.search(text):
        raise ValueError("有控制字符")
    seen = one_line(text)
    if text and not seen:
        raise ValueError("没有看得见的字")
    return seen


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_seen),
]
MayBeEmpty = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_seen)]

RETIRED = ("doubtful_remedies",)  # settings of earlier versions
LABELS = {
    "name": "机关全称",
    "letter_word": "机关代字",
    "site_code": "登记点代码",
    "kind": "机关类别",
    "address": "地址",
    "phone": "联系电话",
    "review_body": "复议机关",
    "court": "管辖法院",
    "contact": "联系人",
    "postcode": "邮政编码",
    "office_hours": "办公时间",
    "paper": "用纸",
    "sealed": "盖章",
    "first_day": "首日算法",
    "short_name": "简称",
    "email": "电子邮箱",
    "website": "网址",
    "payment": "缴费方式",
    "review_address": "复议机关地址",
    "court_address": "法院地址",
    "review_online": "网上复议渠道",
    "reviews": "一律要的意见",
    "second_look": "复核",
    "sign_off": "签发",
    "sign_off_kinds": "另外要签发的",
}
HOTLINE = re.compile("[0-9]{5}")  # 12345 and the like
FEWEST_DIGITS, MOST_DIGITS = 7, 12  # of a telephone number without and with its area code
Asked = Literal["none", "answers", "all"]
"""Of which letters something is asked before they go out: of none, of the answers, of all that get a number."""


class UnitProfile(BaseModel):
    """One version of the unit's particulars; the keys are those of UNIT.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("phone", "postcode", "site_code", mode="before")
    @classmethod
    def _plain_signs(cls, text: Any) -> Any:
        """Digits, letters and dashes typed full width are the same ones."""
        return (
            unicodedata.normalize("NFKC", text).replace("—", "-").replace("–", "-") if isinstance(text, str) else text
        )

    @model_validator(mode="before")
    @classmethod
    def _without_retired(cls, data: Any) -> Any:
        """Registers and files of earlier versions have a setting that 法释〔2025〕8号 has made needless."""
        return {key: value for key, value in data.items() if key not in RETIRED} if isinstance(data, dict) else data

    name: Text
    letter_word: Text
    site_code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,8}$")]
    kind: UnitKind
    address: Text
    phone: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9+(（][-0-9+()（）转 、，,/]{4,60}$")
    ]
    review_body: Text
    court: Text
    short_name: MayBeEmpty = ""
    postcode: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^([0-9]{6})?$")] = ""
    contact: MayBeEmpty = ""
    email: MayBeEmpty = ""
    website: MayBeEmpty = ""
    office_hours: MayBeEmpty = ""
    review_address: MayBeEmpty = ""
    review_online: MayBeEmpty = ""
    court_address: MayBeEmpty = ""
    payment: MayBeEmpty = ""
    paper: Literal["letter", "preprinted", "red_head", "plain"] = "letter"
    sealed: Literal["yes", "no"] = "yes"
    reviews: tuple[Review, ...] = ()
    second_look: Asked = "none"
    sign_off: Asked = "none"
    sign_off_kinds: tuple[str, ...] = ()
    first_day: FirstDay = USUAL_FIRST_DAY

    @property
    def notes(self) -> list[str]:
        """What somebody should look at again before it is printed on letters: bodies of review and courts, a telephone number cut short."""
        digits = len(re.sub("[^0-9]", "", self.phone))
        phone = f"联系电话【{self.phone}】有{digits}位数字，像是没有写全，请核对。"
        short = digits < FEWEST_DIGITS and not HOTLINE.fullmatch(self.phone)
        one = re.fullmatch("[-0-9+]*", self.phone) is not None
        return [*route_notes(self.bodies), *([phone] if short or (one and digits > MOST_DIGITS) else [])]

    @property
    def bodies(self) -> Bodies:
        """What these particulars say about remedies."""
        return Bodies(
            kind=self.kind,
            name=self.name,
            review_body=self.review_body,
            court=self.court,
            online=self.review_online,
        )


def read_profile(data: dict[str, object], source: str) -> UnitProfile:
    """A profile from keys and values. Raises DeskError that names the first bad key and what belongs there."""
    try:
        return UnitProfile.model_validate(data)
    except ValidationError as error:
        path, kind, given = first_fault(error)[:3]
        key = path.split(".")[0]
        name = f"【{key}】（{LABELS[key]}）" if key in LABELS else f"【{key}】"
        if kind == "extra_forbidden":
            raise DeskError(
                f"{source}里有不认识的项{name}。", "程序不知道它是什么意思。", "请检查拼写，或者删去这一项。", key
            ) from error
        if kind in ("missing", "string_too_short") or not given:
            raise DeskError(f"{source}里没有填{name}。", "它要写进文书或者编号。", "请补上这一项。", key) from error
        raise DeskError(f"{source}里的{name}不合要求。", "", _wanted(key), key) from error


def _wanted(key: str) -> str:
    wanted = {
        "site_code": "请写1到8个大写字母，例如 LH。",
        "phone": "请写电话号码，例如 0579-5550100。",
        "postcode": "请写六位数字，没有的不填。",
        "kind": "请从这些里选：" + "、".join(f"{key}（{name}）" for key, name in unit_kinds().items()) + "。",
        "paper": "请从这些里选：letter（信函格式）、preprinted（预印红头纸）、red_head（红头）、plain（白纸）。",
        "sign_off": "请写 none（不要）、answers（答复要）或者 all（有文号的都要）。",
        "second_look": "请写 none（不要）、answers（答复要）或者 all（有文号的都要）。",
        "sign_off_kinds": "请写文书种类的键，例如 extension_notice；有哪些用 deskapp letters 看。",
        "sealed": "请写 yes（盖章）或者 no（不盖章）。",
        "first_day": "请写 next（收到次日起算）或者 same（收到当日起算）。",
    }
    return wanted.get(key, "请改短或者改正。")


def load_unit_toml(path: Path) -> UnitProfile:
    """The profile in a UNIT.toml. Raises DeskError when the file is absent, is no TOML, or has a bad key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise DeskError(f"没有找到文件 {path}。", "", "请核对文件名和位置。") from error
    except OSError as error:
        raise DeskError(f"文件 {path.name} 读不出来：{os_reason(error)}。", "", "请检查文件和权限。") from error
    except (ValueError, RecursionError) as error:
        line = re.search(r"line ([0-9]+)", str(error))
        reason = f"第{line.group(1)}行附近写法有误" if line else "内容或者编码有误"
        raise DeskError(
            f"文件 {path.name} 读不出来（{reason}）。",
            '它应当是 TOML 格式的文本，每行写成 name = "写在这里"。',
            "请改正后再试。",
        ) from error
    return read_profile(data, f"文件 {path.name} ")
