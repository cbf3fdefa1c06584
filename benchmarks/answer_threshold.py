"""Fit and judge the confidence of answers: on questions that a corpus answers, and on questions that it does not.

    python benchmarks/answer_threshold.py EVAL --call CALL [--cache FOLDER] [--questions 240]

EVAL is a folder of judged sets (corpus.jsonl, queries.jsonl, qrels.tsv). Of each set half of the judged answers, by
the digest of their ids, are taken away before it is indexed: the questions to which they belonged have no answer there,
and nothing else sets them apart from the others. Further questions are put to a corpus of another kind altogether.
Half of the questions, by the digest of theirs, fit the weights of search_web/search/confidence.py; the other half makes
the table. An answer is right when its passage is the one that was judged to answer.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.evaluation.cache import corpus_index
from search_web.evaluation.judgements import judge, read_judged_file, read_qrels, read_queries
from search_web.search.answers import answer_question
from search_web.search.confidence import THRESHOLD, VECTORS, WEIGHTS, WORDS, Evidence, confidence, figures
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SETS = ("xquad-zh", "xquad-en2zh", "xquad-zh2en", "fintruthqa", "subjectiveqa")
# Questions of one set put to the corpus of another, which does not answer them.
STRANGERS = (
    ("xquad-zh", "vcsum-paragraphs"),
    ("xquad-en2zh", "vcsum-paragraphs"),
    ("xquad-zh", "subjectiveqa"),
    ("subjectiveqa", "xquad-zh2en"),
    ("xquad-zh", "call"),
    ("xquad-en2zh", "call"),
    ("fintruthqa", "call"),
    ("xquad-zh", "samples"),
    ("xquad-en2zh", "samples"),
    ("fintruthqa", "samples"),
)
SAMPLES = Path(__file__).parents[1] / "corpus"
MOST_PASSAGES = 2500
RIDGE = 0.1
EMBEDDER = "bundled"
CANDIDATES = 12


@dataclass(frozen=True)
class Case:
    """What came of one question: what spoke for each candidate, whether it is right, and whether one can be."""

    group: str
    fits: bool
    candidates: tuple[tuple[Evidence, bool], ...]
    answerable: bool

    def first(self, name: str, weights: Sequence[float]) -> tuple[float, bool]:
        """Return the confidence in the surest candidate with these weights, and whether it is right."""
        sure = (
            (confidence(one, vectors=name == VECTORS, weights={name: weights}), right) for one, right in self.candidates
        )
        return max(sure, key=lambda pair: pair[0], default=(0.0, False))


def digest(text: str) -> int:
    """Return a number that halves things always alike."""
    return zlib.crc32(text.encode())


def kept(passage: str) -> bool:
    """Tell whether a judged answer stays in its corpus."""
    return digest(passage) % 2 == 0


def halved(folder: Path, into: Path) -> Path:
    """Write the corpus of a set without half of its judged answers, and return its path."""
    judged = {passage for grades in read_qrels(folder / "qrels.tsv").values() for passage in grades}
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    stay = [line for line in lines if (name := str(json.loads(line)["id"])) not in judged or kept(name)]
    target = into / folder.name / "corpus.jsonl"
    target.parent.mkdir(parents=True)
    target.write_text("\n".join(stay[:MOST_PASSAGES]) + "\n", encoding="utf-8")
    return target


def cases(searcher: Searcher, group: str, questions: list[tuple[str, str, set[str]]], mode: Mode) -> list[Case]:
    """Ask the questions (id, text, ids of right answers in this index) and return what came of each."""
    found = []
    for name, text, right in questions:
        response = answer_question(searcher, SearchRequest(text, limit=CANDIDATES, mode=mode), threshold=0.0)
        candidates = tuple((one.evidence, one.hit.id in right) for one in response.answers)
        found.append(Case(group, digest("half" + name) % 2 == 0, candidates, bool(right)))
    return found


def fit(listed: list[Case], name: str) -> tuple[float, ...]:
    """Return the weights, fitted on the half that is for it.

    First they learn on all candidates to tell right from wrong; then they are stretched and shifted so that the
    confidence of each question's first answer is how likely it is right.
    """
    some = [case for case in listed if case.fits]
    rows = [(case.group, figures(one, name), right) for case in some for one, right in case.candidates]
    told = regression([group for group, _, _ in rows], np.array([row for _, row, _ in rows]), [r for _, _, r in rows])
    firsts = []
    for case in some:
        scored = [(float(np.dot(told, figures(one, name))), right) for one, right in case.candidates]
        if scored:
            firsts.append((case.group, *max(scored, key=lambda pair: pair[0])))
    scores = np.array([[1.0, score] for _, score, _ in firsts])
    shift, stretch = regression([group for group, _, _ in firsts], scores, [right for _, _, right in firsts])
    weights = told * stretch
    weights[0] += shift
    return tuple(round(float(one), 2) for one in weights)


def regression(groups: list[str], rows: NDArray[np.float64], rights: list[bool]) -> NDArray[np.float64]:
    """Return the weights that make the right ones likely, by Newton's method with a ridge.

    The right ones count as much as the others, and among either every group the same.
    """
    right = np.array(rights, dtype=float)
    counts = Counter(zip(groups, rights, strict=True))
    weight = np.array([1.0 / counts[key] for key in zip(groups, rights, strict=True)])
    for side in (right > 0.5, right < 0.5):
        weight[side] *= len(rows) / 2.0 / weight[side].sum()
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[0] = 0.0
    beta = np.zeros(rows.shape[1])
    for _ in range(50):
        likely = 1.0 / (1.0 + np.exp(-rows @ beta))
        slope = rows.T @ (weight * (right - likely)) - ridge * beta
        curve = (rows * (weight * likely * (1.0 - likely))[:, None]).T @ rows + np.diag(ridge + 1e-9)
        beta = beta + np.linalg.solve(curve, slope)
    return beta


def best_threshold(listed: list[Case], name: str, weights: Sequence[float]) -> None:
    """Print the threshold at which F1 is best on the half that was fitted."""
    some = [case for case in listed if case.fits]
    firsts = [case.first(name, weights) for case in some]
    scores = {}
    for threshold in np.arange(0.2, 0.75, 0.05):
        answered = [right for sure, right in firsts if sure >= threshold]
        scores[round(float(threshold), 2)] = 2 * sum(answered) / (len(answered) + sum(case.answerable for case in some))
    print("F1 of the fitted half by threshold:", {key: round(value, 3) for key, value in scores.items()}, "\n")


def table(listed: list[Case], name: str, weights: Sequence[float]) -> None:
    """Print precision and recall at the threshold, a row a group and one for all together."""
    print("| questions | asked | answerable | answered | precision | recall | said nothing when nothing answers |")
    print("|---|---|---|---|---|---|---|")
    firsts = [(case, *case.first(name, weights)) for case in listed if not case.fits]
    groups = list(dict.fromkeys(case.group for case in listed))
    for group in [*groups, "all"]:
        some = [first for first in firsts if group in (first[0].group, "all")]
        answered = [right for _, sure, right in some if sure >= THRESHOLD]
        answerable = [case for case, _, _ in some if case.answerable]
        nothing = [sure < THRESHOLD for case, sure, _ in some if not case.answerable]
        shares = [
            (sum(answered), len(answered)), (sum(answered), len(answerable)), (sum(nothing), len(nothing))
        ]  # fmt: skip
        cells = [f"{part / whole:.2f}" if whole else "" for part, whole in shares]
        print(f"| {group} | {len(some)} | {len(answerable)} | {len(answered)} | {' | '.join(cells)} |")


def gather(arguments: argparse.Namespace, work: Path, mode: Mode) -> list[Case]:
    """Index every corpus below `work` and the cache, put all questions, and return what came of them."""
    sets, most = arguments.sets, arguments.questions
    settings = BuildSettings(embedders=(EMBEDDER,))
    searchers = {}
    for name in (*SETS, "vcsum-paragraphs"):
        corpus = halved(sets / name, work)
        searchers[name] = Searcher(IndexReader(corpus_index(corpus, (EMBEDDER,), settings, arguments.cache, _quiet)))
    for name, path in (("call", arguments.call), ("samples", SAMPLES)):
        index_paths(work / f"index-{name}", [path], settings)
        searchers[name] = Searcher(IndexReader(work / f"index-{name}"))
    questions = {name: read_queries(sets / name / "queries.jsonl") for name in SETS}
    chosen = {name: sorted(listed, key=lambda one: digest(one.id))[:most] for name, listed in questions.items()}
    found = []
    for name in SETS:
        qrels = read_qrels(sets / name / "qrels.tsv")
        ids = set(_ids(work / name / "corpus.jsonl"))
        asked = [(one.id, one.text, set(qrels.get(one.id, {})) & ids) for one in chosen[name]]
        found += cases(searchers[name], name, asked, mode)
    queries, targets = read_judged_file(sets / "alibaba-dev.jsonl")
    reader = searchers["call"].reader.current()
    passages = [
        (one.id, one.text)
        for info in reader.passages.transcripts()
        for one in reader.passages.transcript(info.id).passages
    ]
    judged = judge(targets, passages)
    found += cases(searchers["call"], "alibaba-dev", [(q.id, q.text, set(judged[q.id])) for q in queries], mode)
    for source, target in STRANGERS:
        asked = [(one.id, one.text, set()) for one in chosen[source][: most // 2]]
        found += cases(searchers[target], f"{source} put to {target}", asked, mode)
    return found


def _ids(path: Path) -> list[str]:
    return [str(json.loads(line)["id"]) for line in path.read_text(encoding="utf-8").splitlines()]


def _quiet(*_: object) -> None:
    return


def main() -> None:
    """Fit and print, with vectors and by words alone."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--call", type=Path, required=True, help="the transcript of the questions alibaba-dev.jsonl")
    parser.add_argument("--cache", type=Path, help="keep the indexes here: the second time is much quicker")
    parser.add_argument("--questions", type=int, default=140, help="how many of each set at most")
    arguments = parser.parse_args()
    fitted = {}
    for mode, name in ((Mode.HYBRID, VECTORS), (Mode.KEYWORD, WORDS)):
        with tempfile.TemporaryDirectory() as work:
            listed = gather(arguments, Path(work), mode)
        fitted[name] = fit(listed, name)
        print(f"\n{name}: in use {WEIGHTS[name]}; with the fitted:\n")
        best_threshold(listed, name, fitted[name])
        table(listed, name, fitted[name])
    print("\nFor search_web/search/confidence.py:\n\nWEIGHTS: Mapping[str, Sequence[float]] = {")
    for name, weights in fitted.items():
        print(f"    {name.upper()}: {weights},")
    print("}")


if __name__ == "__main__":
    main()
