"""What every page is held to: axe-core finds nothing, nothing scrolls sideways, and the browser complains of nothing.

And how to wait for what shall be seen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ConsoleMessage, Page

PATIENCE = 120.0
"""Seconds: on a machine that is busy with something else, a page takes its time."""

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach((one) => { one.open = true; })"
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) =>
    [id, nodes.slice(0, 4).map((node) => node.html.slice(0, 160) + " | " + node.failureSummary)]);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Each pair of language, colours and width occurs; all eight triples would take twice as long and find the same.
VIEWS = {"en": (("light", 1280), ("dark", 360)), "zh": (("dark", 1280), ("light", 360))}


def until(window: Page, condition: Callable[[], object]) -> bool:
    """Wait until something holds of a page, with or without scripts; return whether it came to that."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        window.wait_for_timeout(50)
    return True


def faults(window: Page, axe: str, address: str = "") -> list[str]:
    """Return what is wrong with a page, opened here unless it is open, in the colours and widths of its language."""
    told: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 40" not in message.text:
            told.append(message.text)

    window.on("console", complain)
    if address:
        window.goto(address)
    window.wait_for_load_state()
    window.evaluate(OPEN_ALL)
    window.evaluate(axe)
    for scheme, width in VIEWS[str(window.locator("html").get_attribute("lang"))]:
        window.emulate_media(color_scheme=scheme)
        window.set_viewport_size({"width": width, "height": 900})
        for rule, where in window.evaluate(RUN, TAGS):
            told.append(f"{scheme} {width} {rule}\n  " + "\n  ".join(where))
        if window.evaluate(OVERFLOW):
            told.append(f"scrolls sideways at {width}")
    window.remove_listener("console", complain)
    return told
