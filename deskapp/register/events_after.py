"""The events after an answer: judged for publication, asked how it went, entered on the platform, why it was late, erased."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from deskapp.register.event import Event


class PublicationJudged(Event):
    """What was released was judged: fit to be published for everybody or not (条例 44)."""

    act: Literal["publication_judged"] = "publication_judged"
    fit: bool
    why: str = ""


class FollowedUp(Event):
    """The applicant was asked how it went (随访)."""

    act: Literal["followed_up"] = "followed_up"
    satisfied: bool | None = None
    remark: str = ""


class PlatformEntered(Event):
    """The case was entered on the provincial platform, under the platform's own number."""

    act: Literal["platform_entered"] = "platform_entered"
    platform_no: str = ""


class LateExplained(Event):
    """Why the answer went out after its last day, as the office says it."""

    act: Literal["late_explained"] = "late_explained"
    why: str = Field(min_length=1)


class Erased(Event):
    """What the register knew of the people of the case was erased (个人信息保护法 19, 47): who answers for it besides ``by``, why, how many
    entries, letters, files of papers and records beside the case, and the hash over the rows that say what they were and are."""

    act: Literal["erased"] = "erased"
    second: str = Field(min_length=1)
    why: str = Field(min_length=1)
    entries: int
    letters: int
    papers: int = 0
    notes: int = 0
    digest: str


BY_PROGRAM = "程序"  # who noted what no person looked at


class PrintEnded(Event):
    """A job that stood in a queue came to its end: ``printed``, ``cancelled`` there, or ``gone``, since the queue knows it no
    more. ``by`` is the program where no person looked."""

    act: Literal["print_ended"] = "print_ended"
    letter_id: str
    printer: str
    job: str = ""
    outcome: Literal["printed", "cancelled", "gone"]


class CoveredParts(BaseModel):
    """How many of a kind were covered for one reason: both by their keys, never what stood there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    reason: str
    count: int = Field(ge=1)


class Redacted(Event):
    """A copy of a paper was made in which parts are covered (条例 37): ``by`` looked at each of its pages; the sums are those of the
    paper and of the copy; pages that were ``left_out`` are not in it, and nobody looked at them."""

    act: Literal["redacted"] = "redacted"
    pages: int = Field(ge=1)
    left_out: tuple[int, ...] = ()
    covered: tuple[CoveredParts, ...] = ()
    source_sha256: str
    copy_sha256: str
