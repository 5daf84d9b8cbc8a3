"""What a county is about to send down is tried as a point would take it, by the point's own moments: in the name of an invented office,
in a data directory that is gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from deskapp.errors import DeskError

if TYPE_CHECKING:
    from deskapp.county.hall import County
    from deskapp.exchange.bundle.sets import SetKind
    from deskapp.unit import UnitProfile

LISTS: tuple[SetKind, ...] = ("questions", "standard")
"""The kinds of which every line has to be one that a point can take."""


def try_as_a_point(hall: County, files: Mapping[SetKind, Sequence[Path]]) -> None:
    """Raise DeskError, with the codes ``template`` and ``list``, for the first file that a point could not take."""
    from deskapp.desk.training.practice import practice_profile
    from deskapp.unit import read_profile

    office = read_profile(practice_profile(), "练习单位")
    _try_templates(hall, files.get("template", ()), office)
    lists = [(kind, path) for kind in LISTS for path in files.get(kind, ())]
    if lists:
        _try_lists(hall, lists, office)


def _try_templates(hall: County, paths: Sequence[Path], office: UnitProfile) -> None:
    """Each is written and typeset within limits before anything of it is read here."""
    from deskapp.desk.cases.template_files import TemplateFiles
    from deskapp.desk.office.wording_trial import faults_of
    from deskapp.paths import FONTS

    faults = faults_of(paths, office, hall.clock.today(), hall.home.path / FONTS)
    for path, fault in zip(paths, faults, strict=True):
        if fault:
            raise DeskError(f"{path.name}：{fault}", "没有下发。", "请改好再发。", code="template")
        TemplateFiles(hall.home.path).check(path)


def _try_lists(hall: County, lists: Sequence[tuple[SetKind, Path]], office: UnitProfile) -> None:
    """Each is looked at by a register in which nothing is yet."""
    from deskapp.county.lawful import put_county_law_in_force
    from deskapp.desk import Desk
    from deskapp.printing.file import NoPrinterPort

    with tempfile.TemporaryDirectory(prefix="deskapp-") as folder:
        try:
            with Desk.create(Path(folder) / "desk", office, hall.clock, NoPrinterPort()) as desk:
                for kind, path in lists:
                    if fault := desk.county_sets.stands_against(kind, path):
                        named = fault if path.name in fault else f"{path.name}：{fault}"
                        raise DeskError(named, "没有下发。", "请改好再发。", code="list")
        finally:
            put_county_law_in_force(hall.home)  # a desk that is opened puts its own in force
