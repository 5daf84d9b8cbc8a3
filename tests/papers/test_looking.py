"""What a file is: the kinds that are taken, with their pages; and those that are refused, each with its own sentence."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.errors import DeskError
from deskapp.exchange.apart import TOO_LARGE, Apart
from deskapp.papers import looking
from deskapp.papers.looking import AGAIN, NOTHING, look_at
from tests.papers import scans


@pytest.mark.parametrize(
    ("name", "make", "ending", "pages"),
    [
        ("a.pdf", lambda path: scans.pdf(path, 3), ".pdf", 3),
        ("a.jpg", scans.picture, ".jpg", 1),
        ("a.png", scans.picture, ".png", 1),
        ("a.tif", lambda path: scans.picture(path, 4), ".tif", 4),
        ("a.docx", scans.docx, ".docx", 3),
        ("b.docx", lambda path: scans.docx(path, None), ".docx", 0),
        ("只限打印.pdf", lambda path: scans.pdf(path, 2, owner="secret"), ".pdf", 2),
    ],
)  # fmt: skip
def test_what_scanners_and_offices_make_is_taken(
    tmp_path: Path, name: str, make: Callable[[Path], Path], ending: str, pages: int
) -> None:
    path = make(tmp_path / name)
    found = look_at(path)
    assert (found.ending, found.pages, found.size) == (ending, pages, path.stat().st_size)
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    scans.picture(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / "a.pdf")
    assert look_at(tmp_path / "a.pdf").ending == ".png"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def cut(path: Path, keep: float = 0.6) -> Path:
    content = path.read_bytes()
    return written(path, content[: int(len(content) * keep)])


def noise(path: Path) -> Path:
    from PIL import Image

    Image.frombytes("L", (400, 400), os.urandom(160_000)).save(path)
    return path


BAD: list[tuple[str, Callable[[Path], Path], str]] = [
    ("empty.pdf", lambda path: written(path, b""), "是空的"),
    ("locked.pdf", lambda path: scans.pdf(path, 1, "secret"), "加了密码"),
    ("cut.pdf", lambda path: cut(scans.pdf(path, 5)), "不完整"),
    ("none.pdf", lambda path: scans.pdf(path, 0), "一页也没有"),
    ("broken.pdf", lambda path: written(path, b"%PDF-1.7\n" + b"\0" * 300 + b"\n%%EOF"), "多半已经损坏"),
    ("cut.jpg", lambda path: cut(noise(path)), "多半已经损坏"),
    ("cut.png", lambda path: cut(noise(path)), "多半已经损坏"),
    ("cut.tif", lambda path: cut(scans.picture(path, 3)), "多半已经损坏"),
    ("cut.docx", lambda path: cut(scans.docx(path)), "多半已经损坏"),
    ("bomb.png", lambda path: written(path, scans.png_of(60_000, 60_000, zlib.compress(bytes(10**6)))), "宽60000、高60000个点"),
    ("bomb.tif", lambda path: written(path, scans.tiff_of(50_000, 40_000)), "宽50000、高40000个点"),
    ("bomb.docx", lambda path: scans.docx(path, 1, bytes(210 << 20)), "解开以后太大"),
    ("old.doc", lambda path: written(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "旧格式的文件"),
    ("page.htm", lambda path: written(path, b"<html>"), "不是PDF、JPEG"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_what_is_hostile_damaged_or_something_else_is_refused_in_words(
    tmp_path: Path, name: str, make: Callable[[Path], Path], says: str
) -> None:
    path = make(tmp_path / name)
    with pytest.raises(DeskError, match=says) as refused:
        look_at(path)
    assert name in refused.value.what
    assert refused.value.meaning == NOTHING
    assert refused.value.todo


def test_other_archives_are_named(tmp_path: Path) -> None:
    import zipfile

    for inside, says in (("OFD.xml", "是OFD"), ("xl/workbook.xml", "压缩包或者别的办公文件")):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as box:
            box.writestr(inside, "x")
        with pytest.raises(DeskError, match=says):
            look_at(tmp_path / "a.zip")


def test_too_many_pages_too_many_bytes_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_PAGES", 3)
    with pytest.raises(DeskError, match="有4页，最多3页"):
        look_at(scans.pdf(tmp_path / "a.pdf", 4))
    with pytest.raises(DeskError, match="不是文件"):
        look_at(tmp_path)
    with pytest.raises(DeskError, match="没有这个文件"):
        look_at(tmp_path / "none.pdf")
    monkeypatch.setattr(looking, "LARGEST", 1000)
    with pytest.raises(DeskError, match="太大"):
        look_at(noise(tmp_path / "b.png"))


@pytest.mark.apart
@pytest.mark.parametrize(("name", "make", "says"), [BAD[9], BAD[11], BAD[1]], ids=["pixels", "docx", "password"])
def test_the_process_apart_says_the_same(tmp_path: Path, name: str, make: Callable[[Path], Path], says: str) -> None:
    with pytest.raises(DeskError, match=says):
        look_at(make(tmp_path / name))


@pytest.mark.apart
def test_the_largest_page_that_is_allowed_is_read_within_the_limits(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "large.tif"
    Image.new("CMYK", (9_900, 8_000)).save(path, compression="tiff_deflate")
    assert look_at(path).pages == 1


@pytest.mark.apart
def test_what_swells_all_the_same_ends_in_a_sentence_about_scans() -> None:
    with pytest.raises(DeskError) as refused:
        next(iter(Apart("builtins:bytearray", 10**9, nothing=NOTHING, advice=AGAIN)))
    assert (refused.value.what, refused.value.meaning, refused.value.todo) == (TOO_LARGE, NOTHING, AGAIN)
