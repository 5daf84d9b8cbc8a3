"""Lists with names of columns that nobody knows, by a mapping: the catalogue, the standard, the questions."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import TODAY, Shell


def csv(path: Path, *lines: str) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path.name


def mapping(shell: Shell, text: str) -> tuple[str, str]:
    (shell.folder / "m.toml").write_text(text, encoding="utf-8")
    return "--mapping", "m.toml"


def test_a_catalogue_with_columns_and_words_of_its_own(unit: Shell) -> None:
    name = csv(unit.folder / "a.csv", "编码甲,题目乙,日子丙,有效性", "LH1,收费公示,2026-03-01,管用")
    refused = unit("catalogue", "import", name, *TODAY, expect=1).stderr
    assert "没有找到列名" in refused or "缺少" in refused
    meant = mapping(
        unit, '[columns]\n"编码甲"="索引号"\n"题目乙"="名称"\n"日子丙"="公开日期"\n[words."有效性"]\n"管用"="有效"\n'
    )
    done = unit.json("catalogue", "import", name, "--issuer", "柳河镇", *meant, *TODAY)
    assert (done["new"], done["bad"]) == (1, [])
    assert unit.json("catalogue", "search", "收费", *TODAY)[0]["published_on"] == "2026-03-01"


def test_questions_with_columns_of_their_own(unit: Shell) -> None:
    name = csv(unit.folder / "a.csv", "群众问啥,咱咋说", "几点上班,八点半")
    unit("questions", "import", name, *TODAY, expect=1)
    done = unit.json(
        "questions", "import", name, *mapping(unit, '[columns]\n"群众问啥"="问题"\n"咱咋说"="回答"\n'), *TODAY
    )
    assert (done["new"], done["bad"]) == (1, [])


def test_a_standard_with_columns_of_its_own(unit: Shell) -> None:
    name = csv(unit.folder / "a.csv", "条目甲,啥内容,几时,谁管", "低保标准,标准和依据,20个工作日,乡镇")
    meant = mapping(
        unit, '[columns]\n"条目甲"="一级事项"\n"啥内容"="公开内容"\n"几时"="公开时限"\n"谁管"="公开主体"\n'
    )
    done = unit.json("catalogue", "standard", name, "--area", "社会救助", *meant, *TODAY)
    assert (done["new"], done["bad"]) == (1, [])


def test_a_mapping_with_a_column_that_there_is_not_is_refused_by_name(unit: Shell) -> None:
    name = csv(unit.folder / "a.csv", "题目,答复", "几点上班,八点半")
    said = unit("questions", "import", name, *mapping(unit, '[columns]\n"题目"="难题"\n'), *TODAY, expect=1).stderr
    assert "没有这样的列：难题" in said
    assert "可以用的列：" in said
