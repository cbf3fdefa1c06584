"""Who asks: whoever sits at the machine, and on a server with accounts nobody, a reader, a writer or an admin."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from search_web.access.doors import Doors
from search_web.access.model import AccountRole
from search_web.notebook.database import Notebook
from search_web.uploads.library import Library
from search_web.uploads.model import UploadState
from search_web.uploads.queue import Queue
from search_web.uploads.store import Uploads
from search_web.uploads.worker import work
from search_web.web.app import create_app
from search_web.web.form_tokens import HEADER, form_token

if TYPE_CHECKING:
    import random
    from collections import Counter
    from pathlib import Path

    from flask import Flask

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for this alone.
TEXT = "Operator: Welcome.\n\nJane Roe: Our hostile margin rose.\n"


@dataclass(slots=True)
class Site:
    """An application with its notebook, and in it the accounts that ask: none where everybody may do everything."""

    app: Flask
    index: Path
    notebook: Path
    doors: Doors | None = None
    real: dict[str, str] = field(default_factory=dict)
    _secrets: dict[AccountRole, str] = field(default_factory=dict)
    _tokens: dict[AccountRole, str] = field(default_factory=dict)

    def asking(self, chance: random.Random) -> tuple[str, dict[str, str]]:
        """Return who asks this time, and how they are known: by a token, or by a cookie with the token of a form."""
        if self.doors is None:
            return "local", {}
        role = chance.choice((None, *AccountRole))
        if role is None:
            return "nobody", {}
        if chance.random() < 0.5:
            return role, {"Authorization": f"Bearer {self._token(role)}"}
        secret = self._secret(role)
        return role, {"Cookie": f"yuanhua_session={secret}", HEADER: form_token(secret)}

    def _token(self, role: AccountRole) -> str:
        assert self.doors is not None  # noqa: S101 - for the types.
        if role not in self._tokens or self.doors.tokens.person(self._tokens[role]) is None:
            owner = self.doors.accounts.get(role).person
            self._tokens[role] = self.doors.tokens.make(owner, "hostile", owner.scopes)[1]
        return self._tokens[role]

    def _secret(self, role: AccountRole) -> str:
        assert self.doors is not None  # noqa: S101 - for the types.
        if role not in self._secrets or self.doors.sessions.person(self._secrets[role]) is None:
            account = self.doors.accounts.get(role)
            self._secrets[role] = self.doors.sessions.open(account.id, address="", agent="")
        return self._secrets[role]

    def learn(self) -> None:
        """Find or make one of everything that addresses name, so that some of them lead somewhere."""
        client = self.app.test_client()
        headers = {"Authorization": f"Bearer {self._token(AccountRole.ADMIN)}"} if self.doors else {}

        def made(where: str, **body: object) -> dict[str, str]:
            answer = client.post(where, json=body, headers=headers).get_json(silent=True)
            return answer if isinstance(answer, dict) else {}

        # What is loaded once in the life of a server is not what a request costs.
        client.get("/readyz")
        client.get("/search.csv?q=现金流 cash", headers=headers)
        hits = client.get("/api/v1/search?q=cash&mode=keyword", headers=headers).get_json()["hits"]
        self.real |= {"passage_id": hits[0]["id"], "transcript_id": hits[0]["transcript"]["id"]}
        self.real |= {"name": hits[0]["speaker"]["name"]}
        collection = made("/api/v1/collections", name="hostile").get("id", "")
        quote = made(f"/api/v1/collections/{collection}/quotes", passage_id=hits[0]["id"]).get("id", "")
        search = made("/api/v1/searches", name="hostile", arguments=[["q", "cash"]]).get("id", "")
        link = made(f"/api/v1/collections/{collection}/links")
        token = made("/api/v1/tokens", name="hostile", scopes=["search"])
        sent = client.post("/api/v1/uploads?name=call.txt", data=TEXT, headers=headers).get_json()
        self.real |= {
            "collection_id": collection,
            "quote_id": quote,
            "search_id": search,
            "link_id": link.get("id", ""),
            "secret": link.get("url", "").rpartition("/")[2],
            "token_id": token.get("id", ""),
        }
        for one in sent.get("uploads", ()):
            self.real["upload_id"] = one["id"]
        self.real = {name: value for name, value in self.real.items() if value}

    def work(self, became: Counter[str]) -> None:
        """Read and index what was sent, as the server's own process would, note what became of it, and let it go."""
        uploads = Uploads(Notebook(self.notebook), Library(self.notebook.with_name(f"{self.notebook.stem}-library")))
        before = {one.id for one in uploads.all()}
        work(Queue(uploads), self.index, Event(), linger=0.0)
        for one in uploads.all():
            if one.id in before:
                became[one.state] += 1
        uploads.discard_all()


def open_site(scratch: Path, index: Path) -> Site:
    """Return an application without accounts."""
    notebook = scratch / "open.sqlite"
    site = Site(create_app(index, notebook=notebook, library=scratch / "open-library"), index, notebook)
    site.learn()
    return site


def guarded_site(scratch: Path, index: Path) -> Site:
    """Return an application with an account of each role, whose name is the role."""
    notebook = scratch / "guarded.sqlite"
    doors = Doors(notebook)
    for role in AccountRole:
        doors.accounts.add(role, PASSWORD, role)
    site = Site(create_app(index, notebook=notebook, library=scratch / "guarded-library"), index, notebook, doors)
    site.learn()
    return site


UNFINISHED = (UploadState.RECEIVED, UploadState.READING)
"""What no upload may be when all has been worked on."""
