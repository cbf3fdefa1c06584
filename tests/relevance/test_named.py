"""Who names a company, somebody, a firm or a period gets passages of it first, in every mode and fusion.

Judged by facts of the transcripts: whose call, who speaks, for which firm, on which period.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.request import Fusion, Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from search_web.search.response import Hit

ROOT = Path(__file__).parents[2]
SHARED = ROOT / "../shared/corpus"
WILD = (
    "新浪科技_微软2024Q3业绩会实录.txt",
    "fool_text_consumer_discretionary-YUMC_US-2024-q1.txt",
    "fool_page_2020-07-07-micro-focus-intl-plc-mfgp-q2-.html",
)
TOP = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds of a hit that is meant; what is empty does not matter. `firm` may be written in several ways."""

    company: str = ""
    speaker: str = ""
    firm: tuple[str, ...] = ()
    period: str = ""

    def holds(self, hit: Hit) -> bool:
        return (
            self.company in (hit.transcript.company or "")
            and self.speaker in {"", hit.speaker.name}
            and (not self.firm or any(one in (hit.speaker.affiliation or "") for one in self.firm))
            and self.period in {"", hit.transcript.period}
        )


ALIBABA, MICROSOFT, FENWICK, YUANTING = "阿里巴巴", "微软", "Fenwick Harbor", "远汀"
QUERIES = {
    "Alibaba's cash flow after 2023 Q1": Fact(ALIBABA),
    "BABA free cash flow": Fact(ALIBABA),
    "Alibaba AI monetization": Fact(ALIBABA),
    "高盛问了什么": Fact(firm=("Goldman",)),
    "Morgan Stanley 的问题": Fact(firm=("Morgan Stanley", "摩根士丹利")),
    "大摩问了什么": Fact(firm=("Morgan Stanley", "摩根士丹利")),
    "what did Jefferies ask": Fact(firm=("Jefferies", "杰弗瑞")),
    "张勇怎么看 AI": Fact(speaker="张勇"),
    "Daniel Zhang on AI": Fact(speaker="张勇"),
    "what does Zhang Yong think about AI": Fact(speaker="张勇"),
    "张总谈云业务": Fact(speaker="张勇"),
    "徐宏对回购的看法": Fact(speaker="徐宏"),
    "Alibaba CFO on cash flow": Fact(speaker="徐宏"),
    "Satya Nadella on Azure": Fact(speaker="萨提亚·纳德拉"),
    "纳德拉怎么看 Copilot": Fact(speaker="萨提亚·纳德拉"),
    "微软的云收入": Fact(MICROSOFT),
    "Microsoft cloud revenue": Fact(MICROSOFT),
    "MSFT capital expenditures": Fact(MICROSOFT),
    "Yum China same-store sales": Fact("Yum China"),
    "百胜中国的门店": Fact("Yum China"),
    "Micro Focus debt": Fact("Micro Focus"),
    "Fenwick Harbor free cash flow in 2024 Q3": Fact(FENWICK, period="2024Q3"),
    "Fenwick Harbor free cash flow in 2024 Q2": Fact(FENWICK, period="2024Q2"),
    "what did Helena Brandt say about capex": Fact(speaker="Helena Brandt"),
    "远汀上季度的物流收入": Fact(YUANTING, period="2024Q4"),
    "远汀 2025年一季度 资本开支": Fact(YUANTING, period="2025Q1"),
    "last quarter": Fact(period="2024Q4"),
}
RANKINGS = {
    "hybrid": (SearchRequest("", limit=TOP), 1.0),
    "hybrid, zsum": (SearchRequest("", limit=TOP, fusion=Fusion.ZSUM), 1.0),
    "hybrid, rrf": (SearchRequest("", limit=TOP, fusion=Fusion.RRF), 1.0),
    "words": (SearchRequest("", limit=TOP, mode=Mode.KEYWORD), 0.95),
    "meaning": (SearchRequest("", limit=TOP, mode=Mode.VECTOR), 0.95),
}
"""How each is asked, and at least which share of the first hits must be meant."""


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Search our samples beside real calls of other companies."""
    if not SHARED.is_dir():
        pytest.skip("the real calls are not beside this checkout")
    place = tmp_path_factory.mktemp("named") / "index"
    calls = [SHARED / "alibaba-june-quarter-2023-call-zh.txt", *(SHARED / "wild" / name for name in WILD)]
    index_paths(place, [ROOT / "corpus", *calls], BuildSettings(embedders=("bundled",)))
    return Searcher(IndexReader(place))


@pytest.mark.parametrize("ranking", RANKINGS)
def test_what_is_named_comes_first(searcher: Searcher, ranking: str) -> None:
    request, floor = RANKINGS[ranking]
    meant, others = 0, {}
    for query, fact in QUERIES.items():
        hits = searcher.search(SearchRequest(query, request.mode, request.fusion, limit=TOP)).hits
        fitting = [hit for hit in hits if fact.holds(hit)]
        meant += len(fitting)
        if len(fitting) < TOP:
            others[query] = [(hit.transcript.company, hit.speaker.name) for hit in hits if not fact.holds(hit)]
    assert meant >= floor * TOP * len(QUERIES), others


def test_a_strong_match_elsewhere_stays_on_the_first_page(searcher: Searcher) -> None:
    """Only Microsoft speaks of Copilot; naming another company does not hide that."""
    hits = searcher.search(SearchRequest("Alibaba Copilot seats", limit=10)).hits
    assert any(hit.transcript.company == MICROSOFT for hit in hits)
