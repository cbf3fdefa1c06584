"""Answers packed for the way, for browsers that unpack them: a long transcript is a tenth of its size."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Response

_SHORTEST = 1024
_LEVEL = 5  # Beyond it the pages get hardly smaller, and take longer.
_TYPES = ("text/", "application/json", "application/javascript", "application/atom+xml", "image/svg+xml")


def packed(response: Response) -> Response:
    """Return the response packed with gzip (RFC 9110, section 8.4.1.3) where that is wanted and worth it."""
    if not (response.mimetype or "").startswith(_TYPES):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or "Content-Encoding" in response.headers:
        return response
    if request.endpoint == "static" and request.method == "GET" and response.status_code == HTTPStatus.OK:
        # Styles and scripts are files that would be sent as they lie there; read, they are closed with the response.
        response.direct_passthrough = False
        response.make_sequence()
    if not response.is_streamed and not response.direct_passthrough and (response.content_length or 0) >= _SHORTEST:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
