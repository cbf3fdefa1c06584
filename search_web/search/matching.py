"""What it takes to match a query by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.stores.keyword import AllOf, AnyOf, Facet
from search_web.search.intents import Intent
from search_web.search.query_tree import Fielded, Not

if TYPE_CHECKING:
    from indexer.stores.keyword import Query
    from search_web.search.plan import QueryPlan
    from search_web.search.query_tree import Node


def matching_words(plan: QueryPlan) -> Query:
    """Return the query for the passages that have what is looked for, and not merely nothing that is excluded.

    Where words bind ("AI" AND cloud) that is what binds. Where only a field or an exclusion does (AI -cloud), at least
    one of the words must stand there too, which a search by meaning does not ask for.
    """
    if plan.constraint is None or plan.scoring is None or any(map(_has_words, plan.parsed.required)):
        return plan.wanted
    return AllOf((plan.constraint, plan.scoring))


def matching_alone(plan: QueryPlan) -> Query:
    """Return the query for the passages that a search by words alone finds.

    Beside those that have the words they are all passages of somebody of whom the query asks what was asked or said, or
    whom it names and nothing else: a speaker's name is seldom in what the speaker says.
    """
    words = matching_words(plan)
    wanted = (Intent.ASKED, Intent.SAID)
    meant = [chip for chip in plan.favoured if chip.how in wanted or not plan.asks]
    if not meant or plan.constraint is not None:
        return words
    return AnyOf((words, *(Facet(chip.facets) for chip in meant)))


def counted_words(plan: QueryPlan) -> Query:
    """Return the query for the passages that a trend counts: those that have every word, and match what binds.

    A search shows passages with some of the words too, further down; counting them would drown the others.
    """
    if plan.every_word is None:
        return matching_words(plan)
    return plan.every_word if plan.constraint is None else AllOf((plan.constraint, plan.every_word))


def _has_words(node: Node) -> bool:
    return not isinstance(node, (Fielded, Not))
