"""Quotes to JSON and back. This module owns pydantic's part in search_web."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from indexer.errors import InvalidRequestError, NotebookDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable

_Schema = TypeVar("_Schema")


@cache
def _adapter(schema: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any type.
    return TypeAdapter(schema)


def to_text(schema: object, value: object) -> str:
    """Return a value of this type as JSON; `from_text` gives back an equal one."""
    return _adapter(schema).dump_json(value).decode()


def from_text(schema: object, text: str, where: str) -> Any:  # noqa: ANN401 - a value of that type.
    """Return what `to_text` wrote.

    Raises NotebookDamagedError, which names `where` it stands, when it is no such value.
    """
    try:
        return _adapter(schema).validate_json(text)
    except ValidationError as error:
        mend = "Put a copy of the notebook back, or name another file with --notebook"
        raise NotebookDamagedError(_first(error), where=where, mend=mend) from error


def checked(schema: type[_Schema], data: bytes, where: str, mend: str) -> _Schema:
    """Return the value of a dataclass that JSON of a stranger describes, field for field and type for type.

    Raises InvalidRequestError, which names the first field that does not fit, `where` it is, and how to `mend` it.
    """
    try:
        return cast("_Schema", _adapter(cast("Any", schema)).validate_json(data, strict=True))
    except ValidationError as error:
        raise InvalidRequestError(_first(error), where=where, mend=mend) from error


def json_schemas(
    types: Iterable[tuple[object, Literal["validation", "serialization"]]], refer: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the JSON Schema of each type, as it is read or written, and the definitions of all that they are made of.

    `refer` is how a definition is referred to, with {model} for its name. The docstrings of types and of their fields
    are the descriptions.
    """
    # Pydantic takes settings for a list, which go on to the types in it that have none of their own.
    told = ConfigDict(use_attribute_docstrings=True)
    adapters = [
        (number, mode, TypeAdapter(cast("Any", list)[schema], config=told))
        for number, (schema, mode) in enumerate(types)
    ]
    found, definitions = TypeAdapter.json_schemas(adapters, ref_template=refer)
    return [found[number, mode]["items"] for number, mode, _ in adapters], definitions.get("$defs", {})


def _first(error: ValidationError) -> str:
    """Return what does not fit first."""
    first, *others = error.errors(include_url=False, include_input=False)
    place = ".".join(map(str, first["loc"]))
    more = f" (and {len(others)} more)" if others else ""
    return f"{place}: {first['msg']}{more}" if place else f"{first['msg']}{more}"
