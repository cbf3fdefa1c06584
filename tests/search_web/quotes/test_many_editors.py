"""A hundred edits at once, from processes that know nothing of each other: nothing is lost, nothing mixed."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer.errors import ConflictError
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore
from tests.search_web.quotes.invented import invented

ROOT = Path(__file__).parents[3]
PROCESSES, THREADS, EDITS = 4, 5, 5
_EDITOR = f"""
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from indexer.errors import ConflictError, NameTakenError
from search_web.notebook.database import Notebook
from search_web.quotes.store import QuoteStore
from tests.search_web.quotes.invented import invented

file, process = Path(sys.argv[1]), int(sys.argv[2])
store = QuoteStore(Notebook(file))
try:
    store.create("Shared")
except NameTakenError:
    pass
shared = store.named("Shared").id

def edit(thread):
    for number in range({EDITS}):
        name = f"{{process}}/{{thread}}/{{number}}"
        (kept,) = store.add(shared, [invented(f"原话 {{name}} 𠮷 " * 20, note=name)])
        store.move_quote(kept.id, before=store.collection(shared).quotes[0].id)
        while True:
            seen = store.collection(shared)
            try:
                store.edit(shared, description=f"{{seen.description}}{{name}} ", expected=seen.version)
            except ConflictError:
                continue
            break

with ThreadPoolExecutor({THREADS}) as pool:
    list(pool.map(edit, range({THREADS})))
"""


def test_a_hundred_edits_at_once_lose_and_mix_nothing(tmp_path: Path) -> None:
    """They also make the file at once, and agree on one collection."""
    file = tmp_path / "notebook.sqlite"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    editors = [
        subprocess.Popen([sys.executable, "-c", _EDITOR, str(file), str(number)], env=environment)
        for number in range(PROCESSES)
    ]
    assert [editor.wait(timeout=600) for editor in editors] == [0] * PROCESSES
    store = QuoteStore(Notebook(file))
    (summary,) = store.collections()
    shared = store.collection(summary.collection.id)
    wanted = {f"{p}/{t}/{n}" for p in range(PROCESSES) for t in range(THREADS) for n in range(EDITS)}
    assert len(wanted) == len(shared.quotes) == 100
    assert {quote.note: quote.text for quote in shared.quotes} == {name: f"原话 {name} 𠮷 " * 20 for name in wanted}
    assert sorted(shared.description.split()) == sorted(wanted)
    history = store.history(shared.id)
    assert shared.version == len(history)
    assert sum(change.action == "added" for change in history) == 100


def test_of_a_hundred_who_change_the_same_version_one_does(store: QuoteStore) -> None:
    made = store.create("Cash flow")
    (quote,) = store.add(made.id, [invented("Cash rose")])

    def annotate(number: int) -> str | None:
        try:
            return store.edit_quote(quote.id, note=str(number), expected=1).note
        except ConflictError:
            return None

    with ThreadPoolExecutor(20) as pool:
        notes = [note for note in pool.map(annotate, range(100)) if note is not None]
    assert notes == [store.quote(quote.id).note]
