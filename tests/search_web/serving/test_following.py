"""A server and its index when things break: the last good generation is answered from, and what is damaged is named."""

from __future__ import annotations

import json
import shutil
import signal
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import IndexDamagedError
from indexer.stores import digests
from indexer.stores.generations import PREPARED, current_name, generation_folder
from indexer.stores.index import IndexReader, check_index
from search_web.search.request import SearchRequest
from search_web.search.searcher import Searcher
from search_web.serving.following import Follower
from search_web.web.app import create_app
from search_web.web.generation import GENERATION_HEADER

from .conftest import until
from .test_serving import get

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Serving

    Spoken = Callable[[str], Path]

ZEBRA, WALRUS = "Our zebra margin rose.", "Our walrus margin rose."


def said(searcher: Searcher) -> list[str]:
    return [hit.text for hit in searcher.search(SearchRequest("margin")).hits]


def followed(index: Path) -> tuple[Searcher, Follower]:
    """Return a searcher as a server has it, with what looks after it, which here looks when it is told to."""
    searcher = Searcher(IndexReader(index))
    searcher.reader.lead()
    return searcher, Follower(searcher)


def look(follower: Follower, times: int = 3) -> None:
    for _ in range(times):
        follower.look()


def flip(path: Path) -> bytes:
    """Change one bit in the middle of a file; return what was there."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    return content


def test_a_server_moves_over_when_the_next_generation_is_sound_and_warm(spoken: Spoken) -> None:
    searcher, follower = followed(spoken(ZEBRA))
    look(follower)
    assert said(searcher) == [ZEBRA]
    index = spoken(WALRUS)
    assert said(searcher) == [ZEBRA], "nobody has prepared the new one"
    look(follower)
    assert said(searcher) == [WALRUS]
    assert searcher.reader.current().name == current_name(index)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_damage_to_any_file_leaves_the_last_good_generation_in_use(spoken: Spoken, tmp_path: Path, engine: str) -> None:
    """A reader is told; a server that runs, and one that starts, answer from the generation before."""
    settings = BuildSettings(keyword_engine=engine, embedders=("bundled",))
    index = tmp_path / "other index"
    for text in (ZEBRA, WALRUS):
        spoken(text)
        index_paths(index, [tmp_path / "call.txt"], settings)
    folder = generation_folder(index, current_name(index))
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.name != PREPARED]
    assert {"manifest.json", "passages.sqlite", "passages.faiss"} < {path.name for path in files}
    searcher, _ = followed(index)
    for path in [*files, index / "CURRENT"]:
        kept = flip(path)
        with pytest.raises(IndexDamagedError):
            IndexReader(index).current()
        searcher.reader = IndexReader(index)
        searcher.reader.lead()
        look(Follower(searcher))
        # Without CURRENT, the newest that is sound is what it named.
        assert said(searcher) == ([WALRUS] if path.name == "CURRENT" else [ZEBRA]), path
        assert searcher.reader.refused is not None, path
        path.write_bytes(kept)
    look(Follower(searcher))
    assert (said(searcher), searcher.reader.refused) == ([WALRUS], None), "what was put back is used again"


def test_a_large_index_that_is_damaged_is_left_as_soon_as_it_has_been_read(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files too large to be read at opening are compared by the server's next look."""
    monkeypatch.setattr(digests, "MOST_AT_OPENING", 0)
    spoken(ZEBRA)
    index = spoken(WALRUS)
    searcher, follower = followed(index)
    look(follower)
    path = generation_folder(index, current_name(index)) / "passages.sqlite"
    path.write_bytes(path.read_bytes().replace(b"walrus", b"walnut"))
    assert "walnut" in said(Searcher(IndexReader(index)))[0], "nothing else would notice"
    searcher.reader.doubted.set()
    look(follower)
    assert said(searcher) == [ZEBRA]


def test_without_any_good_generation_the_damage_is_named(spoken: Spoken) -> None:
    index = spoken(ZEBRA)
    flip(generation_folder(index, current_name(index)) / "passages.sqlite")
    searcher, follower = followed(index)
    look(follower)
    with pytest.raises(IndexDamagedError, match=r"passages\.sqlite: the file is not what was written.*--rebuild"):
        said(searcher)
    index_paths(index, [index.parent / "call.txt"], BuildSettings(rebuild=True, embedders=()))
    look(follower)
    assert said(searcher) == [ZEBRA]


