"""The language that a page speaks: that of the address, else the reader's choice, else what the browser prefers.

Flask-Babel looks the words up; modules of the web folder import its `gettext` and `lazy_gettext` themselves.
The argument is `locale`, because `lang` has long been a filter of the search.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import has_request_context, request
from flask_babel import Babel, get_locale

from search_web.web.catalogues import compile_if_possible

if TYPE_CHECKING:
    from flask import Flask, Response

LOCALES = {"en": "English", "zh": "中文"}
"""The languages of the interface, each named in itself; the first is spoken to those who read none of them."""

JSON_PATHS = ("/api/", "/healthz", "/readyz", "/metrics")
_ARGUMENT = "locale"
_COOKIE = "yuanhua_locale"
_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class LocaleLink:
    """A language of the interface, with the address of the same page in it."""

    locale: str
    name: str
    url: str
    current: bool


def translate_pages(app: Flask) -> None:
    """Let every page of this application speak the language of its reader."""
    compile_if_possible()
    Babel(app, default_locale=_fallback(), locale_selector=_wanted)
    app.jinja_env.globals.update(page_locale=page_locale, locale_links=locale_links)
    app.jinja_env.filters["grouped"] = grouped
    app.after_request(_remember)


def page_locale() -> str:
    """Return the language of the page that is being made, as its `lang` attribute says it."""
    found = get_locale()
    return found.language if found else _fallback()


def locale_links() -> tuple[LocaleLink, ...]:
    """Return the languages that the page can be had in, with all that its address says otherwise."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != _ARGUMENT]
    current = page_locale()
    return tuple(
        LocaleLink(locale, name, f"{request.path}?{urlencode([*kept, (_ARGUMENT, locale)])}", current=locale == current)
        for locale, name in LOCALES.items()
    )


def grouped(number: int) -> str:
    """Return a number with a comma after each thousand, as both languages write it."""
    return f"{number:,}"


def _fallback() -> str:
    return next(iter(LOCALES))


def _chosen() -> str | None:
    chosen = request.args.get(_ARGUMENT, "")
    return chosen if chosen in LOCALES else None


def _wanted() -> str:
    # Programs compare messages; theirs stay the same whoever asks.
    if not has_request_context() or request.path.startswith(JSON_PATHS):
        return _fallback()
    kept = request.cookies.get(_COOKIE, "")
    return _chosen() or (kept if kept in LOCALES else None) or _preferred()


def _preferred() -> str:
    return request.accept_languages.best_match(LOCALES, default=_fallback()) or _fallback()


def _remember(response: Response) -> Response:
    if response.mimetype != "text/html":
        return response
    response.headers["Content-Language"] = page_locale()
    response.vary.update(("Accept-Language", "Cookie"))
    if chosen := _chosen():
        response.set_cookie(_COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax")
    return response
