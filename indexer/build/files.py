"""Which files under the given paths are transcripts to read."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.report import FailedFile, FileNote
from indexer.sources import READERS
from indexer.sources.sidecar import SUFFIX, belongs_to_a_file
from indexer.stores.generations import CURRENT, GENERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

# A pipe, for one, into which nobody may ever write.
_NO_FILE = "it is no regular file"


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What stands under some paths: absolute, sorted, each once.

    `missing` are roots that do not exist, `held` files that are left alone for now.
    """

    roots: tuple[Path, ...]
    missing: tuple[Path, ...]
    files: tuple[Path, ...]
    skipped: tuple[FileNote, ...]
    failed: tuple[FailedFile, ...]
    held: tuple[Path, ...] = ()

    def without(self, held: AbstractSet[Path]) -> FoundFiles:
        """Return the same with some of the files held back."""
        return replace(
            self,
            files=tuple(path for path in self.files if path not in held),
            held=tuple(path for path in self.files if path in held),
        )


def find_files(paths: Iterable[Path], *, index: Path) -> FoundFiles:
    """Find the files to read: those named, and in folders, at any depth, all that a reader takes.

    Hidden files and folders, files named README, links to folders and the folder of the index are skipped.
    """
    roots = tuple(sorted({absolute(path) for path in paths}))
    files: set[Path] = set()
    skipped: dict[Path, str] = {}
    errors: dict[Path, str] = {}
    for root in roots:
        if root.is_dir():
            for path, reason in _below(root, absolute(index), errors):
                if reason is None:
                    files.add(path)
                else:
                    skipped[path] = reason
        elif root.is_file():
            files.add(root)
        elif root.exists():
            skipped[root] = _NO_FILE
    return FoundFiles(
        roots=roots,
        missing=tuple(root for root in roots if not os.path.lexists(root)),
        files=tuple(sorted(files)),
        skipped=tuple(FileNote(shown(path), skipped[path]) for path in sorted(skipped) if path not in files),
        failed=tuple(FailedFile(shown(path), errors[path], OSError.__name__) for path in sorted(errors)),
    )


def absolute(path: Path) -> Path:
    """Return the path from the root. Links are not resolved: a file belongs to the folder it was given through."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would.


def shown(path: Path) -> str:
    r"""Return a path as it can be printed: bytes that are no text become \xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_below(path: Path, roots: Sequence[Path]) -> bool:
    """Whether a path is one of the roots or lies in one of them."""
    return any(path.is_relative_to(root) for root in roots)


def _below(root: Path, index: Path, errors: dict[Path, str]) -> Iterator[tuple[Path, str | None]]:
    """Yield every file, with the reason to skip it or None, and every folder that is not entered."""

    def note(error: OSError) -> None:
        errors[Path(error.filename)] = f"the folder cannot be read ({error.strerror})"

    for folder, folders, names in os.walk(root, onerror=note):
        for name in sorted(folders):
            path = Path(folder, name)
            reason = _reason_to_pass_by(path, index)
            if reason is not None:
                folders.remove(name)
                yield path, reason
        for name in sorted(names):
            if name.startswith(".") or not name.endswith(SUFFIX):
                yield Path(folder, name), _reason_to_skip(Path(folder, name))
            elif not belongs_to_a_file(name, names, READERS):
                yield Path(folder, name), "a sidecar that belongs to no file"


def _is_text(name: str) -> bool:
    """Whether a name is valid Unicode; the system lets any bytes be one."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _reason_to_pass_by(folder: Path, index: Path) -> str | None:
    if folder == index:
        return "it is the index"
    if (folder / CURRENT).is_file() and (folder / GENERATIONS).is_dir():
        return "another index"
    if folder.name.startswith("."):
        return "a hidden folder"
    if folder.is_symlink():
        return "a link to a folder"
    return None


def _reason_to_skip(path: Path) -> str | None:
    name = path.name
    if not _is_text(str(path)):
        return "its name is no text"
    if path.exists() and not path.is_file():
        return _NO_FILE
    if name.startswith("."):
        return "a hidden file"
    if name.upper().startswith("README"):
        return "a README is no transcript"
    suffix = path.suffix
    if suffix.lower().removeprefix(".") not in READERS or not suffix:
        return f'no reader takes files that end in "{suffix}"' if suffix else "its name has no suffix"
    return None
