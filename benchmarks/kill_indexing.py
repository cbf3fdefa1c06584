"""Kill an indexing run at random moments; check each time that the index is whole and the next run ends the work.

    python benchmarks/kill_indexing.py PARAGRAPHS.jsonl.gz [--kills 50] [--publishing 5] [--files 40] [--seed 7]

Every run has new, changed and removed files to take up, read by a pool of processes. It is killed (SIGKILL) at a moment
drawn evenly from about the time that such a run takes, and `--publishing` times right before each step of publishing
(kill_moments.py), which takes so short that no moment drawn would meet it. Then: the index must open with exactly the
transcripts of before or exactly those of after; every file of it must be sound; no process of the killed run may be
left; and the next run must make of it what an index holds of the same files that was never killed. Exit code 1 when
anything is otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep
from typing import TYPE_CHECKING, NamedTuple

from archive import write_files
from kill_moments import AIMED, MOMENTS, Moment

from indexer.build import BuildSettings, index_paths
from indexer.stores.generations import current_name
from indexer.stores.index import IndexReader, check_index

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = BuildSettings(embedders=("bundled",), workers=2)
RUN = (
    "import sys; from pathlib import Path; from indexer.build import BuildSettings, index_paths\n"
    "def tell(stage, done, total, *_): print(stage, flush=True)\n"
    "print('starting', flush=True)\n"
    "index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], BuildSettings(embedders=('bundled',), workers=2), tell)\n"
    "print('finished', flush=True)\n"
)

State = dict[str, tuple[str, str, int]]


class Outcome(NamedTuple):
    """What one kill led to: the stage it met, whether the new state was published, and what was wrong."""

    stage: str
    published: bool
    wrong: list[str]


def state(index: Path) -> State:
    """Return, by path, the id, digest and number of passages of every transcript."""
    with closing(IndexReader(index)) as reader:
        infos = reader.current().passages.transcripts()
    return {info.source.path: (info.id, info.source.sha256, info.passages) for info in infos}


def change(folder: Path, attempt: int, chance: random.Random) -> None:
    """Add two files, change two, and remove or rename one."""
    files = sorted(folder.iterdir())
    for number in range(2):
        said = "".join(f"Speaker {number}: line {line} of attempt {attempt}.\n\n" for line in range(40))
        (folder / f"new-{attempt:03d}-{number}.txt").write_text(said, encoding="utf-8")
    for file in chance.sample(files, 2):
        file.write_bytes(file.read_bytes() + f"\n\nChair: One more word, {attempt}.\n".encode())
    lost = chance.choice(files)
    if attempt % 2:
        lost.unlink()
    else:
        lost.rename(folder / f"renamed-{attempt:03d}{lost.suffix}")


def group_is_gone(group: int, seconds: float = 10.0) -> bool:
    """Whether every process of a group ends in time."""
    end = monotonic() + seconds
    while monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return False


def kill_after(seconds: float, index: Path, folder: Path) -> tuple[str, int]:
    """Start a run and kill it after so many seconds; return what it was doing, and its process group."""
    command = [sys.executable, "-c", RUN, str(index), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True, text=True) as process:
        output = process.stdout
        if output is None:
            raise RuntimeError(command)
        output.readline()
        sleep(seconds)
        process.send_signal(signal.SIGKILL)
        stages = output.read().split("\n")
    return next((line for line in reversed(stages[:-1]) if line), "starting"), process.pid


def kill_before(moment: Moment, index: Path, folder: Path) -> tuple[str, int]:
    """Start a run that is killed before a step of publishing; return what that was, and its process group."""
    command = [sys.executable, "-c", AIMED + RUN, str(index), str(folder), moment.event, moment.path]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        process.wait()
    return f"publishing, before {moment.before}" if process.returncode == -signal.SIGKILL else "finished", process.pid


def kill_once(index: Path, folder: Path, unkilled: Path, kill: Callable[[Path, Path], tuple[str, int]]) -> Outcome:
    """Start a run, kill it, and look at what is left."""
    before = state(index)
    stage, group = kill(index, folder)
    wrong = [] if group_is_gone(group) else ["a process of the run was left"]
    left = state(index)
    wrong += [f"{problem.where}: {problem.what}" for problem in check_index(index)]
    report = index_paths(index, [folder], SETTINGS)
    after = state(index)
    index_paths(unkilled, [folder], SETTINGS)
    expected = {path: found[1:] for path, found in state(unkilled).items()}
    published = left == after
    if left not in (before, after):
        wrong.append("the index was neither the old one nor the new one")
    if {path: found[1:] for path, found in after.items()} != expected or report.failed:
        wrong.append("the next run did not finish the work")
    wrong += [f"after the next run: {problem.where}: {problem.what}" for problem in check_index(index)]
    if index_paths(index, [folder], SETTINGS).generation != current_name(index):
        wrong.append("one more run changed something")
    return Outcome(stage, published, wrong)


def main() -> None:
    """Kill as often as asked and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--publishing", type=int, default=5)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    settings = parser.parse_args()
    chance = random.Random(settings.seed)  # noqa: S311 - moments, no secrets.
    outcomes = []
    with TemporaryDirectory() as scratch:
        index, unkilled, folder = (Path(scratch, name) for name in ("index", "unkilled", "files"))
        folder.mkdir()
        write_files(settings.archive, folder, settings.files)
        index_paths(index, [folder], SETTINGS)
        change(folder, 0, chance)
        start = perf_counter()
        subprocess.run([sys.executable, "-c", RUN, str(index), str(folder)], check=True, stdout=subprocess.DEVNULL)
        span = perf_counter() - start
        for attempt in range(1, settings.kills + 1):
            change(folder, attempt, chance)
            outcomes.append(kill_once(index, folder, unkilled, partial(kill_after, chance.uniform(0, span))))
            # How fast runs are hangs on what else the machine does; most kills shall meet one that has not ended.
            span *= 0.85 if outcomes[-1].stage == "finished" else 1.05
            print(f"{attempt:3d} {outcomes[-1].stage:20} {'new' if outcomes[-1].published else 'old'}", flush=True)
        for attempt, moment in enumerate(MOMENTS * settings.publishing, settings.kills + 1):
            change(folder, attempt, chance)
            outcome = kill_once(index, folder, unkilled, partial(kill_before, moment))
            if outcome.published is not moment.published:
                outcome.wrong.append("the index that was in force is not the one that should be")
            outcomes.append(outcome)
            print(f"{attempt:3d} {outcome.stage:50} {'new' if outcome.published else 'old'}", flush=True)
    print("\n| killed while | kills | old index | new index | wrong |\n|---|---|---|---|---|")
    for stage, count in Counter(outcome.stage for outcome in outcomes).items():
        those = [outcome for outcome in outcomes if outcome.stage == stage]
        new = sum(outcome.published for outcome in those)
        print(f"| {stage} | {count} | {count - new} | {new} | {sum(bool(outcome.wrong) for outcome in those)} |")
    wrongs = [wrong for outcome in outcomes for wrong in outcome.wrong]
    for wrong in wrongs:
        print(wrong)
    sys.exit(bool(wrongs))


if __name__ == "__main__":
    main()
