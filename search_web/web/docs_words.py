"""The description of the API in the language of its page.

The texts are those of the code: docstrings of endpoints and of arguments, in English. `described` gathers them for the
catalogue; the shapes, whose names are English words of the code, are described in English alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from search_web.web.docs_view import groups_of
from search_web.web.engine_words import Said
from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_web.web.docs_view import JsonObject

_SPOKEN = "en"


def described(document: JsonObject) -> Iterator[str]:
    """Yield the texts that the page of a description shows beside its shapes, some of them again and again."""
    yield from document["info"]["description"].split("\n\n")
    for group in groups_of(document):
        yield group.description
        for operation in group.operations:
            yield from (operation.summary, operation.description)
            yield from (one.description for one in operation.parameters)
            yield from (one.description for one in operation.answers)


def doc_said(text: str) -> Said:
    """Return a text of the description in the language of the page, or as it is where the catalogue has it not."""
    if not text or page_locale() == _SPOKEN:
        return Said(text, _SPOKEN)
    told = gettext(text)
    return Said(told, _SPOKEN if told == text else page_locale())
