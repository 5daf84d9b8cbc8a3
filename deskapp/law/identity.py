"""Identity numbers: what looks wrong about one, in words. They warn and never block.

18-digit ID numbers after GB 11643-1999 (check digit by ISO 7064 MOD 11-2), residence permits of 港澳台 residents (the
same form, beginning with 8), those of foreigners with permanent residence (beginning with 9, or of the old form), unified social
credit codes after GB 32100-2015 (MOD 31), travel permits by their shape.
"""

from __future__ import annotations

import re
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_BEGINNINGS = re.compile(
    "1[1239]|2[19]|3[1-59]|4[19]|5[1-59]|6[129]|7[129]|8[19]|9[123]"
)  # 登记管理部门和机构类别
CODE_SIGNS = 18
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

PAPERS: dict[str, str] = {
    "id_card": "居民身份证",
    "credit_code": "统一社会信用代码证书",
    "passport": "护照",
    "residence_permit": "港澳台居民居住证",
    "hong_kong_macao": "港澳居民来往内地通行证",
    "taiwan": "台湾居民来往大陆通行证",
    "foreign_residence": "外国人永久居留身份证",
    "officer": "军官证",
    "other": "其他证件",
    "none": "没有出示",
}
"""The kinds of papers by which somebody shows who he is (条例 29: 身份证明), by key."""
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "id_card": ("身份证",),
    "credit_code": ("统一社会信用代码", "营业执照", "事业单位法人证书", "社会团体法人登记证书"),
    "residence_permit": ("台湾居民居住证", "港澳居民居住证"),
    "hong_kong_macao": ("回乡证", "港澳通行证"),
    "taiwan": ("台胞证",),
    "foreign_residence": ("永久居留证", "外国人永久居留证", "外国人居留证"),
    "officer": ("警官证", "士兵证", "文职干部证"),
}
_PAPER_KEYS = {text: key for key, name in PAPERS.items() for text in (key, name, *OTHER_NAMES.get(key, ()))}
FEWEST_SIGNS = 5  # of any number of a paper
QUIET = ("passport", "officer", "other", "none")
SHAPES = {
    "hong_kong_macao": re.compile("[HM][0-9]{8}(?:[0-9]{2})?"),
    "taiwan": re.compile("[0-9]{8}(?:[0-9]{2}|[A-Z])?"),
}


def identity_warning(number: str, today: date, kind: str = "") -> str:
    """What looks wrong about the number of an identity paper; empty when nothing does.

    ``number`` is half-width and without spaces; an empty one is nobody's fault. ``kind`` is a key of :data:`PAPERS`: a paper whose
    numbers have no form that is published is never doubted. One whose kind is not said is taken for an ID card or a credit code
    where it looks like one that lacks or has a sign too many.
    """
    text = number.upper()
    if not text or kind in QUIET:
        return ""
    if kind in SHAPES:
        return "" if SHAPES[kind].fullmatch(text) else f"{PAPERS[kind]}的号码不是这个样子，请照证件核对。"
    if kind == "foreign_residence":
        return _foreign_residence_fault(text, today)
    if kind == "credit_code":
        return credit_code_fault(text) if len(text) == CODE_SIGNS else "统一社会信用代码是18位，请照证书核对。"
    if re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return "" if not kind and _is_credit_code(text) else id_number_fault(text, today)
    if kind in ("id_card", "residence_permit"):
        return f"{PAPERS[kind]}的号码是18位，请照证件核对。"
    return _unsaid_fault(text)


def _unsaid_fault(text: str) -> str:
    """What is wrong about a number of a paper whose kind nobody said, and which is no ID number of eighteen digits."""
    if len(text) == CODE_SIGNS:
        return credit_code_fault(text)
    if re.fullmatch(r"[0-9]{15}", text) and _is_day(f"19{text[6:12]}"):
        return "15位的旧身份证号已经停止使用，请核对证件。"
    if len(text) < FEWEST_SIGNS or not re.search("[0-9]", text):
        return "证件号码的位数不对，请照证件核对。"
    if re.fullmatch(r"[0-9]{16,17}|[0-9]{16}X|[0-9]{19,}|[0-9A-Z]{19,}", text):
        return "证件号码的位数不对：身份证和统一社会信用代码都是18位，请照证件核对；是别的证件的，请选证件类型。"
    return ""


def _foreign_residence_fault(text: str, today: date) -> str:
    """外国人永久居留身份证: three letters and twelve digits, since 2023-12-01 eighteen digits that begin with 9 (国家移民管理局公告)."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", text):
        return ""
    if re.fullmatch(r"9[0-9]{16}[0-9X]", text):
        return id_number_fault(text, today)
    return f"{PAPERS['foreign_residence']}的号码不是这个样子，请照证件核对。"


def paper_key(text: str) -> str:
    """The key of a kind of identity paper that is given by its key or one of its names, as ledgers do; anything else stays."""
    return _PAPER_KEYS.get(text, text) if isinstance(text, str) else text


def paper_name(kind: str) -> str:
    """What a kind of identity paper is called; one that is not known is called what it was written as."""
    return PAPERS.get(kind, kind)


def _is_day(text: str) -> bool:
    """Whether eight digits are a day of the calendar."""
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return True


def _is_credit_code(text: str) -> bool:
    """Whether eighteen digits are a credit code: they may be, of every body that registers, and most begin as an ID number may."""
    return bool(CODE_BEGINNINGS.match(text)) and not credit_code_fault(text)


def id_number_fault(number: str, today: date) -> str:
    """What is wrong about an 18-digit ID number or 港澳台 permit; empty when nothing is."""
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return "身份证号应当是17位数字，最后一位是数字或者X，请照证件核对。"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return f"身份证号里的出生日期【{number[6:14]}】不是日期，请照证件核对。"
    if not date(1900, 1, 1) <= born <= today:
        return f"身份证号里的出生日期【{number[6:14]}】不合情理，请照证件核对。"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, number[:17], strict=True))
    if ID_CHECKS[total % 11] != number[17]:
        return "身份证号的最后一位对不上，可能有一位写错，请照证件核对。"
    return ""


def credit_code_fault(code: str) -> str:
    """What is wrong about an 18-character unified social credit code; empty when nothing is."""
    strange = [char for char in code if char not in CODE_ALPHABET]
    if strange:
        return f"统一社会信用代码里不会有【{strange[0]}】，请照证书核对。"
    total = sum(weight * CODE_ALPHABET.index(char) for weight, char in zip(CODE_WEIGHTS, code[:17], strict=True))
    if CODE_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return "统一社会信用代码的最后一位对不上，可能有一位写错，请照证书核对。"
    return ""
