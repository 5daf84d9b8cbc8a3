"""A finding of the doctor."""

from __future__ import annotations

from dataclasses import dataclass

REPAIR = "运行 deskapp check --repair 重建列表，登记记录不受影响。"


@dataclass(frozen=True)
class DoctorFinding:
    """One finding of the doctor; a note that is no fault only informs."""

    code: str
    message: str
    what_to_do: str
    fault: bool = True

    def as_contract(self) -> dict[str, object]:
        """The keys of a finding of ``deskapp check --json``."""
        return {"code": self.code, "message": self.message, "what_to_do": self.what_to_do}


def some_of(names: list[str], most: int = 3) -> str:
    """The first of several names, for one sentence."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")
