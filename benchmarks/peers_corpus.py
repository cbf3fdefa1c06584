"""What every peer is given: the passages of an index of ours as words and vectors, and judged queries over them.

It is written once, beside the indexes of the peers, as plain files that each process reads for itself: `words.txt` and
`exact.txt` with the terms of our analyser, a passage a line, set apart by blanks; `vectors.npy`; `questions.json`.
Passages have numbers from 0 on, in the order of the rows of the index; those that no search shows are left out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.embedding import create_embedder
from indexer.stores.index import IndexReader
from indexer.text.stopwords import is_stopword
from search_web.evaluation.judgements import read_qrels, read_queries
from search_web.evaluation.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from indexer.stores.index import Generation

EMBEDDER = "bundled"
MOST_CHARACTERS = 240
NEAREST = 10
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Question:
    """A judged query. `terms` are what our search by words looks for; `relevant` has the grade of each passage.

    `nearest` are the passages whose vectors come nearest, found by comparing all, the best first.
    """

    id: str
    text: str
    terms: tuple[str, ...]
    relevant: Mapping[str, int]
    nearest: tuple[int, ...]


class Corpus:
    """The files of one size."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def about(self) -> dict[str, str | int]:
        """The index that the passages come from, how many they are, and the digest of their texts."""
        return json.loads((self.folder / "about.json").read_text(encoding="utf-8"))

    @property
    def count(self) -> int:
        """The number of passages."""
        return int(self.about["passages"])

    def words(self) -> Iterator[list[str]]:
        """Yield the terms of each passage."""
        yield from _split(self.folder / "words.txt")

    def exact(self) -> Iterator[list[str]]:
        """Yield the finest terms of each passage, which our index keeps for phrases."""
        yield from _split(self.folder / "exact.txt")

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors of the passages, shape (count, dimension), mapped into memory."""
        return np.load(self.folder / "vectors.npy", mmap_mode="r")

    @cached_property
    def has_vectors(self) -> bool:
        """Whether the index that the passages come from has vectors."""
        return (self.folder / "vectors.npy").exists()

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """The row in our index of each passage."""
        return np.load(self.folder / "rows.npy")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The judged queries, those of all sets in turn."""
        read = json.loads((self.folder / "questions.json").read_text(encoding="utf-8"))
        return tuple(
            Question(one["id"], one["text"], tuple(one["terms"]), one["relevant"], tuple(one["nearest"]))
            for one in read
        )


