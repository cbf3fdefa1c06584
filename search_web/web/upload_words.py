"""What is said of uploads, in the language of the page: why a file was not kept or read, and how far the work is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import gettext, lazy_gettext, lazy_pgettext

from search_web.web.engine_words import Said, said
from search_web.web.translating import page_locale

if TYPE_CHECKING:
    from flask_babel import LazyString

    from indexer.errors import YuanhuaError
    from search_web.uploads.model import Progress, Trouble

_KINDS: dict[str, LazyString] = {
    "UnsupportedFormatError": lazy_gettext("This kind of file cannot be read."),
    "UndecodableTextError": lazy_gettext("What stands in the file is no text in a known encoding."),
    "EmptySourceError": lazy_gettext("There is no text in the file."),
    "DamagedSourceError": lazy_gettext("The file is damaged, or not what its name says."),
    "ProtectedSourceError": lazy_gettext("The file is locked with a password."),
    "ScannedSourceError": lazy_gettext("The pages of the file are pictures without text."),
    "OversizedSourceError": lazy_gettext("The file is too large for a transcript."),
    "MalformedRecordsError": lazy_gettext("The records of the file lack what a transcript needs."),
    "SidecarError": lazy_gettext("What was stated of the file cannot be read."),
    "BrokenReaderError": lazy_gettext("Reading the file broke off."),
    "SourceError": lazy_gettext("The file could not be taken in."),
    "OSError": lazy_gettext("The disk of the server refused it."),
    "IndexLockedError": lazy_gettext("The index is being written by somebody else."),
    "DuplicateUploadError": lazy_gettext("The index has this file already."),
    "IndexDamagedError": lazy_gettext("The index is damaged."),
    "IndexMismatchError": lazy_gettext("The index was made by another version."),
}
_OTHERWISE = lazy_gettext("It could not be indexed.")

_STAGES: dict[str, LazyString] = {
    "": lazy_pgettext("stage", "Beginning"),
    "reading": lazy_pgettext("stage", "Reading files"),
    "indexing": lazy_pgettext("stage", "Writing words"),
    "vectors": lazy_pgettext("stage", "Writing meanings"),
}
_VECTORS = re.compile("vectors of .+")
_UNITS = ("KB", "MB", "GB")
_STEP, _EXACT = 1000, 10


def trouble_said(trouble: Trouble) -> tuple[Said, Said]:
    """Return what kind of trouble there is, in the language of the page, and what it is, if need be in English."""
    kind = Said(str(_KINDS.get(trouble.error, _OTHERWISE)), page_locale())
    return kind, _joined(trouble.what, trouble.mend)


def error_said(error: YuanhuaError) -> Said:
    """Return why something was refused; English as a whole where a part of it has no form."""
    return _joined(error.what, error.mend)


def stage_said(progress: Progress) -> str:
    """Return the words for what is being done, as the builder names it."""
    stage = "vectors" if _VECTORS.fullmatch(progress.stage) else progress.stage
    return str(_STAGES.get(stage, progress.stage))


def size_said(size: int) -> str:
    """Return a size in bytes as people read it: 1.4 MB."""
    value = max(size / _STEP, 0.1)
    for unit in _UNITS[:-1]:
        if value < _STEP:
            return f"{value:.1f} {unit}" if value < _EXACT else f"{value:.0f} {unit}"
        value /= _STEP
    return f"{value:.1f} {_UNITS[-1]}"


def _joined(what: str, mend: str) -> Said:
    parts = [said(part) for part in (what, mend) if part]
    if {part.language for part in parts} != {page_locale()}:
        return Said(" ".join(f"{part[:1].upper()}{part[1:].removesuffix('.')}." for part in (what, mend) if part), "en")
    stop = gettext(".")
    between = "" if page_locale() == "zh" else " "
    return Said(
        between.join(f"{part.text[:1].upper()}{part.text[1:].removesuffix(stop)}{stop}" for part in parts),
        page_locale(),
    )
