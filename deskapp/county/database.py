"""The one connection to the county's database: the driver, its errors, transactions, rows. Only ``county`` holds SQL over it.

The SQL is the common part of PostgreSQL and the domestic databases made from it: no ON CONFLICT, no empty texts (they are stored as NULL
where a server thinks so), no reserved words. Which driver reads which address stands in :data:`DRIVERS`; only the first has been run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from deskapp.errors import DeskError

DSN = "DESKAPP_COUNTY_DB"  # the environment's address of the database
DRIVERS = {
    "postgresql": ("psycopg", "postgresql"), "postgres": ("psycopg", "postgresql"), "opengauss": ("gaussdb", "opengauss"),
    "kingbase": ("ksycopg2", "kingbase"),
}  # fmt: skip
"""The driver and the dialect by the first word of an address; the last two could only be read about."""
SERVER_SAYS = {  # by the code of the server: what happened, what to do, our code
    "42P01": ("县里的数据库还没有建好。", "请先运行 deskapp county init。", "not_made"),
    "42501": ("这个数据库用户没有做这一步的权限。", "请换一个用户，或者请管理员授权。", "no_right"),
    "55P03": ("别人正在用这张表，等不到。", "请等别的程序、连接都关了，再做一次。", "busy"),
    "2F003": (
        "分放的服务器要有密码才让这个用户连。", "请管理员给那几台服务器设密码登录，再由建库的用户重新授权。", "no_right",
    ),
}  # fmt: skip
"""No such table; not allowed; others have it; a server of the parts lets only its administrator in without a password."""
FULL = {"53100": "磁盘满了", "53200": "内存不够了", "53300": "连接太多了"}
PATIENCE = "20s"  # for a table that somebody else is reading
Value = Any


class Database:
    """An open connection. Every method raises DeskError where the server refuses."""

    def __init__(self, dsn: str, read_only: bool = False) -> None:
        scheme = dsn.partition("://")[0] if "://" in dsn else "postgresql"
        if scheme not in DRIVERS:
            raise DeskError(
                f"数据库地址的开头【{scheme}】不认识。",
                "没有连接。",
                "地址写成 postgresql://用户@主机:端口/库名。",
                code="no_driver",
            )
        self.dsn = dsn
        module, self.dialect = DRIVERS[scheme]
        self._driver = _driver(module)
        self._address = dsn if scheme in ("postgresql", "postgres") else dsn.replace(scheme, "postgresql", 1)
        self._read_only, self._within, self._left = read_only, False, False
        self._copied: dict[str, bool] = {}
        self._connection = self._connect()

    def _connect(self) -> Any:
        try:
            made = self._driver.connect(self._address, **_way(self._address))
            made.autocommit = True
            if self._read_only:
                made.execute("SET default_transaction_read_only = on")
            return made
        except (self._driver.Error, ValueError) as error:
            raise DeskError(
                "县里的数据库连不上。",
                f"{_said(error)}。",
                "请检查数据库是不是开着、地址和密码对不对。",
                code="no_database",
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a nested one joins the outer."""
        if self._within:
            yield
            return
        self._live()
        self._within = True
        try:
            self._connection.autocommit = False
            yield
            self._connection.commit()
        except self._driver.Error as error:
            self._undo()
            raise _refused(error) from error
        except BaseException:
            self._undo()
            raise
        finally:
            self._within = False
            if not self._connection.closed:
                self._connection.autocommit = True

    def _undo(self) -> None:
        """Take back what was not committed; a server that is gone has done it itself, and one that was broken off in the middle of a statement
        does it when the connection is closed."""
        if not self._connection.closed:
            try:
                self._connection.rollback()
            except self._driver.Error:
                self._connection.close()

    def _live(self) -> None:
        """Connect once more where the server was away: a screen that stays open all day outlives a restart. Raises DeskError."""
        if self._connection.closed and not self._within and not self._left:
            self._connection = self._connect()

    def _cursor(self) -> Any:
        self._live()
        return self._connection.cursor()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """All rows of a question."""
        try:
            with self._cursor() as cursor:
                cursor.execute(sql, values)
                return list(cursor.fetchall())
        except self._driver.Error as error:
            raise _refused(error) from error

    def row(self, sql: str, values: Sequence[Value] = ()) -> tuple[Value, ...] | None:
        """The first row; None where there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Value] = ()) -> Value:
        """The first value of the first row; None where there is none."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """One statement that writes; how many rows it touched."""
        try:
            with self._cursor() as cursor:
                cursor.execute(sql, values)
                return int(cursor.rowcount)
        except self._driver.Error as error:
            raise _refused(error) from error

    def run_all(self, statements: Iterable[str]) -> None:
        """Statements that write, one after another."""
        for statement in statements:
            self.run(statement)

    def run_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """One statement for each of several rows."""
        try:
            with self._cursor() as cursor:
                cursor.executemany(sql, rows)
        except self._driver.Error as error:
            raise _refused(error) from error

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Many new rows of a table at once; '' is stored as NULL."""
        by_copy = self._copies(table)
        try:
            with self._cursor() as cursor:
                if not by_copy:
                    places = ", ".join(["%s"] * len(columns))
                    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
                    cursor.executemany(sql, [[_stored(value) for value in row] for row in rows])
                    return
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row([None if value == "" else value for value in row])
        except self._driver.Error as error:
            raise _refused(error) from error

    def rewrite(self, table: str) -> tuple[int, bool]:
        """Write a table anew, so that its files have nothing of rows that are gone, nor the server's samples of it: how many such rows had to
        be kept for somebody who began before, and whether this user may. Outside of a transaction. Raises DeskError, where others have it too
        long among others."""
        said: list[tuple[str, str]] = []

        def heard(notice: Any) -> None:  # what it says is gone when it has been called
            said.append((notice.severity_nonlocalized or "", notice.message_detail or ""))

        try:
            self._live()
            self._connection.add_notice_handler(heard)
            with self._connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
                try:
                    cursor.execute(f"VACUUM (FULL, VERBOSE, ANALYZE) {table}")
                finally:
                    cursor.execute("RESET lock_timeout")
        except self._driver.Error as error:
            raise _refused(error) from error
        finally:
            self._connection.remove_notice_handler(heard)
        kept = sum(int(found[1]) for _, detail in said if (found := KEPT_ROWS.search(detail)))
        return kept, not any(severity == "WARNING" for severity, _ in said)

    def _copies(self, table: str) -> bool:
        """Whether rows can be copied into a table: the driver knows how, and no row security stands before this user."""
        if table not in self._copied:
            can = hasattr(self._cursor(), "copy")
            self._copied[table] = can and not self.value("SELECT row_security_active(%s)", [table])
        return self._copied[table]

    def close(self) -> None:
        """Close the connection."""
        self._left = True
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_database(dsn: str | None, read_only: bool = False) -> Database:
    """The database of an address, or of the environment's. Raises DeskError."""
    address = dsn or os.environ.get(DSN, "")
    if not address:
        raise DeskError(
            "没有写县里的数据库在哪里。",
            "没有做。",
            f"请用 --db 写明地址，或者设好环境变量 {DSN}。",
            code="no_database",
        )
    return Database(address, read_only)


