"""The file in which a case goes from one register to another: what was registered, its papers, and the hash of each.

A zip of ``case.json``, ``papers/…`` and ``manifest.json``, which names the SHA-256 of every other file; the hash of the manifest is the
mark that stands in both registers. ``case.json`` lists the papers of the case (:class:`PassedPaper`); those that there are as files lie in
``papers/``.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field

from deskapp.errors import DeskError, os_reason
from deskapp.files import written
from deskapp.law.case_file import FiledKind
from deskapp.zipped import ZIP_FAULTS

CASE, MANIFEST, PAPERS = "case.json", "manifest.json", "papers/"
FORMAT = 2
UNLISTED = 1  # the format whose papers, letters all of them, were listed nowhere
MOST_FILES, MOST_BYTES = 200, 200 << 20  # of one case
ROOM = 4 << 20  # bytes that are left for what is written about them
MARK = 12  # signs of the hash that people compare


class PassedPaper(BaseModel):
    """A paper of a case that is passed on, as the case's file there will name it. ``file`` is its name beside ``case.json``, empty for one
    that there is on paper only; ``where`` says then on which pages of the paper file it lay."""

    file: str = ""
    kind: FiledKind = "other"
    name: str = Field(min_length=1, max_length=200)
    pages: int = Field(0, ge=0, le=100_000)
    on: date
    where: str = Field("", max_length=200)


@dataclass(frozen=True)
class PassedFile:
    """What such a file holds: the document, the papers by name, its mark."""

    document: dict[str, Any]
    papers: dict[str, bytes]
    mark: str


def pack(target: Path, document: Mapping[str, Any], papers: Mapping[str, bytes]) -> str:
    """Write the file; its mark. Raises DeskError, and leaves nothing, when it cannot be written, or nobody could take it in."""
    if len(papers) > MOST_FILES - 2 or sum(map(len, papers.values())) > MOST_BYTES - ROOM:
        raise DeskError(
            f"材料太多（{len(papers)}份，{sum(map(len, papers.values())) >> 20}兆），对方的程序收不进去。",
            "没有移交。",
            "请先把大的材料导出来、从案卷里移出，另外交给对方。",
        )
    files = {
        CASE: _json({"format": FORMAT, **document}),
        **{PAPERS + name: content for name, content in papers.items()},
    }
    manifest = _json({name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())})
    try:
        with written(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in {**files, MANIFEST: manifest}.items():
                file.writestr(name, content)
    except OSError as error:
        raise DeskError(
            f"移交的文件没有写成：{os_reason(error)}。", "什么也没有改。", "请检查文件夹、U盘，再试。"
        ) from error
    return _mark(manifest)


def unpack(path: Path) -> PassedFile:
    """Read such a file. Raises DeskError for one that is none, is damaged, was changed, or is too large."""
    try:
        with zipfile.ZipFile(path) as file:
            if len(file.infolist()) > MOST_FILES or sum(item.file_size for item in file.infolist()) > MOST_BYTES:
                raise DeskError(f"{path.name} 太大，不像移交的一件申请。", "没有收。", "请核对是不是选错了文件。")
            files = {item.filename: file.read(item) for item in file.infolist()}
        manifest, document = _table(files[MANIFEST]), _table(files[CASE])
        known = document["format"] in (UNLISTED, FORMAT)
    except DeskError:
        raise
    except FileNotFoundError as error:
        raise DeskError(f"没有文件 {path.name}。", "没有收。", "U盘插好了吗？请写文件的全路径。") from error
    except (*ZIP_FAULTS, TypeError) as error:
        raise DeskError(
            f"{path.name} 不是移交的文件，或者坏了。", "没有收。", "请向移交的登记点再要一份。"
        ) from error
    if not known:
        raise DeskError(f"{path.name} 是别的版本的程序写的。", "没有收。", "请把两边的程序更新到一样的版本。")
    real = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != MANIFEST}
    if real != manifest:
        wrong = sorted(name for name in {*real, *manifest} if real.get(name) != manifest.get(name))
        raise DeskError(
            f"{path.name} 被改动过：{wrong[0][:40]}和写下的指纹对不上。", "没有收。", "请向移交的登记点再要一份。"
        )
    papers = {name.removeprefix(PAPERS): content for name, content in files.items() if name.startswith(PAPERS)}
    return PassedFile(document, papers, _mark(files[MANIFEST]))


def _table(content: bytes) -> dict[str, Any]:
    """The table that is written in JSON. Raises ValueError, or RecursionError, for anything else."""
    document = json.loads(content)
    if not isinstance(document, dict):
        raise ValueError("no table")
    return document


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _mark(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()[:MARK]
