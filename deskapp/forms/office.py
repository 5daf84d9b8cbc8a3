"""The forms of the office."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.desk.cases.fees import STANDARDS
from deskapp.desk.office.machine import CURTAINS, THEMES, TYPES
from deskapp.desk.office.staff import NO, PINS, YES
from deskapp.forms.fields import FormField, in_groups
from deskapp.law.remedies import unit_kinds
from deskapp.law.table_two import TwoLine
from deskapp.unit import LABELS, UnitProfile

PAPERS = (("letter", "信函格式（红线）"), ("preprinted", "预印红头纸"), ("red_head", "红头文件"), ("plain", "白纸"))
SEALED = (("yes", "盖章"), ("no", "不盖章"))
FIRST_DAY = (("next", "收到次日起算"), ("same", "收到当日起算"))
REVIEWS = (("", "不另加"), ("head", "审核"), ("legal", "法律顾问"), ("head,legal", "审核和法律顾问"))
ASKED = (("none", "不要求"), ("answers", "每份答复都要"), ("all", "有文号的都要"))
KEEP, NONE, SET = "keep", "none", "set"  # what becomes of the PIN of the curtain
UNIT = in_groups(
    (
        FormField("name", "机关全称", help="照公章写，例如 青山县柳河镇人民政府。", required=True),
        FormField("kind", "机关类别", "choice", tuple(unit_kinds().items()), "决定复议机关是谁。"),
        FormField(
            "letter_word",
            "机关代字",
            help="依申请公开文书的文号前面的字，例如 柳政依复〔2026〕1号里的 柳政依复。不要用普通公文的字（柳政），不然号会和普通公文混在一起。",
            required=True,
            placeholder="例如 柳政依复",
        ),
        FormField(
            "site_code",
            "登记点代码",
            help="登记号前面的大写字母，例如 LH-2026-0001里的 LH；一般用地名的拼音首字母。",
            required=True,
            placeholder="例如 LH",
        ),
        FormField("address", "地址", help="申请人来人、来信的地址。", required=True),
        FormField("phone", "联系电话", help="文书末尾要写。", required=True),
        FormField(
            "review_body",
            "复议机关",
            help="乡镇和县级部门写县级人民政府的全称；有两个的，用【或者】连起来。",
            required=True,
        ),
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
        FormField("second_look", "复核", "choice", ASKED, "第二个人看过才能发出；复核的人不能是发出的人。"),
        FormField("sign_off", "签发", "choice", ASKED, "领导签发了才能取文号；谁可以签发，在【人员】里写。"),
        FormField("first_day", "首日算法", "choice", FIRST_DAY, "一般从次日起算；有的地方要求收到当日也算。"),
        FormField("paper", "用纸", "choice", PAPERS, "答复一般用信函格式。"),
        FormField("sealed", "盖章", "choice", SEALED, "盖章的，署名上面空两行留给印章；不盖章的空一行。"),
    ),
    ("name", "本机关"),
    ("address", "文书上写的"),
    ("contact", "联系和缴费"),
    ("review_address", "复议和诉讼"),
    ("reviews", "怎样办"),
)
"""The particulars of the unit."""
VALID_FROM = FormField("valid_from", "从哪天起用", help="不填就是今天。以前发出的文书不变。", placeholder="今天")
"""From when on they hold, asked where there are some already."""
COLLEAGUE = (
    FormField("name", "姓名", help="照身份证写；同名的两个人，职务要写得分得开。", required=True),
    FormField("post", "职务", help="例如 窗口、党政办主任；没有的不填。"),
    FormField("may_sign", "可以签发", "choice", ((NO, "不可以"), (YES, "可以")), "文书发出以前由他签发的，选可以。"),
    FormField("since", "从哪天起", help="不填就是今天。", placeholder="今天"),
    FormField("until", "到哪天为止", help="最后一天；还在的不填。以前记的都留着。"),
    FormField("use", "他的密码", "choice", tuple(PINS.items()), "换到他、他签发的时候要输入。可以不要。"),
    FormField("pin", "新密码", "secret", help="4到32位，数字字母都可以。"),
)
"""One of the office's people."""
OLD_PIN = FormField("old_pin", "原来的密码", "secret", help="改密码、去掉密码的填；忘了的，记下离开，再重新添。")
"""Asked where he has one."""
HANDOVER = (
    FormField("from_whom", "移交人", required=True),
    FormField("to_whom", "接收人", required=True),
    FormField("witness", "监交人", help="没有的不填。"),
    FormField("things", "物品和资料", "long", help="一行一样：案卷、备份U盘、印章、钥匙等。"),
)
"""What the hand-over sheet says."""
CALENDAR = (
    FormField(
        "file",
        "文件",
        help="放假安排的文件（.toml 或者 .csv）放在哪里，例如 U盘里的 2027.csv 的全路径。",
        required=True,
    ),
    FormField("title", "通知的名称", help="csv 文件要填：国务院办公厅关于2027年部分节假日安排的通知。"),
    FormField("number", "文号", help="csv 文件要填通知的文号。"),
    FormField("place", "地方假日", help="地方的假日（如三月三）填地名，全国的不填。"),
)
"""The file of a year's holidays."""
FEE = (
    FormField(
        "standard",
        "计收标准",
        "choice",
        tuple(STANDARDS.items()),
        "按件：一个自然月里累计多少件；按量：一共多少页。",
    ),
    FormField("units", "件数或者页数", "number", help="填数字。", required=True),
    FormField(
        "already",
        "其中已收过费的",
        "number",
        help="这个月前面已经发过收费通知的，填到第几件、第几页为止；没有的不填。",
    ),
)
"""What a fee is worked out from."""
BACKUP = (
    FormField("folder", "备份到", help="U盘或者文件夹的路径；文件名由程序按日期起。", required=True),
    FormField("password", "密码", "secret", help="不填就不加密。加了密码的，忘记密码谁也打不开。"),
)
"""Where a backup goes."""
BUNDLE = (
    FormField("folder", "写到", help="U盘或者文件夹的路径；文件名由程序起。", required=True),
    FormField("key", "县里的钥匙文件", help="县里给的 .key 文件；用过一次就记住，以后不填。"),
    FormField("after", "从第几条以后", help="平常不填。县里说缺第101至200条，就填100。"),
)
"""A bundle for the county."""


