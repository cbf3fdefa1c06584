"""How much may be sent at once: a small form nearly everywhere, files where files are taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request

from search_web.quotes.importing import MAX_BYTES
from search_web.uploads.model import LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM_FOR_FIELDS: Final = 64 * 1024
_LARGEST_FORM: Final = 1024 * 1024

LARGEST: Mapping[str, int] = {
    "collections_pages.take_in": MAX_BYTES + ROOM_FOR_FIELDS,
    "uploading.receive": LIMITS.request_bytes + ROOM_FOR_FIELDS,
    "uploads_api.receive": LIMITS.request_bytes + ROOM_FOR_FIELDS,
    "collections_api.take_in": MAX_BYTES,
}
"""By endpoint, the largest body in bytes that is read; a megabyte for all others."""


def limit_body() -> None:
    """Let the reading of a larger body than the endpoint takes fail with status 413."""
    request.max_content_length = LARGEST.get(request.endpoint or "", _LARGEST_FORM)
