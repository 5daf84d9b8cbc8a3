"""Who could read the data past the program: other users of this machine, whoever takes the disk out, whoever finds a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deskapp.desk.office.finding import REPAIR, DoctorFinding, some_of
from deskapp.desk.office.locking import Locking, beside_a_clear_one, clear_copies, clear_files, left_keys
from deskapp.paths import KEYS
from deskapp.volumes import encrypted, open_to_others

HOW_TO_SEAL = "请管理员打开这台电脑的全盘加密（手册里写着各种系统的叫法），恢复密钥另外存放；或者给登记簿加密：deskapp encrypt。"
VOLUME = {
    "yes": ("数据所在的磁盘是加密的。", ""),
    "no": ("数据所在的磁盘没有加密：电脑丢了或者送修，别人读得到登记簿。", HOW_TO_SEAL),
    "unknown": ("看不出数据所在的磁盘是不是加密的。", HOW_TO_SEAL),
}
NO_KEYS = f"【{KEYS}】文件夹不在了，或者是空的：现在开着的窗口还能用，关掉以后用密码就打不开登记簿了，备份也做不成。"
FIND_KEYS = (
    "先不要关窗口。请把它从回收站、网盘或者备份里放回原处；找不到的，用两张恢复单运行 deskapp recover 设新密码。"
)
CHANGED = "登记簿没有加密，旁边的【{}】却是加密的：登记簿多半换成了另一份没有加密的，这里打不开它们。"
CHANGE_BACK = "它们没有坏，什么也不要删。请关掉所有窗口，把原来加密的登记簿（从备份、回收站）和【钥匙】放回原处；用密码打开以后，它们照常能用。"
NO_SHEETS = "现在的登记簿密码还没有印过恢复单：密码都忘了，登记簿谁也打不开。"
PRINT_SHEETS = "请在【登记簿加密】里按 F7（或者运行 deskapp recovery -o 文件夹），打印两张，由两个人分开保管。"


def exposure(home: Path, locking: Locking, practice: bool) -> Iterator[DoctorFinding]:
    """What the doctor says about it. A practice desk holds nobody's data."""
    if loose := open_to_others(home):
        yield DoctorFinding(
            "modes",
            f"这台电脑的其他用户看得到：{some_of([path.name for path in loose])}。",
            f"{REPAIR.rstrip('。')}，并收紧权限。",
            fault=False,
        )
    if practice:
        return
    names = locking.names
    if locking.encrypted and not names:
        yield DoctorFinding("keys_missing", NO_KEYS, FIND_KEYS)
        return
    if names:
        yield from _locked(home, names, locking.has_recovery)
        return
    message, todo = VOLUME[encrypted(home)]
    yield DoctorFinding("volume", message, todo, fault=False)
    if locked := beside_a_clear_one(home):
        yield DoctorFinding("plain_beside_encrypted", CHANGED.format("、".join(locked)), CHANGE_BACK)
    elif left_keys(home):
        message = "上次的加密没有做完：登记簿还没有加密，打开不要密码。"
        yield DoctorFinding(
            "encryption_unfinished", message, "请关掉所有窗口，再运行一次 deskapp encrypt。", fault=False
        )


def _locked(home: Path, names: list[str], has_recovery: bool) -> Iterator[DoctorFinding]:
    yield DoctorFinding("encrypted", f"登记簿是加密的，有密码的：{'、'.join(names)}。", "", fault=False)
    if not has_recovery:
        yield DoctorFinding("no_recovery", NO_SHEETS, PRINT_SHEETS, fault=False)
    if copies := clear_copies(home):
        message = f"登记簿旁边还有{len(copies)}份没有加密的副本：{some_of([path.name for path in copies])}。"
        yield DoctorFinding("clear_copies", message, "请关掉所有窗口，再运行一次 deskapp encrypt。", fault=False)
    if number := clear_files(home):
        message = f"【文书】【年报】文件夹里有{number}个文件没有加密。"
        yield DoctorFinding("clear_files", message, "登记簿里都有的，可以删去，要用时再存。", fault=False)
