"""单位: the particulars without which no lawful letter can be written. On a new desk it comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widget import Widget

from deskapp.errors import DeskError
from deskapp.forms.office import UNIT, VALID_FROM
from deskapp.forms.view import FormView
from deskapp.screens.frame.form import FormScreen
from deskapp.screens.frame.keys import bind
from deskapp.unit import LABELS, UnitProfile, read_profile
from deskapp.widgets.foot_lines import NOTE
from deskapp.widgets.prose import Prose


def profile_of(values: dict[str, str], kept: UnitProfile | None) -> UnitProfile:
    """The profile of a filled form; keys the form does not show stay as they were. Raises DeskError."""
    rest = kept.model_dump() if kept else {}
    typed: dict[str, object] = {key: value.strip() for key, value in values.items() if key != VALID_FROM.key}
    typed["site_code"] = str(typed["site_code"]).upper()
    typed["reviews"] = [review for review in str(typed["reviews"]).split(",") if review]
    return read_profile({**rest, **typed}, "单位资料")


class UnitScreen(FormScreen):
    """The unit's particulars; saved as a new version from today on."""

    NAME = "单位"
    PURPOSE = "填写本单位的资料。带 * 的必须填写，没有它们，文书不合法或者不能编号。复议机关和法院会写进每份答复。改了以后只用于以后的文书，以前的不变。"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("to_people"),
        bind("check_unit"),
        bind("save", "保存"),
        bind("back"),
        bind("help"),
    ]

    @property
    def draft_key(self) -> str:
        """One form a desk."""
        return "unit"

    def body(self) -> Iterable[Widget]:
        """Which versions there are, then one form."""
        yield Prose(Text("；".join(self.desk.upkeep.unit_versions())), id="versions")
        yield self.form_of((*UNIT, VALID_FROM), values_of(self.desk.lookup.unit()))

    def action_check_unit(self) -> None:
        """Show a letter with these particulars."""
        profile = checked_profile(self.query_one(FormView), self.desk.lookup.unit())
        if profile:
            self.go("specimen", profile)

    def action_to_people(self) -> None:
        """To the people of the office."""
        self.go("people")

    def save(self) -> None:
        """Check and keep."""
        form = self.query_one(FormView)
        kept = self.desk.lookup.unit()
        profile = checked_profile(form, kept)
        if profile is None:
            return
        typed = form.values()["valid_from"]
        day = self.attempt(lambda: self.desk.upkeep.first_day_of(typed))
        if day is None:
            form.focus_field("valid_from")
            return
        if profile != kept and not self.succeeds(lambda: self.desk.upkeep.save_unit(profile, day)):
            return
        if profile == kept:
            self.finish("单位资料没有变。", word=NOTE)
        else:
            self.finish(f"单位资料已保存，从{day}起使用。")


def values_of(profile: UnitProfile) -> dict[str, str]:
    """The particulars as the form shows them."""
    values = {key: str(value) for key, value in profile.model_dump().items()}
    return {**values, "reviews": ",".join(profile.reviews)}


def checked_profile(form: FormView, kept: UnitProfile | None) -> UnitProfile | None:
    """The profile in the form, or None with the bad field marked."""
    values = form.values()
    try:
        profile = profile_of(values, kept)
    except DeskError as error:
        bad = error.field if error.field in LABELS else "name"
        form.mark_problems({bad: f"{LABELS.get(bad, '')}：{error.meaning}{error.todo}"})
        form.focus_field(bad)
        return None
    return profile
