"""What a supervisor asks: is the process alive, and can it answer searches."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from search_web.web.current import current_searcher
from search_web.web.errors import is_stranger

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """Answer that the process answers; whether it can search is for /readyz to say."""
    return jsonify({"status": "ok"})


@health.get("/readyz")
def ready() -> Response:
    """Answer from which generation searches are answered, with its models loaded.

    `refused` is there when what is published is damaged and an older generation has to do; it says what is wrong.
    Otherwise the answer has status 503 and says the reason.
    """
    searcher = current_searcher()
    searcher.warm()
    generation = searcher.reader.current()
    refused = searcher.reader.refused
    models = [space.embedder for space in generation.manifest.spaces]
    return jsonify(
        {
            "status": "ready",
            "generation": generation.name,
            "passages": generation.passages.count,
            "models": models,
            **({"refused": refused[0] if is_stranger() else str(refused[1])} if refused else {}),
        }
    )