def exported(index: Path, folder: Path, judged: Sequence[Path], queries: int) -> Corpus:
    """Return the passages of an index below `folder`, written unless they are there; `queries` of each judged set."""
    generation = IndexReader(index).current()
    digest = hashlib.sha256()
    rows, count = [], 0
    for row, text in generation.passages.searchable_texts():
        digest.update(text.encode("utf-8", "replace") + b"\0")
        rows.append(row)
        count += 1
    corpus = Corpus(folder / f"{count}-{digest.hexdigest()[:8]}")
    corpus.folder.mkdir(parents=True, exist_ok=True)
    if not (corpus.folder / "about.json").exists():
        _write_words(generation, corpus.folder)
        np.save(corpus.folder / "rows.npy", np.array(rows, np.int64))
        about = {"index": str(index), "passages": count, "digest": digest.hexdigest()}
        (corpus.folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    if EMBEDDER in generation.spaces and not corpus.has_vectors:
        aside = corpus.folder / "aside.npy"
        np.save(aside, generation.spaces[EMBEDDER].vectors()[corpus.rows])
        aside.rename(corpus.folder / "vectors.npy")
        del corpus.has_vectors
    about = {**corpus.about, "index": str(index)}
    (corpus.folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    questions = [asdict(question) for question in _questions(generation, corpus, judged, queries)]
    (corpus.folder / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    return Corpus(corpus.folder)


def _write_words(generation: Generation, folder: Path) -> None:
    analyser = generation.analyser()
    with (
        (folder / "words.txt").open("w", encoding="utf-8", newline="\n") as words,
        (folder / "exact.txt").open("w", encoding="utf-8", newline="\n") as exact,
    ):
        for _, text in generation.passages.searchable_texts():
            for file, terms in zip((words, exact), analyser.terms(text), strict=True):
                file.write(" ".join("_".join(term.split()) for term in terms) + "\n")


def _split(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split(" ")


def _questions(generation: Generation, corpus: Corpus, judged: Sequence[Path], queries: int) -> Iterator[Question]:
    """Yield judged queries whose passages are in the index, those of all sets in turn."""
    numbers = _numbers(generation, corpus, {text: None for folder in judged for text in _texts(folder).values()})
    sets = [list(_of_set(folder, numbers, queries)) for folder in judged]
    found = [one for several in zip_longest(*sets) for one in several if one is not None]
    nearest: Sequence[Sequence[int]] = [()] * len(found)
    if corpus.has_vectors:
        nearest = _nearest(corpus.vectors, create_embedder(EMBEDDER).embed_queries([text for _, text, _ in found]))
    analyser = generation.analyser()
    for (name, text, relevant), near in zip(found, nearest, strict=True):
        terms = dict.fromkeys("_".join(token.term.split()) for token in analyser.analyse(text))
        telling = tuple(term for term in terms if not is_stopword(term)) or tuple(terms)
        yield Question(name, text, telling, {str(number): grade for number, grade in relevant.items()}, tuple(near))


def _texts(folder: Path) -> dict[str, str]:
    return {record["id"]: "".join(record["text"].split()) for _, record in records(folder / "corpus.jsonl")}


def _numbers(generation: Generation, corpus: Corpus, wanted: dict[str, None]) -> dict[str, list[int]]:
    """Return the passages of each judged text, white space left out: one, or the parts that a long one was cut into."""
    held: dict[str, list[int]] = {text: [] for text in wanted}
    number_of = {int(row): number for number, row in enumerate(corpus.rows)}
    files = {folder.name for folder in Path(str(corpus.about["index"])).parent.glob("*-judged")}
    for info in generation.passages.transcripts():
        if Path(info.source.path).parent.name not in files:
            continue
        for stored in generation.passages.of_transcript(info.id):
            words, number = "".join(stored.passage.text.split()), number_of.get(stored.row)
            if number is None:
                continue
            whole = [words] if words in held else [text for text in held if words in text]
            for text in whole:
                held[text].append(number)
    return held


def _of_set(folder: Path, numbers: Mapping[str, list[int]], count: int) -> Iterator[tuple[str, str, dict[int, int]]]:
    """Yield id, text and relevant passages of queries that are spread over the set."""
    texts, qrels = _texts(folder), read_qrels(folder / "qrels.tsv")
    judged = [query for query in read_queries(folder / "queries.jsonl") if query.id in qrels]
    for place in np.linspace(0, len(judged) - 1, min(count, len(judged))).astype(int):
        query = judged[place]
        relevant = {number: grade for one, grade in qrels[query.id].items() for number in numbers.get(texts[one], ())}
        if relevant:
            yield f"{folder.name}/{query.id}", query.text[:MOST_CHARACTERS], relevant


def _nearest(vectors: NDArray[np.float32], asked: NDArray[np.float32]) -> list[list[int]]:
    """Return the numbers of the nearest vectors of each query, by comparing all."""
    scores = np.full((len(asked), 0), 0, np.float32)
    found = np.empty((len(asked), 0), np.int64)
    for start in range(0, len(vectors), _AT_ONCE):
        block = asked @ np.asarray(vectors[start : start + _AT_ONCE]).T
        scores = np.hstack([scores, block])
        found = np.hstack([found, np.broadcast_to(np.arange(start, start + block.shape[1]), block.shape)])
        best = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
        scores, found = np.take_along_axis(scores, best, 1), np.take_along_axis(found, best, 1)
    return found.tolist()
