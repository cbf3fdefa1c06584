"""Words with times and, apart from them, who speaks when: the older exports of Amazon Transcribe."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from indexer.model import Person, TimeSpan
from indexer.sources.records_lines import Utterance
from indexer.sources.records_values import clock_of, joined, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.sources.records_keys import Record

_SENTENCE_ENDS = ".?!。？！"

_Word = tuple[str, str, TimeSpan | None]
"""Who says it, the word, when."""


def utterances_of_items(record: Record) -> tuple[Utterance, ...]:
    """Return the sentences of `results.items`, or none when the file has no such words.

    The speaker of a word is its own label or that of the segment with the same start. Files that have whole
    `audio_segments` are read from those.
    """
    results = record.get("results")
    items = results.get("items") if isinstance(results, dict) else None
    if not isinstance(results, dict) or not isinstance(items, list) or results.get("audiosegments"):
        return ()
    labels = _labels(results.get("speakerlabels"))
    words = list(_words(items, labels))
    if not words:
        return ()
    has_speakers = any(speaker for speaker, _, _ in words)
    return tuple(
        Utterance(text, Person(named(speaker)) if has_speakers else None, speaker, time=time)
        for speaker, group in groupby(words, key=lambda word: word[0])
        for text, time in _sentences(list(group))
    )


def _labels(labels: Any) -> dict[str, str]:  # noqa: ANN401 - JSON holds anything.
    """Return who speaks at the start of each word."""
    segments = labels.get("segments") if isinstance(labels, dict) else None
    found: dict[str, str] = {}
    for segment in segments if isinstance(segments, list) else ():
        if not isinstance(segment, dict):
            continue
        within = segment.get("items")
        for item in [segment, *(within if isinstance(within, list) else ())]:
            if isinstance(item, dict) and item.get("speakerlabel") and item.get("starttime") is not None:
                found[str(item.get("starttime"))] = str(item["speakerlabel"])
    return found


def _words(items: list[Any], labels: dict[str, str]) -> Iterator[_Word]:
    speaker = ""
    for item in items:
        choices = item.get("alternatives") if isinstance(item, dict) else None
        best = choices[0] if isinstance(choices, list) and choices else None
        word = best.get("content") if isinstance(best, dict) else None
        if not isinstance(word, str):
            continue
        start, end = clock_of(item.get("starttime")), clock_of(item.get("endtime"))
        speaker = str(item.get("speakerlabel") or labels.get(str(item.get("starttime"))) or speaker)
        yield speaker, word, TimeSpan(start.number, end.number if end else None) if start else None


def _sentences(words: list[_Word]) -> Iterator[tuple[str, TimeSpan | None]]:
    sentence: list[_Word] = []
    for word in words:
        sentence.append(word)
        if word[1][-1:] in _SENTENCE_ENDS:
            yield _joined(sentence)
            sentence = []
    if sentence:
        yield _joined(sentence)


def _joined(words: list[_Word]) -> tuple[str, TimeSpan | None]:
    times = [time for _, _, time in words if time]
    return joined([word for _, word, _ in words]), TimeSpan(times[0].start, times[-1].end) if times else None
