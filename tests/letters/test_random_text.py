"""Ten thousand random paragraphs, printed and read again: nothing lost, nothing outside, no mark at a wrong line end."""

from __future__ import annotations

import random
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from letters.document import Document, Paragraph
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_pages
from letters.typeset.grid import BODY, LEFT, MM, WIDTH
from letters.typeset.layout import lay_out
from letters.typeset.linebreak import NO_END, NO_START
from tests.letters.geometry import layout_faults

HOW_MANY, AT_ONCE = 10_000, 2_000
HAN = "中华人民共和国政府信息公开条例申请答复柳河镇桥头村根据规定告知补正期限第三方意见关于决定予以"
RARE = "𠮷𬭚𫖯䶮㛃玥喆珺堃祎昇"
LATIN = ["PDF", "GB/T9704-2012", "www.example.gov.cn", "A4", "2026", "3.6", "13905550123", "12%", "No.7", "Müller"]
MARKS = [
    "，",
    "。",
    "、",
    "；",
    "：",
    "？",
    "！",
    "”。",
    "》，",
    "）。",
    "……",
    "——",
    "（",
    "《",
    "“",
    "〔2026〕12号",
    "·",
    "℃",
]


def paragraph(pick: random.Random) -> str:
    """A paragraph of one to about six lines, in which every sort of character meets every other."""
    parts = [
        pick.choice(
            [
                "".join(pick.choices(HAN, k=pick.randint(1, 18))),
                pick.choice(LATIN),
                pick.choice(MARKS),
                pick.choice(RARE),
            ]
        )
        for _ in range(pick.randint(1, 24))
    ]
    return "文" + "".join(parts) + "。"


def paragraphs(seed: int, count: int) -> list[str]:
    pick = random.Random(seed)
    return [paragraph(pick) for _ in range(count)]


def document(texts: list[str]) -> Document:
    return Document("x", "1", "plain", "某机关", "随机文字", "", "", tuple(Paragraph(text) for text in texts))


def runs(text: str) -> int:
    """The longest run of characters that may not be parted: a longer one than a line can squeeze must break somewhere."""
    longest = run = 1
    for a, b in pairwise(text):
        run = run + 1 if b in NO_START or a in NO_END else 1
        longest = max(longest, run)
    return longest


@pytest.mark.parametrize("seed", range(HOW_MANY // AT_ONCE))
@pytest.mark.each(3)
def test_nothing_is_outside_nothing_overlaps_no_mark_stands_wrong(seed: int, fonts: FontBook) -> None:
    texts = [text for text in paragraphs(seed, AT_ONCE) if runs(text) <= 5]
    assert len(texts) > AT_ONCE * 0.9
    pages = lay_out(document(texts), fonts)
    assert layout_faults(pages, fonts) == []
    body = [line for page in pages for line in page.lines if line.spans[0].size == BODY]
    assert "".join("".join(line.text for line in body).split()) == "".join("".join(texts).split())
    assert all(line.spans[-1].x < LEFT + WIDTH + 3 * MM for line in body)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed (Debian: poppler-utils)")
@pytest.mark.parametrize("seed", range(HOW_MANY // AT_ONCE))
@pytest.mark.each(5)
def test_what_is_printed_is_read_again_character_by_character(seed: int, fonts: FontBook, tmp_path: Path) -> None:
    texts = paragraphs(seed, AT_ONCE)
    path = tmp_path / "random.pdf"
    path.write_bytes(print_pages(lay_out(document(texts), fonts), fonts, title="随机文字", author="某机关"))
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    pages = read.split("\f")
    lines = [line for page in pages for line in page.splitlines() if not line.strip().startswith("— ")]
    assert "".join("".join(lines).split()) == "随机文字" + "".join("".join(texts).split())
