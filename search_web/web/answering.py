"""The page of answers, a tab beside the passages that a search finds."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request

from indexer.stores.filters import Filters
from search_web.search.answer_values import Scope
from search_web.search.answers import answer_question
from search_web.web.current import current_searcher
from search_web.web.facet_lists import facet_lists
from search_web.web.labels import choices
from search_web.web.navigation import active_filters, ask_url
from search_web.web.params import answer_scope, search_request
from search_web.web.search_page import carried, filtered_titles, known_values

answering = Blueprint("answering", __name__)

EXAMPLES = ("自由现金流为什么下降？", "How does management plan to charge for AI?")


@answering.get("/ask")
def ask() -> str:
    """Show what answers a question, or that nothing does; without a question, where to put one."""
    wanted, scope = search_request(request.args), answer_scope(request.args)
    passages = current_searcher().reader.current().passages
    response = answer_question(current_searcher(), wanted, scope) if wanted.query.strip() else None
    here = partial(ask_url, scope=scope)
    return render_template(
        "answers.html",
        wanted=wanted,
        scope=response.scope if response else scope,
        scopes=Scope,
        response=response,
        filters=active_filters(wanted, here),
        titles=filtered_titles(passages, wanted),
        carried=[*carried(wanted), *([] if scope is Scope.ANSWERS else [("scope", scope.value)])],
        without_filters=ask_url(wanted, scope, filters=Filters()),
        facets=facet_lists(wanted, (), here),
        known=known_values(passages),
        choices=choices,
        examples=EXAMPLES,
    )
