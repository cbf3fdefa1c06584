"""Lets a server move over to what is published once it is sound and warm, and never to what is damaged."""

from __future__ import annotations

import logging
import time
from threading import Thread
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError, IndexStoreError, YuanhuaError

if TYPE_CHECKING:
    from indexer.stores.index import Generation
    from search_web.search.searcher import Searcher

_PAUSE = 0.2
"""Seconds between two looks at which generation is published."""

_NO_NAME = ""

_log = logging.getLogger("yuanhua")


class Follower:
    """Looks after the reader of a server.

    What is published is opened beside the generation in use, each file of it is compared with its digest, and all that
    a search needs is loaded; then requests get it, so that none waits. One that is damaged or cannot be used here is
    refused, which is logged, and the last good one stays in use: at a start, the one that the writer has kept beside
    the published one. `refused` of the reader says what was refused, and why.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._reader = searcher.reader
        self._verified = _NO_NAME

    def begin(self) -> None:
        """Open the index, or the last good generation of it, and go on looking in a thread of its own.

        What hinders that is logged and no error here; it is tried again until there is something to answer from.
        """
        self._reader.lead()
        self.look()
        Thread(target=self._look_on, name="follower", daemon=True).start()

    def look(self) -> None:
        """Do what there is to do now: open the index, see whether what is in use is sound, move over to what is new."""
        in_use = self._reader.in_use
        if in_use is None:
            self._open()
        elif self._verified != in_use.name or self._reader.doubted.is_set():
            self._verify(in_use)
        else:
            self._follow(in_use)

    def _look_on(self) -> None:
        while True:
            time.sleep(_PAUSE)
            try:
                self.look()
            except Exception:  # noqa: BLE001 - whatever it was, what is published next shall be looked at.
                _log.exception("Looking after the index failed")

    def _open(self) -> None:
        """Open what is published, or what was published before; the whole of it is read by the next look."""
        name = _NO_NAME
        try:
            name = self._reader.published()
            self._reader.current()
        except IndexStoreError as error:
            if self._refuse(name, error):
                self._fall_back()
            return
        try:
            self._searcher.warm()
        except YuanhuaError as error:
            _log.warning("Not ready: %s", error)

    def _verify(self, in_use: Generation) -> None:
        """Compare every file of the generation in use with its digest, and leave it when it is damaged."""
        self._reader.doubted.clear()
        self._verified = in_use.name
        try:
            in_use.verify_files()
        except IndexDamagedError as error:
            # Files that the writer has taken away are still there for those who have them open.
            if in_use.name in self._reader.names():
                self._refuse(in_use.name, error)
                self._reader.move_to(None)
                self._fall_back()

    def _follow(self, in_use: Generation) -> None:
        name = _NO_NAME
        try:
            name = self._reader.published()
            if name == in_use.name:
                self._reader.refused = None
            elif not self._is_refused(name):
                self._prepare(name)
                self._reader.refused = None
                _log.info("Answering from generation %s", name)
        except YuanhuaError as error:
            if name == self._current_name():
                self._refuse(name, error)

    def _prepare(self, name: str) -> None:
        """Open a generation, see that it is what was written, load all for it, and let the reader move over."""
        generation = self._reader.open(name)
        generation.verify_files()
        with self._reader.one_generation(generation):
            self._searcher.warm()
            self._verified = name
            self._reader.move_to(generation)

    def _fall_back(self) -> None:
        """Use the newest generation beside the refused one that is sound, if one is."""
        for name in reversed(self._reader.names()):
            if self._is_refused(name):
                continue
            try:
                self._prepare(name)
            except YuanhuaError as error:
                _log.warning("Generation %s is no help either: %s", name, error)
            else:
                _log.warning("Answering from generation %s, the last good one", name)
                return

    def _current_name(self) -> str:
        try:
            return self._reader.published()
        except IndexStoreError:
            return _NO_NAME

    def _is_refused(self, name: str) -> bool:
        return self._reader.refused is not None and self._reader.refused[0] == name

    def _refuse(self, name: str, error: YuanhuaError) -> bool:
        """Note and log what is refused; return whether that is news."""
        known = self._reader.refused
        if known is not None and (known[0], str(known[1])) == (name, str(error)):
            return False
        _log.error("Not answering from what is published: %s", error)
        self._reader.refused = name, error
        return True
