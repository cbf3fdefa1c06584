"""Whose calls the files are that were found in the wild, of which period and of which day: facts, read by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Origin
from indexer.sources import READERS, read_source
from indexer.transcripts import parse_transcript

WILD = Path(__file__).parents[3] / "../shared/corpus/wild"
pytestmark = pytest.mark.skipif(not WILD.is_dir(), reason="the wild transcripts are not beside this checkout")

# file: company, ticker, period, fiscal, date
FACTS = {
    "alibaba-june*": ("阿里巴巴集团", None, "2023Q2", False, "2023-08-10"),
    "alphamemo*": ("聯發科", "2454", None, False, "2026-03-11"),
    "archivetw*": (None, None, None, False, "2021-05-12"),
    "capiq*": ("Digital Realty Trust, Inc.", "DLR", "2024Q1", True, "2024-05-02"),
    "fool_page*": ("Micro Focus Intl PLC", "MFGP", "2020Q2", True, "2020-07-07"),
    "fool_structured*": ("Micro Focus Intl PLC", "MFGP", "2020Q2", True, "2020-07-07"),
    "fool_text*": ("Yum China", "YUMC", "2024Q1", False, "2024-04-29"),
    "keynote*": (None, None, None, False, None),
    "rev_*": ("MTN Ghana", None, "2019", False, "2020-03-02"),
    "seekingalpha*": ("Intuitive Surgical, Inc.", "ISRG", "2018Q1", False, "2018-04-17"),
    "subtitle*": (None, None, None, False, None),
    "thoughtfoundry*": (None, None, None, False, "2026-02-27"),
    "zoom*": (None, None, None, False, None),
    "公告*": ("宁波容百新能源科技股份有限公司", "688005", "2021", False, "2022-01-04"),
    "新浪科技*": ("微软", None, "2024Q3", True, "2024-04-28"),
}


@pytest.mark.parametrize("pattern", FACTS)
def test_facts(pattern: str) -> None:
    (path,) = [*WILD.glob(pattern), *WILD.parent.glob(pattern)]
    if path.suffix.lower().removeprefix(".") not in READERS:
        pytest.skip(f"there is no reader of {path.suffix} yet")
    call = parse_transcript(read_source(path))
    assert (call.company, call.ticker, call.period, call.fiscal, call.date) == FACTS[pattern]
    for field in ("company", "ticker", "period", "date"):
        value = getattr(call, field)
        assert value is None or any(evidence.value == value for evidence in call.evidence if evidence.field == field)
    assert not any(evidence.origin in {Origin.COMMAND, Origin.SIDECAR} for evidence in call.evidence)
