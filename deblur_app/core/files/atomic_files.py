"""Write whole files or none, whatever happens: a kill, a full disk, a second process that writes beside this one.

The content goes into a temporary file in the folder of the target, from there to the disk, and then takes its name:
the name of a file that is replaced, or a name that no file has, which no second process can take as well. The temporary
file is locked while it is written; one that nobody locks is left over from a program that was killed, and is removed by
the next write into its folder. Loads no array library.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import IO, TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PREFIX, _SUFFIX = ".deblur-", ".part"
_TEMPORARY = re.compile(r"\.deblur-[A-Za-z0-9_]+(\.part)?")
"""Names of temporary files; before version 0.2 they had no ending."""

_STALE = 24 * 3600
"""Seconds after which a temporary file is taken for left over where files cannot be locked; no write takes so long."""

_NO_SYNC = frozenset((errno.EINVAL, errno.ENOSYS, errno.ENOTSUP))
"""Error numbers of file systems that cannot be told to write to the disk now."""

_open_paths: set[Path] = set()
"""Temporary files and folders of this process."""


def write_atomic(path: Path, data: bytes | memoryview) -> None:
    """Put `data` into `path` so that whatever happens, the file is the old one or the new one, never a part.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    with replacing(path) as file:
        file.write(data)


def write_new(names: Iterable[Path], data: bytes | memoryview) -> Path:
    """Put `data` into a new file under the first of `names` that no file has; no file is ever replaced.

    Args:
        names: Names in one folder, in the order in which they are tried; enough of them that one is free.
        data: The whole content.

    Returns:
        The name that was taken.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    names = iter(names)
    path = next(names)
    with _translate_os_errors(path), _temporary_file(path.parent) as file:
        file.write(data)
        _finish(file)
        while not _take_name(Path(file.name), path):
            path = next(names)
        _sync_folder(path.parent)
        return path


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to, which takes the place of `path` once it is whole; after an error nothing has changed.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    with _translate_os_errors(path), _temporary_file(path.parent) as file:
        yield file
        _finish(file)
        Path(file.name).replace(path)
        _sync_folder(path.parent)


def remove_temporary_files() -> None:
    """Remove the temporary files and folders of this process, which is about to end without unwinding."""
    for path in list(_open_paths):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give an empty folder where the system keeps temporary files; it is removed in the end."""
    with TemporaryDirectory(prefix="deblur-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _open_paths.add(folder)
        try:
            yield folder
        finally:
            _open_paths.discard(folder)


@contextmanager
def _translate_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DeblurError(
            tr(
                "“{path}” cannot be written: {value}. Choose a folder that exists, that you may write "
                "to and that has room.",
                path=path,
                value=error.strerror or error,
            )
        ) from error


@contextmanager
def _temporary_file(folder: Path) -> Iterator[IO[bytes]]:
    """Give a locked, empty file in `folder`, and remove it in the end unless it has got another name."""
    _sweep(folder)
    file = _new_locked_file(folder)
    path = Path(file.name)
    _open_paths.add(path)
    try:
        with file:
            yield file
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        _open_paths.discard(path)


def _new_locked_file(folder: Path) -> IO[bytes]:
    while True:
        file: IO[bytes] = NamedTemporaryFile(dir=folder, prefix=_PREFIX, suffix=_SUFFIX, delete=False)  # noqa: SIM115
        is_locked = _try_lock(file.fileno())
        if is_locked is None or (is_locked and _is_linked(file)):
            return file
        file.close()  # another process found it between its making and its locking, and has removed it


def _is_linked(file: IO[bytes]) -> bool:
    """Return whether the open file still has the name that it was opened by."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), Path(file.name).stat())
    except FileNotFoundError:
        return False


def _finish(file: IO[bytes]) -> None:
    """Bring the content to the disk and give the file the mode of a new one."""
    file.flush()
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    if sys.platform == "win32":
        file.close()  # an open file cannot be renamed there
    with suppress(OSError):  # some network folders know no modes
        Path(file.name).chmod(0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _take_name(temporary: Path, path: Path) -> bool:
    """Give the file `temporary` the name `path`, and return False where there is a file of that name."""
    try:
        if sys.platform == "win32":
            temporary.rename(path)  # fails there, unlike elsewhere, where the name is taken
        else:
            os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:  # a memory card or a network folder without links: reserve the name, then replace
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            return False
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return True


def _sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove the temporary files in `folder` that no living process writes."""
    with suppress(OSError), os.scandir(folder) as entries:
        leftovers = [Path(e.path) for e in entries if _TEMPORARY.fullmatch(e.name) and e.is_file(follow_symlinks=False)]
        for path in leftovers:
            with suppress(OSError):
                _remove_if_stale(path)


def _remove_if_stale(path: Path) -> None:
    if sys.platform == "win32":  # an open file cannot be removed there; a closed one may be about to be renamed
        if time.time() - path.stat().st_mtime > _STALE:
            path.unlink()
        return
    descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        is_locked = _try_lock(descriptor)
        if is_locked or (is_locked is None and time.time() - path.stat().st_mtime > _STALE):
            path.unlink()
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool | None:
    """Lock an open file; return False where another one holds it, and None where files cannot be locked."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
