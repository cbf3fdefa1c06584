"""The writings of an English term: forms of its verb, plurals that the stemmer does not undo, both spellings.

Rules as in Quirk et al., A Comprehensive Grammar of the English Language (1985), 3.2 to 3.20 and 5.80 to 5.83, for
the words of business only: what a rule gives too much occurs in no text and does no harm.
"""

from __future__ import annotations

import re
from functools import cache

_VERB = "to "
_SIBILANT = re.compile("(?:ss|us|x|z|ch|sh)$")
_DOUBLING = re.compile("(?:[^aeiou]|qu)*[aeiou][bdglmnprt]")
_DOUBLED = frozenset({"defer", "incur", "occur", "transfer", "refer", "commit", "admit", "permit", "control", "allot"})
_EITHER = re.compile("[a-z]+(?:nn|b|d|v)el$")  # channel, label, model, travel: one l or two.
_ING = re.compile("(?:ee|oe|ye)$")


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Return, for the first word of each entry, those that follow it."""
    return {first: tuple(others) for first, *others in (entry.split() for entry in text.split(","))}


# Past tense and participle where a rule would not give them.
_IRREGULAR = _table(
    """beat beat beaten, become became, begin began begun, bring brought, break broke broken, build built, buy bought,
    catch caught, cost cost, cut cut, draw drew drawn, drive drove driven, fall fell fallen, feel felt,
    get got gotten, give gave given, go went gone, grow grew grown, hit hit, hold held, keep kept, lay laid, lead led,
    leave left, lend lent, let let, lose lost, make made, meet met, offset offset, pay paid, put put, reset reset,
    rise rose risen, run ran, see saw seen, sell sold, send sent, set set, shrink shrank shrunk, shut shut,
    speak spoke spoken, spend spent, spin spun, spread spread, take took taken, upsell upsold, win won, wind wound,
    write wrote written"""
)

# American and British spelling; -ize and -ization are rules.
_SPELLINGS = {
    american: british
    for american, (british,) in _table(
        """aluminum aluminium, analyze analyse, artifact artefact, behavior behaviour, catalog catalogue, center centre,
        channeling channelling, color colour, defense defence, enrollment enrolment, favor favour,
        favorable favourable, fiber fibre, fulfillment fulfilment, gray grey, harbor harbour, jewelry jewellery,
        labeling labelling, labor labour, license licence, liter litre, modeling modelling, program programme,
        tire tyre, traveler traveller, unfavorable unfavourable"""
    ).items()
}
_SPELLINGS_BACK = {british: american for american, british in _SPELLINGS.items()}
_IZE = re.compile("(?<=[a-z]{3})iz(?=(?:e|ed|ing|ation)$)")
_ISE = re.compile("(?<=[a-z]{3})is(?=ation$)")
# Most terms have one writing: this tells which may have more.
_MANY = re.compile(
    f"^{_VERB}|(?:ss|us|x|z|ch|sh)$|i[sz]ation|iz(?:e|ed|ing)\\b|{'|'.join((*_SPELLINGS, *_SPELLINGS_BACK))}"
)


def is_verb(term: str) -> bool:
    """Tell whether a term is written as an infinitive, such as "to monetize"."""
    return term.startswith(_VERB)


@cache
def forms(term: str) -> tuple[str, ...]:
    """Return the writings of an English term, its display form first, each once.

    "to buy back" gives buy back, buys back, buying back and bought back; "business" gives businesses too;
    "monetization" gives monetisation. Plurals that the analyser's stemmer brings together are not listed.
    """
    if not _MANY.search(term):
        return (term,)
    if is_verb(term):
        verb, *rest = term.removeprefix(_VERB).split(" ")
        plain = [" ".join((form, *rest)) for form in _verb_forms(verb)]
    else:
        plain = [term]
        if _SIBILANT.search(term) and not term.isupper():
            plain.append(term + "es")
    return tuple(dict.fromkeys((*plain, *map(_british, plain), *map(_american, plain))))


def bases(word: str) -> tuple[str, ...]:
    """Return what a folded English word may be a form of, the word itself first: growing gives grow, growe."""
    found = [word]
    for ending in ("ing", "ed", "es"):
        base = word.removesuffix(ending)
        if base != word and len(base) > len(ending):
            doubled = base[-1] == base[-2] and base[-1] not in "sl"
            found += [base[:-1], base] if doubled else [base, base + "e"]
    if word.endswith("ied"):
        found.append(word[:-3] + "y")
    found += [base for base, past in _IRREGULAR.items() if word in past]
    return tuple(dict.fromkeys((*found, *map(_american, found))))


def _verb_forms(verb: str) -> tuple[str, ...]:
    """Return the infinitive, third person, present participle and past forms of a verb."""
    prefix, joint, base = verb.rpartition("-")
    third = base[:-1] + "ies" if _consonant_y(base) else base + ("es" if _SIBILANT.search(base) else "s")
    stems = _stems(base)
    participles = [base + "ing"] if _ING.search(base) else [stem.removesuffix("e") + "ing" for stem in stems]
    past = _IRREGULAR.get(base) or tuple(_past(stem) for stem in stems)
    return tuple(prefix + joint + form for form in dict.fromkeys((base, third, *participles, *past)))


def _stems(base: str) -> tuple[str, ...]:
    """Return the verb with its last consonant doubled where -ing and -ed double it."""
    if _EITHER.fullmatch(base):
        return base, base + base[-1]
    return (base + base[-1],) if base in _DOUBLED or _DOUBLING.fullmatch(base) else (base,)


def _past(stem: str) -> str:
    if _consonant_y(stem):
        return stem[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


def _consonant_y(word: str) -> bool:
    return len(word) > 1 and word[-1] == "y" and word[-2] not in "aeiou"


def _british(term: str) -> str:
    return " ".join(_SPELLINGS.get(word) or _IZE.sub("is", word) for word in term.split(" "))


def _american(term: str) -> str:
    return " ".join(_SPELLINGS_BACK.get(word) or _ISE.sub("iz", word) for word in term.split(" "))
