"""Papers on file: laid to a case, listed in the archive's order, looked at again, taken off; what a file still lacks."""

from __future__ import annotations

import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.acts import act_draft
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.cases.papers_wanted import wanted
from deskapp.errors import DeskError
from deskapp.paths import EXPORTS, PAPERS, VIEWED
from deskapp.register import events as ev
from deskapp.register.case import Case
from deskapp.register.facts import Ordinals, facts_of
from deskapp.register.on_file import papers_on_file
from tests.conftest import DAY, GRANTED, NOT_HELD, issue, issue_granted, register
from tests.papers import scans


def lay(desk: Desk, case: Case, source: Path, kind: str = "application", **words: str) -> Case:
    return desk.papers.attach(case.case_id, source, PaperDraft(kind=kind, **words))


def kept(desk: Desk) -> list[str]:
    folder = desk.home / PAPERS
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_scan_is_kept_by_its_content_and_told_in_the_journal(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    source = scans.pdf(tmp_path / "扫描0001.pdf", 3)
    case = lay(desk, case, source, on="2026-11-19")
    paper = case.papers[0]
    assert (paper.kind, paper.name, paper.pages, paper.on) == ("application", "申请书", 3, date(2026, 11, 19))
    assert (paper.size, paper.by) == (source.stat().st_size, desk.lookup.unit().contact)
    assert kept(desk) == [f"{paper.sha256}.pdf"]
    assert stat.S_IMODE((desk.home / PAPERS / f"{paper.sha256}.pdf").stat().st_mode) == 0o600
    assert desk.papers.content(paper) == source.read_bytes()
    last = desk.lookup.entries(case.case_id)[-1]
    assert (last[1], last[2]) == ("材料入卷", "申请书，3页")


def test_no_byte_of_a_paper_stands_in_the_register_and_none_goes_to_the_county(desk: Desk, tmp_path: Path) -> None:
    source = scans.picture(tmp_path / "a.jpg")
    case = lay(desk, register(desk), source, "identity", name="张三的身份证")
    desk.close()
    assert source.read_bytes()[200:400] not in (desk.home / "register.db").read_bytes()
    paper = case.papers[0]
    told = facts_of(paper, Ordinals(case.history[:1], str))
    assert set(told) == {"act", "on", "paper_id", "kind", "pages", "name"}
    assert told["name"] == "—"


def test_papers_stand_in_the_archives_order_whatever_order_they_came_in(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    for n, kind in enumerate(("other", "proof", "identity", "application", "reply_slip")):
        case = lay(desk, case, scans.pdf(tmp_path / f"{n}.pdf", n + 1), kind)
    assert [paper.kind for paper in desk.papers.of(case)] == [
        "application",
        "identity",
        "reply_slip",
        "proof",
        "other",
    ]


def test_paper_only_is_noted_with_its_pages_and_has_nothing_to_open(desk: Desk) -> None:
    case = register(desk)
    with pytest.raises(DeskError, match="不知道有几页") as refused:
        desk.papers.note(case.case_id, PaperDraft(kind="identity"))
    assert refused.value.field == "pages"
    case = desk.papers.note(case.case_id, PaperDraft(kind="identity", pages="２", where="第3—4页"))
    assert (case.papers[0].pages, case.papers[0].sha256, kept(desk)) == (2, "", [])
    assert desk.lookup.entries(case.case_id)[-1][2] == "身份证明，2页，只有纸质第3—4页"
    with pytest.raises(DeskError, match="只有纸质的"):
        desk.papers.show(case.case_id, case.papers[0].paper_id)


def test_a_word_file_that_does_not_say_its_pages_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    case, source = register(desk), scans.docx(tmp_path / "a.docx", None)
    with pytest.raises(DeskError, match="不知道有几页"):
        lay(desk, case, source, "other")
    assert kept(desk) == []
    assert lay(desk, case, source, "other", pages="2").papers[0].pages == 2


def test_the_same_file_is_laid_to_a_case_once_and_kept_once_for_two(desk: Desk, tmp_path: Path) -> None:
    source = scans.pdf(tmp_path / "a.pdf")
    first, second = register(desk), register(desk, applicant="李四", phone="13905550124")
    first = lay(desk, first, source)
    with pytest.raises(DeskError, match="同样的文件已经在案卷里：申请书【申请书】"):
        lay(desk, first, source, "other")
    second = lay(desk, second, source)
    assert len(kept(desk)) == 1
    desk.papers.take_off(first.case_id, first.papers[0].paper_id, "放错了")
    assert len(kept(desk)) == 1
    after = desk.papers.take_off(second.case_id, second.papers[0].paper_id, "也放错了")
    assert (after.papers, kept(desk)) == ((), [])
    assert [event.act for event in after.history[-2:]] == ["attached", "detached"]
    assert papers_on_file(desk._journal.store) == []


def test_what_is_refused_keeps_no_file(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    source = scans.pdf(tmp_path / "a.pdf")
    for draft, says in (
        (PaperDraft(kind="nothing"), "请选择是哪一种材料"),
        (PaperDraft(on="2026-12-01"), "还没有到"),
        (PaperDraft(name="长" * 201), "名称太长"),
    ):
        with pytest.raises(DeskError, match=says):
            desk.papers.attach(case.case_id, source, draft)
    with pytest.raises(DeskError):
        desk.papers.attach(case.case_id, source, PaperDraft(), seen=99)
    with pytest.raises(DeskError, match="没有这一件申请"):
        desk.papers.attach("none", source, PaperDraft())
    with pytest.raises(DeskError, match="没有写为什么移出"):
        desk.papers.take_off(case.case_id, "x", " ")
    assert (kept(desk), desk.lookup.case(case.case_id).papers) == ([], ())


def test_a_paper_may_be_older_than_its_receipt(desk: Desk, tmp_path: Path) -> None:
    case = lay(desk, register(desk), scans.pdf(tmp_path / "a.pdf"), on="2026-11-01")
    assert case.papers[0].on < case.received.on


def test_it_is_shown_as_a_copy_that_goes_with_the_desk(desk: Desk, tmp_path: Path) -> None:
    opened: list[Path] = []
    desk.papers._open = opened.append
    case = lay(desk, register(desk), scans.picture(tmp_path / "a.png"), "identity")
    copy = desk.papers.show(case.case_id, case.papers[0].paper_id)
    assert opened == [copy]
    assert copy.name == f"{case.case_no} 身份证明.png"
    copy.write_bytes(b"a viewer wrote to it")
    assert desk.papers.content(case.papers[0]).startswith(b"\x89PNG")
    stale = copy.with_name("left by a desk that was killed.png")
    stale.write_bytes(b"x")
    os.utime(stale, (0, 0))
    desk.papers.show(case.case_id, case.papers[0].paper_id)
    assert not stale.exists()
    desk.close()
    assert not (desk.home / VIEWED).exists()


def test_all_of_a_case_are_given_out_as_files(desk: Desk, tmp_path: Path) -> None:
    case = lay(desk, register(desk), scans.pdf(tmp_path / "a.pdf"))
    case = lay(desk, case, scans.picture(tmp_path / "b.jpg"), "identity", name="张三身份证")
    desk.papers.note(case.case_id, PaperDraft(kind="proof", pages="1"))
    made = desk.papers.export(case.case_id)
    assert [path.name for path in made] == [f"{case.case_no} 申请书.pdf", f"{case.case_no} 身份证明 张三身份证.jpg"]
    assert {path.parent for path in made} == {desk.home / EXPORTS}
    assert made[0].read_bytes() == (tmp_path / "a.pdf").read_bytes()


def test_the_scanners_folder_newest_first_with_what_is_on_file(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="还没有设扫描文件夹"):
        desk.papers.scans()
    folder = tmp_path / "扫描 件"
    folder.mkdir()
    with pytest.raises(DeskError, match="没有文件夹"):
        desk.machine.choose_scan_folder(str(tmp_path / "none"))
    desk.machine.choose_scan_folder(f"'{folder}'")
    for n, name in enumerate(("a.pdf", "b.PDF", "c.txt")):
        scans.pdf(folder / name, n + 1)
        os.utime(folder / name, (1_790_000_000 + n, 1_790_000_000 + n))
    case = lay(desk, register(desk), folder / "a.pdf")
    found = desk.papers.scans()
    assert [(item.path.name, item.case_no) for item in found] == [("b.PDF", ""), ("a.pdf", case.case_no)]
    assert found[1].text.endswith(f"a.pdf　{max(1, found[1].size // 1000)}千字节　已在 {case.case_no}")
    desk.machine.choose_scan_folder("")
    assert desk.machine.scan_folder == ""


def test_what_a_file_lacks_follows_its_life(desk: Desk, tmp_path: Path) -> None:
    case = register(desk)
    assert desk.papers.wanted(case) == ["申请书", "身份证明"]
    assert desk.papers.reminder(case) == "请把申请书、身份证明入卷：在案件里按 F9。"
    case = lay(desk, case, scans.pdf(tmp_path / "a.pdf"))
    assert desk.papers.wanted(case) == ["身份证明"]
    desk.acts.note(case.case_id, act_draft("party_consulted", party="甲公司"))
    case = desk.acts.note(case.case_id, act_draft("party_answered", party="甲公司", position="agreed"))
    assert desk.papers.reminder(case) == "请把征求意见回执入卷：在案件里按 F9。"
    letter = issue(desk, case.case_id, "granted", GRANTED)
    desk.delivery.serve(
        case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", on="2026-11-20", proof="XA123")
    )
    case = desk.lookup.case(case.case_id)
    assert desk.papers.reminder(case) == "请把邮寄凭证入卷：在案件里按 F9。"
    assert wanted(case) == ["身份证明", "征求意见回执", "提供的信息", "邮寄凭证"]


def test_other_channels_and_outcomes_ask_for_other_papers(desk: Desk) -> None:
    spoken = register(desk, channel="oral", difficulty="不识字")
    assert "申请书" not in desk.papers.wanted(spoken)
    acting = register(
        desk,
        applicant="李四",
        phone="13905550199",
        asked_by="agent",
        agent="王五",
        agent_id_number="11010519491231002X",
        authority_paper="shown",
        authority="代为申请",
    )
    assert desk.papers.wanted(acting) == ["申请书", "身份证明", "授权委托书"]
    letter = issue(desk, spoken.case_id, "not_held", NOT_HELD)
    desk.delivery.serve(spoken.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="张三"))
    served = desk.lookup.case(spoken.case_id)
    assert wanted(served) == ["身份证明", "送达凭证"]
    done = desk.acts.note(spoken.case_id, act_draft("archived"))
    assert desk.acts.aside(done).startswith("案卷里还缺身份证明、送达凭证：在案件里按 F9 入卷。")
    desk.clock.set(DAY + timedelta(days=3))  # type: ignore[attr-defined]  # the clock of the tests can be set
    disputed = desk.acts.note(spoken.case_id, act_draft("disputed", route="review"))
    assert desk.papers.reminder(disputed) == "请把复议、诉讼通知入卷：在案件里按 F9。"


def test_a_struck_delivery_asks_for_no_proof(desk: Desk) -> None:
    letter = issue(desk, register(desk).case_id, "not_held", NOT_HELD)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, way="in_person", signed_by="张三"))
    case = desk.lookup.case(letter.case_id)
    place = next(n for n, event in enumerate(case.history) if isinstance(event, ev.Served))
    after = desk.acts.note(letter.case_id, act_draft("struck", n=str(place), why="没有送"))
    assert "送达凭证" in wanted(case)
    assert "送达凭证" not in wanted(after)


