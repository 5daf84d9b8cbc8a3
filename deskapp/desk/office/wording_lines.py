"""Templates of another office beside what serves here: kind by kind what each would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from deskapp.law.categories import outcome
from letters.catalogue import TemplateCatalogue, shipped
from letters.own import differences, parts_of
from letters.template import Template

NEW, DIFFERS, SAME, FAULT = "new", "differs", "same", "fault"
STATE_NAMES = {NEW: "这里没有", DIFFERS: "不一样", SAME: "一样", FAULT: "不能收"}
ASK = "请打电话问对方，指纹一样再收。"


@dataclass(frozen=True)
class WordingLine:
    """One template of a file as it would be here: its key in the file, what the letter is, what it is to what serves here, from which day it
    would serve; what is to be known, why it cannot be taken, and where the words differ (here, there; of a
    kind that is not here, all of them)."""

    key: str
    kind: str
    name: str
    state: str
    serves_from: date
    notes: tuple[str, ...] = ()
    fault: str = ""
    differing: tuple[tuple[str, str], ...] = ()

    @property
    def state_name(self) -> str:
        """What it is to what serves here, in words."""
        return STATE_NAMES[self.state]


@dataclass(frozen=True)
class WordingLook:
    """A file as it was looked at: from whom and of which day, its mark and fingerprint, how far it can be believed, its templates."""

    office: str
    made_on: str
    mark: str
    fingerprint: str
    trust: str
    doubts: tuple[str, ...]
    lines: tuple[WordingLine, ...]

    @property
    def head(self) -> str:
        """Whose it is and how far it can be believed, in a few sentences."""
        return (
            f"{self.office}{self.made_on}给的{len(self.lines)}种。{self.trust}指纹 {self.fingerprint}：{ASK}"
            + "".join(f"注意：{doubt}" for doubt in self.doubts)
        )


def compared(
    key: str, made: Template, catalogue: TemplateCatalogue, fault: str, notes: tuple[str, ...]
) -> WordingLine:
    """A template beside what would serve here on its first day; ``fault`` and ``notes`` are what its trial gave."""
    fault = fault or (catalogue.faults.get(made.kind, "") and "这里自己的这一种有错，先改好或者移走。")
    here = _serving(made, catalogue)
    line = WordingLine(key, made.kind, name_of(made), NEW, made.valid_from, (*_based(made), *notes), fault)
    if here is None:
        line = replace(line, differing=tuple(("", part.plain) for part in parts_of(made) if part.sort != "fixed"))
    else:
        same = _words_of(here) == _words_of(made)
        differing = () if same else tuple(differences(here, made))
        line = replace(line, state=SAME if same else DIFFERS, differing=differing)
    return replace(line, state=FAULT) if fault else line


def _serving(made: Template, catalogue: TemplateCatalogue) -> Template | None:
    """What would serve here on the day from which a template would."""
    own = [each for each in catalogue.own.get(made.kind, []) if each.in_force(made.valid_from)]
    return own[-1] if own else shipped().templates.get(made.kind)


def name_of(item: Template) -> str:
    """What a letter is called in lists."""
    found = outcome(item.kind)
    return found.name if found else item.title


def _words_of(item: Template) -> dict[str, object]:
    """All that a template says, without what tells one laying of it from another."""
    return item.model_dump(exclude={"kind", "version", "valid_from", "based_on", "came_from", "file", "parts"})


def _based(made: Template) -> list[str]:
    """That a template was made of a text of ours that is another one here."""
    sister, _, version = made.based_on.partition(" ")
    ours = shipped().templates.get(sister)
    if ours is None or not version or ours.version == version:
        return []
    law = "" if ours.articles == made.articles else f"，这里的依据是{'、'.join(ours.articles)}"
    return [f"照程序自带的另一版改的{law}，收以前请对照。"]
