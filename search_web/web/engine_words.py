"""What the search says, in the language of the page.

The search knows no languages: its notes, the reasons of its ranking and what it says of a query that it cannot read
are English sentences. Here stand the forms that they have, so that a page can say them in its own language. A sentence
without a form stays English and is marked as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext

from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _Form:
    message: str
    pattern: re.Pattern[str]


def _form(message: str) -> _Form:
    """Return the form of a message, whose placeholders are those of gettext."""
    parts = re.split(r"%\((\w+)\)s", message)
    pattern = "".join(
        f"(?P<{part}>.+?)" if place % 2 else re.escape(part.replace("%%", "%")) for place, part in enumerate(parts)
    )
    return _Form(message, re.compile(pattern, re.DOTALL))


_FORMS = (
    # Notes
    _form("There is no word in the query to look for."),
    _form("The star works for the search by words; the search by meaning looks for the rest of the query."),
    _form("Sorted by date: the %(count)s most relevant passages. With mode keyword, all that match."),
    _form("This index has no vectors: found by words only. Add them with: %(command)s"),
    _form("This index has no vectors: answers are found by words only. Add them with: %(command)s"),
    _form("Nobody said %(words)s, in any writing."),
    _form("Nobody said %(words)s, in any writing. What follows is only nearest in meaning."),
    _form("Nobody said %(words)s, in any writing. What follows has other words of the query, or is near in meaning."),
    _form("No passage that was searched has a word of the query. What follows is only nearest in meaning."),
    _form("Nothing in this index has %(values)s."),
    _form('Left out with %(word)s: %(terms)s. To the letter only: -"%(same)s"'),
    _form("%(word)s is left out to the letter only: the query asks for the same in another word."),
    _form("%(field)s '%(value)s' also stands for: %(others)s"),
    _form("%(field)s '%(value)s' was taken to mean: %(others)s"),
    # Reasons
    _form("Only words were searched: the score of a hit is the sum of the BM25 scores of its terms."),
    _form("Only meaning was searched: the score of a hit is its cosine in standard deviations of the candidates."),
    _form("Only ranks count: each leg adds 1 / (%(constant)s + rank)."),
    _form(
        "Words and meaning count alike: each leg adds its score in standard deviations over the %(count)s candidates."
    ),
    _form(
        "So the best match of words adds %(weight)s, the others their share of that; meaning adds its standard "
        "deviations over the %(count)s candidates, times 1."
    ),
    _form("The words have no say: no passage has any of them."),
    _form("The words count in full: the best passage has %(told)s of what the query tells."),
    _form(
        "The words count for %(shape)s only: the best passage has %(told)s of what the query tells, and they count "
        "in full from %(full)s on."
    ),
    _form(
        "The index knows %(known)s of what the query tells as words, the added ones included, which makes them weigh "
        "%(factor)s times as much as if it knew none."
    ),
    _form("all"),
    _form("less than 1%%"),
    # Queries that cannot be read
    _form("the quotation mark is never closed"),
    _form("%(mark)s at the end of the phrase"),
    _form("there is nothing between the quotation marks"),
    _form("words"),
    _form("%(distance)s is too far or too near"),
    _form("'%(text)s' is no distance"),
    _form("the distance is missing"),
    _form("the range ends before it begins"),
    _form("the earlier day before the later one"),
    _form("a star cannot stand inside a word or before it"),
    _form("a star at the end of a word"),
    _form("one letter and a star find too much"),
    _form("two letters or more"),
    _form("NEAR ties two words or phrases"),
    _form("a word or a phrase on either side"),
    _form("NEAR ties two words, not more here"),
    _form("AND, or nothing"),
    _form("nothing opens this parenthesis here"),
    _form("( before it, or nothing"),
    _form("something is missing here"),
    _form("something is missing at the end"),
    _form("a word, a phrase, a field or ("),
    _form("the parenthesis is never closed"),
    _form(") at its end"),
    _form("there is nothing in the parentheses"),
    _form("the query is nested too deeply here"),
    _form("at most %(depth)s levels"),
    _form("%(name)s: stands without a value"),
    _form("a quarter such as 2023Q2, a half such as 2023H1, or a year"),
    _form("a day, month or year such as 2023-08-10, or a range such as 2023-01..2023-06"),
    _form("a name"),
    # Other requests that cannot be answered
    _form("Invalid request"),
    _form("Unknown transcript"),
    _form("Unknown passage"),
    _form("Index missing"),
    _form("Not Found"),
    _form(
        "The requested URL was not found on the server. If you entered the URL manually please check your spelling "
        "and try again"
    ),
    _form("Internal Server Error"),
    _form("Something broke while this was being answered"),
    _form("The log of the server says what"),
    _form("%(id)s: no transcript has this id"),
    _form("%(where)s: %(value)s is not a value of %(name)s"),
    _form("%(value)s is not a value of %(name)s"),
    _form("%(where)s: this index has no vectors"),
    _form("Use mode keyword, or add vectors with: %(command)s"),
    _form("Use a date such as 2023-08-10"),
    _form("Use a period such as 2023Q2, 2023H1 or 2023"),
    _form("Use a whole number from %(low)s to %(high)s"),
    _form("Use 0 or 1"),
    _form("Use %(values)s or %(last)s"),
    _form("q: the query has %(count)s characters, more than %(most)s"),
    _form("Shorten it to the sentence that matters"),
)


def said(text: str) -> Said:
    """Return what the search says in the language of the page, or as it is where there is no form for it."""
    if page_locale() == "en":
        return Said(text, "en")
    for form in _FORMS:
        if found := form.pattern.fullmatch(text):
            return Said(_translated(form.message, found.groupdict()), page_locale())
    return Said(text, "en")


def _translated(message: str, values: Mapping[str, str]) -> str:
    # What stands in a placeholder may be words of the search in turn, such as "all".
    return str(gettext(message, **{name: said(value).text for name, value in values.items()}))
