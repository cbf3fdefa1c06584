"""The table of SECURITY.md: every route, and who may ask for it.

    python -m search_web.web.permission_table FILE

writes it into the file, between the two comments that mark its place.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from search_web.access.model import AccountRole, Scope
from search_web.web.app import create_app
from search_web.web.metrics import Metrics, serve_metrics
from search_web.web.permissions import NEEDS, OPEN

if TYPE_CHECKING:
    from flask import Flask

BEGIN = "<!-- routes: made by `make permissions` -->"
END = "<!-- /routes -->"
_IMPLIED = frozenset({"HEAD", "OPTIONS"})
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Route:
    """A method of an address, what it needs, and whether whoever has not signed in, and each role, may ask for it."""

    method: str
    rule: str
    endpoint: str
    need: str
    anonymous: bool
    roles: dict[AccountRole, bool]

    @property
    def row(self) -> str:
        """The row of the table."""
        cells = [self.anonymous, *(self.roles[role] for role in AccountRole)]
        return (
            f"| `{self.method} {self.rule}` | {self.need} | {' | '.join('yes' if cell else 'no' for cell in cells)} |"
        )


def routes(app: Flask) -> list[Route]:
    """Return every route of an application, in the order of its address."""
    found = (
        _route(method, rule.rule, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - _IMPLIED
    )
    return sorted(found, key=lambda route: (route.rule.replace("<", "~"), _METHODS.index(route.method)))


def table(app: Flask) -> str:
    """Return the table in Markdown."""
    head = ["| route | needs | anonymous | reader | writer | admin |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(route.row for route in routes(app))])


def whole_application(index: Path) -> Flask:
    """Return an application with every route that a server may have."""
    app = create_app(index)
    serve_metrics(app, Metrics())
    return app


def _route(method: str, rule: str, endpoint: str) -> Route:
    need = NEEDS[endpoint]
    anybody = need is OPEN
    by_role = {role: anybody or not isinstance(need, Scope) or need in role.scopes for role in AccountRole}
    words = "nothing" if anybody else f"`{need}`" if isinstance(need, Scope) else "an account"
    return Route(method, rule, endpoint, words, anybody, by_role)


def main(file: Path) -> None:
    """Write the table into a file."""
    text = file.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    written = table(whole_application(Path(".yuanhua")))
    file.write_text(f"{before}{BEGIN}\n\n{written}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
