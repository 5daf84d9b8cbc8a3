"""The forms of the reading point."""

from __future__ import annotations

from deskapp.desk.reading.daybook import ALL_KINDS, KINDS, OUTCOMES
from deskapp.desk.reading.satisfaction import CHANNELS, MARKS
from deskapp.forms.fields import FormField, same

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
CATALOGUE_FILE = (FormField("file", "目录表格", help="文件的位置，可以从文件管理器里复制。", required=True),)
"""A list of what is published, on its way in."""