def foreign_server(name: str, dsn: str) -> list[str]:
    """The statements that make another PostgreSQL known to this one under a name. Raises DeskError for an address without host or name."""
    from psycopg import conninfo

    parts = conninfo.conninfo_to_dict(dsn)
    options = {"host": parts.get("host"), "port": parts.get("port"), "dbname": parts.get("dbname")}
    if not options["host"] or not options["dbname"]:
        raise DeskError(
            f"服务器地址 {dsn} 没有写主机或者库名。",
            "没有建。",
            "写成 postgresql://用户@主机:端口/库名。",
            code="no_driver",
        )
    options |= {"async_capable": "true", "fetch_size": "10000", "batch_size": "1000"}
    user = {"user": parts.get("user"), "password": parts.get("password")}
    return [
        f"CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({_listed(options)})",
        f"CREATE USER MAPPING FOR CURRENT_USER SERVER {name} OPTIONS ({_listed(user)})",
    ]


def _listed(values: Mapping[str, Any]) -> str:
    """Options as a statement has them."""
    from psycopg import sql

    given = {key: value for key, value in values.items() if value is not None}
    return ", ".join(f"{key} {sql.quote(str(value))}" for key, value in given.items())


def way_there(db: Database, user: str) -> list[str]:
    """The statements by which a user reaches the servers over which the parts are spread, as whoever made them does: it never sees the
    password, since it may not use the servers for anything else. Without a password in the address the server must be told so, which only
    its administrator may. Raises DeskError."""
    made = []
    for name, _, of_user in _own_ways(db):
        options = dict(each.split("=", 1) for each in of_user or ())
        if "password" not in options:
            options["password_required"] = "false"
        made.append(f"CREATE USER MAPPING FOR {user} SERVER {name} OPTIONS ({_listed(options)})")
    return made


def ways_back(db: Database, user: str) -> list[str]:
    """The statements that take the way to those servers away from a user again."""
    rows = db.rows("SELECT srvname FROM pg_foreign_server WHERE srvname LIKE %s ORDER BY srvname", ["county%"])
    return [f"DROP USER MAPPING IF EXISTS FOR {user} SERVER {name}" for (name,) in rows]


def foreign_addresses(db: Database) -> list[str]:
    """The addresses of the servers over which the parts are spread, the first first, as this user reaches them. Raises DeskError where it
    reaches none of them itself."""
    from psycopg import conninfo

    found = {}
    for name, of_server, of_user in _own_ways(db):
        options = dict(each.split("=", 1) for each in [*(of_server or ()), *(of_user or ())])
        wanted = {key: options[key] for key in ("host", "port", "dbname", "user", "password") if key in options}
        found[int(name.removeprefix("county_"))] = conninfo.make_conninfo(**wanted)
    return [found[n] for n in sorted(found)]


