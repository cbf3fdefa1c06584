"""The description of the API (OpenAPI 3.1), made of what its endpoints declare and of the types that they name."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from search_web.access.model import Scope
from search_web.quotes.codec import json_schemas
from search_web.web.argument_kinds import argument_kinds, argument_name
from search_web.web.declaring import declared
from search_web.web.field_words import add_field_words
from search_web.web.openapi_words import GROUPS, INTRODUCTION, PATH_PARAMETERS, PROBLEMS
from search_web.web.permissions import NEEDS
from search_web.web.problem_shapes import Problem
from search_web.web.unknown_parameters import API

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule

    from search_web.web.declaring import Endpoint

JsonObject = dict[str, Any]

_PREFIX = "#/components/schemas/"
_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_LONG_NAME = re.compile(r"\b(?:[a-z]\w*?__)+[A-Z]\w*")
_UNSAID = ("HEAD", "OPTIONS")
_OWNERS = (("indexer", "Transcript"), ("search_web__access", "Access"), ("search_web__uploads", "Upload"))
"""What types are of: those of the indexer are parts of a transcript."""


def openapi_document(app: Flask) -> JsonObject:
    """Return the description of every endpoint of the API of an application."""
    endpoints = list(_endpoints(app))
    types = [Problem, *(shape for _, _, told in endpoints for shape in told.answers)]
    read = [kind for _, _, told in endpoints for kind in (told.query, told.body) if kind is not None]
    written, definitions = _schemas(tuple(dict.fromkeys(types)), tuple(dict.fromkeys(read)))
    queries = {written[kind]["$ref"].removeprefix(_PREFIX): kind for _, _, told in endpoints if (kind := told.query)}
    written |= {kind: definitions.pop(name) for name, kind in queries.items()}
    paths: dict[str, JsonObject] = {}
    for rule, method, told in endpoints:
        path = _VARIABLE.sub(r"{\1}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation(app, rule, method, told, written)
    groups = dict.fromkeys(group for item in paths.values() for one in item.values() for group in one["tags"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Yuanhua",
            "version": version("yuanhua"),
            "description": INTRODUCTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": group, "description": GROUPS.get(group, "")} for group in groups],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(definitions.items())),
            "responses": {
                str(status.value): {
                    "description": words,
                    "content": {"application/problem+json": {"schema": {"$ref": f"{_PREFIX}Problem"}}},
                }
                for status, words in PROBLEMS.items()
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of yours. A server without accounts asks for none.",
                }
            },
        },
    }


def _endpoints(app: Flask) -> Iterator[tuple[Rule, str, Endpoint]]:
    """Yield every rule of the API with each of its methods."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        told = declared(app.view_functions[rule.endpoint])
        if told is not None and rule.rule.startswith(API):
            for method in sorted((rule.methods or set()).difference(_UNSAID)):
                yield rule, method, told


def _schemas(written: tuple[Any, ...], read: tuple[Any, ...]) -> tuple[dict[Any, JsonObject], JsonObject]:
    """Return the schema of each type, and the definitions that all of them refer to, under short names."""
    types = [*((one, "serialization") for one in written), *((one, "validation") for one in read)]
    found, definitions = json_schemas(types, f"{_PREFIX}{{model}}")  # type: ignore[arg-type]
    add_field_words(definitions, (*written, *read))
    text = json.dumps([found, definitions])
    for name in [name for name in definitions if "-" in name]:
        text = text.replace(name, _same(name, definitions))
    names = {long: _short(long) for long in set(_LONG_NAME.findall(text))}
    if len({*names.values(), *definitions} - {*names}) < len(names) + len(definitions.keys() - names.keys()):
        raise ValueError(f"two types would have one name: {sorted(names)}")
    for long in sorted(names, key=len, reverse=True):
        text = text.replace(long, names[long])
    schemas, shortened = json.loads(text)
    return dict(zip((*written, *read), map(_untitled, schemas), strict=True)), _untitled(shortened)


def _same(name: str, definitions: JsonObject) -> str:
    """Return the name of a type that has another one where it is read than where it is written, X-Input."""
    plain = name.partition("-")[0]
    same = [other for other in definitions if other.rpartition("__")[2] == plain and "-" not in other]
    return next((other for other in same if definitions[other] == definitions[name]), plain)


def _short(long: str) -> str:
    """Return a name for one of two types of one name, by where it is from."""
    owner, _, name = long.rpartition("__")
    return next((f"{prefix}{name}" for start, prefix in _OWNERS if owner.startswith(start)), name)


def _untitled(schema: Any) -> Any:  # noqa: ANN401 - any JSON.
    """Return a schema without the titles that only say the name of a field again."""
    if isinstance(schema, dict):
        return {
            name: _untitled(value) for name, value in schema.items() if name != "title" or not isinstance(value, str)
        }
    return [_untitled(one) for one in schema] if isinstance(schema, list) else schema


