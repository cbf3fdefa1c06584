"""The description of the API: for programs, and as a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app

from search_web.web.declaring import endpoint, json_of
from search_web.web.openapi import openapi_document
from search_web.web.preconditions import hashed

if TYPE_CHECKING:
    from flask import Flask

api_docs = Blueprint("api_docs", __name__)

_KEY = "yuanhua.openapi"


@api_docs.get("/api/v1/openapi.json")
@endpoint("openapi", files=("application/json",), tagged=True)
def document() -> Response:
    """Describe the API, as OpenAPI 3.1."""
    return hashed(json_of(_document()))


def _document() -> dict[str, Any]:
    """Return the description, which is made once."""
    app: Flask = current_app
    if _KEY not in app.extensions:
        app.extensions[_KEY] = openapi_document(app)
    found: dict[str, Any] = app.extensions[_KEY]
    return found
