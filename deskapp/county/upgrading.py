"""An older database of a county brought up to the tables of today: numbered steps in their order, all in one transaction or none.

Each step looks at what is there and adds what is wanting, since databases of one version were not always alike. What was taken in is not
touched. Parts that lie on other servers are brought up by connections of their own before the version is noted: a step that is done twice
does nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deskapp.county.database import Database, foreign_addresses
from deskapp.county.rights import Rights
from deskapp.county.schema import SPREAD, VERSION, dialect_of, is_spread, newer_tables, part_index, version_of
from deskapp.errors import DeskError


@dataclass(frozen=True)
class Upgraded:
    """From which version to which, and what was done for it, each in a sentence."""

    before: int
    now: int
    done: tuple[str, ...]

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp county upgrade --json``."""
        return {"before": self.before, "now": self.now, "done": list(self.done)}

    @property
    def sentence(self) -> str:
        """All of it in words."""
        if self.before == self.now:
            return f"县里的数据库就是第{self.now}版，没有要做的。"
        lines = [f"{n}．{each}" for n, each in enumerate(self.done, 1)]
        return "\n".join([f"县里的数据库从第{self.before}版升到第{self.now}版，收下的没有动：", *lines])


def upgrade(db: Database) -> Upgraded:
    """Bring a database up to this program's tables; whoever takes something in meanwhile waits. Raises DeskError where there are no tables,
    where they are of a later program, and where this user may not change them."""
    if version_of(db) is None:
        raise DeskError("县里的数据库还没有建好。", "没有升级。", "请先运行 deskapp county init。", code="not_made")
    with db.transaction():
        db.run("LOCK TABLE county_notes IN EXCLUSIVE MODE")
        before = version_of(db) or 1
        if before > VERSION:
            raise newer_tables(str(before))
        done = [sentence for number, step in STEPS.items() if number > before for sentence in step(db)]
        if before < VERSION:
            db.run("UPDATE county_notes SET body = %s WHERE note_key = 'version'", [str(VERSION)])
    return Upgraded(before, VERSION, tuple(done))


def _tasks(db: Database) -> list[str]:
    """Version 2: what the county asks of its points, and room for the identities of answers."""
    done = []
    if not _is_there(db, "tasks"):
        db.run(
            "CREATE TABLE tasks (task varchar(40) PRIMARY KEY, point varchar(32) NOT NULL, kind varchar(20) NOT NULL,"
            " given_on date NOT NULL, until_on date NOT NULL, body text NOT NULL)"
        )
        rights = Rights(db)
        for user, role, point in rights.given():
            rights.give(user, role, point)
        done.append("加了记交办事项的表，各用户的权限照旧。")
    length = db.value(
        "SELECT character_maximum_length FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = 'standings' AND column_name = 'standing_key'"
    )
    if length < 40:
        db.run("ALTER TABLE standings ALTER COLUMN standing_key TYPE varchar(40)")
        done.append("登记点的答复按交办事项的号收，号的位数放宽到40。")
    if db.value("SELECT 1 FROM county_notes WHERE note_key = %s", [SPREAD]) is None:
        db.run("INSERT INTO county_notes (note_key, body) VALUES (%s, '0')", [SPREAD])
    return done


ERASED_AT = 1  # the place of the index of version 3 among those of ``events``


def _erased_index(db: Database) -> list[str]:
    """Version 3: an index of the few entries that say what was erased."""
    made = "CREATE INDEX {name} ON {table} (point, case_id) WHERE act = 'erased'"
    parts = int(dialect_of("postgresql")["parts"]) if is_spread(db) else 0
    addresses = foreign_addresses(db) if parts else []
    count = 0
    for n, address in enumerate(addresses):
        with Database(address) as there, there.transaction():
            for part in range(n, parts, len(addresses)):
                name = part_index(f"events_{part}", ERASED_AT)
                if not _is_there(there, name):
                    there.run(made.format(name=name, table=f"events_{part}"))
                    count += 1
    if not parts and not _is_there(db, "events_erased"):
        db.run(made.format(name="events_erased", table="events"))
        count += 1
    where = f"，在{len(addresses)}台服务器上" if addresses else ""
    return [f"加了查找删过个人信息的索引{where}。"] if count else []


def _rights_anew(db: Database) -> list[str]:
    """Version 4: a reader of one point sees nothing that the county keeps to itself, and users reach the servers of the parts."""
    rights = Rights(db)
    given = rights.given()
    for user, role, point in given:
        rights.give(user, role, point)
    return [f"{len(given)}个用户的权限重新给了：只看一个点的看不到测试申请和决定的理由。"] if given else []


def _is_there(db: Database, name: str) -> bool:
    """Whether there is a table or an index of that name."""
    return db.value("SELECT 1 FROM pg_class WHERE relname = %s AND pg_table_is_visible(oid)", [name]) is not None


STEPS: dict[int, Callable[[Database], list[str]]] = {2: _tasks, 3: _erased_index, 4: _rights_anew}
"""What each version asks for, by its number; a step says what it did."""
