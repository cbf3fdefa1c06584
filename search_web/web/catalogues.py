"""The catalogues of the interface: made from what the pages say, compiled for gettext.

A catalogue is a .po file, which people edit; gettext reads the .mo beside it. That one is compiled when the project is
built, and again when the application starts and finds it missing or older, so that a fresh checkout needs no step of
its own. `python -m search_web.web.catalogues`, or `make catalogues`, brings the .po files up to date.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAGES = Path(__file__).parent
TRANSLATIONS = _PAGES / "translations"
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_KEYWORDS = ("_form", "lazy_gettext", "lazy_pgettext:1c,2", "lazy_ngettext:1,2")


def extracted() -> Catalog:
    """Return the messages of all pages, without translations."""
    keywords = {**DEFAULT_KEYWORDS, **parse_keywords(_KEYWORDS)}
    found = Catalog(project="yuanhua", charset="utf-8")
    for _, _, message, comments, context in extract_from_dir(_PAGES, _METHODS, None, keywords, ("Translators:",)):
        found.add(message, auto_comments=comments, context=context)
    for text in _described():
        if text:
            found.add(text)
    return found


def _described() -> Iterator[str]:
    """Yield what the page of the API says of it: docstrings, which stand in no call that could be looked for."""
    # The application compiles catalogues when it is made.
    from search_web.web.app import create_app  # noqa: PLC0415
    from search_web.web.docs_words import described  # noqa: PLC0415
    from search_web.web.openapi import openapi_document  # noqa: PLC0415

    yield from described(openapi_document(create_app(Path("none"))))


def update() -> None:
    """Add the new messages to each catalogue, without translations, and take out those that no page says any more."""
    messages = extracted()
    for path in _sources(TRANSLATIONS):
        catalogue = _read(path)
        catalogue.update(messages, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, no_location=True, sort_output=True)


def compile_catalogues(folder: Path = TRANSLATIONS) -> list[Path]:
    """Compile each catalogue whose .mo is missing or not newer, and return the .mo files of all.

    Clocks of files are coarse: one that was written right after it was compiled may have the time of its .mo.

    Raises OSError where the folder cannot be written.
    """
    compiled = []
    for path in _sources(folder):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= path.stat().st_mtime_ns:
            _compile(path, target)
        compiled.append(target)
    return compiled


def compile_if_possible() -> None:
    """Compile what is missing or older; an installation that cannot be written keeps what it was built with."""
    with suppress(OSError):
        compile_catalogues()


def _compile(path: Path, target: Path) -> None:
    # Several processes may start at once: each writes a file of its own, and the last one to finish stays.
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            write_mo(file, _read(path))
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


def _sources(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/LC_MESSAGES/*.po"))


if __name__ == "__main__":
    update()
    sys.stdout.write("".join(f"{path}\n" for path in compile_catalogues()))
