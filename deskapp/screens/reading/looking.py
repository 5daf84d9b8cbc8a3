"""What a visitor sees of a search, as texts and rows: the tiles to begin with, the hits with what was made of the words, one entry to read.

No widget and no key here: :mod:`deskapp.screens.reading.visitors` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from deskapp.catalogue.entry import UNREAD, Entry
from deskapp.catalogue.finding import MOST, FoundEntries
from deskapp.catalogue.listing import Facet
from deskapp.desk import Desk
from deskapp.desk.reading.questions import Asked, told_outside
from deskapp.widgets.rows import Row
from deskapp.widgets.tiles import Tile

FACETS: dict[Facet, str] = {"topic": "按主题", "issuer": "按单位", "bulletin": "政府公报"}
TILES = 12  # of a facet on the first page; the others are behind one more tile
MORE, NEWEST, QUESTIONS = "more", "newest", "questions"
ENTRY, QUESTION, FACET = "entry", "question", "facet"
SHOWN_TEXT = 20_000  # characters of a full text on the screen
NO_DAY = "日期不详  "
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
TAKE_BACK, CLEAR, READY = "back", "clear", "ready"


@dataclass(frozen=True)
class Sight:
    """What a list shows: its rows, the sentence over them, and the thing behind each row by its key."""

    rows: tuple[Row, ...]
    told: str
    entries: dict[str, Entry]
    asked: dict[str, Asked]


def first_tiles(desk: Desk, whole: Facet | None = None) -> list[Tile]:
    """The tiles to begin with: subjects, offices, the bulletin, checked questions; with ``whole`` all of one facet."""
    tiles = [] if whole else [Tile("最新公开的", NEWEST), Tile("大家常问的", QUESTIONS)]
    for facet, name in FACETS.items():
        if whole not in (None, facet):
            continue
        found = desk.catalogue.facets(facet)
        shown = found if whole else found[:TILES]
        if shown:
            tiles.append(Tile(name))
            tiles += [Tile(f"{value}（{number}）", f"{FACET}:{facet}:{value}") for value, number in shown]
        if len(found) > len(shown):
            tiles.append(Tile(f"更多（共{len(found)}种）", f"{MORE}:{facet}"))
    return tiles


def letter_tiles() -> list[Tile]:
    """The letters of the keyboard on the screen."""
    keys = [Tile(letter.upper(), letter) for letter in LETTERS]
    return [*keys, Tile("空格", " "), Tile("退格", TAKE_BACK), Tile("清掉", CLEAR), Tile("好了", READY)]


def hits_of(desk: Desk, words: str) -> Sight:
    """What fits what was typed: checked answers first, then entries, the best first; where there is nothing, what is near and who helps."""
    found = desk.catalogue.find(words)
    instead = dict(found.instead)
    asked = {f"{QUESTION}:{one.key}": one for one in desk.visitors.answers(words, instead)}
    entries = {f"{ENTRY}:{hit.entry.key}": hit.entry for hit in found.hits}
    rows = [Row(f"问答：{one.of.question}", key) for key, one in asked.items()]
    rows += [Row(line_of(entry), key) for key, entry in entries.items()]
    if not rows:
        rows = _nothing(desk)
    return Sight(tuple(rows), told_of(found, len(asked), instead if asked else {}), entries, asked)


def told_of(found: FoundEntries, answers: int, instead: Mapping[str, str]) -> str:
    """What was made of the words, and how many fit; ``instead`` is what was taken for what nobody wrote, where only answers were found."""
    shown = len(found.hits)
    number = (f"找到{shown}条" if shown < MOST else f"很多条对得上，先列{shown}条") + (
        f"，问答{answers}条" if answers else ""
    )
    if not found.hits and not answers:
        looked = "、".join(unit.typed for unit in found.asked.units)
        return f"没有找到{f'【{looked}】' if looked else ''}。可以换个说法，或者点下面的看一看。"
    if not found.hits:
        taken = _taken(instead)
        return f"{f'{taken}，' if taken else ''}找到问答{answers}条。"
    if found.how == "sound":
        return f"{_taken(dict(found.instead)) or '没有一样的，按读音找'}，{number}。"
    return f"{number}。" if found.how == "all" else f"没有哪一条全部对上，先列最接近的，{number}。"


def _taken(instead: Mapping[str, str]) -> str:
    """Which words were taken for those that were typed."""
    return "，".join(f"【{typed}】当作【{written}】" for typed, written in instead.items())


def _nothing(desk: Desk) -> list[Row]:
    """No dead end: the subjects there are, what others ask, who can help."""
    rows = [
        Row(f"请人帮忙：{desk.visitors.help()}", heading=True),
        Row("看看大家常问的", QUESTIONS),
    ]
    topics = desk.catalogue.facets("topic")[:TILES]
    return [
        *rows,
        *(Row(f"看看【{name}】，有{number}条", f"{FACET}:topic:{name}") for name, number in topics),
    ]


def line_of(entry: Entry) -> str:
    """An entry as one line: its day, whether it still holds, its name."""
    return f"{entry.published_on or NO_DAY} {entry.mark}{entry.name}"


def card_of(desk: Desk, entry: Entry) -> Text:
    """An entry to read: what it is, where it is, what belongs to it, its text."""
    text = Text()
    text.append(f"{entry.name}\n\n", style="bold")
    for label, value in (
        ("文号", entry.doc_no), ("索引号", entry.index_no), ("发布机构", entry.issuer), ("公开日期", entry.published_on),
        ("分类", entry.topic), ("有效性", entry.validity), ("公报", entry.bulletin), ("网址", entry.url), ("馆藏", entry.shelf),
    ):  # fmt: skip
        if value:
            text.append(f"{label}：{value}\n")
    if entry.down_on:
        text.append(f"已撤下：{entry.down_on}，{entry.down_why}\n", style="bold")
    if entry.unread:
        text.append(f"{UNREAD[entry.unread]}。\n")
    links = desk.catalogue.linked(entry)
    for label, others in (("解读", links.explained_by), ("解读的文件", links.explains)):
        for other in others:
            text.append(f"{label}：《{other.name}》{other.published_on}\n")
    full = desk.catalogue.text(entry)
    if full:
        text.append("\n全文\n", style="bold")
        text.append(full[:SHOWN_TEXT] + (".." if len(full) > SHOWN_TEXT else ""))
    return text


def answer_of(one: Asked) -> Text:
    """A checked answer to read."""
    text = Text()
    text.append(f"问：{one.of.question}\n\n", style="bold")
    text.append(f"答：{one.of.answer}\n")
    if one.of.basis:
        text.append(f"\n依据：{one.of.basis}\n")
    text.append(f"\n{told_outside(one.of)}\n")
    return text


def spaced(text: Text) -> Text:
    """A text with room between its characters and its lines, for eyes that see little."""
    out = Text()
    for line in text.split("\n", allow_blank=True):
        for char in line.plain:
            out.append(f"{char} " if cell_len(char) > 1 else char)
        out.append("\n\n")
    return out
