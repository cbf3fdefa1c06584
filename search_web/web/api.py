"""The JSON interface to the index. search_web/search/shapes.py has the shapes of what it answers."""

from __future__ import annotations

from flask import Blueprint, request

from search_web.search.answer_json import answers_json
from search_web.search.answer_shapes import AnswerList
from search_web.search.answers import answer_question
from search_web.search.insight_shapes import Trend
from search_web.search.json_view import passage_json, response_json
from search_web.search.shapes import Passage, SearchAnswer
from search_web.search.trend import trend_json
from search_web.web.arguments import (
    AskArguments,
    PassageArguments,
    SearchArguments,
    SimilarArguments,
    TrendArguments,
)
from search_web.web.current import current_searcher
from search_web.web.declaring import JsonOf, endpoint, json_of
from search_web.web.generation_tag import of_generation
from search_web.web.params import answer_scope, context_size, search_request, trend_request

api = Blueprint("api", __name__)


@api.get("/api/v1/search")
@endpoint("search", answers=SearchAnswer, query=SearchArguments, tagged=True)
@of_generation
def search() -> JsonOf[SearchAnswer]:
    """Search for passages."""
    return json_of(response_json(current_searcher().search(search_request(request.args))))


@api.get("/api/v1/ask")
@endpoint("ask", answers=AnswerList, query=AskArguments, tagged=True)
@of_generation
def ask() -> JsonOf[AnswerList]:
    """Answer a question with the sentences that answer it."""
    wanted, scope = search_request(request.args), answer_scope(request.args)
    return json_of(answers_json(answer_question(current_searcher(), wanted, scope)))


@api.get("/api/v1/passages/<passage_id>")
@endpoint("passage", answers=Passage, query=PassageArguments, tagged=True)
@of_generation
def passage(passage_id: str) -> JsonOf[Passage]:
    """Read one passage with its context."""
    return json_of(passage_json(current_searcher().passage(passage_id, context=context_size(request.args))))


@api.get("/api/v1/passages/<passage_id>/similar")
@endpoint("similar", answers=SearchAnswer, query=SimilarArguments, tagged=True)
@of_generation
def similar(passage_id: str) -> JsonOf[SearchAnswer]:
    """Find the passages that are most like one.

    The answer is that of a search, without the passage itself and its near-duplicates.
    """
    return json_of(response_json(current_searcher().similar(passage_id, search_request(request.args))))


@api.get("/api/v1/trend")
@endpoint("trend", answers=Trend, query=TrendArguments, tagged=True)
@of_generation
def trend() -> JsonOf[Trend]:
    """Count how often something is said over the periods."""
    wanted, by = trend_request(request.args)
    return json_of(trend_json(current_searcher().trend(wanted, by)))
