"""Templates from office to office: one signed file, looked at kind by kind, taken all or some, from a day on; what is bad changes nothing."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deskapp.clock import FixedClock
from deskapp.desk import Desk
from deskapp.desk.reporting.wording_sets import UNSIGNED, UNTRIED
from deskapp.errors import DeskError
from deskapp.exchange.bundle import signing, wordings
from deskapp.exchange.bundle.signing import SigningKey, canonical
from deskapp.files import write_bytes
from letters.catalogue import TEMPLATES
from tests.conftest import NOT_HELD, issue, make_desk, register
from tests.desk.test_wordings import SEARCHED, line, progress

NOT_ISSUED = "该政府信息不存在。"


@pytest.fixture
def giver(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """Another office, which has put one kind in its own words and made one of its own."""
    made = make_desk(tmp_path / "giver", clock)
    made.wordings.save("not_held", made.wordings.first("not_held") | {"part_1": SEARCHED})
    made.wordings.save("extension_notice", progress(made), sister=True)
    yield made
    made.close()


@pytest.fixture
def given(giver: Desk, tmp_path: Path) -> Path:
    return giver.wording_sets.give(tmp_path / "a.wordings").path


def here(desk: Desk) -> list[str]:
    folder = desk.home / "templates"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def unsigned(path: Path, texts: dict[str, str], **changes: Any) -> Path:
    """A file without a signature, of templates by their kinds, as anybody may write one."""
    contents = [text.encode() for text in texts.values()]
    items = tuple(
        wordings.item_of(kind, changes.pop(f"title_{kind}", "甲"), date(2026, 1, 1), content)
        for kind, content in zip(texts, contents, strict=True)
    )
    said = {"office": "邻镇人民政府", "made_at": "2026-11-19T08:00:00+08:00", "items": items} | changes
    manifest = wordings.WordingManifest(**said)
    path.write_bytes(wordings.pack_wordings(manifest, contents, None))
    return path


def shipped_text(kind: str, **changes: str) -> str:
    """One of ours as another office would have changed it."""
    text = (TEMPLATES / f"{kind}.md").read_text(encoding="utf-8")
    for old, new in {"valid_from = 2019-05-15": "valid_from = 2026-01-01", **changes}.items():
        assert old in text
        text = text.replace(old, new)
    return text


def strange(path: Path, text: str, kind: str = "not_held", title: str = "政府信息不存在告知书") -> Path:
    return unsigned(path, {kind: text}, **{f"title_{kind}": title})


# -- given and taken -------------------------------------------------------------------------------------------


def test_a_set_is_seen_kind_by_kind_and_nothing_is_kept(desk: Desk, given: Path) -> None:
    look = desk.wording_sets.look(given)
    assert [(each.name, each.state) for each in look.lines] == [("信息不存在", "differs"), ("办理进度告知书", "new")]
    assert [theirs for _, theirs in look.lines[0].differing] == [SEARCHED]
    assert "签名核对过" in look.head
    assert look.fingerprint in look.head
    assert here(desk) == []
    assert not desk.wording_sets.look(given).doubts  # looked at twice is not taken twice


def test_both_sides_show_one_fingerprint(desk: Desk, giver: Desk, tmp_path: Path) -> None:
    given = giver.wording_sets.give(tmp_path / "b.wordings")
    assert given.signed
    assert desk.wording_sets.look(given.path).fingerprint == given.fingerprint
    assert given.fingerprint in given.sentence


def test_taken_whole_it_serves_and_says_where_it_came_from(desk: Desk, given: Path) -> None:
    look = desk.wording_sets.look(given)
    assert len(desk.wording_sets.take(given, mark=look.mark)) == 2
    kept = line(desk, "not_held")
    assert kept.whose == "本单位"
    assert kept.came_from == (f"青山县柳河镇人民政府｜2026-11-20｜指纹 {look.fingerprint}｜有签名",)
    letter = issue(desk, register(desk).case_id, "not_held", NOT_HELD)
    assert "本机关查找了：" in letter.text
    again = desk.wording_sets.look(given)
    assert [each.state for each in again.lines] == ["same", "same"]
    assert again.doubts == ("这一份以前收过。",)
    with pytest.raises(DeskError, match="没有要收的"):
        desk.wording_sets.take(given)


def test_only_chosen_kinds_from_a_later_day(desk: Desk, given: Path, clock: FixedClock) -> None:
    look = desk.wording_sets.look(given, "2027-03-01")
    assert {each.serves_from for each in look.lines} == {date(2027, 3, 1)}
    desk.wording_sets.take(given, ["1"], "2027-03-01")
    assert here(desk) == ["not_held.md"]
    assert line(desk, "not_held").whose == "程序自带"
    clock.set(date(2027, 3, 1))
    assert line(desk, "not_held").whose == "本单位"
    assert "以后用程序自带的写法" in desk.wordings.back_to_ours("not_held")
    assert line(desk, "not_held").whose == "程序自带"


def test_own_words_that_give_way_are_kept(desk: Desk, given: Path) -> None:
    desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": f"{SEARCHED}特此说明。"})
    said = desk.wording_sets.take(given, ["1"])
    assert "原来的留在" in said[0]
    assert [name for name in here(desk) if name.endswith(".txt")] == ["not_held（原来的）.txt"]


def test_a_day_that_has_passed_is_refused(desk: Desk, given: Path) -> None:
    with pytest.raises(DeskError, match="已经过了"):
        desk.wording_sets.look(given, "2026-01-01")


def test_given_on_it_tells_all_hands(desk: Desk, given: Path, tmp_path: Path, clock: FixedClock) -> None:
    desk.wording_sets.take(given)
    third = make_desk(tmp_path / "third", clock)
    third.wording_sets.take(desk.wording_sets.give(tmp_path / "on.wordings").path)
    assert len(line(third, "not_held").came_from) == 2
    third.wordings.save("not_held", third.wordings.first("not_held") | {"part_1": f"{SEARCHED}特此说明。"})
    assert line(third, "not_held").came_from == ()  # its own words now
    third.close()


def test_two_kinds_of_ones_own_may_have_one_key_by_chance(desk: Desk, given: Path) -> None:
    desk.wordings.save(
        "extension_notice", progress(desk) | {"title": "不予交代告知书".replace("不予", "办理")}, sister=True
    )
    mine = next(each for each in desk.wordings.kinds() if each.title == "办理交代告知书")
    assert mine.kind == "own_bljdgzs"
    desk.wording_sets.take(given, ["2"])
    titles = {each.kind: each.title for each in desk.wordings.kinds() if each.kind.startswith("own_")}
    assert titles == {"own_bljdgzs": "办理交代告知书", "own_bljdgzsx": "办理进度告知书"}
    assert desk.wording_sets.look(given).lines[1].state == "same"


def test_only_what_the_office_words_itself_is_given(desk: Desk, giver: Desk, tmp_path: Path) -> None:
    assert [each.name for each in giver.wording_sets.offered()] == ["信息不存在", "办理进度告知书"]
    assert giver.wording_sets.give(tmp_path / "one.wordings", ["not_held.md"]).count == 1
    with pytest.raises(DeskError, match="没有可以给的"):
        desk.wording_sets.give(tmp_path / "none.wordings")
    assert not (tmp_path / "none.wordings").exists()
    with pytest.raises(DeskError, match="已经有"):
        giver.wording_sets.give(tmp_path / "one.wordings")


def test_a_text_that_rests_on_own_parts_is_not_given(giver: Desk, tmp_path: Path) -> None:
    (giver.home / "templates/_tail.md").write_text("特此告知。\n", encoding="utf-8")
    path = giver.home / "templates/not_held.md"
    path.write_text(path.read_text(encoding="utf-8") + '\n{% include "_tail.md" %}\n', encoding="utf-8")
    given = giver.wording_sets.give(tmp_path / "c.wordings")
    assert given.count == 1
    assert "本单位自己的 _tail.md" in given.sentence


def test_made_of_another_text_of_ours_is_told(desk: Desk, giver: Desk, tmp_path: Path) -> None:
    path = giver.home / "templates/not_held.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('based_on = "not_held 1+', 'based_on = "not_held 0+'), encoding="utf-8")
    look = desk.wording_sets.look(giver.wording_sets.give(tmp_path / "d.wordings", ["not_held.md"]).path)
    assert look.lines[0].notes == ("照程序自带的另一版改的，收以前请对照。",)


# -- who gave it -----------------------------------------------------------------------------------------------


def without_library() -> Any:
    raise DeskError("这台机器没有装签名的组件。", "", "", code="no_signing")


def test_without_a_key_it_is_said_on_both_sides(
    desk: Desk, giver: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = giver.wording_sets.give(tmp_path / "e.wordings").path
    with monkeypatch.context() as patch:
        patch.setattr(signing, "_library", without_library)
        given = giver.wording_sets.give(tmp_path / "f.wordings")
        assert not given.signed
        assert "没有签名" in given.sentence
        assert desk.wording_sets.look(signed).trust == UNTRIED
        assert desk.wording_sets.look(given.path).trust == UNSIGNED
    desk.wording_sets.take(signed)
    assert "都有签名，这一份没有" in desk.wording_sets.look(given.path).head


def test_another_key_for_a_known_office_is_refused(desk: Desk, giver: Desk, given: Path, tmp_path: Path) -> None:
    desk.wording_sets.take(given)
    file = wordings.read_wordings(given.read_bytes())
    thief = SigningKey.fresh()
    manifest = file.manifest.model_copy(update={"public_key": thief.public})
    forged = tmp_path / "forged.wordings"
    forged.write_bytes(wordings.pack_wordings(manifest, file.contents(), thief))
    with pytest.raises(DeskError, match="不是一把") as refused:
        desk.wording_sets.look(forged)
    assert refused.value.code == "other_key"
    forged.write_bytes(
        wordings.pack_wordings(manifest.model_copy(update={"point": "0" * 32}), file.contents(), thief)
    )
    assert "另一本登记簿签的名" in desk.wording_sets.look(forged).head


def test_the_practice_desk_is_told(desk: Desk, tmp_path: Path) -> None:
    path = strange(tmp_path / "p.wordings", shipped_text("not_held"))
    said = wordings.read_wordings(path.read_bytes())
    path.write_bytes(
        wordings.pack_wordings(said.manifest.model_copy(update={"practice": True}), said.contents(), None)
    )
    assert "练习台做的" in desk.wording_sets.look(path).head


# -- broken, changed, hostile ----------------------------------------------------------------------------------


def test_every_changed_byte_is_found(desk: Desk, given: Path) -> None:
    whole = given.read_bytes()
    for at in range(0, len(whole), 7):
        given.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(DeskError):
            desk.wording_sets.take(given)
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        given.write_bytes(whole[:length])
        with pytest.raises(DeskError):
            desk.wording_sets.take(given)
    assert here(desk) == []


def head_of(**changes: Any) -> bytes:
    item = {"kind": "not_held", "title": "甲", "valid_from": "2026-01-01", "sha256": "0" * 64, "size": 200_000}
    said = {"v": 1, "office": "甲", "made_at": "2026-11-19T08:00:00", "items": [item] * changes.pop("count", 1)}
    return wordings.MAGIC + canonical([{**said, **changes}, ""]) + b"\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04", "no_wordings"),
        (b'deskapp-county-set/1\n[{},""]\n', "no_wordings"),
        (b"deskapp-wordings/2\n", "newer_form"),
        (head_of(v=2), "newer_form"),
        (head_of(made_at="yesterday"), "no_wordings"),
        (head_of(count=500), "no_wordings"),
        (wordings.MAGIC + b"[" * 100_000 + b"\n", "no_wordings"),
        (head_of() + lzma.compress(bytes(50_000_000)), "changed"),  # a small file that unpacks to a large one
        (head_of(count=40) + lzma.compress(bytes(8_000_000)), "changed"),
        (head_of(public_key="AAAA"), "changed"),
    ],
)
def test_what_is_no_such_file_ends_in_a_sentence(desk: Desk, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.wordings"
    path.write_bytes(content)
    with pytest.raises(DeskError, match="没有收") as refused:
        desk.wording_sets.look(path)
    assert refused.value.code == code
    assert here(desk) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"第三十六条第四项的规定": "第三十三条的规定"}, "第三十三条"),
        ({'stage = "reply"': 'stage = "form"'}, "属于哪一类"),
        ({'stage = "reply"': 'stage = "reply"\nact = "withdrawn"'}, "办的是哪一步"),
        ({"{{ search_process }}": "{{ search_process.__class__ }}"}, "不能生成"),
        ({"{{ search_process }}": "{{ range(9) }}"}, "不能调用函数"),
        ({"{{ search_process }}": "{{ 9 * 9 }}"}, "不能用"),
        (
            {"{{ search_process }}": "{% for a in content %}{% for b in content %}甲{% endfor %}{% endfor %}"},
            "content 不是一列",
        ),
        (
            {"{{ search_process }}": "{% for a in content %}{% for b in unit.name %}甲{% endfor %}{% endfor %}"},
            "name 不是一列",
        ),
        ({"{{ search_process }}": "{{ secret }}"}, "不认识的名称"),
        ({"{{ search_process }}": '{% include "/etc/passwd" %}'}, "引用的部分"),
        ({'use_when = "': 'use_when = "{nothing}'}, "不认识的期限"),
        ({'version = "1"': 'version = "1"\nunheard = 1'}, "不认识"),
        ({"valid_from = 2019-05-15": "valid_from = 2026-01-01\nvalid_to = 2026-02-01"}, "已经过了"),
        ({'kind = "not_held"': 'kind = "granted"'}, "不是一种文书"),
    ],
)
def test_a_template_that_will_not_do_is_told_and_not_taken(
    desk: Desk, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    path = strange(tmp_path / "s.wordings", shipped_text("not_held", **changes))
    look = desk.wording_sets.look(path)
    assert [each.state for each in look.lines] == ["fault"]
    assert said in look.lines[0].fault
    with pytest.raises(DeskError, match="不能收"):
        desk.wording_sets.take(path)
    assert here(desk) == []


def test_an_answer_that_the_law_does_not_know_is_refused(desk: Desk, tmp_path: Path) -> None:
    text = shipped_text("not_held", **{'kind = "not_held"': 'kind = "refused_at_will"'})
    path = strange(tmp_path / "s.wordings", text, "refused_at_will")
    assert "由条例定" in desk.wording_sets.look(path).lines[0].fault


def test_one_bad_kind_keeps_all_out_and_the_others_may_be_chosen(desk: Desk, tmp_path: Path) -> None:
    texts = {"not_held": shipped_text("not_held"), "granted": "没有抬头"}
    path = unsigned(tmp_path / "m.wordings", texts, title_not_held="政府信息不存在告知书")
    with pytest.raises(DeskError, match="不能收"):
        desk.wording_sets.take(path, ["1", "2"])
    assert here(desk) == []
    desk.wording_sets.take(path, ["1"])
    assert here(desk) == ["not_held.md"]


@pytest.mark.apart
@pytest.mark.long
def test_a_template_that_never_ends_is_stopped(desk: Desk, tmp_path: Path) -> None:
    path = looped(tmp_path / "bomb.wordings", "{{ '' if a else '' }}" * 100)
    with pytest.raises(DeskError, match="没完没了") as refused:
        desk.wording_sets.look(path)
    assert "没有收" in str(refused.value)
    assert here(desk) == []


@pytest.mark.apart
def test_a_template_that_writes_more_than_any_letter_is_named(desk: Desk, tmp_path: Path) -> None:
    path = looped(tmp_path / "bomb.wordings", "某" * 2000)
    assert "超过1000000字" in desk.wording_sets.look(path).lines[0].fault


def looped(path: Path, inside: str) -> Path:
    """A set of one kind that goes through a long list within a long list."""
    many = f"{{% for a in rows %}}{{% for b in rows %}}{inside}{{% endfor %}}{{% endfor %}}"
    rows = ",".join(['["字"]'] * 15_000)
    field = (
        f'[fields.rows]\nlabel = "行"\ntype = "rows"\ncolumns = ["一"]\nexample = [{rows}]\n\n[fields.search_process]'
    )
    text = shipped_text("not_held", **{"{{ search_process }}": many, "[fields.search_process]": field})
    return strange(path, text)


def test_a_file_that_was_changed_after_it_was_looked_at_is_not_taken(desk: Desk, given: Path) -> None:
    mark = desk.wording_sets.look(given).mark
    strange(given, shipped_text("not_held"))
    with pytest.raises(DeskError, match="不是刚才看过的"):
        desk.wording_sets.take(given, mark=mark)


def test_a_disk_that_fails_halfway_leaves_the_folder_as_it_was(
    desk: Desk, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.wordings.save("not_held", desk.wordings.first("not_held") | {"part_1": f"{SEARCHED}特此说明。"})
    before = (desk.home / "templates/not_held.md").read_bytes()

    def fails(target: Path, content: bytes, replace: bool = False) -> None:
        if target.name.startswith("own_"):
            raise OSError(28, "full")
        write_bytes(target, content, replace)

    monkeypatch.setattr("deskapp.desk.cases.template_files.write_bytes", fails)
    with pytest.raises(DeskError, match="没有换上"):
        desk.wording_sets.take(given)
    assert here(desk) == ["not_held.md"]
    assert (desk.home / "templates/not_held.md").read_bytes() == before
    assert desk.wording_sets.look(given).doubts == ()  # not noted as taken


def test_what_a_head_says_is_not_more_than_json(given: Path) -> None:
    head = given.read_bytes().split(b"\n")[1]
    document, signature = json.loads(head)
    assert set(document) == {"v", "office", "point", "public_key", "made_at", "practice", "items"}
    assert signature
