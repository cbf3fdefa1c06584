"""A search that Milvus answers finds what the same search of the index in files finds; publishing is all or nothing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from milvus_at_hand import need_milvus, start_lite
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from indexer.build.publish import publish_to_milvus
from indexer.build.report import quiet
from indexer.errors import (
    EngineUnavailableError,
    IndexAccessError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreachableError,
)
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from indexer.stores.milvus_address import MilvusAddress
from indexer.stores.opening import open_reader
from search_web.cli import app
from search_web.search.answers import answer_question
from search_web.search.comparison import compare_calls
from search_web.search.request import Grouping, Mode, Recognised, SearchRequest, Sort
from search_web.search.searcher import Searcher
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

    from search_web.search.response import SearchResponse

REQUESTS = (
    SearchRequest("cloud revenue growth", facets=True),
    SearchRequest("资本开支", facets=True),
    SearchRequest("what did Goldman Sachs ask?", limit=20),
    SearchRequest("AI AND cloud", mode=Mode.KEYWORD),
    SearchRequest("cloud -revenue", facets=True),
    SearchRequest('"free cash flow"', mode=Mode.KEYWORD),
    SearchRequest("free NEAR/3 flow"),
    SearchRequest("speaker:analyst OR revenue"),
    SearchRequest("reven*", mode=Mode.KEYWORD),
    SearchRequest("growth", filters=Filters(role=("analyst",)), facets=True),
    SearchRequest("growth", filters=Filters(date_from="2024-01-01", date_to="2024-12-31")),
    SearchRequest("增长", filters=Filters(language=("zh",), section=("qa",)), mode=Mode.VECTOR),
    SearchRequest("revenue", sort=Sort.DATE),
    SearchRequest("revenue", group=Grouping.TRANSCRIPT),
    SearchRequest("revenue", offset=10, explain=True),
    SearchRequest("Fenwick Harbor margin", recognised=Recognised.HARD),
    SearchRequest("zzzz qqqq", mode=Mode.KEYWORD),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, sample_index: Path) -> MilvusAddress:
    """Return the address of a Milvus Lite in which the samples are published."""
    need_milvus()
    place = MilvusAddress(str(tmp_path_factory.mktemp("lite") / "milvus.db"))
    assert publish_to_milvus(sample_index, place, quiet)
    return place


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, address: MilvusAddress) -> Iterator[Searcher]:
    """Return a searcher on a machine that has nothing but the address."""
    reader = open_reader(tmp_path_factory.mktemp("serving"), address)
    yield Searcher(reader)
    reader.close()


def ids(response: SearchResponse) -> list[str]:
    hits = [*response.hits, *(hit for group in response.groups for hit in group.hits)]
    return [hit.id for hit in hits]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: f"{one.query} {one.mode}")
def test_the_same_request_finds_the_same(searcher: Searcher, served: Searcher, request_: SearchRequest) -> None:
    here, there = searcher.search(request_), served.search(request_)
    assert ids(there) == ids(here)
    assert (there.total, there.word_total, there.facets) == (here.total, here.word_total, here.facets)
    assert [hit.highlights for hit in there.hits] == [hit.highlights for hit in here.hits]
    assert [hit.best_sentence for hit in there.hits] == [hit.best_sentence for hit in here.hits]


def test_answers_likeness_comparison_and_trends_are_the_same_too(searcher: Searcher, served: Searcher) -> None:
    question = SearchRequest("How much did the same-hour grocery pilot cost?")
    here, there = answer_question(searcher, question), answer_question(served, question)
    assert [(one.hit.id, one.sentences) for one in there.answers] == [
        (one.hit.id, one.sentences) for one in here.answers
    ]
    assert here.answers
    some = ids(searcher.search(SearchRequest("revenue")))[0]
    assert ids(served.similar(some)) == ids(searcher.similar(some))
    assert served.passage(some) == searcher.passage(some)
    one, other, *_ = (info.id for info in searcher.reader.current().passages.transcripts())
    new, same = (compare_calls(searching, one, other).new for searching in (searcher, served))
    assert [unmatched.hit.id for unmatched in same] == [unmatched.hit.id for unmatched in new]
    counted = [searcher.trend(question).points, served.trend(question).points]
    assert counted[0] == counted[1]


def test_the_page_and_the_api_are_served_from_milvus(
    tmp_path: Path, sample_index: Path, address: MilvusAddress
) -> None:
    client = create_app(tmp_path / "serving", notebook=tmp_path / "notebook.sqlite", address=address).test_client()
    other = create_app(sample_index, notebook=tmp_path / "other.sqlite").test_client()
    assert client.get("/readyz").status_code == 200
    found, expected = (one.get("/api/v1/search?q=revenue").get_json() for one in (client, other))
    assert [hit["id"] for hit in found["hits"]] == [hit["id"] for hit in expected["hits"]]
    transcript = expected["hits"][0]["transcript"]["id"]
    assert client.get(f"/transcripts/{transcript}").status_code == 200


def test_the_commands_take_the_store_by_option_and_by_environment(
    tmp_path: Path, sample_index: Path, address: MilvusAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = CliRunner().invoke(app, ["search", "revenue", "--mode", "keyword", "--index", str(sample_index)])
    options = ["--index", str(tmp_path), "--store", "milvus"]
    there = CliRunner().invoke(app, ["search", "revenue", "--mode", "keyword", *options, "--uri", address.uri])
    took = re.compile(r"[\d.]+ ms")
    assert took.sub("", there.output) == took.sub("", here.output)
    missing = CliRunner().invoke(app, ["search", "revenue", *options])
    assert missing.exit_code == 2
    assert "Give --uri http://HOST:19530" in missing.stderr
    wrong = CliRunner().invoke(app, ["search", "revenue", "--store", "solr"])
    assert "Use files or milvus" in wrong.stderr
    monkeypatch.setenv("YUANHUA_STORE", "milvus")
    monkeypatch.setenv("YUANHUA_MILVUS_URI", address.uri)
    asked = CliRunner().invoke(app, ["ask", "How much did the same-hour grocery pilot cost?", "--index", str(tmp_path)])
    assert asked.exit_code == 0


CALL = "{name} Corp (ABC) Q2 2024 Earnings Call Transcript\n\nJane Doe -- Chief Executive Officer\n\n{text}\n"


def write_calls(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(CALL.format(name=name, text=text), encoding="utf-8")
    return folder


def said(reader: object, query: str) -> list[str]:
    return [hit.text for hit in Searcher(reader).search(SearchRequest(query, mode=Mode.KEYWORD)).hits]  # type: ignore[arg-type]


def test_readers_move_to_what_is_published_and_the_older_goes(tmp_path: Path) -> None:
    need_milvus()
    from indexer.stores.milvus_client import Milvus

    place, index = MilvusAddress(str(tmp_path / "milvus.db")), tmp_path / "index"
    with closing(open_reader(tmp_path / "serving", place)) as reader:
        with pytest.raises(IndexMissingError, match="Publish one with: yuanhua index"):
            reader.current()
        calls = write_calls(tmp_path / "calls", Alpha="Our turbines ran well.")
        index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
        assert publish_to_milvus(index, place, quiet, readers_need=0)
        assert not publish_to_milvus(index, place, quiet)
        first = reader.current()
        assert said(reader, "turbines") == ["Our turbines ran well."]
        write_calls(calls, Alpha="Our moorings ran well.", Beta="Turbines rose.")
        index_paths(index, [calls])
        publish_to_milvus(index, place, quiet, readers_need=0)
        reader._looked = float("-inf")  # noqa: SLF001 - two seconds have passed.
        assert reader.current().name != first.name
        assert said(reader, "turbines") == ["Turbines rose."]
        with closing(Milvus(place)) as milvus:
            left = milvus.names("yuanhua")
        assert len(left) == 4
        assert all(reader.current().name.replace("-", "_") in name for name in left)


def test_the_index_of_other_files_is_not_replaced_unless_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_milvus()
    monkeypatch.setattr("indexer.stores.milvus_publish.READERS_NEED", 0)
    uri = str(tmp_path / "milvus.db")
    write_calls(tmp_path / "ours", Alpha="Our turbines ran well.")
    write_calls(tmp_path / "theirs", Beta="Their moorings ran well.")

    def index(name: str, *options: str) -> Result:
        folders = [str(tmp_path / name), "--index", str(tmp_path / f"index of {name}")]
        command = ["index", *folders, "--embedder", "none", "--store", "milvus", "--uri", uri]
        return CliRunner().invoke(app, [*command, *options])

    assert index("ours").exit_code == 0
    refused = index("theirs")
    assert refused.exit_code == 2
    assert f"the index of other files is published there, of {tmp_path / 'ours'}" in " ".join(refused.stderr.split())
    with closing(open_reader(tmp_path / "serving", MilvusAddress(uri))) as reader:
        assert said(reader, "ran well") == ["Our turbines ran well."]
        assert index("theirs", "--rebuild").exit_code == 0
        reader._looked = float("-inf")  # noqa: SLF001 - two seconds have passed.
        assert said(reader, "ran well") == ["Their moorings ran well."]


def test_what_is_not_all_there_is_named_and_publishing_again_mends_it(tmp_path: Path) -> None:
    need_milvus()
    from indexer.stores.milvus_client import Milvus

    place, index = MilvusAddress(str(tmp_path / "milvus.db")), tmp_path / "index"
    calls = write_calls(tmp_path / "calls", Alpha="Our turbines ran well.", Beta="Turbines rose.")
    index_paths(index, [calls], BuildSettings(embedders=()))
    publish_to_milvus(index, place, quiet)
    with closing(Milvus(place)) as milvus:
        (words,) = (name for name in milvus.names("yuanhua") if name.endswith("words"))
        milvus._client.delete(words, filter="row == 0")  # noqa: SLF001 - an accident.
    with (
        closing(open_reader(tmp_path / "serving", place)) as reader,
        pytest.raises(IndexDamagedError, match=r"holds 1 of 2 passages.*yuanhua index FOLDER --store milvus"),
    ):
        reader.current()
    assert publish_to_milvus(index, place, quiet)
    kept = next((tmp_path / "serving" / "from-milvus").glob("generations/*/passages.sqlite"))
    kept.write_bytes(kept.read_bytes()[:100])
    with closing(open_reader(tmp_path / "serving", place)) as reader:
        assert sorted(said(reader, "turbines")) == ["Our turbines ran well.", "Turbines rose."]


def test_a_server_that_is_killed_while_it_is_written_loses_nothing_of_a_repeated_publication(
    sample_index: Path, tmp_path: Path
) -> None:
    need_milvus()
    process, place = start_lite(tmp_path / "data")
    stages: list[int] = []

    def kill_before_the_vectors(_stage: str, done: int, _total: int, _detail: str = "") -> None:
        stages.append(done)
        if done == 1 and stages.count(1) == 1:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    index = tmp_path / "index"
    shutil.copytree(sample_index, index)
    with pytest.raises(IndexUnreachableError, match="See that the server runs"):
        publish_to_milvus(index, place, kill_before_the_vectors)
    again, _ = start_lite(tmp_path / "data", int(place.uri.rpartition(":")[2]))
    try:
        with closing(open_reader(tmp_path / "one", place)) as one, closing(open_reader(tmp_path / "two", place)) as two:
            with pytest.raises(IndexMissingError):
                one.current()
            assert publish_to_milvus(index, place, quiet)
            expected = said(IndexReader(sample_index), "revenue")
            assert said(one, "revenue") == said(two, "revenue") == expected
    finally:
        again.kill()
        again.wait()


def test_a_server_that_hangs_or_stops_is_named_and_readers_go_on_when_it_is_back(
    sample_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_milvus()
    process, place = start_lite(tmp_path / "data")
    try:
        publish_to_milvus(sample_index, place, quiet)
        with closing(open_reader(tmp_path / "serving", place)) as reader:
            searcher = Searcher(reader)
            expected = ids(searcher.search(SearchRequest("cloud revenue growth")))
            passage = searcher.passage(expected[0])
            monkeypatch.setattr("indexer.stores.milvus_collection.SECONDS_TO_READ", 0.5)
            process.send_signal(signal.SIGSTOP)
            with pytest.raises(IndexUnreachableError, match="See that the server runs"):
                searcher.search(SearchRequest("margin of the harbour"))
            monkeypatch.undo()
            process.kill()
            process.wait()
            with pytest.raises(IndexUnreachableError, match="See that the server runs"):
                searcher.search(SearchRequest("margin of the harbour"))
            assert searcher.passage(expected[0]) == passage
            process, _ = start_lite(tmp_path / "data", int(place.uri.rpartition(":")[2]))
            assert ids(searcher.search(SearchRequest("cloud revenue growth"))) == expected
            assert searcher.search(SearchRequest("margin of the harbour")).hits
    finally:
        process.kill()
        process.wait()


def test_a_client_that_is_not_installed_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "indexer.stores.milvus_index", None)
    with pytest.raises(EngineUnavailableError, match=r"yuanhua\[milvus\]"):
        open_reader(tmp_path, MilvusAddress("http://127.0.0.1:19530"))


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    need_milvus()
    place = MilvusAddress("http://root:secret@127.0.0.1:1/calls", "root:secret")
    with pytest.raises(IndexUnreachableError, match="See that the server runs") as raised:
        open_reader(tmp_path, place).current()
    assert "secret" not in f"{raised.value}{place!r}".replace(place.uri, "")
    with pytest.raises(IndexMissingError, match="Make the database, or the folder"):
        open_reader(tmp_path, MilvusAddress(str(tmp_path / "none" / "milvus.db"))).current()


@pytest.mark.parametrize(
    ("told", "error", "mend"),
    [
        (
            "auth check failure, please check username and password are correct",
            IndexAccessError,
            "YUANHUA_MILVUS_TOKEN",
        ),
        ("PrivilegeSearch: permission deny", IndexAccessError, "YUANHUA_MILVUS_TOKEN"),
        ("vector dimension mismatch, expected vector size(byte) 1024, actual 2048", IndexMismatchError, "--rebuild"),
        ("collection not found[collection=yuanhua_1_x_words]", IndexDamagedError, "--store milvus"),
        ("deadline exceeded", IndexUnreachableError, "runs and is ready"),
        ("fail to search: node not found[node=7]", IndexUnreachableError, "runs and is ready"),
        (f"worker(1) query failed{' ' * 9}:{'x' * 300} vector dimension mismatch", IndexMismatchError, "--rebuild"),
    ],
)
def test_what_a_server_says_becomes_our_error_with_what_to_do(
    address: MilvusAddress, told: str, error: type[Exception], mend: str
) -> None:
    from pymilvus import MilvusException

    from indexer.stores.milvus_client import Milvus

    with closing(Milvus(address)) as milvus, pytest.raises(error, match=mend), milvus.errors_named():
        raise MilvusException(message=told)
