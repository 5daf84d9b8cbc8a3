"""The books beside the cases are erased too: mail with its case, visits and slips when their own period is over; figures and seals stay."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.cases.delivery import DeliveryDraft
from deskapp.desk.cases.mail_log import MailDraft
from deskapp.desk.cases.papers import PaperDraft
from deskapp.desk.reading.daybook import VisitDraft
from deskapp.desk.reading.questions import QuestionDraft
from deskapp.desk.reading.satisfaction import SlipDraft
from deskapp.errors import DeskError
from deskapp.paths import EXPORTS, VIEWED
from deskapp.register import journal
from deskapp.register.hashing import seal
from deskapp.register.records import SEALED
from tests.conftest import GRANTED, application, issue
from tests.papers import scans

NAME, PHONE, ADDRESS, EMS = "欧阳修远", "13905550123", "柳河镇桥头村8组19号", "XA98765432144"
SECRETS = (NAME, PHONE, ADDRESS, EMS)
LATER, WHY = date(2100, 1, 5), "鉴定小组意见"


@pytest.fixture(autouse=True)
def far_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that knows no calendar of such a year would take the clock for wrong."""
    monkeypatch.setattr(journal, "YEARS_AHEAD", 200)


def came_by_mail(desk: Desk) -> str:
    """A case in the archive that came by registered mail, with a scan on file and its reader's words, visits of the same person before and
    after, a slip; its number."""
    desk.daybook.enter(VisitDraft(kind="advice", topic=f"{NAME}问怎么申请", name=NAME, phone=PHONE, minutes="5"))
    key = desk.mail.enter(MailDraft(number=EMS, sender=NAME, signed_by="门卫", signed_on="11-16")).key
    desk.mail.enter(MailDraft(number=EMS, sender=f"{NAME}（{ADDRESS}）", signed_by="门卫", signed_on="11-16"), key)
    draft = application(**{**desk.mail.form_of(key), "applicant": NAME, "phone": PHONE, "address": ADDRESS})
    case = desk.intake.register(draft, mail_key=key)
    letter = issue(desk, case.case_id, "granted", GRANTED)
    scan = desk.home / "扫描.pdf"
    desk.papers.attach(case.case_id, scans.pdf(scan, 1), PaperDraft(name=f"{NAME}的申请书"))
    scan.unlink()
    desk.drafts.keep("intake", {"applicant": NAME, "phone": PHONE})
    desk.satisfaction.enter(SlipDraft(remark=f"{NAME}说办得快"))
    desk.delivery.serve(case.case_id, DeliveryDraft(letter_id=letter.id, way="registered_mail", proof=EMS))
    return desk.delivery.archive(case.case_id).case_no


def holding(home: Path, words: tuple[str, ...]) -> list[str]:
    """Every file below a folder whose bytes, or what lies packed in them, hold one of the words; names of files as well."""
    found = []
    for path in home.rglob("*"):
        content = [path.name.encode()]
        if path.is_file():
            content.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as packed:
                    content += [packed.read(name) for name in packed.namelist()]
        spelled = [word.encode(encoding) for word in words for encoding in ("utf-8", "gb18030", "utf-16-le")]
        if any(word in part for word in spelled for part in content):
            found.append(str(path.relative_to(home)))
    return found


def faults(desk: Desk) -> list[str]:
    return [finding.message for finding in desk.upkeep.check() if finding.fault and finding.code != "calendar"]


def test_mail_visits_slips_and_forms_go_with_the_case(desk: Desk, clock: FixedClock) -> None:
    number = came_by_mail(desk)
    (desk.home / VIEWED).mkdir()
    (desk.home / VIEWED / f"{NAME}的申请书.pdf").write_bytes(NAME.encode())
    desk.upkeep.daily_backup()
    assert len(holding(desk.home, SECRETS)) > 1
    book, table, slips = desk.daybook.year(2026), desk.reporting.report(2026), desk.satisfaction.year(2026)
    clock.set(LATER)
    done = desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert holding(desk.home, SECRETS) == []
    assert faults(desk) == []
    assert (done.notes, done.forms, done.still.places, done.named) == (5, 1, (), ())
    assert desk.daybook.year(2026) == book
    assert desk.reporting.report(2026) == table
    assert desk.satisfaction.year(2026).marks == slips.marks
    assert desk.satisfaction.year(2026).remarks == ()
    row = next(row for row in desk.mail.rows() if row.case_no == number)
    assert (row.sender, row.number, row.waits, row.signed_on) == ("", "", False, date(2026, 11, 16))
    assert desk.lookup.case_by_no(number).erased.notes == 3  # type: ignore[union-attr]  # erased just now
    assert desk.erasing.certificate(done).pdf.startswith(b"%PDF")


