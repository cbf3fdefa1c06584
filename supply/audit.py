"""Ask pip-audit for the known vulnerabilities of every pinned package: `make audit`.

What was answered is kept in .audit.json, a release at a time with the day of the answer, so that without a network the
last answers are told instead. pip-audit itself exits with 0 where the advisory service knows none of the packages, as
behind a mirror that serves packages alone; here what was not answered is never taken for safe.

Exit status: 0 nothing is known of any package, 1 something is, 3 for some package there is no answer, new or kept.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = (ROOT / "constraints.txt", ROOT / "requirements" / "supply.txt")
SAFE, VULNERABLE, UNKNOWN = 0, 1, 3
_SHOWN = 8
_PIN = re.compile(r"(?m)^([A-Za-z0-9][\w.-]*)(?:\[.*\])?==([^\s;\\]+)")

# By `name==version`: the day of the answer, `asked`, and the advisories as pip-audit prints them, `vulns`.
Answers = dict[str, dict[str, Any]]


def pinned(path: Path) -> list[str]:
    """Return the `name==version` of a file of pins, those of all platforms."""
    return [f"{name}=={version}" for name, version in _PIN.findall(path.read_text(encoding="utf-8"))]


def asked(pins: list[str], options: list[str], today: str) -> tuple[Answers, str]:
    """Return what pip-audit knows of each package, and why it says nothing when it fails."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pins.txt")
        path.write_text("\n".join(pins), encoding="utf-8")
        command = ["--format", "json", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--requirement", path]
        run = subprocess.run(
            [sys.executable, "-m", "pip_audit", *command, *options], capture_output=True, text=True, check=False
        )
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = run.stderr.strip().splitlines()
        return {}, last[-1] if last else f"pip-audit ended with status {run.returncode} and said nothing."
    return {
        f"{package['name']}=={package['version']}": {"asked": today, "vulns": package["vulns"]}
        for package in packages
        if "vulns" in package  # Of what the service does not know, there is a reason for skipping it instead.
    }, ""


def told(wanted: list[str], kept: Answers, new: Answers, failure: str) -> tuple[list[str], int]:
    """Return the lines to print and the exit status."""
    known = {pin: (kept | new)[pin] for pin in wanted if pin in kept or pin in new}
    lines = [
        f"{pin}: {found['id']}, mended in {', '.join(found.get('fix_versions', [])) or 'no release yet'}"
        f" (as told on {answer['asked']})"
        for pin, answer in known.items()
        for found in answer["vulns"]
    ]
    status = VULNERABLE if lines else SAFE
    if len(new) < len(wanted):
        lines.append(f"The advisory service answered for {len(new)} of {len(wanted)} packages. {failure}".strip())
    old = sorted(answer["asked"] for pin, answer in known.items() if pin not in new)
    if old:
        lines.append(f"For {len(old)}, answers of earlier runs were told, the oldest of {old[0]}.")
    unknown = [pin for pin in wanted if pin not in known]
    if unknown:
        more = " ..." if len(unknown) > _SHOWN else ""
        lines += [
            f"For {len(unknown)} packages there is no answer at all, and this run says nothing about them:",
            "  " + " ".join(unknown[:_SHOWN]) + more,
            "Run it again where the service can be reached, or ask another one: supply/audit.py -- -s osv.",
        ]
        status = status or UNKNOWN
    if status == SAFE:
        lines.append(f"Nothing is known against the {len(wanted)} pinned packages.")
    return lines, status


def read_kept(path: Path) -> Answers:
    """Return the answers that an earlier run kept; none where there are none to be read."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def main() -> int:
    """Ask, keep the answers, tell them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, default=ROOT / ".audit.json", help="where the answers are kept")
    parser.add_argument("options", nargs="*", help="options for pip-audit, after --, such as -s osv")
    arguments = parser.parse_args()

    files = [pinned(path) for path in PINS]
    new: Answers = {}
    failure = ""
    for pins in files:  # Each by itself: two files may pin one package at two versions.
        answers, failure = asked(pins, arguments.options, datetime.now(UTC).date().isoformat())
        new |= answers
        if failure:
            break
    kept = read_kept(arguments.kept)
    if new:
        arguments.kept.write_text(json.dumps(kept | new, indent=1, sort_keys=True), encoding="utf-8")
    lines, status = told(sorted({pin for pins in files for pin in pins}), kept, new, failure)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
