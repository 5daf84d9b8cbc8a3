"""The form in which two people answer for erasing what is known of others."""

from __future__ import annotations

from deskapp.forms.fields import FormField

ERASE = (
    FormField("second", "监督的人", help="另一个人的姓名；删除要有两个人，都签在证明上。", required=True),
    FormField("why", "理由", help="批准的文件，或者鉴定的意见，例如 2037年1月5日鉴定小组意见。", required=True),
)
"""Who else answers for it, and why."""
