"""Who may upload where there are accounts: those with the scope, from a form of this site, and the log says who did."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from search_web.access.model import AccountRole, Scope
from search_web.web.current import current_uploads

from .guarded_site import form_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .guarded_site import Site

CALL = b"Ada North: The walrus kiln is lit.\n"


@pytest.fixture
def guarded(site_of: Callable[..., Site], tmp_path: Path) -> Site:
    """Return a site whose library nobody else writes to."""
    (tmp_path / "first.txt").write_text("Jane Roe: Our zebra margin rose.\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "first.txt"], BuildSettings(embedders=()))
    return site_of(tmp_path / "index")


def test_writers_upload_with_the_token_of_their_page_and_others_leave_nothing(guarded: Site) -> None:
    def sent(**fields: str) -> dict[str, object]:
        return {"data": {**fields, "file": (io.BytesIO(CALL), "call.txt")}, "content_type": "multipart/form-data"}

    assert guarded.client().post("/uploads", **sent()).status_code == 303
    reader = guarded.client(AccountRole.READER)
    assert reader.get("/uploads").status_code == 403
    assert 'href="/uploads"' not in reader.get("/").text
    assert reader.post("/uploads", **sent()).status_code == 403

    writer = guarded.client(AccountRole.WRITER)
    page = writer.get("/uploads")
    assert writer.post("/uploads", **sent()).status_code == 403
    with guarded.app.app_context():
        library = current_uploads().library.folder
    assert [path for path in library.rglob("*") if path.is_file()] == []

    assert writer.post("/uploads", **sent(csrf_token=form_token(page))).status_code == 303
    only_reads = guarded.token(AccountRole.WRITER, [Scope.SEARCH])
    indexes = guarded.token(AccountRole.WRITER, [Scope.INDEX])
    assert writer.get("/api/v1/uploads", headers=only_reads).status_code == 403
    (upload,) = guarded.client().get("/api/v1/uploads", headers=indexes).json["uploads"]
    assert upload["owner"] == guarded.doors.accounts.get("Wen").id
    entry = guarded.doors.audit.entries()[0]
    assert (entry.person, entry.action, entry.object) == ("Wen", "uploading.receive", f"/uploads/{upload['id']}")


def test_the_audit_log_names_each_of_several_uploads(guarded: Site) -> None:
    headers = guarded.token(AccountRole.WRITER, [Scope.INDEX])
    files = [(io.BytesIO(f"Ann: Sales grew by {number}%.".encode()), f"call-{number}.txt") for number in range(30)]
    made = guarded.client().post("/api/v1/uploads", data={"file": files}, headers=headers).json["uploads"]
    assert len(made) == 30
    entry = guarded.doors.audit.entries()[0]
    named = entry.object.split()
    assert named[:-1] == [f"/uploads/{one['id']}" for one in made][: len(named) - 1]
    assert named[-1] == f"+{30 - len(named) + 1}"
    page = guarded.client(AccountRole.ADMIN).get("/audit").text
    assert all(f'<a href="{address}"><code>{address}</code></a>' in page for address in named[:-1])
