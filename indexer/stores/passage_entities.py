"""Values of what a published index is about: who speaks in it, and which calls it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker of the index, with the firm that is spoken for; one that speaks in many calls is here once."""

    name: str
    other_names: tuple[str, ...]
    firm: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Call:
    """A transcript as what it is about: whose call it is, on which period and on which day."""

    transcript: str
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the management with a title, and the company in whose call the title is given."""

    name: str
    other_names: tuple[str, ...]
    title: str
    company: str | None
    ticker: str | None


def person(record: Sequence[Any]) -> Person:
    """Read a record of names, firm and role."""
    name, other_names, firm, role = record
    return Person(name, tuple(json.loads(other_names)) if other_names != "[]" else (), firm, Role(role))


def call(record: Sequence[Any]) -> Call:
    """Read a record of a transcript."""
    return Call(*record)


def officer(record: Sequence[Any]) -> Officer:
    """Read a record of names, title, company and ticker."""
    name, other_names, *rest = record
    return Officer(name, tuple(json.loads(other_names)), *rest)
