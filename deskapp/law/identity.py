"""Identity numbers: what looks wrong about one, in words. They warn and never block.

18-digit ID numbers after GB 11643-1999 (check digit by ISO 7064 MOD 11-2), residence permits of 港澳台 residents (the
same form, beginning with 8), unified social credit codes after GB 32100-2015 (MOD 31), passports by their shape.
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
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def identity_warning(number: str, today: date) -> str:
    """What looks wrong about an ID number, permit, credit code or passport; empty when nothing does.

    ``number`` is half-width and without spaces; an empty one is nobody's fault.
    """
    text = number.upper()
    if not text:
        return ""
    if re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return "" if _is_credit_code(text) else id_number_fault(text, today)
    if len(text) == 18:
        return credit_code_fault(text)
    if re.fullmatch(r"[0-9]{15}", text):
        return "15位的旧身份证号已经停止使用，请核对证件。"
    if re.fullmatch(r"[A-Z]{1,2}[0-9]{7,8}|[A-Z][A-Z0-9][0-9]{7}", text):
        return ""
    return "证件号码的位数不对：身份证和统一社会信用代码都是18位，请照证件核对。"


def _is_credit_code(text: str) -> bool:
    """Whether eighteen digits are a credit code: they may be, of every body that registers, and most begin as an ID number may."""
    return bool(CODE_BEGINNINGS.match(text)) and not credit_code_fault(text)


def id_number_fault(number: str, today: date) -> str:
    """What is wrong about an 18-digit ID number or 港澳台 permit; empty when nothing is."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return f"身份证号里的出生日期“{number[6:14]}”不是日期，请照证件核对。"
    if not date(1900, 1, 1) <= born <= today:
        return f"身份证号里的出生日期“{number[6:14]}”不合情理，请照证件核对。"
    total = sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, number[:17], strict=True))
    if ID_CHECKS[total % 11] != number[17]:
        return "身份证号的最后一位对不上，可能有一位写错，请照证件核对。"
    return ""


def credit_code_fault(code: str) -> str:
    """What is wrong about an 18-character unified social credit code; empty when nothing is."""
    strange = [char for char in code if char not in CODE_ALPHABET]
    if strange:
        return f"统一社会信用代码里不会有“{strange[0]}”，请照证书核对。"
    total = sum(weight * CODE_ALPHABET.index(char) for weight, char in zip(CODE_WEIGHTS, code[:17], strict=True))
    if CODE_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return "统一社会信用代码的最后一位对不上，可能有一位写错，请照证书核对。"
    return ""
