"""The figures of peers.py as tables of Markdown: quality, times, and all of it in times of what ours takes."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from peers_corpus import NEAREST

from search_web.evaluation.metrics import score_rankings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from peers_corpus import Corpus, Question

MODES = ("keyword", "vector", "hybrid")
_SIZES = (
    "engine",
    "index built in s",
    "processor s",
    "most memory while building, MB",
    "on disk, MB",
    "opened in s",
    "memory after all queries, MB",
    "without pages of files, MB",
)
_OURS = "ours-legs"
_BY_SENTENCES = {"ours", "ours-legs"}  # The nearest passages are not what these look for.
_MEGABYTE = 1e6
TITLES = {
    "ours": "**Yuanhua**, whole search",
    "ours-legs": "**Yuanhua**, legs and fusion",
    "ours-engines": "**Yuanhua**, engines alone",
    "whoosh": "Whoosh + FAISS flat",
    "bm25s": "bm25s + FAISS flat",
    "sqlite": "SQLite FTS5 + sqlite-vec",
    "lancedb": "LanceDB",
    "lancedb-wide": "LanceDB, searched wider",
    "milvus": "Milvus Lite",
    "lucene": "Lucene",
    "lucene-wide": "Lucene, searched wider",
    "txtai": "txtai",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one engine at one size; what did not finish is absent and `failed` says why."""

    name: str
    build: float | None = None
    processor: float | None = None
    build_peak: float | None = None
    disk: float | None = None
    memory: float | None = None
    anonymous: float | None = None
    opened: float | None = None
    load: float | None = None
    times: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    quality: Mapping[str, float] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    recall: float | None = None
    failed: str | None = None


def row_of(name: str, figures: Mapping[str, Any], questions: Sequence[Question]) -> Row:
    """Return the figures of one engine, as far as it came."""
    built, asked = figures["built"].values(), figures["asked"]
    told: dict[str, Any] = {}
    modes = {}
    for one in asked["told"]:
        if "mode" in one:
            modes[one["mode"]] = one
        else:
            told.update(one)
    done = [one["told"][-1] for one in built if one["told"]]
    whole = bool(done) and len(done) == len(figures["built"])
    by_id = {question.id: question for question in questions}
    return Row(
        name,
        build=sum(one["seconds"] for one in done) if whole else None,
        processor=sum(one["processor"] for one in done) if whole else None,
        build_peak=max((one["peak"] for one in built), default=None) if whole else None,
        disk=told.get("disk"),
        memory=told.get("memory"),
        anonymous=told.get("anonymous"),
        opened=told.get("opened"),
        load=told.get("load"),
        times={mode: _percentiles(one) for mode, one in modes.items() if one["clock"]},
        quality={mode: _ndcg(one["answers"], by_id) for mode, one in modes.items() if one["answers"]},
        answered={mode: len(one["answers"]) for mode, one in modes.items()},
        recall=_recall(modes["vector"]["answers"], by_id) if "vector" in modes and name not in _BY_SENTENCES else None,
        failed=asked["failed"],
    )


