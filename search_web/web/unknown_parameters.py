"""Arguments that an endpoint does not declare are refused, with the name that was meant: ignored they would mislead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flask import current_app, request

from indexer.errors import InvalidRequestError, UnknownParameterError
from search_web.web.argument_kinds import argument_kinds
from search_web.web.declaring import declared
from search_web.web.params import either, no_such_value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_web.web.argument_kinds import Kind

API = "/api/v1/"

_WHOLE_NUMBER = re.compile("[0-9]{1,9}")


def refuse_unknown_parameters() -> None:
    """Let no request to the API pass whose arguments are not as its endpoint declares them.

    Raises UnknownParameterError for one that there is not, and InvalidRequestError for one that has one value and is
    given two, or that has a value it cannot have. One that is given empty counts as not given.
    """
    found = declared(current_app.view_functions.get(request.endpoint or ""))
    if found is None or not request.path.startswith(API):
        return
    kinds, given = argument_kinds(found.query), request.args
    for name in given:
        if name not in kinds:
            raise _unknown(name, kinds)
    for name, kind in kinds.items():
        if name in given:
            _check(name, kind, list(dict.fromkeys(value.strip() for value in given.getlist(name) if value.strip())))


def known_arguments(pairs: Iterable[tuple[str, str]], query: type) -> list[tuple[str, str]]:
    """Return those of the arguments of a page that an endpoint of the API takes too."""
    names = argument_kinds(query)
    return [(name, value) for name, value in pairs if name in names]


def _check(name: str, kind: Kind, values: list[str]) -> None:
    if len(values) > 1 and not kind.several:
        what = f"{name} is given as {values[0]!r} and as {values[1]!r}"
        raise InvalidRequestError(what, where=name, mend="Give it once")
    for value in values:
        if kind.choices and value not in kind.choices:
            raise no_such_value(name, value, f"Use {either(kind.choices) if kind.choices[1:] else kind.choices[0]}")
        if kind.bounds:
            low, high = kind.bounds
            if not _WHOLE_NUMBER.fullmatch(value) or not low <= int(value) <= high:
                raise no_such_value(name, value, f"Use a whole number from {low} to {high}")


def _unknown(name: str, known: Iterable[str]) -> UnknownParameterError:
    names = sorted(known)
    nearest = next(iter(get_close_matches(name.lower(), names, n=1)), None)
    meant = f"Did you mean {nearest}? " if nearest else ""
    told = f"Known are {', '.join(names)}" if names else "This address takes none"
    return UnknownParameterError("there is no such parameter", where=name, mend=f"{meant}{told}", nearest=nearest)
