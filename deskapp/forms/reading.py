"""The forms of the reading point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskapp.catalogue.entry import meaning_of
from deskapp.desk.reading.daybook import ALL_KINDS, KINDS, OUTCOMES
from deskapp.desk.reading.list_kinds import ListChoice
from deskapp.desk.reading.satisfaction import CHANNELS, MARKS
from deskapp.errors import shortened
from deskapp.exchange.heading import Columns
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import TableProposal
from deskapp.forms.fields import FormField, same

EVERY_SHEET = "*"

VISIT = (
    FormField("kind", "来做什么", "choice", tuple(KINDS.items()), "来申请的不用记：登记了就算。"),
    FormField("people", "几个人", help="一起来的算一批，写人数；直接打数字就换掉原来的。", ready=True),
    FormField("topic", "什么事", help="几个字就行，例如 宅基地审批。不写姓名。"),
    FormField("minutes", "用了几分钟", help="不记的不填。"),
    FormField("outcome", "结果", "choice", same(OUTCOMES)),
    FormField("on", "日期", help="不填就是今天。", placeholder="今天"),
)
"""Who came in and what for."""
QUESTION = (
    FormField("question", "问题", help="照群众的问法写。", required=True),
    FormField("answer", "回答", "long", help="几句话说清楚：办不办得到、到哪里、带什么、多久。", required=True),
    FormField("basis", "依据", help="条文或者文件名、文号。"),
    FormField("checked_by", "谁核对的", help="没有人核对过的，会标出来。"),
    FormField("checked_on", "核对日期", help="过了一年会提醒重新核对。"),
)
"""A question with its checked answer."""
SLIP = (
    FormField("mark", "满意不满意", "choice", tuple(MARKS.items())),
    FormField("service", "办的什么事", "choice", tuple(ALL_KINDS.items())),
    FormField("channel", "哪里填的", "choice", tuple(CHANNELS.items()), "纸质的、当面问的是线下；网上填的是线上。"),
    FormField("remark", "意见", help="照原话写，不写姓名。"),
    FormField("on", "日期", help="不填就是今天。", placeholder="今天"),
)
"""What one slip says."""
PUBLICATION = (
    FormField("name", "名称", help="照给所有人看的写，不写申请人。", required=True),
    FormField("index_no", "索引号"),
    FormField("doc_no", "文号"),
    FormField("topic", "主题分类"),
    FormField("url", "网址", help="网上公开的写网址，以 http 开头。"),
    FormField("shelf", "馆藏位置", help="查阅点哪个柜、哪一层；网址和馆藏至少写一样。"),
    FormField("published_on", "公开日期", help="实际公开的那一天；不填就是今天。", placeholder="今天"),
)
"""The entry that a release becomes."""
TAKEN_DOWN = (
    FormField("down_why", "为什么撤下", help="例如 误公开、含个人信息。记在登记簿里，不给看的人看。", required=True),
)
"""Why an entry is no longer shown."""
SHELF_OF = (FormField("shelf", "馆藏位置", help="查阅点哪个柜、哪一层；空着就是没有纸质的。"),)
"""Where the paper of an entry stands."""
NOT_HERE = (FormField("why", "为什么本地没有", help="例如 本镇没有这项业务、由县民政局公开；空着就是本地有。"),)
"""Why an item of the standard catalogue does not exist here."""


def list_file(whose: tuple[str, str]) -> tuple[FormField, ...]:
    """Which list, and what holds for all of it."""
    label, about = whose
    file = FormField("file", "表格文件", help="xlsx、csv 或者别的表格的位置，可以从文件管理器里复制。", required=True)
    return file, FormField("whole", label, help=about)


class ListMatching:
    """The form of a list: a field for the sheet where there are several, one for each column, one for each word that nobody knows."""

    def __init__(self, proposal: TableProposal, columns: Columns, words: Sequence[str]) -> None:
        self._proposal, self._columns, self._allowed = proposal, columns, words
        self._names = list(proposal.names)
        self._words = [word for found in proposal.words.values() for word in found if meaning_of(word) is None]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All of them."""
        sheets = tuple((name, f"{name}（{lines}行）") for name, lines in self._proposal.sheets)
        whole = ((EVERY_SHEET, f"全部{len(sheets)}张"), *sheets)
        first = (FormField("sheet", "哪张表", "choice", whole, "表格里有几张都像。"),) if len(sheets) > 1 else ()
        required = self._columns.required
        columns = (
            ("", "（不导入）"),
            *((name, f"{name}*" if name in required else name) for name in self._columns.names),
        )
        words = (("", "（还没有定，算错）"), *((word, word) for word in self._allowed))
        return (
            *first,
            *(FormField(f"c{n}", name, "choice", columns, self._about(name)) for n, name in enumerate(self._names)),
            *(
                FormField(f"w{n}", word, "choice", words, f"“有效性”列里写“{word}”，是哪一种？")
                for n, word in enumerate(self._words)
            ),
        )

    def _about(self, name: str) -> str:
        sample = shortened(self._proposal.samples.get(name, ""))
        return f"表里的列名“{name}”，第一格是“{sample}”。" if sample else f"表里的列名“{name}”，前面几行是空的。"

    @property
    def blank(self) -> dict[str, str]:
        """What is believed."""
        known = set(self._columns.names)
        return {
            f"c{n}": column if (column := self._proposal.names[name]) in known else ""
            for n, name in enumerate(self._names)
        }

    def chosen(self, values: Mapping[str, str], whole: str) -> ListChoice:
        """What the form says."""
        columns = {name: values[f"c{n}"] for n, name in enumerate(self._names)}
        words = {word: meant for n, word in enumerate(self._words) if (meant := values[f"w{n}"])}
        sheet = values.get("sheet", "")
        every = sheet == EVERY_SHEET
        return ListChoice(TableChoice(columns, "" if every else sheet, every), words, whole)
