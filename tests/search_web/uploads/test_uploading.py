"""From a file on somebody's desk to a transcript that is found: looked at, put right, confirmed, and removed again."""

from __future__ import annotations

import json
import resource
import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.errors import UploadSpaceError
from indexer.stores.generations import current_name, generation_folder
from indexer.stores.index import IndexWriter, check_index
from indexer.stores.manifest import MANIFEST, load_manifest
from search_web.uploads.model import Limits
from search_web.uploads.queue import Queue
from search_web.uploads.worker import work
from search_web.web.app import create_app

from .conftest import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Desk

CORPUS = Path(__file__).parents[3] / "corpus"
CALL = (
    "Northwind Kilns third quarter call\n\nOperator: Good day.\n\nAda North -- Chief Executive Officer: The walrus kiln is lit, and orders rose by a fifth.\n\n"
    "Ben South -- Harbour Bank -- Analyst: How many kilns will you light next year?\n\nAda North: Three more, all of them in the north.\n"
)


def test_a_file_is_read_for_a_look_and_found_only_after_it_was_confirmed(desk: Desk) -> None:
    upload = desk.sent("northwind q3.txt", CALL)
    assert desk.one(upload)["state"] == "received"
    desk.work()
    seen = desk.one(upload)
    assert seen["state"] == "draft"
    assert [speaker["name"] for speaker in seen["reading"]["speakers"]] == ["Operator", "Ada North", "Ben South"]
    assert seen["reading"]["questions"][0]["asker"] == "Ben South"
    page = desk.client.get(f"/uploads/{upload}").text
    assert "Chief Executive Officer" in page
    assert "The walrus kiln is lit" in page
    assert desk.found("walrus") == []

    assert desk.client.post(f"/uploads/{upload}/confirm").status_code == 303
    desk.work()
    done = desk.one(upload)
    assert (done["state"], desk.found("walrus"), desk.found("zebra")) == ("done", ["Ada North"], ["Jane Roe"])
    assert f"/transcripts/{done['transcript_id']}" in desk.client.get("/uploads").text
    assert desk.files() == [f"northwind q3 {upload}/northwind q3.txt"]
    manifest = load_manifest(generation_folder(desk.index, current_name(desk.index)) / MANIFEST, index=desk.index)
    assert manifest.roots == (str(desk.folder / "calls"), str(desk.library))
    assert check_index(desk.index) == ()


def test_whoever_indexes_other_folders_takes_no_upload_away(desk: Desk) -> None:
    upload = desk.sent("northwind.txt", CALL)
    desk.work()
    desk.confirm(upload)
    desk.work()
    (desk.folder / "calls" / "second.txt").write_text(FIRST.replace("zebra", "badger"), encoding="utf-8")
    index_paths(desk.index, [desk.folder / "calls"])
    assert (len(desk.found("walrus")), len(desk.found("badger"))) == (1, 1)
    report = index_paths(desk.index, [desk.library])
    assert len(report.unchanged) == 1
    assert not report.changed

    index_paths(desk.index, [desk.folder / "calls"], BuildSettings(rebuild=True, embedders=()))
    assert desk.found("walrus") == []
    assert "No longer in the index" in desk.client.get("/uploads").text
    assert desk.client.post(f"/uploads/{upload}/retry").status_code == 303
    desk.work()
    assert desk.found("walrus") == ["Ada North"]


def test_what_is_removed_leaves_the_index_and_the_library(desk: Desk) -> None:
    upload, other = desk.sent("northwind.txt", CALL), desk.sent("southwind.txt", CALL.replace("walrus", "otter"))
    desk.work()
    assert desk.client.post("/uploads/confirm").status_code == 303
    desk.work()
    tag = desk.client.get(f"/api/v1/uploads/{upload}").headers["ETag"]
    assert desk.client.delete(f"/api/v1/uploads/{upload}").status_code == 428
    assert desk.client.delete(f"/api/v1/uploads/{upload}", headers={"If-Match": tag}).status_code == 204
    assert desk.one(upload)["state"] == "removing"
    desk.work()
    assert (desk.one(upload)["state"], desk.one(other)["state"]) == ("gone", "done")
    assert (desk.found("walrus"), desk.found("otter"), desk.found("zebra")) == ([], ["Ada North"], ["Jane Roe"])
    assert desk.files() == [f"southwind {other}/southwind.txt"]


