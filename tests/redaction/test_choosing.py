"""Which pages are given out, as it is typed; a slip of the finger is refused and not guessed at."""

from __future__ import annotations

import pytest

from deskapp.errors import DeskError
from deskapp.redaction.choosing import BAD_PAGES, chosen_pages, in_words, left_out_words


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("", (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        ("1-3,7", (1, 2, 3, 7)),
        ("１－３，７", (1, 2, 3, 7)),
        ("2至4、6 8", (2, 3, 4, 6, 8)),
        ("9", (9,)),
        (" 1 - 2 ; 5,", (1, 2, 5)),
        ("1-9", (1, 2, 3, 4, 5, 6, 7, 8, 9)),
    ],
)
def test_pages_as_people_write_them(typed: str, pages: tuple[int, ...]) -> None:
    assert chosen_pages(typed, 9) == pages


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "没有第0页"), ("8-10", "没有第8-10页"), ("10", "没有第10页"), ("3-1", "前后颠倒"), ("1-3,2", "写了两次"), ("4,4", "写了两次"),
        ("5,1", "颠倒"), ("a", "看不懂"), ("1-", "看不懂"), ("-2", "看不懂"), ("1-2-3", "看不懂"), ("1.5", "看不懂"), (",", "看不懂"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused(typed: str, said: str) -> None:
    with pytest.raises(DeskError, match=said) as refused:
        chosen_pages(typed, 9)
    assert (refused.value.field, refused.value.code) == ("pages", BAD_PAGES)


def test_pages_in_words() -> None:
    assert in_words([7, 1, 2, 3, 9]) == "第1至3、7、9页"
    assert in_words([]) == left_out_words([]) == ""
    assert left_out_words([4, 5]).startswith("第4至5页没有选")