def machine_form(printers: Sequence[str], has_pin: bool) -> tuple[FormField, ...]:
    """What belongs to this computer: the usual one of ``printers``, light or dark, the PIN of the curtain."""
    pins = (
        (KEEP, "不变（已经有密码）" if has_pin else "不要密码"),
        (SET, "设新密码"),
        (NONE, "取消密码"),
    )
    return in_groups(
        (
            FormField("printer", "常用打印机", "choice", (("", "（每次选）"), *((name, name) for name in printers))),
            FormField("theme", "深浅色", "choice", tuple(THEMES.items())),
            FormField(
                "type", "查阅的字号", "choice", tuple(TYPES.items()), "查阅模式开始用的字号，看的人可以自己换。"
            ),
            FormField(
                "duty",
                "谁值班",
                help="查阅的人看得到：写职务或者工号，例如 2号窗口，不写姓名；空着就不显示。",
                placeholder="不显示",
            ),
            FormField(
                "scan",
                "扫描文件夹",
                help="扫描仪存文件的文件夹，写全路径；入卷时从那里选。没有扫描仪的空着。",
                placeholder="没有",
            ),
            FormField("use", "遮屏密码", "choice", pins, "离开时按 Ctrl+L 遮住屏幕，回来要不要输入密码。"),
            FormField(
                "curtain", "遮屏范围", "choice", tuple(CURTAINS.items()), "同一本登记簿开着几个窗口的，一起遮住。"
            ),
            FormField("pin", "新密码", "secret", help="6到32位，数字字母都可以。忘了可以退出重开，再到这里改。"),
            FormField(
                "hall",
                "大厅里的登记簿",
                "long",
                help="几个机关的登记簿都在这台电脑上的，一行一个文件夹；按 Ctrl+E 换着开。",
            ),
        ),
        ("printer", "这台电脑"),
        ("type", "查阅模式"),
        ("use", "遮屏"),
        ("hall", "大厅"),
    )


AGAINST = (
    FormField("signs", "纸上的校验", help="照纸上印的写，例如 192-1a2b3c4d；几个用空格分开。"),
    FormField("key", "钥匙文件", help="U盘上签校验的钥匙的全路径；没有用钥匙签过的不填。"),
)
"""What the register is compared with: signs on paper, a key that seals were signed with."""
PASS_ON = (
    FormField("case_no", "登记号", help="属于别的机关、在这里代收的那一件；没有发过告知的才能移交。", required=True),
    FormField("to", "移交给", help="对方机关的全称。", required=True),
    FormField("folder", "写到", help="U盘或者文件夹的路径；文件名由程序起。", required=True),
)
"""An application that belongs to another office."""
PASSED_IN = (FormField("file", "移交来的文件", help="对方给的【移交】开头的 zip 文件的全路径。", required=True),)
REPORT_FILE = (
    FormField(
        "file",
        "年报文件",
        help="公布的网页、Word、PDF、表格，可以从文件管理器里复制位置，也可以把文件拖进来。",
        required=True,
    ),
    FormField("year", "年份", "number", help="不填就照文件里写的。", placeholder="照文件里写的"),
)
"""A report that was written or published."""
FILE_IN = (FormField("file", "文件", help="文件的位置，可以从文件管理器里复制。", required=True),)


def table_two_form(lines: Sequence[TwoLine]) -> tuple[FormField, ...]:
    """A field for each number of table two."""
    return tuple(
        FormField(
            f"{line.key}-{n}",
            f"{line.name}　{column}",
            "number",
            help=f"条例{line.block}：{line.name}，{column}。没有的填0。",
        )
        for line in lines
        for n, column in enumerate(line.columns)
    )


def changed_particulars(here: UnitProfile, there: UnitProfile) -> list[str]:
    """What differs between two versions of the unit's particulars, a line each: 联系电话：【…】换成【…】."""
    shown = {field.key: dict(field.choices) for field in UNIT}

    def said(key: str, value: object) -> str:
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        return shown.get(key, {}).get(text, text) or "（空）"

    before, after = here.model_dump(), there.model_dump()
    return [
        f"{LABELS[key]}：【{said(key, before[key])}】换成【{said(key, after[key])}】"
        for key in after
        if before[key] != after[key]
    ]
