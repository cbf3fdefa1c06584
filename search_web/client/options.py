"""What may be said beside a query; docs/api.md and the description of the API tell what each does."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - as types are resolved.

from typing_extensions import TypedDict


class FilterOptions(TypedDict, total=False):
    """What a passage must be. Values of one filter are alternatives."""

    speaker: Sequence[str]
    role: Sequence[str]
    company: Sequence[str]
    section: Sequence[str]
    language: Sequence[str]
    delivery: Sequence[str]
    transcript: Sequence[str]
    firm: Sequence[str]
    period: Sequence[str]
    date_from: str
    date_to: str


class MatchOptions(FilterOptions, total=False):
    """What counts as a match of a query."""

    plain: bool
    expand: bool
    without: Sequence[str]
    recognised: str


class LegOptions(MatchOptions, total=False):
    """How passages are found."""

    mode: str
    fusion: str
    embedder: Sequence[str]


class HitOptions(LegOptions, total=False):
    """How hits are put in order and shown."""

    context: int
    sort: str
    group: str
    group_size: int
    collapse: bool
    facets: bool
    explain: bool


class WindowOptions(HitOptions, total=False):
    """Which of the hits."""

    limit: int
    offset: int
    page: int
    cursor: str
