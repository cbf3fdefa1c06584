"""The log of a server: lines on stderr for people, or one JSON object a line for programs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.cli.output import printable
from search_web.serving.options import LogFormat
from search_web.web.observation import current_request_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_web.web.observation import Observation

_FIELDS = "yuanhua_fields"
_ROUTINE = frozenset({"/healthz", "/readyz", "/metrics"})
_SERVER_ERROR = 500

_log = logging.getLogger("yuanhua")


def configure_logs(form: LogFormat) -> None:
    """Let everything that is logged in this process go to stderr in one form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else ReadableLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    # The development server would write a line of its own for each request, with what was asked.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)


def log_request(*, with_query: bool) -> Callable[[Observation], None]:
    """Return what logs a request: id, method, path, route, status, milliseconds; the query string only where asked.

    Those that supervisors make by the minute are logged when they fail.
    """

    def log(seen: Observation) -> None:
        if seen.route in _ROUTINE and seen.status < _SERVER_ERROR:
            return
        fields: dict[str, object] = {
            "request_id": seen.request_id,
            "method": seen.method,
            "path": seen.path,
            "route": seen.route,
            "status": seen.status,
            "ms": round(seen.seconds * 1000.0, 2),
        }
        if seen.error:
            fields["error"] = seen.error
        if with_query:
            fields["query"] = seen.query
        level = logging.ERROR if seen.status >= _SERVER_ERROR else logging.INFO
        _log.log(level, "request", extra={_FIELDS: fields})

    return log


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if request_id := current_request_id.get():
            line["request_id"] = request_id
        line.update(getattr(record, _FIELDS, {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        # JSON of ASCII alone cannot break a line, nor hold a surrogate that stderr refuses.
        return json.dumps(line)


class ReadableLines(logging.Formatter):
    """Lines for a person; what a request says cannot steer the terminal nor begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, and its traceback below."""
        fields = getattr(record, _FIELDS, None)
        if fields is None:
            request_id = current_request_id.get()
            said = record.getMessage() + (f" [{request_id}]" if request_id else "")
        else:
            query = f"?{fields['query']}" if fields.get("query") else ""
            said = f"{fields['method']} {fields['path']}{query} {fields['status']} {fields['ms']:.1f} ms"
            said += f" [{fields['request_id']}]" + (f" {fields['error']}" if "error" in fields else "")
        line = printable(" ".join(f"{_time(record)} {record.levelname} {said}".splitlines()))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
