"""Another transcript that gives the same call."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alike:
    """A transcript of the index that gives the same call.

    `share` is how much of the shorter text stands in the longer one, between 0 and 1; `fuller` tells that the new one
    is the longer.
    """

    id: str
    title: str
    share: float
    fuller: bool
