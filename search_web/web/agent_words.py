"""Browsers and systems in words, of what a browser says of itself (the header User-Agent, RFC 9110, section 10.1.5)."""

from __future__ import annotations

import re

from flask_babel import gettext as _

_BROWSERS = (
    (re.compile(r"\bEdg(?:e|A|iOS)?/(\d+)"), "Edge"),
    (re.compile(r"\b(?:OPR|OPiOS)/(\d+)"), "Opera"),
    (re.compile(r"\bSamsungBrowser/(\d+)"), "Samsung Internet"),
    (re.compile(r"\bMicroMessenger/(\d+)"), "WeChat"),
    (re.compile(r"\b(?:Firefox|FxiOS)/(\d+)"), "Firefox"),
    (re.compile(r"\b(?:Chrome|CriOS|HeadlessChrome)/(\d+)"), "Chrome"),
    (re.compile(r"\bVersion/(\d+)[\d.]* (?:Mobile/\S+ )?Safari/"), "Safari"),
)
"""In this order: most call themselves by the names of those below them, too."""

_SYSTEMS = (
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)
_SHOWN = 60


def agent_said(agent: str) -> str:
    """Return which browser on which system an agent is, or how it calls itself where neither is known."""
    browser = next((f"{name} {found[1]}" for form, name in _BROWSERS if (found := form.search(agent))), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return browser or (agent if len(agent) <= _SHOWN else f"{agent[:_SHOWN]}…")
