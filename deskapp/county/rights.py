"""Who may do what in the county's database.

Three roles: a taker writes, a reader reads everything, a reader of one point reads the rows of that point alone, which the database itself
sees to (row security), and of those not what the county keeps to itself: its own applications under cover, and the reasons of its
decisions. The users are made by whoever looks after the server; here they get their rights, and where parts lie on other servers
the way there.
"""

from __future__ import annotations

import re
from typing import Literal

from deskapp.county.answers import TRIAL
from deskapp.county.database import Database, way_there, ways_back
from deskapp.county.schema import TABLES, is_spread
from deskapp.errors import DeskError

Role = Literal["taker", "reader", "point"]
ROLE_NAMES: dict[Role, str] = {"taker": "收包的", "reader": "看全县的", "point": "只看一个登记点的"}
OF_A_POINT = ("points", "bundles", "events", "cases", "matters", "tally", "spans", "standings", "tasks", "decisions")
KEPT_TO_ITSELF = {"tasks": f"kind NOT IN ('{TRIAL}', 'withdrawn')", "decisions": "false"}
"""What a reader of one point does not see of the rows about it, by table."""
_USER = re.compile(r"[a-z_][a-z0-9_]{0,40}")


class Rights:
    """The rights over one database; only its owner can give them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def give(self, user: str, role: Role, point: str = "") -> None:
        """Give a user that the server knows the rights of a role, and no others; ``point`` is the identity for a reader of one. Raises
        DeskError for a user that is not there, or a name that is none."""
        self._known(user)
        with self._db.transaction():
            self._take_away(user)
            tables = ", ".join((*OF_A_POINT, "county_notes"))
            self._db.run(f"GRANT SELECT ON {tables} TO {user}")
            if role == "taker":
                self._db.run(f"GRANT INSERT, UPDATE, DELETE ON {tables} TO {user}")
            for table in OF_A_POINT:
                self._guard(table, user, role, point)
            if is_spread(self._db):
                self._db.run_all(way_there(self._db, user))

    def take(self, user: str) -> None:
        """Take all rights away from a user. Raises DeskError for a user that is not there, or a name that is none."""
        self._known(user)
        with self._db.transaction():
            self._take_away(user)

    def _known(self, user: str) -> None:
        """Raises DeskError for a name that is none, a user that is not there, and the owner, whose rights are no gift."""
        if not _USER.fullmatch(user):
            raise DeskError(f"用户名【{user}】不能用。", "没有改。", "请用小写字母、数字和下划线。", code="no_user")
        if self._db.value("SELECT 1 FROM pg_roles WHERE rolname = %s", [user]) is None:
            raise DeskError(
                f"数据库里没有用户 {user}。", "没有改。", f"请管理员先建：CREATE ROLE {user} LOGIN。", code="no_user"
            )
        owner = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'points' AND pg_table_is_visible(oid)"
        if self._db.value(owner) == user:
            raise DeskError(f"{user} 是建库的用户，什么都能做。", "没有改。", "请给另一个用户权限。", code="no_user")

    def given(self) -> list[tuple[str, Role, str]]:
        """The users who were given rights, each with the role and, for a reader of one point, its identity."""
        rows = self._db.rows(
            "SELECT policyname, cmd, qual FROM pg_policies WHERE schemaname = current_schema() AND tablename = 'points' ORDER BY policyname"
        )
        found: list[tuple[str, Role, str]] = []
        for policy, what, rows_seen in rows:
            of_point = re.search("[0-9a-f]{32}", rows_seen or "")
            role: Role = "taker" if what == "ALL" else "point" if of_point else "reader"
            found.append((policy.removeprefix(_policy("")), role, of_point[0] if of_point else ""))
        return found

    def _take_away(self, user: str) -> None:
        self._db.run(f"REVOKE ALL ON {', '.join(TABLES)} FROM {user}")
        for table in OF_A_POINT:
            self._db.run(f"DROP POLICY IF EXISTS {_policy(user)} ON {table}")
        if is_spread(self._db):
            self._db.run_all(ways_back(self._db, user))

    def _guard(self, table: str, user: str, role: Role, point: str) -> None:
        """Which rows of a table a user sees, and may write."""
        self._db.run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        rows = "true"
        if role == "point":
            rows = " AND ".join(filter(None, [f"point = '{_identity(point)}'", KEPT_TO_ITSELF.get(table)]))
        what = "ALL" if role == "taker" else "SELECT"
        check = " WITH CHECK (true)" if role == "taker" else ""
        self._db.run(f"CREATE POLICY {_policy(user)} ON {table} FOR {what} TO {user} USING ({rows}){check}")


def _policy(user: str) -> str:
    return f"county_{user}"


def _identity(point: str) -> str:
    """An identity that may stand in a statement. Raises DeskError for anything else."""
    if not re.fullmatch("[0-9a-f]{32}", point):
        raise DeskError("没有写哪个登记点。", "没有改。", "请用 --point 写明。", code="no_point")
    return point
