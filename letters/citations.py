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
