"""Seals signed with a key that lies outside: on a stick that is kept in a safe, away from the computer.

Whoever rewrites the register and every log beside it cannot write such a seal: each line of the file beside the key says up to which entry the
register went, with the whole hash, when, and is signed. Domestic rules ask for SM2; no kept library of it for Python could be found that is
not a toy, so the signature is Ed25519, which is said where it is printed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskapp.clock import Clock
from deskapp.desk.office.finding import DoctorFinding
from deskapp.errors import DeskError, os_reason
from deskapp.exchange.bundle.signing import SigningKey, canonical, is_signed
from deskapp.files import write_bytes
from deskapp.register.heads import hash_of, last_entry
from deskapp.register.journal import Journal

WHAT = "deskapp seal"
SEALS = ".seals"  # behind the name of the key's file: where the lines lie
LARGEST = 10_000_000
WRONG_TODO = "停止使用，报告负责人，和备份、纸面上的校验核对。"


@dataclass(frozen=True)
class SignedSeal:
    """One line: the place and hash of the last entry at a moment, signed."""

    seq: int
    head: str
    at: str
    public: str
    signature: str

    @property
    def content(self) -> bytes:
        """What is signed."""
        return canonical({"seq": self.seq, "head": self.head, "at": self.at, "public": self.public})

    def as_contract(self) -> dict[str, Any]:
        """The keys of a line."""
        return {"seq": self.seq, "head": self.head, "at": self.at, "public": self.public, "signature": self.signature}


class Sealing:
    """The moment somebody brings the key."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal, self._clock = journal, clock

    def sign(self, file: Path) -> tuple[SignedSeal, bool]:
        """Sign where the journal stands with the key in a file, and put the line beside it; a key that is not there yet is made. The seal,
        and whether the key is new. Raises DeskError for an empty journal, or a file that is no key."""
        seq, head = last_entry(self._journal.store)
        if not seq:
            raise DeskError("登记簿里还没有记录。", "没有签。", "登记以后再签。", code="empty")
        fresh = not file.exists()
        key = SigningKey.fresh() if fresh else _key_in(file)
        seal = SignedSeal(seq, head, self._clock.now().isoformat(), key.public, "")
        signed = SignedSeal(seq, head, seal.at, key.public, key.sign(WHAT, seal.content))
        lines = b"".join(canonical(each.as_contract()) + b"\n" for each in (*_seals_in(file), signed))
        try:
            if fresh:
                write_bytes(file, json.dumps({"secret": key.text, "public": key.public}).encode())
            write_bytes(_beside(file), lines, replace=_beside(file).exists())
        except OSError as error:
            raise DeskError(f"{file} 写不进去：{os_reason(error)}。", "没有签。", "请检查U盘。") from error
        return signed, fresh

    def check(self, file: Path) -> list[DoctorFinding]:
        """Every line beside a key against the register and against the key. Raises DeskError where there is no key or no line."""
        public, seals = _key_in(file).public, _seals_in(file)
        if not seals:
            raise DeskError(
                f"{_beside(file).name} 里没有签过的校验。",
                "没有核对。",
                "请先签一次：【检查】里按 F4、F7，或者运行 deskapp seal --sign。",
                code="empty",
            )
        return [self._finding(seal, public) for seal in seals]

    def _finding(self, seal: SignedSeal, public: str) -> DoctorFinding:
        name = f"{seal.at[:10]}签的校验 {seal.seq}-{seal.head[:8]}"
        if seal.public != public or not is_signed(public, WHAT, seal.content, seal.signature):
            return DoctorFinding("sealed", f"{name}：签名不对，这一行被改动过。", WRONG_TODO)
        if hash_of(self._journal.store, seal.seq) != seal.head:
            return DoctorFinding("sealed", f"{name}：登记簿里没有这一条，或者内容不同。", WRONG_TODO)
        return DoctorFinding("sealed", f"{name}：签名对，登记簿里有这一条。", "", fault=False)


def _beside(file: Path) -> Path:
    return file.with_name(file.name + SEALS)


def _key_in(file: Path) -> SigningKey:
    """The key in a file. Raises DeskError for any other file."""
    try:
        document = json.loads(file.read_bytes()[:LARGEST])
        key = SigningKey.of_text(document["secret"])
        if len(key.secret) != 32:
            raise ValueError("length")
    except OSError as error:
        raise DeskError(f"{file.name} 读不出来：{os_reason(error)}。", "没有核对。", "请插上放钥匙的U盘。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DeskError(f"{file.name} 不是签校验的钥匙。", "没有做。", "请换一个文件。", code="no_key") from error
    return key


def _seals_in(file: Path) -> list[SignedSeal]:
    """The lines beside a key; none where there are none. Raises DeskError for lines that are no seals."""
    path = _beside(file)
    if not path.exists():
        return []
    try:
        content = path.read_bytes()[:LARGEST]
        return [SignedSeal(**json.loads(line)) for line in content.splitlines() if line.strip()]
    except OSError as error:
        raise DeskError(f"{path.name} 读不出来：{os_reason(error)}。", "没有核对。", "请检查U盘。") from error
    except (ValueError, TypeError) as error:
        raise DeskError(f"{path.name} 里有一行不是校验。", "没有做。", "请换回原来的文件。", code="no_key") from error
