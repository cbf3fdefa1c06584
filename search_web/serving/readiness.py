"""Asks a server of ours whether it is ready, as a supervisor would."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

_PAUSE = 0.05
_LONGEST = 600.0


def wait_until_ready(url: str) -> str:
    """Wait until the server answers /readyz; return nothing when it is ready, else what hinders it."""
    place = urlsplit(url)
    while True:
        connection = HTTPConnection(place.hostname or "", place.port, timeout=_LONGEST)
        try:
            connection.request("GET", "/readyz", headers={"Connection": "close"})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            time.sleep(_PAUSE)
            continue
        finally:
            connection.close()
        if answer.status == HTTPStatus.OK:
            return ""
        try:
            return str(json.loads(content)["detail"])
        except (ValueError, KeyError, TypeError):
            return f"/readyz answers with status {answer.status}"
