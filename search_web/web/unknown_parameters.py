"""An argument that an endpoint does not know is refused, with the name that was meant: ignored, it would mislead."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from flask import current_app, request

from indexer.errors import InvalidRequestError, UnknownParameterError
from search_web.web.declaring import declared

if TYPE_CHECKING:
    from collections.abc import Iterable

API = "/api/v1/"


def refuse_unknown_parameters() -> None:
    """Let no request to the API pass whose arguments its endpoint does not declare.

    Raises UnknownParameterError, and InvalidRequestError for one given twice that has one value.
    """
    found = declared(current_app.view_functions.get(request.endpoint or ""))
    if found is None or not request.path.startswith(API):
        return
    several = takes_several(found.query)
    for name in request.args:
        if name not in several:
            raise _unknown(name, several)
        given = list(dict.fromkeys(value.strip() for value in request.args.getlist(name) if value.strip()))
        if len(given) > 1 and not several[name]:
            what = f"{name} is given as {given[0]!r} and as {given[1]!r}"
            raise InvalidRequestError(what, where=name, mend="Give it once")


@cache
def takes_several(query: type | None) -> dict[str, bool]:
    """Return the names of the arguments, each with whether it may be given several times."""
    if query is None:
        return {}
    return {
        argument_name(field.name): "tuple[" in str(field.type) or "Several" in str(field.type)
        for field in fields(query)
    }


def argument_name(field: str) -> str:
    """Return the argument that a field describes: one whose name Python keeps for itself ends in _ there."""
    return field.removesuffix("_")


def known_arguments(pairs: Iterable[tuple[str, str]], query: type) -> list[tuple[str, str]]:
    """Return those of the arguments of a page that an endpoint of the API takes too."""
    names = takes_several(query)
    return [(name, value) for name, value in pairs if name in names]


def _unknown(name: str, known: Iterable[str]) -> UnknownParameterError:
    names = sorted(known)
    nearest = next(iter(get_close_matches(name.lower(), names, n=1)), None)
    meant = f"Did you mean {nearest}? " if nearest else ""
    told = f"Known are {', '.join(names)}" if names else "This address takes none"
    return UnknownParameterError("there is no such parameter", where=name, mend=f"{meant}{told}", nearest=nearest)