def test_what_is_not_over_stays_and_is_named(desk: Desk, clock: FixedClock) -> None:
    number = came_by_mail(desk)
    clock.set(LATER)
    desk.daybook.enter(VisitDraft(topic="又来查一次", name=NAME))
    desk.questions.enter(QuestionDraft(question=f"{NAME}问的那件事怎么办", answer="到柜台来。"))
    desk.drafts.keep("visit", {"name": NAME})
    (desk.home / EXPORTS).mkdir(exist_ok=True)
    with zipfile.ZipFile(desk.home / EXPORTS / "台账.xlsx", "w") as packed:
        packed.writestr("xl/sharedStrings.xml", f"<t>{NAME[:2]}</t><t>{NAME[2:]}</t>")
    (desk.home / EXPORTS / "名单.csv").write_bytes(NAME.encode("gb18030"))
    scans.page().save(desk.home / EXPORTS / "照片.png")
    done = desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert done.still.places == ("来访登记1处", "常见问题1处", "没有填完的表1处")
    assert set(done.named) == {f"{EXPORTS}/台账.xlsx", f"{EXPORTS}/名单.csv"}
    assert done.still.unread == 1
    assert "还写着这些人的：来访登记1处" in done.sentence
    assert [visit.topic for visit in desk.daybook.day(LATER)] == ["又来查一次"]


def test_the_books_are_cleared_without_a_case(desk: Desk, clock: FixedClock) -> None:
    desk.daybook.enter(VisitDraft(topic=f"找{NAME}", name=NAME, phone=PHONE))
    advert = desk.mail.enter(MailDraft(number=EMS, sender=NAME, signed_by="门卫", signed_on="11-16"))
    waiting = desk.mail.enter(MailDraft(kind="ordinary_mail", sender="刘大海", signed_by="门卫", signed_on="11-16"))
    desk.mail.set_aside(advert.key, f"{NAME}的广告")
    clock.set(date(2036, 12, 30))
    assert desk.erasing.books_over() == 0
    clock.set(date(2037, 1, 4))
    assert desk.erasing.books_over() == 2
    done = desk.erasing.erase([], "王建国", WHY, "李晓梅", books=True)
    assert (done.cases, done.books) == ((), 3)
    assert holding(desk.home, SECRETS) == []
    assert faults(desk) == []
    assert desk.erasing.books_over() == 0
    assert desk.mail.row(waiting.key).sender == "刘大海"
    assert not desk.mail.row(advert.key).waits
    with pytest.raises(DeskError, match="没有到期的"):
        desk.erasing.erase([], "王建国", WHY, "李晓梅", books=True)


@pytest.mark.parametrize("harm", ["filled", "voucher", "forged"])
def test_who_empties_or_fills_a_record_past_the_program_is_found(desk: Desk, clock: FixedClock, harm: str) -> None:
    desk.daybook.enter(VisitDraft(topic=f"找{NAME}", name=NAME))
    clock.set(date(2037, 1, 4))
    if harm != "forged":
        desk.erasing.erase([], "王建国", WHY, "李晓梅", books=True)
    store = desk.lookup._journal.store
    guards = store.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    with store.write():
        for guard in guards:
            store.execute(f"DROP TRIGGER {guard['name']}")
        row = store.query("SELECT * FROM records WHERE kind = 'visit'")[0]
        if harm == "filled":
            store.execute("UPDATE records SET body = replace(body, 'reading', 'advice') WHERE kind = 'visit'")
        elif harm == "voucher":
            store.execute("UPDATE records SET body = '{}' WHERE kind = 'notes_erased'")
        else:
            row["body"] = json.dumps({**json.loads(row["body"]), "people": 9})
            store.execute("UPDATE records SET body = ? WHERE seq = ?", [row["body"], row["seq"]])
            left = seal(row[name] for name in SEALED["records"])
            values = ["record", str(row["seq"]), "nobody", 0, row["seal"], left]
            store.execute("INSERT INTO erased VALUES (?, ?, ?, ?, ?, ?)", values)
        for guard in guards:
            store.execute(guard["sql"])
    codes = {finding.code for finding in desk.upkeep.check() if finding.fault}
    assert ("kept" if harm == "filled" else "erased") in codes


def test_the_hash_outside_of_the_register_still_fits(desk: Desk, clock: FixedClock) -> None:
    number = came_by_mail(desk)
    desk.heads.note()
    clock.set(LATER)
    desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    desk.heads.note()
    assert desk.heads.doubts() == []


def test_another_of_the_same_name_keeps_what_is_open(desk: Desk, clock: FixedClock) -> None:
    number = came_by_mail(desk)
    clock.set(LATER)
    other = desk.intake.register(application(applicant=NAME, phone=PHONE))
    desk.erasing.erase([number], "王建国", WHY, "李晓梅")
    assert desk.lookup.case(other.case_id).applicant == NAME
    assert [found.case_no for found in desk.lookup.search(NAME)] == [other.case_no]