def test_what_is_damaged_does_not_go_on_in_the_next_generation(
    spoken: Spoken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is too large to be read when it is opened."""
    monkeypatch.setattr(digests, "MOST_AT_OPENING", 0)
    index = spoken(ZEBRA)
    name = current_name(index)
    path = generation_folder(index, name) / "passages.sqlite"
    path.write_bytes(path.read_bytes().replace(b"zebra", b"zebro"))
    (tmp_path / "more.txt").write_text(f"Jane Roe: {WALRUS}\n", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"passages\.sqlite"):
        index_paths(index, [tmp_path / "more.txt"], BuildSettings(embedders=()))
    assert current_name(index) == name


@pytest.mark.parametrize("damaged", [flip, Path.unlink])
def test_damage_in_what_only_spares_work_hinders_nobody(
    spoken: Spoken, tmp_path: Path, damaged: Callable[[Path], None]
) -> None:
    """Readers do not read it, and a build works all of it out again; `yuanhua check` still tells of it."""
    index = spoken(ZEBRA)
    damaged(generation_folder(index, current_name(index)) / "prepared.sqlite")
    searcher, follower = followed(index)
    look(follower)
    assert searcher.reader.refused is None
    assert said(searcher) == [ZEBRA]
    (problem,) = check_index(index)
    assert problem.where.endswith("prepared.sqlite")
    (tmp_path / "more.txt").write_text(f"Jane Roe: {WALRUS}\n", encoding="utf-8")
    index_paths(index, [tmp_path / "more.txt"], BuildSettings(embedders=()))
    look(follower)
    assert set(said(searcher)) == {ZEBRA, WALRUS}
    assert check_index(index) == ()


def test_a_request_keeps_to_one_generation_and_says_which(spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is published while a page is made does not get into it."""
    index = spoken(ZEBRA)
    client = create_app(index).test_client()
    name = current_name(index)
    search = Searcher.search

    def published_meanwhile(self: Searcher, request: SearchRequest) -> object:
        response = search(self, request)
        if current_name(index) == name:
            spoken(WALRUS)
        return response

    monkeypatch.setattr(Searcher, "search", published_meanwhile)
    page = client.get("/?q=margin&mode=keyword")
    assert current_name(index) != name
    assert "walrus" not in page.get_data(as_text=True)
    assert page.headers[GENERATION_HEADER] == name
    answer = client.get("/api/v1/search?q=margin")
    assert answer.headers[GENERATION_HEADER] == answer.get_json()["generation"] == current_name(index)
    assert GENERATION_HEADER not in client.get("/healthz").headers


def test_a_cursor_of_a_generation_that_another_worker_has_moved_to_already_goes_on(spoken: Spoken) -> None:
    index = spoken(ZEBRA)
    behind, follower = followed(index)
    look(follower)
    text = "\n\n".join(f"Speaker {number % 2}: Our walrus margin rose by {number}." for number in range(3))
    spoken(text)
    ahead = Searcher(IndexReader(index))
    first = ahead.search(SearchRequest("walrus margin", limit=1))
    assert first.next_cursor is not None
    second = behind.search(SearchRequest("walrus margin", limit=1, cursor=first.next_cursor))
    assert second.generation == first.generation
    assert [hit.id for hit in second.hits] != [hit.id for hit in first.hits]


def test_a_generation_that_was_left_is_let_go(spoken: Spoken) -> None:
    """Not one file of it stays open or mapped once the last request is done."""
    index = spoken(ZEBRA)
    searcher, follower = followed(index)
    look(follower)
    with searcher.reader.one_generation():
        assert said(searcher) == [ZEBRA]
        left = current_name(index)
        spoken(WALRUS)
        look(follower)
        assert said(searcher) == [ZEBRA], "work that has begun keeps to what it began with"
    assert said(searcher) == [WALRUS]
    opened = []
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # Other threads close some of them meanwhile.
            opened.append(str(entry.readlink()))
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    assert not [line for line in (*opened, *mapped) if f"{index}/generations/{left}" in line]


def test_killed_servers_leave_the_address_and_slow_bodies_leave_room(serving: Serving, spoken: Spoken) -> None:
    """Twelve clients that never send the rest of a body are waited for by half of the threads; then kill -9."""
    index = spoken(ZEBRA)
    with serving("--index", str(index), "--threads", "2") as served, ExitStack() as held:
        place = urlsplit(served.url)
        for _ in range(12):
            client = held.enter_context(socket.create_connection((place.hostname, place.port)))
            client.sendall(
                b"POST /api/v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                b'Content-Length: 99\r\n\r\n{"name": "'
            )
        assert json.loads(get(f"{served.url}api/v1/search?q=zebra")[2])["total"] == 1
        served.stop(signal.SIGKILL)
        held.close()
        assert until(lambda: can_listen(place.hostname or "", place.port or 0)), "its worker still listens"


def can_listen(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_server((host, port)):
        return True
    return False


def test_a_damaged_generation_is_refused_by_a_running_server(serving: Serving, spoken: Spoken, tmp_path: Path) -> None:
    index = spoken(ZEBRA)
    spoken_in = current_name(index)
    with serving("--index", str(index)) as served:
        shutil.copytree(index, tmp_path / "aside")
        damaged = tmp_path / "aside" / "generations" / "000002-aaaaaa"
        (tmp_path / "aside" / "generations" / spoken_in).rename(damaged)
        flip(damaged / "passages.sqlite")
        damaged.rename(index / "generations" / damaged.name)
        (tmp_path / "CURRENT").write_text(damaged.name)
        (tmp_path / "CURRENT").replace(index / "CURRENT")
        assert until(lambda: "refused" in get(f"{served.url}readyz")[2])
        ready = json.loads(get(f"{served.url}readyz")[2])
        assert ready["generation"] == spoken_in
        assert "passages.sqlite" in ready["refused"]
        assert json.loads(get(f"{served.url}api/v1/search?q=zebra")[2])["total"] == 1
        assert "yuanhua_index_refused 1.0" in get(f"{served.url}metrics")[2]
