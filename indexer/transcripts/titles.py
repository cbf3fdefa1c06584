"""The title of a transcript: its own title line, or the next best name for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Evidence, Origin
from indexer.transcripts.company_names import is_generic
from indexer.transcripts.cues import undecorated
from indexer.transcripts.dates import is_date_line
from indexer.transcripts.periods import find_periods
from indexer.transcripts.place import CALL_WORDS, Where
from indexer.transcripts.script import close_han_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.transcripts.place import Place

_MARKUP = re.compile(r"^[#>*_\s—–|\"“”-]+|[#*_\s—–|\"“”]+$")
_LABEL = re.compile(
    r"^(?:event(?:\s+description)?|title|subject|topic|标题|標題|主题|主題|会议主题|会议名称)\s*[:：]\s*", re.IGNORECASE
)
_OF_A_SITE = re.compile(r"\s+[|｜–—-]\s+|[_｜]")
_NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)|\.(?:docx?|pdf|pptx?|indd|html?)$|^[0-9a-f-]{16,}$", re.IGNORECASE
)


def find_titles(
    stated: Sequence[Evidence], places: Sequence[Place], stem: str, company: str | None, period: str | None
) -> tuple[Evidence, ...]:
    """Return the titles, the best first; there is always one, be it the name of the file.

    A line such as "Edited Transcript", which any call may have, is no title.
    """
    formats = [evidence for evidence in stated if evidence.origin is Origin.FORMAT]
    found = [evidence for evidence in stated if evidence.origin is not Origin.FORMAT]
    found += _lines(places, Where.TITLE)
    found += [_replaced(evidence, title) for evidence in formats if (title := _of_page(evidence.value))]
    found += [each for each in _lines(places, Where.HEAD) if CALL_WORDS.search(each.value) and find_periods(each.value)]
    found += [each for each in _lines(places, Where.RUNNING_HEAD) if CALL_WORDS.search(each.value)]
    if company and period and not found:
        text = f"{company} {period}"
        found.append(Evidence("title", text, Origin.TEXT, text))
    found.append(Evidence("title", stem, Origin.FILE_NAME, stem))
    return tuple(found)


def _lines(places: Sequence[Place], where: Where) -> Iterator[Evidence]:
    for place in places:
        title = _LABEL.sub("", " ".join(_MARKUP.sub("", undecorated(place.text)).split()))
        if where is Where.RUNNING_HEAD or "\n" in place.text:
            title = close_han_gaps(title)
        if place.where is where and title and not is_date_line(title) and not _says_nothing(title):
            yield Evidence("title", title, place.where.origin, place.text.strip(), place.line)


def _says_nothing(title: str) -> bool:
    return is_generic(title) and not find_periods(title)


def _of_page(title: str) -> str | None:
    """Return the title of a page or document without the name of the site around it."""
    title = " ".join(title.split())
    pieces = [piece.strip() for piece in _OF_A_SITE.split(title) if piece.strip()]
    if not pieces or _NO_TITLE.search(title) or _says_nothing(title):
        return None
    named = [index for index, piece in enumerate(pieces) if CALL_WORDS.search(piece) or find_periods(piece)]
    if not named or len(pieces) == 1:
        return title if len(pieces) == 1 else pieces[0]
    end = title.index(pieces[named[-1]]) + len(pieces[named[-1]])
    return title[title.index(pieces[min(named[0], 0)]) : end]


def _replaced(evidence: Evidence, value: str) -> Evidence:
    return Evidence(evidence.field, value, evidence.origin, evidence.text, evidence.line)
