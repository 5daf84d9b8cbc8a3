"""Which files hold a word: in the encodings of offices, across marks, packed in each other, in a PDF; of what nobody can read it is said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.desk import Desk
from deskapp.exchange.holding import each, which_hold
from tests.conftest import issue_granted
from tests.papers import scans

WORD = "欧阳修远"


def packed(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return file.getvalue()


PLAIN = WORD.encode()


@pytest.mark.parametrize(
    ("name", "content", "holds"),
    [
        ("a.csv", WORD.encode("gb18030"), True),
        ("a.txt", f"\ufeff{WORD}".encode("utf-16-le"), True),
        ("a.html", "<td>欧阳</td>\n<td>修远</td>".encode(), True),
        ("a.docx", packed(("word/document.xml", "<w:t>欧阳</w:t><w:t>修远</w:t>".encode())), True),
        ("a.zip", packed(("b.zip", packed(("c.csv", PLAIN)))), True),
        ("a.zip", packed((f"{WORD}.txt", b"")), True),
        ("a.zip", packed(("c.csv", "欧阳修".encode())), False),
        ("a.zip", packed(("c.csv", PLAIN))[:40], None),
        ("a.pdf", b"%PDF-1.4 broken", None),
        ("a.age", b"age-encryption.org/v1\n", None),
        ("a.csv", "欧阳修，远".encode(), False),
        ("a.csv", b"", False),
    ],
    ids=[
        "csv", "utf16", "page", "word", "zip_in_zip", "name_in_zip", "other_word", "broken_zip", "broken_pdf", "under_key", "split", "empty",
    ],
)  # fmt: skip
def test_in_each_kind_of_file(tmp_path: Path, name: str, content: bytes, holds: bool | None) -> None:
    (tmp_path / name).write_bytes(content)
    assert which_hold([tmp_path / name], [WORD]) == [holds]
    assert list(each([tmp_path / name], [WORD])) == [holds], "in this process as in the other"


def test_the_text_of_a_pdf_is_read_and_a_scan_is_not_known(desk: Desk, tmp_path: Path) -> None:
    letter = issue_granted(desk, applicant=WORD)
    (tmp_path / "a.pdf").write_bytes(desk.lookup._journal.letter(letter.id).pdf)
    scans.pdf(tmp_path / "b.pdf", 1)
    both = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    assert which_hold(both, [WORD]) == list(each(both, ["另外的人", "欧阳 修远"])) == [True, None]
    assert list(each([both[0], tmp_path / "none.txt"], ["另外的人"])) == [False, None]
    assert which_hold([tmp_path / "a.pdf"], ["司马相如"]) == [False]


def _too_deep() -> bytes:
    content = PLAIN
    for _ in range(6):
        content = packed(("in.zip", content))
    return content


@pytest.mark.parametrize("make", [_too_deep, lambda: packed(("c", b"\0" * (60 << 20)))])
def test_what_is_too_deep_or_too_large_is_not_known(tmp_path: Path, make: Callable[[], bytes]) -> None:
    (tmp_path / "a.zip").write_bytes(make())
    assert which_hold([tmp_path / "a.zip"], [WORD]) == [None]


def test_a_file_that_is_gone_by_now_and_no_words(tmp_path: Path) -> None:
    assert which_hold([tmp_path / "none"], [WORD]) == [None]
    assert which_hold([tmp_path / "none"], []) == [None]
