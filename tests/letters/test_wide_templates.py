"""A wide set of what somebody may write into a template: read or refused with its file, soon, and never another kind of error."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from letters.compose import compose
from letters.errors import PressError
from tests.letters.conftest import facts_of
from tests.letters.test_templates import changed, own

MOST_S = 8.0  # of the processor, for one template; alone the slowest takes two
DEEP = 3000

REFUSED = (
    "{{ 10 ** 10 ** 10 }}", "{{ 1 // 0 }}", "{{ -content }}", "{{ content + 1 }}", "{{ [1] * 999999 }}", "{{ copies[1 / 0] }}",
    "{{ lipsum() }}", "{{ dict() }}", "{{ namespace() }}", "{{ joiner() }}", "{{ cycler(1, 2) }}", "{{ range(9) }}",
    "{{ content | format(1) }}", "{{ content | replace('a', 'b') }}", "{{ content | indent(999999999) }}", "{{ content | wordwrap(0) }}",
    "{{ content | center(999999999) }}", "{{ copies | batch(0) | list }}", "{{ copies | map('nope') | list }}",
    "{{ copies | sort(attribute='a') }}", "{{ content | default(nope=1) }}", "{{ copies | join(1 / 0) }}",
    "{% block a %}{% endblock %}", "{% extends 'a' %}", "{% import 'a' as b %}", "{% from 'a' import b %}",
    "{% filter upper %}x{% endfilter %}", "{% call x() %}{% endcall %}", "{% with a = 1 %}{% endwith %}", "{% do x %}",
    "{% for k in copies recursive %}{{ loop(copies) }}{% endfor %}", "{% for k in copies if 1 / 0 %}{% endfor %}",
    "{% for k in copies %}{% else %}{{ 1 / 0 }}{% endfor %}", "{{ content is sameas 1 }}", "{{ content is nope }}",
    "{{ content", "{% if", "{# ", "{{ }}", "{%  %}",
    "{% include '/etc/passwd' %}", "{% include '../UNIT.toml' %}", "{% include '_none.md' %}", "{% include '_none.md' ignore missing %}",
    "{% include ['_a.md'] %}", "{% include '' %}", "{% include '.' %}", "{% include '_a.md' %}", "{% include '_folder.md' %}",
    "{% include '_fifo.md' %}", "{% include '_gbk.md' %}", "{% include '_large.md' %}", "{% include '_chain0.md' %}", "{% include '_twice0.md' %}",
    "{{ " + "[" * DEEP + "]" * DEEP + " }}", "{{ " + "not " * DEEP + "content }}", "{{ " + "-" * DEEP + "1 }}",
    "{{ content" + " | trim" * DEEP + " }}", "{{ content" + ".a" * DEEP + " }}", "{{ " + "1 if 1 else " * DEEP + "2 }}",
    "{{ self }}", "{{ super }}", "{% if you %}" + "{% elif you %}" * DEEP + "{% endif %}",
    "{% autoescape true %}{% endautoescape %}", "{% autoescape true %}{{ content }}{% endautoescape %}",
    "{{ content" + " and content" * DEEP + " }}", "{{ " + "content" * 9000 + " }}",
)  # fmt: skip
READ = (
    "{{ content ~ content }}", "{{ content[0:5] }}", "{{ 'x' in content }}", "{{ 1 if content else 2 }}", "{% raw %}{{{% endraw %}",
    "{% for k in content %}{{ k }}{% endfor %}", "{{ 1e999 }}", "{{ " + "9" * 4000 + " }}", "{{ content" + " ~ content" * DEEP + " }}",
    "{{ " + "1 == " * DEEP + "1 }}", "{% for a in copies %}{% endfor %}" * 1000, "{{ content }}" * DEEP, "{% if you %}" * 20 + "{% endif %}" * 20,
    "{% if you %}" + "{% elif you %}" * 200 + "{% endif %}", "\n" * 90_000, "|" * 5000, "#" * 5000, "\x00", "{{ '\x00' }}",
)  # fmt: skip


def folder_of(folder: Path) -> Path:
    """What a template may try to include: circles, chains, things that are no files, a file that is too large."""
    (folder / "_a.md").write_text("{% include '_b.md' %}", encoding="utf-8")
    (folder / "_b.md").write_text("{% include '_a.md' %}", encoding="utf-8")
    (folder / "_folder.md").mkdir()
    os.mkfifo(folder / "_fifo.md")
    (folder / "_gbk.md").write_bytes("坏的".encode("gbk"))
    (folder / "_large.md").write_text("长" * 900_000, encoding="utf-8")
    for n in range(24):
        (folder / f"_chain{n}.md").write_text(f"{{% include '_chain{n + 1}.md' %}}", encoding="utf-8")
        (folder / f"_twice{n}.md").write_text(f"{{% include '_twice{n + 1}.md' %}}" * 2, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("body", "good"),
    [*((body, False) for body in REFUSED), *((body, True) for body in READ)],
    ids=lambda x: ascii(x)[:40],
)
@pytest.mark.each(4)
def test_whatever_is_written_there_is_read_or_refused_soon(tmp_path: Path, body: str, good: bool) -> None:
    began = process_time()
    text = changed("granted", "本机关决定予以公开。", "本机关决定予以公开。" + body)
    catalogue = own(folder_of(tmp_path), text)
    assert ("granted" in catalogue.faults) is not good
    if good:
        with suppress(PressError):  # where its words make no letter
            compose(catalogue.template("granted"), facts_of("granted"))
    else:
        assert "granted.md" in catalogue.faults["granted"]
        with pytest.raises(PressError, match=r"granted\.md"):
            catalogue.template("granted")
    assert catalogue.template("receipt").kind == "receipt"
    assert process_time() - began < MOST_S
