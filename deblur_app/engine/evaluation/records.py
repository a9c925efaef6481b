"""Records of an evaluation: the figures of each photo, kept on disk as they come, so that work is not done twice."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import platformdirs
from msgspec import Meta

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.formats.foreign_json import Text, convert, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deblur_app.engine.evaluation.candidates import Candidate
    from deblur_app.engine.evaluation.cases import Case

_LARGEST = 2_000_000
"""Bytes of a record at most; a crop takes some ten thousand."""


@dataclass(frozen=True)
class Record:
    """The figures of one photo restored by one candidate.

    Attributes:
        case: The name of the photo.
        candidate: The name of the candidate.
        psnr: In dB, by the protocol of the layout.
        ssim: Likewise; NaN becomes 0.
        seconds: Time that the restoration took.
        error_ratio: See `protocols.Score`.
        crop: A part of the result as a JPEG in base64, for the contact sheet; "" where it is not shown.
    """

    case: Text
    candidate: Text
    psnr: float
    ssim: float
    seconds: float
    error_ratio: float | None = None
    crop: Annotated[str, Meta(max_length=_LARGEST)] = ""

    def as_json(self) -> dict[str, Any]:
        """Return the figures for people's scripts, without the crop."""
        figures = {name: value for name, value in asdict(self).items() if name != "crop" and value is not None}
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}


@dataclass(frozen=True)
class Failure:
    """A photo that a candidate could not restore, or that could not be read.

    Attributes:
        case: The name of the photo.
        candidate: The name of the candidate; "" for all of them.
        reason: Why, in a sentence.
    """

    case: str
    candidate: str
    reason: str


@dataclass(frozen=True)
class RecordStore:
    """A folder with one file for each record; several evaluations may use it at the same time.

    Attributes:
        folder: Where it is; made when the first record comes.
    """

    folder: Path

    def load(self, case: Case, candidate: Candidate) -> Record | None:
        """Return the record of a photo; None where there is none, or photo, truth or candidate have changed since."""
        path = self._path(case, candidate)
        return read_record(path) if path.is_file() else None

    def save(self, case: Case, candidate: Candidate, record: Record) -> None:
        """Keep a record.

        Raises:
            DeblurError: It cannot be written.
        """
        path = self._path(case, candidate)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeblurError(f"“{path.parent}” cannot be made: {error.strerror}.") from error
        write_atomic(path, json.dumps(asdict(record)).encode())

    def forget(self, cases: Iterable[Case], candidates: Sequence[Candidate]) -> None:
        """Delete the records of some cases and candidates."""
        for case in cases:
            for candidate in candidates:
                self._path(case, candidate).unlink(missing_ok=True)

    def _path(self, case: Case, candidate: Candidate) -> Path:
        stamps = [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in (case.photo, *case.truths)]
        text = "\n".join([case.layout, case.name, candidate.name, candidate.identity, *stamps])
        return self.folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"


def read_record(path: Path) -> Record | None:
    """Return the record in a file; None where it is damaged, or was written by another version."""
    try:
        return convert(parse_json(read_plain(path, _LARGEST)), Record)
    except (DeblurError, ValueError):
        return None


def records_folder(folder: Path) -> Path:
    """Return where the records of a data set are kept: in the user's cache."""
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Path(platformdirs.user_cache_dir("Deblur", appauthor=False)) / "evaluation" / key


def encode_crop(jpeg: bytes) -> str:
    """Return a JPEG as text."""
    return base64.b64encode(jpeg).decode("ascii")
