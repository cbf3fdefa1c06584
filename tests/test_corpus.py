"""The sample transcripts are what corpus/README.md says, and are read the way a person would read them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.model import Delivery, Kind, Role, Section
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from indexer.model import Transcript

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
ALIBABA_CALL = ROOT / "../shared/corpus/alibaba-june-quarter-2023-call-zh.txt"
LONGEST_COMMON_RUN = 12

DECEMBER = "yuanting-december-quarter-2024-call-zh.txt"
MARCH = "yuanting-march-quarter-2025-call-zh.txt"
SECOND = "fenwick-harbor-q2-2024-call-en.txt"
THIRD = "fenwick-harbor-q3-2024-call-en.txt"
NOTES = "alibaba-june-quarter-2023-notes-zh.txt"
MEETING = "yuanting-logistics-review-2025-meeting.txt"
CALLS = (DECEMBER, MARCH, SECOND, THIRD)

# file: company, ticker, period, date, language, passages
FACTS = {
    DECEMBER: ("远汀集团", None, "2024Q4", "2025-02-13", "zh", 55),
    MARCH: ("远汀集团", None, "2025Q1", "2025-05-15", "zh", 52),
    SECOND: ("Fenwick Harbor", "FWHB", "2024Q2", "2024-07-31", "en", 55),
    THIRD: ("Fenwick Harbor", "FWHB", "2024Q3", "2024-10-30", "en", 56),
    NOTES: ("阿里巴巴集团", "BABA", "2023Q2", "2023-08-10", "zh", 30),
    MEETING: ("远汀集团", None, None, "2025-04-09", "zh", 17),
}

# file: asker, firm, question passages, answerers with their passages
EXCHANGES = {
    DECEMBER: [
        ("Grace Mok", "Harborline Securities", 1, [("顾北辰", 3), ("程若溪", 1)]),
        ("Wei Tan", "Quillstone Partners", 2, [("秦以宁", 3)]),
        ("Peter Aldous", "Meridian Vale", 1, [("沈望川", 2), ("罗启明", 1)]),
        ("何嘉言", "北岭证券", 1, [("程若溪", 2)]),
        ("Priya Raman", "Lantern Bay Research", 1, [("沈望川", 2)]),
    ],
    MARCH: [
        ("Grace Mok", "Harborline Securities", 2, [("顾北辰", 3)]),
        ("Peter Aldous", "Meridian Vale", 1, [("沈望川", 2), ("罗启明", 1)]),
        ("何嘉言", "北岭证券", 1, [("程若溪", 2), ("沈望川", 1)]),
        ("Simon Hu", "Oakhurst Research", 1, [("秦以宁", 3)]),
        ("Priya Raman", "Lantern Bay Research", 1, [("沈望川", 2), ("程若溪", 1)]),
        ("Wei Tan", "Quillstone Partners", 1, [("秦以宁", 2)]),
    ],
    SECOND: [
        ("Owen Castellano", "Harborline Securities", 2, [("Rajiv Sundaram", 3), ("Marcus Oyelaran", 1)]),
        ("Mei-Lin Forsyth", "Quillstone Partners", 1, [("Helena Brandt", 2)]),
        ("Tobias Renner", "Meridian Vale", 1, [("Lucy Tremaine", 2), ("Helena Brandt", 1)]),
        ("Amara Nwosu", "Tidewater Capital", 1, [("Marcus Oyelaran", 2)]),
        ("Jack Pell", "Oakhurst Research", 1, [("Rajiv Sundaram", 1), ("Helena Brandt", 1)]),
    ],
    THIRD: [
        ("Owen Castellano", "Harborline Securities", 2, [("Rajiv Sundaram", 2)]),
        ("Sofia Lindqvist", "Lantern Bay Research", 1, [("Helena Brandt", 2), ("Marcus Oyelaran", 1)]),
        ("Mei-Lin Forsyth", "Quillstone Partners", 1, [("Marcus Oyelaran", 1), ("Lucy Tremaine", 1)]),
        ("Tobias Renner", "Meridian Vale", 1, [("Lucy Tremaine", 1)]),
        ("Jack Pell", "Oakhurst Research", 2, [("Rajiv Sundaram", 3)]),
        ("Amara Nwosu", "Tidewater Capital", 1, [("Marcus Oyelaran", 1)]),
    ],
}

# file: who speaks, turn by turn, before the questions
PREPARED = {
    DECEMBER: ["Carol Lu", "沈望川", "顾北辰", "罗启明", "程若溪"],
    MARCH: ["Carol Lu", "沈望川", "顾北辰", "罗启明", "程若溪"],
    SECOND: [
        "Operator",
        "Dana Whitcomb",
        "Marcus Oyelaran",
        "Lucy Tremaine",
        "Rajiv Sundaram",
        "Helena Brandt",
    ],
    THIRD: [
        "Operator",
        "Dana Whitcomb",
        "Marcus Oyelaran",
        "Lucy Tremaine",
        "Rajiv Sundaram",
        "Helena Brandt",
    ],
}


def _read(name: str) -> Transcript:
    return parse_transcript(read_source(CORPUS / name))


def _squeezed(path: Path) -> str:
    return "".join(path.read_text(encoding="utf-8").split())


def test_every_sample_has_its_row_in_the_readme() -> None:
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    samples = sorted(path.name for path in CORPUS.iterdir() if path.stem != "README")
    assert samples == sorted(FACTS)
    assert [name for name in samples if f"| `{name}` |" not in readme] == []


@pytest.mark.parametrize("name", FACTS)
def test_a_sample_says_what_it_is(name: str) -> None:
    read = _read(name)
    facts = (read.company, read.ticker, read.period, read.date, read.language, len(read.passages))
    assert facts == FACTS[name]
    assert read.warnings == ()


@pytest.mark.parametrize("name", CALLS)
def test_the_prepared_part_has_its_speakers_in_order(name: str) -> None:
    read = _read(name)
    section_of = {passage.id: passage.section for passage in read.passages}
    spoken = [turn.speaker.name for turn in read.turns if section_of[turn.passage_ids[0]] is not Section.QA]
    assert spoken == PREPARED[name]


@pytest.mark.parametrize("name", CALLS)
def test_the_questions_have_their_askers_and_every_answerer(name: str) -> None:
    found = []
    for exchange in _read(name).exchanges:
        answers: Counter[str] = Counter()
        for answer in exchange.answers:
            answers[answer.speaker.name] += len(answer.passage_ids)
        asker = exchange.asker
        found.append((asker.name, asker.affiliation, len(exchange.question_ids), list(answers.items())))
        assert asker.role is Role.ANALYST
        assert {answer.speaker.role for answer in exchange.answers} == {Role.MANAGEMENT}
    assert found == EXCHANGES[name]


@pytest.mark.parametrize("name", CALLS)
def test_speakers_of_the_company_have_titles(name: str) -> None:
    untitled = [
        speaker.name for speaker in _read(name).speakers if speaker.role is Role.MANAGEMENT and not speaker.title
    ]
    # 秦以宁 speaks only in the answers, where names stand without titles; the opening names her office.
    assert untitled in ([], ["秦以宁"])


@pytest.mark.parametrize("name", [DECEMBER, MARCH])
def test_the_chinese_calls_say_whose_words_they_are(name: str) -> None:
    assert {passage.delivery for passage in _read(name).passages} == {Delivery.ORIGINAL, Delivery.TRANSLATED}


def test_the_page_breaks_of_the_december_quarter_are_counted() -> None:
    pages = [passage.page for passage in _read(DECEMBER).passages]
    known = [page for page in pages if page is not None]
    assert len(known) == len(pages)
    assert known == sorted(known)
    assert known[0] == 1


def test_the_notes_are_nobodys_words() -> None:
    read = _read(NOTES)
    assert {passage.speaker.role for passage in read.passages} == {Role.OTHER}
    assert (read.kind, read.speakers) == (Kind.DOCUMENT, ())
    assert "不是发言原文" in read.passages[0].text
    assert [passage.heading for passage in read.passages if "8.77亿元" in passage.text] == ["四、菜鸟"]


def test_the_meeting_has_four_people_in_two_languages() -> None:
    read = _read(MEETING)
    assert {speaker.name for speaker in read.speakers} == {"罗启明", "Hannah Weiss", "林予安", "姚可欣"}
    assert {passage.language for passage in read.passages if passage.speaker.name == "Hannah Weiss"} == {"en"}


@pytest.mark.parametrize("name", [NOTES, DECEMBER, MARCH, MEETING])
def test_no_sentence_is_taken_from_the_real_call(name: str) -> None:
    if not ALIBABA_CALL.exists():
        pytest.skip("the real call is not on this machine (../shared/corpus)")
    call, sample = _squeezed(ALIBABA_CALL), _squeezed(CORPUS / name)
    title = "集团董事会主席兼首席执行官"
    length = LONGEST_COMMON_RUN + 1
    common = {
        run[start : start + length]
        for run in re.findall(r"[\u3400-\u9fff]+", sample)
        for start in range(len(run) - length + 1)
        if run[start : start + length] in call
    }
    assert common <= {title}
