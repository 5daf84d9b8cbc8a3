"""The passages of a template as people read and write them: facts by their names, conditions in words, no code.

A fact stands as 〔检索的经过〕, a condition as 〔有【说明】才写：…〕, 〔【结果】是【纳入】才写：…〕, behind it 〔不然，…才写：…〕 and 〔不然写：…〕.
What has no words here (a list gone through, a part that many kinds share) stands as 〔照原样：补正的事项〕: it may be moved or
left out, and comes back as it was. A year in such brackets, 〔2026〕, is a year. ``Wording.plain`` and ``Wording.source`` turn one
into the other; a test goes through every passage of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from letters.errors import PressError
from letters.template import Template

COMMON = {
    "you": "称呼", "law": "条例", "unit.name": "本机关", "unit.address": "本机关地址", "unit.phone": "本机关电话",
    "unit.contact": "本机关联系人", "unit.postcode": "本机关邮政编码", "unit.office_hours": "办公时间", "case_no": "登记号",
    "number": "文号", "received": "收到日期", "issued": "成文日期", "corrected": "收到补正的日期", "confirmed": "确认之日的说明",
    "submitted": "怎样提交", "channel": "收到方式", "content": "申请内容", "applicant.name": "申请人", "applicant.all": "全部申请人",
    "applicant.addressed": "受文人", "applicant.phone": "申请人电话", "applicant.address": "申请人地址",
    "applicant.applicant_class": "申请人类别", "tentative": "暂定的说明", "periods.reply": "答复的工作日数",
    "periods.extension": "延长的工作日数", "periods.correction_notice": "补正告知的工作日数", "periods.correction_answer": "补正的工作日数",
    "periods.party_opinion": "第三方答复的工作日数", "periods.agency_opinion": "机关答复的工作日数", "periods.payment": "缴费的工作日数",
}  # fmt: skip
"""What every letter may say, and what it is called; the facts of a kind go by their labels."""
SHARED = {"_opening.md": "开头一段", "_redo.md": "重新答复的开头"}
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_WHETHER = re.compile(r"(有|没有)[【“]([^】”]+)[】”]才写：", re.DOTALL)
_WHICH = re.compile(r"[【“]([^】”]+)[】”](是|不是)[【“]([^】”]*)[】”]才写：", re.DOTALL)
OTHERWISE, ELSE, AS_IT_IS = "不然，", "不然写：", "照原样："
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_KEYBOARD = re.compile(r"[\[［{｛]([^\[\]［］{}｛｝〔〕]{1,30})[\]］}｝]")
_CODE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_MARKUP = re.compile(r"^\s*[@#|~>]", re.MULTILINE)
_STEPS = {"if": 1, "for": 1, "endif": -1, "endfor": -1}
DEEPEST = 6  # conditions within each other


@dataclass(frozen=True)
class Branch:
    """A tag of a condition: ``if``, ``elif`` or ``else``, its condition in the template's language, and what it lets stand, as source."""

    tag: str
    condition: str
    inside: str


