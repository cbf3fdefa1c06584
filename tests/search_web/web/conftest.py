"""The application over a real index of the project's own sample transcripts."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from described import check_described
from flask.testing import FlaskClient

from indexer.build import BuildSettings, index_paths
from search_web.access.doors import Doors
from search_web.access.settings import AccessSettings
from search_web.web.app import create_app

from .guarded_site import NAMES, PASSWORD, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def index(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of corpus/, with words and meaning."""
    return shutil.copytree(corpus_index, tmp_path_factory.mktemp("web") / "index")


@pytest.fixture(scope="session")
def client(index: Path) -> FlaskClient:
    """Return a client of the application over the samples."""
    return create_app(index).test_client()


@pytest.fixture
def client_of(tmp_path: Path) -> Callable[[str], FlaskClient]:
    """Return a function that indexes one text, by words only, and returns a client of the application."""

    def build(text: str) -> FlaskClient:
        file = tmp_path / "call.txt"
        file.write_text(text, encoding="utf-8")
        index_paths(tmp_path / "index", [file], BuildSettings(embedders=()))
        return create_app(tmp_path / "index").test_client()

    return build


@pytest.fixture(scope="session")
def _accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a notebook with an account of each role: passwords take their time, so that it is made once."""
    file = tmp_path_factory.mktemp("accounts") / "notebook.sqlite"
    doors = Doors(file)
    for role, name in NAMES.items():
        doors.accounts.add(name, PASSWORD, role)
    return file


@pytest.fixture
def site_of(_accounts: Path, tmp_path: Path) -> Callable[..., Site]:
    """Return what makes a site with accounts over an index."""

    def build(index: Path, **settings: object) -> Site:
        file = tmp_path / "notebook.sqlite"
        with sqlite3.connect(_accounts) as source, sqlite3.connect(file) as target:
            source.backup(target)
        source.close()
        target.close()
        access = AccessSettings(**settings)
        return Site(create_app(index, notebook=file, access=access), Doors(file, access), file)

    return build


@pytest.fixture
def site(site_of: Callable[..., Site], index: Path) -> Site:
    """Return a site with an account of each role over the samples."""
    return site_of(index)


@pytest.fixture(scope="session", autouse=True)
def _answers_are_as_described() -> Iterator[None]:
    """Hold every answer of the API that any test gets against the description of the API."""
    opened = FlaskClient.open

    def checked(self: FlaskClient, *args: Any, **kwargs: Any) -> Any:
        answer = opened(self, *args, **kwargs)
        check_described(self.application, answer)
        return answer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FlaskClient, "open", checked)
        yield
