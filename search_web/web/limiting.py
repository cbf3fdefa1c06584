"""How much one person, and one address, may ask for in a while. The only module that knows flask_limiter and limits.

Each worker counts for itself, in memory: counting together would cost every search a way to another process. What must
be counted together, failed sign-ins, is counted in the notebook (search_web/access/attempts.py).
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import current_app, request
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded
from limits import parse_many

from indexer.errors import SettingsError
from search_web.access.model import LOCAL
from search_web.access.origins import origin
from search_web.web.identity import current_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from search_web.access.settings import AccessSettings

_UNCOUNTED = frozenset({"static", "health.alive", "health.ready", "metrics"})
_SIGN_IN = "signing.enter"
_OFF = "off"
_KEY = "yuanhua.limiter"
_TOLERATED = 5.0
"""Seconds by which a clock may be put right without more."""


def limit_requests(app: Flask, settings: AccessSettings) -> None:
    """Refuse with 429 what comes too often. Whoever asks must be known before; the local user is never refused.

    Raises SettingsError for a limit that cannot be read.
    """
    wanted = (
        (settings.rate_limit, _person, lambda: current_person().id is None),
        (settings.address_rate_limit, _address, lambda: False),
        (settings.sign_in_rate_limit, _signing_in, lambda: request.endpoint != _SIGN_IN),
    )
    limits = [_limit(text, key, exempt) for text, key, exempt in wanted if text not in {"", _OFF}]
    if not limits:
        return
    limiter = Limiter(key_func=_address, application_limits=[*limits], storage_uri="memory://")
    limiter.request_filter(lambda: request.endpoint in _UNCOUNTED or current_person() is LOCAL)
    app.before_request(_forgets_when_the_clock_goes_back(limiter))
    limiter.init_app(app)
    app.extensions[_KEY] = limiter


def _forgets_when_the_clock_goes_back(limiter: Limiter) -> Callable[[], None]:
    """Return what lets all counts begin anew then: they end at a time of day, which would be a long time away."""
    latest = 0.0

    def look() -> None:
        nonlocal latest
        now = time.time()
        if now < latest - _TOLERATED:
            limiter.reset()
        latest = now

    return look


def retry_after(error: object) -> int | None:
    """Return in how many seconds what was refused may be tried again; None for another error."""
    if not isinstance(error, RateLimitExceeded):
        return None
    limiter: Limiter = current_app.extensions[_KEY]
    breached = limiter.current_limit
    return max(1, breached.reset_at - int(time.time()) if breached else error.limit.limit.get_expiry())


def check_limits(settings: AccessSettings) -> None:
    """Raise SettingsError for a limit that cannot be read."""
    for text in (settings.rate_limit, settings.address_rate_limit, settings.sign_in_rate_limit):
        if text not in {"", _OFF}:
            _check(text)


def _check(text: str) -> None:
    try:
        parse_many(text)
    except ValueError as error:
        mend = f"Write such as: 600 per minute, or: {_OFF}"
        raise SettingsError(f"'{text}' is no rate", where="rate limit", mend=mend) from error


def _limit(text: str, key: Callable[[], str], exempt: Callable[[], bool]) -> ApplicationLimit:
    _check(text)
    return ApplicationLimit(text, key_function=key, exempt_when=exempt)


def _person() -> str:
    return f"person {current_person().id}"


def _address() -> str:
    return f"address {origin(request.remote_addr or 'unknown')}"


def _signing_in() -> str:
    return f"sign-in {origin(request.remote_addr or 'unknown')}"
