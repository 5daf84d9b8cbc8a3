"""The catalogue of an office: its own templates are tried in a process with limits before the desk reads one.

What a file says was tried is remembered for this run of the program; a file that changes is tried anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from deskapp.errors import DeskError, os_reason
from deskapp.exchange import apart
from deskapp.exchange.apart import Apart
from deskapp.law.periods import periods_on
from deskapp.paths import TEMPLATES
from letters.catalogue import TemplateCatalogue

RUNS_AWAY = "文书模板 {} 排得没完没了，或者要的内存太多，已经停下。请核对里面的循环，写短一些。"
NOT_FORESEEN = "文书模板 {} 的写法没有料到，试排不了。请照已有模板改正。"
NOT_TRIED = "文书模板 {} 没有试成：{}。请关掉别的程序，再开一次。"
# What is wrong, empty for nothing, by the hash of a file and of the parts that it may include.
_tried: dict[str, str] = {}


def own_catalogue(home: Path, today: date) -> TemplateCatalogue:
    """The kinds of letter of the office whose data lies in ``home``, on a day."""
    return TemplateCatalogue(home / TEMPLATES, periods_on(today), today, out_of_bounds)


def out_of_bounds(texts: Sequence[tuple[str, str]], parts: Mapping[str, str]) -> dict[str, str]:
    """Which templates, of file names and texts, take more than their bounds of time and memory: a sentence by the file's name."""
    shared = hashlib.sha256(repr(sorted(parts.items())).encode(errors="surrogatepass")).hexdigest()
    marks = {
        name: hashlib.sha256(f"{shared} {name}\n{text}".encode(errors="surrogatepass")).hexdigest()
        for name, text in texts
    }
    new = [(name, text) for name, text in texts if marks[name] not in _tried]
    while new:
        try:
            done, why = _proved(new, parts)
        except OSError as error:
            return {name: NOT_TRIED.format(name, os_reason(error)) for name, _ in new}
        _tried.update({marks[name]: fault for (name, _), fault in zip(new, done, strict=False)})
        if len(done) < len(new):
            gave_up = new[len(done)][0]
            _tried[marks[gave_up]] = (NOT_FORESEEN if why == apart.NOT_FORESEEN else RUNS_AWAY).format(gave_up)
        new = new[len(done) + 1 :]
    return {name: fault for name, _ in texts if (fault := _tried[marks[name]])}


def _proved(texts: Sequence[tuple[str, str]], parts: Mapping[str, str]) -> tuple[list[str], str]:
    """What is wrong with those that were tried, up to the one at which the process gave up, and why it did."""
    done: list[str] = []
    try:
        done += Apart("letters.proof:proved", list(texts), dict(parts), part=1)  # what came before a refusal stays
    except DeskError as error:
        return done, error.what
    return done, ""
