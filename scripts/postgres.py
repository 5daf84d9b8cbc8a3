"""A PostgreSQL of one's own for tests, the demonstration and the benchmarks: started on loopback in a folder, gone with it.

A server refuses to run as root; then it runs as the user ``postgres``, whom Debian's package makes.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from psycopg import connect

PLACES = "/usr/lib/postgresql"  # where Debian keeps the servers, by version
OWNER = "county"
MEMORY, ROOM = "/dev/shm", 1_000_000_000  # bytes that a server and some databases may take
COPIES = 150_000  # the version from which the way of copying a template can be chosen


def programs() -> Path | None:
    """The folder of the server's programs; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(Path(PLACES).glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    return versions[-1].parent if versions else None


@dataclass
class Server:
    """A server in ``folder``; ``durable`` says whether it waits for the disk, which tests of kills want."""

    folder: Path
    bin: Path
    durable: bool = False
    settings: Sequence[str] = ()
    port: int = field(default=0)

    def start(self) -> None:
        """Make the data directory where there is none, and start. Raises CalledProcessError."""
        data = self.folder / "data"
        self.folder.mkdir(exist_ok=True)
        os.chmod(self.folder, 0o755)
        if os.geteuid() == 0:
            os.chown(self.folder, *_owner())
        if not data.exists():
            words = ["-A", "trust", "-U", OWNER, "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"]
            self._run("initdb", "-D", str(data), *words)
        self.port = self.port or _free_port()
        own = [
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
            "max_connections=60",
            *self.settings,
        ]
        if not self.durable:
            own += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = " ".join(f"-c {each}" for each in own)
        self._run(
            "pg_ctl",
            "-D",
            str(data),
            "-w",
            "-l",
            str(self.folder / "log"),
            "-o",
            f"-p {self.port} {options}",
            "start",
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop; ``immediate`` is a kill. A server that does not run is left alone."""
        data = str(self.folder / "data")
        subprocess.run(
            [self.bin / "pg_ctl", "-D", data, "-m", mode, "-w", "stop"],
            capture_output=True,
            check=False,
            **_as_owner(),
            cwd=self.folder,
        )  # type: ignore[call-overload]  # user and group are given only to root

    def dsn(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template1") -> str:
        """A new database; its address."""
        with connect(self.dsn("postgres"), autocommit=True) as db:
            copied = (
                "STRATEGY FILE_COPY" if db.info.server_version >= COPIES else ""
            )  # half the time of the usual way
            db.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" {copied}'.encode())
        return self.dsn(database)

    def drop(self, database: str) -> None:
        """A database that is wanted no more, whoever is still connected to it."""
        with connect(self.dsn("postgres"), autocommit=True) as db:
            db.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self.bin / program, *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            **_as_owner(),
        )  # type: ignore[call-overload]  # user and group are given only to root


@contextmanager
def private_server(durable: bool = False, settings: Sequence[str] = ()) -> Iterator[Server]:
    """A server for as long as the block runs; one that is not durable in memory, where there is room. Raises FileNotFoundError where
    there is no PostgreSQL on this machine."""
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed (Debian: postgresql-15)")
    place = None if durable else _memory()
    with tempfile.TemporaryDirectory(prefix="county-", ignore_cleanup_errors=True, dir=place) as folder:
        server = Server(Path(folder) / "server", found, durable, settings)
        os.chmod(folder, 0o755)
        try:
            server.start()
            yield server
        finally:
            server.stop("immediate")


def _memory() -> str | None:
    """A folder in memory. A database is some hundred files, and ext4 makes a new one slowly for minutes after many were deleted."""
    try:
        free = shutil.disk_usage(MEMORY).free
    except OSError:
        return None
    return MEMORY if free >= ROOM and os.access(MEMORY, os.W_OK) else None


def _owner() -> tuple[int, int]:
    """Who runs the server where we are root."""
    known = pwd.getpwnam("postgres")
    return known.pw_uid, known.pw_gid


def _as_owner() -> dict[str, int]:
    if os.geteuid() != 0:
        return {}
    user, group = _owner()
    return {"user": user, "group": group}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
