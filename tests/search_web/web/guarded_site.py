"""A site with accounts, and clients who have signed in to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.access.model import AccountRole, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from search_web.access.doors import Doors

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for a test.
NAMES = {AccountRole.READER: "rui", AccountRole.WRITER: "Wen", AccountRole.ADMIN: "艾达"}


@dataclass(frozen=True, slots=True)
class Site:
    """An application with an account of each role."""

    app: Flask
    doors: Doors
    file: Path

    def client(self, role: AccountRole | None = None) -> FlaskClient:
        """Return a browser in which the account of this role has signed in, or nobody."""
        client = self.app.test_client()
        if role is not None:
            account = self.doors.accounts.get(NAMES[role])
            client.set_cookie("yuanhua_session", self.doors.sessions.open(account.id, address="", agent="test"))
        return client

    def token(self, role: AccountRole, scopes: Iterable[Scope]) -> dict[str, str]:
        """Return the headers of a program that comes with a new token of these scopes."""
        owner = self.doors.accounts.get(NAMES[role]).person
        name = f"test {len(self.doors.tokens.of(None))}"
        return {"Authorization": f"Bearer {self.doors.tokens.make(owner, name, scopes)[1]}"}


def form_token(page: TestResponse) -> str:
    """Return the token that the forms of a page carry."""
    (found,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page.text)[:1])
    return found


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD, onward: str = "", **more: str) -> TestResponse:
    """Fill in the form to sign in and send it."""
    token = form_token(client.get("/sign-in"))
    fields = {"name": name, "password": password, "next": onward, "csrf_token": token, **more}
    return client.post("/sign-in", data=fields)
