"""The forms of what comes down from the county: a file to be taken in, a task to be answered."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.forms.fields import FormField

SET_IN = (
    FormField("file", "县里下发的文件", help="U盘里县里给的文件的全路径，可以从文件管理器里复制。", required=True),
)
"""What the county sends down."""
FOUND = "found-"  # before the number of a case, in the key of its field


def task_form(cases: Sequence[str], spoken: bool) -> tuple[FormField, ...]:
    """The answer to a task: what was found of each of its cases, what was done; ``spoken`` where words are asked for at all events."""
    each = tuple(
        FormField(
            f"{FOUND}{number}",
            number,
            help=f"{number}查得怎样：符合的写符合，不符合的写哪里不对、怎样改。",
            required=True,
        )
        for number in cases
    )
    return (*each, FormField("text", "办得怎样", "long", help="哪天、怎样办的。", required=spoken))
