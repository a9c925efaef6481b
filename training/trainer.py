"""Training as a task: it yields what happened, can be cancelled between two batches, and can be resumed."""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core import image_io, metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import Progress, Task, portion
from deblur_app.engine import devices
from training import dataset, evaluate, source
from training.schedule import Plateau, cosine_rate, planned_epochs

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator
    from pathlib import Path

    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Pixels
    from training.config import TrainingConfig
    from training.dataset import PairArrays
    from training.evaluate import Figures
    from training.loop import Loop
    from training.pairs import Pair
    from training.run import Arrays, Run
    from training.source import BatchSource

_READING_SHARE = 0.02
"""Share of the progress bar for reading the pictures."""


@dataclass(frozen=True)
class EpochFigures:
    """How good the network is after an epoch.

    Attributes:
        epoch: Number of the epoch, from 1.
        loss: What the network learns by, over the training pairs, averaged while learning as Keras does.
        accuracy: Accuracy over the training pairs, see `metrics.ACCURACY_EXPLAINED`.
        val_loss: Mean squared error over the validation pairs.
        val_accuracy: Accuracy over the validation pairs.
        val_psnr: Mean PSNR over the validation pairs in dB.
        val_ssim: Mean SSIM over the validation pairs.
        learning_rate: Learning rate during the epoch.
        seconds: Time the epoch took, with validation.
        gains: By how many dB the PSNR rises over doing nothing, for each kind of blur that is known.
        sharp_psnr: PSNR in dB at which sharp pictures come back; None where there are none to judge by.
    """

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    val_psnr: float
    val_ssim: float
    learning_rate: float
    seconds: float
    gains: dict[str, float] = field(default_factory=dict)
    sharp_psnr: float | None = None


@dataclass(frozen=True, eq=False)
class Preview:
    """One validation pair and what the network makes of it; float32 arrays of shape (side, side, 3).

    Attributes:
        blurred: What the network is given.
        sharp: The ground truth.
        predicted: What it makes of it.
        do_nothing: Figures of `blurred`.
        quality: Figures of `predicted`.
    """

    blurred: Pixels
    sharp: Pixels
    predicted: Pixels
    do_nothing: Quality
    quality: Quality


@dataclass(frozen=True)
class TrainingProgress(Progress):
    """Progress of a training.

    Attributes:
        epoch: The running epoch, from 1.
        step: Batches done since the start of the run.
        steps_per_epoch: Batches in an epoch.
        loss: Loss of the batch just done; None where this is not about a batch.
        figures: Set once at the end of each epoch.
        preview: Set together with `figures`.
        do_nothing: Figures of the blurred input itself over the validation pairs, known from the start.
    """

    epoch: int = 0
    step: int = 0
    steps_per_epoch: int = 0
    loss: float | None = None
    figures: EpochFigures | None = None
    preview: Preview | None = None
    do_nothing: EpochFigures | None = None


def train(config: TrainingConfig, pairs: list[Pair], run: Run, *, stop: threading.Event | None = None) -> Task[Run]:
    """Train a network from scratch into the folder of `run`.

    Args:
        config: The settings.
        pairs: The files to train on; none where `config` makes pairs of photographs.
        run: A folder that holds no run yet.
        stop: Once set, the run ends after the current batch and keeps the best weights so far.

    Returns:
        The run, with its model written.

    Raises:
        DeblurError: A file cannot be read, the folder cannot be written to, or there are too few pairs.
    """
    photos = _check_enough(config, pairs)
    run.create(config, pairs, photos)
    return (yield from _load_and_train(config, run, stop))


def _check_enough(config: TrainingConfig, pairs: list[Pair]) -> list[Path]:
    """Refuse before a folder is made; returns the photographs to make pairs of."""
    if config.data.source == "made":
        source.recipe_of(config)
        photos = source.photos_in(config)
        source.divide_photos(photos, config)
        return photos
    if not pairs:
        raise DeblurError("There are no pairs to train on.")
    if config.protocol == "held-out":
        dataset.split([str(pair.sharp) for pair in pairs], config.validation_share, config.seed)
    return []


def resume(run: Run, *, stop: threading.Event | None = None) -> Task[Run]:
    """Go on with a run after its last whole epoch; the losses are those of a run that was never interrupted.

    Raises:
        DeblurError: The folder holds no run, or its pictures are gone.
    """
    return (yield from _load_and_train(run.config, run, stop))


