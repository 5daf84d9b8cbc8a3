"""The ``deskapp`` command: opens the desk, or runs one headless command. Nobody who only opens the desk waits for the reader of commands.

Errors become one Chinese sentence each; what nobody foresaw is written to the log without any values of variables.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from deskapp import garbage
from deskapp.clock import SystemClock
from deskapp.errors import DeskError, os_reason
from deskapp.law.errors import LawError
from deskapp.paths import LOG, Where, data_home, default_home
from letters.errors import PressError


def log_unforeseen(error: BaseException, at: Path | None = None) -> Path | None:
    """Write where an unforeseen error happened, without values; the log file, or None when it cannot be written.

    It lies in the data directory that was being worked in: ``at`` where that is one, else the one of this user.
    """
    import traceback  # slow to read, and hardly ever wanted

    frames = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    try:
        path = (at if at and at.is_dir() else default_home()) / LOG
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as log:
            log.write(
                f"{datetime.now():%Y-%m-%d %H:%M:%S} {type(error).__name__} " + " < ".join(reversed(frames)) + "\n"
            )
    except (OSError, DeskError):
        return None
    return path


def open_closed_streams() -> None:
    """Where a caller has closed one of the three streams, open it on nothing: else the next file takes its place, and what is printed
    goes there."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115  # it is the stream from now on


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)  # noqa: T201  # what a command has to say when it ends


def _run(where: Where) -> None:
    if len(sys.argv) > 1:
        from deskapp.cli import program

        program.run(where)
    else:
        garbage.leave()  # also before the libraries of the screen are read, which open_desk cannot
        from deskapp.running import open_desk

        open_desk(data_home(None), SystemClock())


def main() -> None:
    """Run a command; 0 done, 1 refused or a check failed, 2 wrong usage."""
    open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    where = Where()
    try:
        _run(where)
    except (DeskError, LawError, PressError) as error:
        _tell(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _tell("已停止。")
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        reason = os_reason(error)
        _tell(f"文件读写出错：{reason}。这一步没有做完。请检查文件名、文件夹和磁盘，再试一次。")
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last net: one sentence instead of a traceback
        path = log_unforeseen(error, where.at)
        _tell(
            f"程序出了没有料到的错误。每一步都是整步存的：存上的都在，没存上的不留痕迹。请把 {path or '出错的经过'} 交给维护人员。"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
