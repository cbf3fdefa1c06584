"""Ranking quality does not fall: nDCG@10 on judged sets cut small, with floors just under what is reached.

A floor is what was measured when it was written, less 0.01. Raise it when a change to ranking raises the figure; a
change that lowers one needs the figures of `make bench-retrieval` before and after.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from judged import Measured, measure_file, measure_folder

from search_web.search.request import Mode

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EVAL = ROOT / "../shared/eval"
CALL = ROOT / "../shared/corpus/alibaba-june-quarter-2023-call-zh.txt"
OWN = Path(__file__).parent / "data" / "corpus.jsonl"
MARGIN = 0.01


@dataclass(frozen=True, slots=True)
class Floor:
    """What was reached on a set: nDCG@10 of each mode; how many queries and passages of it were taken."""

    name: str
    keyword: float
    vector: float
    hybrid: float
    queries: int = 40
    passages: int = 200

    def holds(self, measured: Measured) -> None:
        reached = {Mode.KEYWORD: self.keyword, Mode.VECTOR: self.vector, Mode.HYBRID: self.hybrid}
        fallen = {
            str(mode): (round(measured.by_mode[mode], 4), before)
            for mode, before in reached.items()
            if measured.by_mode[mode] < before - MARGIN
        }
        assert not fallen, f"{self.name}: nDCG@10 is now, and was: {fallen}"


SETS = [
    Floor("xquad-en2zh", keyword=0.482, vector=0.930, hybrid=0.926),
    Floor("xquad-zh2en", keyword=0.491, vector=0.868, hybrid=0.907, queries=30, passages=150),
    Floor("archive-tw-en2zh", keyword=0.956, vector=1.0, hybrid=1.0, queries=15, passages=120),
    Floor("fintruthqa", keyword=0.664, vector=0.584, hybrid=0.705, passages=150),
    Floor("subjectiveqa", keyword=0.666, vector=0.695, hybrid=0.721, queries=20, passages=120),
    Floor("vcsum-paragraphs", keyword=0.637, vector=0.507, hybrid=0.667, passages=150),
    Floor("xquad-zh", keyword=0.956, vector=0.960, hybrid=0.956, queries=25, passages=120),
]
BELOW = {"xquad-en2zh": 0.005, "xquad-zh2en": 0.0, "archive-tw-en2zh": 0.0}
"""How far the hybrid search may be below the meaning alone, by set across languages. The aim is 0 for all of them."""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Floor], Measured]:
    """Return the figures of a set, measured once."""
    known: dict[str, Measured] = {}

    def measure(floor: Floor) -> Measured:
        if floor.name not in known:
            place = tmp_path_factory.mktemp(floor.name)
            folder = EVAL / floor.name
            known[floor.name] = measure_folder(folder, place, queries=floor.queries, passages=floor.passages)
        return known[floor.name]

    return measure


def test_our_own_judged_queries_over_the_samples(corpus_index: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus_index, tmp_path / "index")
    measured = measure_file(OWN, [ROOT / "corpus"], tmp_path)
    Floor("own", keyword=0.726, vector=0.600, hybrid=0.735).holds(measured)
    assert set(measured.by_lang) == {"zh", "en", "mix"}


@pytest.mark.skipif(
    not (EVAL / "alibaba-dev.jsonl").is_file() or not CALL.is_file(),
    reason="the judged call is not beside this checkout",
)
def test_all_judged_queries_over_the_real_call(tmp_path: Path) -> None:
    measured = measure_file(EVAL / "alibaba-dev.jsonl", [CALL], tmp_path)
    Floor("alibaba-dev", keyword=0.888, vector=0.712, hybrid=0.915).holds(measured)
    assert measured.by_lang["en"] >= 0.894 - MARGIN


@pytest.mark.skipif(not EVAL.is_dir(), reason="the judged sets are not beside this checkout")
@pytest.mark.parametrize("floor", SETS, ids=lambda floor: floor.name)
def test_a_judged_set_stays_above_its_floors(floor: Floor, measured: Callable[[Floor], Measured]) -> None:
    floor.holds(measured(floor))


@pytest.mark.skipif(not EVAL.is_dir(), reason="the judged sets are not beside this checkout")
@pytest.mark.parametrize("floor", [floor for floor in SETS if floor.name in BELOW], ids=lambda floor: floor.name)
def test_words_do_not_spoil_a_query_in_the_other_language(floor: Floor, measured: Callable[[Floor], Measured]) -> None:
    by_mode = measured(floor).by_mode
    assert by_mode[Mode.HYBRID] >= by_mode[Mode.VECTOR] - BELOW[floor.name]
