"""People with accounts, and clients of the application that are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.web.current import current_doors
from search_web.web.form_tokens import HEADER, form_token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.testing import FlaskClient

    from search_web.access.model import AccountRole, Person


class People:
    """The accounts of a server, by their names in small letters; each has a token and is signed in."""

    def __init__(self, app: Flask, roles: Mapping[str, AccountRole]) -> None:
        self._app = app
        self._people: dict[str, Person] = {}
        self._tokens: dict[str, str] = {}
        self._sessions: dict[str, str] = {}
        with app.app_context():
            doors = current_doors()
            for name, role in roles.items():
                person = doors.accounts.add(name.capitalize(), f"{name} on a long walk", role).person
                self._people[name] = person
                self._tokens[name] = doors.tokens.make(person, "walk", person.scopes)[1]
                self._sessions[name] = doors.sessions.open(str(person.id), address="127.0.0.1", agent="test")

    def __getitem__(self, name: str) -> Person:
        return self._people[name]

    def client(self, name: str, *, browser: bool = False) -> FlaskClient:
        """Return a client with the token of somebody, or the `browser` that they are signed in with; of nobody, neither."""
        client = self._app.test_client()
        if name not in self._people:
            return client
        if browser:
            client.set_cookie("yuanhua_session", self._sessions[name])
            client.environ_base[f"HTTP_{HEADER.upper().replace('-', '_')}"] = form_token(self._sessions[name])
        else:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self._tokens[name]}"
        return client
