"""One step: from what an index holds to what the files hold now."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.entries import Entry, entry_of
from indexer.build.files import absolute
from indexer.build.parse import Reading
from indexer.build.plan import digests_of, make_plan
from indexer.build.prepare import Preparer, ReadFile
from indexer.build.report import BuildReport, MovedFile
from indexer.build.tools import choose_tools
from indexer.build.write import write_generation
from indexer.stores.prepared import PreparedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Self

    from indexer.build.files import FoundFiles
    from indexer.build.parse import FileOutcome
    from indexer.build.plan import Plan
    from indexer.build.report import BuildSettings, Duplicate, Progress
    from indexer.build.tools import Tools
    from indexer.stores.index import Generation, IndexWriter
    from indexer.stores.manifest import Manifest

# Stands for the parser of a transcript whose file has moved and cannot be read at its new place: it is tried again.
_TO_TRY_AGAIN = ""


def synchronise(
    writer: IndexWriter,
    found: FoundFiles,
    settings: BuildSettings,
    *,
    earlier: Generation | None,
    manifest: Manifest | None,
    progress: Progress,
    root: Path | None = None,
) -> BuildReport:
    """Publish what the found files make of the earlier generation, if that differs from it.

    `manifest` names the tools of the index where `settings` do not; `root` stands for the roots of what was found.
    """
    tools = choose_tools(settings, manifest)
    digests, unopened = digests_of(found.files)
    unread = [*(Path(note.path) for note in (*found.failed, *unopened)), *found.held]
    plan = make_plan(found.roots, digests, unread, earlier.passages if earlier else None, settings.overrides)
    with Reading(plan, tools, settings, writer.scratch, progress) as reading:
        outcomes = reading.outcomes()
        changed = bool(plan.gone) or (earlier is not None and not tools.made(earlier.manifest))
        # Nothing is written before it is known that something has changed.
        first = [] if changed else _until_one_is_read(outcomes)
        written = None
        if changed or reading.parsed:
            written = write_generation(
                writer,
                _in_order(plan, chain(first, outcomes), earlier, tools),
                count=len(plan.unchanged) + len(plan.elsewhere) + len(plan.to_read),
                tools=tools,
                roots=_roots(found, earlier, root),
                earlier=earlier,
                progress=progress,
                vector_cache=settings.vector_cache,
            )
    report = replace(
        _report(plan, reading),
        failed=(*found.failed, *unopened, *reading.failed),
        skipped=(*found.skipped, *plan.duplicates),
    )
    if written is None:
        return report
    warnings = (*report.warnings, *written.warnings)
    return replace(report, duplicates=_of_now(written.duplicates, report), warnings=warnings)


def _until_one_is_read(outcomes: Iterator[FileOutcome]) -> list[FileOutcome]:
    """Take outcomes up to the first of a file that could be read, and return them."""
    taken = []
    for outcome in outcomes:
        taken.append(outcome)
        if isinstance(outcome.read, ReadFile):
            break
    return taken


def _roots(found: FoundFiles, earlier: Generation | None, root: Path | None) -> Iterable[str]:
    """Return the folders and files that the index remembers as its sources."""
    known = earlier.manifest.roots if earlier else ()
    return dict.fromkeys((*known, *map(str, [absolute(root)] if root else found.roots)))


def _report(plan: Plan, reading: Reading) -> BuildReport:
    """Say what becomes of each transcript."""
    added, updated, moved = [], [], []
    for path, transcript_id in reading.parsed.items():
        before = plan.to_read[path]
        if before is None:
            added.append(transcript_id)
        elif plan.has_moved(path):
            moved.append(MovedFile(transcript_id, str(path), before.source.path))
        else:
            updated.append(transcript_id)
    return BuildReport(
        added=tuple(added),
        updated=tuple(updated),
        removed=tuple(info.id for info in plan.gone),
        moved=tuple(moved),
        unchanged=tuple(info.id for info in plan.unchanged),
        warnings=reading.warnings,
    )


def _in_order(plan: Plan, outcomes: Iterator[FileOutcome], earlier: Generation | None, tools: Tools) -> Iterator[Entry]:
    """Yield all transcripts by path, so that equal files make equal indexes.

    Those of the index that stay are taken from there, also those of files that fail now.
    """
    staying = {Path(info.source.path): info.id for info in (*plan.unchanged, *plan.elsewhere)}
    with ExitStack() as opened:
        kept = opened.enter_context(_Kept(earlier, tools)) if earlier else None
        for path in sorted((*staying, *plan.to_read)):
            before = staying.get(path)
            if before is None:
                file = next(outcomes)
                if isinstance(file.read, ReadFile):
                    yield Entry(file.read.records, file.made_with, file.read.document, file.read.prepared)
                    continue
                known = plan.to_read[path]
                before = known.id if known is not None else None
            if before is not None and kept is not None:
                yield kept.entry(before, path)
        next(outcomes, None)  # There is none left, and nobody who reads is needed any more.


class _Kept:
    """The transcripts of the earlier generation, with all that it knows of them."""

    def __init__(self, earlier: Generation, tools: Tools) -> None:
        self._passages = earlier.passages
        self._parsers = earlier.passages.parsers()
        self._known = PreparedStore(earlier.prepared_file(), tools.words_digest)
        self._preparer = Preparer(tools.analyser)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()

    def entry(self, transcript_id: str, path: Path) -> Entry:
        """Return a transcript, the file of which is now at `path`."""
        transcript, document = self._passages.written(transcript_id)
        prepared = self._known.get(transcript_id)
        if transcript.source.path == str(path):
            parser = self._parsers[transcript_id]
            return entry_of(transcript, parser, self._preparer, document=document, prepared=prepared)
        here = replace(transcript, source=replace(transcript.source, path=str(path)))
        return entry_of(here, _TO_TRY_AGAIN, self._preparer, prepared=prepared)


def _of_now(duplicates: Sequence[Duplicate], report: BuildReport) -> tuple[Duplicate, ...]:
    """Return the duplicates of which one file was read now."""
    now = {*report.added, *report.updated, *(file.id for file in report.moved)}
    return tuple(pair for pair in duplicates if pair.id in now or pair.duplicate_of in now)
