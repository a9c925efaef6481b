"""The folder of a run: one training on disk, which can be resumed after being killed at any moment.

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

import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.plain_file import open_plain, read_plain
from deblur_app.core.texts import tr
from training.config.config import TrainingConfig, read_config, write_config
from training.data.pairs import Pair
from training.runs.array_file import read_arrays, write_arrays
from training.runs.events import best_of, number, parse_event, read_event, without_nan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from training.runs.array_file import Arrays
    from training.runs.events import Event

__all__ = ["Run", "best_of", "without_nan"]

_LARGEST_LIST = 100_000_000
"""Bytes of a list of files: a hundred for each of a million."""

_BROKEN_LIST = "“{}” is damaged: it is no list of files. This run cannot be resumed."


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
            raise DeblurError(
                tr("“{folder}” is not the folder of a training run: it has no config.toml.", folder=self.folder)
            )
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
            raise DeblurError(
                tr("“{folder}” holds a run already. Choose another folder, or resume that run.", folder=self.folder)
            )

    def check_apart(self, pictures: Iterable[Path]) -> None:
        """Refuse a folder that holds the pictures to learn from, or the folders that they are in.

        Raises:
            DeblurError: It does: its files would lie among them.
        """
        folder = self.folder.resolve()
        if any(folder in places for places in {tuple(path.resolve().parents[:2]) for path in pictures}):
            raise DeblurError(
                tr(
                    "“{folder}” holds the pictures to learn from. Choose another folder for the run.",
                    folder=self.folder,
                )
            )

    def create(self, config: TrainingConfig, pairs: Iterable[Pair], photos: Iterable[Path] = ()) -> None:
        """Make the folder and store what the run starts from.

        Raises:
            DeblurError: The folder cannot be made, or holds a run already.
        """
        self.check_new()
        try:
            self.previews.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeblurError(
                tr("The folder “{folder}” cannot be made: {reason}.", folder=self.folder, reason=error.strerror)
            ) from error
        files = [
            [pair.name, str(pair.blurred.absolute()), str(pair.sharp.absolute()), *filter(None, [pair.scene_name])]
            for pair in pairs
        ]
        write_atomic(self.folder / "pairs.json", json.dumps(files, indent=0, ensure_ascii=False).encode())
        if paths := [str(photo.absolute()) for photo in photos]:
            write_atomic(self.folder / "photos.json", json.dumps(paths, indent=0, ensure_ascii=False).encode())
        write_config(config, self._config_file)

    def pairs(self) -> list[Pair]:
        """Return the files it trains on.

        Raises:
            DeblurError: The list is missing or broken.
        """
        rows = self._list("pairs.json")
        if not all(isinstance(row, list) and 3 <= len(row) <= 4 and all(map(_is_name, row)) for row in rows):
            raise DeblurError(_BROKEN_LIST.format(self.folder / "pairs.json"))
        return [Pair(Path(blurred), Path(sharp), name, *scene) for name, blurred, sharp, *scene in rows]

    def photos(self) -> list[Path]:
        """Return the photographs it makes pairs of; none where it trains on pairs of files.

        Raises:
            DeblurError: The list is broken.
        """
        if not (self.folder / "photos.json").exists():
            return []
        rows = self._list("photos.json")
        if not all(map(_is_name, rows)):
            raise DeblurError(_BROKEN_LIST.format(self.folder / "photos.json"))
        return list(map(Path, rows))

    def _list(self, name: str) -> list[Any]:
        path = self.folder / name
        try:
            rows = json.loads(read_plain(path, _LARGEST_LIST))
        except (ValueError, RecursionError) as error:
            raise DeblurError(_BROKEN_LIST.format(path)) from error
        if not isinstance(rows, list):
            raise DeblurError(_BROKEN_LIST.format(path))
        return rows

    def append(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Add events to the log and make sure they reach the disk; half a line that a kill left is ended first.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        try:
            with self._events_file.open("a+b") as file:
                if file.tell() and not _ends_line(file):
                    file.write(b"\n")
                file.writelines(json.dumps(without_nan(event)).encode() + b"\n" for event in events)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DeblurError(
                tr("“{events_file}” cannot be written: {reason}.", events_file=self._events_file, reason=error.strerror)
            ) from error

    def events(self, *kinds: str) -> list[dict[str, Any]]:
        """Return what happened so far, oldest first, as `events.read_event` reads it.

        Left out are a last line that was cut off by a kill, and events that lack what they are about.

        Args:
            kinds: Only events of these kinds, of “start”, “batch”, “epoch”, “rollback” and “end”; none for all.

        Raises:
            DeblurError: The log cannot be read.
        """
        return [event for each in self._read_events(kinds) if (event := read_event(each)) is not None]

    def _read_events(self, kinds: Sequence[str] = ()) -> list[Event]:
        """Return the events as they stand in the log."""
        if not self._events_file.exists():
            return []
        # Most lines are of batches, of which there may be a million: what is not asked for is not parsed.
        marks = [f'"{kind}"' for kind in kinds] or ["{"]
        try:
            with open_plain(self._events_file) as file:
                lines = io.TextIOWrapper(file, encoding="utf-8", errors="replace")
                parsed = (parse_event(line) for line in lines if any(word in line for word in marks))
                stored = [event for event in parsed if event is not None]
        except OSError as error:
            raise DeblurError(
                tr("“{events_file}” cannot be read: {reason}.", events_file=self._events_file, reason=error.strerror)
            ) from error
        return [event for event in stored if not kinds or event["kind"] in kinds]

    def has_epochs(self) -> bool:
        """Return whether an epoch is in the log, sound or damaged."""
        return bool(self._read_events(["epoch"]))

    def epochs(self) -> list[dict[str, Any]]:
        """Return the figures of its epochs, oldest first, of which there is one at least.

        Raises:
            DeblurError: None is done, or the log does not have their figures.
        """
        if epochs := self.events("epoch"):
            return epochs
        if self.has_epochs():
            raise DeblurError(
                tr(
                    "The log of “{folder}” is damaged: none of its epochs has a number and a validation loss. Train "
                    "anew, or copy events.jsonl again from where it came from.",
                    folder=self.folder,
                )
            )
        raise DeblurError(tr("“{folder}” has no results yet: its first epoch is not done.", folder=self.folder))

    def best_epoch(self) -> dict[str, Any] | None:
        """Return the figures of the epoch of lowest validation loss, whose weights are kept; None before the first."""
        return best_of(self.events("epoch"))

    def start(self) -> dict[str, Any]:
        """Return what was known when it started: precision, device, numbers of pairs, figures of doing nothing.

        Of a damaged log, words may be "", numbers of pairs None, and figures NaN.

        Raises:
            DeblurError: It has not come that far, or its log is gone.
        """
        starts = self.events("start")
        if not starts:
            raise DeblurError(
                tr("“{folder}” has no record of a start: no training has begun there.", folder=self.folder)
            )
        return starts[0]

    def settings_in_log(self) -> dict[str, Any] | None:
        """Return the settings that it began with or last went on with; None where its log does not have them."""
        configs = [event.get("config") for event in self._read_events(["start", "settings"])]
        return next((settings for settings in reversed(configs) if isinstance(settings, dict)), None)

    def forget_after(self, epoch: int) -> None:
        """Remove the events of epochs after `epoch` from the log: the run goes on from there and does them again.

        With 0 all is taken back, the start as well.
        """
        remaining = [e for e in self._read_events() if number(e.get("epoch", 1)) <= epoch and e["kind"] != "end"]
        write_atomic(self._events_file, "".join(json.dumps(event) + "\n" for event in remaining).encode())

    def save_arrays(self, name: str, arrays: Arrays) -> None:
        """Write arrays to `<name>.npz`, whole and on the disk, or not at all.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        write_arrays(self.folder / f"{name}.npz", arrays)

    def sweep(self) -> None:
        """Remove files that were half written when the process was killed."""
        for part in self.folder.glob(".*.part"):
            part.unlink(missing_ok=True)

    def has_weights(self) -> bool:
        """Return whether there are weights of the training itself, besides the resulting model."""
        return any((self.folder / f"{name}.npz").exists() for name in ("best", "checkpoint"))

    def load_arrays(self, name: str) -> Arrays | None:
        """Return the arrays of `<name>.npz`, or None where there is no such file.

        Raises:
            DeblurError: The file is broken.
        """
        path = self.folder / f"{name}.npz"
        return read_arrays(path) if path.exists() else None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and "\0" not in value


def _ends_line(file: IO[bytes]) -> bool:
    """Return whether the last byte of a file ends a line."""
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
