"""What the arguments of an endpoint may be, as the types of their dataclass say it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Kind:
    """What an argument may be: one of `choices` where there are any, a whole number within `bounds`, or any text.

    `several` tells that it may be given more than once.
    """

    several: bool
    choices: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None


@cache
def argument_kinds(query: type | None) -> Mapping[str, Kind]:
    """Return the arguments that a dataclass describes, by name."""
    if query is None:
        return {}
    types = get_type_hints(query, include_extras=True)
    return {argument_name(field.name): _kind(types[field.name]) for field in fields(query)}


def argument_name(field: str) -> str:
    """Return the argument that a field describes: one whose name Python keeps for itself ends in _ there."""
    return field.removesuffix("_")


def _kind(told: Any, *, several: bool = False, bounds: tuple[int, int] | None = None) -> Kind:  # noqa: ANN401 - a type.
    """Return what a type says; a tuple stands for values that are each of its first type."""
    origin, inner = get_origin(told), get_args(told)
    if origin is Annotated:
        limits = next((one for one in inner if isinstance(one, Interval)), None)
        return _kind(inner[0], several=several, bounds=(limits.ge, limits.le) if limits else None)  # type: ignore[arg-type]
    if origin in {Union, UnionType}:
        (one,) = (each for each in inner if each is not NoneType)
        return _kind(one, several=several)
    if origin is tuple:
        return _kind(inner[0], several=True)
    if origin is Literal:
        return Kind(several, choices=tuple(map(str, inner)))
    if isinstance(told, type) and issubclass(told, StrEnum):
        return Kind(several, choices=tuple(map(str, told)))
    return Kind(several, bounds=bounds)
