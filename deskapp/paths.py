"""Where things lie: one data directory, private to its user."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import platformdirs

from deskapp.errors import DeskError, os_reason, readable, shortened

NETWORK_FILESYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "ncpfs"}
REGISTER, CATALOGUE = "register.db", "公开目录.db"
TEXTS = "公开目录全文"  # the folder of the catalogue's full texts, each under the name of its content
PAPERS = "案卷材料"  # the folder of the papers on file, each under its hash
VIEWED = ".看"  # the folder of copies that somebody is looking at just now
KEYS = "钥匙"  # the folder of the passwords of an encrypted register
LETTERS = "文书"
EXPORTS = "导出"  # files for others, with or without people
REPORTS = "年报"  # and of files of the annual report
TEMPLATES, FONTS = "templates", "fonts"  # what the office has of its own of both
BACKUPS = "backups"
CATALOGUES = "公开目录"  # the folder of the daily copies of the catalogue, among the backups
PRACTICE_DESK = "练习台"  # the folder of the practice desk in a data directory
FIRST_DESK = "入门"  # the folder of the register of the first hour
LOG = "deskapp.log"
LONGEST_NAME = 230  # bytes of a file's name; the usual file systems take 255
_NO_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]+')


def default_home() -> Path:
    """The data directory of this user: the environment's DESKAPP_HOME, or where the system keeps user data.

    Raises DeskError when the user has no home.
    """
    chosen = os.environ.get("DESKAPP_HOME")
    try:
        return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_dir("deskapp", appauthor=False))
    except (RuntimeError, KeyError) as error:
        raise DeskError("找不到这个用户的主文件夹。", "不知道数据放在哪里。", "请用 --at 写明数据文件夹。") from error


def state_folder() -> Path:
    """Where this user's programs write down what they have seen on this machine, outside of every data directory."""
    return Path(platformdirs.user_state_dir("deskapp", appauthor=False))


def register_file(home: Path) -> Path:
    """The register's file."""
    return home / REGISTER


def make_private(folder: Path) -> Path:
    """Create ``folder`` readable by its user alone, and return it. Raises DeskError when it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"不能建立文件夹 {folder}：{os_reason(error)}。", "没有存上。", "请检查磁盘和权限，或者移开同名的文件。"
        ) from error
    return folder


def file_name(words: str, ending: str) -> str:
    """A name that every file system takes for a file called by these words: no path in it, no sign that Windows refuses, short enough
    whatever was typed."""
    stem = _NO_NAME.sub("-", readable(words)).strip(" .") or "-"
    room = LONGEST_NAME - len(ending.encode())
    while len(stem.encode("utf-8", "replace")) > room:
        stem = stem[:-1]
    return stem + ending


def file_in(target: Path, stem: str, ending: str) -> Path:
    """Where a file goes for which somebody named a folder or the file itself: in a folder under a free name."""
    return free_path(target, stem, ending) if target.is_dir() else target


def was_meant_as_folder(path: Path) -> str:
    """A word about a file that was written under a name without an ending: whoever named a stick that is not there wants to know it."""
    return "" if path.suffix else f"（没有叫 {path.name} 的文件夹，写成了文件。）"


def free_path(folder: Path, stem: str, ending: str) -> Path:
    """A file of that name in ``folder`` that is not there yet: the second is called （2）, and so on."""
    marks = ("", *(f"（{n}）" for n in range(2, 10_000)))
    names = (file_name(stem, mark + ending) for mark in marks)
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def typed_path(text: str) -> Path:
    """The path that somebody typed, pasted, or dropped into the terminal. Raises DeskError for what can be none."""
    try:
        path = as_shown(Path(pasted(text)).expanduser())
        path.exists()  # which raises for a name that no file can have
    except (OSError, ValueError, RuntimeError) as error:
        raise DeskError("这个路径用不了。", "没有动任何文件。", "请写文件或者文件夹的全路径。") from error
    return path


def as_shown(path: Path) -> Path:
    """The file that is there under a name that people read so: one whose name is in GBK bytes is found by what it says. The path itself
    where there is none. Raises OSError, ValueError for what can be no path."""
    if os.path.lexists(path) or not path.name or path.parent == path:
        return path
    folder = as_shown(path.parent)
    with suppress(OSError):
        for name in os.listdir(folder):
            if not name.isprintable() and readable(name) == path.name:
                return folder / name
    return folder / path.name


def pasted(text: str) -> str:
    """A path as it was dropped into the terminal, or copied from a file manager, without what those lay around it: quotes, ``file://`` with
    its percent signs, backslashes before blanks. A path that was typed stays as it is."""
    line = text.strip()
    if line.startswith("file://"):
        return unquote(line.removeprefix("file://"))
    if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"":
        inside = line[1:-1]
        return inside.replace("'\\''", "'") if line[0] == "'" else inside
    if os.sep == "/" and "\\" in line and not os.path.lexists(line):
        return re.sub(r"\\(.)", r"\1", line)
    return line


def typed_folder(text: str) -> Path:
    """The folder that somebody typed. Raises DeskError when it is not there."""
    path = typed_path(text)
    if not path.is_dir():
        raise DeskError(f"没有文件夹 {path}。", "没有动任何文件。", "U盘插好了吗？请写已经有的文件夹的全路径。")
    return path


def on_network_share(path: Path, mounts: str | None = None) -> bool:
    """Whether ``path`` lies on a network file system; ``mounts`` is the text of /proc/mounts, read when not given."""
    if sys.platform == "win32":
        return str(path).startswith("\\\\")
    if mounts is None:
        table = Path("/proc/mounts")
        mounts = table.read_text(encoding="utf-8", errors="replace") if table.is_file() else ""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) >= 3:
            point = fields[1].replace("\\040", " ")
            inside = path.resolve().is_relative_to(point)
            if inside and len(point) >= len(best):
                best, kind = point, fields[2]
    return kind in NETWORK_FILESYSTEMS


@dataclass
class Where:
    """The data directory that the options of this run name; None until they are read, or when they name none."""

    at: Path | None = None


def data_home(at: Path | None) -> Path:
    """The data directory that is named, or else the one of this user. Raises DeskError when a file stands there."""
    home = at or default_home()
    if home.exists() and not home.is_dir():
        raise DeskError(
            f"{shortened(home)} 是一个文件，不是文件夹。", "数据要放在文件夹里。", "请用 --at 写明文件夹。"
        )
    return home
