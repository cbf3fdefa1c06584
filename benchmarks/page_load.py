"""Time the page of results in Chromium: what the server takes, what is transferred, and when the results are painted.

    python benchmarks/page_load.py --index FOLDER [--loads 5] [QUERY …]

It serves the index on a free port and opens each query in windows of their own, so that nothing comes from a cache of
the browser. For each query it prints medians, in milliseconds:

- server: processor time that making the page takes, apart from the browser,
- answered: from the request to the first byte of the page,
- painted: from the start of the navigation to the first contentful paint, which is that of the results, since the page
  comes with them; the quickest and the slowest load beside it,
- shift: the cumulative layout shift until half a second after the page was loaded,
- transferred: kilobytes over the wire, of the page, of its styles and scripts, and of all together.
"""

from __future__ import annotations

import argparse
import logging
import os
import threading
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from search_web.web.app import create_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

QUERIES = ("free cash flow", "菜鸟 EBITA", "AI monetization", "interest rates and inflation", "回购")
FIGURES = """new Promise((told) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const [page] = performance.getEntriesByType("navigation");
    const parts = performance.getEntriesByType("resource");
    told({
      answered: page.responseStart - page.requestStart,
      painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
      shift,
      page: page.transferSize / 1000,
      parts: parts.reduce((sum, part) => sum + part.transferSize, 0) / 1000,
      hits: document.querySelectorAll(".hit").length,
    });
  }, 500);
})"""


def main() -> None:
    """Read the arguments, serve the index, and print a line for each query."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("queries", nargs="*", default=QUERIES, help="what is searched for (default: some of each kind)")
    reader.add_argument("--index", type=Path, required=True, help="the folder of the index")
    reader.add_argument("--loads", type=int, default=5, help="how often each page is loaded (default: 5)")
    reader.add_argument("--with", dest="more", default="", help="further arguments of the page, such as role=analyst")
    asked = reader.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    application = create_app(asked.index)
    client = application.test_client()
    client.get("/?q=warm")
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as drive:
        browser = drive.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        site = f"http://127.0.0.1:{server.port}"
        _loaded(browser, site, "warm")
        for query in asked.queries:
            used = median(_processor_time(client, query, asked.more) for _ in range(asked.loads))
            loads = [_loaded(browser, site, query, asked.more) for _ in range(asked.loads)]
            told = {name: median(load[name] for load in loads) for name in loads[0]}
            painted = sorted(load["painted"] for load in loads)
            print(
                f"{query}: server {used:.0f}, answered {told['answered']:.0f}, painted {told['painted']:.0f} ms "
                f"({painted[0]:.0f} to {painted[-1]:.0f}), shift {told['shift']:.3f}, transferred "
                f"{told['page']:.1f} + {told['parts']:.1f} = {told['page'] + told['parts']:.1f} kB, {told['hits']} hits"
            )
        browser.close()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    server.shutdown()


def _address(query: str, more: str) -> str:
    return f"/?{urlencode({'q': query})}{'&' if more else ''}{more}"


def _processor_time(client: FlaskClient, query: str, more: str) -> float:
    started = process_time()
    client.get(_address(query, more), headers={"Accept-Encoding": "gzip"})
    return 1000.0 * (process_time() - started)


def _loaded(browser: Browser, site: str, query: str, more: str = "") -> dict[str, Any]:
    page = browser.new_page(base_url=site, viewport={"width": 1280, "height": 900})
    page.goto("/healthz")  # The browser is open, as it is before anybody searches; it knows nothing of the page yet.
    page.wait_for_timeout(300)
    page.goto(_address(query, more))
    figures = dict(page.evaluate(FIGURES))
    page.close()
    return figures


if __name__ == "__main__":
    main()
