"""The description of the API: for programs, and as a page for people, who can try what changes nothing."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, redirect, render_template, request
from markupsafe import Markup, escape
from werkzeug.exceptions import NotFound

from search_web.web.declaring import endpoint, json_of
from search_web.web.docs_view import groups_of, schemas_of
from search_web.web.docs_words import doc_said
from search_web.web.openapi import openapi_document
from search_web.web.preconditions import hashed

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

api_docs = Blueprint("api_docs", __name__)

_KEY = "yuanhua.openapi"
_SPAN = re.compile(r"`([^`]+)`")


@api_docs.app_template_filter("spans")
def spans(text: str) -> Markup:
    """Return a text of the description with what stands between backticks as code."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(_SPAN.split(text))
    )


@api_docs.get("/api/v1/openapi.json")
@endpoint("openapi", files=("application/json",), tagged=True)
def document() -> Response:
    """Describe the API, as OpenAPI 3.1."""
    return hashed(json_of(_document()))


@api_docs.get("/docs")
def page() -> str:
    """Show the description of the API."""
    found = _document()
    return render_template(
        "api.html", document=found, groups=groups_of(found), schemas=schemas_of(found), doc_said=doc_said
    )


@api_docs.get("/docs/try/<operation>")
def attempt(operation: str) -> Answer:
    """Lead on to what the form of an operation asks for: variables of its address are arguments here."""
    for path, item in _document()["paths"].items():
        told = item.get("get", {})
        if told.get("operationId") == operation:
            given = [(name, value) for name, value in request.args.items(multi=True) if value.strip()]
            names = {one["name"] for one in told["parameters"] if one["in"] == "path"}
            for name, value in given:
                path = path.replace(f"{{{name}}}", quote(value.strip(), safe="")) if name in names else path  # noqa: PLW2901
            rest = urlencode([(name, value) for name, value in given if name not in names])
            return redirect(f"{path}?{rest}" if rest else path, HTTPStatus.SEE_OTHER)
    raise NotFound


def _document() -> dict[str, Any]:
    """Return the description, which is made once."""
    if _KEY not in current_app.extensions:
        current_app.extensions[_KEY] = openapi_document(current_app)
    found: dict[str, Any] = current_app.extensions[_KEY]
    return found