class Wording:
    """The words of one kind of letter. Raises nothing for any template that was read; ``source`` refuses what cannot be meant."""

    def __init__(self, template: Template) -> None:
        self._choices = {key: field.choices for key, field in template.fields.items()}
        self.names: dict[str, str] = {}  # what a fact is called, by how the template says it
        for key, label in (*((key, field.label) for key, field in template.fields.items()), *COMMON.items()):
            self.names[key] = _new_name(label, self.names.values())
        self._facts = {label: key for key, label in self.names.items()}
        self._as_it_is: dict[str, str] = {}  # what has no words, by the name it goes by
        for passage in template.passages:
            self.plain(passage.text)

    def plain(self, source: str) -> str:
        """A passage of a template in words."""
        return "".join(self._said(_TAG.split(source)))

    def _said(self, pieces: list[str]) -> Iterator[str]:
        at = 0
        while at < len(pieces):
            piece, end = pieces[at], at
            word, name = _word(piece), piece[2:-2].strip()
            if word in ("if", "for"):
                end = _closing(pieces, at)
                yield self._condition(pieces[at : end + 1]) if word == "if" else self._kept(pieces[at : end + 1])
            elif not _TAG.match(piece):
                yield piece
            else:
                yield (
                    f"〔{self.names[name]}〕"
                    if piece.startswith("{{") and name in self.names
                    else self._kept([piece])
                )
            at = end + 1

    def _condition(self, pieces: list[str]) -> str:
        """A condition with its branches in words; kept as it is where one of them has none."""
        said = []
        for branch in _branches(pieces):
            words = ELSE if branch.tag == "else" else self._asked(branch.condition)
            if not words:
                return self._kept(pieces)
            said.append(f"〔{OTHERWISE if branch.tag == 'elif' else ''}{words}{self.plain(branch.inside)}〕")
        return "".join(said)

    def _asked(self, condition: str) -> str:
        """A condition in words; empty for one that has none."""
        if condition in self.names:
            return f"有【{self.names[condition]}】才写："
        if condition.startswith("not ") and condition[4:].strip() in self.names:
            return f"没有【{self.names[condition[4:].strip()]}】才写："
        found = re.fullmatch(r"([a-z0-9_.]+) (==|!=) \"([^\"”]*)\"", condition)
        if not found or found[1] not in self.names:
            return ""
        value = self._choices.get(found[1], {}).get(found[3], found[3])
        return f"【{self.names[found[1]]}】{'是' if found[2] == '==' else '不是'}【{value}】才写："

    def _kept(self, pieces: list[str]) -> str:
        source = "".join(pieces)
        for name, known in self._as_it_is.items():
            if known == source:
                return f"〔{AS_IT_IS}{name}〕"
        name = _new_name(self._about(source), self._as_it_is)
        self._as_it_is[name] = source
        return f"〔{AS_IT_IS}{name}〕"

    def _about(self, source: str) -> str:
        """What a construct without words is about, for people."""
        shared = re.search(r"include \"([^\"]+)\"", source)
        if shared:
            return SHARED.get(shared[1], shared[1])
        first = _TAG.search(source)
        words = re.findall(r"[a-z_]+(?:\.[a-z_]+)*", first[0]) if first else []
        return next((self.names[word] for word in words if word in self.names), "程序排的一段")

    # -- back --------------------------------------------------------------------------------------------------

    def source(self, plain: str) -> str:
        """A passage in words as the template says it. Raises PressError that names what is not known."""
        if found := _CODE.search(plain):
            raise PressError(f"正文里不能写【{found[0]}】这样的符号。要用登记的事实，写成〔申请内容〕这样。")
        if found := _MARKUP.search(plain):
            raise PressError(f"一行不能用【{found[0].strip()}】开头。请改写这一行。")
        return self._meant(self._square(plain), 0)

    def _square(self, plain: str) -> str:
        """The names of facts in the brackets that every keyboard has, as if they stood in 〔〕; other words in them stay as they are."""
        return _KEYBOARD.sub(lambda found: f"〔{found[1]}〕" if found[1] in self._facts else found[0], plain)

    def _meant(self, plain: str, depth: int) -> str:
        if depth > DEEPEST:
            raise PressError(f"条件套得太深，最多{DEEPEST}层。请拆成几段写。")
        made: list[str] = []
        within = False  # a condition that is not closed yet
        for inside, text in _bracketed(plain):
            tag, condition, rest = self._tag(text) if inside else ("", "", "")
            if within and tag not in ("elif", "else"):
                made.append("{% endif %}")
                within = False
            if tag in ("elif", "else") and not within:
                raise PressError(f"【〔{text[:12]}…】前面没有条件。【不然】要紧接着写在【才写】后面。")
            if tag:
                made.append(f"{{% {f'{tag} {condition}'.strip()} %}}{self._meant(rest, depth + 1)}")
                within = tag != "else"
                made += ["{% endif %}"] if tag == "else" else []
            else:
                made.append(self._fact(text) if inside else text)
        return "".join(made) + ("{% endif %}" if within else "")

    def _tag(self, text: str) -> tuple[str, str, str]:
        """What a bracket of a condition means: tag, condition, what it lets stand; three times nothing for another bracket."""
        if text.startswith(ELSE):
            return "else", "", text.removeprefix(ELSE)
        tag = "elif" if text.startswith(OTHERWISE) else "if"
        asked = text.removeprefix(OTHERWISE)
        if found := _WHETHER.match(asked):
            key = self._key(found[2])
            return tag, key if found[1] == "有" else f"not {key}", asked[found.end() :]
        if found := _WHICH.match(asked):
            key = self._key(found[1])
            choices = self._choices.get(key, {})
            value = next((value for value, label in choices.items() if label == found[3]), found[3])
            if choices and value not in choices:
                raise PressError(f"【{found[1]}】没有【{found[3]}】这一种，可以写：{'、'.join(choices.values())}。")
            return tag, f'{key} {"==" if found[2] == "是" else "!="} "{value}"', asked[found.end() :]
        return "", "", ""

    def _fact(self, text: str) -> str:
        """What a bracket without a condition stands for."""
        if _YEAR.fullmatch(text):
            return f"〔{text}〕"
        if text.startswith(AS_IT_IS):
            name = text.removeprefix(AS_IT_IS)
            if name not in self._as_it_is:
                raise PressError(
                    f"没有【{name}】这样一段可以照原样放的。可以放的：{'、'.join(self._as_it_is) or '没有'}。"
                )
            return self._as_it_is[name]
        return f"{{{{ {self._key(text)} }}}}"

    def _key(self, label: str) -> str:
        if label in self._facts:
            return self._facts[label]
        near = get_close_matches(label, self._facts, 3, 0.4)
        ask = (
            f"是不是{'、'.join(f'〔{name}〕' for name in near)}？"
            if near
            else "能写哪些，看这一屏下面的名称；新的，先写在【另外要填的】里。"
        )
        raise PressError(f"没有叫【{label[:20]}】的事实。{ask}")


