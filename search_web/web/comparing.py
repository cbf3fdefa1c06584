"""The page of one call against another, and the same as JSON and CSV."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from indexer.errors import InvalidRequestError
from indexer.model import Kind
from indexer.stores.filters import Filters
from search_web.search.comparison import Comparison, compare_calls, previous_call
from search_web.search.comparison_json import comparison_json
from search_web.search.insight_shapes import Comparison as ComparisonShape
from search_web.search.profile import profile_url
from search_web.web.current import current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.generation_tag import of_generation
from search_web.web.insight_links import term_url
from search_web.web.list_arguments import CompareArguments, CompareTableArguments
from search_web.web.search_page import newest_first
from search_web.web.tables import csv_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.passages import TranscriptInfo
    from search_web.search.comparison import Unmatched

comparing = Blueprint("comparing", __name__)

SHOWN = 8
"""How many passages are shown at once; the others unfold."""

_SUGGESTED = 8
_OFFERED = 400
_PASSAGES = ("what", "id", "speaker", "title", "firm", "role", "section", "text", "nearness", "nearest_id", "nearest")
_TERMS = ("call", "text", "z", "here", "of_here", "there", "of_there")


@comparing.get("/compare")
def compare() -> str:
    """Show what is new in a call against an earlier one; with one call given, against the one before it."""
    listed = newest_first(
        info for info in current_searcher().reader.current().passages.transcripts() if info.kind is Kind.SPOKEN
    )
    one, other = _given()
    found = None
    against = other or (previous_call(current_searcher(), one) if one else None)
    if against:
        found = compare_calls(current_searcher(), against, one)
    chosen = (found.newer.id, found.older.id) if found else (one, other)
    offered = [info for place, info in enumerate(listed) if place < _OFFERED or info.id in chosen]
    pairs = {"a": chosen[0], "b": chosen[1]}
    return render_template(
        "compare.html",
        found=found,
        chosen=chosen,
        listed=offered,
        suggested=() if found else _suggested(listed),
        shown=SHOWN,
        profile_url=profile_url,
        term_url=lambda text, transcript: term_url(text, Filters(transcript=(transcript,))),
        csv_url=lambda table: f"/compare.csv?{urlencode({**pairs, 'table': table})}",
        json_url=f"/api/v1/compare?{urlencode(pairs)}",
    )


@comparing.get("/api/v1/compare")
@endpoint("compare", answers=ComparisonShape, query=CompareArguments, tagged=True, errors=(HTTPStatus.NOT_FOUND,))
@of_generation
def figures() -> JsonOf[ComparisonShape]:
    """Tell what is new in a call against an earlier one."""
    return json_of(comparison_json(_found()))


@comparing.get("/compare.csv")
@comparing.get("/api/v1/compare.csv")
@endpoint(
    "compare_table", files=("text/csv",), query=CompareTableArguments, tagged=True, errors=(HTTPStatus.NOT_FOUND,)
)
@of_generation
def table() -> Response:
    """Save the passages without a counterpart, or with table=terms the terms, as a table."""
    found = _found()
    if request.args.get("table") == "terms":
        rows = [
            (info.id, term.text, term.z, term.here, term.of_here, term.there, term.of_there)
            for info, terms in ((found.newer, found.newer_terms), (found.older, found.older_terms))
            for term in terms
        ]
        return csv_answer("compare-terms.csv", _TERMS, rows)
    passages = [*_rows("new", found.new), *_rows("dropped", found.dropped)]
    return csv_answer("compare.csv", _PASSAGES, passages)


def _given() -> tuple[str, str]:
    """Return the ids of the calls; one alone comes first."""
    one, other = (request.args.get(name, "").strip() for name in ("a", "b"))
    return (one, other) if one else (other, "")


def _found() -> Comparison:
    one, other = _given()
    if not one:
        raise InvalidRequestError("no call is given", where="a", mend="Give the ids of two calls as a and b")
    other = other or previous_call(current_searcher(), one) or ""
    if not other:
        raise InvalidRequestError(
            "no earlier call of the same company is here", where="b", mend="Give the id of another call as b"
        )
    return compare_calls(current_searcher(), other, one)


def _suggested(listed: Sequence[TranscriptInfo]) -> list[tuple[TranscriptInfo, TranscriptInfo]]:
    """Return the newest calls that have an earlier one of the same company, one for each company."""
    by_id = {info.id: info for info in listed}
    seen: set[str] = set()
    pairs = []
    for info in listed:
        if info.company and info.company not in seen and not info.duplicate_of:
            seen.add(info.company)
            if before := previous_call(current_searcher(), info.id):
                pairs.append((info, by_id[before]))
        if len(pairs) == _SUGGESTED:
            break
    return pairs


def _rows(what: str, unmatched: Sequence[Unmatched]) -> list[tuple[object, ...]]:
    return [
        (
            what,
            one.hit.id,
            one.hit.speaker.name,
            one.hit.speaker.title or "",
            one.hit.speaker.affiliation or "",
            one.hit.speaker.role.value,
            one.hit.section.value,
            one.hit.text,
            one.nearness,
            one.nearest.id,
            one.nearest.text,
        )
        for one in unmatched
    ]
