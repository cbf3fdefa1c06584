"""The list of speakers, the page of one, and the same as JSON and CSV."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, render_template, request

from indexer.errors import InvalidRequestError
from indexer.model import Role
from indexer.text.normalise import fold
from search_web.search.directory import together
from search_web.search.insight_shapes import Namesakes, SpeakerList, SpeakerProfile
from search_web.search.profile import make_profile, profile_url
from search_web.search.profile_json import entry_json, profile_json
from search_web.web.current import current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.generation_tag import of_generation
from search_web.web.insight_links import term_url
from search_web.web.labels import choices
from search_web.web.list_arguments import NamesakeArguments, SpeakerListArguments, SpeakerTableArguments
from search_web.web.listing import part_of
from search_web.web.params import filter_arguments
from search_web.web.tables import csv_answer
from search_web.web.unknown_parameters import known_arguments
from search_web.web.whole_numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_web.search.directory import SpeakerEntry
    from search_web.search.profile import Profile

speaking = Blueprint("speaking", __name__)

PAGE = 100
_LISTED = ("name", "other_names", "firm", "role", "calls", "passages", "questions", "answers")
_CALLS = ("date", "period", "company", "title", "speaker_title", "firm", "role", "passages", "questions", "answers")
_TERMS = ("language", "text", "z", "here", "of_here", "there", "of_there")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which speakers are to be listed."""

    name: str
    role: str
    page: int


