"""The journal of a batch: what became of each photo, a line each, on the disk before anything else happens.

It lies in the folder of the results. Whatever ends the program, the next start reads what is done; a line that was cut
short is passed over, and what it told of is done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from filelock import FileLock, Timeout
from msgspec import Meta

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.formats.foreign_json import convert, parse_json
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from deblur_app.engine.batch.inputs import Shard

FORMAT = 1
"""Version of the lines; a larger one is refused."""

_LONGEST_LINE = 10_000_000
"""Bytes of a line: that of the settings may hold the kernels of a PSF."""

_HASHED = 1 << 20  # bytes that are read at once

type _Name = Annotated[str, Meta(max_length=5000)]
type Event = Literal["writing", "done", "unblurred", "failed", "accepted", "rejected"]
FINAL: frozenset[Event] = frozenset(("done", "unblurred", "accepted", "rejected"))
"""Events after which nothing is left to do for a photo; one that failed is tried again on wish."""


@dataclass(frozen=True)
class FileMark:
    """The content of a file, known again without reading it where size and time are the same."""

    size: int = 0
    mtime_ns: int = 0
    sha256: _Name = ""


@dataclass(frozen=True)
class Record:
    """What became of a photo.

    Attributes:
        photo: Its name within the batch.
        event: What happened: its result is about to be written, is there, has been looked at, or there is none.
        settings: Fingerprint of its settings.
        source: The photo as it was.
        output: Its result, within the folder of the batch.
        result: The result as it was written.
        replaced: The earlier result of the photo in its place, which is there until it is replaced.
        method: The method that made it.
        diagnosis: The blur that was found, in words.
        doubts: Why somebody should look at it, as words for programs.
        note: Sentences for the user.
        error: Why it failed.
        seconds: Time that it took.
        has_sidecar: Whether its recipe was written beside it.
    """

    photo: _Name
    event: Event
    settings: _Name = ""
    source: FileMark = FileMark()
    output: _Name = ""
    result: FileMark = FileMark()
    replaced: FileMark = FileMark()
    method: _Name = ""
    diagnosis: _Name = ""
    doubts: tuple[_Name, ...] = ()
    note: _Name = ""
    error: _Name = ""
    seconds: float = 0.0
    has_sidecar: bool = False


@dataclass(frozen=True)
class Start:
    """The first line of each start: the settings, and what the window needs to go on.

    Attributes:
        settings: Their fingerprint.
        keeps_older: Whether results of other settings count as done.
        plan: What is to be done, as plain values.
    """

    settings: _Name
    keeps_older: bool = False
    plan: dict[str, Any] | None = None


def name_journal(folder: Path, shard: Shard | None = None) -> Path:
    """Return the path of the journal in the folder of the results; each part of a batch has its own."""
    part = f"-{shard.index}-of-{shard.count}" if shard and shard.count > 1 else ""
    return folder / f"deblur-batch{part}.jsonl"


class Journal:
    """An open journal, which no other process writes to meanwhile; see `open_journal`."""

    def __init__(self, path: Path) -> None:
        """Read what is there, and leave an open end for more.

        Raises:
            DeblurError: It is of a newer program, or cannot be read or written.
        """
        self.path = path
        self.start, self.records = read_journal(path)
        self.previous = self.start
        self._file = _open_for_appending(path)

    @property
    def folder(self) -> Path:
        """The folder of the results."""
        return self.path.parent

    def begin(self, start: Start) -> None:
        """Add the settings of this start; where older results shall count, they count from now on."""
        self._append({"deblur_batch": FORMAT, **asdict(start), "time": _now()})
        self.start = start
        if start.keeps_older:
            self.records = _adopt(self.records, start.settings)

    def add(self, record: Record) -> None:
        """Add what became of a photo; it is on the disk when this returns.

        Raises:
            DeblurError: The disk is full or gone.
        """
        self._append({**_without_defaults(record), "time": _now()})
        self.records[record.photo] = record

    def _append(self, line: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(line).encode() + b"\n")
            self._file.flush()
            with suppress(OSError):  # some network folders cannot be told to
                os.fsync(self._file.fileno())
        except OSError as error:
            raise DeblurError(
                tr(
                    "The journal “{path}” cannot be written: {reason}. Free some disk space and start again; "
                    "what is done stays done.",
                    path=self.path,
                    reason=error.strerror,
                )
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open the journal of a batch, made if need be with its folder, and keep all other processes from it.

    Raises:
        DeblurError: Another batch goes on there, or it cannot be read or written.
    """
    folder = path.parent
    lock = FileLock(folder / f".{path.stem}.lock", timeout=0, thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise DeblurError(
            tr(
                "Another batch writes into “{folder}” at the moment. Wait for its end, or choose another folder.",
                folder=folder,
            )
        ) from error
    except NotImplementedError:  # a network folder without locks: better no lock than no batch
        pass
    except OSError as error:
        raise DeblurError(
            tr(
                "The folder “{folder}” cannot be written to: {reason}. Choose another one.",
                folder=folder,
                reason=error.strerror,
            )
        ) from error
    try:
        journal = Journal(path)
        try:
            yield journal
        finally:
            journal.close()
    finally:
        lock.release()


def read_journal(path: Path) -> tuple[Start | None, dict[str, Record]]:
    """Return the last start and the last record of each photo; nothing where there is no journal.

    Raises:
        DeblurError: It is of a newer program, or cannot be read.
    """
    start: Start | None = None
    records: dict[str, Record] = {}
    if not os.path.lexists(path):
        return start, records
    with open_plain(path) as file:
        while line := file.readline(_LONGEST_LINE):
            with suppress(ValueError):  # cut short by the end of a program or of the power
                content = parse_json(line, _LONGEST_LINE)
                if not isinstance(content, dict):
                    continue
                if "deblur_batch" in content:
                    start = _read_start(content, path)
                    records = _adopt(records, start.settings) if start.keeps_older else records
                else:
                    record = convert(content, Record)
                    records[record.photo] = record
    return start, records


def _read_start(content: dict[str, Any], path: Path) -> Start:
    version = content["deblur_batch"]
    if isinstance(version, int) and version > FORMAT:
        raise DeblurError(
            tr("The journal “{path}” was written by a newer Deblur. Install that to continue.", path=path)
        )
    return convert(content, Start)


def _adopt(records: dict[str, Record], settings: str) -> dict[str, Record]:
    """Return records whose results count as made with these settings."""
    return {name: replace(record, settings=settings) for name, record in records.items()}


def _open_for_appending(path: Path) -> BinaryIO:
    """Open a journal whose last line is whole: behind one that was cut short a new line begins."""
    try:
        file = path.open("ab+")
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
    except OSError as error:
        raise DeblurError(
            tr("The journal “{path}” cannot be written: {reason}.", path=path, reason=error.strerror)
        ) from error
    return file


def _without_defaults(record: Record) -> dict[str, Any]:
    table, defaults = asdict(record), asdict(Record(record.photo, record.event))
    kept = ("photo", "event")
    return {name: value for name, value in table.items() if name in kept or value != defaults[name]}


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S%z")


def mark_file(path: Path) -> FileMark:
    """Return size, time and hash of a file.

    Raises:
        DeblurError: It cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with open_plain(path) as file:
            status = os.fstat(file.fileno())
            while block := file.read(_HASHED):
                digest.update(block)
    except OSError as error:
        raise DeblurError(tr("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror)) from error
    return FileMark(status.st_size, status.st_mtime_ns, digest.hexdigest())


def has_content(path: Path, mark: FileMark, *, is_thorough: bool = False) -> bool:
    """Return whether a file is there and has the content of a mark; where its time is the same, it is not read.

    Args:
        path: The file.
        mark: What it was.
        is_thorough: Whether it is read in any case.
    """
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    if not mark.sha256 or status.st_size != mark.size:
        return False
    if status.st_mtime_ns == mark.mtime_ns and not is_thorough:
        return True
    with suppress(DeblurError):
        return mark_file(path).sha256 == mark.sha256
    return False


def find_output(folder: Path, record: Record) -> Path | None:
    """Return the path of the result of a record; None where it has none, or names a place outside the folder."""
    output = PurePosixPath(record.output)
    if not record.output or output.is_absolute() or ".." in output.parts or Path(record.output).is_absolute():
        return None
    return folder / output


def list_results(folder: Path) -> list[Path]:
    """Return the results that the journals in a folder tell of."""
    results = []
    for path in folder.glob("deblur-batch*.jsonl"):
        _, records = read_journal(path)
        results += [output for record in records.values() if (output := find_output(folder, record))]
    return results