def _percentiles(one: Mapping[str, Sequence[float]]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(one["clock"], [50, 95, 99])
    return {
        "p50": p50,
        "p95": p95,
        "p99": p99,
        "processor": float(np.median(one["processor"])),
        "embedding": float(np.median(one["embedding"])),
    }


def _ndcg(answers: Mapping[str, Sequence[int]], questions: Mapping[str, Question]) -> float:
    qrels = {name: dict(questions[name].relevant) for name in answers}
    rankings = {name: list(map(str, found)) for name, found in answers.items()}
    return float(np.mean([score.ndcg_10 for score in score_rankings(qrels, rankings).values()]))


def _recall(answers: Mapping[str, Sequence[int]], questions: Mapping[str, Question]) -> float:
    shares = [len(set(found) & set(questions[name].nearest)) / NEAREST for name, found in answers.items()]
    return float(np.mean(shares)) if shares else 0.0


def rows_of(corpus: Corpus, figures: Mapping[str, Any]) -> list[Row]:
    """Return the figures of all engines at one size."""
    return [row_of(name, one, corpus.questions) for name, one in figures.items()]


def tables(corpus: Corpus, rows: Sequence[Row]) -> str:
    """Return the tables of one size."""
    questions = corpus.questions
    head = f"### {corpus.count:,} passages, {len(questions)} judged queries\n"
    loads = [row.load for row in rows if row.load is not None] or [os.getloadavg()[0]]
    told = (platform.machine(), f"{os.cpu_count()} cores", f"load {min(loads):.1f} to {max(loads):.1f}")
    machine = f"{', '.join(told)}, {datetime.now(UTC):%d %B %Y}.\n"
    return "\n".join((head, machine, _speed(rows, len(questions)), _sizes(rows), _ratios(rows)))


def _speed(rows: Iterable[Row], asked: int) -> str:
    head = ["engine"]
    for mode in MODES:
        head += [f"{mode} nDCG@10", *(["recall@10"] if mode == "vector" else []), "p50 / p95 / p99 ms", "processor ms"]
    lines = [f"| {' | '.join((*head, 'embedding ms'))} |", f"|{'---|' * (len(head) + 1)}"]
    for row in rows:
        cells: list[str] = []
        for mode in MODES:
            times, answered = row.times.get(mode), row.answered.get(mode, 0)
            some = f" ({answered} of {asked} queries)" if 0 < answered < asked else ""
            cells.append(f"{row.quality[mode]:.3f}{some}" if mode in row.quality else "–")
            if mode == "vector":
                cells.append("–" if row.recall is None else f"{row.recall:.3f}")
            cells.append(" / ".join(f"{times[name]:.1f}" for name in ("p50", "p95", "p99")) if times else "–")
            cells.append(f"{times['processor']:.1f}" if times else "–")
        embedding = row.times.get("vector", {}).get("embedding")
        cells.append(f"{embedding:.1f}" if embedding else "")
        failed = f": {_why(row)}" if row.failed else ""
        lines.append(f"| {TITLES[row.name]}{failed} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _why(row: Row) -> str:
    return (row.failed or "not asked").replace("|", "/").replace("\n", " ")


def _sizes(rows: Iterable[Row]) -> str:
    lines = [
        f"| {' | '.join(_SIZES)} |",
        f"|{'---|' * len(_SIZES)}",
    ]
    for row in rows:
        cells = (
            _number(row.build, 1.0),
            _number(row.processor, 1.0),
            *(_number(value, _MEGABYTE) for value in (row.build_peak, row.disk)),
            _number(row.opened, 1.0, "{:.2f}"),
            *(_number(value, _MEGABYTE) for value in (row.memory, row.anonymous)),
        )
        lines.append(f"| {TITLES[row.name]} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _number(value: float | None, unit: float, form: str = "{:,.0f}") -> str:
    if value is None:
        return "–"
    return form.format(value / unit)


_COMPARED: Mapping[str, Callable[[Row], float | None]] = {
    "build": lambda row: row.build,
    "keyword p50": lambda row: row.times.get("keyword", {}).get("p50"),
    "vector p50": lambda row: row.times.get("vector", {}).get("p50"),
    "hybrid p50": lambda row: row.times.get("hybrid", {}).get("p50"),
    "hybrid p99": lambda row: row.times.get("hybrid", {}).get("p99"),
    "hybrid processor": lambda row: row.times.get("hybrid", {}).get("processor"),
    "memory": lambda row: row.memory,
    "disk": lambda row: row.disk,
    "hybrid nDCG@10": lambda row: row.quality.get("hybrid"),
}


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.3g}" if ratio < 0.1 else f"{ratio:.2f}"


def _ratios(rows: Sequence[Row]) -> str:
    ours = next((row for row in rows if row.name == _OURS), None)
    if ours is None:
        return ""
    lines = [
        f"In times of what Yuanhua's legs and fusion take:\n\n| engine | {' | '.join(_COMPARED)} |",
        f"|---|{'---|' * len(_COMPARED)}",
    ]
    for row in rows:
        cells = []
        for measure in _COMPARED.values():
            theirs, own = measure(row), measure(ours)
            cells.append("–" if theirs is None or not own else _times(theirs / own))
        lines.append(f"| {TITLES[row.name]} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
