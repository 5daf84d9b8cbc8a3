"""Staff: the people of the office, each with his days, what he may do, and his PIN if he wants one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from pydantic import BaseModel, ConfigDict

from deskapp.clock import Clock
from deskapp.desk.pins import Tried, kept_pin
from deskapp.errors import DeskError
from deskapp.parsing import one_line
from deskapp.register.colleagues import KIND, Colleague, colleagues
from deskapp.register.ids import new_id
from deskapp.register.journal import Journal
from deskapp.typed import Typed

NO, YES = "no", "yes"
KEEP, SET, NONE = "keep", "set", "none"  # what becomes of the PIN
PINS = {KEEP: "不变", SET: "设新密码", NONE: "不要密码"}
LEAST_PIN = 4  # characters
LONGEST_NAME = 20  # characters

Proves = Callable[[Colleague, str], Tried]


class ColleagueDraft(BaseModel):
    """The form as it is typed."""

    model_config = ConfigDict(extra="ignore")

    name: str = ""
    post: str = ""
    may_sign: str = NO
    since: str = ""
    until: str = ""
    use: str = KEEP
    pin: str = ""
    old_pin: str = ""


class Staff:
    """The moment somebody joins the office, leaves it, or is given something to do. ``proves`` tries the PIN of a person."""

    def __init__(self, journal: Journal, clock: Clock, proves: Proves) -> None:
        self._journal, self._clock, self._proves = journal, clock, proves

    def all(self) -> list[Colleague]:
        """Everybody who was ever entered: those of today first, then those who come later, then those who left."""
        today = self._clock.today().isoformat()
        listed = colleagues(self._journal.store)
        return sorted(listed, key=lambda one: (bool(one.until) and one.until < today, one.since > today))

    def one(self, key: str) -> Colleague:
        """One of them. Raises DeskError for an unknown one."""
        found = next((one for one in self.all() if one.key == key), None)
        if found is None:
            raise DeskError("人员里没有这个人。", "没有改。", "请回到【人员】重新选择。")
        return found

    def named(self, name: str, day: date | None = None) -> Colleague:
        """The one who is called so in records, and is here on that day (today for none). Raises DeskError for nobody, or for several."""
        wanted, on = one_line(name), day or self._clock.today()
        here = [one for one in self.all() if one.here(on)]
        found = [one for one in here if one.called == wanted] or [one for one in here if one.name == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            names = "、".join(one.called for one in found)
            raise DeskError(f"叫【{wanted}】的不止一位。", "分不清是谁。", f"请写明是哪一位：{names}。")
        raise DeskError(f"{on}的人员里没有【{wanted[:LONGEST_NAME]}】。", "", "请在【人员】里看一看，没有的先添上。")

    def signers(self, day: date) -> list[Colleague]:
        """Those who might sign on that day."""
        return [one for one in self.all() if one.may_sign and one.here(day)]

    def draft_of(self, key: str) -> ColleagueDraft:
        """The form that puts a record right."""
        one = self.one(key)
        told = {name: getattr(one, name) for name in ("name", "post", "since", "until")}
        return ColleagueDraft(**told, may_sign=YES if one.may_sign else NO)

    def enter(self, draft: ColleagueDraft, key: str = "") -> Colleague:
        """Enter somebody, or put right what is known of him. Raises DeskError for a missing name, days that cannot be, a second one of the
        same name whom nothing tells apart, or a PIN that is not his."""
        today = self._clock.today()
        typed = Typed(draft, today)
        name, post = typed.needed("name", "姓名", "请写姓名。"), typed.text("post", "职务", LONGEST_NAME)
        if len(name) > LONGEST_NAME:
            raise typed.refuse(f"姓名太长，最多{LONGEST_NAME}个字。", "请写短一些。", "name")
        may_sign = typed.choice("may_sign", (NO, YES), "请选可不可以签发。") == YES
        since = typed.day_if_any("since", "从哪天起", "near") or today
        until = typed.day_if_any("until", "到哪天为止", "near")
        if until and until < since:
            raise typed.refuse(f"到哪天为止{until}早于来的那天{since}。", "请核对日期。", "until")
        before = self.one(key) if key else None
        pin = self._pin(draft, before)  # outside of what is taken back when it is refused: a guess counts
        with self._journal.write():
            made = Colleague(
                key=key or new_id(self._clock.now()), name=name, called=self._called(name, post, before), post=post,
                may_sign=may_sign, since=since.isoformat(), until=until.isoformat() if until else "",
                pin=pin, noted_by=self._journal.by(),
            )  # fmt: skip
            self._keep(made)
        return made

    def leave(self, key: str, on: date | None = None) -> Colleague:
        """That day (today for none) is his last. Raises DeskError for a day before he came."""
        one, last = self.one(key), (on or self._clock.today()).isoformat()
        if last < one.since:
            raise DeskError(f"{one.called}是{one.since}来的，不能在{last}离开。", "没有改。", "请核对日期。", "until")
        made = replace(one, until=last, noted_by=self._journal.by())
        self._keep(made)
        return made

    def _keep(self, one: Colleague) -> None:
        self._journal.records.save_record(KIND, one.key, json.dumps(asdict(one), ensure_ascii=False))

    def _called(self, name: str, post: str, before: Colleague | None) -> str:
        """The name as records say it: with the post where somebody else has the same one, or had it."""
        if before and before.name == name:
            return before.called  # what stands in the records already stays
        others = {one.called for one in self.all() if one.name == name and one is not before}
        if not others:
            return name
        called = f"{name}（{post}）"
        if not post or called in others:
            what = f"已经有一位{name}。"
            raise DeskError(
                what, "没有记下：两个人在记录里分不开。", "请在职务里写上能分开的，例如 窗口、二股。", "post"
            )
        return called

    def _pin(self, draft: ColleagueDraft, before: Colleague | None) -> str:
        """The PIN as it is kept from now on. One that is there is changed only by who knows it."""
        kept = before.pin if before else ""
        if draft.use not in PINS:
            raise DeskError("请选密码变不变。", "没有改。", "", "use")
        if draft.use != SET and draft.pin:
            todo = f"要换密码，选【{PINS[SET]}】；不换的，把新密码清空。"
            raise DeskError(f"填了新密码，选的却是【{PINS[draft.use]}】。", "没有改。", todo, "use")
        if draft.use == KEEP:
            return kept
        if draft.use == SET and not draft.pin:
            raise DeskError("没有填新密码。", "没有改。", "请填写，或者选【不变】。", "pin")
        if before and kept and not (tried := self._proves(before, draft.old_pin)).opens:
            todo = "请本人输入原来的密码；忘了的，记下他离开，再重新添一次。"
            raise DeskError(f"原来的密码：{tried}", "没有改。", todo, "old_pin")
        return kept_pin(draft.pin, LEAST_PIN) if draft.use == SET else ""
