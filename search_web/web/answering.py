"""The page of answers, a tab beside the passages that a search finds."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request

from indexer.stores.filters import Filters
from search_web.search.answer_values import Scope
from search_web.search.answers import answer_question
from search_web.web.current import current_searcher
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, ask_url
from search_web.web.pages import known_values
from search_web.web.params import answer_scope, search_arguments, search_request

answering = Blueprint("answering", __name__)

EXAMPLES = ("自由现金流为什么下降？", "How does management plan to charge for AI?")

# What a new question keeps although no control of the page shows it.
_CARRIED = frozenset({"mode", "fusion", "limit", "embedder", "transcript", "plain", "expand", "without"})


@answering.get("/ask")
def ask() -> str:
    """Show what answers a question, or that nothing does; without a question, where to put one."""
    wanted, scope = search_request(request.args), answer_scope(request.args)
    found = current_searcher().reader.current().passages.transcripts()
    response = answer_question(current_searcher(), wanted, scope) if wanted.query.strip() else None
    carried = [pair for pair in search_arguments(wanted) if pair[0] in _CARRIED]
    return render_template(
        "answers.html",
        wanted=wanted,
        scope=scope,
        scopes=Scope,
        response=response,
        filters=active_filters(wanted, partial(ask_url, scope=scope)),
        titles={transcript.id: transcript.title for transcript in found},
        carried=[*carried, *([] if scope is Scope.ANSWERS else [("scope", scope.value)])],
        without_filters=ask_url(wanted, scope, filters=Filters()),
        known=known_values(found),
        choices=choices,
        examples=EXAMPLES,
    )
