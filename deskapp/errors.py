"""The one way the program refuses: what happened, what it means, what to do. Never another person's data."""

from __future__ import annotations

import errno
import re

_BYTE = "\udc80-\udcff\x80-\u07ff0-9@-~"  # what the bytes of a name in GBK may look like, read as UTF-8
_IN_GBK = re.compile(f"[{_BYTE}]*[\udc80-\udcff][{_BYTE}]*")


def readable(text: str) -> str:
    """A text with the names of files as people read them: one that is no UTF-8 came from a system that writes GBK, and its bytes stand in
    the text as signs that no terminal and no file of ours takes. What is neither is shown as U+FFFD."""
    if text.isprintable():
        return text
    found = _IN_GBK.sub(_from_gbk, text)
    return re.sub("[\ud800-\udfff]", "\ufffd", found)


def _from_gbk(found: re.Match[str]) -> str:
    try:
        return found[0].encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return found[0]


class DeskError(Exception):
    """A refusal in three Chinese sentences; nothing has been changed when it is raised.

    The sentences are for people; programs go by ``field``, the key of the field of a form that has to be put right, and by
    ``code``, where somebody has to tell this refusal from others.
    """

    def __init__(self, what: str, meaning: str, todo: str, field: str = "", *, code: str = "") -> None:
        what, meaning, todo = readable(what), readable(meaning), readable(todo)
        super().__init__(what, meaning, todo, field)  # what another process is sent is made again of them
        self.what, self.meaning, self.todo, self.field, self.code = what, meaning, todo, field, code

    @classmethod
    def of(cls, error: Exception) -> DeskError:
        """A refusal of the law's or the press's room, whose one text says all three already."""
        return cls(str(error), "", "")

    def __str__(self) -> str:
        return "".join(part for part in (self.what, self.meaning, self.todo) if part)


_REASONS = {
    errno.ENOENT: "没有这个文件或者文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额满了",
    errno.EROFS: "那里是只读的",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "那是一个文件夹",
    errno.EEXIST: "那里已经有同名的文件",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.EIO: "读写设备出错，U盘可能松了或者拔掉了，磁盘也可能坏了",
    errno.ENODEV: "设备不在了，U盘可能拔掉了",
    errno.ENXIO: "设备不在了，U盘可能拔掉了",
    errno.ESTALE: "网络上的文件夹断开了",
    errno.ENOTCONN: "网络上的文件夹断开了",
    errno.ETIMEDOUT: "设备没有回应",
    errno.ELOOP: "链接绕了圈",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "文件正被别的程序占用",
    errno.EBADF: "输入或者输出已经关闭",
}


class InPlace(OSError):
    """A new file has its name, and the disk did not say that it is written for good, nor could it be taken away again."""


def os_reason(error: OSError) -> str:
    """Why the system refused, in Chinese."""
    reason = _REASONS.get(error.errno or 0, "系统不允许")
    return f"{reason}（新的文件已经在那里，不能确定写稳了没有，请核对）" if isinstance(error, InPlace) else reason


def disk_fault(error: OSError) -> str:
    """What is said of a step at the desk that the system refused."""
    return f"文件读写出错：{os_reason(error)}。这一步没有做完，以前存的都在。"


def shortened(value: object, most: int = 40) -> str:
    """A value as it may stand in a sentence: at most ``most`` characters."""
    text = str(value)
    return text if len(text) <= most else text[:most] + ".."
