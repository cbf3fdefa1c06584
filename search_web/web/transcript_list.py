"""The list of transcripts: which of them, in which order, and how many there are of each company and period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from indexer.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.stores.passages import TranscriptInfo
    from search_web.web.params import Arguments

PER_PAGE = 100


class Order(StrEnum):
    """What the list is sorted by."""

    DATE = "date"
    TITLE = "title"
    COMPANY = "company"
    PERIOD = "period"
    PASSAGES = "passages"
    QUESTIONS = "questions"


_KEYS: dict[Order, Callable[[TranscriptInfo], str | int]] = {
    Order.DATE: lambda info: info.date or "",
    Order.TITLE: lambda info: fold(info.title),
    Order.COMPANY: lambda info: fold(info.company or ""),
    Order.PERIOD: lambda info: info.period or "",
    Order.PASSAGES: lambda info: info.passages,
    Order.QUESTIONS: lambda info: info.exchanges,
}
_RISING = frozenset({Order.TITLE, Order.COMPANY})


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What of the list is wanted.

    `title` are words that stand in the title, the company, the ticker or the name of the file; `company` and `period`
    are values as they are listed. What is sorted by figures comes the greatest first, by names in their order, unless
    it is `reversed`. `page` counts from 1.
    """

    title: str = ""
    company: str = ""
    period: str = ""
    language: str = ""
    order: Order = Order.DATE
    reversed: bool = False
    page: int = 1

    def url(self, **changes: object) -> str:
        """Return the address of this list, or of the same list with other fields; other changes lead to page 1."""
        wanted = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        default = ListRequest()
        told = [
            (field.name, str(int(value)) if isinstance(value, bool) else str(value))
            for field in fields(wanted)
            if (value := getattr(wanted, field.name)) != getattr(default, field.name)
        ]
        return f"/transcripts?{urlencode(told)}" if told else "/transcripts"

    @property
    def narrows(self) -> bool:
        """Whether some transcripts are left out."""
        return bool(self.title or self.company or self.period or self.language)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the list can be narrowed to, with the number of transcripts that the other choices leave."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class TranscriptList:
    """A page of the list; `found` counts all that the choices leave, `total` all there are."""

    wanted: ListRequest
    shown: tuple[TranscriptInfo, ...]
    found: int
    total: int
    passages: int
    companies: tuple[Choice, ...]
    periods: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    pages: int


def list_request(arguments: Arguments) -> ListRequest:
    """Return what the arguments of a URL ask for; a value that an argument cannot have counts as not given."""
    order, page = arguments.get("order", ""), arguments.get("page", "")
    return ListRequest(
        title=arguments.get("title", "").strip(),
        company=arguments.get("company", "").strip(),
        period=arguments.get("period", "").strip(),
        language=arguments.get("language", "").strip(),
        order=Order(order) if order in set(Order) else Order.DATE,
        reversed=arguments.get("reversed") == "1",
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < len("1000000") else 1,
    )


def transcript_list(transcripts: Iterable[TranscriptInfo], wanted: ListRequest) -> TranscriptList:
    """Return the page of the list that is wanted."""
    everything = tuple(transcripts)
    found = chosen_transcripts(everything, wanted)
    last = max(1, -(-len(found) // PER_PAGE))
    wanted = replace(wanted, page=min(max(wanted.page, 1), last))
    first = (wanted.page - 1) * PER_PAGE
    return TranscriptList(
        wanted=wanted,
        shown=tuple(found[first : first + PER_PAGE]),
        found=len(found),
        total=len(everything),
        passages=sum(info.passages for info in found),
        companies=_choices(everything, wanted, "company", _by_name),
        periods=_choices(everything, wanted, "period", _latest_first),
        languages=_choices(everything, wanted, "language", _by_name),
        pages=last,
    )


def chosen_transcripts(transcripts: Iterable[TranscriptInfo], wanted: ListRequest) -> list[TranscriptInfo]:
    """Return all that is wanted, in the order that is wanted."""
    found = [info for info in transcripts if _fits(info, wanted)]
    falling = (wanted.order not in _RISING) != wanted.reversed
    # What has no value comes last in either direction; equal values come newest first.
    found.sort(key=_KEYS[Order.DATE], reverse=True)
    found.sort(key=_KEYS[wanted.order], reverse=falling)
    found.sort(key=lambda info: _KEYS[wanted.order](info) == "")
    return found


def _fits(info: TranscriptInfo, wanted: ListRequest) -> bool:
    named = (("company", wanted.company), ("period", wanted.period), ("language", wanted.language))
    if any(value and getattr(info, name) != value for name, value in named):
        return False
    searched = fold(" ".join(filter(None, (info.title, info.company, info.ticker, info.period, info.source.path))))
    return all(word in searched for word in fold(wanted.title).split())


def _choices(
    transcripts: Iterable[TranscriptInfo],
    wanted: ListRequest,
    name: str,
    order: Callable[[Iterable[str]], Sequence[str]],
) -> tuple[Choice, ...]:
    """Return the values of a field among what the other choices leave."""
    others = replace(wanted, **{name: ""})  # type: ignore[arg-type]
    counts = Counter(getattr(info, name) for info in transcripts if _fits(info, others))
    return tuple(Choice(value, counts[value]) for value in order(filter(None, counts)))


def _by_name(values: Iterable[str]) -> Sequence[str]:
    return sorted(values, key=fold)


def _latest_first(values: Iterable[str]) -> Sequence[str]:
    return sorted(values, reverse=True)
