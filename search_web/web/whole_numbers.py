"""Whole numbers as addresses and forms have them."""

from __future__ import annotations

_DIGITS = 18


def whole_number(said: str) -> int | None:
    """Return the number that a text of digits is; None where it is none, or longer than anything counted here."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _DIGITS else None
