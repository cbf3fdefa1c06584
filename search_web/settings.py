"""The settings of searching, collecting and serving, each once, and SETTINGS: all of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer import settings
from indexer.settings import Setting

if TYPE_CHECKING:
    from pathlib import Path

GLOSSARY = Setting(
    option="--glossary",
    default="",
    help="A file of terms of your own that adds to the glossary or takes from it; may be given more than once.",
    environment="YUANHUA_GLOSSARY",
)
NOTEBOOK = Setting(
    option="--notebook",
    default="",
    help="The file of collected quotes; otherwise INDEX-notebook.sqlite beside the folder of the index.",
    environment="YUANHUA_NOTEBOOK",
)
LIBRARY = Setting(
    option="--library",
    default="",
    help=(
        "The folder of what is uploaded, or none to take no uploads; otherwise INDEX-library beside the folder of the"
        " index."
    ),
    environment="YUANHUA_LIBRARY",
)
HOST = Setting(
    option="--host",
    default="127.0.0.1",
    help="The address that the server listens on.",
    environment="YUANHUA_HOST",
)
PORT = Setting(
    option="--port",
    default="8000",
    help="The port that the server listens on; 0 takes a free one.",
    environment="YUANHUA_PORT",
)
SERVER_WORKERS = Setting(
    option="--workers",
    default="1",
    help="How many processes answer requests; they share the index in memory.",
    environment="YUANHUA_WORKERS",
)
THREADS = Setting(
    option="--threads",
    default="8",
    help="How many requests each process answers at once.",
    environment="YUANHUA_THREADS",
)
METRICS = Setting(
    option="--metrics",
    default="",
    help="Serve /metrics for Prometheus also where others come in; where only this machine does it is there anyway.",
    environment="YUANHUA_METRICS",
)
LOG_FORMAT = Setting(
    option="--log-format",
    default="text",
    help="How the server logs on stderr: text, or json for one object a line.",
    environment="YUANHUA_LOG_FORMAT",
)
LOG_QUERIES = Setting(
    option="--log-queries",
    default="",
    help="Log what is asked too: without it no line of a request has its query string.",
    environment="YUANHUA_LOG_QUERIES",
)
TRUSTED_HOST = Setting(
    option="--trusted-host",
    default="",
    help=(
        "A name under which people reach the server, .example.com for all below it; repeatable. Others are refused, but"
        " for localhost, 127.0.0.1, ::1 and the address that it listens on."
    ),
    environment="YUANHUA_TRUSTED_HOST",
)
FORWARDED = Setting(
    option="--forwarded",
    default="0",
    help=(
        "How many proxies stand before the server, whose X-Forwarded-For and X-Forwarded-Proto are believed; 0 believes"
        " none."
    ),
    environment="YUANHUA_FORWARDED",
)
RATE_LIMIT = Setting(
    option="--rate-limit",
    default="600 per minute",
    help="How much one person may ask of each worker; off for no limit. On a server without accounts there is none.",
    environment="YUANHUA_RATE_LIMIT",
)
ADDRESS_RATE_LIMIT = Setting(
    option="--address-rate-limit",
    default="1200 per minute",
    help="How much one address may ask of each worker, whoever sits there; off for no limit.",
    environment="YUANHUA_ADDRESS_RATE_LIMIT",
)
SIGN_IN_RATE_LIMIT = Setting(
    option="--sign-in-rate-limit",
    default="20 per minute",
    help="How often one address may try to sign in at each worker; off for no limit. Failed ones count apart.",
    environment="YUANHUA_SIGN_IN_RATE_LIMIT",
)
DEV = Setting(
    option="--dev",
    default="",
    help="Serve with Werkzeug's development server, in this one process.",
)
CONFIG = Setting(
    option="--config",
    default="",
    help="A TOML file of settings, given before the command; an option and the environment go before it.",
    environment="YUANHUA_CONFIG",
)
FORCE = Setting(
    option="--force",
    default="",
    help="Write over what is there: the file of a backup; the index, notebook and uploads that one is restored to.",
)
SETTINGS = (
    *settings.SETTINGS,
    GLOSSARY,
    NOTEBOOK,
    LIBRARY,
    HOST,
    PORT,
    SERVER_WORKERS,
    THREADS,
    METRICS,
    LOG_FORMAT,
    LOG_QUERIES,
    TRUSTED_HOST,
    FORWARDED,
    RATE_LIMIT,
    ADDRESS_RATE_LIMIT,
    SIGN_IN_RATE_LIMIT,
    DEV,
    CONFIG,
    FORCE,
)


def notebook_file(index: Path) -> Path:
    """Return where the notebook of an index lies, unless the user names a file: beside the folder of the index."""
    folder = index if index.name not in {"", ".."} else index.resolve()
    return folder.parent / f"{folder.name}-notebook.sqlite"


def library_folder(index: Path, named: Path | None = None) -> Path | None:
    """Return where uploads to an index lie: in the folder `named`, else beside that of the index; None for "none"."""
    if named is not None:
        return None if str(named) == "none" else named
    folder = index if index.name not in {"", ".."} else index.resolve()
    return folder.parent / f"{folder.name}-library"
