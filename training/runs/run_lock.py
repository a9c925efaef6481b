"""The lock that allows one training at a time in the folder of a run: two would overwrite each other's files.

The system frees it when the process ends, however it ends.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
"""The file that is locked. It stays: whoever removed it could remove the one that another process has just locked."""


@contextmanager
def exclusive_run(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, so that no other training writes into it; the folder is made if need be.

    Raises:
        DeblurError: A training goes on in it, in this process or another, or the folder cannot be made.
    """
    lock = _lock_of(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DeblurError(
            tr("A training goes on in “{folder}” already. Wait for its end, or choose another folder.", folder=folder)
        ) from error
    except NotImplementedError:  # a network folder without locks: better no lock than no training
        pass
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be written: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_training(folder: Path) -> bool:
    """Return whether a training goes on in `folder` at this moment."""
    if not (folder / LOCK).is_file():  # nobody has trained there
        return False
    try:
        with _lock_of(folder):
            return False
    except Timeout:
        return True
    except (NotImplementedError, OSError):
        return False


def _lock_of(folder: Path) -> FileLock:
    """Return the lock of a folder, which does not wait, and which may be freed by another thread."""
    return FileLock(folder / LOCK, timeout=0, thread_local=False)
