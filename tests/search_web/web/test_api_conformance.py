"""schemathesis asks every endpoint of the API all that its description allows, and what it does not.

Nothing may be answered that is not described: no server error, no other status, media type, header or shape. `make
conformance` asks more.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from search_web.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

EXAMPLES = int(os.environ.get("YUANHUA_CONFORMANCE_EXAMPLES", "5"))
"""How often each endpoint is asked, beside a hundred times or so for the bounds of each of its parameters."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    missing_required_header,
    unsupported_method,
]


FOLDER = TemporaryDirectory()
APP = create_app(Path(FOLDER.name) / "index", notebook=Path(FOLDER.name) / "notebook.sqlite")
"""An application whose index `known` puts in its place: schemathesis wants it before there are fixtures."""

SCHEMA = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json",
    APP,
    # 428 is what RFC 6585 has for a change without If-Match.
    config=schemathesis.Config.from_dict(
        {"checks": {"missing_required_header": {"expected-statuses": ["400", "403", "404", "415", "428"]}}}
    ),
)


@pytest.fixture(scope="module")
def known(index: Path) -> Iterator[dict[str, str]]:
    """Return ids of what there is in the application."""
    (Path(FOLDER.name) / "index").symlink_to(index)
    client = APP.test_client()
    hit = client.get("/api/v1/search?q=AI&limit=1").get_json()["hits"][0]
    collection = client.post("/api/v1/collections", json={"name": "Kept"}).get_json()["id"]
    address = f"/api/v1/collections/{collection}/quotes"
    link = client.post(f"/api/v1/collections/{collection}/links", json={}).get_json()["id"]
    yield {
        "passage_id": hit["id"],
        "transcript_id": hit["transcript"]["id"],
        "name": client.get("/api/v1/speakers").get_json()["speakers"][0]["name"],
        "collection_id": collection,
        "link_id": link,
        "quote_id": client.post(address, json={"passage_id": hit["id"]}).get_json()["id"],
        "search_id": client.post("/api/v1/searches", json={"name": "AI", "arguments": [["q", "AI"]]}).get_json()["id"],
    }
    FOLDER.cleanup()


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)
def test_every_endpoint_answers_what_is_described(case: Case, known: dict[str, str]) -> None:
    """Of the ids that are asked for, every other one is that of something that there is."""
    for name, value in (case.path_parameters or {}).items():
        if len(str(value)) % 2 and name in known:
            case.path_parameters[name] = known[name]
    # Of several parameters that are wrong at once, all may be right again in the address: {"f": {}} is speaker=f there.
    one_by_one = case.meta is not None and case.meta.phase.name is TestPhase.COVERAGE
    checks = [*CHECKS, negative_data_rejection] if one_by_one else CHECKS
    case.call_and_validate(checks=checks, headers={"Accept-Encoding": "identity"})
