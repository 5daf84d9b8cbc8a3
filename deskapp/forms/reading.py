"""The forms of the reading point."""

from __future__ import annotations

from deskapp.desk.reading.daybook import ALL_KINDS, KINDS, OUTCOMES
from deskapp.desk.reading.materials import STATES
from deskapp.desk.reading.point_log import NUMBER_NAMES, POINT_KINDS
from deskapp.desk.reading.satisfaction import CHANNELS, MARKS
from deskapp.forms.fields import FormField, same

WHY = FormField("why", "原因", help="为什么改、为什么撤回，写几个字；和原来记的一起留着。", required=True)
"""Why something that was noted is noted otherwise."""
VISIT = (
    FormField("kind", "来做什么", "choice", tuple(KINDS.items()), "来申请的不用记：登记了就算。"),
    FormField("people", "几个人", "number", help="一起来的算一批，写人数；直接打数字就换掉原来的。", ready=True),
    FormField("topic", "什么事", help="几个字就行，例如 宅基地审批。这里不写姓名。"),
    FormField("minutes", "用了几分钟", "number", help="不记的不填。"),
    FormField("outcome", "结果", "choice", same(OUTCOMES)),
    FormField("name", "谁来问的", help="本人愿意留才写；以后他来申请，登记的时候能找到这次说过什么。"),
    FormField("phone", "电话", help="本人愿意留才写。"),
    FormField("on", "日期", help="不填就是今天。", placeholder="今天"),
)
"""Who came in and what for."""
QUESTION = (
    FormField("question", "问题", help="照群众的问法写。", required=True),
    FormField("answer", "回答", "long", help="几句话说清楚：办不办得到、到哪里、带什么、多久。", required=True),
    FormField("basis", "依据", help="条文或者文件名、文号。"),
    FormField("checked_by", "谁核对的", help="没有人核对过的，会标出来；回答、依据改了，要重新核对。"),
    FormField("checked_on", "核对日期", help="过了一年会提醒重新核对。"),
    FormField("number", "编号", help="12345知识库里的编号，没有就不填。"),
    FormField("department", "部门", help="哪个部门答的、归哪个部门管。"),
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
YEAR_DUTY = (
    FormField("name", "做什么", help="用一句话写，例如 向县政务公开办报送半年小结。", required=True),
    FormField("by", "每年哪天以前", help="写成 11-30；每年都是这一天。", required=True, placeholder="例如 11-30"),
    FormField("about", "说明", help="照哪份通知、谁来做；没有的不填。"),
)
"""Something to be done once a year."""
YEAR_DONE = (
    FormField("on", "哪天做的", help="不填就是今天。", placeholder="今天"),
    FormField("how", "怎样做的", help="例如 报送给谁、谁听取、定了什么、来了几个人。"),
)
"""That it was done."""
POINT = (
    FormField("kind", "哪一种", "choice", tuple(POINT_KINDS.items())),
    FormField("on", "日期", help="不填就是今天。", placeholder="今天"),
    FormField("title", "内容", help="用一句话写做了什么；问卷写题目。", required=True),
    FormField("who", "参加的人", help="哪些人、哪个单位；检查的写谁来检查。"),
)
"""What every kind of the point's log has."""
ABOUT_NUMBERS = {
    "people": "到了几个人。", "opinions": "收到几条意见，或者指出几个问题；意见的话写在【内容】里。", "copies_out": "发出多少份。",
    "copies_back": "收回多少份。", "satisfied": "满意和基本满意的一共多少份。",
}  # fmt: skip
POINT_NUMBERS = {key: FormField(key, NUMBER_NAMES[key], "number", help=about) for key, about in ABOUT_NUMBERS.items()}
"""The numbers that a kind may have, by their key."""
POINT_FOUND = (
    FormField("role", "身份", help="监督员、人大代表、政协委员、上级单位等。"),
    FormField("found", "发现了什么", "long", help="照实写好的和不足的。"),
)
"""What an inspection has besides."""
POINT_MEND = (
    FormField("mend", "要改什么", help="没有要改的，这几项都不填。"),
    FormField("mend_by", "谁改", help="科室或者人名。"),
    FormField("mend_until", "限期", help="哪天以前改好；过了会列在【今日】上面。"),
    FormField("mended_on", "改好日期", help="改好了再填，也可以在列表里按 F4。"),
)
"""What is to be mended, if anything is."""
TICK = (
    FormField("there", "有没有", "choice", tuple(STATES.items())),
    FormField("by", "谁核对的", help="姓名。", required=True),
    FormField("on", "核对日期", help="不填就是今天。", placeholder="今天"),
    FormField("remark", "备注", help="缺的写怎么补；有的写放在哪里。"),
)
"""One thing on the list of what must lie out."""
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
WHOLE, GOOD_ONLY = "whole", "good"
LEAVE, UPDATE = "leave", "update"
TRANSLATION_FILE = (
    FormField("file", "文件", help="填好的翻译表（xlsx）放在哪里，写全路径；也可以拖进来。", required=True),
)
"""A table of translations that comes back."""
QUESTION_FILE = (
    FormField("file", "清单文件", help="文件的位置，可以从文件管理器里复制。", required=True),
    FormField(
        "bad",
        "有不对的",
        "choice",
        ((WHOLE, "一条也不收，先改好"), (GOOD_ONLY, "只收好的部分")),
        "不对的是哪一格，都会列出来。",
    ),
    FormField(
        "known",
        "已经有的",
        "choice",
        ((LEAVE, "不动"), (UPDATE, "照清单更新")),
        "问题一样的就是已经有的；更新以后，清单没有写谁核对的，带【未核】。",
    ),
)
"""A list of questions, on its way in."""
