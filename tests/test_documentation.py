"""The README names every command and every setting, and its Python example runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from indexer.build import BuildSettings, index_paths
from indexer.settings import SETTINGS
from search_web.cli import app

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


def test_the_python_example_of_the_readme_runs(tmp_path: Path) -> None:
    index_paths(tmp_path / ".yuanhua", [ROOT / "corpus"], BuildSettings(embedders=()))
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    shown = subprocess.run(
        [sys.executable, "-c", example],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ).stdout
    assert "8.77亿元" in shown
