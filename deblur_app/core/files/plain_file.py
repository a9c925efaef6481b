"""Opening of foreign files: only ordinary ones, since a pipe would be waited for and a device has no end."""

from __future__ import annotations

import os
import stat
from typing import IO, TYPE_CHECKING

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path


def open_plain(path: Path) -> IO[bytes]:
    """Open an ordinary file for reading.

    It is looked at before it is opened, since opening alone can act on a device, and again once it is open, without
    waiting for the other end of a pipe that has taken its place meanwhile.

    Raises:
        DeblurError: It is missing, a folder, a pipe or a device, or cannot be opened.
    """
    try:
        _check_kind(path, path.stat().st_mode)
        file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115 – the caller closes it
        try:
            _check_kind(path, os.fstat(file.fileno()).st_mode)
        except DeblurError:
            file.close()
            raise
    except FileNotFoundError as error:
        raise DeblurError(tr("“{path}” does not exist. Was it moved or renamed?", path=path)) from error
    except OSError as error:
        raise DeblurError(tr("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror)) from error
    except ValueError as error:  # a name with a zero byte
        raise DeblurError(tr("“{path}” is not a file name.", path=path)) from error
    return file


def read_plain(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of an ordinary file.

    Args:
        path: Where it is.
        most_bytes: A larger file is refused before it is read.

    Raises:
        DeblurError: It cannot be opened (see `open_plain`) or read, or is larger than `most_bytes`.
    """
    try:
        with open_plain(path) as file:
            if os.fstat(file.fileno()).st_size <= most_bytes:
                data = file.read(most_bytes + 1)  # a file of the system may say 0 bytes and have no end
                if len(data) <= most_bytes:
                    return data
    except OSError as error:
        raise DeblurError(tr("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror)) from error
    raise DeblurError(tr("“{name}” is too large: more than {bytes}.", name=path.name, bytes=describe_bytes(most_bytes)))


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise DeblurError(tr("“{path}” is a folder, not a file.", path=path))
    if not stat.S_ISREG(mode):
        raise DeblurError(
            tr("“{path}” is a pipe or a device, not an ordinary file. Save it to a file first.", path=path)
        )


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
