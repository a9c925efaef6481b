"""The figures of a run for other programs: a table in CSV, and TensorBoard's files."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any, Self

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from training.runs.run import Run

_CSV = "curve.csv"
_FOLDER = "tensorboard"
_LEFT_OUT = {"kind", "epoch"}


def curve_file(run: Run) -> Path:
    """Return the path of the table with a row for each epoch."""
    return run.folder / _CSV


def write_curve(run: Run) -> None:
    """Write the table anew from the log of the run.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    rows = [flat(event) for event in run.events("epoch")]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    write_atomic(curve_file(run), _text([dict(zip(columns, columns, strict=True)), *rows], columns).encode())


def append_curve(run: Run, event: Mapping[str, Any]) -> None:
    """Add the row of an epoch to the table, or begin it.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    path, row = curve_file(run), flat(event)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file), [])
    except (OSError, ValueError, csv.Error):  # not there yet, or damaged
        columns = []
    if not set(row) <= set(columns):  # the first epoch, or one that has figures which those before did not have
        write_curve(run)
        return
    try:
        with path.open("a", encoding="utf-8", newline="") as file:
            file.write(_text([row], columns))
    except OSError as error:
        raise DeblurError(
            tr("“{path}” cannot be written: {reason}. Is the disk full?", path=path, reason=error.strerror)
        ) from error


def flat(event: Mapping[str, Any]) -> dict[str, float | None]:
    """Return an epoch's figures by name, its number first; those in tables as “gains.motion”; None for unknown ones."""
    row: dict[str, float | None] = {"epoch": event["epoch"]}
    for name, value in event.items():
        if isinstance(value, dict):
            row |= {f"{name}.{part}": _finite(number) for part, number in value.items()}
        elif name not in _LEFT_OUT:
            row[name] = _finite(value)
    return row


def _finite(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and math.isfinite(value) else None


def _text(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writerows(rows)
    return file.getvalue()


class TensorBoard:
    """A writer of the files that TensorBoard shows, into the folder “tensorboard” of a run.

    TensorFlow's writer alone does it; TensorBoard itself is only needed to look at it. A run that is resumed begins
    another file, which TensorBoard puts behind the first. Used with `with`.
    """

    def __init__(self, run: Run) -> None:
        import tensorflow as tf

        self._tf = tf
        self._writer = tf.summary.create_file_writer(str(run.folder / _FOLDER))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()

    def write(
        self, event: Mapping[str, Any], steps: Iterable[tuple[int, float]], pictures: Mapping[str, bytes]
    ) -> None:
        """Add an epoch: its figures, the loss of each of its batches, and pictures.

        Args:
            event: The figures, as they are in the log of the run.
            steps: Number and loss of each batch.
            pictures: JPEG files by name.
        """
        epoch = int(event["epoch"])
        with self._writer.as_default():
            for step, loss in steps:
                self._scalar("batch/loss", loss, step)
            for name, value in flat(event).items():
                if value is not None and name != "epoch":
                    self._scalar(f"epoch/{name}", value, epoch)
            for name, picture in pictures.items():
                self._picture(f"preview/{name}", picture, epoch)
        self._writer.flush()

    def _scalar(self, tag: str, value: float, step: int) -> None:
        self._add(tag, self._tf.constant(value, self._tf.float32), step, "scalars", "DATA_CLASS_SCALAR")

    def _picture(self, tag: str, picture: bytes, step: int) -> None:
        height, width = self._tf.io.decode_jpeg(picture).shape[:2]
        value = self._tf.constant([str(width).encode(), str(height).encode(), picture])
        self._add(tag, value, step, "images", "DATA_CLASS_BLOB_SEQUENCE")

    def _add(self, tag: str, value: Any, step: int, plugin: str, data_class: str) -> None:
        """Add a value as `tf.summary.scalar` and `image` do, which ask for TensorBoard to be installed."""
        metadata = self._tf.compat.v1.SummaryMetadata(data_class=data_class)
        metadata.plugin_data.plugin_name = plugin
        self._tf.summary.write(tag, value, step=step, metadata=metadata)
