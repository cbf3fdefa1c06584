"""Write a screenshot of every kind of page into docs/screenshots, wide and narrow, light and dark.

    make screenshots
    python tests/browser/screenshots.py --only collection --locale zh

The pages are those of `sample_site`: an index of corpus/, served for as long as it takes. Two of the pictures stand in
the README and in git; the others are for whoever changed a page and wants to see it.
"""

from __future__ import annotations

import argparse
import io
import logging
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright
from sample_site import ARGUMENTS, CHROMIUM, sample_pages, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
WINDOWS = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
_COLOURS = 96  # As many as keep the edges of letters smooth; a picture is a third of its size.


def main() -> None:
    """Read the arguments and write the pictures."""
    reader = argparse.ArgumentParser(description="Write screenshots of all pages into docs/screenshots")
    reader.add_argument("--only", action="append", metavar="NAME", help="a page; may be given again (default: all)")
    reader.add_argument("--locale", default="en", choices=("en", "zh"), help="the language of the pages (default: en)")
    reader.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go (default: docs/screenshots)")
    asked = reader.parse_args()
    if not CHROMIUM.exists():
        sys.exit(f"Screenshots need {CHROMIUM}. On Debian and Ubuntu install the package chromium.")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "index") as site, sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        pages = {name: url for name, url in sample_pages(site).items() if not asked.only or name in asked.only}
        written = [
            path
            for window in WINDOWS
            for scheme in SCHEMES
            for path in _pictures(browser, site, pages, window, scheme, asked.locale, asked.folder)
        ]
        browser.close()
    size = sum(path.stat().st_size for path in written)
    sys.stdout.write(f"{len(written)} screenshots of {len(pages)} pages, {size / 1e6:.1f} MB, in {asked.folder}\n")


def _pictures(
    browser: Browser, site: str, pages: dict[str, str], window: str, scheme: str, locale: str, folder: Path
) -> list[Path]:
    context = browser.new_context(
        base_url=site,
        viewport=WINDOWS[window],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=locale,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/?q=warm")  # The page of results says how long it took, and the first search loads the models.
    written = []
    for name, address in pages.items():
        page.goto(address)
        path = folder / f"{name}-{window}-{scheme}.png"
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        written.append(path)
    context.close()
    return written


if __name__ == "__main__":
    main()
