"""Whether an answer of the API is one that the description of the API foresees."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from search_web.web.openapi import openapi_document

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

_ANYWHERE = {"404", "405"}
"""What an address that there is not, or a method that it does not take, is answered."""


def check_described(app: Flask, answer: TestResponse) -> None:
    """Assert that status, headers, media type and body of an answer are described, to the last key of an object."""
    request = answer.request
    if not request.path.startswith("/api/v1/"):
        return
    status, method = str(answer.status_code), request.method.lower()
    told = _operation(app, request.path).get("get" if method == "head" else method)
    if told is None:
        assert status in _ANYWHERE, f"{method} {request.path} is not described, and answered {status}"
        assert answer.mimetype == "application/problem+json"
        return
    response = told["responses"].get(status)
    assert response is not None, f"{method} {request.path} answered {status}, which is not described: {answer.text}"
    if "$ref" in response:
        response = _document(app)["components"]["responses"][response["$ref"].rpartition("/")[2]]
    for header in response.get("headers", {}):
        assert header in answer.headers, f"{method} {request.path} answered without {header}"
    content = response.get("content", {})
    if not content or method == "head":
        assert not answer.data
        return
    assert answer.mimetype in content, f"{method} {request.path} answered {answer.mimetype}"
    if answer.mimetype.endswith("json") and not answer.headers.get("Content-Encoding"):
        schema = content[answer.mimetype]["schema"]
        _validator(app, repr(schema)).validate(answer.get_json())


@cache
def _document(app: Flask) -> dict[str, Any]:
    return openapi_document(app)


@cache
def _paths(app: Flask) -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Return what the addresses look like, those with the fewest variables first."""
    paths = sorted(_document(app)["paths"].items(), key=lambda item: (item[0].count("{"), -len(item[0])))
    # The name of a speaker may have slashes in it.
    forms = {
        path: re.sub(r"\{(\w+)\}", lambda found: ".+" if found[1] == "name" else "[^/]+", path) for path, _ in paths
    }
    return [(re.compile(forms[path]), item) for path, item in paths]


def _operation(app: Flask, path: str) -> dict[str, Any]:
    return next((item for form, item in _paths(app) if form.fullmatch(path)), {})


@cache
def _validator(app: Flask, schema: str) -> jsonschema_rs.Draft202012Validator:
    """Return what holds a body against a schema, which is given by its repr, with all keys of objects foreseen."""
    components = _document(app)["components"]
    return jsonschema_rs.Draft202012Validator(
        {**eval(schema), "components": {"schemas": _closed(components["schemas"])}}  # noqa: S307 - our own schema.
    )


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
