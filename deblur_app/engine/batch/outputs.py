"""Results on the disk: each is announced in the journal, then written whole, then told to be done.

Whatever ends the program in between, the journal says how the file looks that was about to be there. A file is
replaced only if it is the earlier result of the same photo, unchanged; anything else in its place makes the result take
another name.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic, write_new
from deblur_app.core.files.file_names import iterate_names
from deblur_app.core.files.targets import Target
from deblur_app.core.texts import tr
from deblur_app.engine.batch.journal import FINAL, FileMark, Record, find_output, has_content
from deblur_app.engine.recipes.storage import sidecar_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Journal
    from deblur_app.engine.batch.photo_task import PhotoResult


def recover(journal: Journal, photo: str) -> Record | None:
    """Return the last record of a photo; note it as done where its announced result has been written."""
    record = journal.records.get(photo)
    if record is None or record.event != "writing":
        return record
    path = find_output(journal.folder, record)
    if path is None or not has_content(path, record.result, is_thorough=True):
        return record
    if record.has_sidecar and not sidecar_of(path).is_file():
        return record
    journal.add(replace(record, event="done", result=_with_time(record.result, path)))
    return journal.records[photo]


def is_up_to_date(folder: Path, photo: BatchPhoto, record: Record | None, settings: str) -> bool:
    """Return whether nothing is to be done for a photo.

    Args:
        folder: The folder of the results.
        photo: The photo.
        record: Its last record.
        settings: Fingerprint of the settings that it would be restored with.
    """
    if record is None or record.event not in FINAL or record.settings != settings:
        return False
    if record.event in {"done", "accepted"}:
        path = find_output(folder, record)
        if path is None or not path.is_file():
            return False
    return has_content(photo.path, record.source)


def deliver(journal: Journal, photo: BatchPhoto, result: PhotoResult, settings: str, *, keeps_time: bool) -> Record:
    """Write the result of a photo, and return its record.

    Args:
        journal: The journal.
        photo: The photo.
        result: Its result.
        settings: Fingerprint of its settings.
        keeps_time: Whether the file gets the time of change of the photo.

    Raises:
        DeblurError: The disk is full, or the folder cannot be written to.
    """
    record = Record(
        photo=photo.relative,
        event="unblurred",
        settings=settings,
        source=result.source,
        method=result.method,
        diagnosis=result.diagnosis,
        doubts=result.doubts,
        note=result.note[:4000],
        seconds=round(result.seconds, 3),
        has_sidecar=result.sidecar is not None,
    )
    if result.data is not None:
        mark = FileMark(len(result.data), 0, hashlib.sha256(result.data).hexdigest())
        record = _write(journal, photo, result, replace(record, event="writing", result=mark))
        path = find_output(journal.folder, record)
        if path is not None and keeps_time:
            with suppress(OSError):  # where the file system lets us
                os.utime(path, ns=(result.source.mtime_ns, result.source.mtime_ns))
        if path is not None:
            record = replace(record, event="done", result=_with_time(mark, path))
    journal.add(record)
    return record


def _write(journal: Journal, photo: BatchPhoto, result: PhotoResult, record: Record) -> Record:
    """Announce and write the files of a result, and return the record with their name."""
    folder = journal.folder / photo.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be made: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    first = folder / result.name
    announced = [record]

    def announce(path: Path, replaced: FileMark) -> None:
        output = path.relative_to(journal.folder).as_posix()
        announced.append(replace(record, output=output, replaced=replaced))
        journal.add(announced[-1])

    def iterate_free() -> Iterator[Path]:
        for path in iterate_names(folder, first.stem, "", first.suffix):
            if not os.path.lexists(path):
                announce(path, FileMark())
                yield path

    data = result.data or b""
    old = _find_own_file(journal, journal.records.get(photo.relative), first)
    if old:
        path, mark = old
        announce(path, mark)
        write_atomic(path, data)
    else:
        path = write_new(iterate_free(), data)
    if result.sidecar is not None:
        Target.at(sidecar_of(path), may_replace=old is not None).write(result.sidecar)
    return announced[-1]


def _find_own_file(journal: Journal, record: Record | None, wish: Path) -> tuple[Path, FileMark] | None:
    """Return the earlier result of a photo and what it contains, if it may be replaced by a file named `wish`."""
    path = find_output(journal.folder, record) if record else None
    if record is None or path is None or path.suffix.lower() != wish.suffix.lower() or path.parent != wish.parent:
        return None
    marks = (record.result, record.replaced)
    return next(((path, mark) for mark in marks if has_content(path, mark, is_thorough=True)), None)


def remove_result(journal: Journal, photo: str) -> bool:
    """Remove the result of a photo that somebody rejected, and return whether there was one.

    Raises:
        DeblurError: The file was changed since, or cannot be removed.
    """
    record = journal.records.get(photo)
    path = find_output(journal.folder, record) if record else None
    if record is None or path is None or record.event not in {"done", "accepted"}:
        return False
    if path.is_file():
        if not has_content(path, record.result, is_thorough=True):
            raise DeblurError(tr("“{name}” was changed since it was restored, so it is not removed.", name=path.name))
        journal.add(replace(record, event="rejected"))
        try:
            path.unlink(missing_ok=True)
            if record.has_sidecar:
                sidecar_of(path).unlink(missing_ok=True)
        except OSError as error:
            raise DeblurError(tr("“{path}” cannot be removed: {reason}.", path=path, reason=error.strerror)) from error
        return True
    journal.add(replace(record, event="rejected"))
    return False


def accept_result(journal: Journal, photo: str) -> None:
    """Note that somebody looked at the result of a photo and keeps it."""
    record = journal.records.get(photo)
    if record is not None and record.event == "done":
        journal.add(replace(record, event="accepted"))


def _with_time(mark: FileMark, path: Path) -> FileMark:
    with suppress(OSError):
        return replace(mark, mtime_ns=path.stat().st_mtime_ns)
    return mark
