"""The 文号 of a ledger that comes in: those that stand on more than one case, told before anything is written."""

from __future__ import annotations

from collections.abc import Container

from deskapp.exchange.ledger import OWN_NUMBERS, LedgerLine

SHOWN = 5  # numbers in a warning


class Doubled:
    """The numbers of the lines so far, and those of them that were there already."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()  # as hashes
        self._lines: dict[str, int] = {}

    def note(self, line: LedgerLine, known: bool, taken: Container[str]) -> None:
        """Note a line; the register has the numbers ``taken``, which says nothing of a line that is about a case it knows."""
        for number in own_of(line):
            if hash(number) in self._numbers or (number in taken and not known):
                self._lines.setdefault(number, line.line)
            self._numbers.add(hash(number))

    def said(self) -> list[str]:
        """A word about them."""
        found = [f"{number}（第{line}行）" for number, line in self._lines.items()]
        more = f"等{len(found)}个" if len(found) > SHOWN else ""
        return [f"这些文号会用在不止一件上，请核对：{'、'.join(found[:SHOWN])}{more}。"] if found else []


def own_of(*lines: LedgerLine) -> list[str]:
    """The 文号 of lines that we gave."""
    return [number for line in lines for column, _ in OWN_NUMBERS if (number := line.cells[column])]