def test_what_people_state_stands_above_what_the_file_says(desk: Desk) -> None:
    upload = desk.sent("northwind.txt", CALL)
    desk.work()
    address = f"/api/v1/uploads/{upload}"
    tag = desk.client.get(address).headers["ETag"]
    stated = {"company": '北风 "Kilns" \\ Co', "period": "2024q3", "date": "2024-10-30"}
    assert desk.client.patch(address, json=stated).status_code == 428
    assert desk.client.patch(address, json=stated, headers={"If-Match": tag}).status_code == 200
    assert desk.client.patch(address, json={"company": "x"}, headers={"If-Match": tag}).status_code == 412
    assert desk.confirm(upload).status_code == 409
    desk.work()
    summary = desk.one(upload)["summary"]
    assert (summary["company"], summary["period"], summary["date"]) == (stated["company"], "2024Q3", "2024-10-30")

    refused = desk.client.post(f"/uploads/{upload}", data={"date": "30 October", "company": "Kept"})
    assert refused.status_code == 400
    assert 'value="Kept"' in refused.text
    assert "2024-05-02" in refused.text
    assert desk.client.post(f"/uploads/{upload}", data={"period": ""}).status_code == 303
    desk.work()
    assert desk.one(upload)["stated"] == {"company": stated["company"], "date": "2024-10-30"}
    desk.confirm(upload)
    desk.work()
    assert (
        desk.client.get(f"/api/v1/transcripts/{desk.one(upload)['transcript_id']}").json["company"] == stated["company"]
    )
    assert desk.files() == [f"northwind {upload}/northwind.txt", f"northwind {upload}/northwind.txt.toml"]


def test_each_file_of_a_request_has_its_own_error(desk: Desk) -> None:
    answer = desk.send(
        ("good.txt", CALL),
        ("tool.exe", b"MZ"),
        ("empty.txt", b""),
        ("again.txt", CALL),
        ("broken.pdf", b"%PDF-1.7\nno"),
    )
    assert answer.status_code == 201
    assert [one["name"] for one in answer.json["uploads"]] == ["good.txt", "broken.pdf"]
    problems = {one["name"]: (one["status"], one["type"].rpartition(":")[2]) for one in answer.json["problems"]}
    assert problems == {
        "tool.exe": (415, "unsupported-format"),
        "empty.txt": (422, "empty-source"),
        "again.txt": (409, "duplicate-upload"),
    }
    desk.work()
    broken = desk.one(answer.json["uploads"][1]["id"])
    assert (broken["state"], broken["trouble"]["error"]) == ("unreadable", "DamagedSourceError")
    assert str(desk.folder) not in json.dumps(broken)
    assert desk.confirm(broken["id"]).status_code == 409
    page = desk.client.get("/uploads?locale=zh").text
    assert "文件已损坏" in page
    assert desk.client.post(f"/uploads/{broken['id']}/remove").status_code == 303
    assert len(desk.files()) == 1

    none = desk.send(("tool.exe", b"MZ"), ("again.txt", CALL))
    assert (none.status_code, none.json["type"]) == (422, "urn:yuanhua:problem:upload")
    assert "tool.exe: no reader takes" in none.json["detail"]
    assert "again.txt: the same file was uploaded before" in none.json["detail"]
    alone = desk.send(("tool.exe", b"MZ"))
    assert (alone.status_code, alone.mimetype) == (415, "application/problem+json")


def test_one_file_may_be_the_body_itself_and_one_that_is_too_large_is_refused_and_not_kept(desk: Desk) -> None:
    made = desk.client.post("/api/v1/uploads?name=call.txt", data=CALL.encode(), content_type="text/plain")
    assert made.status_code == 201
    assert desk.client.get(made.headers["Location"]).json["name"] == made.json["uploads"][0]["name"] == "call.txt"
    large = desk.client.post("/api/v1/uploads?name=large.txt", data=b"x" * (65 * 1024**2), content_type="text/plain")
    assert (large.status_code, large.json["type"]) == (413, "urn:yuanhua:problem:oversized-source")
    assert desk.client.post("/api/v1/uploads", data=b"x", content_type="application/pdf").status_code == 400
    assert desk.client.post("/api/v1/uploads", data={"file": "words"}).status_code == 400
    assert len(desk.files()) == 1


