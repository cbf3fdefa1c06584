"""The description of the API as its page shows it: values that a template can walk through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from search_web.web.openapi_words import GROUPS

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TypeWords:
    """What a value is: in words, with the name of the schema that it has or holds, if it has one."""

    words: str
    schema: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldView:
    """A parameter of an operation or a field of a schema; `place` is path, query or header, "" for a field."""

    name: str
    type: TypeWords
    required: bool
    description: str
    default: str = ""
    place: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What may be answered: a status with its meaning, and the media types and shapes of it."""

    status: str
    description: str
    bodies: tuple[tuple[str, TypeWords], ...]


@dataclass(frozen=True, slots=True)
class OperationView:
    """An operation; `needs` is the scope that it needs, "" for any account, None where it is open to everybody."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    needs: str | None
    parameters: tuple[FieldView, ...]
    bodies: tuple[tuple[str, TypeWords], ...]
    answers: tuple[AnswerView, ...]

    @property
    def tried(self) -> bool:
        """Whether asking it changes nothing, so that a form of the page may."""
        return self.method == "GET"

    @property
    def asked(self) -> tuple[FieldView, ...]:
        """The parameters that a form has fields for."""
        return tuple(one for one in self.parameters if one.place != "header")


@dataclass(frozen=True, slots=True)
class GroupView:
    """Operations whose addresses begin alike."""

    name: str
    description: str
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class SchemaView:
    """A shape or a list of values."""

    name: str
    description: str
    fields: tuple[FieldView, ...]
    choices: tuple[str, ...]


def groups_of(document: JsonObject) -> tuple[GroupView, ...]:
    """Return the operations of a description by group, in the order in which the groups are described."""
    found: dict[str, list[OperationView]] = {}
    for path, item in document["paths"].items():
        for method, told in item.items():
            found.setdefault(told["tags"][0], []).append(_operation(document, path, method, told))
    order = [*(name for name in GROUPS if name in found), *(name for name in found if name not in GROUPS)]
    return tuple(GroupView(name, GROUPS.get(name, ""), tuple(found[name])) for name in order)


def schemas_of(document: JsonObject) -> tuple[SchemaView, ...]:
    """Return the shapes of a description by name."""
    return tuple(
        SchemaView(
            name,
            schema.get("description", ""),
            tuple(
                FieldView(key, _type(value), key in schema.get("required", ()), value.get("description", ""))
                for key, value in schema.get("properties", {}).items()
            ),
            tuple(map(str, schema.get("enum", ()))),
        )
        for name, schema in document["components"]["schemas"].items()
    )


def _operation(document: JsonObject, path: str, method: str, told: JsonObject) -> OperationView:
    scopes = [scope for each in told["security"] for scope in each.get("token", ())]
    return OperationView(
        name=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        needs=next(iter(scopes), "") if told["security"] else None,
        parameters=tuple(_parameter(document, one) for one in told["parameters"]),
        bodies=_bodies(told.get("requestBody", {})),
        answers=tuple(_answer(document, status, one) for status, one in told["responses"].items()),
    )


def _parameter(document: JsonObject, told: JsonObject) -> FieldView:
    found = _type(told["schema"])
    named = document["components"]["schemas"].get(found.schema or "", {})
    return FieldView(
        told["name"],
        TypeWords(found.words, found.schema, found.choices or tuple(named.get("enum", ()))),
        told["required"],
        told.get("description", ""),
        str(told["schema"].get("default", "")),
        told["in"],
        told["schema"].get("type") == "array",
    )


def _answer(document: JsonObject, status: str, told: JsonObject) -> AnswerView:
    if "$ref" in told:
        told = document["components"]["responses"][_name(told)]
    return AnswerView(status, told["description"], _bodies(told))


def _bodies(told: JsonObject) -> tuple[tuple[str, TypeWords], ...]:
    return tuple((media_type, _type(one["schema"])) for media_type, one in told.get("content", {}).items())


def _type(schema: JsonObject) -> TypeWords:
    """Return in words what a value of a schema is."""
    if "$ref" in schema:
        return TypeWords(_name(schema), _name(schema))
    if "anyOf" in schema:
        kinds = [_type(one) for one in schema["anyOf"]]
        named = next((one.schema for one in kinds if one.schema), None)
        return TypeWords(" | ".join(one.words for one in kinds), named)
    if schema.get("type") == "array":
        inner = _type(schema.get("items") or {"type": "integer"} if "prefixItems" not in schema else {"type": "any"})
        return TypeWords(f"{inner.words}[]", inner.schema, inner.choices)
    if isinstance(schema.get("additionalProperties"), dict):
        inner = _type(schema["additionalProperties"])
        return TypeWords(f"{{string: {inner.words}}}", inner.schema)
    choices = tuple(map(str, schema.get("enum", ()))) or ((str(schema["const"]),) if "const" in schema else ())
    bounds = [str(schema[key]) for key in ("minimum", "maximum") if key in schema]
    words = str(schema.get("type", "file"))
    return TypeWords(f"{words} {'–'.join(bounds)}" if bounds else words, None, choices)


def _name(reference: JsonObject) -> str:
    return str(reference["$ref"]).rpartition("/")[2]