def _new_name(label: str, taken: Iterable[str]) -> str:
    """A label, with a number where another thing goes by it."""
    known = set(taken)
    return next(name for n in range(1, len(known) + 2) if (name := label if n == 1 else f"{label}{n}") not in known)


def _word(piece: str) -> str:
    """The first word of a tag; empty for anything else."""
    found = re.match(r"\{%[-+]?\s*([a-z]+)", piece)
    return found[1] if found else ""


def _closing(pieces: list[str], at: int) -> int:
    """Where the construct that opens at ``at`` ends."""
    depth = 0
    for n in range(at, len(pieces)):
        depth += _STEPS.get(_word(pieces[n]), 0)
        if depth == 0:
            return n
    return len(pieces) - 1


def _branches(pieces: list[str]) -> list[Branch]:
    """The branches of a condition from its pieces, the first and the last of which are its own tags."""
    found: list[Branch] = []
    depth, tag, condition, inside = 0, "if", pieces[0][2:-2].strip().removeprefix("if").strip(), ""
    for piece in pieces[1:-1]:
        word = _word(piece)
        depth += _STEPS.get(word, 0)
        if depth == 0 and word in ("elif", "else"):
            found.append(Branch(tag, condition, inside))
            tag, condition, inside = word, piece[2:-2].strip().removeprefix(word).strip(), ""
        else:
            inside += piece
    return [*found, Branch(tag, condition, inside)]


def _bracketed(plain: str) -> Iterator[tuple[bool, str]]:
    """A text parted into what stands in brackets and what does not. Raises PressError for a bracket without its other half."""
    start = depth = 0
    for n, sign in enumerate(plain):
        if sign == "〔":
            if depth == 0:
                if plain[start:n]:
                    yield False, plain[start:n]
                start = n + 1
            depth += 1
        elif sign == "〕":
            depth -= 1
            if depth < 0:
                raise PressError(f"【{plain[max(0, n - 8) : n + 1]}】多了一个右括号〕。")
            if depth == 0:
                yield True, plain[start:n]
                start = n + 1
    if depth:
        raise PressError(f"【〔{plain[start : start + 10]}】少一个右括号〕。")
    if plain[start:]:
        yield False, plain[start:]
