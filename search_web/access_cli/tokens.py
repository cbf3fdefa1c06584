"""The commands of `yuanhua tokens`: what programs bring instead of a password."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from search_web.access.model import Scope
from search_web.access_cli.options import AccountArgument, doors_of
from search_web.quotes_cli.options import NotebookOption

ScopeOption = Annotated[
    list[Scope] | None,
    typer.Option("--scope", help="What it may do; repeatable. Otherwise search and quotes:read."),
]
OwnerOption = Annotated[str | None, typer.Option("--user", metavar="NAME", help="Only the tokens of this account.")]
DaysOption = Annotated[int | None, typer.Option("--days", min=1, help="Let it expire after so many days.")]

_USUAL = (Scope.SEARCH, Scope.QUOTES_READ)


def register(app: typer.Typer) -> None:
    """Add the group of commands tokens."""
    group = typer.Typer(
        help="Tokens of the API. Programs send one as: Authorization: Bearer yh_…",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("list")(list_tokens)
    group.command("add")(add)
    group.command("revoke")(revoke)
    app.add_typer(group, name="tokens")


@main_guard()
def list_tokens(
    *, index: IndexOption, user: OwnerOption = None, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """List the tokens that were not revoked, without their secrets."""
    from search_web.access.json_view import tokens_json
    from search_web.access_cli.printing import print_tokens

    doors = doors_of(index, notebook)
    found = doors.tokens.of(doors.accounts.get(user).id if user else None)
    if as_json:
        print_json(tokens_json(found))
    else:
        print_tokens(found)


@main_guard()
def add(
    user: AccountArgument,
    name: Annotated[str, typer.Argument(metavar="TOKEN", help="What to call the token.")],
    *,
    index: IndexOption,
    scope: ScopeOption = None,
    days: DaysOption = None,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a token of an account and print it: once, and never again."""
    from search_web.access.accounts import now
    from search_web.access.json_view import made_token_json
    from search_web.quotes_cli.printing import say

    doors = doors_of(index, notebook, "tokens add", f"{user}: {name}")
    expires_at = now() + timedelta(days=days) if days else None
    made, secret = doors.tokens.make(doors.accounts.get(user).person, name, scope or _USUAL, expires_at=expires_at)
    if as_json:
        print_json(made_token_json(made, secret))
        return
    say(f"Made the token “{made.name}” of {made.owner} for {', '.join(sorted(made.scopes))} ({made.id})")
    typer.echo(secret)


@main_guard()
def revoke(
    token: Annotated[str, typer.Argument(metavar="TOKEN", help="The id of a token, or its name.")],
    *,
    index: IndexOption,
    user: OwnerOption = None,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let nobody in with a token any more."""
    from search_web.access.json_view import token_json
    from search_web.quotes_cli.printing import say

    doors = doors_of(index, notebook, "tokens revoke", token)
    revoked = doors.tokens.revoke(doors.accounts.get(user).id if user else None, token)
    if as_json:
        print_json(token_json(revoked))
    else:
        say(f"Revoked the token “{revoked.name}” of {revoked.owner}")
