"""What was seen when a transcript was read, and kept with it as English warnings, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext

from indexer.model import Origin
from search_web.web.engine_words import Said
from search_web.web.forms import Form
from search_web.web.labels import label
from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from collections.abc import Mapping

_form = Form.of  # The catalogue takes messages from the calls of this name.

_FORMS = (
    _form("no line of the file says who speaks: all of it stands under one unknown speaker"),
    _form("no day of the call was found; %(value)s is the date that the page gives (%(text)s)"),
    _form("the date %(text)s can be read two ways and is left out; state it in a sidecar or with --date"),
    _form("the %(field)s is %(value)s by %(origin)s, but %(other)s by %(other_origin)s (%(text)s)"),
    _form("%(period)s had not ended on %(date)s: it is taken for a period of the fiscal year"),
    _form("the sidecar names %(name)s, and nobody of that name speaks in the file"),
    _form("line %(number)s: a byte is not %(encoding)s; U+FFFD stands for it"),
    _form("line %(number)s: %(count)s bytes are not %(encoding)s; U+FFFD stands for each"),
    _form("lines %(numbers)s: %(count)s bytes are not %(encoding)s; U+FFFD stands for each"),
    _form("the page is nested too deep for its structure to be read; menus may stand in its text"),
    _form("page %(page)s cannot be opened and is left out: fetch the file again"),
    _form("each of the pages %(pages)s cannot be opened and is left out: fetch the file again"),
    _form("page %(page)s has no text, only pictures: run the file through text recognition (OCR)"),
    _form("each of the pages %(pages)s has no text, only pictures: run the file through text recognition (OCR)"),
    _form("only the sheet %(sheet)s was read, and not %(others)s"),
    _form("what stands under %(names)s was not read: it looks like no part of the call"),
    _form("%(count)s cues whose times cannot be made out, first in line %(line)s"),
    _form("%(count)s cues that end before they begin, first in line %(line)s"),
    _form("%(count)s cues that begin before the cue above them, first in line %(line)s"),
    _form("%(count)s cue numbers that do not follow the one above, first in line %(line)s"),
    _form("%(count)s cues without a blank line above them, first in line %(line)s"),
    _form("%(count)s lines with fewer columns than the header, first in line %(line)s"),
)
_ORIGINS = {f"the {origin.value.replace('_', ' ')}": origin for origin in Origin}


def warning_said(text: str) -> Said:
    """Return a warning in the language of the page, or as it is where there is no form for it."""
    if page_locale() != "en":
        for form in _FORMS:
            if found := form.pattern.fullmatch(text):
                return Said(str(gettext(form.message, **_values(found.groupdict()))), page_locale())
    return Said(text, "en")


def _values(found: Mapping[str, str]) -> dict[str, str]:
    return {name: _value(name, text) for name, text in found.items()}


def _value(name: str, text: str) -> str:
    if name == "field":
        return label("field", text)
    origin = _ORIGINS.get(text) if name.endswith("origin") else None
    return label("origin", origin) if origin else text
