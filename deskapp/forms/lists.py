"""The forms of a list that comes in at the reading point: which file, and what its columns and words are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskapp.catalogue.entry import meaning_of
from deskapp.desk.reading.list_kinds import ListChoice
from deskapp.errors import shortened
from deskapp.exchange.columns import Columns
from deskapp.exchange.table_apart import TableChoice
from deskapp.exchange.table_proposal import TableProposal
from deskapp.forms.fields import FormField

EVERY_SHEET = "*"


def list_file(whose: tuple[str, str]) -> tuple[FormField, ...]:
    """Which list, and what holds for all of it."""
    label, about = whose
    file = FormField("file", "表格文件", help="xlsx、csv 或者别的表格的位置，可以从文件管理器里复制。", required=True)
    return file, FormField("whole", label, help=about)


class ListMatching:
    """The form of a list: a field for the sheet where there are several, one for each column, one for each word that nobody knows."""

    def __init__(self, proposal: TableProposal, columns: Columns, words: Sequence[str]) -> None:
        self._proposal, self._columns, self._allowed = proposal, columns, words
        self._names = list(proposal.names)
        self._words = [word for found in proposal.words.values() for word in found if meaning_of(word) is None]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All of them."""
        sheets = tuple((name, f"{name}（{lines}行）") for name, lines in self._proposal.sheets)
        whole = ((EVERY_SHEET, f"全部{len(sheets)}张"), *sheets)
        first = (FormField("sheet", "哪张表", "choice", whole, "表格里有几张都像。"),) if len(sheets) > 1 else ()
        required = self._columns.required
        columns = (
            ("", "（不导入）"),
            *((name, f"{name}*" if name in required else name) for name in self._columns.names),
        )
        words = (("", "（还没有定，算错）"), *((word, word) for word in self._allowed))
        return (
            *first,
            *(FormField(f"c{n}", name, "choice", columns, self._about(name)) for n, name in enumerate(self._names)),
            *(
                FormField(f"w{n}", word, "choice", words, f"【有效性】列里写【{word}】，是哪一种？")
                for n, word in enumerate(self._words)
            ),
        )

    def _about(self, name: str) -> str:
        sample = shortened(self._proposal.samples.get(name, ""))
        return (
            f"表里的列名【{name}】，第一格是【{sample}】。" if sample else f"表里的列名【{name}】，前面几行是空的。"
        )

    @property
    def blank(self) -> dict[str, str]:
        """What is believed."""
        known = set(self._columns.names)
        return {
            f"c{n}": column if (column := self._proposal.names[name]) in known else ""
            for n, name in enumerate(self._names)
        }

    def chosen(self, values: Mapping[str, str], whole: str) -> ListChoice:
        """What the form says."""
        columns = {name: values[f"c{n}"] for n, name in enumerate(self._names)}
        words = {word: meant for n, word in enumerate(self._words) if (meant := values[f"w{n}"])}
        sheet = values.get("sheet", "")
        every = sheet == EVERY_SHEET
        return ListChoice(TableChoice(columns, "" if every else sheet, every), words, whole)
