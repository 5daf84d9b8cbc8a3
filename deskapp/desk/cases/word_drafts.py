"""Drafts for the leader's word processor: a letter goes out as 征求意见稿, what comes back is proposed and taken one by one.

What comes back is read apart, as every file of others, and only its paragraphs. It never becomes a letter: a free passage is put into the
form in the words that came back, and everything else that was changed is only told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from deskapp.desk.cases.paper import LONGEST_CASE_NO
from deskapp.desk.cases.reply import Made, Reply
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.apart import Apart, size_of
from deskapp.files import write_bytes
from deskapp.paths import EXPORTS, file_name, make_private
from letters.compose import free_passages
from letters.errors import PressError
from letters.word_back import WordChange, changes, paragraphs_of

LARGEST = 20_000_000  # bytes
NOTHING = "草稿没有取回，文书没有改动。"
NOT_SAVED = "草稿没有存上，文书没有改动。"


class WordDrafts:
    """The moment a draft goes to the leader and comes back."""

    def __init__(self, reply: Reply, home: Path) -> None:
        self._reply, self._home = reply, home

    def save(self, case_id: str, kind: str, typed: dict[str, str]) -> Path:
        """Write the draft of what is typed so far among the files for others; the file. Raises DeskError."""
        draft, made = self._draft(case_id, kind, typed)
        folder = make_private(self._home / EXPORTS)
        path = folder / file_name(f"征求意见稿 {made.document.title} {made.facts.case_no[:LONGEST_CASE_NO]}", ".docx")
        try:
            write_bytes(path, draft, replace=True)
        except OSError as error:
            raise DeskError(f"草稿没有存上：{os_reason(error)}。", NOT_SAVED, "请检查磁盘，再存一次。") from error
        return path

    def changes(self, case_id: str, kind: str, typed: dict[str, str], path: Path) -> list[WordChange]:
        """What differs between the draft of what is typed and a file that came back. Raises DeskError."""
        source, _ = self._reply.press(kind)
        draft, made = self._draft(case_id, kind, typed)
        return changes(paragraphs_of(draft), word_paragraphs(path), free_passages(source, made.facts))

    def _draft(self, case_id: str, kind: str, typed: dict[str, str]) -> tuple[bytes, Made]:
        from letters.word import word_draft

        made = self._reply.made(case_id, kind, typed)
        _, fonts = self._reply.press(kind)
        try:
            return word_draft(made.document, made.pages, fonts, made.facts.issued_on), made
        except PressError as error:
            raise DeskError(str(error), NOT_SAVED, "") from error


def word_paragraphs(path: Path) -> list[str]:
    """The paragraphs of a docx. Raises DeskError when it cannot be read."""
    if path.suffix.lower() != ".docx":
        raise DeskError(f"【{path.name}】不是 docx 文件。", NOTHING, "请在文字处理软件里另存为 docx。", "file")
    if not path.is_file():
        raise DeskError(f"没有【{path.name}】这个文件。", NOTHING, "请看位置写对了没有。", "file")
    if size_of(path) > LARGEST:
        raise DeskError("文件太大，不像一份文书草稿。", NOTHING, "请看是不是拿错了文件。", "file")
    return list(Apart("deskapp.desk.cases.word_drafts:things_of", path, size=size_of(path), nothing=NOTHING))


def things_of(path: Path) -> Iterator[str]:
    """What the other process sends. Raises DeskError."""
    try:
        yield from paragraphs_of(path.read_bytes())
    except PressError as error:
        raise DeskError.of(error) from error
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOTHING, "请检查文件和权限。") from error