def _own_ways(db: Database) -> list[tuple[Value, ...]]:
    """The servers of the parts with their options and those by which this user reaches them. Raises DeskError where it reaches none."""
    rows = db.rows(
        "SELECT s.srvname, s.srvoptions, m.umoptions FROM pg_foreign_server s JOIN pg_user_mappings m ON m.srvid = s.oid"
        " WHERE s.srvname LIKE %s AND (m.usename = current_user OR m.umuser = 0) ORDER BY s.oid",
        ["county%"],
    )
    if not rows:
        raise DeskError("这个数据库用户连不到分放的那几台服务器。", "没有做。", "请换成建库的用户。", code="no_right")
    return rows


def _stored(value: Value) -> Value:
    return None if value == "" else value


def _way(dsn: str) -> dict[str, str]:
    """Over a network the way is encrypted, whatever the address forgets to say; on this machine it need not be."""
    found = urlsplit(dsn) if "://" in dsn else None  # ValueError for an address that is none
    host = (found.hostname or "") if found else next((p[5:] for p in dsn.split() if p.startswith("host=")), "")
    local = host in ("", "localhost", "::1") or host.startswith(("127.", "/"))
    return {} if local or "sslmode=" in dsn else {"sslmode": "require"}


def _driver(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError as error:
        raise DeskError(
            "这台机器没有装连接数据库的组件。",
            "没有做。",
            f"请安装 deskapp[county]（用到 {module}）。",
            code="no_driver",
        ) from error


SAID = {
    "connection refused": "那里没有数据库在运行", "password authentication failed": "用户名或者密码不对",
    "no password supplied": "地址里没有写密码", "no pg_hba.conf entry": "服务器不许这个用户从这台机器连",
    "could not translate host name": "找不到这台主机", "failed to resolve host": "找不到这台主机",
    "timeout": "等了很久没有回应", "timed out": "等了很久没有回应", "is starting up": "数据库正在启动，还不能用",
    "is shutting down": "数据库正在关", "too many": "连接太多了", "remaining connection slots": "连接太多了", "ssl": "加密的连接没有建成",
    "no such file": "那里没有数据库在运行", "server closed the connection": "服务器断开了连接",
}  # fmt: skip
"""What a driver's words about a connection mean, by what stands in them."""
KEPT_ROWS = re.compile(r"^(\d+) ")
"""Of what the server says of a table that it wrote anew: the details begin with the rows that it could not leave out."""
NOT_THERE = re.compile(r'(database|role) "([^"]*)" does not exist')


def _said(error: Any) -> str:
    """What a server or its driver said, in words; the code of the server where there are none for it."""
    text = str(error).lower()
    if found := NOT_THERE.search(str(error)):
        return f"没有【{found[2]}】这个{'库' if found[1] == 'database' else '用户'}"
    if isinstance(error, ValueError) or "connection info string" in text or "connection option" in text:
        return "地址的写法不对"
    known = next((words for signs, words in SAID.items() if signs in text), "")
    code = str(getattr(error, "sqlstate", None) or "")
    return known or (f"服务器的错误代码是{code}" if code else "没有说原因")


def _refusal(error: Any) -> str:
    """What somebody who looks after the server has to know: its code, and the table and the rule where it names them."""
    diag = getattr(error, "diag", None)
    named = [getattr(diag, name, None) for name in ("table_name", "column_name", "constraint_name")]
    where = "、".join(str(name) for name in named if name)
    code = str(getattr(error, "sqlstate", None) or type(error).__name__)
    return f"错误代码{code}" + (f"（{where}）" if where else "")


def _refused(error: Any) -> DeskError:
    """What an error of the server means."""
    code = str(getattr(error, "sqlstate", None) or "")
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if code in SERVER_SAYS:
        what, todo, named = SERVER_SAYS[code]
        return DeskError(what, "没有做。", todo, code=named)
    if code.startswith(("08", "57")) or (not code and kinds & {"OperationalError", "InterfaceError"}):
        meaning = "这一步没有做完；做到一半的不会留下。"
        return DeskError("和数据库的连接断了。", meaning, "请看数据库是不是开着，再做一次。", code="no_database")
    if code in FULL:
        meaning = "这一步没有做；收下的都在，做到一半的不会留下。"
        todo = "请管服务器的人清出地方，再做一次；收过的包不会重复。"
        return DeskError(f"数据库服务器的{FULL[code]}。", meaning, todo, code="full")
    unfit = code.startswith("22") or (not code and "DataError" in kinds)  # too long, out of range, no sign of a text
    todo = "请把这句话交给维护人员。"
    return DeskError(f"数据库没有接受，{_refusal(error)}。", "没有做。", todo, code="data" if unfit else "database")