def test_the_index_is_asked_whether_it_has_the_call_already(desk: Desk) -> None:
    text = (CORPUS / "fenwick-harbor-q3-2024-call-en.txt").read_text(encoding="utf-8")
    index_paths(desk.index, [CORPUS])
    same, alike = desk.sent("fenwick.txt", text), desk.sent("fenwick draft.txt", text[: len(text) * 2 // 3])
    desk.work()
    known = next(info for info in desk.client.get("/api/v1/transcripts").json["transcripts"] if "q3" in info["id"])
    assert desk.one(same)["summary"]["same_as"] == known["id"]
    assert desk.confirm(same).status_code == 409
    (other,) = desk.one(alike)["reading"]["alike"]
    assert (other["id"], other["fuller"]) == (known["id"], False)
    assert other["share"] > 0.9


def test_drafts_are_let_go_when_nobody_has_touched_them_and_there_may_be_only_so_many(desk: Desk) -> None:
    desk.sent("northwind.txt", CALL)
    desk.work()
    limited = desk.uploads(limits=Limits(pending_files=1))
    with limited.incoming("second.txt") as incoming:
        incoming.write(b"Jane Roe: More.\n")
        with pytest.raises(UploadSpaceError, match="1 files wait"):
            limited.receive(incoming)
    later = desk.uploads(clock=lambda: datetime.now(UTC) + timedelta(days=15))
    assert not desk.uploads().has_work()
    assert later.has_work()
    work(Queue(later), desk.index, Event(), linger=0.0)
    assert (later.all(), desk.files(), later.has_work()) == ((), [], False)


@contextmanager
def no_room_for(size: int) -> Iterator[None]:
    """Let the system refuse every file to grow beyond so many bytes, as a full disk does."""
    handler, limits = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


def test_where_there_is_no_room_that_is_said_and_nothing_is_half_written(desk: Desk) -> None:
    desk.sent("small.txt", CALL)
    with no_room_for(1 << 20):
        large = b"x" * (2 << 20)
        answer = desk.client.post("/api/v1/uploads?name=large.txt", data=large, content_type="text/plain")
    assert (answer.status_code, answer.json["type"]) == (507, "urn:yuanhua:problem:upload-space")
    assert len(desk.files()) == 1
    assert desk.client.get("/api/v1/uploads").json["total"] == 1


def test_while_another_process_writes_the_index_uploads_wait(desk: Desk) -> None:
    upload = desk.sent("northwind.txt", CALL)
    desk.work()
    desk.confirm(upload)
    with IndexWriter(desk.index):
        worker = Thread(target=desk.work)
        worker.start()
        deadline = time.monotonic() + 180
        while (desk.one(upload)["trouble"] or {}).get("error") != "IndexLockedError" and time.monotonic() < deadline:
            worker.join(0.1)
        assert desk.one(upload)["state"] in {"waiting", "indexing"}
        assert "being written by somebody else" in desk.client.get("/uploads").text
    worker.join(180)
    assert (desk.one(upload)["state"], desk.found("walrus")) == ("done", ["Ada North"])


def test_of_two_that_want_to_work_one_does(desk: Desk) -> None:
    for name in ("walrus", "otter", "heron"):
        desk.sent(f"{name}.txt", CALL.replace("walrus", name))
    desk.work()
    before = current_name(desk.index)
    desk.client.post("/uploads/confirm")
    workers = [Thread(target=desk.work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(180)
    assert {one["state"] for one in desk.client.get("/api/v1/uploads").json["uploads"]} == {"done"}
    assert int(current_name(desk.index)[:6]) == int(before[:6]) + 1
    assert [len(desk.found(name)) for name in ("walrus", "otter", "heron")] == [1, 1, 1]


def test_a_file_on_which_the_process_ended_again_and_again_is_given_up(desk: Desk) -> None:
    upload = desk.sent("northwind.txt", CALL)
    queue = Queue(desk.uploads())
    for _ in range(3):
        assert queue.next_to_read() is not None
        queue.recover()
    assert desk.one(upload)["state"] == "unreadable"
    desk.client.post(f"/uploads/{upload}/read")
    desk.work()
    desk.confirm(upload)
    other = desk.sent("other.txt", CALL.replace("walrus", "otter"))
    desk.work()
    desk.client.post(f"/api/v1/uploads/{upload}/retry")
    desk.confirm(other)
    assert len(queue.take_jobs()[0]) == 2
    queue.recover()
    assert [len(queue.take_jobs()[0]) for _ in range(2)] == [1, 1], "what was cut off is taken alone"


def test_where_uploads_are_off_or_cannot_be_kept_the_page_says_so(desk: Desk) -> None:
    off = create_app(desk.index, library=Path("none")).test_client()
    assert "--library is none" in off.get("/uploads").text
    assert 'type="file"' not in off.get("/uploads").text
    answer = off.post("/api/v1/uploads?name=a.txt", data=b"x", content_type="text/plain")
    assert (answer.status_code, answer.json["type"]) == (503, "urn:yuanhua:problem:uploads-unavailable")
    hindered = create_app(desk.index, library=desk.folder / "calls" / "first.txt").test_client()
    assert "cannot be written" in hindered.get("/uploads").text
    assert "无法写入" in hindered.get("/uploads?locale=zh").text


def test_pages_of_other_sites_send_nothing(desk: Desk) -> None:
    for address in ("/uploads", "/api/v1/uploads?name=a.txt"):
        answer = desk.client.post(address, data=CALL.encode(), headers={"Origin": "https://elsewhere.example"})
        assert answer.status_code == 403
    assert desk.files() == []
