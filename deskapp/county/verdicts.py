"""What became of a bundle that was offered: one word of the contract, a code for why, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Verdict = Literal["taken", "again", "early", "fork", "refused", "held"]
BAD: tuple[Verdict, ...] = ("refused", "fork", "held")  # for the exit code
SENTENCES = {
    "": "已收下。",
    "again": "这个包以前收过，没有再收。",
    "nothing_new": "里面的记录以前都收过，只更新了汇总数。",
    "overlap": "已收下；和以前收的有重叠，重叠的部分一致。",
    "early": "前面还缺记录，先留着：请登记点补报缺的那一段，补来以后自动接上。",
    "restored": "登记点从备份恢复过，恢复以后的记录和以前收到的不一样。两边都留着，等人决定。",
    "changed_history": "和以前收到的记录不一样：可能从备份恢复过，也可能同一个登记点身份用在两台电脑上。两边都留着，等人决定。",
    "two_journals": "是后来打的包，记录却比以前收到的少：同一个登记点身份可能用在两台电脑上，或者从备份恢复过。两边都留着，等人决定。",
    "rejected": "县里决定过不按这一份算，没有收。",
    "undone": "这个包以前收过，里面的记录后来决定不算了，没有再收。要按它算的，请登记点从那里起重新报一份（bundle --after）。",
    "replaced": "这个登记点已经由别的登记点接替，先留着，没有收。没有接替的，用 county retire --back 改回来，再收一次。",
    "held": "这个登记点等着人决定，先留着，决定以后自动接上。",
    "unknown": "没有登记过这个登记点，没有收。请先用它的名片登记（county enroll）。",
    "forged": "不是这个登记点签的名，没有收。请向登记点核对。",
    "changed": "内容和签名对不上，没有收。请登记点重新报一份。",
    "repacked": "有人重新打过包，没有收。请登记点重新报一份。",
    "huge": "解开以后太大，没有收。请登记点核对，分几次报。",
    "malformed": "内容不合规矩，没有收。请登记点更新程序，重新报一份；还不行的，请交给维护人员。",
    "newer": "登记点的程序比县里的新，请更新县里的程序；这个包先留着，更新以后再收一次包，就自动接上。",
    "no_bundle": "这不是报送包，或者已经损坏，没有收。",
    "newer_form": "是更新的版本打的包，这里读不懂，没有收。请更新县里的程序，再收一次；U盘上的先留着。",
    "same_number": "已收下；有的登记号两件申请都在用，各算一件。请登记点核对。",
    "wrong_key": "不是用本县的钥匙封的，打不开，没有收。请登记点用本县的钥匙文件重新报一份。",
    "unreadable": "文件读不出来，没有收。请核对位置，检查U盘。",
    "paper": "纸上的码没有扫全，没有收。请补扫。",
    "not_asked": "里面有姓名和内容，县里现在没有向这个点要，没有收，也没有留。请登记点换上县里现在的钥匙文件，重新报一份；确实要的，先写理由要（county ask）。",
    "facts_stay": "已收下；以前收的那些记录不含姓名，没有补上姓名。这个包留着，里面有姓名（county holds 数得到）。",
    "practice": "练习台的包只有练习的县里收，正式的包只有正式的县里收，没有收。",
    "clock_ahead": "已收下；登记点电脑的日期比现在晚，请它校正。",
    "clock_back": "已收下；登记点电脑的日期倒退过，请它核对。",
}
"""The sentence of each reason; a program goes by the word and the reason."""


@dataclass(frozen=True)
class Offered:
    """What became of one file: the point it came from (empty when unknown) and its name, the verdict, how many entries were new, why; ``gap``
    are the places that are wanting before an early one, ``at`` where a fork begins, ``said`` a sentence of its own, ``erased`` how many
    cases lost their persons by it."""

    file: str
    point: str
    name: str
    verdict: Verdict
    events: int = 0
    code: str = ""
    gap: tuple[int, int] | None = None
    at: int | None = None
    said: str = ""
    erased: int = 0

    @property
    def why(self) -> str:
        """The reason as a sentence."""
        text = self.said or SENTENCES[self.code]
        if self.gap:
            text = f"缺第{self.gap[0]}至{self.gap[1]}条。{text}"
        if self.at is not None:
            text = f"从第{self.at}条起：{text}"
        return text

    def as_contract(self) -> dict[str, Any]:
        """The keys of a file of ``deskapp county take --json``."""
        found = {
            "file": self.file,
            "point": self.point,
            "result": self.verdict,
            "events": self.events,
            "why": self.why,
        }
        gap = list(self.gap) if self.gap else None
        return {**found, "code": self.code, "name": self.name, "gap": gap, "erased": self.erased}

    @property
    def sentence(self) -> str:
        """One line for people."""
        new = f"新记录{self.events}条。" if self.events else ""
        erased = f"登记点删了{self.erased}件的个人信息，县里的也删了。" if self.erased else ""
        return f"{self.file}　{self.name or '不知道哪个点'}：{self.why}{new}{erased}"


def name_of(path: Path) -> str:
    """The name of a file as a text that can be shown and stored, whatever signs the stick has in it."""
    text = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "�" for sign in text)
