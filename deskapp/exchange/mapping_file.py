"""The file of a mapping that a person corrects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from deskapp.exchange.likely import likely_word, may_be
from deskapp.exchange.whole import choices_of, whole_columns


def mapping_text(
    names: Mapping[str, str], unknown: Mapping[str, Counter[str]], allowed: Mapping[str, tuple[str, ...]]
) -> str:
    """The file to correct: the columns of a table with what they stand for, and of each column the words that nobody knows, with what they
    most likely mean, how often they stand there, and what would be possible."""
    lines = [
        "# 左边是表格里的写法，右边是登记簿的列或者词。右边空着的列不导入；右边空着的词要填好才能导入，写【（不填）】就当作没有填。",
        "",
        "[columns]",
    ]
    lines += [f"{_quoted(name)} = {_quoted(column)}" for name, column in names.items()]
    for column, words in unknown.items():
        lines += ["", f"# 可以写：{'、'.join(allowed.get(column, ()))}", f"[words.{_quoted(column)}]"]
        lines += [
            f"{_quoted(word)} = {_quoted(likely_word(column, word))}  # {n}处{_several(column, word)}"
            for word, n in words.most_common()
        ]
    there = set(names.values())
    lacking = whole_columns(there)
    if lacking:
        lines += ["", "# 表里没有这些列：整张表都一样的，写在这里。", "[whole]"]
        lines += [
            f'{_quoted(column)} = ""  # 可以写：{"、".join(choices_of(column, there, allowed))}' for column in lacking
        ]
    return "\n".join(lines) + "\n"


def _several(column: str, word: str) -> str:
    """What a word may mean where that is not one thing."""
    possible = may_be(column, word)
    return f"，可能是{'、'.join(possible)}" if possible else ""


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    import json

    return json.dumps(text, ensure_ascii=False)
