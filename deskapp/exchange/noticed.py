"""What of a table is read in a way that its people may not expect: counted while it is read, said when it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deskapp.exchange.heading import BEYOND, Heading
from deskapp.exchange.heading_again import GOVERNS
from deskapp.exchange.tables.besides import Aside

SHOWN = 5
CLOSED_BOOK = "这种表格看不出哪些行和列是隐藏的（筛选或者折叠）、有没有批注、数字的格式里有没有字；隐藏的也读了，批注和格式里的字没有读。"


@dataclass
class Noticed:
    """Places by their names, and counts of cells and lines."""

    beyond: list[str] = field(default_factory=list)
    headed_again: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    together: list[str] = field(default_factory=list)
    maybe_one: list[str] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    same_as_above: int = 0
    boxes: int = 0
    from_1904: int = 0
    remarks: int = 0
    worded: int = 0
    closed: bool = False

    def see_aside(self, aside: Aside, heading: Heading) -> None:
        """What a sheet has beside its lines; of its columns those that have a name."""
        self.closed |= not aside.told
        self.remarks += aside.remarks
        self.hidden_columns += [f"【{name}】" for at, name in enumerate(heading.names) if name and at in aside.hidden]

    def said(self, hidden_lines: int) -> Iterator[str]:
        """A sentence for each kind, one of how many lines are hidden among them."""
        if self.beyond:
            yield f"{BEYOND}{_some(self.beyond, '格')}。"
        if self.headed_again:
            yield f"{'、'.join(self.headed_again)}又是一行列名，{GOVERNS}，请核对。"
        if self.together:
            yield f"{_some(self.together)}和上一行的编号是合并的一格，申请人不同：当作一件，收作一起申请的人，请核对。"
        if self.maybe_one:
            yield (
                f"{_some(self.maybe_one)}和上一行的日期、内容合并成一格，申请人不同：各算一件。"
                "是一起申请的，请写成一行，把别人写进【一起申请的人】。"
            )
        if self.same_as_above:
            yield f"有{self.same_as_above}格写着【同上】，照上一行收。"
        if self.boxes:
            yield f"有{self.boxes}格是打勾的方框，照打了勾的收。"
        if self.from_1904:
            yield f"这个文件的日期从1904年数起（苹果电脑上的设置），{self.from_1904}格是数字的日期照这样算。"
        if self.worded:
            yield f"有{self.worded}格的数字照表格里显示的样子读（格式里加了字，或者在前面补了0）。"
        if hidden_lines:
            yield f"有{hidden_lines}行在表格里是隐藏的（筛选或者折叠），也读了。"
        if self.hidden_columns:
            yield f"{_some(self.hidden_columns, '列')}在表格里是隐藏的列，也读了。"
        if self.remarks:
            yield f"有{self.remarks}格带批注，批注没有读。"
        if self.struck:
            yield f"{_some(self.struck)}里有划掉的字（删除线），也照样读了；作废的请删去后再导入。"
        if self.closed:
            yield CLOSED_BOOK


def _some(names: Sequence[str], of: str = "行") -> str:
    return "、".join(names[:SHOWN]) + (f"等{len(names)}{of}" if len(names) > SHOWN else "")
