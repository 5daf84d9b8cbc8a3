"""What a kind of letter is: its header as data, the facts it needs, its unrendered body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from letters.errors import PressError
from letters.markup import Passage, passages

# The names every template may use, besides the facts it declares itself.
NAMES = frozenset(
    (
        "you",
        "unit",
        "case_no",
        "number",
        "received",
        "issued",
        "corrected",
        "confirmed",
        "submitted",
        "channel",
        "content",
        "applicant",
        "law",
        "tick",
        "copies",
        "periods",
        "tentative",
    )
)
_PERIOD = re.compile(r"\{([^{}]*)\}")  # no format of the language, which reaches into what it is given
SHOWN = 40  # characters of a sentence that is refused
LISTS = ("copies",)  # of those names, what is a list
FieldType = Literal["text", "lines", "date", "number", "choice", "rows", "flag"]


class Field(BaseModel):
    """One fact of a kind. ``type``: text, lines (a list of texts), date, number (a whole one), choice (of ``choices``,
    what each is called by its key),
    rows (a list of lists, one value for each of ``columns``), flag (yes or no). ``name`` marks the name of a person or
    body, ``ahead`` a day to come, ``last_day`` the end of a period, which lies after the letter that sets it; ``computed`` is
    filled by the desk; ``example`` serves ``--facts`` and tests."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    type: FieldType = "text"
    required: bool = True
    default: str = ""
    help: str = ""
    choices: dict[str, str] = {}
    columns: tuple[str, ...] = ()
    name: bool = False
    ahead: bool = False
    last_day: bool = False
    computed: bool = False
    example: Any

    @field_validator("choices", mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        """Choices that are their own names may come as a list."""
        return {value: value for value in given} if isinstance(given, list) else given

    @model_validator(mode="after")
    def _whole(self) -> Field:
        if (self.type == "choice") != bool(self.choices) or (self.type == "rows") != bool(self.columns):
            raise ValueError("choice 要写 choices，rows 要写 columns，别的类型都不写")
        return self


class Template(BaseModel):
    """A kind of letter. ``remedies`` is the class of the remedies paragraph that belongs in it, empty for none, ``remedies_by`` the class for a value of
    a fact that decides it; ``rest`` names what
    else of it can be challenged, in the usual two ways; of the
    facts named in ``one_of`` at least one must be filled, of a pair in ``together`` both or none. ``addressee`` names the
    fact to whom it goes, if not the applicant, ``you`` the word for that body or the fact that gives its class;
    a letter ``after_correction`` needs the day the correction came in;
    ``example`` holds common facts that differ in the example. One that an office has made of ours says in ``based_on`` which
    version of ours that was, one that another office gave says in ``came_from`` through which hands it went, the last one last.

    What the desk needs to know of it: issuing it is the ``act`` of that name, whose fields are the facts of the same name, or
    those that ``act_facts`` gives (a field in fen takes a fact in yuan), besides the ``act_values`` that are always so; it may go
    out ``after_answer``, ``once`` in a case, names ``other_office``, says who applied though it goes to somebody else
    (``names_applicant``: a court knows him), is ``listed`` first or with the forms instead of where its stage stands; ``paper`` is
    what it calls itself, if not the last three characters of its title; ``words`` are what people call it besides its title.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    version: str
    title: str
    articles: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    use_when: str
    not_when: str
    stage: Literal["reply", "on_the_way", "form"]
    order: int = 99
    numbered: bool = True
    titled: bool = True
    remedies: Literal["", "review_first", "choice", "review_only"] = ""
    remedies_by: dict[str, dict[str, str]] = {}
    thing: str = ""
    rest: str = ""
    addressee: str = ""
    you: str = ""
    one_of: tuple[str, ...] = ()
    after_correction: bool = False
    together: tuple[tuple[str, str], ...] = ()
    act: str = ""
    act_facts: dict[str, str] = {}
    act_values: dict[str, str] = {}
    names_applicant: bool = False
    after_answer: bool = False
    once: bool = False
    other_office: bool = False
    listed: Literal["", "first", "with_forms"] = ""
    paper: str = ""
    words: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    fields: dict[str, Field] = {}
    example: dict[str, str] = {}
    based_on: str = ""
    came_from: tuple[str, ...] = ()
    source: str
    parts: dict[str, str] = {}
    file: str = ""

    @property
    def called(self) -> str:
        """What the letter calls itself: 答复书, 告知书."""
        return self.paper or self.title[-3:]

    def remedies_with(self, facts: Mapping[str, Any]) -> str:
        """The class of the remedies paragraph that belongs in a letter with these facts."""
        return next(
            (by[value] for key, by in self.remedies_by.items() if (value := facts.get(key)) in by), self.remedies
        )

    @property
    def passages(self) -> list[Passage]:
        """The blocks of the body, unrendered."""
        return passages(self.source)

    @property
    def is_sheet(self) -> bool:
        """Whether it is a form on plain paper, without addressee, number and signature."""
        return self.stage == "form" and not self.numbered

    def spelled(self, periods: Mapping[str, int]) -> Template:
        """The same with the periods that its sentences name in braces. Raises PressError for one that is not known."""

        def spell(text: str) -> str:
            try:
                return _PERIOD.sub(lambda found: str(periods[found[1]]), text) if "{" in text else text
            except KeyError as error:
                raise PressError(f"文书模板 {self.file} 里的“{text[:SHOWN]}”用了不认识的期限，请改正。") from error

        fields = {
            key: field.model_copy(update={"help": spell(field.help), "default": spell(field.default)})
            for key, field in self.fields.items()
        }
        words = {"use_when": spell(self.use_when), "not_when": spell(self.not_when), "fields": fields}
        return self.model_copy(update=words)

    def in_force(self, on: date) -> bool:
        """Whether the template may be used for a letter of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