def test_the_clock_of_a_desk_is_that_of_the_papers(tmp_path: Path, desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    assert lay(desk, register(desk), scans.pdf(tmp_path / "a.pdf")).papers[0].on == DAY


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("application", date(2026, 11, 2)),
        ("identity", date(2026, 11, 2)),
        ("authority", date(2026, 11, 2)),
        ("proof", DAY),
    ],
)
def test_a_paper_that_says_no_day_is_of_the_day_on_which_it_came(desk: Desk, kind: str, day: date) -> None:
    case = register(desk, received_on="2026-11-02")
    noted = desk.papers.note(case.case_id, PaperDraft(kind=kind, pages="2", where="第1至2页"))
    assert [paper.on for paper in noted.papers] == [day]
    dated = desk.papers.note(case.case_id, PaperDraft(kind=kind, pages="1", where="第3页", on="2026-11-05"))
    assert dated.papers[-1].on == date(2026, 11, 5)


def test_what_a_file_lacks_is_said_before_it_is_put_away(desk: Desk) -> None:
    letter = issue_granted(desk)
    desk.delivery.serve(letter.case_id, DeliveryDraft(letter_id=letter.id, signed_by="张三"))
    case = desk.lookup.case(letter.case_id)
    said = desk.acts.would(case, act_draft("archived"))
    assert said[0].startswith("从【今日】里拿走")
    assert said[1] == f"案卷里还缺{'、'.join(desk.papers.wanted(case))}：归档前、归档后都可以按 F9 入卷。"
