"""Letter templates from office to office: given as one signed file; looked at kind by kind, then taken, all or those that are wanted.

Nothing of a file is laid before all that is wanted of it was tried. Who gave it is believed as far as it can be: a signature tells that the
file is whole and by which key it was made, and a key that is known here stays that office's; the rest people ask each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskapp.clock import Clock
from deskapp.desk.cases.template_files import TemplateFiles
from deskapp.desk.office.wording_lines import FAULT, SAME, WordingLine, WordingLook, compared, name_of
from deskapp.desk.office.wording_trial import NOTHING, tried
from deskapp.desk.office.wordings import KIND_BEGINS, new_kind, serves_from
from deskapp.desk.reporting.bundles import Identity
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle import wordings as packed
from deskapp.exchange.bundle.signing import SigningKey
from deskapp.files import write_bytes
from deskapp.paths import EXPORTS, FONTS, file_in, make_private
from deskapp.register.journal import Journal
from letters.catalogue import TemplateCatalogue, parse_template, shipped
from letters.errors import PressError
from letters.own import handed_over
from letters.template import Template

TAKEN = "wording_set"  # the records of the files that were taken
NO_SIGNING = "no_signing"  # the code of a desk without the library that signs
MOST_HANDS = 5  # of those that a template went through, the last ones
HELD, UNSIGNED, UNTRIED = (
    "签名核对过，内容没有改过；钥匙号 {key}。",
    "没有签名，只核对了校验：能看出传坏了，看不出是谁做的。",
    "有签名，这台机器没有装签名的组件，核对不了；只核对了校验。",
)


@dataclass(frozen=True)
class OfferedWording:
    """A template that may be given: its file's name, what the letter is, since when or from when it serves; ``fault`` why it cannot be."""

    file: str
    name: str
    valid_from: date
    fault: str = ""


