"""单位: the particulars without which no lawful letter can be written. On a new desk it comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from deskapp.errors import DeskError
from deskapp.forms.fields import FormField
from deskapp.forms.view import FormView
from deskapp.screens.base import FormScreen
from deskapp.screens.keys import bind
from deskapp.unit import KIND_NAMES, LABELS, UnitProfile, read_profile

PAPERS = (("letter", "信函格式（红线）"), ("preprinted", "预印红头纸"), ("red_head", "红头文件"), ("plain", "白纸"))
DOUBTFUL = (("both", "复议、诉讼都写"), ("review_only", "只写复议"))
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
    FormField("postcode", "邮政编码"),
    FormField("office_hours", "办公时间", help="回执里告诉申请人。"),
    FormField("review_online", "网上复议渠道", help="网上送达答复时必须告知；没有的不填。"),
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
    typed: dict[str, object] = {key: value.strip() for key, value in values.items()}
    typed["site_code"] = str(typed["site_code"]).upper()
    return read_profile({**rest, **typed}, "单位资料")


class UnitScreen(FormScreen):
    """The unit's particulars; saved as a new version from today on."""

    NAME = "单位"
    PURPOSE = "填写本单位的资料。带 * 的必须填写，没有它们，文书不合法或者不能编号。复议机关和法院会写进每份答复。改了以后只用于以后的文书，以前的不变。"
    CSS_PATH = "unit.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bind("save", "保存"), bind("back"), bind("help")]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "unit"

    def body(self) -> Iterable[Widget]:
        """One form."""
        values = {key: str(value) for key, value in self.desk.lookup.unit().model_dump().items()}
        yield FormView(FIELDS, self.restored(values))

    def action_save(self) -> None:
        """Check and keep."""
        form = self.query_one(FormView)
        kept = self.desk.lookup.unit()
        profile = checked_profile(form, kept)
        if profile is None:
            return
        if profile != kept and not self.succeeds(lambda: self.desk.upkeep.save_unit(profile)):
            return
        self.finish("单位资料已保存，从今天起使用。")


def checked_profile(form: FormView, kept: UnitProfile | None) -> UnitProfile | None:
    """The profile in the form, or None with the bad field marked."""
    values = form.values()
    try:
        profile = profile_of(values, kept)
    except DeskError as error:
        bad = next((f.key for f in FIELDS if f"“{f.key}”" in error.what), "name")
        form.mark_problems({bad: f"{LABELS.get(bad, '')}：{error.meaning}{error.todo}"})
        form.focus_field(bad)
        return None
    return profile
