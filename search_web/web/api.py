"""The JSON interface. Its objects are described in search_web/search/json_view.py."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from search_web.search.answer_json import answers_json
from search_web.search.answers import answer_question
from search_web.search.json_view import passage_json, response_json, transcripts_json
from search_web.search.trend import trend_json
from search_web.web.current import current_searcher
from search_web.web.downloads import download, format_named
from search_web.web.params import answer_scope, context_size, search_request, trend_request

api = Blueprint("api", __name__)


@api.get("/api/v1/search")
def search() -> Response:
    """Answer a search."""
    return jsonify(response_json(current_searcher().search(search_request(request.args))))


@api.get("/api/v1/ask")
def ask() -> Response:
    """Answer a question with the sentences that answer it."""
    wanted, scope = search_request(request.args), answer_scope(request.args)
    return jsonify(answers_json(answer_question(current_searcher(), wanted, scope)))


@api.get("/api/v1/passages/<passage_id>")
def passage(passage_id: str) -> Response:
    """Answer one passage with its context."""
    return jsonify(passage_json(current_searcher().passage(passage_id, context=context_size(request.args))))


@api.get("/api/v1/passages/<passage_id>/similar")
def similar(passage_id: str) -> Response:
    """Answer the passages that are most like one, as a search is answered."""
    return jsonify(response_json(current_searcher().similar(passage_id, search_request(request.args))))


@api.get("/api/v1/trend")
def trend() -> Response:
    """Answer how often something is said over the periods."""
    wanted, by = trend_request(request.args)
    return jsonify(trend_json(current_searcher().trend(wanted, by)))


@api.get("/api/v1/transcripts")
def transcripts() -> Response:
    """Answer the list of transcripts."""
    return jsonify(transcripts_json(current_searcher().reader.current().passages.transcripts()))


@api.get("/api/v1/transcripts/<transcript_id>")
def transcript(transcript_id: str) -> Response:
    """Answer one whole transcript, in the format that is asked for."""
    form = format_named(request.args.get("format", ""))
    found = current_searcher().reader.current().passages.transcript(transcript_id)
    return download(found, form, attached=False)
