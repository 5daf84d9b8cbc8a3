"""The forms of an import: which file; what its columns and words stand for; which of two differing cells is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from deskapp.desk.office.ledger_counts import Differs
from deskapp.desk.office.ledger_in import KnownLines
from deskapp.errors import DeskError, shortened
from deskapp.exchange.ledger_columns import COLUMNS, REQUIRED, allowed_words
from deskapp.exchange.likely import likely_word, may_be
from deskapp.exchange.mapping import NO_MAPPING, NOTHING, WordMap
from deskapp.exchange.proposing import MappingProposal
from deskapp.exchange.whole import WHOLE, choices_of, whole_columns
from deskapp.forms.fields import FormField, in_groups

NOT_WANTED, ALL_SHEETS = "", "*"
REFUSE, AGAIN, UPDATE = "refuse", "again", "update"
EACH, KEEP, TAKE = "each", "keep", "take"
LEDGER_FILE = (
    FormField("file", "台账文件", help="xlsx、csv 或者别的表格的位置，可以从文件管理器里复制。", required=True),
)
SAME = (
    (REFUSE, "算有错，不收"),
    (UPDATE, "更新：把新的内容补进登记簿里那一件"),
    (AGAIN, "一样的也收（确实是另外的申请）"),
)
MOST_CELLS = 100  # differing cells that are asked one by one
LONGEST_SAMPLE = 20  # characters


class Matching:
    """The form of a table: a field for the sheet where there are several, one for each column, one for each word that nobody knows.
    ``known`` is what was confirmed of other tables: it is said where it stands, and a word that may mean several things is asked anew."""

    def __init__(self, proposal: MappingProposal, known: WordMap = NO_MAPPING) -> None:
        self._names = list(proposal.names)
        self._words = [(column, word) for column, words in proposal.words.items() for word in words]
        self._proposal, self._known = proposal, known
        self._said = Counter(word for _, word in self._words)  # in how many columns a word is asked

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All of them, in groups: which columns, which words, what is said for the whole table, the lines that are here already."""
        fields = self._ungrouped()
        groups = (("c", "表里的列"), ("w", "表里的词"), ("all", "整张表都一样的"), ("same", "登记簿里已经有的"))
        firsts = (
            (next((field.key for field in fields if field.key.startswith(start)), ""), name) for start, name in groups
        )
        return in_groups(fields, *((key, name) for key, name in firsts if key))

    def _ungrouped(self) -> tuple[FormField, ...]:
        found = self._proposal
        sheets = tuple((name, f"{name}（{lines}行）") for name, lines in found.sheets)
        whole = ((ALL_SHEETS, f"全部{len(sheets)}张"), *sheets)
        first = (
            (FormField("sheet", "哪张表", "choice", whole, "表格里有几张都像台账的表。"),) if len(sheets) > 1 else ()
        )
        columns = (
            (NOT_WANTED, "（不导入）"),
            *((name, f"{name}*" if name in REQUIRED else name) for name in COLUMNS),
        )
        return (
            *first,
            *(FormField(f"c{n}", name, "choice", columns, self._about(name)) for n, name in enumerate(self._names)),
            *(self._word(n, column, word) for n, (column, word) in enumerate(self._words)),
            *self._for_all(),
            FormField(
                "same", "已有的行", "choice", SAME, "登记簿里登记号一样的，或者收到日期、申请人、申请内容都一样的。"
            ),
        )

    def _for_all(self) -> Iterator[FormField]:
        """A field for each column that the table has not and may say once; one that must be said has a star."""
        names = set(self._proposal.names.values())
        for n, column in enumerate(WHOLE):
            if column not in whole_columns(names):
                continue
            texts = choices_of(column, names, allowed_words())
            choices = ((NOT_WANTED, "（没有定）"), *((text, text) for text in texts))
            about = f"表里没有【{column}】这一列的，在这里定。{_only_of(column)}"
            yield FormField(f"all{n}", f"整张表的{column}", "choice", choices, about, required=column in REQUIRED)

    def _about(self, name: str) -> str:
        sample = self._proposal.samples.get(name, "")
        short = sample[:LONGEST_SAMPLE] + (".." if len(sample) > LONGEST_SAMPLE else "")
        before = self._known.columns.get(name, "")
        said = f"上次定的是【{before}】。" if before else ""
        where = (
            f"表里的列名【{name}】，第一格是【{short}】。" if sample else f"表里的列名【{name}】，前面几行是空的。"
        )
        return where + said

    def _word(self, number: int, column: str, word: str) -> FormField:
        possible = may_be(column, word)
        texts = (*possible, *(text for text in allowed_words()[column] if text not in possible))
        choices = (
            (NOT_WANTED, "（还没有定，收的时候算错）"),
            (NOTHING, "（当作没有填）"),
            *((text, text) for text in texts),
        )
        count = self._proposal.words[column][word]
        which = f"可能是{'、'.join(possible)}，请照原件定。" if possible else "是哪一种？"
        before = self._known.words.get(column, {}).get(word, "")
        which += f"上次定的是【{before}】。" if before else ""
        label = f"{word}（{column}）" if self._said[word] > 1 else word
        return FormField(f"w{number}", label, "choice", choices, f"【{column}】列里有{count}处写【{word}】，{which}")

    def blank(self, known: WordMap, chosen: WordMap = NO_MAPPING) -> dict[str, str]:
        """What stands in the form at first: what was chosen just now, what was confirmed before, what is believed."""
        # a column that is known goes in again, whatever was done with it in another table
        values = {
            f"c{n}": chosen.columns[name]
            if name in chosen.columns
            else (known.columns.get(name) or self._proposal.names[name])
            for n, name in enumerate(self._names)
        }
        for n, (column, word) in enumerate(self._words):
            before = "" if may_be(column, word) else known.words.get(column, {}).get(word, "")
            values[f"w{n}"] = chosen.words.get(column, {}).get(word, "") or before or likely_word(column, word)
        for n, column in enumerate(WHOLE):
            values[f"all{n}"] = chosen.whole.get(column, "")
        return values

    def asks_less(self, other: Matching) -> bool:
        """Whether another form asks for words, or for a word for all of the table, that this one does not."""
        mine = {field.key for field in self.fields if field.key.startswith("all")}
        return not (
            set(other._words) <= set(self._words)
            and {field.key for field in other.fields if field.key.startswith("all")} <= mine
        )

    def checked(self, values: dict[str, str]) -> None:
        """Raise DeskError, of the field where it can be said, when a column that every application needs is neither in the table nor said
        for all of it."""
        chosen = self.mapping(values)
        for n, column in enumerate(WHOLE):
            if column not in REQUIRED or column in chosen.columns.values() or chosen.whole.get(column):
                continue
            where = f"请在【整张表的{column}】里定，或者把表里的一列定为【{column}】。"
            raise DeskError(f"每一件都要有{column}，表里没有这一列。", "还没有收。", where, f"all{n}")

    def mapping(self, values: dict[str, str]) -> WordMap:
        """What the form says."""
        columns = {name: values[f"c{n}"] for n, name in enumerate(self._names)}
        words: dict[str, dict[str, str]] = {}
        for n, (column, word) in enumerate(self._words):
            if values[f"w{n}"]:
                words.setdefault(column, {})[word] = values[f"w{n}"]
        whole = {column: text for n, column in enumerate(WHOLE) if (text := values.get(f"all{n}", ""))}
        return WordMap(columns, words, whole)


