"""A server with one call in its index, which takes uploads, and what works on them when a test says so."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient

from indexer.build import BuildSettings, index_paths
from search_web.notebook.database import Notebook
from search_web.uploads.library import Library
from search_web.uploads.queue import Queue
from search_web.uploads.store import Uploads
from search_web.uploads.worker import work
from search_web.web.app import create_app

from ..web.described import check_described  # noqa: TID252 - tests are no package.

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

FIRST = "Operator: Welcome.\n\nJane Roe: Our zebra margin rose in the spring, and we hired nobody.\n"


@dataclass
class Desk:
    """The index, the library of uploads, and a client of the site over them."""

    folder: Path
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / "calls").mkdir()
        (self.folder / "calls" / "first.txt").write_text(FIRST, encoding="utf-8")
        index_paths(self.index, [self.folder / "calls"], BuildSettings(embedders=()))
        app = create_app(self.index)
        app.test_client_class = DescribedClient
        self.client = app.test_client()

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def library(self) -> Path:
        return self.folder / "index-library"

    def uploads(self, **more: Any) -> Uploads:
        return Uploads(Notebook(self.folder / "index-notebook.sqlite"), Library(self.library), **more)

    def send(self, *files: tuple[str, bytes | str]) -> TestResponse:
        parts = [(io.BytesIO(data.encode() if isinstance(data, str) else data), name) for name, data in files]
        return self.client.post("/api/v1/uploads", data={"file": parts}, content_type="multipart/form-data")

    def sent(self, name: str, data: bytes | str) -> str:
        answer = self.send((name, data))
        assert answer.status_code == 201, answer.text
        return str(answer.json["uploads"][0]["id"])

    def work(self) -> None:
        work(Queue(self.uploads()), self.index, Event(), linger=0.0)

    def one(self, upload_id: str) -> dict[str, Any]:
        answer = self.client.get(f"/api/v1/uploads/{upload_id}")
        return dict(answer.json) if answer.status_code == 200 else {"state": "gone"}

    def confirm(self, upload_id: str) -> TestResponse:
        return self.client.post(f"/api/v1/uploads/{upload_id}/confirm")

    def found(self, query: str) -> list[str]:
        hits = self.client.get("/api/v1/search", query_string={"q": query, "mode": "keyword"}).json["hits"]
        return [hit["speaker"]["name"] for hit in hits]

    def files(self) -> list[str]:
        """Return the files of the library, by their paths in it."""
        found = (path for path in self.library.rglob("*") if path.is_file() and path.name != ".worker")
        return sorted(path.relative_to(self.library).as_posix() for path in found)


class DescribedClient(FlaskClient):
    """A client that holds every answer of the API against the description of the API."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().open(*args, **kwargs)
        check_described(self.application, answer)
        return answer


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
