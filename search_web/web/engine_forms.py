"""The sentences that the search says of itself, as forms: what may be put into them stands as a placeholder."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """A message as the catalogue has it, and the pattern of the sentences that are made from it."""

    message: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, message: str) -> Form:
        """Return the form of a message, whose placeholders are those of gettext."""
        parts = re.split(r"%\((\w+)\)s", message)
        pattern = "".join(
            f"(?P<{part}>.+?)" if place % 2 else re.escape(part.replace("%%", "%")) for place, part in enumerate(parts)
        )
        return cls(message, re.compile(pattern, re.DOTALL))


_form = Form.of  # The catalogue takes messages from the calls of this name.

FORMS = (
    # Notes
    _form("There is no word in the query to look for."),
    _form("The star works for the search by words; the search by meaning looks for the rest of the query."),
    _form("Sorted by date: the %(count)s most relevant passages. With mode keyword, all that match."),
    _form("This index has no vectors: found by words only. Add them with: %(command)s"),
    _form("This index has no vectors: answers are found by words only. Add them with: %(command)s"),
    _form("Nobody said %(words)s, in any writing."),
    _form("No passage that was searched has a word of the query."),
    _form("What follows is only nearest in meaning."),
    _form("What follows has other words of the query, or is near in meaning."),
    _form("Nothing that is searched speaks of %(names)s."),
    _form("all that the question names"),
    _form("Calls that stand in the index twice, from two files, count once."),
    _form("Periods are those that each call names: some count in the fiscal year of the company, some do not."),
    _form("One of the calls has no passage that is long enough to be compared."),
    _form(
        "The calls are in two languages and the index has no vectors of the bundled model: only names and figures can "
        "be found in both. Add vectors with: %(command)s"
    ),
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
    _form("all that must hold"),
    _form("whom or what the query names"),
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
    # What is asked for that is not here
    _form("no transcript has this id"),
    _form("no passage has this id"),
    _form("no collection has this id"),
    _form("no quote has this id"),
    _form("the quote stands in another collection"),
    _form("there is no saved search %(name)s"),
    _form("nobody of this name speaks here"),
    _form("no call is given"),
    _form("no earlier call of the same company is here"),
    _form("a call cannot be compared with itself"),
    _form("Give the ids of two calls as a and b"),
    _form("Give the id of another call as b"),
    _form("Give the id of another"),
    _form("See the list of collections"),
    _form("See the collection for its quotes"),
    _form("See who does: %(address)s"),
    _form("List them with: %(command)s"),
    # Values that cannot be taken
    _form("the query is empty"),
    _form("Give at least one word to look for"),
    _form("%(day)s is later than date_to, %(last)s"),
    _form("Give an earlier date_from or a later date_to"),
    _form("%(value)s is not a number from %(low)s to %(high)s"),
    _form("%(value)s is not a number %(allowed)s"),
    _form("there is no such value: %(value)s"),
    _form("this is no page: %(page)s"),
    _form("Give a number from 1 on"),
    _form("offset and page are both given"),
    _form("Give one of them: page counts from 1, offset from 0"),
    _form("cursor and offset are both given"),
    _form("Give one of them"),
    _form("this is no cursor"),
    _form("Use the next_cursor of an answer as it was given"),
    _form("the cursor belongs to another search"),
    _form("Keep query, filters and order as they were, or search again without a cursor"),
    _form("the index has changed since the search began (it was %(before)s, now it is %(now)s)"),
    _form("Search again without a cursor"),
    _form("this index has no vectors of %(model)s, only of: %(others)s"),
    _form("Add them with: %(command)s"),
    _form("there is no term to count"),
    _form("Give one or more, each as a q"),
    _form("%(count)s terms are too many at once"),
    _form("Give at most %(most)s"),
    _form("NEAR/1 to NEAR/%(most)s"),
    _form("%(value)s is no format"),
    _form("%(value)s is no language"),
    _form("Known are %(values)s"),
    _form("Use %(values)s"),
    # What is kept
    _form("there is no query to save"),
    _form("Search for something first"),
    _form("another saved search is called %(name)s"),
    _form("Choose another name"),
    _form("somebody has changed it meanwhile: this is version %(version)s"),
    _form("Read it again, and repeat the change on what is there now"),
    _form("the text has changed meanwhile"),
    _form("Choose again"),
    _form("Read the passage again: it may have changed"),
    _form("these words do not stand there, but %(words)s"),
    _form("Name the version that you change: send its ETag as If-Match"),
    _form("Send it as one of these, with its Content-Type: %(types)s"),
    _form("Changes are taken from pages of this site and from programs, not from other sites"),
    # Quotes and collections
    _form("no collection has this id or name"),
    _form("the collection %(name)s was removed"),
    _form("Take it back with: %(command)s"),
    _form("`%(command)s` lists those that there are"),
    _form("`%(command)s` lists the quotes of one"),
    _form("the collection %(id)s is called %(name)s"),
    _form("Take another name, or rename that one first"),
    _form("the other quote stands in another collection"),
    _form("name one other quote, as before or as after"),
    _form("the passage has no characters %(start)s to %(end)s"),
    _form("It has %(count)s characters: give a start from 0 on, and an end above it of at most %(most)s"),
    _form("these words do not stand in the passage"),
    _form("Copy the words as they are printed by: %(command)s"),
    _form("these words stand in the passage %(count)s times, at %(places)s"),
    _form("Give more of the words, or the characters: start and end"),
    _form("it has %(count)s characters"),
    _form("there are %(count)s tags"),
    _form("character %(place)s is %(code)s, which nobody writes"),
    _form("Leave it out"),
    _form("Write at most %(most)s"),
    _form("Write one line of 1 to %(most)s characters"),
    _form("There is no citation style %(name)s"),
    _form("Known are %(values)s; or write a template, such as %(template)s"),
    _form("A citation has no field %(field)s"),
    _form("The template names no field"),
    _form("The template has %(count)s characters"),
    _form("At most %(most)s are read"),
    _form("The braces of the template do not pair (%(what)s)"),
    _form("Write a field as %(field)s, and a brace itself as {{ or }}."),
    _form("For example: %(template)s"),
    # Kinds of errors
    _form("Invalid span"),
    _form("Name taken"),
    _form("Query syntax"),
    _form("Citation template"),
    _form("Conflict"),
    _form("Invalid cursor"),
    _form("Unknown collection"),
    _form("Unknown quote"),
    _form("Unknown search"),
    _form("Unknown speaker"),
    _form("Unknown embedder"),
    _form("Model unavailable"),
    _form("Model damaged"),
    _form("Index damaged"),
    _form("Index unwritable"),
    _form("Index unreachable"),
    _form("Index access"),
    _form("Index mismatch"),
    _form("Index locked"),
    _form("Engine unavailable"),
    _form("Notebook damaged"),
    _form("Notebook mismatch"),
    _form("Notebook locked"),
    _form("Collection file"),
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
    _form("%(value)s is not a value of %(name)s"),
    _form("this index has no vectors"),
    _form("Use mode keyword, or add vectors with: %(command)s"),
    _form("Use a date such as 2023-08-10"),
    _form("Use a period such as 2023Q2, 2023H1 or 2023"),
    _form("Use a whole number from %(low)s to %(high)s"),
    _form("Use 0 or 1"),
    _form("Use %(values)s or %(last)s"),
    _form("the query has %(count)s characters, more than %(most)s"),
    _form("the query has signs that stand for several letters, %(count)s in all, more than %(most)s"),
    _form("Shorten it to the sentence that matters"),
)
"""Those of the search, in the order in which they are tried."""