@dataclass(frozen=True)
class WordingsGiven:
    """A file that was given: where, how many templates, its fingerprint, whether it is signed, what was left out and why."""

    path: Path
    count: int
    fingerprint: str
    signed: bool
    left: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in words."""
        how = "有本单位的签名" if self.signed else "没有签名（这台机器没有装签名的组件），对方只能核对校验"
        said = f"{self.count}种写到 {self.path}，{how}。指纹 {self.fingerprint}，对方收的时候打电话核对。"
        return said + "".join(self.left)


@dataclass(frozen=True)
class _Opened:
    """A file that was opened: what it says, its templates as they would be laid here, what each is compared with."""

    manifest: packed.WordingManifest
    mark: str
    trust: str
    doubts: tuple[str, ...]
    texts: tuple[str, ...]
    lines: tuple[WordingLine, ...]


class WordingSets:
    """The moment templates go to another office, or come from one."""

    def __init__(
        self, journal: Journal, clock: Clock, home: Path, files: TemplateFiles, catalogue: Callable[[], TemplateCatalogue],
        identity: Callable[[], Identity],
    ) -> None:  # fmt: skip
        self._journal, self._clock, self._home, self._files = journal, clock, home, files
        self._catalogue, self._identity = catalogue, identity

    # -- out ---------------------------------------------------------------------------------------------------

    def offered(self) -> list[OfferedWording]:
        """The office's own templates that serve today or later; ours are everywhere already."""
        return [
            OfferedWording(each.file, name_of(each), each.valid_from, self._not_given(each)) for each in self._own()
        ]

    def _own(self) -> list[Template]:
        catalogue, today = self._catalogue(), self._clock.today()
        found = []
        for kind, versions in catalogue.own.items():
            serving = catalogue.templates.get(kind)
            found += [
                each for each in versions if each.valid_from > today or (serving and each.version == serving.version)
            ]
        return found

    def _not_given(self, item: Template) -> str:
        if item.kind in self._catalogue().faults:
            return f"【{item.title}】有错，没有给。"
        own = sorted(self._files.own_parts() & _included(item))
        return f"【{item.title}】引用了本单位自己的 {own[0]}，对方没有，没有给。" if own else ""

    def give(self, target: Path | None = None, chosen: Collection[str] | None = None) -> WordingsGiven:
        """Write the templates of these files, or all, into one new file, by default in the folder 导出; signed where this desk can sign.
        Raises DeskError."""
        wanted = [each for each in self._own() if chosen is None or each.file in chosen]
        left = tuple(fault for each in wanted if (fault := self._not_given(each)))
        given = [each for each in wanted if not self._not_given(each)]
        if not given:
            what = "没有可以给的：本单位没有改过写法，程序自带的对方都有。" if not left else "".join(left)
            raise DeskError(what, "没有写文件。", "先在【文书模板】里改好写法。")
        contents = [self._files.text_of(each, True).encode() for each in given]
        key, manifest = self._manifest(given, contents)
        path = file_in(target or make_private(self._home / EXPORTS), self._filename_of(), packed.ENDING)
        content = packed.pack_wordings(manifest, contents, key)
        _write_new(path, content)
        mark = packed.read_wordings(content).mark
        return WordingsGiven(path, len(given), packed.fingerprint(mark), key is not None, left)

    def _filename_of(self) -> str:
        unit = self._journal.unit(self._clock.today())
        return f"文书模板-{unit.site_code}-{self._clock.today()}"

    def _manifest(
        self, given: Sequence[Template], contents: Sequence[bytes]
    ) -> tuple[SigningKey | None, packed.WordingManifest]:
        who = self._signer()
        items = tuple(
            packed.item_of(each.kind, each.title, each.valid_from, content)
            for each, content in zip(given, contents, strict=True)
        )
        manifest = packed.WordingManifest(
            office=self._journal.unit(self._clock.today()).name, point=who.id if who else "",
            public_key=who.key.public if who else "", made_at=self._clock.now().isoformat(),
            practice=self._journal.records.practice, items=items,
        )  # fmt: skip
        return who.key if who else None, manifest

    def _signer(self) -> Identity | None:
        """Who signs; None on a machine that cannot."""
        try:
            who = self._identity()
            _ = who.key.public
        except DeskError as error:
            if error.code != NO_SIGNING:
                raise
            return None
        return who

    # -- in ----------------------------------------------------------------------------------------------------

    def look(self, path: Path, day: str = "") -> WordingLook:
        """What a file holds, and what each of its templates would be here from a day on (today, if none is named); nothing is kept. Raises
        DeskError for a file that is none, is damaged, or is signed by a key that is not the office's."""
        found = self._opened(path, serves_from(day, self._clock.today(), NOTHING))
        said = found.manifest
        return WordingLook(
            said.office,
            said.made_on,
            found.mark,
            packed.fingerprint(found.mark),
            found.trust,
            found.doubts,
            found.lines,
        )

    def take(self, path: Path, chosen: Collection[str] | None = None, day: str = "", mark: str = "") -> list[str]:
        """Take the templates of these keys, or all that are not the same here, from a day on; what was done with each. ``mark`` is that of the
        file that was looked at. Raises DeskError, and lays nothing, where one of them cannot be taken."""
        found = self._opened(path, serves_from(day, self._clock.today(), NOTHING))
        if mark and mark != found.mark:
            raise DeskError(f"{path.name} 不是刚才看过的那一份。", NOTHING, "请再看一遍。", code="other_file")
        pairs = list(zip(found.lines, found.texts, strict=True))
        wanted = [
            (line, text) for line, text in pairs if (line.key in chosen if chosen is not None else line.state != SAME)
        ]
        if not wanted:
            raise DeskError("没有要收的：选中的一种也没有，或者都和这里的一样。", NOTHING, "")
        if wrong := next((line for line, _ in wanted if line.fault), None):
            todo = "请不选这一种，或者请对方改好再给。"
            raise DeskError(f"【{wrong.name}】不能收：{wrong.fault}", NOTHING, todo, code="wording_fault")
        with self._journal.write():
            self._journal.records.save_record(TAKEN, found.mark, found.manifest.model_dump_json())
            made = [(parse_template(text, f"{line.kind}.md", self._parts()), text) for line, text in wanted]
            said = self._files.lay_all(made)
        return [f"【{line.name}】从{line.serves_from}起{what}" for (line, _), what in zip(wanted, said, strict=True)]

    def _opened(self, path: Path, day: date) -> _Opened:
        try:
            with path.open("rb") as stream:
                content = stream.read(2 * packed.LARGEST)
        except OSError as error:
            raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", NOTHING, "请核对文件名和位置。") from error
        file = packed.read_wordings(content)
        said, trust = file.manifest, self._believed(file)
        texts = [_text(item, content) for item, content in zip(said.items, file.contents(), strict=True)]
        made = list(self._made(said, packed.fingerprint(file.mark), texts, day))
        return _Opened(
            said,
            file.mark,
            trust,
            tuple(self._doubts(file)),
            tuple(text for text, _ in made),
            tuple(self._lines(made, day)),
        )

    def _believed(self, file: packed.WordingFile) -> str:
        """How far a file can be believed, in words. Raises DeskError where it cannot."""
        said = file.manifest
        if not file.signed:
            return UNSIGNED
        try:
            holds = file.holds()
        except DeskError as error:
            if error.code != NO_SIGNING:
                raise
            return UNTRIED
        if not holds:
            raise packed.damaged()
        if any(each.point == said.point and each.public_key not in ("", said.public_key) for each in self._before()):
            what = f"这份说是{said.office}给的，签名的钥匙和上次的不是一把。"
            raise DeskError(what, NOTHING, "请打电话向对方核实，重新要一份。", code="other_key")
        return HELD.format(key=packed.fingerprint(hashlib.sha256(said.public_key.encode()).hexdigest()))

    def _before(self) -> list[packed.WordingManifest]:
        kept = self._journal.records.of_kind(TAKEN)
        return [packed.WordingManifest.model_validate_json(record.body) for record in kept]

    def _doubts(self, file: packed.WordingFile) -> Iterator[str]:
        said, before = file.manifest, [each for each in self._before() if each.office == file.manifest.office]
        if said.practice:
            yield "这是练习台做的，不是真的单位给的。"
        if any(each.public_key for each in before) and not file.signed:
            yield f"以前{said.office}给的都有签名，这一份没有。"
        elif (
            before
            and all(each.point != said.point for each in before if each.point)
            and any(each.point for each in before)
        ):
            yield f"以前{said.office}给的是另一本登记簿签的名。"
        if any(each.made_at == said.made_at and each.items == said.items for each in before):
            yield "这一份以前收过。"

    def _parts(self) -> dict[str, str]:
        """The parts that templates may include here."""
        return dict(next(iter(shipped().templates.values())).parts)

    def _made(
        self, said: packed.WordingManifest, mark: str, texts: Sequence[str | DeskError], day: date
    ) -> Iterator[tuple[str, str | Template]]:
        """Each template as it would be laid: its text, and itself or why it is none."""
        by = f"{said.office}｜{said.made_on}｜指纹 {mark}｜{'有签名' if said.public_key else '没有签名'}"
        given: set[str] = set()
        for item, text in zip(said.items, texts, strict=True):
            try:
                if isinstance(text, DeskError):
                    raise text
                theirs = parse_template(text, f"{item.kind}.md", self._parts())
                if (theirs.kind, theirs.title, theirs.valid_from) != (item.kind, item.title, item.valid_from):
                    raise DeskError("它自己写的和目录里写的不是一种文书。", NOTHING, "")
                kind, hands = self._kind_here(theirs), (*theirs.came_from, by)[-MOST_HANDS:]
                laid = handed_over(text, kind, max(day, theirs.valid_from), hands)
                made = parse_template(laid, f"{kind}.md", self._parts())
                if (place := f"{made.kind} {made.valid_from}") in given:
                    raise DeskError(
                        "这份文件里有两版从同一天起用，请只给一版，或者把起用的日期写早一点。", NOTHING, ""
                    )
                given.add(place)
                yield laid, made
            except (PressError, DeskError) as error:
                yield "", str(error)

    def _kind_here(self, theirs: Template) -> str:
        """The key of a template here: a kind of the giver's own may have that of another one here by chance."""
        if not theirs.kind.startswith(KIND_BEGINS):
            return theirs.kind
        own = self._catalogue().own
        for kind, versions in own.items():
            if kind.startswith(KIND_BEGINS) and versions[-1].title == theirs.title:
                return kind
        taken = {*self._catalogue().templates, *self._catalogue().faults}
        return new_kind(theirs.title, taken) if theirs.kind in taken else theirs.kind

    def _lines(self, made: Sequence[tuple[str, str | Template]], day: date) -> Iterator[WordingLine]:
        """What each would be here."""
        unit = self._journal.unit(self._clock.today())
        readable = [(f"{each.kind}.md", text) for text, each in made if isinstance(each, Template)]
        trials = iter(tried(readable, self._parts(), unit, day, self._home / FONTS) if readable else [])
        for n, (_, each) in enumerate(made, 1):
            if not isinstance(each, Template):
                yield WordingLine(str(n), "", f"第{n}种", FAULT, day, fault=each)
                continue
            fault, notes = next(trials)
            yield compared(str(n), each, self._catalogue(), fault, notes)


def _included(item: Template) -> set[str]:
    """The parts that a template includes, and those that they do."""
    found = {name for name in item.parts if name in item.source}
    while more := {name for name in item.parts if any(name in item.parts[one] for one in found)} - found:
        found |= more
    return found


def _text(item: packed.WordingItem, content: bytes) -> str | DeskError:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return DeskError(f"【{item.title}】不是 UTF-8 的文字。", NOTHING, "")


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises DeskError."""
    try:
        write_bytes(path, content)
    except FileExistsError as error:
        raise DeskError(f"已经有 {path} 这个文件。", "没有覆盖它。", "请换一个文件名。") from error
    except OSError as error:
        raise DeskError(f"{path} 写不进去：{os_reason(error)}。", "没有写文件。", "请检查U盘和文件夹。") from error
