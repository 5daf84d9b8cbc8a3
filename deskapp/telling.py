"""What a text tells of a person: nothing, nobody's name, several names, the number of a paper or a telephone."""

from __future__ import annotations

import re
import unicodedata

from deskapp.parsing import half_width

_SIGNS_ALONE = frozenset(("/", "-", "—", "——", "\\", "、", "*", "0", "00", "000"))
_NOTHING_SAID = re.compile(
    "(?:(?:均|都|暂|尚)?(?:未|没有?|无法|拒绝|不愿|不便)(?:提供|填写?|留|告知|登记|写|说明|注明|出示|公开|显示)|没有|暂?(?:无|缺|空)|不详|不明|不清楚|未知|略|保密|空白|同上"
    "|无?(?:证件号?码?|身份证号?码?|居民身份证|号码|联系电话|联系方式|电话|手机号?)|N/?A|NULL|NONE|NO)+"
)
_ONE = "[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?:[·•][\u3400-\u9fff]{1,10})*"
_SEVERAL = re.compile(
    f"{_ONE}(?:(?:[、，,;；/和]{_ONE})+(?:等.{{0,6}})?|等[0-9一二三四五六七八九十百两]+(?:余|多)?[人户名位].{{0,4}})"
)
_ORGANISATION = re.compile(
    "(?:公司|集团|厂|事务所|服务所|合作社|供销社|信用社|银行|支行|商行|经营部|门市部|服务部|营业部|工作室|超市|饭店|宾馆|酒店|药店|商店"
    "|养殖场|农场|林场|牧场|委员会|村委会|居委会|协会|学会|商会|联合会|工会|基金会|促进会|志愿者?队|研究所|研究院|设计院|农科所|中心|站|所"
    "|学校|小学|中学|大学|学院|高中|初中|幼儿园|医院|卫生院|卫生室|诊所|政府|办事处|管理处|项目部|指挥部|分局|检察院|法院|支部|社区|教会|寺)"
    "(?:[（(].{1,20}[）)])?$"
)
_LEAST_OF_UNIT = 4  # characters: 张所 and 李站 may be people
_DAY_ALONE = re.compile("(?=.*[0-9])[0-9年月日号.\\-/]+")
_MONTH_ALONE = re.compile(
    "(?:[0-9]{4}年?度?)?(?:第?[一二三四1-4]季度?|(?:[1-9]|1[0-2]|十?[一二]|[三四五六七八九十])月份?|[上下]半年|本[年季]度|全年)"
)
MASKED = re.compile("[*\uff0a×✱●■□#?…_]|[xX]{3,}|(?<=[0-9])[•·.]{2,}|某")
_BETWEEN = re.compile("(?<=[0-9])[-‐–—()]+(?=[0-9])")  # how the digits of one number are parted
MOBILE = 11  # digits of a mobile number
FEWEST_OF_PAPER, FEWEST_OF_PHONE = 5, 7  # signs from which a number may be somebody's own


def says_nothing(text: str) -> bool:
    """Whether a cell or a field tells only that nothing is known (不详、未提供、（略）、0), or names the paper instead of its number."""
    plain = unicodedata.normalize("NFKC", "".join(text.split())).upper()
    bare = plain.strip("()[]【】〔〕<>《》\"'“”。.,;:!") or plain
    return bool(plain) and (bare in _SIGNS_ALONE or _NOTHING_SAID.fullmatch(bare) is not None)


def names_nobody(text: str) -> bool:
    """Whether a text can be nobody's name: it says nothing, is a day, a month or a quarter, or has no letter and no character."""
    plain = "".join(text.split())
    lettered = any(
        char.isalpha() or unicodedata.category(char) == "Co" for char in plain
    )  # Co: a character that a font of theirs has
    of_time = any(pattern.fullmatch(plain) for pattern in (_DAY_ALONE, _MONTH_ALONE))
    return says_nothing(text) or (bool(plain) and (not lettered or of_time))


def names_several(name: str) -> bool:
    """Whether the name of a person looks like those of several: 张三、李四; 王五等12人."""
    return _SEVERAL.fullmatch("".join(name.split())) is not None


def names_organisation(name: str) -> bool:
    """Whether a name ends as those of units do: 公司, 第三小学, 村民委员会; never one as short as a person's."""
    plain = "".join(name.split())
    return len(plain) >= _LEAST_OF_UNIT and _ORGANISATION.search(plain) is not None


def holds_number(name: str) -> bool:
    """Whether a name holds the number of a paper or a telephone: then the line was not parted."""
    plain = half_width(name)
    return bool(
        re.search("[0-9]{7,}", plain) or re.search("(?<![0-9])1[3-9][0-9]{9}(?![0-9])", _BETWEEN.sub("", plain))
    )


def is_no_phone(text: str) -> bool:
    """Whether what stands for a telephone number can be none: no run of seven digits, or one that begins as a mobile number and has another
    length; two without anything between them are two. A masked one may be one."""
    plain = _BETWEEN.sub("", half_width(text))
    runs = re.findall("[0-9]{7,}", plain)
    mobile = [run for run in runs if re.match("1[3-9]", run)]
    return bool(plain) and not MASKED.search(plain) and (not runs or any(len(run) % MOBILE for run in mobile))


def tells_person(number: str, fewest: int = FEWEST_OF_PAPER) -> str:
    """The number of a paper where it can be one person's own; empty for one that is masked, too short, or one sign again and again."""
    signs = [sign for sign in number if sign.isascii() and sign.isalnum()]
    of_one = len(signs) >= fewest and len(set(signs)) > 1 and any(map(str.isdigit, signs))
    return number if of_one and not MASKED.search(number) and not says_nothing(number) else ""


def tells_phone(phone: str) -> str:
    """The same of a telephone number."""
    return tells_person(phone, FEWEST_OF_PHONE)
