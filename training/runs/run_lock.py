"""The lock that allows one training at a time in the folder of a run: two would overwrite each other's files.

The lock belongs to an open file, so the system frees it when the process ends, however it ends.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
"""The file that is locked. It stays: whoever removed it could remove the one that another process has just locked."""

_FAR = 1 << 30
"""The byte that is locked on Windows, where nobody can read what is locked."""


@contextmanager
def exclusive_run(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, so that no other training writes into it; the folder is made if need be.

    Raises:
        DeblurError: A training goes on in it, in this process or another, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a+b")
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be written: {error.strerror}.") from error
    with file:
        if not _try_lock(file):
            raise DeblurError(f"A training goes on in {folder} already. Wait for its end, or choose another folder.")
        try:
            yield
        finally:
            with suppress(OSError):
                _unlock(file)


def is_training(folder: Path) -> bool:
    """Return whether a training goes on in `folder` at this moment."""
    try:
        with (folder / LOCK).open("r+b") as file:
            free = _try_lock(file)
            if free:
                _unlock(file)
            return not free
    except OSError:  # nobody has trained there
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        """Lock an open file, and return whether that succeeded."""
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        """Lock an open file, and return whether that succeeded."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a network folder without locks: better no lock than no training
            return True
        return True

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
