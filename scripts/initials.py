"""Write the pinyin initials of every reply category into categories.toml, beside the words they stand for.

Run after a name or a search word changes; the law itself needs no package for this.
"""

import re
from pathlib import Path

from pypinyin import lazy_pinyin

FILE = Path(__file__).parent.parent / "deskapp/law/data/categories.toml"


def initials(text: str) -> str:
    """The first letters of the syllables of ``text``; what is not Chinese is left out."""
    return "".join(s[0] for s in lazy_pinyin(text) if s[0].isascii() and s[0].isalpha())


def main() -> None:
    """Rewrite the ``initials`` line of each category."""
    blocks = FILE.read_text(encoding="utf-8").split("[[category]]")
    for n, block in enumerate(blocks[1:], 1):
        name, words = (re.search(rf'^{key} = "(.*)"$', block, re.M) for key in ("name", "words"))
        assert name, block
        assert words, block
        line = " ".join(map(initials, [name[1], *words[1].split()]))
        blocks[n] = re.sub(r'^initials = ".*"$', f'initials = "{line}"', block, flags=re.M)
    FILE.write_text("[[category]]".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
