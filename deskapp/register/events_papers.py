"""The events about papers on file: one was laid to a case, one was taken off again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from deskapp.law.case_file import FiledKind
from deskapp.register.event import Event


class Attached(Event):
    """A paper was laid to the case: what it is, what it is called, how many pages it has. ``sha256`` and ``size`` (bytes) are those of
    its file, ``ending`` says what kind of file; all three are empty for one that there is on paper only, and ``where`` says then on
    which pages of the paper file it lies."""

    act: Literal["attached"] = "attached"
    paper_id: str = Field(min_length=1)
    kind: FiledKind
    name: str = Field(min_length=1, max_length=200)
    pages: int = Field(0, ge=0)
    sha256: str = Field("", pattern="^([0-9a-f]{64})?$")
    size: int = Field(0, ge=0)
    ending: str = Field("", max_length=8)
    where: str = Field("", max_length=200)


class Detached(Event):
    """A paper that lay there by mistake was taken off again, and why."""

    act: Literal["detached"] = "detached"
    paper_id: str
    why: str = Field(min_length=1)
