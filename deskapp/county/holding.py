"""What a county holds of whom, for the record of processing: in its database, and in the bundles that lie beside it.

The two are not the same: a bundle that came with persons keeps them, also where the database has the case from an earlier bundle without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deskapp.county.answers import ANSWER, TRIAL
from deskapp.county.database import Database
from deskapp.county.forgetting import erased_counts
from deskapp.county.home import BUNDLES, CountyHome, files_in
from deskapp.errors import DeskError
from deskapp.exchange.bundle.remains import read_kept

FIELDS = (
    "登记号", "收到方式", "申请人类别", "各环节的日期", "答复类型", "复议诉讼的程序和结果", "收费数额", "送达方式",
)  # fmt: skip
"""What is held of each application at the level ``facts``, as the record of processing names it."""


@dataclass(frozen=True)
class KeptFiles:
    """The bundles in the county's folder: how many, how many of them came with persons, how many cannot be read any more."""

    files: int
    with_persons: int
    unread: int

    @property
    def sentence(self) -> str:
        """All of it in words."""
        persons = (
            f"其中{self.with_persons}个含姓名和内容（县里指名要的）" if self.with_persons else "都没有姓名和内容"
        )
        unread = f"，{self.unread}个读不出来，不知道" if self.unread else ""
        return f"留着的报送包{self.files}个，{persons}{unread}。"


@dataclass(frozen=True)
class Held:
    """What is held: of how many points, entries, cases; from when to when; how many entries of the database have persons in them (level
    ``full``), of how many cases they were erased; the kept bundles, None where nobody here can open them; what people wrote beside the cases."""

    points: int
    events: int
    cases: int
    first: str
    last: str
    with_persons: int
    erased: int
    kept: KeptFiles | None
    answers: int
    tasks: int
    trials: int
    decisions: int

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp county holds --json``."""
        kept = self.kept
        return {
            "points": self.points, "events": self.events, "cases": self.cases, "first": self.first, "last": self.last,
            "with_persons": self.with_persons, "erased": self.erased, "fields": list(FIELDS),
            "kept_bundles": kept.files if kept else None, "kept_with_persons": kept.with_persons if kept else None,
            "kept_unread": kept.unread if kept else None, "answers": self.answers, "tasks": self.tasks, "trials": self.trials,
            "decisions": self.decisions,
        }  # fmt: skip

    @property
    def sentence(self) -> str:
        """All of it in words."""
        span = f"{self.first}至{self.last}收到的" if self.first else ""
        persons = (
            f"{self.with_persons}条含姓名和内容" if self.with_persons else "没有姓名、号码、电话、地址和申请内容"
        )
        erased = f"登记点删了{self.erased}件的个人信息，这里的数据库和留着的包里也都删了。" if self.erased else ""
        kept = self.kept.sentence if self.kept else "留着的报送包在收包的机器上，这里打不开，没有数。"
        words = f"另有人写的话：交办的事{self.tasks}件、登记点的答复{self.answers}件、测试申请{self.trials}件、决定的理由{self.decisions}条。"
        base = f"登记点{self.points}个，{span}申请{self.cases}件，数据库里记录{self.events}条：{persons}。"
        return f"{base}{kept}{words}{erased}每件留：{'、'.join(FIELDS)}。"


def held(db: Database, home: CountyHome) -> Held:
    """What is held, as far as this user may see it. Raises DeskError."""
    points, events = db.value("SELECT count(*) FROM points"), db.value("SELECT count(*) FROM events")
    cases, first, last = db.row("SELECT count(*), min(received_on), max(received_on) FROM cases") or (0, None, None)
    persons = db.value(
        "SELECT count(*) FROM events WHERE act = 'received' AND body NOT LIKE %s AND body NOT LIKE %s",
        ['%"content": "—"%', '%"content":"—"%'],
    )
    tasks, trials = (db.value(f"SELECT count(*) FROM tasks WHERE kind {sign} %s", [TRIAL]) for sign in ("<>", "="))
    answers = db.value("SELECT count(*) FROM standings WHERE kind = %s", [ANSWER])
    return Held(
        points, events, cases, str(first or ""), str(last or ""), persons, sum(erased_counts(db).values()),
        _kept(home) if home.has_keys else None, answers, tasks, trials, db.value("SELECT count(*) FROM decisions"),
    )  # fmt: skip


def held_as_facts(db: Database, point: str, first: int, last: int) -> bool:
    """Whether there are cases among these entries of a point that are held without persons, and not since they were erased."""
    found = db.value(
        "SELECT 1 FROM events WHERE point = %s AND superseded = 0 AND seq >= %s AND seq <= %s AND act = 'received' AND (body LIKE %s OR body LIKE %s)"
        " AND case_id NOT IN (SELECT case_id FROM events WHERE point = %s AND act = 'erased') LIMIT 1",
        [point, first, last, '%"content": "—"%', '%"content":"—"%', point],
    )
    return found is not None


def _kept(home: CountyHome) -> KeptFiles:
    """The kept bundles, each opened."""
    keys, files, full, unread = home.keys(), 0, 0, 0
    for path in files_in(home.path, BUNDLES):
        files += 1
        try:
            bundle = read_kept(path.read_bytes(), keys.identity, keys.card.public_key)
        except (DeskError, OSError):
            unread += 1
            continue
        full += bundle.manifest.level == "full"
    return KeptFiles(files, full, unread)
