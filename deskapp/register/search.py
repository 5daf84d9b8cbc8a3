"""Finding cases: by name, number, phone, pinyin initials and words of the content. First page first."""

from __future__ import annotations

from itertools import product

from deskapp.register.store import Row, Store

MOST_READINGS = 4


def initials_of(name: str) -> str:
    """Pinyin initials of a name, every reading of its first character, separated by spaces: 曾巩 -> "zg cg".

    Latin letters and digits stand for themselves, in lower case.
    """
    from pypinyin import Style, pinyin  # 0.2 s to import: only when a name is registered

    syllables = pinyin(name[:20], style=Style.FIRST_LETTER, heteronym=True)
    readings = [
        sorted({reading.lower() for reading in options})[:MOST_READINGS] if n == 0 else [options[0].lower()]
        for n, options in enumerate(syllables)
    ]
    return " ".join("".join(c for c in "".join(choice) if c.isalnum()) for choice in product(*readings))


def escape_like(text: str) -> str:
    """``text`` with the wildcards of LIKE made plain; use with ESCAPE '!'."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def search(store: Store, words: str, limit: int) -> list[Row]:
    """Rows of the projection that hold every word, newest first; all rows for no word at all."""
    clauses, params = ["1"], []
    for word in words.split():
        like = f"%{escape_like(word)}%"
        lower = escape_like(word.lower())
        clauses.append(
            "(applicant LIKE ? ESCAPE '!' OR case_no LIKE ? ESCAPE '!' OR number LIKE ? ESCAPE '!'"
            " OR phone LIKE ? ESCAPE '!' OR content LIKE ? ESCAPE '!'"
            " OR initials LIKE ? ESCAPE '!' OR initials LIKE ? ESCAPE '!')"
        )
        params += [like] * 5 + [f"{lower}%", f"% {lower}%"]
    sql = f"SELECT * FROM cases WHERE {' AND '.join(clauses)} ORDER BY received_on DESC, case_no DESC LIMIT ?"
    return store.query(sql, [*params, limit])
