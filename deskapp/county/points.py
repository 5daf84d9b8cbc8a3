"""The points of a county: who is enrolled, where each stands, what is held."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import CountyHome
from deskapp.errors import DeskError
from deskapp.exchange.bundle.cards import PointCard
from deskapp.parsing import one_line

ACTIVE, HELD = "active", "held"
TELLING = 6  # the last signs of an identity, which are random: the first tell the time at which it was made
COLUMNS = (
    "point", "point_name", "site_code", "kind", "practice", "public_key", "standing", "fork_at", "seq", "link", "epoch", "restored",
    "first_day", "calendars", "last_at", "heard_at", "taken_at",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM points"


@dataclass(frozen=True)
class Point:
    """A point as the county knows it: up to which entry it holds its journal (``seq``, ``link``), in which ``epoch``; ``restored`` is the
    last restore that was taken into account, ``heard_at`` when the newest bundle was made, ``last_at`` the latest moment of an entry."""

    point: str
    name: str
    site_code: str
    kind: str
    practice: bool
    public_key: str
    standing: str
    fork_at: int | None
    seq: int
    link: str
    epoch: int
    restored: str
    first_day: str
    calendars: str
    last_at: str
    heard_at: str
    taken_at: str
    label: str = ""

    @property
    def called(self) -> str:
        """What it is called among the others: by its name, and where another has the same, with its code and the end of its identity."""
        return self.label or self.name

    @property
    def held(self) -> bool:
        """Whether nothing is taken of it until somebody decides."""
        return self.standing == HELD


class Points:
    """The points in the database."""

    def __init__(self, db: Database, home: CountyHome, clock: Clock) -> None:
        self._db, self._home, self._clock = db, home, clock

    def enroll(self, card: PointCard) -> list[str]:
        """Take in a point by its card, whose signature was looked at; what is worth knowing, in sentences. The same card again changes
        nothing; a newer card of the same key brings a new name. Raises DeskError for another key under a known identity."""
        known = self.find(card.id)
        if known and known.public_key != card.public_key:
            raise DeskError(
                f"登记点{known.name}的名片换了钥匙。",
                "没有收：可能有人冒用。",
                "请打电话核对；确实换了的，请登记点重新生成身份，作为新的点登记。",
                code="other_key",
            )
        notes = [self._same_code(card)] if not known else []
        self._home.keep_card(card.id, card.text)
        with self._db.transaction():
            if known:
                self._db.run(
                    "UPDATE points SET point_name = %s, site_code = %s, kind = %s, card = %s WHERE point = %s",
                    [name_shown(card.name, card.site_code), card.site_code, card.kind, card.text, card.id],
                )
            else:
                self._db.run(
                    "INSERT INTO points (point, point_name, site_code, kind, practice, public_key, card, enrolled_at, standing, seq, epoch)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, 0)",
                    [
                        card.id, name_shown(card.name, card.site_code), card.site_code, card.kind, card.practice, card.public_key, card.text,
                        self._clock.now().isoformat(), ACTIVE,
                    ],
                )  # fmt: skip
        return [note for note in notes if note]

    def _same_code(self, card: PointCard) -> str:
        same = [point.called for point in self.all() if point.site_code == card.site_code]
        if not same:
            return ""
        return f"登记点代码{card.site_code}，{same[0]}也在用：两处各算各的；是同一个机关重新建的登记簿，同一件会算两次，county status 会说。"

    def all(self) -> list[Point]:
        """Every point, by name; those with one name told apart."""
        found = [_point(row) for row in self._db.rows(f"{_SELECT} ORDER BY point_name, point")]
        names = Counter(point.name for point in found)
        return [
            replace(each, label=told_apart(each.point, each.name, each.site_code)) if names[each.name] > 1 else each
            for each in found
        ]

    def find(self, point: str, lock: bool = False) -> Point | None:
        """The point of an identity; ``lock`` keeps others from taking in of it until the transaction ends, and looks at no other."""
        row = self._db.row(f"{_SELECT} WHERE point = %s{' FOR UPDATE' if lock else ''}", [point])
        if row is None or lock:
            return _point(row) if row else None
        found = _point(row)
        others = self._db.value("SELECT count(*) FROM points WHERE point_name = %s", [found.name])
        return replace(found, label=told_apart(found.point, found.name, found.site_code)) if others > 1 else found

    def named(self, text: str) -> Point:
        """The point that a person names: by identity, its beginning or end, name or code. Raises DeskError for none or several."""
        found = [
            p
            for p in self.all()
            if text in (p.point, p.name, p.site_code, p.label)
            or (len(text) >= TELLING and (p.point.startswith(text) or p.point.endswith(text)))
        ]
        if len(found) != 1:
            what = "有几个登记点都可以是" if found else "没有登记点是"
            raise DeskError(
                f"{what}【{text}】{'：' if found else ''}{'、'.join(each.called for each in found[:4])}。", "没有做。",
                "请写登记点的全名，或者 county status 里的身份。", code="no_point",
            )  # fmt: skip
        return found[0]

    def keep(self, point: str, **values: object) -> None:
        """Write down where a point stands now."""
        names = ", ".join(f"{name} = %s" for name in values)
        self._db.run(f"UPDATE points SET {names} WHERE point = %s", [*(_null(v) for v in values.values()), point])


def name_shown(name: str, site_code: str) -> str:
    """The name that a point gives itself, as others see it: without what turns the writing about or is not seen; its code where nothing is
    left."""
    return one_line(name) or site_code


def told_apart(point: str, name: str, site_code: str) -> str:
    """The name of a point with what tells it from others of that name."""
    return f"{name}（{site_code} {point[-TELLING:]}）"


def tail_of(called: str) -> str:
    """Of what a point is called, what tells it from another of that name; empty where nothing has to."""
    found = re.search(rf"（[^（）]* [0-9a-f]{{{TELLING}}}）$", called)
    return found[0] if found else ""


def calendars_of(point: Point) -> list[dict[str, object]]:
    """The calendars that a point brought in itself."""
    documents: list[dict[str, object]] = json.loads(point.calendars or "[]")
    return documents


def _null(value: object) -> object:
    return None if value == "" else value


def _point(row: tuple[object, ...]) -> Point:
    values = dict(zip(COLUMNS, row, strict=True))
    values["name"] = values.pop("point_name")
    texts = ("link", "restored", "first_day", "calendars", "last_at", "heard_at", "taken_at")
    return Point(**{**values, **{name: values[name] or "" for name in texts}})  # type: ignore[arg-type]  # the columns are those of the table
