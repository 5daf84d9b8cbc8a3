"""Which articles of the Regulation a template cites, in its text and in its head: the two must agree.

An article is the Regulation's where no other law stands before it in its sentence: ``{{ law }}`` or nothing before 第三十六条 means
the Regulation, 《…办法》 or 行政复议法 another one. Only the number of the article is compared, not its paragraph.
"""

from __future__ import annotations

import re

from letters.template import Template

ARTICLE = "第[一二三四五六七八九十百]+条"
_SENTENCES = re.compile(r"[^。；\n]+")
_LAW_OR_ARTICLE = re.compile(
    r"(\{\{ law \}\}|《[^》]*》|该办法|该规定|该法|(?:复议法实施条例|复议法|诉讼法|管理办法|保护法|档案法))|("
    + ARTICLE
    + ")"
)
_OURS = ("{{ law }}", "《中华人民共和国政府信息公开条例》", "《政府信息公开条例》")


DIGITS = "零一二三四五六七八九"
_BETWEEN = re.compile(r"[、，,；;\n]+")
_OUR_NAME = re.compile(
    r"^(?:《?(?:中华人民共和国)?政府信息公开条例》?|本?条例)(?=第?[0-9０-９一二三四五六七八九十百])"
)
_NUMBER = re.compile(r"第?([0-9]{1,3})(条|款|项)")


def in_text(template: Template) -> tuple[str, ...]:
    """The articles of the Regulation that the body cites, each once, in their order."""
    found: list[str] = []
    for sentence in _SENTENCES.finditer(template.source):
        ours = True
        for law, article in _LAW_OR_ARTICLE.findall(sentence[0]):
            if law:
                ours = law in _OURS
            elif ours and article not in found:
                found.append(article)
    return tuple(found)


def in_head(template: Template) -> tuple[str, ...]:
    """The articles of the Regulation that the head names; those of other laws stand behind the law's name there."""
    return tuple(dict.fromkeys(found[0] for article in template.articles if (found := re.match(ARTICLE, article))))


def not_in_head(template: Template) -> tuple[str, ...]:
    """The articles of the Regulation that the text cites and the head does not name."""
    named = in_head(template)
    return tuple(article for article in in_text(template) if article not in named)


def as_cited(typed: str) -> tuple[str, ...]:
    """Articles as people type them, as a head names them: one after the other, those of the Regulation without its name, numbers in Chinese
    (条例第33条 is 第三十三条)."""
    parts = [_OUR_NAME.sub("", part.strip()) for part in _BETWEEN.split(typed)]
    return tuple(_NUMBER.sub(lambda found: f"第{_chinese(int(found[1]))}{found[2]}", part) for part in parts if part)


def _chinese(number: int) -> str:
    """A number below a thousand as articles are numbered."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    said += f"{DIGITS[tens] if tens > 1 or hundreds else ''}十" if tens else "零" if hundreds and ones else ""
    return said + (DIGITS[ones] if ones or not number else "")
