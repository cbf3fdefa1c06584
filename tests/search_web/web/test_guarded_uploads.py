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
    assert (entry.person, entry.action) == ("Wen", "uploading.receive")
