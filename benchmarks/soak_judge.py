"""Whether the answers of a soak are right, each for the generation that it names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from soak_truth import TOPICS, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable

OK, NOT_FOUND, CONFLICT, SERVER_ERROR = 200, 404, 409, 500
_WORD = re.compile(r"\w+")


def judge(answers: Iterable[dict[str, Any]], truths: dict[str, Truth]) -> tuple[Counter[str], list[str]]:
    """Return how many requests failed and answers were wrong, and what they were.

    The answers of each client are in the order in which it got them.
    """
    counts: Counter[str] = Counter()
    said = []
    newest: dict[int, int] = defaultdict(int)
    pages: dict[int, set[str]] = {}
    for seen in answers:
        if seen["failure"] or seen["status"] >= SERVER_ERROR:
            counts["failed"] += 1
            said.append(f"{seen['kind']}: {seen['failure'] or seen['status']}")
            continue
        truth = truths.get(seen["generation"])
        problem = wrong(seen, truth) if truth else f"it names the generation '{seen['generation']}'"
        number = int(seen["generation"].partition("-")[0] or 0)
        if number < newest[seen["client"]]:
            problem = problem or "an older generation than the answer before it"
        newest[seen["client"]] = number
        texts = {one[2] for one in seen["spoken"]}
        if seen["kind"] == "first page":
            pages[seen["client"]] = texts
        elif seen["kind"] == "next page" and seen["status"] == OK:
            problem = problem or ("a page repeats another" if pages[seen["client"]] & texts else "")
            pages[seen["client"]] |= texts
        elif seen["kind"] == "next page" and seen["status"] == CONFLICT:
            counts["cursors that ended with their generation"] += 1
        counts["passages"] += len(seen["spoken"])
        if problem:
            counts["wrong"] += 1
            said.append(f"{seen['kind']} in {seen['generation']}: {problem}")
    return counts, said


def wrong(seen: dict[str, Any], truth: Truth) -> str:  # noqa: PLR0911 - a rule a line.
    """Return what is wrong with an answer, nothing when it is right for its generation."""
    status, kind = seen["status"], seen["kind"]
    if seen["stated"] and seen["stated"] != seen["generation"]:
        return "header and body name different generations"
    if kind == "passage" and status == NOT_FOUND:
        return ""
    if kind == "next page" and status == CONFLICT:
        return "a cursor was refused in its own generation" if seen["generation"] == seen["went_on"] else ""
    if status != OK:
        return f"status {status}"
    if kind == "transcripts":
        return "" if seen["total"] == len(truth.rounds) else f"{seen['total']} of {len(truth.rounds)} transcripts"
    if kind == "ready":
        return ""
    return _wrong_passages(seen, truth) or _wrong_hits(seen, truth)


def _wrong_passages(seen: dict[str, Any], truth: Truth) -> str:
    """Return what is wrong with a passage for itself: its words, speaker, call, neighbours, or marks."""
    words = {seen["of"], "business", seen["topic"], "margin", "revenue"} if seen["topic"] else {seen["of"]}
    for call, speaker, text, marks, before, after in seen["spoken"]:
        around = truth.around.get((call, speaker, text))
        if around is None:
            return f"this generation does not have: {speaker} in {call}: {text}"
        if before is not None and (before, after) != around:
            return "what stands before and after a passage is not what was said there"
        if seen["of"] and marks is not None and marks != [word for word in _WORD.findall(text) if word in words]:
            return f"marked are {marks} in: {text}"
    return ""


def _wrong_hits(seen: dict[str, Any], truth: Truth) -> str:
    """Return what is wrong with which passages were found, in which order, and how they were counted."""
    spoken = [tuple(one[:3]) for one in seen["spoken"]]
    if len(set(spoken)) < len(spoken):
        return "a passage twice"
    said = truth.passages(seen["of"])
    right = {(one.call, one.speaker, one.text) for one in said}
    if seen["kind"] in {"word", "page"} and set(spoken) != right:
        return f"{len(set(spoken) & right)} of {len(right)} passages"
    if seen["kind"] == "word" and (seen["total"], seen["speakers"]) != (
        len(said),
        Counter(one.speaker for one in said),
    ):
        return f"{seen['total']} in all, by speaker {seen['speakers']}"
    if seen["kind"] == "hybrid":
        best = [(one.call, one.speaker, one.text) for one in said if one.topic == seen["topic"]]
        return "" if not best or spoken[:1] == best else "the best hit is another passage"
    total = len(truth.rounds) * len(TOPICS)
    if seen["kind"] in {"first page", "next page"} and seen["total"] != total:
        return f"a total of {seen['total']} instead of {total}"
    return ""
