"""Answers packed for the way, for browsers that unpack them: a long transcript is a tenth of its size."""

from __future__ import annotations

import gzip
from http import HTTPStatus
from typing import TYPE_CHECKING

import brotli
from flask import request

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response

_SHORTEST = 1024
# Beyond these levels the pages get hardly smaller, and take longer.
_PACKED: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=4),
    "gzip": lambda data: gzip.compress(data, 5, mtime=0),
}
_TYPES = ("text/", "application/json", "application/javascript", "application/atom+xml", "image/svg+xml")


def packed(response: Response) -> Response:
    """Return the response packed with Brotli (RFC 7932) or else gzip, where that is wanted and worth it."""
    if request.endpoint == "static":
        _read_file(response)
    if not (response.mimetype or "").startswith(_TYPES) or response.status_code == HTTPStatus.PARTIAL_CONTENT:
        return response
    response.vary.add("Accept-Encoding")
    coding = _coding()
    if coding is None or "Content-Encoding" in response.headers:
        return response
    if not response.is_streamed and not response.direct_passthrough and (response.content_length or 0) >= _SHORTEST:
        response.set_data(_PACKED[coding](response.get_data()))
        response.headers["Content-Encoding"] = coding
    return response


def _read_file(response: Response) -> None:
    """Read a style, script or picture and close its file: a server whose client is gone may not close the response."""
    file = response.response
    if request.method == "GET" and response.status_code in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        response.direct_passthrough = False
        response.make_sequence()
    if hasattr(file, "close"):
        file.close()


def _coding() -> str | None:
    """Return the coding that is wanted most, the smaller one where both are wanted alike (RFC 9110, section 12.5.3)."""
    wanted = {coding: request.accept_encodings[coding] for coding in _PACKED}
    best = max(wanted, key=lambda coding: wanted[coding])
    return best if wanted[best] > 0 else None
