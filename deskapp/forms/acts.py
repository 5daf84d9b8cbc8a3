"""The form of an act that is noted by hand: which act, its day, then the fields of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskapp.forms.fields import FormField, Kind
from deskapp.register.act import LISTING, Act, Field

DAY = FormField("on", "日期", help="事情发生的那一天；不填就是今天。", placeholder="今天")
KINDS: dict[str, Kind] = {"lines": "long", "number": "number"}


def form_of_act(acts: Mapping[str, Act], fields: Sequence[Field]) -> tuple[FormField, ...]:
    """The whole form: the choice of the act, the day, the act's own fields (their choices already those of the case)."""
    which = FormField(
        "act", "什么事", "choice", tuple((key, act.name) for key, act in acts.items()), "选择发生了什么。"
    )
    return which, DAY, *(_shown(field) for field in fields)


def _shown(field: Field) -> FormField:
    """One field; where there is something to choose from, it is chosen."""
    choices = field.choices if field.type in LISTING and isinstance(field.choices, tuple) else ()
    kind: Kind = "choice" if choices else KINDS.get(field.type, "text")
    return FormField(field.key, field.label, kind, choices, field.help, field.required)
