"""The commands of `yuanhua users`: who may come in, and what they may do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.cli import IndexOption, JsonOption, main_guard, print_json
from indexer.errors import InvalidRequestError
from search_web.access.model import AccountRole
from search_web.access_cli.options import AccountArgument, doors_of
from search_web.quotes_cli.options import NotebookOption

if TYPE_CHECKING:
    from search_web.access.model import Account

RoleOption = Annotated[AccountRole, typer.Option("--role", help="What the account is for.")]
RoleArgument = Annotated[AccountRole, typer.Argument(help="What the account is for.")]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of the standard input.")
]
HeirOption = Annotated[
    str | None, typer.Option("--to", metavar="NAME", help="Who gets what the account owned; otherwise the team.")
]


def register(app: typer.Typer) -> None:
    """Add the group of commands users."""
    group = typer.Typer(
        help="Accounts: readers search and read collections, writers change them and add transcripts, admins do all.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("list")(list_accounts)
    group.command("add")(add)
    group.command("role")(set_role)
    group.command("password")(set_password)
    group.command("disable")(disable)
    group.command("enable")(enable)
    group.command("sign-out")(sign_out)
    group.command("remove")(remove)
    app.add_typer(group, name="users")


@main_guard()
def list_accounts(*, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False) -> None:
    """List the accounts."""
    from search_web.access.json_view import account_json
    from search_web.access_cli.printing import print_accounts

    found = doors_of(index, notebook).accounts.all()
    if as_json:
        print_json({"accounts": [account_json(one) for one in found]})
    else:
        print_accounts(found)


@main_guard()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the account is called.")],
    *,
    index: IndexOption,
    role: RoleOption = AccountRole.READER,
    password_stdin: StdinOption = False,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an account. As soon as there is one, nobody comes in without."""
    doors = doors_of(index, notebook, "users add", f"{name}: {role.value}")
    made = doors.accounts.add(name, _password(stdin=password_stdin), role)
    _tell(made, f"Made the {made.role} “{made.name}”", as_json=as_json)


@main_guard()
def set_role(
    name: AccountArgument,
    role: RoleArgument,
    *,
    index: IndexOption,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Let an account do more, or less. Its tokens can do no more than it."""
    changed = doors_of(index, notebook, "users role", f"{name}: {role.value}").accounts.set_role(name, role)
    _tell(changed, f"The role of “{changed.name}” is {changed.role} now", as_json=as_json)


@main_guard()
def set_password(
    name: AccountArgument,
    *,
    index: IndexOption,
    password_stdin: StdinOption = False,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Give an account a new password. It is signed out everywhere; its tokens stay valid."""
    doors = doors_of(index, notebook, "users password", name)
    doors.accounts.get(name)  # Nobody types a password twice for an account that there is not.
    changed = doors.accounts.set_password(name, _password(stdin=password_stdin))
    _tell(changed, f"“{changed.name}” has a new password, and is signed out everywhere", as_json=as_json)


@main_guard()
def disable(
    name: AccountArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Let nobody in with an account, neither by password nor by token, until it is enabled again."""
    changed = doors_of(index, notebook, "users disable", name).accounts.disable(name)
    _tell(changed, f"“{changed.name}” is disabled", as_json=as_json)


@main_guard()
def enable(
    name: AccountArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """Let an account that was disabled in again."""
    changed = doors_of(index, notebook, "users enable", name).accounts.enable(name)
    _tell(changed, f"“{changed.name}” may come in again", as_json=as_json)


@main_guard()
def sign_out(
    name: AccountArgument, *, index: IndexOption, notebook: NotebookOption = None, as_json: JsonOption = False
) -> None:
    """End all sessions of an account, on every device. Its tokens stay valid."""
    doors = doors_of(index, notebook, "users sign-out", name)
    found = doors.accounts.get(name)
    doors.sessions.close_all(found.id)
    _tell(found, f"“{found.name}” is signed out everywhere", as_json=as_json)


@main_guard()
def remove(
    name: AccountArgument,
    *,
    index: IndexOption,
    to: HeirOption = None,
    notebook: NotebookOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove an account with its sessions and tokens. Its collections stay, and go to somebody else.

    Without --to the team gets what the team saw; what was private stays so, for `yuanhua quotes share` to hand over.
    """
    from search_web.saved.estate import hand_over

    removed = doors_of(index, notebook, "users remove", name).accounts.remove(name, to, hand_over)
    where = f"what they collected belongs to {to} now" if to else "what they shared belongs to the team now"
    _tell(removed, f"Removed “{removed.name}”; {where}", as_json=as_json)


def _password(*, stdin: bool) -> str:
    """Return a new password: typed twice without showing it, or the first line of the standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InvalidRequestError("nobody can type it here", where="password", mend="Pass it with --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _tell(account: Account, message: str, *, as_json: bool) -> None:
    from search_web.access.json_view import account_json
    from search_web.quotes_cli.printing import say

    if as_json:
        print_json(account_json(account))
    else:
        say(message)
