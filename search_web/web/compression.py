"""Answers packed for the way, for browsers that unpack them: a long transcript is a tenth of its size."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Response

_SHORTEST = 1024
_LEVEL = 5  # Beyond it the pages get hardly smaller, and take longer.


def packed(response: Response) -> Response:
    """Return the response packed with gzip (RFC 9110, section 8.4.1.3) where that is wanted and worth it."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or not (response.mimetype or "").startswith(("text/", "application/"))
    ):
        return response
    response.vary.add("Accept-Encoding")
    is_worth_it = (response.content_length or 0) >= _SHORTEST and "Content-Encoding" not in response.headers
    if is_worth_it and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
