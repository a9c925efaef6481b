"""A folder that is watched: photos are taken as they come, once they are whole."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.engine.batch.inputs import BatchPhoto, iterate_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

SETTLED = 2.0
"""Seconds for which size and time of a file must stay the same; programs that copy write several times a second."""

_LEAST_PAUSE, _SHARE = 1.0, 0.05
"""Seconds between two looks at the folder at least, and the share of the time that looking may take."""

type _Look = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""


@dataclass(eq=False)
class FolderWatch:
    """A watch on a folder and the folders below it.

    Attributes:
        folder: The folder.
        skipped: Files and folders in it that are not looked at.
        settled: Seconds for which a file must not have changed.
        clock: Returns the time in seconds.
        tell: Called with a sentence when the folder can no longer be read, and when it can be again.
    """

    folder: Path
    skipped: Collection[Path] = ()
    settled: float = SETTLED
    clock: Callable[[], float] = time.monotonic
    tell: Callable[[str], object] = lambda _: None

    def __post_init__(self) -> None:
        self._left_out = {os.path.realpath(path) for path in self.skipped}
        self._seen: dict[str, tuple[_Look, float]] = {}
        self._given: dict[str, _Look] = {}
        self._numbers: dict[str, int] = {}
        self._next_look = -1.0
        self._is_missing = False

    def find_new(self) -> list[BatchPhoto]:
        """Return the photos that are whole and have come or changed since they were returned last.

        Between two looks at the folder there is a pause, in which nothing is new. A folder that cannot be read, such as
        one of a network that is gone for a while, is looked at again.
        """
        now = self.clock()
        if now < self._next_look:
            return []
        files = self._list_files()
        new = [photo for path, name in files if (photo := self._check(path, name, now))]
        self._next_look = now + max(_LEAST_PAUSE, (self.clock() - now) / _SHARE)
        return new

    def _list_files(self) -> list[tuple[Path, str]]:
        was_missing, error = self._is_missing, ""
        try:
            files = list(iterate_folder(self.folder, self._left_out))
        except DeblurError as failure:
            files, error = [], str(failure)
        self._is_missing = bool(error)
        if self._is_missing and not was_missing:
            self.tell(f"{error} It is looked at again until it is there.")
        elif was_missing and not self._is_missing:
            self.tell(f"The folder “{self.folder}” is there again.")
        return files

    def _check(self, path: Path, name: str, now: float) -> BatchPhoto | None:
        try:
            status = path.stat()
        except OSError:  # moved meanwhile
            return None
        look = (status.st_size, status.st_mtime_ns)
        before, since = self._seen.get(name, ((-1, -1), now))
        if look != before:
            self._seen[name] = (look, now)
            since = now
        if self._given.get(name) == look or not look[0] or now - since < self.settled or is_being_written(path):
            return None
        self._given[name] = look
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        return BatchPhoto(path, name, path.stem, number)


def is_being_written(path: Path) -> bool:
    """Return whether another program has a file open for writing, where the system tells: on Windows."""
    if os.name != "nt" or not os.access(path, os.W_OK):
        return False
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True
