"""单位: the particulars without which no lawful letter can be written. On a new desk it comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.errors import DeskError
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.unit import KIND_NAMES, LABELS, UnitProfile, read_profile
from deskapp.widgets.prose import Prose

PAPERS = (("letter", "信函格式（红线）"), ("preprinted", "预印红头纸"), ("red_head", "红头文件"), ("plain", "白纸"))
DOUBTFUL = (("both", "复议、诉讼都写"), ("review_only", "只写复议"))
FIRST_DAY = (("next", "收到次日起算"), ("same", "收到当日起算"))
REVIEWS = (("", "不另加"), ("head", "审核"), ("legal", "法律顾问"), ("head,legal", "审核和法律顾问"))
FROM = FormField("valid_from", "从哪天起用", help="不填就是今天。以前发出的文书不变。", placeholder="今天")
FIELDS = (
    FormField("name", "机关全称", help="照公章写，例如 青山县柳河镇人民政府。", required=True),
    FormField("kind", "机关类别", "choice", tuple(KIND_NAMES.items()), "决定复议机关是谁。"),
    FormField("letter_word", "机关代字", help="文号前面的字，例如 柳政依复。", required=True),
    FormField("site_code", "登记点代码", help="登记号前面的大写字母，例如 LH。", required=True),
    FormField("address", "地址", help="申请人来人、来信的地址。", required=True),
    FormField("phone", "联系电话", help="文书末尾要写。", required=True),
    FormField("review_body", "复议机关", help="乡镇和县级部门写县级人民政府的全称。", required=True),
    FormField("court", "管辖法院", help="写法院全称；实行集中管辖的写集中管辖的法院。", required=True),
    FormField("contact", "联系人", help="文书末尾和登记记录里用。"),
    FormField("postcode", "邮政编码", help="六位数字。"),
    FormField("office_hours", "办公时间", help="回执里告诉申请人。"),
    FormField("email", "电子邮箱", help="收申请的邮箱；没有的不填。"),
    FormField("website", "网址", help="本机关或者上级的政府信息公开网址。"),
    FormField("payment", "缴费方式", help="收信息处理费时告诉申请人怎样缴。"),
    FormField("review_address", "复议机关地址", help="没有的不填。"),
    FormField("court_address", "法院地址", help="没有的不填。"),
    FormField("review_online", "网上复议渠道", help="网上送达答复时必须告知；没有的不填。"),
    FormField("reviews", "一律要的意见", "choice", REVIEWS, "答复种类本来要的意见以外，每份答复还要谁看过。"),
    FormField("first_day", "首日算法", "choice", FIRST_DAY, "一般从次日起算；有的地方要求收到当日也算。"),
    FormField("paper", "用纸", "choice", PAPERS, "答复一般用信函格式。"),
    FormField(
        "doubtful_remedies",
        LABELS["doubtful_remedies"],
        "choice",
        DOUBTFUL,
        "不予重复处理、信访、出版物、查询事项、需要加工这几类，能不能起诉有争议；请问法律顾问。",
    ),
)


def profile_of(values: dict[str, str], kept: UnitProfile | None) -> UnitProfile:
    """The profile of a filled form; keys the form does not show stay as they were. Raises DeskError."""
    rest = kept.model_dump() if kept else {}
    typed: dict[str, object] = {key: value.strip() for key, value in values.items() if key != FROM.key}
    typed["site_code"] = str(typed["site_code"]).upper()
    typed["reviews"] = [review for review in str(typed["reviews"]).split(",") if review]
    return read_profile({**rest, **typed}, "单位资料")


class UnitScreen(FormScreen):
    """The unit's particulars; saved as a new version from today on."""

    NAME = "单位"
    PURPOSE = "填写本单位的资料。带 * 的必须填写，没有它们，文书不合法或者不能编号。复议机关和法院会写进每份答复。改了以后只用于以后的文书，以前的不变。"
    BINDINGS: ClassVar[list[BindingType]] = [bind("check_unit"), bind("save", "保存"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "unit"

    def body(self) -> Iterable[Widget]:
        """Which versions there are, then one form."""
        yield Prose(Text("；".join(self.desk.upkeep.unit_versions())), id="versions")
        yield self.form_of((*FIELDS, FROM), values_of(self.desk.lookup.unit()))

    def action_check_unit(self) -> None:
        """Show a letter with these particulars."""
        profile = checked_profile(self.query_one(FormView), self.desk.lookup.unit())
        if profile:
            self.go("specimen", profile)

    def save(self) -> None:
        """Check and keep."""
        form = self.query_one(FormView)
        kept = self.desk.lookup.unit()
        profile = checked_profile(form, kept)
        if profile is None:
            return
        typed = form.values()["valid_from"]
        day = self.attempt(lambda: self.desk.upkeep.first_day_of(typed))
        if day is None:
            form.focus_field("valid_from")
            return
        if profile != kept and not self.succeeds(lambda: self.desk.upkeep.save_unit(profile, day)):
            return
        self.finish(f"单位资料已保存，从{day}起使用。" if profile != kept else "单位资料没有变。")


def values_of(profile: UnitProfile) -> dict[str, str]:
    """The particulars as the form shows them."""
    values = {key: str(value) for key, value in profile.model_dump().items()}
    return {**values, "reviews": ",".join(profile.reviews)}


def checked_profile(form: FormView, kept: UnitProfile | None) -> UnitProfile | None:
    """The profile in the form, or None with the bad field marked."""
    values = form.values()
    try:
        profile = profile_of(values, kept)
    except DeskError as error:
        bad = error.field if error.field in LABELS else "name"
        form.mark_problems({bad: f"{LABELS.get(bad, '')}：{error.meaning}{error.todo}"})
        form.focus_field(bad)
        return None
    return profile
