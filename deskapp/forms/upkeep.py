"""The forms of what is done to a whole register: a backup brought back, the passwords of one that is encrypted."""

from __future__ import annotations

from deskapp.forms.fields import FormField

RESTORE = (
    FormField("file", "备份文件", help="备份的全路径；旁边的另一个文件要放在一起。", required=True),
    FormField("to", "恢复到", help="一个新的文件夹，或者空的。现在这本的文件夹不能用。", required=True),
    FormField("password", "密码", "secret", help="登记簿密码，或者备份时的密码；都没有的不填。"),
)
"""A backup that becomes a register again."""
PASSWORDS = (
    FormField("name", "姓名", help="给谁设、换、去掉密码。"),
    FormField("password", "新的密码", "secret", help="打开登记簿要输入；忘了的，用恢复单。"),
    FormField("again", "再输一遍", "secret", help="照样再输一遍。"),
    FormField("folder", "恢复单写到", help="U盘或者文件夹；写好两个PDF，打印出来两个人分开保管，再删去文件。"),
)
"""The passwords of an encrypted register, and its two sheets."""