def _only_of(column: str) -> str:
    return f"只用于有【{WHOLE[column]}】的行。" if WHOLE[column] else ""


class Differing:
    """The form of cells that are not the same in the register and in a table: one answer for all, or one for each."""

    def __init__(self, differs: Sequence[Differs]) -> None:
        self._listed, self._more = differs[:MOST_CELLS], max(len(differs) - MOST_CELLS, 0)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All of them."""
        more = f"只列前{MOST_CELLS}格，另外{self._more}格留登记簿的。" if self._more else ""
        every = ((EACH, "一格一格定"), (KEEP, "都留登记簿的"), (TAKE, "都用台账的"))
        first = FormField("every", "所有不同的格", "choice", every, f"登记簿里有、台账里也有，但是不一样。{more}")
        return (first, *(self._cell(n, found) for n, found in enumerate(self._listed)))

    @staticmethod
    def _cell(number: int, found: Differs) -> FormField:
        here, there = shortened(found.cell.here), shortened(found.cell.there)
        choices = ((KEEP, f"登记簿：{here}"), (TAKE, f"台账：{there}"))
        about = f"{found.case_no} {found.who}，台账第{found.line}行：登记簿里是【{here}】，台账里是【{there}】。"
        return FormField(f"d{number}", f"{found.case_no} {found.cell.column}", "choice", choices, about)

    def known(self, values: dict[str, str]) -> KnownLines:
        """What the form says."""
        if values["every"] != EACH:
            return KnownLines("update", values["every"] == TAKE)
        cells = {(x.case_no, x.cell.column): values[f"d{n}"] == TAKE for n, x in enumerate(self._listed)}
        return KnownLines("update", False if self._more else None, cells)
