"""Whether an answer of the API is one that the description of the API foresees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

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
    description = _description(app)
    told = description.operation(request.path).get("get" if method == "head" else method)
    if told is None:
        assert status in _ANYWHERE, f"{method} {request.path} is not described, and answered {status}"
        assert answer.mimetype == "application/problem+json"
        return
    response = told["responses"].get(status)
    assert response is not None, f"{method} {request.path} answered {status}, which is not described: {answer.text}"
    if "$ref" in response:
        response = description.document["components"]["responses"][response["$ref"].rpartition("/")[2]]
    for header in response.get("headers", {}):
        assert header in answer.headers, f"{method} {request.path} answered without {header}"
    content = response.get("content", {})
    if not content or method == "head":
        assert not answer.data
        return
    assert answer.mimetype in content, f"{method} {request.path} answered {answer.mimetype}"
    if answer.mimetype.endswith("json") and not answer.headers.get("Content-Encoding"):
        schema = content[answer.mimetype]["schema"]
        description.validator(schema).validate(answer.get_json())


class _Description:
    """The description of an API, with what its addresses look like and what holds bodies against its schemas."""

    def __init__(self, app: Flask) -> None:
        self.document: dict[str, Any] = openapi_document(app)
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        # Those with the fewest variables come first; the name of a speaker may have slashes in it.
        paths = sorted(self.document["paths"].items(), key=lambda item: (item[0].count("{"), -len(item[0])))
        self._paths: list[tuple[re.Pattern[str], dict[str, Any]]] = [
            (re.compile(re.sub(r"\{(\w+)\}", lambda found: ".+" if found[1] == "name" else "[^/]+", path)), item)
            for path, item in paths
        ]

    def operation(self, path: str) -> dict[str, Any]:
        return next((item for form, item in self._paths if form.fullmatch(path)), {})

    def validator(self, schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
        """Return what holds a body against a schema, with all keys of objects foreseen."""
        key = repr(schema)
        if key not in self._validators:
            closed = {"schemas": _closed(self.document["components"]["schemas"])}
            self._validators[key] = jsonschema_rs.Draft202012Validator({**schema, "components": closed})
        return self._validators[key]


_OF_ADDRESSES: dict[frozenset[tuple[str, str]], _Description] = {}
_OF_APPS: WeakKeyDictionary[Flask, _Description] = WeakKeyDictionary()


def _description(app: Flask) -> _Description:
    """Return the description of an application: the same for all of the same addresses, as it takes a second to make."""
    if app not in _OF_APPS:
        addresses = frozenset((rule.rule, rule.endpoint) for rule in app.url_map.iter_rules())
        if addresses not in _OF_ADDRESSES:
            _OF_ADDRESSES[addresses] = _Description(app)
        _OF_APPS[app] = _OF_ADDRESSES[addresses]
    return _OF_APPS[app]


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed
