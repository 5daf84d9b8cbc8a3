"""What somebody on the phone needs to know of this computer: ``deskapp --diagnose``.

Every line can be read aloud: no name, number or content of the register is in it, no name of a printer, and the user's own folder
stands as ~. What cannot be found out is said in its place, so that a broken computer can be diagnosed as well.
"""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp import __version__
from deskapp.cli import pad
from deskapp.errors import DeskError, os_reason
from deskapp.paths import LOG, default_home, on_network_share, register_file
from deskapp.register.driver import VERSION

if TYPE_CHECKING:
    from deskapp.clock import Clock

EXTRAS = {
    "python-docx": "Word文件", "pyrage": "加密的备份", "sqlcipher3": "加密的登记簿", "cryptography": "报送包", "pdfplumber": "读PDF年报",
    "python-calamine": "读旧的表格", "psycopg": "县里的数据库",
}  # fmt: skip
PARTS = ("textual", "pydantic", "sqlite-utils", "reportlab", "pypdf", "jinja2")
TERMINAL = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "STY", "SSH_TTY", "WT_SESSION", "LANG", "LC_ALL", "NO_COLOR")
SAID_ONLY = (
    "TMUX",
    "STY",
    "SSH_TTY",
    "WT_SESSION",
)  # whether they are there, not what they say: paths and names of hosts
ASKED_S, MB, LAST_LINES, NAME_WIDTH = 0.4, 1024 * 1024, 3, 16
UNSURE = "※…“·"  # signs that some consoles draw two cells wide
ENDING = "以上没有申请人的姓名、号码和申请内容，可以照着念，也可以整页发给帮忙的人。"


def diagnosis(at: Path | None, clock: Clock) -> str:
    """The lines, each a name and what is so. Raises nothing: what fails is told in its line."""
    told = [f"{pad(name, NAME_WIDTH)}{_told(find)}" for name, find in _questions(at, clock)]
    return "\n".join([*told, "", ENDING])


_OF_A_USER = re.compile(r"((?:/run)?/media/|/home/|[\\/]Users[\\/])[^/\\、，。；：）\s]+")


def _told(find: Callable[[], str]) -> str:
    try:
        return _without_home(find())
    except DeskError as error:
        return _without_home(f"没有看成：{error.what}")
    except OSError as error:
        return f"没有看成：{os_reason(error)}"
    except Exception as error:  # noqa: BLE001 - one line that fails must not take the others with it, whatever the computer has
        return f"没有看成：{type(error).__name__}"


def _without_home(text: str) -> str:
    """The text with the user's own folder as ~, and without the name of a user where systems put it into a path, as into that of a stick:
    it is mostly a person's."""
    for folder in {str(Path.home()), os.path.realpath(Path.home())}:
        text = text.replace(folder, "~") if len(folder) > 1 else text
    return _OF_A_USER.sub(r"\1…", text)


def _questions(at: Path | None, clock: Clock) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "程序", _program
    yield "系统", lambda: f"{_system()}，{platform.machine()}"
    yield (
        "Python",
        lambda: (
            f"{platform.python_version()}，{'64' if sys.maxsize > 2**32 else '32'}位，SQLite {'.'.join(map(str, VERSION))}"
        ),
    )
    yield "用到的部分", lambda: "、".join(f"{name} {version(name)}" for name in PARTS)
    yield "附加的部分", _extras
    yield "时间", lambda: f"{clock.now():%Y-%m-%d %H:%M}，时区 {time.tzname[0]}"
    yield (
        "编码",
        lambda: (
            f"终端 {getattr(sys.stdout, 'encoding', '')}，文件名 {sys.getfilesystemencoding()}，{locale.getlocale()[1] or '没有设置'}"
        ),
    )
    yield "终端", _terminal
    yield "符号宽度", _widths
    yield "数据文件夹", lambda: _folder(_home(at))
    yield "登记簿", lambda: _register(_home(at), clock)
    yield "法律数据", lambda: _law(_home(at))
    yield "打印机", _printers
    yield "出错记录", lambda: _log(_home(at))


def _home(at: Path | None) -> Path:
    return at or default_home()


def _program() -> str:
    made = "整包安装" if getattr(sys, "frozen", False) else "Python 安装"
    return f"deskapp {__version__}（{made}），在 {Path(sys.executable).parent}"


