"""A terminal that sends bytes which are no UTF-8: a paste from a GBK program, a broken line. The desk stands."""

from __future__ import annotations

import sys

import pytest

from tests.real.conftest import Pty


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize("stray", [b"\xff\xfe", b"\xc3(", "张三".encode("gbk"), b"\xe5\xbc", b"\x80" * 40])
@pytest.mark.each(5)
def test_stray_bytes_do_not_end_the_desk(screen: Pty, stray: bytes) -> None:
    screen.wait("按 F2 登记")
    screen.send(b"\x1bOQ")  # F2
    screen.wait("申请人")
    screen.send(stray + b"a")
    screen.wait("a")
    screen.send(b"\x1bOP")  # F1
    screen.wait("把一件申请登记下来")
    screen.send(b"\x11")  # Ctrl+Q
    assert screen.ended() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_sequence_that_nobody_knows_types_nothing(screen: Pty) -> None:
    screen.wait("按 F2 登记")
    screen.send(b"\x1bOQ")  # F2
    screen.wait("申请人")
    screen.send(b"\tQ\x1b[1;3S\x1b[15;10~\x1b]11;rgb:0/0/0\x07Z")  # Alt+F4 and others
    screen.wait("QZ")
    screen.send(b"\x11")
    assert screen.ended() == 0
