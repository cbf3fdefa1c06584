"""The settings of making an index, each once: its option, environment variable, default and what it does.

`search_web.settings` has those of searching and serving.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """Something the user may choose; `environment` is None where only the option sets it.

    What the environment may set, a file of settings may set too.
    """

    option: str
    default: str
    help: str
    environment: str | None = None

    @property
    def key(self) -> str | None:
        """The name in a file of settings: that of the environment in lower case, without its prefix."""
        return self.environment.removeprefix("YUANHUA_").lower() if self.environment else None


INDEX = Setting(
    option="--index",
    default=".yuanhua",
    help="The folder of the index.",
    environment="YUANHUA_INDEX",
)
STORE = Setting(
    option="--store",
    default="files",
    help="Where the index is: files, which is the folder of the index, or milvus.",
    environment="YUANHUA_STORE",
)
URI = Setting(
    option="--uri",
    default="",
    help=(
        "With --store milvus, the address of Milvus, http://HOST:PORT/DATABASE, or the path of a Milvus Lite file. A"
        " password comes from YUANHUA_MILVUS_TOKEN."
    ),
    environment="YUANHUA_MILVUS_URI",
)
KEYWORD_ENGINE = Setting(
    option="--keyword-engine",
    default="tantivy",
    help="What holds the words: tantivy or whoosh. An existing index keeps its engine.",
)
SEGMENTER = Setting(
    option="--segmenter",
    default="rjieba",
    help="What cuts Chinese into words: rjieba or jieba. An existing index keeps its segmenter.",
)
USER_WORDS = Setting(
    option="--user-words",
    default="",
    help="A file of Chinese words to keep whole, one a line, in UTF-8. An existing index keeps its words.",
)
EMBEDDER = Setting(
    option="--embedder",
    default="",
    help=(
        "A model for search by meaning: bundled, e5, sentence-transformers:NAME-OR-FOLDER, or none for words"
        " only. May be given more than once. An existing index keeps its models; a new one gets bundled, and"
        " e5 beside it while the collection is small."
    ),
)
REBUILD = Setting(
    option="--rebuild",
    default="",
    help="Make the index anew from PATHS, without the transcripts that it has from elsewhere.",
)
WATCH = Setting(
    option="--watch",
    default="",
    help="Go on after the first pass: wait for changes under PATHS and index them, until Ctrl-C.",
)
WORKERS = Setting(
    option="--workers",
    default="",
    help="How many processes read files; otherwise one for each core.",
)
TIME_LIMIT = Setting(
    option="--time-limit",
    default="120",
    help="How many seconds reading one file may take before it is given up.",
)
_KEPT = "It stands above all that the files and their sidecars say, and is kept until given again; empty takes it back."
TITLE = Setting(option="--title", default="", help=f"The title of the files. {_KEPT}")
COMPANY = Setting(option="--company", default="", help=f"The company of the files. {_KEPT}")
TICKER = Setting(option="--ticker", default="", help=f"The ticker of the files. {_KEPT}")
PERIOD = Setting(option="--period", default="", help=f"The period of the files, as 2024Q1, 2024H1 or 2024. {_KEPT}")
DATE = Setting(option="--date", default="", help=f"The day of the calls, as 2024-05-02. {_KEPT}")
LANGUAGE = Setting(option="--language", default="", help=f"The language of the files, zh or en. {_KEPT}")
OVERRIDES = (TITLE, COMPANY, TICKER, PERIOD, DATE, LANGUAGE)
SENTENCE_VECTORS = Setting(
    option="--sentence-vectors",
    default="",
    help=(
        "Whether sentences have vectors of their own, beside those of passages, where the model makes them. An existing"
        " index keeps what it has; a new one has them."
    ),
)
RECALL = Setting(
    option="--recall",
    default="0.99",
    help=(
        "In an index of 50,000 passages or more, which share of the ten nearest a search by meaning must have among the"
        " passages that it compares; more takes longer. An existing index keeps its share."
    ),
)
VECTOR_CACHE = Setting(
    option="--vector-cache",
    default="16384",
    help=(
        "How many megabytes of vectors are kept at most in the user's cache folder, so that no build embeds a text"
        " again, not even after it was killed; 0 uses and keeps none."
    ),
    environment="YUANHUA_VECTOR_CACHE",
)
DEVICE = Setting(
    option="--device",
    default="auto",
    help=(
        "What models of sentence-transformers run on: cpu, cuda, mps, cuda:1; several with commas; auto takes the first"
        " of cuda, mps and cpu that is at hand."
    ),
    environment="YUANHUA_DEVICE",
)
EMBED_WORKERS = Setting(
    option="--workers",
    default="",
    help="How many processes of this machine embed, with Dask; otherwise this one alone.",
)
ADDRESS = Setting(
    option="--address",
    default="",
    help="The scheduler of a Dask cluster whose workers embed, such as tls://HOST:8786, in place of --workers.",
    environment="YUANHUA_DASK_ADDRESS",
)
CACHE = Setting(
    option="--cache",
    default="",
    help="Where eval keeps the indexes of judged corpora; otherwise yuanhua in the user's cache folder.",
    environment="YUANHUA_CACHE",
)
SETTINGS = (
    INDEX,
    STORE,
    URI,
    KEYWORD_ENGINE,
    SEGMENTER,
    USER_WORDS,
    EMBEDDER,
    REBUILD,
    *OVERRIDES,
    WATCH,
    WORKERS,
    TIME_LIMIT,
    SENTENCE_VECTORS,
    RECALL,
    VECTOR_CACHE,
    DEVICE,
    EMBED_WORKERS,
    ADDRESS,
    CACHE,
)


def cache_folder() -> Path:
    """Return the folder for what can be made again: YUANHUA_CACHE, else `yuanhua` in the user's cache."""
    named = os.environ.get(CACHE.environment or "")
    if named:
        return Path(named).expanduser()
    caches = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(caches, "yuanhua").expanduser()


def vector_cache_limit() -> int:
    """Return how many megabytes of vectors the cache may hold."""
    named = os.environ.get(VECTOR_CACHE.environment or "", "")
    return int(named if named.isdecimal() else VECTOR_CACHE.default)


def embedding_device() -> str:
    """Return what models of sentence-transformers run on, as the user writes it."""
    return os.environ.get(DEVICE.environment or "") or DEVICE.default
