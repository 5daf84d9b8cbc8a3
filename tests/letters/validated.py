"""What a validator that is not ours says of a file that claims to be PDF/A-2b."""

from __future__ import annotations

import io

from pikepdf.pdfa import validate_written


def findings(pdf: bytes) -> list[str]:
    """What it has against a file as it is written; nothing for one that it approves."""
    report = validate_written(io.BytesIO(pdf), "2b")
    found = [f"{one.rule} {one.where} {one.message}" for one in report.findings]
    return found or ([] if report.passed else ["not approved"])
