"""What of a ledger's lines is taken and still to be looked at: said with the lines once all are read, refused by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from deskapp.errors import shortened
from deskapp.exchange.persons import NATURAL
from deskapp.law.identity import credit_code_fault, id_number_fault, identity_warning, paper_key
from deskapp.parsing import half_width
from deskapp.register.numbers import How
from deskapp.register.tokens import same_facts
from deskapp.telling import is_no_phone, names_several

SHOWN = 5  # lines in a warning
_CHINESE = re.compile("[\u3007\u3400-\u9fff]+")
CODE = 18  # signs of an identity number and of a unified code
ORGANISATION = re.compile(
    "(?:公司|集团|事务所|合作社|委员会|协会|学会|商会|研究所|研究院|农科所|中心|银行|信用社|商行|经营部|工作室|学校|大学|学院|医院|工厂|总厂|联合会|基金会)$"
)
TWICE = "和前面的行收到日期、申请人、申请内容都一样，当作不同的申请收"  # merged cells make two of one application
TURNED = "没有写年份的日期早于前面的日期，当作下一年的收"
UNDATED = "有复议、诉讼的结果，台账里没有它的日期，年报算在答复的那一年"
UNLIKE_PERSON = "类别是自然人，名称或者号码却像单位，年报会算错列"
MORE = "的文号在序号前后还有别的字，照写的收，本机关以后的文号编在它后面"
BARE = "的文号没有写代字，当作本机关的，以后的文号编在它后面"
NEARLY_OURS = "的文号代字和本机关的只差一点，没有算进本机关的编号；是写错的，请改正后再导入"
OTHER_YEAR = "的文号和答复日期不是同一年，照写的收，以后的文号编在它后面"
LARGEST_SERIAL = 9_999
LARGE = f"的文号序号大于{LARGEST_SERIAL}，照写的收，以后的文号编在它后面"
SEVERAL = "的申请人像是几个人，当作一个人收；一起申请的，申请人写一个，其余写进【一起申请的人】"
LONG_NAME = "类别是自然人，申请人却有十几个字，不像姓名"
LONGEST_NAME = 10  # characters; with the point of a foreign name it may have more
NEAR = 0.7  # from which likeness two words of 文号 may be one
YEAR_TAKEN = "的日期没有写年份，照{}当作{}年收"
ZERO_LOST = "的{}像是丢了开头的0（表格把它当成了数值），照写的收"
_POSTCODE_CUT = re.compile("[0-9]{5}")
_PHONE_CUT = re.compile(
    "(?!400|800)[2-9][0-9]{9,10}|10[0-9]{8}"
)  # 区号 and number; a mobile one has eleven digits that begin with 1
NO_PHONE = "的联系电话不像电话号码，照写的收；电子邮箱写进【电子邮箱】"
DOUBTFUL = "证件号码有疑问（位数、出生日期或者校验位不对）"


class Doubts:
    """The lines, by what is doubtful about them."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._lines: dict[str, list[int]] = {TWICE: [], TURNED: [], UNLIKE_PERSON: [], DOUBTFUL: []}
        self._lines |= {MORE: [], BARE: [], NEARLY_OURS: []}
        self._once: set[int] = set()
        self._nothing: dict[tuple[str, str], list[int]] = {}
        self._masked: dict[str, list[int]] = {}

    def turned(self, line: int) -> None:
        """A day of the line was taken for the next year's."""
        self._lines[TURNED].append(line)

    def year_taken(self, line: int, year: int, where: str) -> None:
        """A day of the line has its year from elsewhere."""
        self._lines.setdefault(YEAR_TAKEN.format(where, year), []).append(line)

    def numbered(self, line: int, number: str, word: str, how: How) -> None:
        """A 文号 of the line, and how it is written."""
        if how == "more":
            self._lines[MORE].append(line)
        elif how == "bare":
            self._lines[BARE].append(line)
        elif (other := number.partition("〔")[0]) != number and other != word and _nearly(other, word):
            self._lines[NEARLY_OURS].append(line)

    def serial(self, line: int, year: int, serial: int, answered: int) -> None:
        """A number in the office's own word: its year, its serial, and the year of the answer (0: unknown)."""
        if answered and year != answered:
            self._lines.setdefault(OTHER_YEAR, []).append(line)
        if serial > LARGEST_SERIAL:
            self._lines.setdefault(LARGE, []).append(line)

    def nothing(self, line: int, column: str, text: str) -> None:
        """A cell of a number says that there is none."""
        self._nothing.setdefault((column, shortened(text)), []).append(line)

    def masked(self, line: int, column: str) -> None:
        """A cell about somebody is masked: it is left out of an update."""
        self._masked.setdefault(column, []).append(line)

    def see(self, line: int, cells: dict[str, str]) -> None:
        """Look at a line that was read."""
        facts = same_facts(cells["收到日期"], cells["申请人"], cells["申请内容"])
        if not cells["登记号"] and facts in self._once:
            self._lines[TWICE].append(line)
        self._once.add(facts)
        for column, cut in (("邮政编码", _POSTCODE_CUT), ("联系电话", _PHONE_CUT)):
            if cut.fullmatch(half_width(cells[column])):
                self._lines.setdefault(ZERO_LOST.format(column), []).append(line)
        if is_no_phone(cells["联系电话"]) and not _PHONE_CUT.fullmatch(half_width(cells["联系电话"])):
            self._lines.setdefault(NO_PHONE, []).append(line)
        if cells["复议结果"] or cells["诉讼结果"]:
            self._lines.setdefault(UNDATED, []).append(line)
        number = half_width(cells["证件号码"]).upper()
        if cells["申请人类别"] == NATURAL and (ORGANISATION.search(cells["申请人"]) or self._is_code(number)):
            self._lines[UNLIKE_PERSON].append(line)
        elif cells["申请人类别"] == NATURAL and names_several(cells["申请人"]):
            self._lines.setdefault(SEVERAL, []).append(line)
        elif cells["申请人类别"] == NATURAL and _is_long(cells["申请人"]):
            self._lines.setdefault(LONG_NAME, []).append(line)
        elif number and identity_warning(number, self._today, paper_key(cells["证件类型"])):
            self._lines[DOUBTFUL].append(line)

    def _is_code(self, number: str) -> bool:
        """Whether a number is a unified code and no identity number."""
        return len(number) == CODE and not credit_code_fault(number) and bool(id_number_fault(number, self._today))

    def said(self) -> list[str]:
        """A word about each kind of lines."""
        said = [_said(lines, what) for what, lines in self._lines.items() if lines]
        if self._masked:
            cells = "、".join(f"{column}{len(lines)}格" for column, lines in self._masked.items())
            said.append(f"打过码的没有用来更新：{cells}。")
        if self._nothing:
            count = sum(map(len, self._nothing.values()))
            words = [f"{column}【{text}】{len(lines)}格" for (column, text), lines in self._nothing.items()]
            more = "等" if len(words) > SHOWN else ""
            said.append(f"有{count}格写的不是号码，当作没有填：{'、'.join(words[:SHOWN])}{more}。")
        return said


def _is_long(name: str) -> bool:
    """Whether a name in Chinese has more characters than a person's."""
    return len(name) > LONGEST_NAME and _CHINESE.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _nearly(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, half_width(other)).ratio() >= NEAR and one != half_width(other)


def _said(lines: Sequence[int], what: str) -> str:
    more = f"等{len(lines)}行" if len(lines) > SHOWN else ""
    return f"第{'、'.join(map(str, lines[:SHOWN]))}行{more}{what}，请核对。"
