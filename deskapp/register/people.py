"""Everybody who stands behind an application besides the one it is registered under: agent, guardian, those who apply with him.

The Regulation does not say who may act for whom; the law of review is the model (行政复议法 14 to 17, 行政复议法实施条例 11 to 18). On
one line, as ledgers and amendments write them, the particulars of a person stand in the order of the fields, parted by ｜.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from deskapp.law.clock_events import Day
from deskapp.parsing import half_width, one_line, person_name
from deskapp.telling import holds_number

BAR = "｜"
PARTED = re.compile(r"\s*[｜|]\s*")
MOST_WITHOUT = 10  # applicants of one application who need no representatives (行政复议法实施条例 17)
FEWEST_ELECTED, MOST_ELECTED = 2, 5
NOT_ELECTED = "未推选"  # what stands in the place of representatives who are still to be named
BLANKS = re.compile(r"[\s,，、]+")
NAMES = re.compile("[、,，;；\r\n]+")


class Participant(BaseModel):
    """Somebody who applies with others, by name; what is not known is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    id_number: str = Field("", max_length=200)
    phone: str = Field("", max_length=200)
    address: str = Field("", max_length=200)

    @field_validator("name")
    @classmethod
    def _no_number(cls, text: str) -> str:
        """A name holds no identity number: then the line was not parted."""
        if holds_number(text):
            raise ValueError("姓名里有号码，请用｜把姓名和号码分开")
        return text

    @field_validator("id_number", "phone")
    @classmethod
    def _plain(cls, text: str) -> str:
        """Numbers are the same number however they were written."""
        return half_width(text).upper()

    @classmethod
    def of_line(cls, text: str) -> Self | None:
        """What stands on one line; None for an empty one. Raises ValueError for more particulars than there are."""
        if not text:
            return None
        names = list(cls.model_fields)
        plain = one_line(text)
        parted = (
            PARTED if PARTED.search(plain) or not re.search(r"\s[0-9]{7,}", plain) else BLANKS
        )  # who types no bar means blanks
        parts = parted.split(plain) if plain else []
        if len(parts) > len(names):
            raise ValueError(f"一个人最多写{len(names)}项")
        given = {name: part for name, part in zip(names, parts, strict=False) if part}
        given["name"] = person_name(given.get("name", ""))
        return cls.model_validate(given) if parts else None

    @property
    def line(self) -> str:
        """The same on one line again."""
        values = ("" if value is None else str(value) for value in dict(self).values())
        return BAR.join(values).rstrip(BAR)


class Agent(Participant):
    """Somebody who acts for the applicant: ``authority`` is what his paper of authority covers, empty while he has shown none, ``until``
    how long it holds, None where it names no end."""

    authority: str = Field("", max_length=200)
    until: Day | None = None


class Guardian(Participant):
    """The legal guardian of a minor or of somebody who cannot act for himself; ``relation`` to the applicant."""

    relation: str = Field("", max_length=200)


def _one_of(kind: type[Participant]) -> BeforeValidator:
    def read(value: Any) -> Any:
        return kind.of_line(value) if isinstance(value, str) else value

    return BeforeValidator(read)


def _several(value: Any) -> Any:
    """Participants from lines, or from one line that parts them by ；."""
    if not isinstance(value, str):
        return value
    if not value:
        return ()
    lines = [line for line in re.split(r"[\r\n；;]+", value) if line.strip()]
    return tuple(Participant.of_line(line) for line in lines)


def _names(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(name for part in NAMES.split(value) for name in person_name(part).split())


class People(BaseModel):
    """Everybody besides the one under whose name an application is registered: ``others`` apply with him, ``representatives`` are those
    of them whom the group elected, by name."""

    agent: Annotated[Agent | None, _one_of(Agent)] = None
    guardian: Annotated[Guardian | None, _one_of(Guardian)] = None
    others: Annotated[tuple[Participant, ...], BeforeValidator(_several)] = ()
    representatives: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.others and len({person.name for person in self.others}) < len(self.others):
            raise ValueError("一起申请的人里有同名的，请在姓名后面写明住址或者出生年月")
        return self

    @property
    def acting(self) -> Agent | None:
        """The agent who may act: who has shown a paper of authority."""
        return self.agent if self.agent and self.agent.authority else None

    def acting_on(self, day: date) -> Agent | None:
        """The agent who may act that day: his authority may have ended."""
        agent = self.acting
        return agent if agent and (agent.until is None or day <= agent.until) else None

    @property
    def everybody(self) -> tuple[Participant, ...]:
        """All of them."""
        return (*filter(None, (self.agent, self.guardian)), *self.others)


def representation_fault(applicant: str, people: People) -> str:
    """Why a group is not represented as the law of review wants it (行政复议法实施条例 17); empty when it is."""
    number, chosen = len(people.others) + 1, people.representatives
    if number <= MOST_WITHOUT and not chosen:
        return ""
    if chosen == (NOT_ELECTED,):
        return ""
    if not chosen:
        return f"一共{number}名申请人，请填写推选的{FEWEST_ELECTED}到{MOST_ELECTED}名代表；还没有推选的写【{NOT_ELECTED}】，登记以后请他们补正。"
    if number > MOST_WITHOUT and not FEWEST_ELECTED <= len(chosen) <= MOST_ELECTED:
        return f"代表应当是{FEWEST_ELECTED}到{MOST_ELECTED}名，现在写了{len(chosen)}名。"
    strange = [name for name in chosen if name not in {applicant, *(person.name for person in people.others)}]
    return f"代表【{strange[0]}】不在申请人里，代表要从申请人里推选。" if strange else ""
