"""A process that has read the program and makes each command of itself: a process of its own, but without a quarter of a second of reading.

``python -m tests.cli.warm`` takes orders from its input and writes exit codes to its output, until its input ends.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import pickle
import runpy
import subprocess
import sys
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NoReturn

from deskapp.law.workdays import official_calendar
from deskapp.register.shape import shape
from deskapp.register.tokens import sounds_of
from letters.catalogue import shipped
from letters.example import example_facts
from letters.facts import read_facts
from letters.pdf.fonts import FontBook
from letters.pdf.press import print_letter

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = (
    "deskapp.__main__",
    "deskapp.screens",
    "deskapp.widgets",
    "deskapp.forms",
    "deskapp.county",
    "deskapp.app",
)


@dataclass(frozen=True)
class Order:
    """What to run, where, with which environment, and the files for what it says."""

    words: tuple[str, ...]
    folder: str
    env: dict[str, str]
    out: str
    err: str


class Warm:
    """The other end, for who gives the orders."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.cli.warm"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, order: Order) -> int:
        """The exit code; that of a signal is negative, as subprocess tells it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(order, self._process.stdin)
        self._process.stdin.flush()
        return int(pickle.load(self._process.stdout))

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def read_the_program() -> None:
    """Everything a command without a screen may read, and nothing that a command starts by itself."""
    import deskapp

    for module in walk_packages(deskapp.__path__, "deskapp."):
        if not module.name.startswith(LEFT_OUT):
            import_module(module.name)


def read_the_tables() -> None:
    """What commands read when they first need it, and then keep: pinyin, the templates, the days, the shape of a register, the fonts."""
    sounds_of("张")
    shape()
    official_calendar()
    for face in FontBook(system=False).faces.values():
        face.covers("张")
    template = shipped().template("granted")
    print_letter(template, read_facts(template, example_facts(template)), FontBook(system=False))


def carry_out(order: Order) -> NoReturn:
    """Be the command: the streams, the folder, the environment and the words are its own. Never comes back."""
    for number, name, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, order.out, os.O_WRONLY | os.O_CREAT),
        (2, order.err, os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # the streams of the process from now on
    sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False), encoding="utf-8")  # noqa: SIM115  # it is the stream from now on
    sys.stderr = io.TextIOWrapper(open(2, "wb", 0, closefd=False), encoding="utf-8", write_through=True)  # noqa: SIM115  # as above
    os.environ.clear()
    os.environ.update(order.env)
    os.chdir(order.folder)
    sys.argv = ["deskapp", *order.words]
    code: object = 0
    try:
        runpy.run_module("deskapp", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  # as the interpreter itself would say it
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Carry out one order after another, each in a child."""
    read_the_program()
    read_the_tables()
    orders, codes = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            order = pickle.load(orders)
        except EOFError:
            return
        gc.freeze()  # or the collector would write into every page that is shared
        child = os.fork()
        if not child:
            carry_out(order)
        pickle.dump(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), codes)
        codes.flush()


if __name__ == "__main__":
    main()
