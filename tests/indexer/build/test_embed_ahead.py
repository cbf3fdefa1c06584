"""What `yuanhua embed` has embedded ahead, in this process or in workers, a build finds; and nothing of it is lost."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from indexer.build import AheadSettings, BuildSettings, embed_paths_ahead, index_paths
from indexer.build.embed_ahead import embed_index_ahead
from indexer.build.embedded_texts import spans_to_embed, texts_to_embed
from indexer.errors import InvalidRequestError, VectorCacheError, WorkersError
from indexer.stores.index import IndexReader
from search_web.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Each of these builds keeps vectors.
pytestmark = pytest.mark.usefixtures("cache")

CORPUS = Path(__file__).parents[3] / "corpus"
BUNDLED = BuildSettings(embedders=("bundled",))
# A run that is disturbed in a test has small batches and writes them more often. It rests in the midst of its work until
# it gets a line: it cannot have ended before it is disturbed, however slow whoever does that is.
EMBED = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from indexer.build import AheadSettings, embed_ahead, embed_paths_ahead
from indexer.stores import vector_cache
vector_cache._PENDING = 8
embed_ahead.BATCH = 8
keep = embed_ahead._Wanted.keep

def keep_and_rest(wanted, texts, vectors):
    keep(wanted, texts, vectors)
    if wanted.embedded >= 24 and not sys.stdin.closed:
        sys.stdin.readline()
        sys.stdin.close()

embed_ahead._Wanted.keep = keep_and_rest
workers = AheadSettings(workers=2)
print(json.dumps(asdict(embed_paths_ahead([Path(sys.argv[1])], "bundled", workers, index=Path("none")))))
"""


@pytest.fixture
def dask() -> None:
    """Skip the test where Dask is not installed."""
    if find_spec("distributed") is None or find_spec("cryptography") is None:
        pytest.skip("pip install 'yuanhua[cluster]'")


@pytest.fixture
def call(write_paragraphs: Callable[[int], Path]) -> Path:
    """Return a folder with a call of 60 paragraphs of two sentences, no two alike."""
    return write_paragraphs(60)


