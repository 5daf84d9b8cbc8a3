"""The forms about an application: registration, the mail, an opinion, a delivery."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.desk.cases.applicants import ASKED_BY, AUTHORITY
from deskapp.desk.cases.intake import NOT_YET, SEVERAL
from deskapp.desk.cases.mail_log import KIND_NAMES
from deskapp.desk.cases.reviews import AGAINST, AGREE, HOW
from deskapp.forms.fields import Choices, FormField, in_groups
from deskapp.law.annual_report import class_names
from deskapp.law.case_file import FiledPaper
from deskapp.law.categories import REVIEW_NAMES
from deskapp.law.identity import PAPERS
from deskapp.law.receipt import channel_names

INTAKE = in_groups(
    (
        FormField(
            "channel",
            "收到方式",
            "choice",
            tuple(channel_names().items()),
            "先选申请是怎样来的，它决定哪一天算收到。",
        ),
        FormField(
            "received_on", "收到日期", help="不填就是今天。可写成 20260305、2026-03-05 或 3-5。", placeholder="今天"
        ),
        FormField("mail_number", "邮件号", help="照信封上的条码抄。"),
        FormField("signed_by", "信件签收人", help="谁签收的；门卫、收发室签收也算收到。"),
        FormField(
            "handed_over_on",
            "到登记台",
            help="哪天到登记台的。挂号信晚交，不影响收到日期；平信、网络、传真，收到日期填与申请人确认的那一天。",
            placeholder="今天",
        ),
        FormField(
            "confirmed",
            "与申请人确认",
            "choice",
            (("", "已经确认收到"), (NOT_YET, "还没有联系上")),
            "平信、网络、传真，确认之日才是收到之日。没有联系上的也先登记，收到日期填来的那天；确认了按 F6 记【确认收到申请】。",
        ),
        FormField("difficulty", "口头的原因", help="为什么不能书面提出，例如 视力障碍、不识字。", required=True),
        FormField(
            "applicant",
            "申请人",
            help="个人写姓名，单位写全称，照身份证明写；几个人一起的，写联系的那一位。",
            required=True,
        ),
        FormField("applicant_class", "申请人类别", "choice", tuple(class_names().items()), "年报要按类别统计。"),
        FormField("id_number", "证件号码", help="照证件写；没有出示的不填。"),
        FormField("phone", "联系电话", help="答复和确认都要用。"),
        FormField("address", "通信地址", help="邮寄答复用。"),
        FormField("content", "申请内容", "long", help="照申请表写所需信息的名称、文号或者特征。", required=True),
        FormField(
            "several",
            "里面有几项",
            "choice",
            (("", "只有一项"), (SEVERAL, "有几项，一行一项分开登记")),
            "一份申请里有几项不相干的，可以一项一行分开登记、分开答复；收到日期和期限不变，不要申请人重交。",
        ),
        FormField("delivery_form", "获取方式", help="申请人要求的形式和途径，例如 纸质、邮寄、电子邮件。"),
        FormField("remark", "备注"),
        FormField(
            "asked_by",
            "谁来申请",
            "choice",
            tuple(ASKED_BY.items()),
            "代理人、监护人来办，或者几个人一起申请的，选了再填他们。",
        ),
        FormField("agent", "代理人", help="照身份证明写姓名。", required=True),
        FormField(
            "authority_paper", "授权委托书", "choice", tuple(AUTHORITY.items()), "没有交的也先登记，以后请他补正。"
        ),
        FormField("authority", "委托的权限", help="照委托书写事项和权限，例如 代为申请、补正、签收。", required=True),
        FormField("authority_until", "委托到哪天", help="委托书没有写期限的不填。"),
        FormField("agent_id_number", "代理人证件", help="代理人的证件号码。"),
        FormField("agent_phone", "代理人电话"),
        FormField("agent_address", "代理人地址", help="申请人没有写通信地址的，文书寄到这里。"),
        FormField("guardian", "监护人", help="照身份证明写姓名。", required=True),
        FormField("guardian_relation", "与申请人关系", help="例如 父亲、母亲、居民委员会。"),
        FormField("guardian_id_number", "监护人证件", help="监护人的证件号码。"),
        FormField("guardian_phone", "监护人电话"),
        FormField(
            "others",
            "一起申请的人",
            "long",
            help="一人一行：姓名｜证件号码｜电话｜地址；后面几项没有的不写。",
            required=True,
        ),
        FormField(
            "representatives", "推选的代表", help="超过10人的要推选2到5名，姓名用、分开；还没有推选的写 未推选。"
        ),
        FormField("legal_representative", "法定代表人", help="单位申请的，照登记证书写法定代表人或者负责人的姓名。"),
        FormField(
            "id_kind",
            "证件类型",
            "choice",
            (("", "（照号码看）"), *PAPERS.items()),
            "不是身份证、信用代码的要选，号码就不会被当成写错。",
        ),
        FormField("postcode", "邮政编码", help="不知道的不填。"),
        FormField("email", "电子邮箱", help="要用电子邮件答复的必须有。"),
    ),
    ("channel", "从哪里来"),
    ("applicant", "谁"),
    ("content", "要什么"),
    ("asked_by", "谁来办，还有什么要记"),
)
"""An application is registered."""
MAIL = in_groups(
    (
        FormField(
            "kind",
            "哪一类",
            "choice",
            tuple(KIND_NAMES.items()),
            "平信、网络、传真要与申请人确认，确认之日才算收到。",
        ),
        FormField("number", "邮件号", help="照信封上的条码抄；平信、网络、传真不填。"),
        FormField("sender", "寄件人", help="照信封写。"),
        FormField("signed_by", "谁签收", help="门卫、收发室的人也写姓名。"),
        FormField("signed_on", "签收日期", help="不填就是今天。", placeholder="今天"),
        FormField("reached_on", "送到登记台", help="哪天交到登记台；还没有交的不填。"),
        FormField("remark", "备注"),
    ),
    ("kind", "哪一封"),
    ("signed_by", "谁签收，哪天"),
)
"""What the guardroom signed for."""
SET_ASIDE = (
    FormField("why", "为什么不登记", help="例如：会议通知、广告。要信息公开的，内容像信访也先登记。", required=True),
)
"""Why something that came in is no application."""
OPINION = (
    FormField("review", "哪一项", "choice", tuple(REVIEW_NAMES.items()), "标着【必须有】的，没有就发不出答复。"),
    FormField("who", "谁的意见", help="写姓名或者单位，照签字的人写。", required=True, ready=True),
    FormField(
        "verdict",
        "对拟作的答复",
        "choice",
        (("", "（请选择）"), (AGREE, "同意"), (AGAINST, "不同意")),
        "照签的意见选。上面选的是第三方意见的，选他同意不同意公开。",
    ),
    FormField("opinion", "意见", help="照签的意见写；只写了【同意】的可以不填。"),
    FormField("on", "日期", help="签意见的那一天；不填就是今天。", placeholder="今天"),
)
"""What somebody says in a box of review."""
OPINION_OF_TEXT = (
    FormField("how", "怎么签的", "choice", tuple(HOW.items()), "领导在这里的，让他自己输入密码。"),
    FormField("pin", "他的密码", "secret", help="本人在这里的输入；照纸上记的不填。"),
)
"""What is asked besides of one that is given to the text as it stands."""

TO_REDACT = (
    FormField("file", "文件", help="材料的位置，PDF 或者图片，可以从文件管理器里复制。", required=True),
    FormField(
        "pages", "只给哪几页", help="例如 1-3,7；全都给的不填。没有选的不在复制件里，为什么不给要在答复书里写明。"
    ),
    FormField("words", "另外要遮的词", "long", help="一行一个，照纸上的写法写；不填也行，后面还可以添。"),
)
"""Which paper is to be covered in part."""


def delivery_form(letters: Choices, ways: Choices) -> tuple[FormField, ...]:
    """How a letter was delivered: one of those that wait, one of the lawful ways."""
    return in_groups(
        (
            FormField("letter_id", "文书", "choice", letters, "选择送的是哪一份。"),
            FormField("way", "送达方式", "choice", ways, "照实际的方式选。"),
            FormField("on", "送达日期", help="不填就是今天。当面送填签收日，邮寄填交邮日。", placeholder="今天"),
            FormField(
                "proof",
                "凭证号",
                help="邮寄的必须填邮件号，照邮政收据抄；拒绝签收的写见证人、录像，公告的写载体和起止日期。",
            ),
            FormField(
                "signed_by",
                "签收人",
                help="照送达回证上的签名写。本人签的就是写着的；别人代收的，打字改掉。",
                ready=True,
            ),
            FormField(
                "relation",
                "与申请人关系",
                help="本人签的不填。个人：同住成年家属、代理人；单位：法定代表人、负责收件的人。邻居、同事代签不算。",
            ),
            FormField(
                "arrived_on",
                "对方收到",
                help="邮寄、网上送的，知道对方哪天收到就填；以后知道的，按 F6 记【对方收到】。",
            ),
        ),
        ("letter_id", "送哪一份"),
        ("way", "怎么送"),
        ("signed_by", "谁签收"),
    )


WHY_OFF = FormField("why", "原因", help="例如 放错了案卷、扫描得看不清，重新扫过。", required=True)


def paper_form(kinds: Sequence[FiledPaper]) -> tuple[FormField, ...]:
    """A paper for the file of a case; the first of ``kinds`` is the one that is proposed."""
    return (
        FormField(
            "file",
            "文件",
            help="PDF、JPEG、PNG、TIFF、docx；可以拖进来。只有纸质的空着。",
            placeholder="只有纸质的空着",
        ),
        FormField("kind", "种类", "choice", tuple((kind.key, kind.name) for kind in kinds)),
        FormField("name", "名称", help="案卷目录里的名称，例如 甲公司的回函；空着就是种类的名称。"),
        FormField(
            "on", "日期", help="材料上写的日期；空着的，申请书、身份证明、授权委托书照收到申请的那天，别的照今天。"
        ),
        FormField("pages", "页数", "number", help="程序数得出的不用填；只有纸质的要填。"),
        FormField("where", "页号", help="只有纸质的：在纸质案卷的哪几页，例如 第12至15页。"),
    )


RECKON = (
    FormField("received_on", "收到日期", help="收到申请那天，例如 11-20、2026-11-20。", required=True),
    FormField("asked_on", "发出补正告知", help="没有要他补正的不填。"),
    FormField("corrected_on", "收到补正", help="还没有收到的不填；期限从收到补正起重新算。"),
    FormField("extended_on", "决定延期", help="没有延期的不填。"),
)
"""The days of a clock that stands for no case."""
