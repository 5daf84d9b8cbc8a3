"""An encrypted register whose keys are gone or damaged, a register in the clear under the keys of another, sheets that are pictures: said
for what they are, so that nothing whole is thrown away."""

from __future__ import annotations

import shutil

import pytest

from deskapp.catalogue.entries import Entries
from deskapp.errors import DeskError
from deskapp.paths import CATALOGUE, KEYS
from deskapp.register.opening import KEYS_MISSING, open_store
from tests.cli.conftest import TODAY, Shell
from tests.cli.test_locking import codes

REGISTER = "register.db"


def test_without_its_keys_it_is_not_called_damaged(locked: Shell) -> None:
    shutil.rmtree(locked.home / KEYS)
    said = locked("today", *TODAY, expect=1).stderr
    assert f"【{KEYS}】文件夹却不在了" in said
    assert "放回原处" in said
    assert "deskapp recover" in said
    assert "restore" not in said
    with pytest.raises(DeskError) as refused:
        open_store(locked.home / REGISTER)
    assert refused.value.code == KEYS_MISSING


def test_a_file_that_is_really_damaged_is_still_called_so(locked: Shell) -> None:
    shutil.rmtree(locked.home / KEYS)
    (locked.home / REGISTER).write_bytes(b"no register" * 1000)
    assert "不是登记簿文件，或者已经损坏" in locked("today", *TODAY, expect=1).stderr


def test_a_damaged_key_file_is_named(locked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (locked.home / KEYS / "张三.age").write_bytes(b"x")
    monkeypatch.setenv("DESKAPP_PASSWORD_FILE", "first")
    said = locked("today", *TODAY, expect=1).stderr
    assert "钥匙文件 张三.age 损坏了" in said
    assert "密码不对。" not in said.replace("不是密码不对。", "")


def test_a_clear_register_under_the_keys_of_another(locked: Shell) -> None:
    shutil.move(locked.home / REGISTER, locked.folder / "old.db")
    kept = locked.home.parent / "aside"
    shutil.move(locked.home, kept)
    locked("init", "UNIT.toml", *TODAY)
    shutil.copytree(kept / KEYS, locked.home / KEYS)
    assert "encryption_unfinished" in codes(locked)
    assert "登记簿没有加密，旁边却有加密用的【钥匙】" in locked("today", *TODAY).stdout
    shutil.copy(locked.folder / "old.db", locked.home / CATALOGUE)
    found = locked("check", *TODAY, expect=1).stdout
    assert "公开目录没有坏，不要删" in found
    assert f"旁边的【{CATALOGUE}】却是加密的" in found
    assert "什么也不要删" in found
    with pytest.raises(DeskError, match="没有加密，打不开它"):
        Entries.open(locked.home / CATALOGUE)


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_sheets_that_are_pictures(locked: Shell, head: bytes) -> None:
    (locked.folder / "s").write_bytes(head + bytes(range(256)))
    said = locked("recover", "--sheet", "s", "s", "--name", "张三", *TODAY, expect=1).stderr
    assert "是 PDF 或者图片，不是文字" in said
    assert "照纸上抄" in said
