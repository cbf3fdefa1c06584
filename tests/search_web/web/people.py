"""People with accounts, and clients of the application that are signed in as one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request

from search_web.access.model import NOBODY, AccountRole, Person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient


class People:
    """The accounts of a server, by their names in small letters."""

    def __init__(self, app: Flask, file: Path, roles: Mapping[str, AccountRole]) -> None:
        self._app = app
        self._persons = {
            name: Person(name.capitalize(), name.capitalize(), role.scopes) for name, role in roles.items()
        }

        @app.before_request
        def identify() -> None:
            g.person = self._persons.get(request.headers.get("X-Person", ""), NOBODY)

    def __getitem__(self, name: str) -> Person:
        return self._persons[name]

    def client(self, name: str, *, form: bool = False) -> FlaskClient:
        client = self._app.test_client()
        client.environ_base["HTTP_X_PERSON"] = name
        return client
