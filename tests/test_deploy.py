"""The examples in deploy/ hold together: their services, volumes, settings and commands are such as there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from typer.main import get_command

from indexer.stores.milvus_address import TOKEN
from search_web.cli import app
from search_web.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
COMPOSE_FILES = [ROOT / "deploy" / "compose.yaml", ROOT / "deploy" / "milvus" / "compose.yaml"]
TOLD_IN = [*COMPOSE_FILES, *sorted((ROOT / "docs").glob("*.md"))]
STATE = "/var/lib/yuanhua"


def composed(path: Path) -> dict[str, Any]:
    """Return what a compose file says, its anchors resolved."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def mounts(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each service, source and target of what it mounts."""
    for name, service in composed(path)["services"].items():
        for volume in service.get("volumes", ()):
            source, target, *_ = [*volume.split(":"), ""]
            yield (name, source, target)


def ours(path: Path) -> dict[str, dict[str, Any]]:
    """Return the services that run Yuanhua."""
    return {name: service for name, service in composed(path)["services"].items() if "build" in service}


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.parent.name)
def test_a_compose_file_declares_the_volumes_that_it_uses_and_mounts_files_that_there_are(path: Path) -> None:
    sources = {source for _, source, _ in mounts(path)}
    named = {source for source in sources if not source.startswith((".", "/"))}
    assert named == set(composed(path)["volumes"])
    for source in sources - named - {"./transcripts"}:
        assert (path.parent / source).is_file(), source


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.parent.name)
def test_what_a_service_waits_for_is_a_service(path: Path) -> None:
    services = composed(path)["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.parent.name)
def test_our_services_give_commands_and_settings_that_there_are(path: Path) -> None:
    known = {TOKEN, *(setting.environment for setting in SETTINGS)}
    for service in ours(path).values():
        assert {name for name in service.get("environment", {}) if name.startswith("YUANHUA_")} <= known
        with get_command(app).make_context("yuanhua", list(service["command"])) as context:
            command, *arguments = service["command"]
            found = context.command.get_command(context, command)  # type: ignore[attr-defined]
            found.make_context(command, arguments, parent=context).close()


@pytest.mark.parametrize("path", COMPOSE_FILES, ids=lambda path: path.parent.name)
def test_a_server_keeps_its_accounts_when_its_container_is_made_anew(path: Path) -> None:
    """Without accounts it does not start, since a proxy reaches it; so they lie in a volume with a name."""
    kept = {name: source for name, source, target in mounts(path) if target == STATE}
    serving = [name for name, service in ours(path).items() if service["command"][0] == "serve"]
    assert serving
    assert all(kept.get(name) in composed(path)["volumes"] for name in serving)


def test_images_that_are_built_in_another_way_have_another_name() -> None:
    builds: dict[str, set[str]] = {}
    for path in COMPOSE_FILES:
        for service in ours(path).values():
            builds.setdefault(service["image"], set()).add(str(service["build"].get("args")))
    assert all(len(ways) == 1 for ways in builds.values()), builds


def told_commands() -> Iterator[tuple[Path, list[str]]]:
    """Yield each `docker compose` command of the documents and of the files themselves: the file, and what follows it."""
    for path in TOLD_IN:
        text = re.sub(r"\s*\n[# ]*", " ", path.read_text(encoding="utf-8"))
        for command in re.findall(r"docker compose (-f \S+ (?:(?!docker compose)[^`#])*)", text):
            _, file, *rest = shlex.split(command, posix=False)
            yield (ROOT / file, rest)


def test_the_commands_that_are_told_name_services_that_there_are() -> None:
    told = list(told_commands())
    assert {path for path, _ in told} == set(COMPOSE_FILES)
    for path, (verb, *rest) in told:
        words = [word for word in rest if not word.startswith("-")]
        if verb == "run":
            assert words[0] in composed(path)["services"]
        elif verb == "up":
            assert {"server", "proxy"} <= set(words)
