"""The JSON interface to transcripts: their list, one of them, a search inside it, how its file was read, citations."""

from __future__ import annotations

from urllib.parse import urljoin

from flask import Response, request

from indexer.model import Transcript
from indexer.overview import overview
from search_web.quotes.citation import citation_style, cite
from search_web.quotes.collect import collect
from search_web.quotes.shapes import Citation
from search_web.search.inside import find_inside
from search_web.search.reading_json import reading_json
from search_web.search.reading_shapes import Reading
from search_web.search.transcript_json import inside_json, transcripts_json
from search_web.search.transcript_shapes import InsideAnswer, TranscriptList
from search_web.web.api import api
from search_web.web.arguments import InsideArguments
from search_web.web.current import current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.downloads import download, format_named
from search_web.web.generation_tag import of_generation
from search_web.web.list_arguments import SpanArguments, TranscriptArguments, TranscriptListArguments
from search_web.web.listing import part_of
from search_web.web.params import flag, search_request
from search_web.web.transcript_list import chosen_transcripts, list_request

__all__ = ["api"]


@api.get("/api/v1/transcripts")
@endpoint("transcripts", answers=TranscriptList, query=TranscriptListArguments, tagged=True)
@of_generation
def transcripts() -> JsonOf[TranscriptList]:
    """List the transcripts."""
    found = current_searcher().reader.current().passages.transcripts()
    wanted = list_request(request.args)
    if wanted.narrows or wanted.reversed or request.args.get("order"):
        found = tuple(chosen_transcripts(found, wanted))
    part = part_of(found, lambda info: info.id)
    return json_of(part.on(transcripts_json(part.entries)))


@api.get("/api/v1/transcripts/<transcript_id>")
@endpoint(
    "transcript", answers=Transcript, files=("text/markdown", "text/plain"), query=TranscriptArguments, tagged=True
)
@of_generation
def transcript(transcript_id: str) -> Response:
    """Read one whole transcript, as JSON, Markdown or plain text."""
    form = format_named(request.args.get("format", ""))
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return download(found, form, attached=False)


@api.get("/api/v1/transcripts/<transcript_id>/search")
@endpoint("search_inside", answers=InsideAnswer, query=InsideArguments, tagged=True)
@of_generation
def inside(transcript_id: str) -> JsonOf[InsideAnswer]:
    """Find the passages of one transcript that match by words, in reading order."""
    generation = current_searcher().reader.current()
    found = generation.passages.transcript(transcript_id)
    every = flag(request.args, "every", default=False)
    places = find_inside(current_searcher(), generation, found, search_request(request.args), every_word=every)
    return json_of(inside_json(places, found.id, generation.name))


@api.get("/api/v1/transcripts/<transcript_id>/reading")
@endpoint("reading", answers=Reading, tagged=True)
@of_generation
def reading(transcript_id: str) -> JsonOf[Reading]:
    """Tell what was understood of the file of a transcript, for a person to check."""
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return json_of(reading_json(found, overview(found)))


@api.get("/api/v1/passages/<passage_id>/citation")
@endpoint("cite_passage", answers=Citation, query=SpanArguments, tagged=True)
@of_generation
def citation(passage_id: str) -> JsonOf[Citation]:
    """Cite a passage, or its code points from `start` to `end`: its words, the line that says whose, and its link."""
    passages = current_searcher().reader.current().passages
    start, end = (int(said) if (said := request.args.get(name, "").strip()) else None for name in ("start", "end"))
    taken = collect(passages, passage_id, start, end)
    style = citation_style(request.args.get("citation"), language=request.args.get("lang") or None)
    link = urljoin(request.url_root, taken.url)
    told: Citation = {
        "text": taken.text,
        "citation": cite(taken, style, url=link),
        "language": style.speaks(taken),
        "link": link,
    }
    return json_of(told)
