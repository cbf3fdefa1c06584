"""Arguments of a URL to a SearchRequest, and back.

The page and the API read the same arguments. Each filter may be given several times; its values are
alternatives and are never split at commas, because names have commas. An argument that is given empty, as an
untouched field of a form is, counts as not given.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import InvalidRequestError
from indexer.model import Delivery, Role, Section
from indexer.stores.filters import Filters
from search_web.search.answer_values import Scope
from search_web.search.query import check_dates, with_periods_as_held
from search_web.search.request import (
    MAX_CONTEXT,
    MAX_GROUP_SIZE,
    MAX_LIMIT,
    By,
    Fusion,
    Grouping,
    Mode,
    Recognised,
    SearchRequest,
    Sort,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from enum import StrEnum

    from werkzeug.datastructures import MultiDict

    Arguments = MultiDict[str, str]

MAX_OFFSET = 1_000_000
LANGUAGES = ("zh", "en")

_DEFAULT = SearchRequest(query="")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_Choice = TypeVar("_Choice", bound="StrEnum")


def search_request(arguments: Arguments) -> SearchRequest:
    """Return the search that the arguments of a URL ask for.

    The query itself is checked by the search. Raises InvalidRequestError for any other argument that has a
    value it cannot have.
    """
    limit = number(arguments, "limit", default=_DEFAULT.limit, low=1, high=MAX_LIMIT)
    return SearchRequest(
        query=given(arguments, "q"),
        mode=choice(arguments, "mode", Mode, _DEFAULT.mode),
        fusion=choice(arguments, "fusion", Fusion, _DEFAULT.fusion),
        filters=_filters(arguments),
        limit=limit,
        offset=_offset(arguments, limit),
        context=context_size(arguments),
        embedders=_values(arguments, "embedder") or None,
        plain=flag(arguments, "plain", default=_DEFAULT.plain),
        expand=flag(arguments, "expand", default=_DEFAULT.expand),
        without=_values(arguments, "without"),
        recognised=choice(arguments, "recognised", Recognised, _DEFAULT.recognised),
        cursor=given(arguments, "cursor").strip() or None,
        sort=choice(arguments, "sort", Sort, _DEFAULT.sort),
        group=_optional(arguments, "group", Grouping),
        group_size=number(arguments, "group_size", default=_DEFAULT.group_size, low=1, high=MAX_GROUP_SIZE),
        collapse=flag(arguments, "collapse", default=_DEFAULT.collapse),
        facets=flag(arguments, "facets", default=_DEFAULT.facets),
        explain=flag(arguments, "explain", default=_DEFAULT.explain),
    )


def answer_scope(arguments: Arguments) -> Scope:
    """Return whether answers, questions or both are asked for."""
    return choice(arguments, "scope", Scope, Scope.ANSWERS)


def context_size(arguments: Arguments) -> int:
    """Return how many neighbours are wanted on either side of a passage."""
    return number(arguments, "context", default=_DEFAULT.context, low=0, high=MAX_CONTEXT)


def search_arguments(request: SearchRequest) -> list[tuple[str, str]]:
    """Return the arguments from which `search_request` makes this request again; defaults are left out."""
    pairs = [("q", request.query)] if request.query else []
    for name in ("mode", "fusion", "limit", "context", "recognised", "sort", "group", "group_size", "cursor"):
        value = getattr(request, name)
        if value != getattr(_DEFAULT, name):
            pairs.append((name, str(value)))
    flags = {name: getattr(request, name) for name in ("plain", "expand", "collapse", "facets", "explain")}
    pairs += [(name, str(int(flag))) for name, flag in flags.items() if flag != getattr(_DEFAULT, name)]
    pairs += [("embedder", name) for name in request.embedders or ()]
    pairs += [("without", term) for term in request.without]
    pairs += filter_arguments(request.filters)
    if request.offset % request.limit:
        pairs.append(("offset", str(request.offset)))
    elif request.offset:
        pairs.append(("page", str(request.offset // request.limit + 1)))
    return pairs


def trend_request(arguments: Arguments) -> tuple[SearchRequest, By]:
    """Return the search whose matches are counted, and what they are counted by."""
    return search_request(arguments), choice(arguments, "by", By, By.PERIOD)


def filter_arguments(filters: Filters) -> list[tuple[str, str]]:
    """Return each active filter as name and value, in a fixed order."""
    pairs = []
    for field in fields(filters):
        value: str | tuple[str, ...] | None = getattr(filters, field.name)
        values = (value,) if isinstance(value, str) else value or ()
        pairs += [(field.name, each) for each in values]
    return pairs


def _filters(arguments: Arguments) -> Filters:
    filters = Filters(
        speaker=_values(arguments, "speaker"),
        role=_checked(arguments, "role", Role),
        company=_values(arguments, "company"),
        section=_checked(arguments, "section", Section),
        language=_unique(_checked(arguments, "language", LANGUAGES) + _checked(arguments, "lang", LANGUAGES)),
        delivery=_checked(arguments, "delivery", Delivery),
        transcript=_values(arguments, "transcript"),
        firm=_values(arguments, "firm"),
        period=_values(arguments, "period"),
        date_from=given(arguments, "date_from").strip() or None,
        date_to=given(arguments, "date_to").strip() or None,
    )
    check_dates(filters)
    return with_periods_as_held(filters)


def _offset(arguments: Arguments, limit: int) -> int:
    if given(arguments, "offset") and given(arguments, "page"):
        raise InvalidRequestError(
            "offset and page are both given",
            where="page",
            mend="Give one of them: page counts from 1, offset from 0",
        )
    if given(arguments, "page"):
        page = number(arguments, "page", default=1, low=1, high=MAX_OFFSET // limit + 1)
        return (page - 1) * limit
    return number(arguments, "offset", default=0, low=0, high=MAX_OFFSET)


def given(arguments: Arguments, name: str) -> str:
    """Return what an argument is given first, an empty text without it, which werkzeug makes an exception to tell."""
    return arguments[name] if name in arguments else ""  # noqa: SIM401 - that is what `get` does.


def _values(arguments: Arguments, name: str) -> tuple[str, ...]:
    if name not in arguments:
        return ()
    return _unique(value.strip() for value in arguments.getlist(name) if value.strip())


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _checked(arguments: Arguments, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
    values = _values(arguments, name)
    if not values:
        return ()
    names = [str(value) for value in allowed]
    for value in values:
        if value not in names:
            raise no_such_value(name, value, f"Use {either(names)}")
    return values


def choice(arguments: Arguments, name: str, kind: type[_Choice], default: _Choice) -> _Choice:
    """Return which of some values an argument has."""
    value = given(arguments, name).strip()
    if not value:
        return default
    try:
        return kind(value)
    except ValueError:
        raise no_such_value(name, value, f"Use {either([str(choice) for choice in kind])}") from None


def _optional(arguments: Arguments, name: str, kind: type[_Choice]) -> _Choice | None:
    """Return a choice that may be left open."""
    if not given(arguments, name).strip():
        return None
    return choice(arguments, name, kind, next(iter(kind)))


def flag(arguments: Arguments, name: str, *, default: bool) -> bool:
    """Return whether an argument is 1, and not 0."""
    value = given(arguments, name).strip()
    if value not in {"", "0", "1"}:
        raise no_such_value(name, value, "Use 0 or 1")
    return value == "1" if value else default


def number(arguments: Arguments, name: str, *, default: int, low: int, high: int) -> int:
    """Return the whole number that an argument has."""
    value = given(arguments, name).strip()
    if not value:
        return default
    if not _WHOLE_NUMBER.fullmatch(value) or not low <= int(value) <= high:
        raise no_such_value(name, value, f"Use a whole number from {low} to {high}")
    return int(value)


def no_such_value(name: str, value: str, mend: str) -> InvalidRequestError:
    """Return the error that says which value an argument cannot have, and which it can."""
    return InvalidRequestError(f"{value!r} is not a value of {name}", where=name, mend=mend)


def either(names: Sequence[str]) -> str:
    """Return names as one sentence has them."""
    return f"{', '.join(names[:-1])} or {names[-1]}"
