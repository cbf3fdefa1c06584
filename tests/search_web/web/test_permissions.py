"""Every address of the application says what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.web.permissions import NEEDS

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_every_endpoint_says_what_it_needs(client: FlaskClient) -> None:
    """An endpoint that the table forgets would be refused to everybody."""
    endpoints = {rule.endpoint for rule in client.application.url_map.iter_rules()}
    assert endpoints - set(NEEDS) == set()
