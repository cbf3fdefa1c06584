"""The README names every command and every setting, and its Python examples run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command
from werkzeug.serving import make_server

from indexer.build import BuildSettings, index_paths
from search_web.cli import app
from search_web.settings import SETTINGS
from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click import Command, Group

    from indexer.settings import Setting

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    group: Group = get_command(app)  # type: ignore[assignment]
    return sorted(group.commands)


def test_there_are_commands_to_document() -> None:
    assert {"index", "search", "show", "parse", "list", "info", "check", "serve", "eval"} <= set(_commands())


@pytest.mark.parametrize("command", _commands())
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`yuanhua {command}`" in README


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    assert set(re.findall(r"`yuanhua ([a-z]+)`", README)) <= set(_commands())


def _helps(command: Command) -> Iterator[tuple[str, str]]:
    """Yield every option of a command, and of those under it, with its help."""
    for parameter in command.params:
        yield from ((option, getattr(parameter, "help", None) or "") for option in parameter.opts)
    for other in getattr(command, "commands", {}).values():
        yield from _helps(other)


def test_every_setting_is_an_option_with_its_help() -> None:
    helps = set(_helps(get_command(app)))
    assert [setting.option for setting in SETTINGS if (setting.option, setting.help) not in helps] == []


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.option)
def test_the_readme_documents_every_setting(setting: Setting) -> None:
    """Option, environment variable, default and help stand in one row of the table."""
    default = f"`{setting.default}`" if setting.default else ""
    environment = f"`{setting.environment}`" if setting.environment else ""
    assert f"| `{setting.option}` | {environment} | {default} | {setting.help} |" in README


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of corpus/ where the examples look for it."""
    made = tmp_path_factory.mktemp("readme")
    index_paths(made / ".yuanhua", [ROOT / "corpus"], BuildSettings(embedders=()))
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    """Return the address of a server of that index."""
    server = make_server("127.0.0.1", 0, create_app(folder / ".yuanhua"), threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    serving.join()
    server.server_close()


EXAMPLES = [
    (page, example, shown)
    for page, shown in (("README.md", "8.77亿元"), ("docs/api.md", "changed it meanwhile"))
    for example in re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
]


def test_there_are_examples_with_and_without_a_server() -> None:
    assert [page for page, _, _ in EXAMPLES] == ["README.md", "README.md", "docs/api.md"]


@pytest.mark.parametrize(("page", "example", "shown"), EXAMPLES, ids=[page for page, _, _ in EXAMPLES])
def test_the_python_examples_run(folder: Path, served: str, page: str, example: str, shown: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", example.replace("http://127.0.0.1:8000", served)],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout
    assert shown in told, page
