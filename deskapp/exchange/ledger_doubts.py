"""What of a ledger's lines is taken and still to be looked at: said with the lines once all are read, refused by nobody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import groupby

from deskapp.errors import shortened
from deskapp.exchange.days import day_of
from deskapp.exchange.persons import NATURAL
from deskapp.exchange.whole import INTO_REMARK
from deskapp.law.identity import credit_code_fault, id_number_fault, identity_warning, paper_key
from deskapp.law.receipt import channel_rules
from deskapp.parsing import half_width
from deskapp.register.numbers import How
from deskapp.register.tokens import same_facts
from deskapp.telling import is_no_phone, names_organisation, names_several

Place = tuple[str, int]  # the sheet, empty where there is one, and the line
SHOWN = 5  # lines in a warning
_CHINESE = re.compile("[\u3007\u3400-\u9fff]+")
CODE = 18  # signs of an identity number and of a unified code
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
NOTES, SERIAL_SHOWN = "〔〕", "〈〉"  # where what was counted is put into the sentence
DAY_NOTED = f"的日期后面还写着别的：{NOTES}，日期照收，后面的没有收"
NOT_DELIVERED = "写了送达方式或者凭证号，没有送达日期，证明不了送达：当作还没有送达收，写着的放进备注"
SAID_FOR_ALL = "的{}照您定的，当作{}"
NOT_DELIVERED_HERE = "写了送达方式或者凭证号，没有送达日期，更新的时候没有用"
SHORT_YEAR = "的年份只写了两位，照{}（{}年）补成四位"
SERIAL = f"的日期是数字，照表格软件数日子的办法当作日期（{SERIAL_SHOWN}）"
NOT_NOTED = "没有答复日期，照您定的，答复类型、文号写进备注，当作还没有答复"
CONFIRMED = "是平信、网络、传真收的，还没有答复：照收到日期当作双方确认的那一天算期限（条例第三十一条）；还没有确认的，在【收到确认】一列写明再导入"
DOUBTFUL = "证件号码有疑问（位数、出生日期或者校验位不对）"


class Doubts:
    """The lines, by what is doubtful about them; each is one of the sheet that :meth:`at` named last."""

    def __init__(self, today: date) -> None:
        self._today, self._sheet = today, ""
        self._lines: dict[str, list[Place]] = {TWICE: [], TURNED: [], UNLIKE_PERSON: [], DOUBTFUL: []}
        self._lines |= {MORE: [], BARE: [], NEARLY_OURS: []}
        self._once: set[int] = set()
        self._nothing: Counter[tuple[str, str]] = Counter()
        self._masked: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._serial: tuple[str, ...] = ()  # the first day that is a number, and which one it is

    def at(self, sheet: str) -> None:
        """The lines that follow are of that sheet; empty where the file has one."""
        self._sheet = sheet

    def _note(self, what: str, line: int) -> None:
        self._lines.setdefault(what, []).append((self._sheet, line))

    def turned(self, line: int) -> None:
        """A day of the line was taken for the next year's."""
        self._note(TURNED, line)

    def year_taken(self, line: int, year: int, where: str) -> None:
        """A day of the line has its year from elsewhere."""
        self._note(YEAR_TAKEN.format(where, year), line)

    def day_noted(self, line: int, note: str) -> None:
        """Behind a day of the line something is noted."""
        self._notes[note] += 1
        self._note(DAY_NOTED, line)

    def short_year(self, line: int, year: int, where: str) -> None:
        """A day of the line has two digits of its year."""
        self._note(SHORT_YEAR.format(where, year), line)

    def written(self, line: int, serials: Sequence[str]) -> None:
        """Days of the line that are numbers, as a table program counts days."""
        if serials:
            self._serial = self._serial or (serials[0], str(day_of(serials[0])))
            self._note(SERIAL, line)

    def not_delivered(self, line: int, update: bool) -> None:
        """The line has a way of delivery and no day of it."""
        self._note(NOT_DELIVERED_HERE if update else NOT_DELIVERED, line)

    def said_for_all(self, line: int, column: str, said: str) -> None:
        """A day of the line is what was said for the whole table."""
        self._note(NOT_NOTED if said == INTO_REMARK else SAID_FOR_ALL.format(column, said), line)

    def numbered(self, line: int, number: str, word: str, how: How) -> None:
        """A 文号 of the line, and how it is written."""
        if how == "more":
            self._note(MORE, line)
        elif how == "bare":
            self._note(BARE, line)
        elif (other := number.partition("〔")[0]) != number and other != word and _nearly(other, word):
            self._note(NEARLY_OURS, line)

    def serial(self, line: int, year: int, serial: int, answered: int) -> None:
        """A number in the office's own word: its year, its serial, and the year of the answer (0: unknown)."""
        if answered and year != answered:
            self._note(OTHER_YEAR, line)
        if serial > LARGEST_SERIAL:
            self._note(LARGE, line)

    def nothing(self, column: str, text: str) -> None:
        """A cell of a number says that there is none."""
        self._nothing[column, shortened(text)] += 1

    def masked(self, column: str) -> None:
        """A cell about somebody is masked: it is left out of an update."""
        self._masked[column] += 1

    def see(self, line: int, cells: dict[str, str]) -> None:
        """Look at a line that was read."""
        facts = same_facts(cells["收到日期"], cells["申请人"], cells["申请内容"])
        if not cells["登记号"] and facts in self._once:
            self._note(TWICE, line)
        self._once.add(facts)
        for column, cut in (("邮政编码", _POSTCODE_CUT), ("联系电话", _PHONE_CUT)):
            if cut.fullmatch(half_width(cells[column])):
                self._note(ZERO_LOST.format(column), line)
        if is_no_phone(cells["联系电话"]) and not _PHONE_CUT.fullmatch(half_width(cells["联系电话"])):
            self._note(NO_PHONE, line)
        if cells["复议结果"] or cells["诉讼结果"]:
            self._note(UNDATED, line)
        if cells["收到方式"] in _to_be_confirmed() and not any(
            cells[x] for x in ("收到确认", "答复日期", "答复类型")
        ):
            self._note(CONFIRMED, line)
        self._who(line, cells)

    def _who(self, line: int, cells: dict[str, str]) -> None:
        """Look at whom the line names as applicant."""
        number, natural = half_width(cells["证件号码"]).upper(), cells["申请人类别"] == NATURAL
        if natural and (names_organisation(cells["申请人"]) or self._is_code(number)):
            self._note(UNLIKE_PERSON, line)
        elif natural and names_several(cells["申请人"]):
            self._note(SEVERAL, line)
        elif natural and _is_long(cells["申请人"]):
            self._note(LONG_NAME, line)
        elif number and identity_warning(number, self._today, paper_key(cells["证件类型"])):
            self._note(DOUBTFUL, line)

    def _is_code(self, number: str) -> bool:
        """Whether a number is a unified code and no identity number."""
        return len(number) == CODE and not credit_code_fault(number) and bool(id_number_fault(number, self._today))

    def said(self) -> list[str]:
        """A word about each kind of lines."""
        notes = "、".join(f"【{note}】{count}格" for note, count in self._notes.most_common(SHOWN))
        serial = "当作".join(self._serial)
        said = [
            _said(places, what.replace(NOTES, notes).replace(SERIAL_SHOWN, serial))
            for what, places in self._lines.items()
            if places
        ]
        if self._masked:
            cells = "、".join(f"{column}{count}格" for column, count in self._masked.items())
            said.append(f"打过码的没有用来更新：{cells}。")
        if self._nothing:
            words = [f"{column}【{text}】{count}格" for (column, text), count in self._nothing.items()]
            more = "等" if len(words) > SHOWN else ""
            said.append(f"有{self._nothing.total()}格写的不是号码，当作没有填：{'、'.join(words[:SHOWN])}{more}。")
        return said


@cache
def _to_be_confirmed() -> frozenset[str]:
    """The ways by which an application arrives that is received on the day on which both sides confirm it (条例 31)."""
    return frozenset(rule.name for rule in channel_rules() if rule.decides == "confirmed")


def _is_long(name: str) -> bool:
    """Whether a name in Chinese has more characters than a person's."""
    return len(name) > LONGEST_NAME and _CHINESE.fullmatch(name) is not None


@lru_cache(maxsize=1024)
def _nearly(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, half_width(other)).ratio() >= NEAR and one != half_width(other)


def _said(places: Sequence[Place], what: str) -> str:
    """A sentence about lines, with the sheets that they stand in where there are several."""
    shown = places[:SHOWN]
    by_sheet = [
        f"{f'【{sheet}】' if sheet else ''}第{'、'.join(str(line) for _, line in lines)}行"
        for sheet, lines in groupby(shown, key=lambda place: place[0])
    ]
    more = f"等{len(places)}行" if len(places) > SHOWN else ""
    return f"{'、'.join(by_sheet)}{more}{what}，请核对。"
