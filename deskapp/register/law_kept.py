"""Law data that a register keeps beside its cases, and which of them the process counts with.

Every pack that was taken is a record under its version; one that was taken back is there without its text. A desk that is opened, and one in
which another window took something, puts the newest in force that is newer than what came with the program.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from deskapp.register.store import Store

if TYPE_CHECKING:
    from deskapp.law.packs import LawPack

LAW = "law"  # the kind of the records
TAKEN_BACK = "{}"  # the body of one that is not to be counted with any more


def kept_texts(store: Store) -> list[str]:
    """The packs that are kept and were not taken back, as JSON texts, the newest version first."""
    rows = store.query(
        "SELECT body FROM records WHERE seq IN (SELECT max(seq) FROM records WHERE kind = ? GROUP BY key)"
        " AND body <> ? ORDER BY key DESC",
        [LAW, TAKEN_BACK],
    )
    return [row["body"] for row in rows]


def put_in_force(store: Store) -> None:
    """Have the process count with the law that a register keeps: with the shipped one where it keeps none that is newer and whole."""
    texts = kept_texts(store)
    if not texts and "deskapp.law.dated" not in sys.modules:
        return  # nothing was read of the law yet, so that nothing of another register is in force
    from deskapp.law.dated import SHIPPED, law_in_use, use_law

    found = newest_whole(texts)
    if found is None:
        use_law(SHIPPED)
    elif dict(law_in_use().files) != found.files:
        use_law(found.texts)


def newest_whole(texts: list[str]) -> LawPack | None:
    """The first of these packs that is newer than the shipped data and that this program can count with; None where the shipped data are
    in force."""
    if not texts:
        return None
    from deskapp.law.errors import LawError
    from deskapp.law.packs import check_pack, read_pack, shipped_version

    for text in texts:
        try:
            pack = read_pack(text)
            if pack.version <= shipped_version():
                return None
            check_pack(pack)
        except LawError:  # of another program; the doctor says so
            continue
        return pack
    return None
