"""The legal day of receipt by channel (条例 31): what the day is called, its article, and the proof to keep."""

from __future__ import annotations

from deskapp.law.dated import Frozen, LawError, Sourced, load


class ChannelRule(Frozen):
    """One channel: ``day`` says in words which day counts as the day of receipt."""

    name: str
    day: str
    article: str
    proof: str


class ReceiptFile(Sourced):
    """The content of receipt.toml."""

    channel: tuple[ChannelRule, ...]


def channel_rule(name: str) -> ChannelRule:
    """The rule of a channel. Raises LawError for an unknown one."""
    file: ReceiptFile = load(ReceiptFile, "receipt.toml")
    for rule in file.channel:
        if rule.name == name:
            return rule
    raise LawError(f"没有“{name}”这种收到方式，可以用：" + "、".join(rule.name for rule in file.channel) + "。")
