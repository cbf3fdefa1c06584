"""What is installed is pinned with digests, its licences are told, and silence of an advisory service is not safety."""

from __future__ import annotations

import re
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
ELSEWHERE = {"benchmarks", "lint", "sentence-transformers"}
NEEDED = {
    "core": PROJECT["project"]["dependencies"],
    "test": [line for extra, lines in EXTRAS.items() if extra not in ELSEWHERE for line in lines],
    "lint": EXTRAS["lint"],
    "sentence-transformers": [*EXTRAS["sentence-transformers"], *GROUPS["models"]],
    "build": GROUPS["build"],
    "supply": GROUPS["supply"],
}
PIN = re.compile(r"(?m)^([a-z0-9][a-z0-9.-]*)(?:\[.*\])?==([^\s;\\]+)")


def pins(name: str) -> dict[str, set[str]]:
    """Return the versions of each package: several where Pythons need different ones."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall((ROOT / name).read_text(encoding="utf-8")):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("group", NEEDED)
def test_what_is_needed_is_pinned_with_digests_to_one_version_everywhere(group: str) -> None:
    """After a change of dependencies: make lock licences."""
    path = f"requirements/{group}.txt"
    pinned = pins(path)
    for line in NEEDED[group]:
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        if name != "torch":  # The build that is at hand; its version is among the constraints.
            assert name in pinned, f"{path} lacks {name}: make lock"
            assert all(Version(version) in requirement.specifier for version in pinned[name]), f"{name}: make lock"
    blocks = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / path).read_text(encoding="utf-8"))[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    if group != "supply":
        constraints = pins("constraints.txt")
        assert [name for name in pinned if not pinned[name] <= constraints.get(name, set())] == []


def test_every_extra_is_among_the_constraints_and_no_file_names_where_packages_come_from() -> None:
    pinned = pins("constraints.txt")
    wanted = {canonicalize_name(Requirement(line).name) for lines in EXTRAS.values() for line in lines}
    assert wanted <= pinned.keys()
    for path in (ROOT / "constraints.txt", *(ROOT / "requirements").iterdir()):
        assert not re.search(r"://|--(extra-)?index-url|--find-links", path.read_text(encoding="utf-8")), path


def test_every_pinned_package_has_its_licence_on_the_page_and_none_that_forbids_our_use() -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([a-z0-9.-]+) \| (\S+) \| ([^|]+) \| [a-z-]+ \|", page)
    told = {(name, version) for name, version, _ in rows}
    assert told == {(name, one) for name, versions in pins("constraints.txt").items() for one in versions}, (
        "make licences"
    )
    forbidden = re.compile(r"GPL|SSPL|BUSL|\bNC\b|Commons Clause|Proprietary|UNKNOWN", re.IGNORECASE)
    assert [(name, licence) for name, _, licence in rows if forbidden.search(licence)] == []
    for data in ("CC-CEDICT", "Universal Sentence Encoder", "multilingual-e5-small", "jieba's dictionary"):
        assert f"| {data}" in page


def test_silence_of_the_advisory_service_is_not_taken_for_safety() -> None:
    spec = spec_from_file_location("audit", ROOT / "supply" / "audit.py")
    assert spec
    assert spec.loader
    audit = module_from_spec(spec)
    spec.loader.exec_module(audit)
    safe, flawed = ({"asked": "2026-01-01", "vulns": vulns} for vulns in ([], [{"id": "X-1", "fix_versions": ["2"]}]))

    lines, status = audit.told(["a==1", "b==1"], {}, {"a==1": safe}, "It is not reachable.")
    assert status == audit.UNKNOWN
    assert "It is not reachable." in lines[0]
    assert any("b==1" in line and "a==1" not in line for line in lines)

    lines, status = audit.told(["a==1", "b==1"], {"b==1": safe, "c==1": flawed}, {}, "")
    assert status == audit.UNKNOWN
    assert audit.told(["a==1"], {"a==1": safe}, {}, "") == (
        [
            "The advisory service answered for 0 of 1 packages.",
            "For 1, answers of earlier runs were told, the oldest of 2026-01-01.",
            "Nothing is known against the 1 pinned packages.",
        ],
        audit.SAFE,
    )
    lines, status = audit.told(["a==1", "b==1"], {}, {"a==1": flawed}, "")
    assert status == audit.VULNERABLE
    assert lines[0] == "a==1: X-1, mended in 2 (as told on 2026-01-01)"
    assert audit.pinned(ROOT / "requirements" / "supply.txt"), "the tools are asked about too"
