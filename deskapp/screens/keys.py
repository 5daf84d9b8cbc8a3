"""One registry of keys: a key cannot exist without its name, its tooltip and its line in help."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Key:
    """One key: what it is called in the footer and what help says of it."""

    key: str
    name: str
    help: str


KEYS: dict[str, Key] = {
    "help": Key("f1", "帮助", "说明这一屏做什么、有哪些键、下一步是什么。"),
    "register": Key("f2", "登记", "登记一件新的申请。"),
    "search": Key("f3", "查询", "按姓名、号码、电话、拼音首字母或者内容查找。"),
    "write_letter": Key("f4", "写文书", "选择答复的种类，填写并发出文书。"),
    "toggle_preview": Key("f4", "看文书", "在填写和文书样子之间切换。"),
    "serve": Key("f5", "送达", "记下文书怎样送到、哪天送到。"),
    "note": Key("f6", "记事", "记下补正、征求意见、延期、撤回、归档。"),
    "paper": Key("f7", "打印", "打印已发出的文书，或者存成PDF。"),
    "unit": Key("f8", "单位", "填写或者修改单位资料。"),
    "save": Key("f9", "确定", "检查并完成这一屏的事。"),
    "open_selected": Key("enter", "打开", "打开光标所在的一行。"),
    "back": Key("escape", "返回", "回到上一屏。"),
    "quit": Key("ctrl+q", "退出", "关闭登记台。"),
}


def bind(action: str, name: str | None = None, *, show: bool = True, priority: bool = False) -> Binding:
    """The binding of a registered action, with another name in the footer if a screen wants one."""
    key = KEYS[action]
    shown = {"escape": "Esc", "enter": "Enter", "ctrl+q": "Ctrl+Q"}.get(key.key, key.key.upper())
    return Binding(
        key.key,
        action,
        name or key.name,
        id=action,
        tooltip=key.help,
        key_display=shown,
        show=show,
        priority=priority,
    )
