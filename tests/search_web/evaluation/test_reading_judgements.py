"""Judged sets are read whole, and a malformed line is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import JudgementsError
from indexer.model import Role, Section
from search_web.evaluation.corpus import read_corpus
from search_web.evaluation.judgements import judge, read_judged_file, read_qrels, read_queries

SHARED = Path(__file__).parents[3] / "../shared/eval"
FOLDERS = (
    "archive-tw-en2zh",
    "fintruthqa",
    "subjectiveqa",
    "vcsum-paragraphs",
    "xquad-en2zh",
    "xquad-zh",
    "xquad-zh2en",
)


def test_a_passage_is_relevant_when_it_holds_the_target_but_for_white_space(tmp_path: Path) -> None:
    path = tmp_path / "judged.jsonl"
    targets = [{"grade": 1, "text": "DAU 的增长"}, {"grade": 2, "text": "增长了6.5%"}]
    path.write_text(json.dumps({"id": "q", "query": "DAU", "lang": "mix", "targets": targets}) + "\n\n")
    queries, wanted = read_judged_file(path)
    assert [(query.id, query.text, query.lang, query.kind) for query in queries] == [("q", "DAU", "mix", None)]
    passages = [
        ("one", "看到DAU\n的 增长"),
        ("both", "DAU的增长:增长了 6.5 %"),
        ("none", "增长了 65%"),
    ]
    assert judge(wanted, passages) == {"q": {"one": 1, "both": 2}}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_shared_set_is_read_whole(name: str) -> None:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"{folder} is absent")
    raw = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    transcripts = read_corpus(folder / "corpus.jsonl")
    passages = [passage for transcript in transcripts for passage in transcript.passages]
    assert [(passage.id, passage.text) for passage in passages] == [(one["id"], one["text"]) for one in raw]
    assert [passage.speaker.name for passage in passages] == [(one.get("speaker") or "").strip() for one in raw]
    assert len({transcript.id for transcript in transcripts}) == len(transcripts)
    queries = {query.id for query in read_queries(folder / "queries.jsonl")}
    known = {passage.id for passage in passages}
    qrels = read_qrels(folder / "qrels.tsv")
    assert qrels.keys() <= queries
    assert all(judged.keys() <= known for judged in qrels.values())


def test_lines_of_one_call_become_one_transcript_with_turns(judged_folder: Path) -> None:
    first, second = read_corpus(judged_folder / "corpus.jsonl")
    assert (first.company, first.period, first.language, first.title) == ("阿里", None, "zh", "阿里")
    assert (second.ticker, second.period, second.language, second.title) == (
        "XY",
        "2023Q3",
        "en",
        "XY 2023Q3",
    )
    assert [(turn.speaker.name, turn.passage_ids) for turn in first.turns] == [
        ("徐宏", ("a/1 ü", "a2")),
        ("张勇", ("a3",)),
    ]
    assert [(one.position, one.turn, one.lines.first) for one in first.passages] == [
        (0, 0, 1),
        (1, 0, 2),
        (2, 1, 3),
    ]
    cfo, chief = first.speakers
    assert (cfo.title, cfo.role) == ("CFO", Role.OTHER)
    assert (chief.title, chief.role) == (None, Role.MANAGEMENT)


def test_a_known_section_is_one_and_another_is_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    lines = [
        {"id": 1, "text": "x", "section": "QA"},
        {"id": "2", "text": "x", "section": "Outlook", "title": "T", "period": "2022", "year": 2021},
        {"id": "3", "text": "x", "year": 2021, "quarter": "first"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines[1:]))
    outlook, third = read_corpus(path)
    assert (outlook.passages[0].section, outlook.passages[0].heading) == (Section.PREPARED, "Outlook")
    assert (outlook.title, outlook.period, third.period) == ("T", "2022", "2021")
    path.write_text(json.dumps(lines[0] | {"id": "1"}))
    (passage,) = read_corpus(path)[0].passages
    assert (passage.section, passage.heading) == (Section.QA, None)


GOOD = '{"id": "a", "text": "x"}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GOOD + "{oops}", "line 2: this is not JSON"),
        (GOOD + "[1]", "line 2: this is no JSON object"),
        (GOOD + '{"id": 7, "text": "x"}', "line 2: 'id' is missing or is not text"),
        (GOOD + '\n{"id": "b"}', "line 3: 'text' is missing or is not text"),
        (GOOD + '{"id": "b", "text": "\\ud800"}', "line 2: 'text' has half of a surrogate pair"),
        (
            GOOD + '{"id": "b", "text": "x", "company": ["y"]}',
            "line 2: 'company' is neither text nor a whole",
        ),
        (GOOD + '{"id": "b", "text": "x", "year": true}', "line 2: 'year' is neither text nor a whole"),
        (GOOD + GOOD, "line 2: the id 'a' has occurred before"),
        ("", "there are no passages in it"),
    ],
)
def test_a_malformed_corpus_line_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(content)
    with pytest.raises(JudgementsError) as caught:
        read_corpus(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


QUERY = {"id": "q", "query": "x", "targets": [{"grade": 1, "text": "y"}]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"targets": []}, "'targets' is missing"),
        ({"targets": None}, "'targets' is missing"),
        ({"targets": ["y"]}, "no object with grade and text"),
        ({"targets": [{"grade": 0, "text": "y"}]}, "grade of a target"),
        ({"targets": [{"grade": True, "text": "y"}]}, "grade of a target"),
        ({"targets": [{"grade": 1, "text": " "}]}, "text of a target is blank"),
        ({"targets": [{"grade": 1}]}, "'text' is missing"),
        ({"query": None}, "'query' is missing"),
    ],
)
def test_a_malformed_judged_line_is_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text(json.dumps(QUERY | change))
    with pytest.raises(JudgementsError, match=rf"judged\.jsonl, line 1: .*{message}"):
        read_judged_file(path)


def test_queries_must_be_there_and_differ(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text(GOOD + GOOD)
    with pytest.raises(JudgementsError, match="line 2: the id 'a' has occurred before"):
        read_queries(path)
    path.write_text("\n\n")
    with pytest.raises(JudgementsError, match="no queries"):
        read_queries(path)


@pytest.mark.parametrize("line", ["q\tp", "q\tp\tgood", "q p 1"])
def test_a_malformed_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(f"q\tp\t1\r\n{line}\n")
    with pytest.raises(JudgementsError, match=r"qrels\.tsv, line 2: "):
        read_qrels(path)


def test_files_that_are_absent_or_no_text_are_named(tmp_path: Path) -> None:
    for read in (read_corpus, read_queries, read_qrels, read_judged_file):
        with pytest.raises(JudgementsError, match="cannot be read"):
            read(tmp_path / "absent")
    path = tmp_path / "gbk.jsonl"
    path.write_bytes("现金".encode("gbk"))
    with pytest.raises(JudgementsError, match="not UTF-8"):
        read_queries(path)
