"""The form of a lesson from a case of the office's own."""

from __future__ import annotations

from deskapp.forms.fields import Choices, FormField


def lesson_form(answers: Choices) -> tuple[FormField, ...]:
    """Title, story, why the answer is right, two others that people pick."""
    wrong: Choices = (("", "（请选择）"), *answers)
    return (
        FormField("title", "题目", help="几个字，不写姓名。", required=True),
        FormField(
            "story", "经过", "long", help="发生了什么；不写姓名、号码、住址，看的人要能判断怎样办。", required=True
        ),
        FormField("why", "为什么这样答", "long", help="答对答错都给看：依据是什么，容易在哪里想错。", required=True),
        FormField("other", "容易答成", "choice", wrong, "别人容易选错的一种。"),
        FormField("other_why", "为什么不对", help="不填就写这一种【不要用于】什么。"),
        FormField("third", "还容易答成", "choice", wrong, "另一种容易选错的。"),
        FormField("third_why", "为什么不对", help="不填就写这一种【不要用于】什么。"),
    )
