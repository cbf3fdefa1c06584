"""What the search says, in the language of the page.

The search knows no languages: its notes, the reasons of its ranking and what it says of a query that it cannot read
are English sentences. `engine_forms` has the forms of these, so that a page can say them in its own language. A
sentence without a form stays English and is marked as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from flask_babel import gettext

from search_web.web.access_forms import ACCESS_FORMS
from search_web.web.engine_forms import FORMS
from search_web.web.sharing_forms import SHARING_FORMS
from search_web.web.source_forms import SOURCE_FORMS
from search_web.web.translating import page_locale
from search_web.web.upload_forms import UPLOAD_FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.errors import YuanhuaError


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and the language that it is in."""

    text: str
    language: str


_SPOKEN = "en"
"""The language of the search."""

_BETWEEN = {"zh": ""}
"""What stands between two sentences, where that is no space."""

_AFTER_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")


def said(text: str) -> Said:
    """Return what the search says in the language of the page, or as it is where there is no form for it.

    An error says first where it stands (`q: the query is empty`), and a note may be several sentences.
    """
    if page_locale() == _SPOKEN:
        return Said(text, _SPOKEN)
    return _by_form(text) or _placed(text) or _sentence_by_sentence(text) or Said(text, _SPOKEN)


def said_error(error: YuanhuaError) -> Said:
    """Return what an error says, where it stands and what to do next, in the language of the page.

    It stays English as a whole where one of its parts has no form.
    """
    parts = [said(f"{error.where}: {error.what}" if error.where else error.what)]
    parts += [said(error.mend)] if error.mend else []
    if {part.language for part in parts} != {page_locale()}:
        return Said(str(error), _SPOKEN)
    stop = gettext(".")
    sentences = (f"{part.text.removesuffix(stop)}{stop}" for part in parts)
    return Said(_BETWEEN.get(page_locale(), " ").join(sentences), page_locale())


def _by_form(text: str) -> Said | None:
    for form in chain(FORMS, ACCESS_FORMS, SHARING_FORMS, SOURCE_FORMS, UPLOAD_FORMS):
        if found := form.pattern.fullmatch(text):
            return Said(_translated(form.message, found.groupdict()), page_locale())
    if text.endswith(".") and (told := _by_form(text[:-1])):
        return Said(told.text + gettext("."), told.language)
    return None


def _placed(text: str) -> Said | None:
    where, colon, rest = text.partition(": ")
    told = _by_form(rest) if colon and " " not in where else None
    return Said(gettext("%(where)s: %(what)s", where=where, what=told.text), told.language) if told else None


def _sentence_by_sentence(text: str) -> Said | None:
    sentences = _AFTER_SENTENCE.split(text)
    told = [one for one in map(_by_form, sentences) if one]
    if len(sentences) == 1 or len(told) < len(sentences):
        return None
    return Said(_BETWEEN.get(page_locale(), " ").join(one.text for one in told), page_locale())


def _translated(message: str, values: Mapping[str, str]) -> str:
    # What stands in a placeholder may be words of the search in turn, such as "all".
    return str(gettext(message, **{name: said(value).text for name, value in values.items()}))