def _system() -> str:
    name = platform.platform()
    with suppress(OSError):
        name = platform.freedesktop_os_release().get("PRETTY_NAME", "") or name
    library = " ".join(platform.libc_ver()).strip()  # the kit wants glibc 2.31 or newer
    return f"{name}（{library}）" if library else name


def _extras() -> str:
    there, missing = [], []
    for package, what in EXTRAS.items():
        try:
            there.append(f"{what}（{package} {version(package)}）")
        except PackageNotFoundError:
            missing.append(what)
    return "、".join(there) + (f"；没有装：{'、'.join(missing)}" if missing else "")


def _terminal() -> str:
    size = shutil.get_terminal_size()
    known = [f"{name}={'有' if name in SAID_ONLY else os.environ[name]}" for name in TERMINAL if os.environ.get(name)]
    small = "" if size.columns >= 80 and size.lines >= 24 else "（太小，要80列、24行）"
    return f"{size.columns}列、{size.lines}行{small}，{'，'.join(known) or '没有设置'}" + (
        "" if sys.stdout.isatty() else "；这次的输出不在终端里"
    )


def _widths() -> str:
    """How many cells the terminal gives to signs of uncertain width: it is asked where the cursor stands after each."""
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return "没有问（要在终端窗口里运行）"
    asked = {sign: _columns_after(sign) for sign in UNSURE}
    if None in asked.values():
        return "终端没有回答"
    wide = "".join(sign for sign, columns in asked.items() if columns == 2)
    return f"这些画成两格：{wide}" if wide else "都是一格"


def _columns_after(sign: str) -> int | None:
    """The cells that a sign took, as the terminal answers (CPR); None without an answer."""
    import select
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    answer = ""
    try:
        tty.setcbreak(sys.stdin)
        sys.stdout.write(f"\r{sign}\x1b[6n")
        sys.stdout.flush()
        while not answer.endswith("R") and select.select([sys.stdin], [], [], ASKED_S)[0]:
            answer += os.read(sys.stdin.fileno(), 1).decode("ascii", "replace")
        sys.stdout.write("\r\x1b[K")
        sys.stdout.flush()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
    column = answer.rpartition(";")[2].removesuffix("R")
    return int(column) - 1 if column.isdigit() else None


def _folder(home: Path) -> str:
    if not home.is_dir():
        return f"{home}，还没有建"
    free = shutil.disk_usage(home).free // MB
    where = "在网络盘上（要放在本机）" if on_network_share(home) else "在本机"
    return f"{home}，{where}，还能放{free}MB，{'可以写' if os.access(home, os.W_OK) else '不能写'}"


def _register(home: Path, clock: Clock) -> str:
    """How large the register is and what the doctor finds, by codes; nothing of what is in it."""
    from deskapp.desk import Desk

    path = register_file(home)
    if not path.exists():
        return "还没有"
    size = f"{path.stat().st_size / MB:.1f}MB"
    try:
        desk = Desk.open(home, clock)
    except DeskError as error:
        return f"{size}，没有打开：{error.what}"
    with desk:
        seq, _ = desk.upkeep.seal()
        faults = [note.code for note in desk.upkeep.check() if note.fault]
        made = desk.upkeep.made_by()
    found = "没有发现故障" if not faults else "发现故障：" + "、".join(faults)
    return f"{size}，{seq}条记录，体检{found}" + (f"；{made}" if made else "")


def _law(home: Path) -> str:
    """Which law data are in force; of a desk that cannot be opened, those of the program."""
    from deskapp.desk import Desk
    from deskapp.law.packs import shipped_version

    if not register_file(home).exists():
        return f"{shipped_version()}版，随程序的"
    with Desk.open(home) as desk:
        return desk.law_data.state().sentence


def _printers() -> str:
    from deskapp.printing.system import system_port

    found = system_port().printers()
    stopped = sum(printer.state != "ready" for printer in found)
    return f"{len(found)}台" + (f"，其中{stopped}台停着" if stopped else "") if found else "没有找到"


def _log(home: Path) -> str:
    """The last lines of the log; it holds places in the program and no values."""
    for folder in (home, default_home()):
        path = folder / LOG
        if path.is_file():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
            return f"{len(lines)}条\n" + "\n".join(f"  {line[:300]}" for line in lines)
    return "没有"
