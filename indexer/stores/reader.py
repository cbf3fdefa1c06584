"""Readers of an index: which generation a piece of work is done with."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.errors import IndexStoreError, YuanhuaError
from indexer.stores.generations import Generation, current_name, open_generation, published_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(eq=False, slots=True)
class Work:
    """One piece of work: the generation that it keeps to, once it has asked for one."""

    reader: IndexReader
    generation: Generation | None = field(default=None)


_WORK: ContextVar[Work | None] = ContextVar("work", default=None)


class IndexReader:
    """Hands out the published generation of an index, and moves over when a newer one is published.

    It may be used from many threads. Take `current()` once for each piece of work and keep to what it
    returned, or do the work within `one_generation()`: that generation stays readable while it is held.

    A server leads it: it prepares a newer generation and then lets the reader move over. What it refuses stands in
    `refused`, by name and with the error, and is not opened; `doubted` asks it to see whether what is in use is sound.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._generation: Generation | None = None
        self._users: dict[str, int] = {}
        self._led = False
        self.doubted = threading.Event()
        self.refused: tuple[str, YuanhuaError] | None = None

    @property
    def folder(self) -> Path:
        """The folder of the index."""
        return self._folder

    @property
    def in_use(self) -> Generation | None:
        """The generation that new work is given, as far as one has been opened."""
        return self._generation

    def current(self) -> Generation:
        """Return the published generation. While nothing new is published this costs the reading of a name.

        Within `one_generation()` it is the same one each time. Raises IndexMissingError, IndexDamagedError,
        IndexMismatchError or EngineUnavailableError.
        """
        work = _WORK.get()
        if work is None or work.reader is not self:
            return self._newest()
        if work.generation is None:
            with self._lock:
                work.generation = self._newest()
                self._users[work.generation.name] = self._users.get(work.generation.name, 0) + 1
        return work.generation

    @contextmanager
    def one_generation(self, generation: Generation | None = None) -> Iterator[Work]:
        """Do what is done in the block, by this thread, with one generation: the given one, or the first it asks for.

        Without this, something published meanwhile would be seen by the second half of the work and not by the first.
        """
        work = Work(self)
        if generation is not None:
            with self._lock:
                work.generation = generation
                self._users[generation.name] = self._users.get(generation.name, 0) + 1
        token = _WORK.set(work)
        try:
            yield work
        finally:
            _WORK.reset(token)
            self._end(work)

    def lead(self) -> None:
        """Let the reader stay with the generation that it has open until `move_to` names another."""
        self._led = True

    def move_to(self, generation: Generation | None) -> None:
        """Hand out this generation from now on; None when what is open is damaged and must not be used any more.

        Work that has begun keeps to the one that it began with, which is let go when the last has ended.
        """
        with self._lock:
            left, self._generation = self._generation, generation
            if left is not None and left is not generation and not self._users.get(left.name):
                left.forget()

    def catch_up(self) -> Generation:
        """Move over to what is published now, although nobody has prepared it; stay where that cannot be opened.

        For work that goes on with what another process, which has moved over already, has begun.
        """
        work = _WORK.get()
        with self._lock, suppress(IndexStoreError):
            if self._generation is None or self._generation.name != self.published():
                self.move_to(self._open())
            if work is not None and work.reader is self:
                self._end(work)
        return self.current()

    def published(self) -> str:
        """Return the name of the published generation. Raises IndexMissingError or IndexDamagedError."""
        return current_name(self._folder)

    def names(self) -> list[str]:
        """Return the names of all generations that could be opened, oldest first."""
        return published_names(self._folder)

    def open(self, name: str) -> Generation:
        """Open a generation, beside the one in use. Raises as `current` does."""
        return open_generation(self._folder, name)

    def close(self) -> None:
        """Release the generation that is open. Nobody may use it afterwards."""
        with self._lock:
            generation, self._generation = self._generation, None
        if generation is not None:
            generation.close()

    def _newest(self) -> Generation:
        generation = self._generation
        if generation is not None and (self._led or generation.name == self.published()):
            return generation
        with self._lock:
            generation = self._generation
            if generation is None or generation.name != self.published():
                generation = self._open()
                self.move_to(generation)
            return generation

    def _open(self) -> Generation:
        """Open the published generation, again when a writer moved on and took it away meanwhile."""
        while True:
            name = self.published()
            if self.refused is not None and self.refused[0] == name:
                error = self.refused[1]
                raise type(error)(error.what, where=error.where, mend=error.mend)
            try:
                return self.open(name)
            except IndexStoreError:
                if self.published() == name:
                    raise

    def _end(self, work: Work) -> None:
        """Note that a piece of work has ended; the last one to use a generation that was left lets go of it."""
        generation, work.generation = work.generation, None
        if generation is None:
            return
        with self._lock:
            self._users[generation.name] -= 1
            if not self._users[generation.name]:
                del self._users[generation.name]
                if generation is not self._generation:
                    generation.forget()
