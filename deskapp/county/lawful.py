"""The law data that a county counts with: what came with the program, or what it sent down itself, whichever is newer.

What is sent to the points is in force at the county from then on, or its days would be others than theirs; every case is counted anew.
"""

from __future__ import annotations

from pathlib import Path

from deskapp.clock import Clock
from deskapp.county.database import Database
from deskapp.county.home import LAW, CountyHome, files_in
from deskapp.county.points import Points, calendars_of
from deskapp.county.writing import CaseWriter, counts_with
from deskapp.errors import DeskError, os_reason
from deskapp.law.dated import SHIPPED, law_in_use, trying_law, use_law
from deskapp.law.errors import LawError
from deskapp.law.packs import LawPack, check_pack, pack_of, shipped_version
from deskapp.register.law_kept import newest_whole


def law_of(home: CountyHome) -> LawPack | None:
    """The pack that a county counts with; None where that is the shipped law. Raises DeskError for a file that cannot be read."""
    try:
        texts = [path.read_text(encoding="utf-8") for path in reversed(list(files_in(home.path, LAW)))]
    except (OSError, UnicodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "不是文字"
        raise DeskError(
            f"{home.path / LAW} 里的法律数据读不出来：{reason}。", "没有做。", "请用备份找回。"
        ) from error
    return newest_whole(texts)


def put_county_law_in_force(home: CountyHome) -> None:
    """Have the process count with the law of a county. Raises DeskError."""
    pack = law_of(home)
    if pack is None:
        use_law(SHIPPED)
    elif dict(law_in_use().files) != pack.files:
        use_law(pack.texts)


def read_law(folder: Path, home: CountyHome) -> LawPack:
    """The pack that a folder is meant to be, which the points could take. Raises DeskError for a broken one, or one that is older than what the
    county has."""
    try:
        pack = pack_of(folder)
        check_pack(pack)
    except LawError as error:
        raise DeskError(str(error), "没有下发。", "请改好再发。", code="law_fault") from error
    now = law_of(home)
    if pack == now:
        return pack
    version = now.version if now else shipped_version()
    if pack.version <= version:
        raise DeskError(
            f"这份法律数据是{pack.version}版，县里现在用的是{version}版，不比它新。",
            "没有下发。", "请在 law.toml 里写更晚的 version。", code="law_older",
        )  # fmt: skip
    return pack


def adopt(db: Database, home: CountyHome, clock: Clock, pack: LawPack) -> None:
    """Count with a pack from now on: keep it, and write every case anew, all in one transaction. Raises DeskError."""
    if pack == law_of(home):
        return
    with db.transaction(), trying_law(pack.texts):
        for point in Points(db, home, clock).all():
            counts = counts_with(calendars_of(point), point.first_day)
            CaseWriter(db, point.point, counts, clock.today()).write_anew()
        home.keep_law(str(pack.version), pack.model_dump_json())
    use_law(pack.texts)
