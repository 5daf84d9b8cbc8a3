"""Bundles: what has come into the register since the last one goes to the county, signed; who the point is, and to whom it sends.

A bundle begins where the last one ended, by place and hash: a point that went on from a backup goes back to what both still have in
common. The watermark is written down when the file is whole on the medium, never before; a bundle that is lost is made again from a place
that the county names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from deskapp import __version__
from deskapp.clock import Clock
from deskapp.desk.reporting.standing import Standing
from deskapp.errors import DeskError, InPlace, os_reason
from deskapp.exchange.bundle.cards import COUNTY, POINT, CountyCard, Level, PointCard, read_card
from deskapp.exchange.bundle.packing import ENDING, Line, Manifest, WentOn, pack
from deskapp.exchange.bundle.paper import texts_of
from deskapp.exchange.bundle.signing import SigningKey
from deskapp.files import write_bytes
from deskapp.paths import FONTS, file_in, was_meant_as_folder
from deskapp.register.ids import new_id
from deskapp.register.journal import Journal
from deskapp.register.outgoing import IDENTITY, RESTORED, SENT, OutgoingEntries

PAPER = ".pdf"  # the ending of a bundle that is printed
_KEY, _COUNTY = "key", "county"  # the records of the identity
GONE = "{}"  # of a county that was left


@dataclass(frozen=True)
class Identity:
    """Who the point is: a random name, and the key it signs with."""

    id: str
    key: SigningKey


@dataclass(frozen=True)
class Sent:
    """A bundle that was made: the place and hash it went up to, when, into which file."""

    seq: int
    hash: str
    at: str
    file: str


@dataclass(frozen=True)
class BundleState:
    """What waits to be sent: entries since the last bundle, when that was; to which county, empty where none is known."""

    waiting: int
    last: Sent | None
    county: str

    @property
    def sentence(self) -> str:
        """All of it in words."""
        to = f"报送给{self.county}。" if self.county else "还没有县里的钥匙文件，报送包不加密。"
        before = f"上次打包{self.last.at[:10]}，到第{self.last.seq}条" if self.last else "还没有打过包"
        return f"{before}；以后新增{self.waiting}条。{to}"


@dataclass(frozen=True)
class BundleMade:
    """A bundle on its medium."""

    path: Path
    manifest: Manifest
    encrypted: bool
    size: int

    def as_contract(self) -> dict[str, Any]:
        """The document of ``deskapp bundle --json``."""
        said = self.manifest
        return {
            "file": str(self.path), "point": said.point, "level": said.level, "after": said.after, "seq": said.end,
            "events": said.events, "encrypted": self.encrypted, "bytes": self.size,
        }  # fmt: skip

    @property
    def sentence(self) -> str:
        """All of it in words."""
        said = self.manifest
        what = f"第{said.after + 1}至{said.end}条，共{said.events}条" if said.events else "没有新的记录，只有汇总数"
        who = "不含姓名、号码和申请内容" if said.level == "facts" else "含姓名、号码和申请内容"
        how = "已经用县里的钥匙加密" if self.encrypted else "没有加密（用 --for 写明县里的钥匙文件就加密）"
        return f"已打包到 {self.path}：{what}，{who}，{how}，{self.size}字节。{was_meant_as_folder(self.path)}"


class Bundles:
    """The moment the county is told."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        home: Path,
        entries: OutgoingEntries,
        standings: Callable[[date, date | None], Iterable[Standing]],
    ) -> None:
        self._journal, self._clock, self._home = journal, clock, home
        self._entries, self._standings = entries, standings

    # -- who we are --------------------------------------------------------------------------------------------

    def identity(self) -> Identity:
        """Who the point is; made when it is first asked for. Raises DeskError without the extra."""
        for kept in self._journal.records.of_kind(IDENTITY):
            if kept.key == _KEY:
                body = json.loads(kept.body)
                return Identity(body["id"], SigningKey.of_text(body["secret"]))
        key = SigningKey.fresh()
        made = Identity(new_id(self._clock.now()).replace("-", ""), key)
        with self._journal.write():
            if any(kept.key == _KEY for kept in self._journal.records.of_kind(IDENTITY)):
                return self.identity()  # another window was faster
            body = json.dumps({"id": made.id, "secret": key.text})
            self._journal.records.save_record(IDENTITY, _KEY, body)
        return made

    def card(self) -> PointCard:
        """What the county has to know to take our bundles. Raises DeskError."""
        unit, who = self._journal.unit(self._clock.today()), self.identity()
        card = PointCard(
            id=who.id, name=unit.name, public_key=who.key.public, site_code=unit.site_code, kind=unit.kind,
            practice=self._journal.records.practice,
        )  # fmt: skip
        signed: PointCard = card.signed(POINT, who.key)
        return signed

    def enroll(self, target: Path) -> tuple[PointCard, Path]:
        """Write the card to a file that is not there yet, or into a folder; where it is. Raises DeskError."""
        card = self.card()
        path = file_in(target, f"名片-{card.site_code}", ".json")
        _write_new(path, card.text.encode(), "名片")
        return card, path

    def county(self) -> CountyCard | None:
        """The county that bundles go to; None while its card has not been brought in."""
        kept = [record for record in self._journal.records.of_kind(IDENTITY) if record.key == _COUNTY]
        return CountyCard.model_validate_json(kept[0].body) if kept and kept[0].body != GONE else None

    def leave_county(self) -> str:
        """Send to nobody any more, until a card is brought in; the name of the county that was left. Raises DeskError without one."""
        known = self.county()
        if known is None:
            raise DeskError("这里没有报送给哪个县。", "没有改。", "")
        self._journal.records.save_record(IDENTITY, _COUNTY, GONE)
        return known.name

    def take_county(self, path: Path) -> CountyCard:
        """Bring in the county's card. Raises DeskError for a file that is none, or when another county is known: a stranger's key would
        read what is sent."""
        card, known = read_card(path, CountyCard, COUNTY), self.county()
        if known and (known.id, known.public_key) != (card.id, card.public_key):
            raise DeskError(
                f"这里已经报送给{known.name}，{path.name}是{card.name}的。",
                "没有换，也没有打包：用了别人的钥匙，别人就能读报送的内容。",
                "确实换了报送的单位，先在【报送】里按 F6 不再报送（或者运行 deskapp enroll --leave），再用新的。",
                code="other_county",
            )
        if known != card:
            self._journal.records.save_record(IDENTITY, _COUNTY, card.model_dump_json())
        return card

    # -- what goes out -----------------------------------------------------------------------------------------

    def state(self) -> BundleState:
        """What waits to be sent."""
        last, county = self._last(), self.county()
        after = last.seq if last else 0
        return BundleState(self._entries.end()[0] - after, last, county.name if county else "")

    def make(
        self, target: Path, level: Level = "facts", county: Path | None = None, after: int | None = None
    ) -> BundleMade:
        """Make a bundle of what has come since the last one, or ``after`` a place, into a file that is not there, or into a folder under
        a name of its own. Raises DeskError."""
        card = self.take_county(county) if county else self.county()
        who = self.identity()
        if level == "full":
            _check_full(card, who.id)
        manifest = self._manifest(who, level, after)
        content = pack(manifest, self._lines(manifest, who), who.key, card.age if card else "")
        path = self._place(target, manifest)
        _write_new(path, self._on_paper(content, manifest) if path.suffix.lower() == PAPER else content, "报送包")
        digest = self._entries.hash_at(manifest.end)  # of what went, whatever another window has added since
        sent = Sent(manifest.end, digest, self._clock.now().isoformat(), path.name)
        self._journal.records.save_record(SENT, sent.at, json.dumps(asdict(sent), ensure_ascii=False))
        return BundleMade(path, manifest, card is not None, len(content))

    def _on_paper(self, content: bytes, of: Manifest) -> bytes:
        """The bundle as pages of square codes. Raises DeskError for more than belongs on paper."""
        from letters.pdf.codes import code_pages
        from letters.pdf.fonts import FontBook
        from letters.pdf.press import print_pages

        texts, fonts, title = texts_of(content), FontBook(self._home / FONTS), f"{of.name}报送包{of.made_at[:10]}"
        pages = code_pages(title, texts, fonts)
        return print_pages(pages, fonts, title=title, author=of.name, practice=of.practice, day=self._clock.today())

    def beside(self, backup: Path) -> str:
        """After a backup to another place: a bundle beside it, where a county is known and something waits; what became of it in a
        sentence, empty where nothing was to be done. A bundle that fails undoes no backup."""
        try:
            state = self.state()
            if not state.county or not state.waiting:
                return ""
            return self.make(backup.parent).sentence
        except DeskError as error:
            return f"旁边的报送包没有打上：{error}"

    def _manifest(self, who: Identity, level: Level, after: int | None) -> Manifest:
        last, (end, digest) = self._last(), self._entries.end()
        start = after if after is not None else last.seq if last else 0
        if not 0 <= start <= end:
            raise DeskError(f"登记簿只到第{end}条，没有第{start}条。", "没有打包。", "请核对县里说的条号。", "after")
        unit = self._journal.unit(self._clock.today())
        before = self._entries.hash_at(start)
        restored = tuple(WentOn(**json.loads(kept.body)) for kept in self._journal.records.of_kind(RESTORED))
        return Manifest(
            point=who.id, name=unit.name, site_code=unit.site_code, kind=unit.kind,
            practice=self._journal.records.practice, level=level, program=__version__,
            made_at=self._clock.now().isoformat(), after=start, before_link=who.key.link(before) if before else "",
            end=end, end_link=who.key.link(digest) if digest else "", events=end - start, restored=restored,
        )  # fmt: skip

    def _lines(self, of: Manifest, who: Identity) -> Iterator[Line]:
        unit = self._journal.unit(self._clock.today())
        yield ["unit", {"first_day": unit.first_day}]
        yield ["calendars", self._journal.records.own_calendars()]
        for entry in self._entries.after(of.after, of.end, of.level == "full", who.key.name_of):
            yield [
                "event", entry.seq, entry.id, entry.case_id, entry.n, entry.act, entry.at, entry.body,
                who.key.link(entry.hash),
            ]  # fmt: skip
        last = self._last()
        for each in self._standings(self._clock.today(), date.fromisoformat(last.at[:10]) if last else None):
            yield ["standing", each.kind, each.key, each.body]

    def _last(self) -> Sent | None:
        """The last bundle whose end is still in the journal; None where there is none."""
        for kept in reversed(self._journal.records.of_kind(SENT)):
            sent = Sent(**json.loads(kept.body))
            if self._entries.hash_at(sent.seq) == sent.hash or sent.seq == 0:
                return sent
        return None

    def _place(self, target: Path, of: Manifest) -> Path:
        return file_in(target, f"报送-{of.site_code}-{of.made_at[:10]}-{of.after}-{of.end}", ENDING)


def _check_full(card: CountyCard | None, point: str) -> None:
    """Raise DeskError where the county does not ask this point for whole entries by name and with a reason."""
    if card is None or not card.asks_all_of(point):
        raise DeskError(
            "县里没有指名向这里要含姓名和内容的报送包。",
            "没有打包：个人信息只在有依据、说明理由的时候才往上报（个人信息保护法第五条、第六条）。",
            "请用不含姓名的报送包；确实要的，请县里在钥匙文件里写明要哪个点、为什么。",
            code="not_asked",
        )


def _write_new(path: Path, content: bytes, what: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises DeskError."""
    try:
        write_bytes(path, content)
    except FileExistsError as error:
        raise DeskError(f"已经有 {path} 这个文件。", "没有覆盖它。", "请换一个文件名。") from error
    except InPlace as error:
        raise DeskError(
            f"{what} {path} 写了，不能确定已经存到盘上。", "没有记作已经报送。", "请换一个U盘再打一次包。"
        ) from error
    except OSError as error:
        raise DeskError(
            f"{what} {path} 写不进去：{os_reason(error)}。", "没有打包。", "请检查U盘和文件夹。"
        ) from error
