"""Answers as they go over the wire: compressed for those who take it. This module owns flask-compress."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request
from flask_compress import Compress

if TYPE_CHECKING:
    from flask import Flask, Response


def compress_answers(app: Flask) -> None:
    """Let this application compress pages, JSON, styles and scripts."""
    Compress(app)
    # What is registered last is asked first.
    app.after_request(_read_static)


def _read_static(response: Response) -> Response:
    """Read a static file now: flask-compress would read it and leave it open."""
    if request.endpoint == "static" and response.status_code == HTTPStatus.OK and request.method == "GET":
        response.direct_passthrough = False
        response.make_sequence()
    return response
