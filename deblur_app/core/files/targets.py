"""Names for results: never that of a file that is read, never that of the result of another photo."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.files.atomic_files import write_atomic, write_new
from deblur_app.core.files.file_names import iterate_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    type Identity = tuple[str, object]


class ProtectedFiles:
    """Files that must not be replaced, known under every name: by a link, in other letter case, through a symlink."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._identities: set[Identity] = set()
        for path in paths:
            self.add(path)

    def add(self, path: Path) -> None:
        """Protect the file that `path` leads to, or one of that name that is made later."""
        self._identities |= _identities(path)

    def __contains__(self, path: Path) -> bool:
        """Return whether `path` leads to one of the files."""
        return not self._identities.isdisjoint(_identities(path))


def _identities(path: Path) -> set[Identity]:
    """Return what tells a file from others: its name without links and its number; before it exists, its letters."""
    name = os.path.normcase(os.path.realpath(path))
    try:
        status = path.stat()
    except (OSError, ValueError):
        return {("name", name), ("letters", name.casefold())}
    # Some file systems of Windows and of networks give all files the number 0.
    number: set[Identity] = {("number", (status.st_dev, status.st_ino))} if status.st_ino else set()
    return {("name", name), *number}


def _beside(path: Path) -> Callable[[], Iterator[Path]]:
    return lambda: iterate_names(path.parent, path.stem, "", path.suffix)


@dataclass(frozen=True)
class Target:
    """The place where one result goes.

    Attributes:
        names: Gives the names in the order in which they are tried, all with one ending and in one folder.
        may_replace: Whether the first name is taken even if there is such a file; else the first that no file has.
        protected: Files that are not replaced in any case.
    """

    names: Callable[[], Iterator[Path]]
    may_replace: bool = False
    protected: ProtectedFiles = field(default_factory=ProtectedFiles)

    @classmethod
    def at(cls, path: Path, *, may_replace: bool = False, protected: ProtectedFiles | None = None) -> Target:
        """Return the target `path`; where that name is taken and may not be replaced, the same with a number."""
        return cls(_beside(path), may_replace, protected or ProtectedFiles())

    def path(self) -> Path:
        """Return the name that the result would get at this moment."""
        return next(path for path in self._iterate_permitted() if self.may_replace or not os.path.lexists(path))

    def write(self, data: bytes | memoryview) -> Path:
        """Write the result, whole or not at all, and return the name that it got.

        Raises:
            DeblurError: The folder is missing or cannot be written to, or the disk is full.
        """
        if not self.may_replace:
            return write_new(self._iterate_permitted(), data)
        path = next(self._iterate_permitted())
        write_atomic(path, data)
        return path

    def _iterate_permitted(self) -> Iterator[Path]:
        return (path for path in self.names() if path not in self.protected)
