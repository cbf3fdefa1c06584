"""The command that says who sees a collection: share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urljoin

import typer

from indexer.cli import IndexOption, JsonOption, fail, main_guard, print_json
from search_web.quotes.model import Visibility
from search_web.quotes_cli.options import CollectionArgument, NotebookOption, accounts_of, links_of, store_of

if TYPE_CHECKING:
    from search_web.quotes.links import Link
    from search_web.quotes.model import Collection

VisibilityOption = Annotated[
    Visibility | None, typer.Option("--visibility", help="Who sees it: its owner (private) or the team.")
]


@main_guard()
def share(
    collection: CollectionArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    visibility: VisibilityOption = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Hand it over to this account.", metavar="NAME")] = None,
    link: Annotated[bool, typer.Option("--link", help="Make a link by which anybody reads it.")] = False,
    days: Annotated[int | None, typer.Option("--days", help="For how many days the link works.", metavar="N")] = None,
    revoke: Annotated[str | None, typer.Option("--revoke", help="Let the link with this id end.", metavar="ID")] = None,
    base_url: Annotated[str, typer.Option(help="The address of the server, for links.", metavar="URL")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say who sees a collection, make and revoke links to it; without options, tell how it is shared."""
    from search_web.quotes.json_view import collection_json
    from search_web.quotes.links_json import links_json, new_link_json
    from search_web.quotes_cli.printing import say

    if days is not None and not link:
        fail("--days: it is for how long a new link works; add --link")
    said = ("quotes share", collection)
    store, links = store_of(index, notebook, *said), links_of(index, notebook, *said)
    accounts = accounts_of(index, notebook)
    found = store.named(collection)
    if visibility or owner:
        new_owner = None if owner is None else accounts.get(owner).id
        found = store.edit(found.id, visibility=visibility, owner=new_owner)
    if revoke is not None:
        links.revoke(found.id, revoke)
    made = links.make(found.id, days) if link else None
    names = accounts.names([found.owner] if found.owner else [])
    address = "" if made is None else urljoin(base_url, f"/shared/{made.secret}")
    if as_json:
        new = {} if made is None else {"new_link": new_link_json(made, address)}
        told = {key: value for key, value in collection_json(found, names).items() if key != "quotes"}
        print_json({**told, **links_json(links.to(found.id)), **new})
        return
    say(_told(found, names.get(found.owner or "", "")))
    for one in links.to(found.id):
        say(_line(one))
    if made is not None:
        say(f"The new link, shown this once: {address}")


def _told(found: Collection, owner: str) -> str:
    if found.owner is None:
        return f"“{found.name}” ({found.id}) belongs to the team"
    seen = "its owner alone sees it" if found.visibility is Visibility.PRIVATE else "the team sees it"
    return f"“{found.name}” ({found.id}) belongs to {owner or found.owner}; {seen}"


def _line(link: Link) -> str:
    until = "until it is revoked" if link.expires_at is None else f"until {link.expires_at:%Y-%m-%d}"
    return f"link {link.id}, ends in {link.hint}, made {link.created_at:%Y-%m-%d}, works {until}"
