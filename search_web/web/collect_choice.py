"""Which characters of a passage are meant: a selection, exact words, sentences, or all of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from indexer.text.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Span = tuple[int, int]

_DIGITS = 9


class Misfit(Exception):  # noqa: N818 - it never leaves the form that it is shown in.
    """What was chosen is not in the passage; the message is for the reader, in the language of the page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form chose: a span that was selected, words that were typed, the numbers of sentences that were ticked."""

    span: Span | None
    words: str
    sentences: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, by its number from 1, with the code points of its passage that it has."""

    number: int
    text: str
    span: Span


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a passage."""
    return tuple(
        Sentence(number, text[start:end], (start, end))
        for number, (start, end) in enumerate(sentence_spans(text), start=1)
    )


def spans_of(text: str, choice: Choice) -> tuple[Span, ...]:
    """Return the spans that were chosen, in order: typed words before ticked sentences, these before a selection.

    Sentences that stand together make one span. Raises Misfit.
    """
    if choice.words.strip():
        return (_span_of_words(text, choice.words),)
    if choice.sentences:
        return _runs(text, choice.sentences)
    return (choice.span or (0, len(text)),)


def named_span(arguments: Mapping[str, str], text: str) -> Span | None:
    """Return the span from `start` to `end` that an address or form names, None where there is no such one."""
    start, end = arguments.get("start", ""), arguments.get("end", "")
    if not (_counts(start) and _counts(end)):
        return None
    span = int(start), int(end)
    return span if 0 <= span[0] < span[1] <= len(text) and span != (0, len(text)) else None


def fingerprint(text: str) -> str:
    """Return a short digest by which a form knows the text that it was made for."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _span_of_words(text: str, words: str) -> Span:
    for wanted in (words, words.strip()):
        start = text.find(wanted)
        if start < 0:
            continue
        if text.find(wanted, start + 1) >= 0:
            raise Misfit(_("These words stand in the passage more than once. Give more of them."))
        return start, start + len(wanted)
    raise Misfit(_("These words do not stand in the passage. Copy them exactly as they are printed."))


def _runs(text: str, ticked: Sequence[str]) -> tuple[Span, ...]:
    sentences = sentences_of(text)
    numbers = sorted({int(number) for number in ticked if _counts(number)} & set(range(1, len(sentences) + 1)))
    if not numbers:
        raise Misfit(_("Choose a sentence of the passage."))
    runs: list[Span] = []
    before = 0
    for number in numbers:
        start, end = sentences[number - 1].span
        if runs and number == before + 1:
            start = runs.pop()[0]
        runs.append((start, end))
        before = number
    return tuple(runs)


def _counts(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _DIGITS
