"""`yuanhua users`, `tokens` and `audit`, and a server that opens to others only where there are accounts."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from indexer.build import BuildSettings, index_paths
from search_web.access.doors import Doors
from search_web.cli import app
from search_web.serving.options import ServeOptions
from search_web.settings import notebook_file

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that are made for a test.


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(index: Path, *arguments: str, code: int = 0, typed: str = "") -> str:
    result = CliRunner().invoke(app, [*arguments, "--index", str(index)], input=typed)
    assert result.exit_code == code, result.output
    return result.output


def run_json(index: Path, *arguments: str, typed: str = "") -> Any:
    return json.loads(run(index, *arguments, "--json", typed=typed))


def add(index: Path, name: str, role: str) -> Any:
    return run_json(index, "users", "add", name, "--role", role, "--password-stdin", typed=f"{PASSWORD}\n")


def test_the_life_of_an_account_from_the_command_line(index: Path) -> None:
    assert "There are no accounts" in run(index, "users", "list")
    assert add(index, "艾达", "admin")["role"] == "admin"
    assert add(index, "Wen", "reader")["disabled_at"] is None
    assert "there is an account 'WEN'" in run(
        index, "users", "add", "WEN", "--password-stdin", code=2, typed=f"{PASSWORD}\n"
    )
    assert "10 to 256" in run(index, "users", "add", "Rui", "--password-stdin", code=2, typed="short\n")
    assert "--password-stdin" in run(index, "users", "add", "Rui", code=2)
    assert run_json(index, "users", "role", "wen", "writer")["role"] == "writer"
    run(index, "users", "password", "wen", "--password-stdin", typed="another long password\n")
    doors = Doors(notebook_file(index))
    assert doors.accounts.prove("Wen", "another long password") is not None
    assert run_json(index, "users", "disable", "wen")["disabled_at"] is not None
    assert "disabled" in run(index, "users", "list")
    assert run_json(index, "users", "enable", "wen")["disabled_at"] is None
    assert "last admin" in run(index, "users", "remove", "艾达", code=2)
    assert "no account 'Noor'" in run(index, "users", "remove", "Wen", "--to", "Noor", code=2)
    assert "the team" in run(index, "users", "remove", "Wen")
    assert [one["name"] for one in run_json(index, "users", "list")["accounts"]] == ["艾达"]


def test_a_token_is_printed_once_and_all_of_it_stands_in_the_audit_log(index: Path) -> None:
    add(index, "Ada", "admin")
    made = run_json(index, "tokens", "add", "ada", "laptop", "--scope", "search", "--days", "3")
    assert Doors(notebook_file(index)).tokens.person(made["token"]) is not None
    listed = run(index, "tokens", "list")
    assert made["hint"] in listed
    assert made["token"] not in listed
    assert "scopes" in run_json(index, "tokens", "list", "--user", "ada")["tokens"][0]
    plain = run(index, "tokens", "add", "ada", "server").splitlines()[-1]
    assert plain.startswith("yh_")
    run(index, "tokens", "revoke", "laptop")
    assert Doors(notebook_file(index)).tokens.person(made["token"]) is None
    assert "no token 'laptop'" in run(index, "tokens", "revoke", "laptop", code=2)
    entries = run_json(index, "audit")["entries"]
    assert [(one["action"], one["object"]) for one in reversed(entries)] == [
        ("users add", "Ada: admin"),
        ("tokens add", "ada: laptop"),
        ("tokens add", "ada: server"),
        ("tokens revoke", "laptop"),
    ]
    assert "tokens revoke" in run(index, "audit", "--limit", "1")
    assert run_json(index, "audit", "--since", "2999-01-01") == {"entries": [], "next_cursor": None}
    assert "is no time" in run(index, "audit", "--since", "yesterday", code=2)


@pytest.mark.parametrize(
    "opened",
    [
        ("--host", "0.0.0.0"),  # noqa: S104
        ("--host", "::"),
        ("--host", "192.0.2.1"),
        ("--forwarded", "1"),
        ("--trusted-host", "x.example"),
    ],
)
def test_a_server_that_others_reach_does_not_start_without_accounts(index: Path, opened: tuple[str, ...]) -> None:
    assert "yuanhua users add NAME --role admin" in run(index, "serve", *opened, code=2)


def test_a_rate_that_is_none_is_told_before_anything_starts(index: Path) -> None:
    assert "600 per minute" in run(index, "serve", "--rate-limit", "often", code=2)


def test_who_reaches_a_server_follows_from_where_it_listens(index: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"):
        assert not ServeOptions(index, host=host).access.guarded
    named = ServeOptions(index, host="192.0.2.1", trusted_hosts=("words.example",)).access
    assert named.guarded
    assert named.trusted_hosts == ("words.example", "192.0.2.1")
    assert ServeOptions(index, host="2001:db8::1").access.trusted_hosts == ("[2001:db8::1]",)
    assert ServeOptions(index, host="0.0.0.0").access.trusted_hosts == ()  # noqa: S104


def test_the_audit_log_has_what_is_changed_at_the_machine_and_nothing_of_what_is_read(index: Path) -> None:
    run(index, "quotes", "create", "Margins")
    run(index, "quotes", "share", "Margins", "--link")
    run(index, "quotes", "list", "Margins")
    run(index, "quotes", "remove", "Margins")
    told = [(one["action"], one["object"]) for one in run_json(index, "audit")["entries"]]
    assert told == [("quotes remove", "Margins"), ("quotes share", "Margins"), ("quotes create", "Margins")]


@pytest.mark.skipif(sys.platform == "win32", reason="files have other rights there")
def test_nobody_else_on_the_machine_reads_the_notebook_or_a_backup_of_it(tmp_path: Path) -> None:
    calls, index, file = tmp_path / "calls", tmp_path / "index", tmp_path / "kept.tar"
    calls.mkdir()
    (calls / "call.txt").write_text("Ada North: Margins rose.\n", encoding="utf-8")
    index_paths(index, [calls], BuildSettings(embedders=()))
    run(index, "quotes", "create", "Margins")
    run(index, "backup", str(file))
    run(tmp_path / "other", "restore", str(file))
    for path in (notebook_file(index), file, notebook_file(tmp_path / "other")):
        assert oct(path.stat().st_mode & 0o777) == "0o600", path
