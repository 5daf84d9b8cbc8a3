"""Scripts that the press cannot set, by their names: they join letters, run from the right or from above, or have no face here.

Setting them letter by letter would print boxes, or letters that nobody can read; so they are refused before anything is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

# First and last character, the languages of this country and its neighbours that are written so, whether letters join or stack in it: then
# no face helps, since the press sets character by character.
SCRIPTS: tuple[tuple[int, int, str, bool], ...] = (
    (0x0300, 0x036F, "带组合附加符号的文字", True),
    (0x0590, 0x05FF, "希伯来文", True),
    (0x0600, 0x08FF, "维吾尔文、哈萨克文（阿拉伯字母）", True),
    (0x0900, 0x0DFF, "天城文等南亚文字", True),
    (0x0E00, 0x0E7F, "泰文", True),
    (0x0E80, 0x0EFF, "老挝文", True),
    (0x0F00, 0x0FFF, "藏文", True),
    (0x1000, 0x109F, "缅甸文", True),
    (0x1100, 0x11FF, "朝鲜文", True),
    (0x1780, 0x17FF, "高棉文", True),
    (0x1800, 0x18AF, "蒙古文、满文、锡伯文", True),
    (0x1950, 0x19DF, "傣文", True),
    (0x1A20, 0x1AAF, "傣文", True),
    (0xA000, 0xA4CF, "彝文", False),
    (0xA4D0, 0xA4FF, "傈僳文", False),
    (0x3130, 0x318F, "朝鲜文", False),
    (0xAC00, 0xD7AF, "朝鲜文", False),
    (0xFB1D, 0xFB4F, "希伯来文", True),
    (0xFB50, 0xFDFF, "维吾尔文、哈萨克文（阿拉伯字母）", True),
    (0xFE70, 0xFEFF, "维吾尔文、哈萨克文（阿拉伯字母）", True),
)
NAMED = {
    "藏": "藏文", "维吾尔": "维吾尔文", "维文": "维吾尔文", "哈萨克": "哈萨克文", "柯尔克孜": "柯尔克孜文", "蒙": "蒙古文", "满文": "满文", "锡伯": "锡伯文",
    "傣": "傣文", "阿拉伯": "阿拉伯文", "泰": "泰文", "缅": "缅甸文", "老挝": "老挝文", "高棉": "高棉文",
}  # fmt: skip
"""What a language is called that is written in a script whose letters join or stack, by what stands in its name."""
FACED = {"朝鲜": ("朝鲜文", "한"), "韩": ("韩文", "한"), "彝": ("彝文", "ꆈ"), "傈僳": ("傈僳文", "ꓡ")}
"""Languages whose letters stand side by side, each with one of them: a face that has it prints it."""
OTHER_LETTERS = ("拉丁", "西里尔", "拼音")
SHOWN = 8  # characters that are named one by one


def script_of(char: str) -> tuple[str, bool]:
    """The name of a character's script, and whether its letters join or stack; empty for one that is not listed."""
    code = ord(char)
    return next(((name, joins) for first, last, name, joins in SCRIPTS if first <= code <= last), ("", False))


def not_printed(text: str, missing: Callable[[str], Sequence[str]]) -> str:
    """Why a text cannot be printed: the names of its scripts, or the characters; empty where it can. ``missing`` tells the characters that
    no face has."""
    lacking = set(missing(text))
    bad = [char for char in dict.fromkeys(text) if script_of(char)[1] or char in lacking]
    names = dict.fromkeys(script_of(char)[0] for char in bad)
    if told := [name for name in names if name]:
        return f"{'、'.join(told)}，这里印不了"
    more = "等" if len(bad) > SHOWN else ""
    return f"没有这些字：{'　'.join(bad[:SHOWN])}{more}" if bad else ""


def not_printed_language(name: str, missing: Callable[[str], Sequence[str]]) -> str:
    """The language that is not printed, where its name tells so; empty for any other, and for one that says it is in other letters."""
    if any(letters in name for letters in OTHER_LETTERS):
        return ""
    by_face = {part: told for part, (told, char) in FACED.items() if missing(char)}
    return next((told for part, told in {**NAMED, **by_face}.items() if part in name), "")
