"""Keys, signatures and what they are over: known answers, so that two versions of the program sign the same bytes."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from deskapp.errors import DeskError
from deskapp.exchange.bundle import packing, remains, sets, wordings
from deskapp.exchange.bundle.envelope import compressed, is_later, opened, unpacked
from deskapp.exchange.bundle.paper import bundles_in, texts_of
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_public_key, is_signed

KEY = SigningKey(bytes(range(32)))


def test_what_is_signed_is_one_and_the_same_for_equal_documents() -> None:
    assert canonical({"b": 1, "a": {"乙": None, "丙": [1, 2]}}) == '{"a":{"丙":[1,2],"乙":null},"b":1}'.encode()
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_a_key_comes_back_from_its_text() -> None:
    assert SigningKey.of_text(KEY.text) == KEY
    assert KEY.text == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    with pytest.raises(ValueError, match=r"padding|base64|Excess"):
        SigningKey.of_text(f"{KEY.text[:-1]}!=")


def test_known_answers_of_a_key() -> None:
    assert KEY.public == "A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="  # RFC 8032 of the secret 00 01 … 1f
    assert KEY.link("abc") == "b119183debe4d70544296235a4004335"
    assert KEY.name_of("李晓梅") == "1e9e0bcf"
    assert KEY.link("abc") != SigningKey(bytes(32)).link("abc")


def test_a_signature_is_of_one_key_over_one_paper_for_one_purpose() -> None:
    signature = KEY.sign("bundle", b"content")
    assert is_signed(KEY.public, "bundle", b"content", signature)
    for key, what, content, given in (
        (SigningKey(bytes(32)).public, "bundle", b"content", signature),
        (KEY.public, "set", b"content", signature),
        (KEY.public, "bundle", b"content.", signature),
        (KEY.public, "bundle", b"content", base64.b64encode(bytes(64)).decode()),
        (KEY.public, "bundle", b"content", f"{signature[:-2]}!="),
        (KEY.public, "bundle", b"content", ""),
        (f"!{KEY.public}", "bundle", b"content", signature),
        ("", "bundle", b"content", signature),
    ):
        assert not is_signed(key, what, content, given)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(KEY.public, True), ("", False), ("甲", False), (KEY.public[:-4], False), (f"!{KEY.public}", False)],
)
def test_what_is_a_public_key(text: str, is_one: bool) -> None:
    assert is_public_key(text) == is_one


def test_a_fingerprint_is_twenty_digits_in_fours() -> None:
    assert wordings.fingerprint("ff") == "0000-0000-0000-0000-0255"
    assert wordings.fingerprint("f" * 64) == "-".join(
        f"{(16**64 - 1) % 10**20:020}"[n : n + 4] for n in range(0, 20, 4)
    )


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_piece_that_is_wanting_is_named(lost: int) -> None:
    texts = texts_of(bytes(range(256)) * 8)
    assert len(texts) >= 3
    with pytest.raises(DeskError, match=f"还缺第{lost}个（共{len(texts)}个）") as refused:
        bundles_in("\n".join(text for n, text in enumerate(texts, 1) if n != lost).encode())
    assert (refused.value.code, refused.value.todo) == ("paper", "请补扫。")


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (packing._no_bundle, "no_bundle"), (packing._newer, "newer_form"), (remains._foreign, "no_bundle"), (sets._no_set, "no_set"),
        (sets._newer_set, "newer_form"), (sets._damaged, "changed"), (wordings._newer, "newer_form"), (wordings.damaged, "changed"),
    ],
)  # fmt: skip
def test_every_refusal_of_a_file_says_what_it_means_and_what_to_do(
    refusal: Callable[[], DeskError], code: str
) -> None:
    error = refusal()
    assert (error.code, bool(error.what)) == (code, True)
    assert error.meaning.startswith("没有收")
    assert error.todo.startswith("请")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'magic\n["a","AAAA"]\nrest', ("a", "AAAA", b"rest")),
        (b'magic\n["a","AAAA"]\n', ("a", "AAAA", b"")),
        (b'magic\n["a","AAAA"]', None),  # no end of the head
        (b'other\n["a","AAAA"]\nrest', None),
        (b'magic\n["ab","AAAA"]\nrest', None),  # one byte too long
        (b'magic\n["a","AA!A"]\nrest', None),
        (b'magic\n["a"]\nrest', None),
        (b"magic\n[\nrest", None),
    ],
)
def test_a_head_is_taken_apart_or_it_is_no_file_of_ours(content: bytes, found: object) -> None:
    assert opened(content, b"magic\n", len('["a","AAAA"]')) == found


def test_what_is_compressed_comes_back_and_nothing_longer() -> None:
    packed = compressed(b"a" * 1000)
    assert len(packed) < 200
    assert (unpacked(packed, 1000), unpacked(packed, 999), unpacked(packed, 1001)) == (b"a" * 1000, None, None)
    assert unpacked(packed[:-1], 1000) is unpacked(b"x" + packed, 1000) is None


@pytest.mark.parametrize(
    ("content", "later"),
    [
        (b"deskapp/2\n", True),
        (b"deskapp/1\n", False),
        (b"deskapp/0\n", False),
        (b"deskapp/2", False),
        (b"other/2\n", False),
    ],
)
def test_a_later_form_is_known_by_its_first_line(content: bytes, later: bool) -> None:
    assert is_later(content, b"deskapp/1\n") == later
