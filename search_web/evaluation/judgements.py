"""Queries and which passages answer them: read from a judged file, or from queries.jsonl and qrels.tsv."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import JudgementsError
from search_web.evaluation.records import lines, malformed, optional_string, records, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import Any

Qrels = dict[str, dict[str, int]]
"""Query id → passage id → grade, above 0."""


@dataclass(frozen=True, slots=True)
class Query:
    """A judged query. `lang` and `kind` are what the set says of it."""

    id: str
    text: str
    lang: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Words, without white space, that make a passage which holds them relevant at a grade."""

    grade: int
    words: str


def read_queries(path: Path) -> tuple[Query, ...]:
    """Return the queries of a queries.jsonl: objects with id and text, and perhaps lang and kind.

    Raises JudgementsError when a line is malformed or two have the same id.
    """
    return _unique(path, ((number, _query(record, "text", path, number)) for number, record in records(path)))


def read_qrels(path: Path) -> Qrels:
    """Return the judgements of a qrels.tsv without header: query, passage and grade, tab-separated.

    Raises JudgementsError when a line is malformed.
    """
    qrels: Qrels = defaultdict(dict)
    for number, line in lines(path):
        fields = line.split("\t")
        try:
            query, passage, grade = fields[0], fields[1], int(fields[2])
        except (IndexError, ValueError) as error:
            raise malformed(path, number, "this is not query, passage and whole grade, set apart by tabs") from error
        if grade > 0:
            qrels[query][passage] = grade
    return dict(qrels)


def read_judged_file(path: Path) -> tuple[tuple[Query, ...], Mapping[str, tuple[Target, ...]]]:
    """Return the queries of a judged file, and the targets of each by query id.

    A line is an object with id, query, targets ([{grade, text}]), and perhaps lang and kind. Raises
    JudgementsError when a line is malformed or two have the same id.
    """
    targets: dict[str, tuple[Target, ...]] = {}
    queries = []
    for number, record in records(path):
        query = _query(record, "query", path, number)
        listed = record.get("targets")
        if not isinstance(listed, list) or not listed:
            raise malformed(path, number, "'targets' is missing or is no list with something in it")
        queries.append((number, query))
        targets[query.id] = tuple(_target(target, path, number) for target in listed)
    return _unique(path, queries), targets


def judge(targets: Mapping[str, Sequence[Target]], passages: Iterable[tuple[str, str]]) -> Qrels:
    """Return which passages, given as (id, text), hold which query's targets, at the highest grade held.

    White space is left out of the comparison: sources break lines where they like.
    """
    qrels: Qrels = {query: {} for query in targets}
    for passage, text in passages:
        words = "".join(text.split())
        for query, wanted in targets.items():
            held = [target.grade for target in wanted if target.words in words]
            if held:
                qrels[query][passage] = max(held)
    return qrels


def _query(record: Mapping[str, Any], field: str, path: Path, number: int) -> Query:
    return Query(
        id=string(record, "id", path, number),
        text=string(record, field, path, number),
        lang=optional_string(record, "lang", path, number),
        kind=optional_string(record, "kind", path, number),
    )


def _target(record: object, path: Path, number: int) -> Target:
    if not isinstance(record, dict):
        raise malformed(path, number, "a target is no object with grade and text")
    grade = record.get("grade")
    if not isinstance(grade, int) or isinstance(grade, bool) or grade < 1:
        raise malformed(path, number, "the grade of a target is no whole number above 0")
    words = "".join(string(record, "text", path, number).split())
    if not words:
        raise malformed(path, number, "the text of a target is blank")
    return Target(grade, words)


def _unique(path: Path, numbered: Iterable[tuple[int, Query]]) -> tuple[Query, ...]:
    queries: dict[str, Query] = {}
    for number, query in numbered:
        if query.id in queries:
            raise malformed(path, number, f"the id '{query.id}' has occurred before")
        queries[query.id] = query
    if not queries:
        raise JudgementsError("there are no queries in it", where=str(path))
    return tuple(queries.values())
