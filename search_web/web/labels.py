"""The words that a reader sees for the values of the model, in the language of the page.

They are looked up when they are shown, so that one table serves every request. Each has the name of its kind as the
context of its message: what is one word in one language may be two in another.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from flask_babel import force_locale, lazy_pgettext

from indexer.model import Delivery, Kind, NonSpeechKind, Origin, Role, Section
from indexer.text.normalise import fold
from search_web.search.answer_values import Scope
from search_web.search.explanation import NAMES
from search_web.search.request import Fusion, Grouping, Mode, Sort
from search_web.web.translating import LOCALES

if TYPE_CHECKING:
    from flask_babel import LazyString

_NUMBER = re.compile(r"^(?:[一二三四五\d]{1,2}[、.)]|第[一二三四五]部分)\s*")
_SECTIONS: dict[str, re.Pattern[str]] = {
    Section.QA: re.compile(
        r"(?:投资者|分析师|媒体|现场|互动)?(?:问答|提问|答疑|交流)(?:环节|部分|时间|交流|实录)?"
        r"|q ?& ?a(?: session)?|questions?[ -]*(?:and|&)[ -]*answers?(?: (?:session|section))?"
    ),
    Section.PREPARED: re.compile(
        r"(?:公司)?管理层(?:发言|陈述|介绍|致辞)(?:部分|环节)?|(?:management )?prepared (?:remarks|statements)"
        r"|(?:management )?presentation|management discussion(?: section)?"
    ),
}
"""Headings that say of a section what its name says, folded."""

_VALUES: dict[str, dict[str, LazyString]] = {
    "role": {
        Role.MANAGEMENT: lazy_pgettext("role", "Management"),
        Role.ANALYST: lazy_pgettext("role", "Analyst"),
        Role.OPERATOR: lazy_pgettext("role", "Operator"),
        Role.OTHER: lazy_pgettext("role", "Other"),
    },
    "section": {
        Section.INTRO: lazy_pgettext("section", "Introduction"),
        Section.PREPARED: lazy_pgettext("section", "Prepared remarks"),
        Section.QA: lazy_pgettext("section", "Questions and answers"),
    },
    "delivery": {
        Delivery.ORIGINAL: lazy_pgettext("delivery", "Own words"),
        Delivery.TRANSLATED: lazy_pgettext("delivery", "Translation"),
        Delivery.UNKNOWN: lazy_pgettext("delivery", "Not stated"),
    },
    "language": {"zh": lazy_pgettext("language", "Chinese"), "en": lazy_pgettext("language", "English")},
    "mode": {
        Mode.HYBRID: lazy_pgettext("mode", "Words and meaning"),
        Mode.KEYWORD: lazy_pgettext("mode", "Words only"),
        Mode.VECTOR: lazy_pgettext("mode", "Meaning only"),
    },
    "scope": {
        Scope.ANSWERS: lazy_pgettext("scope", "Answers given"),
        Scope.QUESTIONS: lazy_pgettext("scope", "Questions asked"),
        Scope.BOTH: lazy_pgettext("scope", "Both"),
    },
    "kind": {
        Kind.SPOKEN: lazy_pgettext("kind", "Spoken"),
        Kind.DOCUMENT: lazy_pgettext("kind", "Document"),
    },
    "field": {
        "title": lazy_pgettext("field", "Title"),
        "company": lazy_pgettext("field", "Company"),
        "ticker": lazy_pgettext("field", "Ticker"),
        "period": lazy_pgettext("field", "Period"),
        "fiscal": lazy_pgettext("field", "Fiscal year"),
        "date": lazy_pgettext("field", "Date"),
        "language": lazy_pgettext("field", "Language"),
    },
    "origin": {
        Origin.COMMAND: lazy_pgettext("origin", "the command"),
        Origin.SIDECAR: lazy_pgettext("origin", "the sidecar"),
        Origin.FORMAT: lazy_pgettext("origin", "the format"),
        Origin.FRONT_MATTER: lazy_pgettext("origin", "the front matter"),
        Origin.RUNNING_HEAD: lazy_pgettext("origin", "the running head"),
        Origin.TITLE: lazy_pgettext("origin", "the title"),
        Origin.TEXT: lazy_pgettext("origin", "the text"),
        Origin.FILE_NAME: lazy_pgettext("origin", "the file name"),
    },
    "dropped": {
        NonSpeechKind.TITLE: lazy_pgettext("dropped", "Title"),
        NonSpeechKind.HEADING: lazy_pgettext("dropped", "Headings"),
        NonSpeechKind.SPEAKER_LINE: lazy_pgettext("dropped", "Speaker lines"),
        NonSpeechKind.DELIVERY_MARK: lazy_pgettext("dropped", "Marks of own words or translation"),
        NonSpeechKind.RUNNING_HEAD: lazy_pgettext("dropped", "Running heads"),
        NonSpeechKind.PAGE_NUMBER: lazy_pgettext("dropped", "Page numbers"),
        NonSpeechKind.END_MARK: lazy_pgettext("dropped", "End marks"),
        NonSpeechKind.FRONT_MATTER: lazy_pgettext("dropped", "Front matter"),
        NonSpeechKind.PARTICIPANTS: lazy_pgettext("dropped", "List of participants"),
        NonSpeechKind.TIME_MARK: lazy_pgettext("dropped", "Time marks"),
        NonSpeechKind.NAVIGATION: lazy_pgettext("dropped", "Navigation and notices"),
        NonSpeechKind.QUESTION_MARK: lazy_pgettext("dropped", "Marks of questions and answers"),
        NonSpeechKind.SUMMARY: lazy_pgettext("dropped", "Summary"),
        NonSpeechKind.SYNTAX: lazy_pgettext("dropped", "Syntax of the format"),
        NonSpeechKind.REPEAT: lazy_pgettext("dropped", "Repeated captions"),
    },
    "fusion": {
        Fusion.ADAPTIVE: lazy_pgettext("fusion", "By what the query shows"),
        Fusion.ZSUM: lazy_pgettext("fusion", "Scores added up"),
        Fusion.RRF: lazy_pgettext("fusion", "Ranks added up"),
    },
    "sort": {
        Sort.RELEVANCE: lazy_pgettext("sort", "By relevance"),
        Sort.DATE: lazy_pgettext("sort", "Newest first"),
        Sort.DATE_ASC: lazy_pgettext("sort", "Oldest first"),
    },
    "group": {
        "": lazy_pgettext("group", "Ungrouped"),
        Grouping.TRANSCRIPT: lazy_pgettext("group", "By call"),
        Grouping.EXCHANGE: lazy_pgettext("group", "By question"),
    },
    "leg": {"keyword": lazy_pgettext("leg", "Words"), "vector": lazy_pgettext("leg", "Meaning")},
    "by leg": {
        "keyword": lazy_pgettext("by leg", "words"),
        "vector": lazy_pgettext("by leg", "meaning"),
        NAMES: lazy_pgettext("by leg", "names"),
    },
    "source": {
        "word": lazy_pgettext("source", "word"),
        "phrase": lazy_pgettext("source", "phrase"),
        "prefix": lazy_pgettext("source", "beginning"),
        "near": lazy_pgettext("source", "words near each other"),
        "glossary": lazy_pgettext("source", "glossary"),
        "dictionary": lazy_pgettext("source", "dictionary"),
    },
    "part": {
        "text": lazy_pgettext("part", "text"),
        "question": lazy_pgettext("part", "question"),
        "title": lazy_pgettext("part", "title"),
        "speaker": lazy_pgettext("part", "speaker"),
        "company": lazy_pgettext("part", "company"),
        "heading": lazy_pgettext("part", "heading"),
    },
}

_RECOGNISED = {
    "asked": lazy_pgettext("recognised", "asked by %(value)s"),
    "said": lazy_pgettext("recognised", "said by %(value)s"),
    "after": lazy_pgettext("recognised", "after %(value)s"),
    "since": lazy_pgettext("recognised", "since %(value)s"),
    "before": lazy_pgettext("recognised", "before %(value)s"),
    "until": lazy_pgettext("recognised", "until %(value)s"),
}

_FILTERS = {
    "speaker": lazy_pgettext("filter", "Speaker"),
    "role": lazy_pgettext("filter", "Role"),
    "company": lazy_pgettext("filter", "Company"),
    "section": lazy_pgettext("filter", "Part of the call"),
    "language": lazy_pgettext("filter", "Language"),
    "delivery": lazy_pgettext("filter", "Delivery"),
    "firm": lazy_pgettext("filter", "Firm"),
    "period": lazy_pgettext("filter", "Period"),
    "transcript": lazy_pgettext("filter", "Call"),
    "date_from": lazy_pgettext("filter", "From"),
    "date_to": lazy_pgettext("filter", "To"),
}


def label(kind: str, value: str) -> str:
    """Return the words for one value of an enumeration; a free value, such as a name, stands for itself."""
    return str(_VALUES.get(kind, {}).get(value, value))


def part_of_call(kind: str, section: str, role: str) -> str:
    """Return the words for the part of a call in which somebody spoke, "" where there is no telling.

    A document has no parts. What somebody says who is neither of the company nor an analyst or operator, as in an
    interview or a lecture, is nobody's prepared remarks.
    """
    if kind == Kind.DOCUMENT or (section == Section.PREPARED and role == Role.OTHER):
        return ""
    return label("section", section)


def call_name(title: str, company: str | None) -> str:
    """Return what a call is called where nothing stands beside it: its title, after the company if that lacks it."""
    return title if not company or company.casefold() in title.casefold() else f"{company} · {title}"


def names_section(heading: str, section: str) -> bool:
    """Return whether a heading says no more than the name of its section, in either language or script."""
    bare = _NUMBER.sub("", " ".join(fold(heading).split()).strip("[]【】#*: ")).strip()
    return bare in _names_of("section", section) or bool(section in _SECTIONS and _SECTIONS[section].fullmatch(bare))


def choices(kind: str) -> dict[str, str]:
    """Return every value of an enumeration with its words, in the order in which they are offered."""
    return {value: str(words) for value, words in _VALUES[kind].items()}


def has_choices(kind: str) -> bool:
    """Return whether the values of a kind are known beforehand."""
    return kind in _VALUES


def filter_label(name: str) -> str:
    """Return the words for a filter of the search."""
    return str(_FILTERS[name])


def recognised_words(how: str, value: str) -> str:
    """Return what is wanted of somebody or a period that the query names, such as "asked by Li Wei"."""
    return str(_RECOGNISED[how]) % {"value": value} if how in _RECOGNISED else value


@cache
def _names_of(kind: str, value: str) -> frozenset[str]:
    names = set()
    for locale in LOCALES:
        with force_locale(locale):
            names.add(label(kind, value).casefold())
    return frozenset(names)
