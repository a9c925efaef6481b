"""Unfinished folders, made beside the finished ones: they get their name when they are whole, or never."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = ".unfinished-"
_STALE = 24 * 3600
"""Seconds after which what a kill left is swept away; nothing takes so long to make."""


@contextmanager
def create_unfinished_folder(place: Path) -> Iterator[Path]:
    """Yield an empty folder in `place` (made if need be) whose name begins with a dot; remove it at the end.

    To finish it, rename it before. What was left by programs that were ended from outside is removed first.

    Raises:
        DeblurError: `place` cannot be written to.
    """
    try:
        place.mkdir(parents=True, exist_ok=True)
        _sweep(place)
        folder = Path(tempfile.mkdtemp(prefix=_MARK, dir=place))
    except OSError as error:
        raise DeblurError(
            tr("The folder “{place}” cannot be written to: {reason}.", place=place, reason=error.strerror)
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_whole(folder: Path) -> None:
    """Remove a folder so that it is gone at once for everybody else.

    Raises:
        DeblurError: It cannot be removed.
    """
    doomed = folder.with_name(f"{_MARK}removed-{time.time_ns()}")
    try:
        folder.rename(doomed)
    except OSError as error:
        raise DeblurError(
            tr("“{folder}” cannot be removed: {reason}. Is it in use?", folder=folder, reason=error.strerror)
        ) from error
    shutil.rmtree(doomed, ignore_errors=True)


def _sweep(place: Path) -> None:
    for folder in place.glob(f"{_MARK}*"):
        with suppress(OSError):  # another process has just finished it
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)
