"""What was erased is still in the files of the server: rows that are gone lie in them until they are written over, and samples of them in its
statistics. Here the tables are written anew, as far as the user may, and what this cannot reach is told by name.

A point whose erasing changed rows leaves a note (``old:`` and its identity), in the transaction of the erasing; the notes go when
everything was written anew and nothing had to be kept for somebody who began before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.county.database import Database, foreign_addresses
from deskapp.county.schema import dialect_of, is_spread
from deskapp.errors import DeskError

MARK = "old:"
SPREAD_TABLES, OTHER_TABLES = ("events", "cases", "matters"), ("standings", "tasks", "bundles")
SAMPLES = "pg_catalog.pg_statistic"  # the server's own samples of the rows
NAMES = {
    "events": "办理记录", "cases": "申请", "matters": "复议诉讼", "standings": "登记点报的数和答复", "tasks": "交办的事", "bundles": "收过的包",
    SAMPLES: "服务器的抽样统计",
}  # fmt: skip


@dataclass(frozen=True)
class Cleared:
    """What was written anew; what was not, by the reason; how many old rows had to be kept; what this does not reach, each in a sentence."""

    done: tuple[str, ...]
    refused: dict[str, tuple[str, ...]]
    kept: int
    remains: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the tables have nothing of it any more."""
        return not self.refused and not self.kept

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp county vacuum --json``."""
        return {
            "whole": self.whole, "done": list(self.done), "refused": {why: list(tables) for why, tables in self.refused.items()}, "kept": self.kept,
            "remains": list(self.remains),
        }  # fmt: skip

    @property
    def first(self) -> str:
        """What came of it, in a sentence or two."""
        if self.whole:
            return "删过的内容，数据库的表里都清掉了。"
        lines = [f"没有清：{'、'.join(tables)}（{why}）。" for why, tables in self.refused.items()]
        if self.kept:
            lines.append(f"还有{self.kept}行旧内容没有清掉：别的连接从以前就开着。请都关了，再清一次。")
        return "".join(lines)

    @property
    def sentence(self) -> str:
        """All of it in words."""
        done = [f"已经重写：{'、'.join(self.done)}。"] if self.done and not self.whole else []
        return "\n".join(
            [
                self.first,
                *done,
                "这里够不到的，要另外处理：",
                *(f"{n}、{each}" for n, each in enumerate(self.remains, 1)),
            ]
        )


class Clearing:
    """The moment the files of the server are cleared of what was erased; ``folder`` is the county's own."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db, self._folder = db, folder

    def waiting(self) -> int:
        """Of how many points something was erased since the files were cleared."""
        return int(self._db.value("SELECT count(*) FROM county_notes WHERE note_key LIKE %s", [f"{MARK}%"]))

    def clear(self) -> Cleared:
        """Write every table anew that may hold something of it. Raises DeskError where the server is gone."""
        done: list[str] = []
        refused: dict[str, tuple[str, ...]] = {}
        kept = 0
        waited = self._db.rows("SELECT note_key FROM county_notes WHERE note_key LIKE %s", [f"{MARK}%"])
        for db, tables, where in self._places():
            for table in tables:
                name = f"{NAMES.get(table) or NAMES[table.rpartition('_')[0]]}{where}"
                left, why = _rewritten(db, table)
                kept += left
                if why:
                    refused[why] = _once([*refused.get(why, ()), name])
                else:
                    done.append(name)
        found = Cleared(_once(done), refused, kept, (*self._swept(), *self._remains()))
        if found.whole:
            self._db.run_each("DELETE FROM county_notes WHERE note_key = %s", waited)
        return found

    def _places(self) -> Iterator[tuple[Database, tuple[str, ...], str]]:
        """Where the tables lie: here, or on further servers too."""
        if not is_spread(self._db):
            yield self._db, (*SPREAD_TABLES, *OTHER_TABLES, SAMPLES), ""
            return
        yield self._db, (*OTHER_TABLES, SAMPLES), ""
        addresses, parts = foreign_addresses(self._db), int(dialect_of("postgresql")["parts"])
        for n, address in enumerate(addresses):
            own = [f"{table}_{part}" for table in SPREAD_TABLES for part in range(n, parts, len(addresses))]
            with Database(address) as there:
                yield there, (*own, SAMPLES), f"（第{n + 1}台服务器）"

    def _swept(self) -> list[str]:
        """Have the server take away the old files now; a sentence where this user may not ask for it."""
        try:
            self._db.run("CHECKPOINT")
        except DeskError as error:
            if error.code != "no_right":
                raise
            return ["换下来的旧文件，服务器下一次做检查点的时候才删（这个用户不能让它现在做）"]
        return []

    def _remains(self) -> Iterator[str]:
        folder = self._setting("data_directory") or "服务器的数据文件夹"
        yield f"预写日志 {folder}/pg_wal：服务器写满一圈才盖掉"
        if (mode := self._setting("archive_mode")) not in ("", "off"):
            how = self._setting("archive_command") or self._setting("archive_library")
            yield f"归档的预写日志（archive_mode = {mode}{f'，{how}' if how else ''}）：请管服务器的人处理"
        for name, address in self._asked("SELECT application_name, client_addr::text FROM pg_stat_replication"):
            yield f"备用服务器 {name or ''} {address or ''}：它自己的预写日志"
        for name, *_ in self._asked("SELECT slot_name FROM pg_replication_slots"):
            yield f"复制槽 {name} 留着的预写日志"
        yield "以前用 pg_dump、pg_basebackup 做的数据库备份，整台服务器的快照"
        yield f"县里文件夹 {self._folder} 以前的拷贝，登记点U盘和邮件里的报送包"
        yield "已经印出去、存成文件的通报和考核表"

    def _setting(self, name: str) -> str:
        """A setting of the server; empty where it is not there or not shown to this user."""
        rows = self._asked("SELECT setting FROM pg_settings WHERE name = %s", [name])
        return str(rows[0][0] or "") if rows else ""

    def _asked(self, sql: str, values: Sequence[str] = ()) -> list[tuple[Any, ...]]:
        """What the server tells of itself; nothing where this user may not know."""
        try:
            return self._db.rows(sql, values)
        except DeskError as error:
            if error.code == "no_database":
                raise
            return []


def mark_old(db: Database, point: str) -> None:
    """Note that rows of a point were erased; inside the transaction that did it."""
    db.run("DELETE FROM county_notes WHERE note_key = %s", [f"{MARK}{point}"])
    db.run("INSERT INTO county_notes (note_key, body) VALUES (%s, 'erased')", [f"{MARK}{point}"])


def _rewritten(db: Database, table: str) -> tuple[int, str]:
    """Write one table anew: how many old rows had to be kept, and why it was not done where it was not. Raises DeskError where the server is
    gone."""
    try:
        kept, may = db.rewrite(table)
    except DeskError as error:
        if error.code == "no_database":
            raise
        return 0, error.what.rstrip("。")
    return kept, "" if may else _owner(db, table)


def _owner(db: Database, table: str) -> str:
    """Who may do what this user may not."""
    sql = "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = %s AND pg_table_is_visible(oid)"
    owner = db.value(sql, [table.rpartition(".")[2]])
    return f"这个用户没有权限，请用 {owner} 运行"


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