def _load_and_train(config: TrainingConfig, run: Run, stop: threading.Event | None) -> Task[Run]:
    yield Progress(0.0, "Starting the engine")
    devices.load_engine()
    checkpoint = run.load_arrays("checkpoint")
    done = 0 if checkpoint is None else int(checkpoint["state"][0])
    opening = source.open_source(config, run.pairs(), run.photos(), done)
    batches = yield from portion(opening, 0.0, _READING_SHARE)
    try:
        yield from _Training(config, run, batches, stop).run_epochs(checkpoint)
    finally:
        batches.close()
    return run


class _Training:
    """One run in progress: the loop, where it stands, and what it has seen."""

    def __init__(
        self,
        config: TrainingConfig,
        run: Run,
        batches: BatchSource,
        stop: threading.Event | None,
    ) -> None:
        self.config = config
        self.run = run
        self.batches = batches
        self.validation = batches.validation
        self.stop = stop
        self.plateau = Plateau()
        self.epoch = 0
        self.best_loss = math.inf
        self.best_epoch = 0
        self.seconds: list[float] = []
        self.epochs = config.epochs
        self.steps_per_epoch = batches.steps_per_epoch
        self.undone = evaluate.each_undone(batches.validation)
        self.do_nothing = _do_nothing(self.undone)

    def run_epochs(self, checkpoint: Arrays | None) -> Generator[Progress]:
        """Train from `checkpoint` to the last epoch, or until asked to stop, then write the model."""
        yield self._progress("Preparing the network")
        loop = self._prepare(checkpoint)
        yield self._progress("Compiling the network", do_nothing=self.do_nothing)
        while self.epoch < self.epochs and not self._stopped():
            finished = yield from self._run_epoch(loop)
            if not finished:
                break
        yield self._progress("Writing the model")
        self._write_model(loop)

    def _prepare(self, checkpoint: Arrays | None) -> Loop:
        from training import loop as loops

        device, note = devices.choose(self.config.device)
        build = functools.partial(loops.build_network, self.config)
        if checkpoint is None:
            precision = loops.choose_precision(build, self.config, device.tf_name, *self.batches.sample())
        else:
            precision = str(self.run.start()["precision"])
        loop = loops.Loop(build, self.config, tf_device=device.tf_name, precision=precision)
        if checkpoint is not None:
            self._restore(loop, checkpoint)
        self.run.forget_after(self.epoch)
        self.run.sweep()
        if self.epoch == 0:
            start = {
                "kind": "start",
                "precision": precision,
                "device": device.label,
                "note": note,
                "training_pairs": self.batches.training_count,
                "validation_pairs": len(self.validation),
                "do_nothing": dataclasses.asdict(self.do_nothing),
            }
            self.run.append([start])
        return loop

    def _restore(self, loop: Loop, checkpoint: Arrays) -> None:
        loop.restore(checkpoint)
        epoch, self.best_loss, best_epoch, self.plateau.best, wait = checkpoint["state"].tolist()
        self.epoch, self.best_epoch, self.plateau.wait = int(epoch), int(best_epoch), int(wait)
        self._keep_best(loop)  # a kill may have come between the checkpoint and the best weights
        self.seconds = [float(epoch["seconds"]) for epoch in self.run.events("epoch")][: self.epoch]
        self.epochs = planned_epochs(self.config, self.seconds)

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def _progress(self, stage: str, **more: Any) -> TrainingProgress:
        done = (self.epoch + more.pop("part", 0.0)) / max(self.epochs, 1)
        left = (1 - done) * self.epochs * self.seconds[-1] if self.seconds else None
        defaults = {"epoch": self.epoch, "step": self.epoch * self.steps_per_epoch}
        return TrainingProgress(
            _READING_SHARE + (1 - _READING_SHARE) * min(done, 1.0),
            stage,
            left,
            **{"steps_per_epoch": self.steps_per_epoch, **defaults, **more},
        )

    def _run_epoch(self, loop: Loop) -> Generator[Progress, None, bool]:
        """One pass over the training pairs and its validation; returns whether it went to its end."""
        epoch, begin = self.epoch + 1, time.monotonic()
        stage = f"Epoch {epoch} of {self.epochs}"
        events: list[dict[str, Any]] = []
        total = np.zeros(2)
        for number, batch in enumerate(self.batches.epoch(epoch), 1):
            step = self.epoch * self.steps_per_epoch + number
            if self.config.learning.schedule == "cosine":
                loop.learning_rate = cosine_rate(self.config, step, self.epochs * self.steps_per_epoch)
            loss, accuracy = loop.step(*batch)
            self._check_finite(loss, loop)
            total += np.array([loss, accuracy]) * len(batch[0])
            events.append({"kind": "batch", "epoch": epoch, "step": step, "loss": loss})
            part = number / (self.steps_per_epoch + 1)
            yield self._progress(stage, epoch=epoch, step=step, loss=loss, part=part)
            if self._stopped():
                return False
        with loop.averaged():
            each = yield from self._judge(loop, self.validation, stage)
            plain = (yield from self._judge(loop, self.batches.unblurred, stage)) if self.batches.unblurred else []
            preview = self._preview(loop)
        judged, mean = evaluate.mean(each), total / self.batches.training_count
        self._check_finite(judged.loss, loop)
        figures = EpochFigures(
            epoch,
            float(mean[0]),
            float(mean[1]),
            judged.loss,
            judged.accuracy,
            judged.psnr,
            judged.ssim,
            loop.learning_rate,
            time.monotonic() - begin,
            evaluate.gains(self.validation, each, self.undone),
            evaluate.mean(plain).psnr if plain else None,
        )
        self._finish_epoch(loop, figures, events, preview.predicted)
        self.seconds.append(time.monotonic() - begin)
        yield self._progress(stage, figures=figures, preview=preview)
        self.epochs = planned_epochs(self.config, self.seconds)
        return True

    def _check_finite(self, loss: float, loop: Loop) -> None:
        if not math.isfinite(loss):
            raise DeblurError(
                f"The training broke down in epoch {self.epoch + 1}: the loss is no longer a number. Start again "
                f"with a lower learning rate than {loop.learning_rate:g}."
            )

    def _judge(self, loop: Loop, pairs: PairArrays, stage: str) -> Generator[Progress, None, list[Figures]]:
        """Figures of each pair."""
        figures: list[Figures] = []
        for judged in evaluate.judge_batches(pairs, loop.predict, self.config.batch_size):
            figures += judged
            yield self._progress(f"{stage}, validation", part=0.99, epoch=self.epoch + 1)
        return figures

    def _preview(self, loop: Loop) -> Preview:
        """The first validation pair."""
        blurred, sharp = from_integer(self.validation.photographed[0]), from_integer(self.validation.sharp[0])
        predicted = loop.predict(self.validation.blurred[:1], *(values[:1] for values in self.validation.given))[0]
        do_nothing, quality = (metrics.measure(sharp, pixels) for pixels in (blurred, predicted))
        return Preview(blurred, sharp, predicted, do_nothing, quality)

    def _finish_epoch(self, loop: Loop, figures: EpochFigures, events: list[dict[str, Any]], predicted: Pixels) -> None:
        """Write the epoch down: the events before the checkpoint, because a resume starts from the checkpoint."""
        self.epoch = figures.epoch
        if figures.val_loss < self.best_loss:
            self.best_loss, self.best_epoch = figures.val_loss, figures.epoch
        if self.config.learning.schedule == "plateau":
            loop.learning_rate = self.plateau.next_rate(figures.val_loss, loop.learning_rate, self.config)
        image_io.write(Picture(predicted), self.run.previews / f"epoch-{figures.epoch:04d}.png")
        self.run.append([*events, {"kind": "epoch", **dataclasses.asdict(figures)}])
        state = [self.epoch, self.best_loss, self.best_epoch, self.plateau.best, self.plateau.wait]
        self.run.save_arrays("checkpoint", loop.state() | {"state": np.array(state, np.float64)})
        self._keep_best(loop)

    def _keep_best(self, loop: Loop) -> None:
        """Write the best weights, if these are they."""
        if self.best_epoch == self.epoch:
            with loop.averaged():
                self.run.save_arrays("best", loop.weights())

    def _write_model(self, loop: Loop) -> None:
        from training import export

        if self.epoch == 0:
            raise DeblurError("Stopped before the first epoch was done, so there is no model to keep.")
        best = self.run.load_arrays("best")
        if best is not None:
            loop.restore(best)
        self.run.append([{"kind": "end", "epoch": self.epoch, "best_epoch": self.best_epoch}])
        export.write_model(loop.model, self.run)


def _do_nothing(undone: list[Figures]) -> EpochFigures:
    """Figures of the blurred validation pictures themselves, as epoch 0."""
    own = evaluate.mean(undone)
    return EpochFigures(0, own.loss, own.accuracy, own.loss, own.accuracy, own.psnr, own.ssim, 0.0, 0.0)
