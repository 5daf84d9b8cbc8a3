"""What a file is, by its content and not by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from deskapp.errors import DeskError, os_reason
from deskapp.zipped import ZIP_FAULTS

Kind = Literal["xlsx", "xls", "xlsb", "ods", "html", "text"]
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
NOT_A_TABLE = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"SQLite format 3", "登记簿或者备份"),
    (b"age-encryption.org", "加了密码的备份"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"{\\rtf", "RTF 文档"),
)
XML_KINDS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "【XML 表格 2003】，这里读不了"),
    (b"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "单个文件的 OpenDocument（fods），这里读不了"),
)
WEB_ARCHIVE = re.compile(rb"\s*(?:[A-Za-z-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,20}?MIME-Version:", re.I)
LOOKED_AT = 4096  # bytes
A_TAG = re.compile(rb"<(?:!--|/?[a-z][a-z0-9]*[\s>/])")  # a page or a part of one, as systems give it out
SAVE_AS = "请在表格软件里打开，另存为 xlsx。"


def kind_of(path: Path) -> Kind:
    """What a file is. Raises DeskError for one that is no table, by the name of what it is, and for one that cannot be read."""
    if not path.is_file():
        raise DeskError(f"没有找到文件 {path}。", "", "请核对文件名和位置。")
    try:
        with path.open("rb") as stream:
            head = stream.read(LOOKED_AT)
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有导入。", "请检查文件和权限。") from error
    for begins, name in NOT_A_TABLE:
        if head.startswith(begins):
            raise DeskError(f"{path.name} 是{name}，不是表格。", "没有导入。", SAVE_AS)
    if head.startswith(OLE):
        return _old_office(path, head)
    if head.startswith(ZIP):
        return _in_zip(path)
    begins_with = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if begins_with.startswith(b"<!doctype html") or A_TAG.match(begins_with):
        return "html"
    if begins_with.startswith(b"<?xml"):
        if b"<html" in head.lower():
            return "html"
        what = next((name for mark, name in XML_KINDS if mark in head), "XML 文件，不是表格")
        raise DeskError(f"{path.name} 是{what}。", "没有导入。", SAVE_AS)
    if WEB_ARCHIVE.match(head):
        raise DeskError(f"{path.name} 是单个文件网页（mht），这里读不了。", "没有导入。", SAVE_AS)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DeskError(f"{path.name} 不是表格，也不是文字。", "没有导入。", SAVE_AS)
    return "text"


def _old_office(path: Path, head: bytes) -> Kind:
    """A compound file: an old workbook (Excel's .xls, WPS's .et), a newer one under a password, a document."""
    with path.open("rb") as stream:
        content = stream.read(4_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise DeskError(f"{path.name} 加了打开密码。", "没有导入。", "请用表格软件打开，去掉密码，另存一份。")
    if "WordDocument".encode("utf-16-le") in content:
        raise DeskError(f"{path.name} 是旧的 Word 文档，不是表格。", "没有导入。", SAVE_AS)
    return "xls"


def _in_zip(path: Path) -> Kind:
    """What lies in a zip: a workbook of one of three kinds, or something else."""
    try:
        with zipfile.ZipFile(path) as box:
            names = set(box.namelist())
            kind = box.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except ZIP_FAULTS as error:
        raise DeskError(
            f"{path.name} 打不开，可能已经损坏或者没有传完。",
            "没有导入。",
            "请重新取一份，或者用表格软件打开后另存一份。",
        ) from error
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "spreadsheet" in kind:
        return "ods"
    what = (
        "Word 文档" if "word/document.xml" in names else "演示文稿" if "ppt/presentation.xml" in names else "压缩包"
    )
    raise DeskError(f"{path.name} 是{what}，不是表格。", "没有导入。", SAVE_AS)
