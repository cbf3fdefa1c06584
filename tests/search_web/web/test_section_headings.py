"""Headings that only repeat the name of the section below which they stand are not shown twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search_web.web.labels import names_section

if TYPE_CHECKING:
    from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("heading", "section", "repeats"),
    [
        ("問答環節", "qa", True),
        ("二、问答环节", "qa", True),
        ("【投资者问答】", "qa", True),
        ("QUESTION AND ANSWER SECTION", "qa", True),
        ("Q&A", "qa", True),
        ("管理層發言", "prepared", True),
        ("Management Discussion Section", "prepared", True),
        ("Prepared Remarks", "intro", False),
        ("Regional performance", "prepared", False),
        ("问答：云业务", "qa", False),
    ],
)
def test_what_only_names_the_section(client: FlaskClient, heading: str, section: str, *, repeats: bool) -> None:
    with client.application.test_request_context("/"):
        assert names_section(heading, section) is repeats
