"""The record of a training: its log, figures for other programs, and pictures of each epoch."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

from deblur_app.core.errors import DeblurError
from training.evaluation.watched import load_watched
from training.runs import epoch_pictures, logs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deblur_app.core.picture import Pixels
    from training.config.config import TrainingConfig
    from training.evaluation.evaluate import Predict
    from training.evaluation.evaluators import Preview
    from training.runs.run import Run

log = logging.getLogger(__name__)


class Record:
    """A writer into the folder of a run. Used with `with`.

    Attributes:
        run: The run.
    """

    def __init__(self, run: Run, config: TrainingConfig, *, is_new: bool) -> None:
        """Begin a record, or go on with one.

        Args:
            run: The run.
            config: Its settings.
            is_new: Whether it begins now: then a photo that cannot be read is an error; later it is left out.

        Raises:
            DeblurError: The photo to watch cannot be read.
        """
        self.run = run
        self._writes_csv = config.logs.csv
        self._board = logs.TensorBoard(run) if config.logs.tensorboard else None
        try:
            self._watched = load_watched(config)
        except DeblurError as error:
            if is_new:
                raise
            log.warning("The photo is not watched any more: %s", error)
            self._watched = None
        if self._writes_csv and not is_new:
            logs.write_curve(run)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._board:
            self._board.__exit__()

    def watch(self, predict: Predict) -> Pixels | None:
        """Return the user's own photo as the network restores it; None where there is none to watch."""
        return self._watched.restore(predict) if self._watched else None

    def event(self, event: dict[str, Any]) -> None:
        """Add an event that is not about an epoch.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        self.run.append([event])

    def epoch(
        self,
        event: dict[str, Any],
        batches: Sequence[dict[str, Any]],
        previews: Iterable[Preview],
        photo: Pixels | None,
    ) -> None:
        """Write an epoch to disk.

        Args:
            event: Its figures.
            batches: The events of its batches.
            previews: Held-out pairs and what the network makes of them, always the same pairs.
            photo: What it makes of the user's own photo.

        Raises:
            DeblurError: The disk is full or the folder is gone.
        """
        number = int(event["epoch"])
        scenes: dict[str, Preview] = {str(place): preview for place, preview in enumerate(previews, 1)}
        predicted = {name: preview.predicted for name, preview in scenes.items()}
        for name, preview in scenes.items():
            self._keep_scene(name, preview.blurred, preview.sharp)
        if photo is not None and self._watched is not None:
            self._keep_scene(epoch_pictures.PHOTO, self._watched.pixels, None)
            predicted[epoch_pictures.PHOTO] = photo
        epoch_pictures.write_epoch(self.run, number, predicted)
        self.run.append([*batches, event])
        if self._writes_csv:
            logs.append_curve(self.run, event)
        if self._board:
            pictures = {name: epoch_pictures.jpeg(pixels) for name, pixels in predicted.items()}
            self._board.write(event, [(batch["step"], batch["loss"]) for batch in batches], pictures)

    def _keep_scene(self, name: str, photo: Pixels, truth: Pixels | None) -> None:
        if not (self.run.previews / f"input-{name}.jpg").exists():
            epoch_pictures.write_scene(self.run, name, photo, truth)
