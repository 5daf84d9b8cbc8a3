"""The folder that the scanner writes into: what lies there, the newest first, and what of it is on file already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.named import content_hash
from deskapp.papers.looking import ENDINGS, LARGEST

MOST = 200  # files that are listed


@dataclass(frozen=True)
class Scanned:
    """A file in the folder: when it was written, its bytes, the case that it lies to already (empty for none)."""

    path: Path
    at: datetime
    size: int
    case_no: str = ""

    @property
    def text(self) -> str:
        """On one line."""
        size = f"{self.size / 1_000_000:.1f}兆" if self.size >= 100_000 else f"{max(1, self.size // 1000)}千字节"
        on_file = f"　已在 {self.case_no}" if self.case_no else ""
        return f"{self.at:%m-%d %H:%M}　{self.path.name}　{size}{on_file}"


def scanned(folder: Path, on_file: Mapping[int, Mapping[str, str]]) -> list[Scanned]:
    """What lies in the folder, the newest first, at most ``MOST``. ``on_file`` are the hashes of the papers on file with the numbers of
    their cases, by their size: only a file of such a size is read. Raises DeskError when the folder cannot be read."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file()]
        states = sorted(((path.stat(), path) for path in found), key=lambda pair: -pair[0].st_mtime)[:MOST]
        return [
            Scanned(
                path, datetime.fromtimestamp(state.st_mtime), state.st_size, _case_of(path, state.st_size, on_file)
            )
            for state, path in states
        ]
    except OSError as error:
        what = f"扫描文件夹 {folder} 读不出来：{os_reason(error)}。"
        raise DeskError(what, "没有列出扫描件。", "请在【本机设置】里核对扫描文件夹。") from error


def _case_of(path: Path, size: int, on_file: Mapping[int, Mapping[str, str]]) -> str:
    known = on_file.get(size, {})
    return known.get(content_hash(path), "") if known and size <= LARGEST else ""