def _operation(app: Flask, rule: Rule, method: str, told: Endpoint, schemas: dict[Any, JsonObject]) -> JsonObject:
    summary, _, description = (app.view_functions[rule.endpoint].__doc__ or "").partition("\n\n")
    needs = NEEDS.get(rule.endpoint)
    operation: JsonObject = {
        "operationId": told.operation,
        "summary": " ".join(summary.split()).rstrip("."),
        **({"description": " ".join(description.split())} if description.strip() else {}),
        "tags": [rule.rule.removeprefix(API).partition("/")[0].partition(".")[0]],
        "parameters": [*_path(rule), *_query(told, schemas), *_headers(method, told)],
        "responses": _responses(rule, method, told, schemas),
        # {}: a server without accounts asks for nothing.
        "security": [] if needs is None else [{"token": [needs.value] if isinstance(needs, Scope) else []}, {}],
    }
    if told.body is not None or told.takes:
        content = {} if told.body is None else {"application/json": {"schema": schemas[told.body]}}
        content |= {media_type: {"schema": _file(media_type)} for media_type in told.takes}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _path(rule: Rule) -> Iterator[JsonObject]:
    for name in sorted(rule.arguments, key=rule.rule.index):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATH_PARAMETERS[name],
            "schema": {"type": "string", "minLength": 1},
        }


def _query(told: Endpoint, schemas: dict[Any, JsonObject]) -> Iterator[JsonObject]:
    if told.query is None:
        return
    schema = schemas[told.query]
    kinds = argument_kinds(told.query)
    for name, found in schema["properties"].items():
        given = {key: value for key, value in found.items() if key not in {"description", "default"}}
        if "anyOf" in given:
            (given,) = [one for one in given["anyOf"] if one != {"type": "null"}]
        if found.get("default") not in (None, []):
            given = {**given, "default": found["default"]}
        yield {
            "name": argument_name(name),
            "in": "query",
            "required": name in schema.get("required", ()),
            **({} if name in schema.get("required", ()) else {"allowEmptyValue": True}),
            **({"description": found["description"]} if "description" in found else {}),
            **({"style": "form", "explode": True} if kinds[argument_name(name)].several else {}),
            "schema": given,
        }


def _headers(method: str, told: Endpoint) -> Iterator[JsonObject]:
    if told.guarded:
        words, name = "The ETag of what is changed, or * to change whatever is there.", "If-Match"
    elif told.tagged and method == "GET":
        words, name = "An ETag: the answer is 304 where nothing has changed.", "If-None-Match"
    else:
        return
    yield {
        "name": name,
        "in": "header",
        "required": told.guarded,
        "description": words,
        "schema": {"type": "string"},
    }


def _responses(rule: Rule, method: str, told: Endpoint, schemas: dict[Any, JsonObject]) -> JsonObject:
    content: JsonObject = {media_type: {"schema": _file(media_type)} for media_type in told.files}
    if told.answers:
        shapes = [schemas[shape] for shape in told.answers]
        content = {"application/json": {"schema": shapes[0] if len(shapes) == 1 else {"anyOf": shapes}}, **content}
    headers: JsonObject = {}
    if told.tagged:
        headers["ETag"] = {"description": "The version of the answer.", "schema": {"type": "string"}}
    if told.status is HTTPStatus.CREATED:
        headers["Location"] = {"description": "The address of what was made.", "schema": {"type": "string"}}
    responses: JsonObject = {
        str(told.status.value): {
            "description": told.status.phrase,
            **({"headers": headers} if headers else {}),
            **({"content": content} if content else {}),
        }
    }
    if told.tagged and method == "GET":
        responses["304"] = {"description": "Who asks has this answer already."}
    responses |= {
        str(status.value): {"$ref": f"#/components/responses/{status.value}"}
        for status in sorted(_problems(rule, method, told))
    }
    return responses


def _problems(rule: Rule, method: str, told: Endpoint) -> set[HTTPStatus]:
    """Return the statuses of the errors that an endpoint may answer; those of all endpoints are among them."""
    found = {HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, *told.errors}
    if NEEDS.get(rule.endpoint) is not None:
        found |= {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
    if method != "GET":
        found |= {HTTPStatus.FORBIDDEN}
    if rule.arguments:
        found |= {HTTPStatus.NOT_FOUND}
    if told.conflicts or "cursor" in argument_kinds(told.query):
        found |= {HTTPStatus.CONFLICT}
    if told.guarded:
        found |= {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED}
    if told.body is not None or told.takes:
        found |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
    return found


def _file(media_type: str) -> JsonObject:
    """Return the schema of a file: text is a string, JSON an object, and of others there is nothing to say."""
    if media_type == "application/json":
        return {"type": "object"}
    return {"type": "string"} if media_type.startswith("text/") else {}
