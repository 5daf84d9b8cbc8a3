"""The form in which an office puts a kind of letter in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.desk.office.wordings import FACTS, MORE, PART
from deskapp.forms.fields import FormField
from letters.own import OPTIONAL, TemplatePart

_HEAD = (
    FormField(
        "title", "题目", help="印在文书最上面；照公文的写法，最后是告知书、答复书、通知书这样的文种。", required=True
    ),
    FormField(
        "articles",
        "依据",
        help="条例的哪一条，例如 第33条，几条用顿号分开。正文里引用的条文要和这里一样。",
        required=True,
    ),
    FormField(
        "valid_from",
        "从哪天起用",
        help="写今天或者以后的一天；在那以前用现在的写法，已经发出的文书不变。",
        required=True,
    ),
)
_TAIL = (
    FormField(MORE, "再加的段落", "long", help="接在正文后面；几段之间空一行。"),
    FormField(
        FACTS, "另外要填的", "long",
        help=f"模板里没有、每次要填的事实，一行一项：名称：样例，例如 进度：检索已经完成。可以不填的，名称后面写{OPTIONAL}。写好以后正文里就能用〔名称〕。",
    ),
    FormField("use_when", "什么时候用", help="选文书种类的时候看的一句话。", required=True),
    FormField("not_when", "不要用于", help="容易用错的情形，该用哪一种。"),
)  # fmt: skip
WORDINGS_OUT = (
    FormField(
        "folder",
        "写到哪里",
        help="U盘或者文件夹的全路径；不填就写到数据文件夹的【导出】里。",
        placeholder="不填：导出",
    ),
)
"""Where a file of templates for another office goes."""
WORDINGS_IN = (
    FormField(
        "file",
        "文件",
        help="别的单位给的文件在哪里，可以从文件管理器里复制，也可以拖进来。",
        required=True,
    ),
    FormField("valid_from", "从哪天起用", help="写今天或者以后的一天；对方写得更晚的，照对方的。", required=True),
)
"""A file of templates that another office gave."""
TEXT_HELP = "方括号〔〕里的由程序照登记和填的写，打 [ ] 也行，名称在右边下面；〔有【说明】才写：某某〕填了说明才印。"
FREE_HELP = "发文书的时候，这一段可以另写。"


def form_of_kind(parts: Sequence[TemplatePart]) -> tuple[FormField, ...]:
    """The head, a field for each paragraph and heading, what may be added."""
    texts = []
    for n, part in enumerate((part for part in parts if part.sort != "fixed"), 1):
        label = f"第{n}段" if part.sort == "text" else "小标题"
        kind = "long" if part.sort == "text" else "text"
        texts.append(FormField(f"{PART}{part.n}", label, kind, help=TEXT_HELP + (FREE_HELP if part.free else "")))  # type: ignore[arg-type]  # one of the two kinds
    return (*_HEAD, *texts, *_TAIL)