def kept(cache: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    except sqlite3.Error:
        return 0


def vectors(index: Path) -> list[bytes]:
    with closing(IndexReader(index)) as reader:
        space = reader.current().spaces["bundled"]
        sentences = space.sentences()
        assert sentences is not None
        return [bytes(part.tobytes()) for part in (space.vectors(), sentences.vectors, sentences.spans)]


def test_a_build_finds_all_that_was_embedded_ahead(tmp_path: Path, cache: Path, embedded: list[str]) -> None:
    """Sentences too, and nothing that no build asks for."""
    index_paths(tmp_path / "first", [CORPUS], BUNDLED)
    wanted = len(set(embedded))
    cache.unlink()
    embedded.clear()
    report = embed_paths_ahead([CORPUS], "bundled", AheadSettings(), index=tmp_path / "index")
    assert (report.read, report.failed) == (6, ())
    assert report.embedded == wanted == len(embedded) == kept(cache)
    assert report.texts == report.known + report.embedded
    embedded.clear()
    index_paths(tmp_path / "second", [CORPUS], BUNDLED)
    assert embedded == []
    assert vectors(tmp_path / "second") == vectors(tmp_path / "first")


def test_the_passages_of_an_index_are_embedded_ahead_too(tmp_path: Path, call: Path, embedded: list[str]) -> None:
    index_paths(tmp_path / "index", [call], BuildSettings(embedders=()))
    report = embed_index_ahead(tmp_path / "index", "bundled", AheadSettings())
    assert report.embedded == len(embedded) > report.passages > 0
    embedded.clear()
    told = CliRunner().invoke(app, ["embed", "--embedder", "bundled", "--index", str(tmp_path / "index"), "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["passages"] >= report.passages
    assert embedded == []


def test_vectors_that_cannot_be_kept_stop_the_work_with_an_error(tmp_path: Path, call: Path) -> None:
    with pytest.raises(VectorCacheError, match=r"vectors could not be kept.*--vector-cache"):
        embed_paths_ahead([call], "bundled", AheadSettings(vector_cache=0), index=tmp_path / "index")


def test_paths_and_files_are_told_of_as_a_build_tells_of_them(tmp_path: Path, call: Path) -> None:
    with pytest.raises(InvalidRequestError, match="no such file"):
        embed_paths_ahead([tmp_path / "absent"], "bundled", AheadSettings(), index=tmp_path / "index")
    (call / "empty.txt").write_text("")
    options = ["--embedder", "bundled", "--json"]
    some = CliRunner().invoke(app, ["embed", str(call), *options])
    assert (some.exit_code, json.loads(some.stdout)["failed"][0]["error"]) == (1, "EmptySourceError")
    none = CliRunner().invoke(app, ["embed", str(call / "empty.txt"), *options])
    assert none.exit_code == 2
    index = CliRunner().invoke(app, ["embed", *options, "--no-sentence-vectors", "--index", str(tmp_path / "index")])
    assert index.exit_code == 2
    assert "an index says itself" in " ".join(index.stderr.replace("│", " ").split())


@given(st.text("他说。？！ 增长 it grew. No?\n", max_size=60))
def test_the_texts_of_a_passage_are_itself_and_its_sentences(text: str) -> None:
    whole, *sentences = texts_to_embed(text, sentences=True)
    assert texts_to_embed(text, sentences=False) == [whole] == [text]
    spans = spans_to_embed(text)
    assert sentences == ([] if len(spans) == 1 else [text[start:end] for start, end in spans])


@pytest.mark.usefixtures("dask")
def test_workers_at_a_wrong_address_are_named(tmp_path: Path, call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.build.dask_workers._CONNECT_LIMIT", "1s")
    for address, why in (("example", "no address of a Dask scheduler"), ("tcp://127.0.0.1:9", "cannot be reached")):
        with pytest.raises(WorkersError, match=why):
            embed_paths_ahead([call], "bundled", AheadSettings(address=address), index=tmp_path / "index")


@pytest.mark.usefixtures("dask")
def test_a_cluster_that_runs_is_used_by_its_address(tmp_path: Path, call: Path, cache: Path) -> None:
    command = "from distributed import LocalCluster; c = LocalCluster(n_workers=1, dashboard_address=None); "
    command += "print(c.scheduler_address, flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": tmp_path}
    with subprocess.Popen([sys.executable, "-c", command], **pipes) as cluster:
        address = cluster.stdout.readline().strip()
        options = ["embed", str(call), "--embedder", "bundled", "--json"]
        told = CliRunner().invoke(app, [*options, "--address", address])
        cluster.communicate("\n")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["embedded"] == kept(cache) == 180
    assert CliRunner().invoke(app, [*options, "--address", address, "--workers", "2"]).exit_code == 2


def test_workers_without_dask_name_its_extra(tmp_path: Path, call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.build.dask_workers.find_spec", lambda _name: None)
    with pytest.raises(WorkersError, match=r"yuanhua\[cluster\]"):
        embed_paths_ahead([call], "bundled", AheadSettings(workers=2), index=tmp_path / "index")


@pytest.fixture
def running(call: Path, request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """Lend a run on two workers that rests after a part of its work; it ends with the test."""
    request.getfixturevalue("dask")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", EMBED, str(call)], **pipes) as process:
        yield process
        process.kill()


def wait_for_some(cache: Path, running: subprocess.Popen[str]) -> None:
    """Wait until a run has kept as many vectors as it writes at once."""
    deadline = time.monotonic() + 400
    while kept(cache) < 8:
        assert running.poll() is None, "it goes on"
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_that_is_killed_costs_no_vector(
    tmp_path: Path, call: Path, cache: Path, running: subprocess.Popen[str], embedded: list[str]
) -> None:
    wait_for_some(cache, running)
    psutil = import_module("psutil")
    below = psutil.Process(running.pid).children(recursive=True)
    workers = [process for process in below if "spawn_main" in " ".join(process.cmdline())]
    assert len(workers) == 2
    workers[0].send_signal(signal.SIGKILL)
    assert kept(cache) < 180, "it was killed before all was embedded"
    told, _ = running.communicate("\n", timeout=400)
    assert running.returncode == 0
    report = json.loads(told)
    assert report["embedded"] == kept(cache) == 180
    index_paths(tmp_path / "index", [call], BUNDLED)
    assert embedded == []


def test_a_run_on_workers_that_was_killed_goes_on_where_it_was(
    tmp_path: Path, call: Path, cache: Path, running: subprocess.Popen[str], embedded: list[str]
) -> None:
    wait_for_some(cache, running)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was killed before it had ended"
    before = kept(cache)
    report = embed_paths_ahead([call], "bundled", AheadSettings(), index=tmp_path / "index")
    assert report.embedded == len(embedded) == 180 - before