@speaking.get("/speakers")
def speakers() -> str:
    """Show who speaks, those with most passages first."""
    wanted, found = _wanted(), _listed()
    last = max(-(-len(found) // PAGE), 1)
    page = min(wanted.page, last)

    def url(number: int) -> str:
        pairs = [("name", wanted.name), ("role", wanted.role), ("page", str(number) if number > 1 else "")]
        return f"/speakers?{urlencode([pair for pair in pairs if pair[1]])}"

    return render_template(
        "speakers.html",
        wanted=wanted,
        total=len(found),
        entries=found[PAGE * (page - 1) : PAGE * page],
        profile_url=profile_url,
        choices=choices,
        before=url(page - 1) if page > 1 else None,
        after=url(page + 1) if page < last else None,
        first=PAGE * (page - 1) + 1,
        arguments=urlencode([pair for pair in (("name", wanted.name), ("role", wanted.role)) if pair[1]]),
    )


@speaking.get("/api/v1/speakers")
@endpoint("speakers", answers=SpeakerList, query=SpeakerListArguments, tagged=True)
@of_generation
def listed() -> JsonOf[SpeakerList]:
    """List who speaks, those with most passages first."""
    found = _listed()
    part = part_of(found, profile_url)
    if part.limit is None:
        start = PAGE * (_wanted().page - 1)
        part = replace(part, entries=found[start : start + PAGE])
    speakers: SpeakerList = {"total": part.total, "speakers": [entry_json(one) for one in part.entries]}
    return json_of(part.on(speakers))


@speaking.get("/speakers.csv")
@speaking.get("/api/v1/speakers.csv")
@endpoint("speakers_table", files=("text/csv",), query=SpeakerTableArguments, tagged=True)
@of_generation
def table() -> Response:
    """Save who speaks as a table."""
    rows = [entry_json(one) | {"other_names": " / ".join(one.other_names)} for one in _listed()]
    return csv_answer("speakers.csv", _LISTED, ([row[name] for name in _LISTED] for row in rows))


@speaking.get("/speakers/<path:name>")
def speaker(name: str) -> str:
    """Show what somebody said; where several have the name, who they are."""
    entries = current_searcher().directory()[1].named(name)
    chosen = _chosen(entries)
    if chosen is None:
        return render_template("namesakes.html", name=name, entries=entries, profile_url=profile_url)
    profile = _profile(chosen, entries)
    return render_template(
        "speaker.html",
        profile=profile,
        entry=profile.entry,
        profile_url=profile_url,
        within=filter_arguments(profile.filters),
        term_url=lambda text, language: term_url(text, profile.filters.with_value("language", language)),
        address=f"/speakers/{quote(name)}",
        arguments=request.query_string.decode(),
        api_arguments=urlencode(known_arguments(request.args.items(multi=True), NamesakeArguments)),
    )


@speaking.get("/api/v1/speakers/<path:name>")
@endpoint("speaker", answers=(SpeakerProfile, Namesakes), query=NamesakeArguments, tagged=True)
@of_generation
def figures(name: str) -> JsonOf[SpeakerProfile] | JsonOf[Namesakes]:
    """Tell what somebody said; where several have the name and none is chosen, who they are."""
    entries = current_searcher().directory()[1].named(name)
    chosen = _chosen(entries)
    if chosen is None:
        namesakes: Namesakes = {"name": name, "speakers": [entry_json(one) for one in entries]}
        return json_of(namesakes)
    return json_of(profile_json(_profile(chosen, entries)))


@speaking.get("/speakers/<path:name>/calls.csv")
@speaking.get("/api/v1/speakers/<path:name>/calls.csv")
@endpoint("speaker_calls_table", files=("text/csv",), query=NamesakeArguments, tagged=True)
@of_generation
def calls(name: str) -> Response:
    """Save the calls of somebody as a table."""
    return csv_answer("calls.csv", _CALLS, _rows(_whole(name)["calls"], _CALLS))


@speaking.get("/speakers/<path:name>/terms.csv")
@speaking.get("/api/v1/speakers/<path:name>/terms.csv")
@endpoint("speaker_terms_table", files=("text/csv",), query=NamesakeArguments, tagged=True)
@of_generation
def terms(name: str) -> Response:
    """Save what somebody talks about more than others do as a table."""
    rows = [{"language": one["language"], **term} for one in _whole(name)["terms"] for term in one["terms"]]
    return csv_answer("terms.csv", _TERMS, _rows(rows, _TERMS))


def _wanted() -> Wanted:
    role, page = request.args.get("role", "").strip(), request.args.get("page", "").strip() or "1"
    if role and role not in list(Role):
        raise InvalidRequestError(f"there is no such value: {role}", where="role", mend=f"Use {', '.join(Role)}")
    number = whole_number(page)
    if not number:
        raise InvalidRequestError(f"this is no page: {page}", where="page", mend="Give a number from 1 on")
    return Wanted(request.args.get("name", "").strip(), role, number)


def _listed() -> tuple[SpeakerEntry, ...]:
    wanted = _wanted()
    sought = fold(wanted.name)
    return tuple(
        entry
        for entry in current_searcher().directory()[1].entries
        if (not wanted.role or entry.role == wanted.role)
        and (not sought or any(sought in fold(text) for text in (*entry.names, entry.firm or "")))
    )


def _chosen(entries: tuple[SpeakerEntry, ...]) -> SpeakerEntry | None:
    """Return the one who is asked for, with as=one all of the name together; None while there are several."""
    if len(entries) == 1:
        return entries[0]
    if request.args.get("as") == "one":
        return together(entries)
    firm = request.args.get("firm")
    return next((entry for entry in entries if firm is not None and (entry.firm or "") == firm), None)


def _profile(chosen: SpeakerEntry, entries: tuple[SpeakerEntry, ...]) -> Profile:
    others = () if request.args.get("as") == "one" else tuple(entry for entry in entries if entry is not chosen)
    return make_profile(current_searcher().directory()[0], chosen, others)


def _whole(name: str) -> SpeakerProfile:
    entries = current_searcher().directory()[1].named(name)
    return profile_json(_profile(_chosen(entries) or together(entries), entries))


def _rows(objects: Sequence[Mapping[str, Any]], names: tuple[str, ...]) -> list[list[Any]]:
    return [["" if one[name] is None else one[name] for name in names] for one in objects]
