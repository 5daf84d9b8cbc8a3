"""A new file of one of several kinds, by the ending of its name."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from deskapp.errors import DeskError, os_reason
from deskapp.files import written

T = TypeVar("T")


def write_new(
    path: Path, what: str, writers: Mapping[str, Callable[[T, Path], None]], content: Callable[[], T]
) -> None:
    """Write ``content`` to a file that is not there yet by the writer of its ending; ``what`` is what people call it. Raises DeskError for
    any other ending, for a file that is there, or when it cannot be written; then there is none."""
    writer = writers.get(path.suffix.lower())
    if writer is None:
        kind = path.suffix or "没有后缀的文件"
        raise DeskError(f"{what}不能存成 {kind}。", "没有写文件。", f"请用 {'、'.join(writers)} 结尾的文件名。")
    if os.path.lexists(path):
        raise DeskError(f"{path} 已经存在。", "程序不会覆盖它。", "请换一个文件名。")
    made = content()
    try:
        with written(path) as part:
            writer(made, part)
    except OSError as error:
        raise DeskError(f"{what}没有写上：{os_reason(error)}。", "", "请检查文件夹和磁盘，再试一次。") from error
