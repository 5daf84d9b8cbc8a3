"""文书模板: every kind of letter with what it rests on and since when, and the office's own words for it.

An office never edits our files: a version of its own lies beside ours from a first day on, several may follow each other, each letter
notes which one it was made of. What ours has become since is told, and going back to ours is one act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from deskapp.clock import Clock
from deskapp.desk.cases.letter_events import act_fault
from deskapp.desk.cases.template_files import UNCHANGED, TemplateFiles, outdated
from deskapp.desk.office.wording_checks import Looked, looked
from deskapp.errors import DeskError
from deskapp.law.categories import outcome
from deskapp.parsing import one_line, parse_day
from deskapp.register.journal import Journal
from deskapp.register.tokens import syllables_of
from letters.catalogue import TemplateCatalogue, parse_template, shipped
from letters.citations import as_cited
from letters.errors import PressError
from letters.own import (
    OPTIONAL,
    OwnFact,
    Rewritten,
    TemplatePart,
    differences,
    names_of,
    own_facts,
    parts_of,
    rewrite,
)
from letters.template import Template
from letters.wording import COMMON

if TYPE_CHECKING:
    from letters.pdf.fonts import FontBook

PART, MORE, FACTS = "part_", "more", "facts"
OURS, THEIRS = "程序自带", "本单位"
SEPARATORS = "｜|：:\t"  # the first of them parts a fact from its example
KIND_BEGINS = "own_"  # the key of a kind that only this office has


@dataclass(frozen=True)
class KindLine:
    """One kind of letter in the list: ``name`` is what it answers where several have one title, ``whose`` words serve today, from
    which day, what is to be known of it; ``fault`` says that an own file is bad, and nothing can be written by it; ``came_from`` are the
    offices that gave it."""

    kind: str
    name: str
    title: str
    articles: tuple[str, ...]
    whose: str
    since: date
    version: str
    notes: tuple[str, ...] = ()
    fault: bool = False
    came_from: tuple[str, ...] = ()


class Wordings:
    """The office's own words."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        files: TemplateFiles,
        catalogue: Callable[[], TemplateCatalogue],
        fonts: Callable[[], FontBook],
    ) -> None:
        self._journal, self._clock, self._files = journal, clock, files
        self._catalogue, self._fonts = catalogue, fonts

    # -- what there is -----------------------------------------------------------------------------------------

    def kinds(self) -> list[KindLine]:
        """Every kind of letter as it serves today."""
        catalogue = self._catalogue()
        found = [self._line(catalogue, item) for item in catalogue.templates.values()]
        known = {line.kind for line in found}
        for kind, fault in catalogue.faults.items():
            if kind not in known:
                found.append(KindLine(kind, kind, kind, (), THEIRS, self._clock.today(), "", (fault,), fault=True))
        return found

    def _line(self, catalogue: TemplateCatalogue, item: Template) -> KindLine:
        notes = self.notes(item.kind)
        fault = catalogue.faults.get(item.kind, "")
        found = outcome(item.kind)
        whose = THEIRS if catalogue.is_own(item) else OURS
        said = (*([fault] if fault else []), *notes)
        name = found.name if found else item.title
        return KindLine(
            item.kind,
            name,
            item.title,
            item.articles,
            whose,
            item.valid_from,
            item.version,
            said,
            bool(fault),
            item.came_from,
        )

    def notes(self, kind: str) -> list[str]:
        """What is to be known of a kind of the office's own: versions still to come, and that ours has changed since it was made."""
        catalogue, today = self._catalogue(), self._clock.today()
        later = [
            f"{item.valid_from}起换用本单位的另一版，在那以前用现在的。"
            for item in catalogue.own.get(kind, [])
            if item.valid_from > today
        ]
        return [*later, *outdated(catalogue.own.get(kind, []))]

    def compare(self, kind: str) -> list[tuple[str, str]]:
        """Where the words that serve today differ from ours, ours first; nothing for a kind that only the office has."""
        ours = shipped().templates.get(kind)
        return differences(ours, self._template(kind)) if ours else []

    def _template(self, kind: str) -> Template:
        try:
            return self._catalogue().template(kind)
        except PressError as error:
            raise DeskError.of(error) from error

    # -- rewriting ---------------------------------------------------------------------------------------------

    def parts(self, kind: str) -> list[TemplatePart]:
        """The blocks of a kind's body, in words. Raises DeskError for a kind whose file is bad."""
        return parts_of(self._template(kind))

    def names(self, kind: str, typed: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What may stand in brackets: the facts of the kind with those that are being added; what every letter may say."""
        source = self._template(kind)
        try:
            found = names_of(source, _facts(typed))
        except PressError:  # said by the checks
            found = names_of(source)
        return found[: -len(COMMON)], found[-len(COMMON) :]

    def first(self, kind: str, sister: bool = False) -> dict[str, str]:
        """What the form holds at first: the words of today; of a new kind that is made of a sister, her paragraphs."""
        source = self._template(kind)
        texts = {f"{PART}{part.n}": part.plain for part in parts_of(source) if part.sort != "fixed"}
        facts = [f"{fact.label}{'' if fact.required else OPTIONAL}｜{fact.example}" for fact in own_facts(source)]
        return {
            "title": "" if sister else source.title,
            "articles": "、".join(source.articles),
            "valid_from": self._clock.today().isoformat(),
            "use_when": "" if sister else source.use_when,
            "not_when": "" if sister else source.not_when,
            FACTS: "\n".join(facts),
            **texts,
            MORE: "",
        }

    def look(self, kind: str, typed: Mapping[str, str], sister: bool = False) -> Looked:
        """The letter as it would be with these words, of example facts and this office's particulars. Raises DeskError for words that
        cannot be meant."""
        return self._looked(self._template(kind), self._made(kind, typed, sister)[0])

    def _looked(self, source: Template, made: Template) -> Looked:
        today = self._clock.today()
        return looked(source, made, self._journal.unit(today), today, self._fonts())

    def may_have_sister(self, kind: str) -> None:
        """Raise DeskError where no new kind can be made of one."""
        _may_have_sister(self._template(kind))

    def save(self, kind: str, typed: Mapping[str, str], sister: bool = False) -> str:
        """Lay these words into the office's folder; what was done, in a sentence. Raises DeskError, and changes nothing, where something
        must be put right first."""
        made, text = self._made(kind, typed, sister)
        found = self._looked(self._template(kind), made)
        if wrong := next((finding for finding in found.findings if finding.blocking), None):
            raise DeskError(f"{wrong.where}：{wrong.what}", "没有保存。", wrong.todo)
        if fault := act_fault(made):
            raise DeskError(fault, "没有保存。", "")
        laid, _, aside = self._files.lay(made, text).partition("。")
        later = made.valid_from > self._clock.today()
        since = f"从{made.valid_from}起" if later else "以后的文书"
        kept = UNCHANGED if laid.startswith(UNCHANGED) else f"已保存，{since}用这个写法"
        return f"【{made.title}】{kept}。{aside}已经发出的文书不变。"

    def back_to_ours(self, kind: str) -> str:
        """Take the office's own words of a kind out of use; what was done, in a sentence. Raises DeskError where there are none."""
        own = self._catalogue().own.get(kind, [])
        if not own:
            raise DeskError("这一种文书用的就是程序自带的写法。", "没有动。", "")
        kept = self._files.give_up(own)
        said = "以后用程序自带的写法" if kind in shipped().templates else "以后不再用"
        return f"【{own[-1].title}】{said}；本单位的{len(kept)}份留在 {kept[0].parent}，已经发出的文书不变。"

    def _made(self, kind: str, typed: Mapping[str, str], sister: bool) -> tuple[Template, str]:
        """The template that these words make, and its file. Raises DeskError."""
        source = self._template(kind)
        if sister:
            _may_have_sister(source)
        title = _wanted(typed, "title", "题目")
        day = serves_from(typed.get("valid_from", ""), self._clock.today(), "没有保存。")
        wanted = Rewritten(
            title=title,
            use_when=_wanted(typed, "use_when", "什么时候用"),
            not_when=one_line(typed.get("not_when", "")),
            articles=as_cited(typed.get("articles", "")),
            valid_from=day,
            texts={part.n: typed[f"{PART}{part.n}"] for part in parts_of(source) if f"{PART}{part.n}" in typed},
            more=tuple(typed.get(MORE, "").split("\n\n")),
            facts=_facts(typed),
            kind=new_kind(title, {*self._catalogue().templates, *self._catalogue().faults}) if sister else "",
        )
        if not wanted.articles:
            raise DeskError(
                "依据没有填。", "没有保存。", "写条例的哪一条，例如 第三十六条第四项；几条用顿号分开。", "articles"
            )
        based = f"{kind} {shipped().templates[kind].version}" if kind in shipped().templates else source.based_on
        try:
            text = rewrite(self._files.text_of(source, self._catalogue().is_own(source)), source, wanted, based)
            return parse_template(text, f"{wanted.kind or kind}.md", dict(source.parts)), text
        except PressError as error:
            raise DeskError(str(error), "没有保存。", "") from error


def serves_from(typed: str, today: date, refused: str) -> date:
    """The day from which a version of a kind serves: today where none was typed. Raises DeskError for one that is past."""
    day = parse_day(typed, today, when="ahead") if typed.strip() else today
    if day < today:
        raise DeskError(
            f"起用的日期{day}已经过了。", refused, "以前的文书已经固定；请写今天或者以后的一天。", "valid_from"
        )
    return day


def new_kind(title: str, taken: Collection[str]) -> str:
    """The key of a kind that only this office has, none of those that are ``taken``."""
    begun = KIND_BEGINS + re.sub("[^a-z]", "", "".join(ways[0][0] for ways in syllables_of(title)))
    return next(key for n in range(len(taken) + 1) if (key := begun + "x" * n) not in taken)


def _wanted(typed: Mapping[str, str], key: str, label: str) -> str:
    text = one_line(typed.get(key, ""))
    if not text:
        raise DeskError(f"{label}没有填。", "没有保存。", f"请填写{label}。", key)
    return text


def _facts(typed: Mapping[str, str]) -> tuple[OwnFact, ...]:
    """The facts that the office adds, one a line: label｜example or label：example, behind the label whether it may be left open."""
    found = []
    for line in typed.get(FACTS, "").splitlines():
        if not line.strip():
            continue
        label, _, example = re.sub(f"[{SEPARATORS}]", "｜", line.strip(), count=1).partition("｜")
        required = not label.strip().endswith(OPTIONAL)
        found.append(OwnFact(label.strip().removesuffix(OPTIONAL), example.strip(), required))
    return tuple(found)


def _may_have_sister(source: Template) -> None:
    """Raise DeskError for an answer, of which the law says what kinds there are."""
    if source.stage == "reply":
        what = "答复有哪几种由条例定，不能另加一种。"
        raise DeskError(what, "没有做新的一种。", "要改这一种的写法，在清单里按 Enter；别的文书可以另做。")
