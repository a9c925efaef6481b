"""A run: one training as a folder on disk that survives being killed at any moment.

config.toml         the settings
pairs.json          the pairs of files it trains on
photos.json         the photographs it makes pairs of, where it does
events.jsonl        what happened, one JSON object a line, only ever appended to
checkpoint.npz      everything needed to go on after the last whole epoch
best.npz            the weights with the lowest validation loss so far
curve.csv           the figures of the epochs as a table
tensorboard/        the same for TensorBoard, where the settings ask for it
previews/           held-out pictures, and what the network made of them after each epoch
model.json, *.npz   the result: card and weights
"""

from __future__ import annotations

import json
import math
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import write_atomic
from training.config import TrainingConfig, read_config, write_config
from training.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_PIECE = 1 << 20
"""Bytes that are written at once."""

type Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Run:
    """The folder of one training.

    Attributes:
        folder: Where it is.
    """

    folder: Path

    @property
    def card(self) -> Path:
        """The card of the resulting model."""
        return self.folder / "model.json"

    @property
    def previews(self) -> Path:
        """The folder of the pictures predicted at each epoch."""
        return self.folder / "previews"

    @property
    def config(self) -> TrainingConfig:
        """The settings it was started with.

        Raises:
            DeblurError: The folder holds no run.
        """
        if not self._config_file.is_file():
            raise DeblurError(f"{self.folder} is not the folder of a training run: it has no config.toml.")
        return read_config(self._config_file)

    @property
    def _config_file(self) -> Path:
        return self.folder / "config.toml"

    @property
    def _events_file(self) -> Path:
        return self.folder / "events.jsonl"

    def check_new(self) -> None:
        """Refuse a folder that holds a run already.

        Raises:
            DeblurError: It does.
        """
        if self._config_file.exists():
            raise DeblurError(f"{self.folder} holds a run already. Choose another folder, or resume that run.")

    def create(self, config: TrainingConfig, pairs: Iterable[Pair], photos: Iterable[Path] = ()) -> None:
        """Make the folder and store what the run starts from.

        Raises:
            DeblurError: The folder cannot be made, or holds a run already.
        """
        self.check_new()
        try:
            self.previews.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeblurError(f"The folder {self.folder} cannot be made: {error.strerror}.") from error
        files = [
            [pair.name, str(pair.blurred.absolute()), str(pair.sharp.absolute()), *filter(None, [pair.scene_name])]
            for pair in pairs
        ]
        write_atomic(self.folder / "pairs.json", json.dumps(files, indent=0, ensure_ascii=False).encode())
        if paths := [str(photo.absolute()) for photo in photos]:
            write_atomic(self.folder / "photos.json", json.dumps(paths, indent=0, ensure_ascii=False).encode())
        write_config(config, self._config_file)

    def pairs(self) -> list[Pair]:
        """The files it trains on.

        Raises:
            DeblurError: The list is missing or broken.
        """
        path = self.folder / "pairs.json"
        try:
            listed = json.loads(path.read_bytes())
            return [Pair(Path(blurred), Path(sharp), name, *scene) for name, blurred, sharp, *scene in listed]
        except OSError as error:
            raise DeblurError(f"{path} cannot be read: {error.strerror}.") from error
        except (ValueError, TypeError) as error:
            raise DeblurError(f"{path} is broken ({error}); this run cannot be resumed.") from error

    def photos(self) -> list[Path]:
        """The photographs it makes pairs of; none where it trains on pairs of files.

        Raises:
            DeblurError: The list is broken.
        """
        path = self.folder / "photos.json"
        if not path.exists():
            return []
        try:
            return [Path(photo) for photo in json.loads(path.read_bytes())]
        except (OSError, ValueError, TypeError) as error:
            raise DeblurError(f"{path} is broken ({error}); this run cannot be resumed.") from error

    def append(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Add events to the log and make sure they reach the disk; half a line that a kill left is ended first.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        try:
            with self._events_file.open("a+b") as file:
                if file.tell() and not _ends_line(file):
                    file.write(b"\n")
                file.writelines(json.dumps(event).encode() + b"\n" for event in events)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DeblurError(f"{self._events_file} cannot be written: {error.strerror}.") from error

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        """What happened so far, oldest first; a last line that was cut off by a kill is left out.

        Args:
            kinds: Only events of these kinds, of “start”, “batch”, “epoch”, “rollback” and “end”; none for all.
        """
        if not self._events_file.exists():
            return []
        # Most lines are of batches, of which there may be a million: what is not asked for is not parsed.
        wanted = [f'"{kind}"' for kind in kinds] or ["{"]
        events = []
        with self._events_file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if not any(word in line for word in wanted):
                    continue
                try:
                    event = json.loads(line)
                except ValueError:
                    continue
                if isinstance(event, dict) and (not kinds or event.get("kind") in kinds):
                    events.append(event)
        return events

    def best_epoch(self) -> dict[str, Any] | None:
        """The figures of the epoch whose weights are kept, that with the lowest validation loss; None before one."""
        return best_of(self.events("epoch"))

    def start(self) -> dict[str, Any]:
        """What was known when it started: precision, device, numbers of pairs, figures of doing nothing.

        Raises:
            DeblurError: It has not come that far, or its log is gone.
        """
        starts = self.events("start")
        if not starts:
            raise DeblurError(f"{self.folder} has no record of a start: no training has begun there.")
        return starts[0]

    def forget_after(self, epoch: int) -> None:
        """Take back the events of epochs after `epoch`: the run goes on from there, and they will happen again.

        With 0 all is taken back, the start as well.
        """
        kept = [e for e in self.events() if e.get("epoch", 1) <= epoch and e.get("kind") != "end"]
        write_atomic(self._events_file, "".join(json.dumps(event) + "\n" for event in kept).encode())

    def save_arrays(self, name: str, arrays: Arrays) -> None:
        """Write arrays to `<name>.npz`, whole or not at all.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        path, part = self.folder / f"{name}.npz", self.folder / f".{name}.part"
        try:
            with part.open("wb") as file:
                _write_arrays(file, arrays)
            part.replace(path)
        except OSError as error:
            raise DeblurError(f"{path} cannot be written: {error.strerror}. Is the disk full?") from error
        finally:
            part.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a kill left half written."""
        for part in self.folder.glob(".*.part"):
            part.unlink(missing_ok=True)

    def has_weights(self) -> bool:
        """Whether there are weights of the training itself, besides the resulting model."""
        return any((self.folder / f"{name}.npz").exists() for name in ("best", "checkpoint"))

    def load_arrays(self, name: str) -> Arrays | None:
        """The arrays of `<name>.npz`, or None where there is no such file.

        Raises:
            DeblurError: The file is broken.
        """
        path = self.folder / f"{name}.npz"
        if not path.exists():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as members:
                return {key: members[key] for key in members.files}
        except (OSError, ValueError, EOFError, BadZipFile) as error:
            raise DeblurError(f"{path} is broken ({error}); this run cannot be resumed.") from error


def best_of(epochs: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The figures of the epoch with the lowest validation loss; None where there is none."""
    return min(epochs, key=lambda epoch: float(epoch["val_loss"]), default=None)


def without_nan(value: Any) -> Any:
    """Figures for JSON that others read, which knows neither infinity nor NaN: those become None."""
    if isinstance(value, dict):
        return {key: without_nan(part) for key, part in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _ends_line(file: IO[bytes]) -> bool:
    """Whether the last byte of a file ends a line."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _write_arrays(file: IO[bytes], arrays: Arrays) -> None:
    """What `numpy.savez` writes, in small pieces and without copies.

    `savez` copies 16 MB at a time while it holds Python's lock, which the window feels.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as members:
        for name, array in arrays.items():
            with members.open(f"{name}.npy", "w", force_zip64=True) as member:
                header = np.lib.format.header_data_from_array_1_0(array)
                np.lib.format.write_array_header_1_0(member, header)
                content = memoryview(np.ascontiguousarray(array).reshape(-1)).cast("B")
                for start in range(0, len(content), _PIECE):
                    member.write(content[start : start + _PIECE])
