"""Training as a task: it yields what happened, can be cancelled between two batches, and can be resumed."""

from __future__ import annotations

import dataclasses
import functools
import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, portion
from training import blur_source, dataset, distributed, rollback, source
from training.record import Record
from training.rollback import BrokeDownError, Rollback
from training.run_lock import alone
from training.schedule import Plateau, cosine_rate, planned_epochs
from training.start_weights import check_start, start_arrays
from training.watched import load_watched

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from training.config import TrainingConfig
    from training.distributed import Part, Place
    from training.judges import Judgement, Preview
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
        val_loss: Mean squared error over the validation pairs; of named blurs, what the network learns by.
        val_accuracy: Accuracy over the validation pairs.
        val_psnr: Mean PSNR over the validation pairs in dB; NaN where no pictures come out.
        val_ssim: Mean SSIM over the validation pairs; NaN as well.
        learning_rate: Learning rate during the epoch.
        seconds: Time the epoch took, with validation.
        gains: By how many dB the PSNR rises over doing nothing, for each kind of blur that is known.
        sharp_psnr: PSNR in dB at which sharp pictures come back; None where there are none to judge by.
        shares: Shares of what is right to within a bound, by name, where blurs are named.
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
    shares: dict[str, float] = field(default_factory=dict)


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
        previews: All held-out pairs that are followed, of which `preview` is the first.
        photo: What the network makes of the photo that the settings name, float32 (height, width, 3); set together
            with `figures`.
        rollback: Set where the loss was no longer a number and the training went back.
    """

    epoch: int = 0
    step: int = 0
    steps_per_epoch: int = 0
    loss: float | None = None
    figures: EpochFigures | None = None
    preview: Preview | None = None
    do_nothing: EpochFigures | None = None
    previews: tuple[Preview, ...] = ()
    photo: Pixels | None = None
    rollback: Rollback | None = None


def train(config: TrainingConfig, pairs: list[Pair], run: Run, *, stop: threading.Event | None = None) -> Task[Run]:
    """Train a network into the folder of `run`, from scratch or from the weights that `config` names.

    Args:
        config: The settings.
        pairs: The files to train on; none where `config` makes pairs of photographs.
        run: A folder that holds no run yet.
        stop: Once set, the run ends after the current batch and keeps the best weights so far.

    Returns:
        The run, with its model written.

    Raises:
        DeblurError: A file cannot be read, the folder cannot be written to, there are too few pairs, the weights to
            start from do not fit, or another training goes on in the folder.
    """
    photos = _check_enough(config, pairs)
    check_start(config)
    load_watched(config)
    with distributed.private(run, is_new=True) as own, alone(own.folder):
        own.create(config, pairs, photos)
        yield from _load_and_train(config, own, stop)
    return run


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
        DeblurError: The folder holds no run, its pictures are gone, or another training goes on in it.
    """
    with distributed.private(run, is_new=False) as own:
        config = own.config
        with alone(own.folder):
            yield from _load_and_train(config, own, stop)
    return run


def _load_and_train(config: TrainingConfig, run: Run, stop: threading.Event | None) -> Task[None]:
    yield Progress(0.0, "Starting the engine")
    place = distributed.find(config.device)
    checkpoint = run.load_arrays("checkpoint")
    done = 0 if checkpoint is None else int(checkpoint["state"][0])
    batches = yield from portion(_opened(config, run, done, place.part), 0.0, _READING_SHARE)
    try:
        with Record(run, config, is_new=checkpoint is None) as record:
            yield from _Training(config, record, batches, place, stop).run_epochs(checkpoint)
    finally:
        batches.close()


def _opened(config: TrainingConfig, run: Run, epochs_done: int, part: Part) -> Task[BatchSource]:
    """What the network of `config` learns from: pairs of pictures, or crops whose blur is to be named."""
    if config.network.architecture == "psf-estimator":
        return (yield from blur_source.open_blur_source(config, run, run.photos(), part))
    return (yield from source.open_source(config, run.pairs(), run.photos(), epochs_done, part))


class _Training:
    """One run in progress: the loop, where it stands, and what it has seen."""

    def __init__(
        self,
        config: TrainingConfig,
        record: Record,
        batches: BatchSource,
        place: Place,
        stop: threading.Event | None,
    ) -> None:
        self.config = config
        self.place = place
        self.record = record
        self.run = record.run
        self.batches = batches
        self.stop = stop
        self.plateau = Plateau()
        self.epoch = 0
        self.best_loss = math.inf
        self.best_epoch = 0
        self.rollbacks = 0
        self.seconds: list[float] = []
        self.epochs = config.epochs
        self.steps_per_epoch = batches.steps_per_epoch
        self.do_nothing = _do_nothing(batches.judge.do_nothing)

    def run_epochs(self, checkpoint: Arrays | None) -> Generator[Progress]:
        """Train from `checkpoint` to the last epoch, or until asked to stop, then write the model."""
        yield self._progress("Preparing the network")
        loop = self._prepare(checkpoint)
        try:
            yield from self._learn(loop, checkpoint)
        finally:
            loop.close()

    def _learn(self, loop: Loop, checkpoint: Arrays | None) -> Generator[Progress]:
        yield self._progress("Compiling the network", do_nothing=self.do_nothing)
        first = loop.state() if checkpoint is None else None  # what a breakdown in the first epoch goes back to
        while self.epoch < self.epochs and not self._stopped() and not self._is_stale():
            try:
                finished = yield from self._run_epoch(loop)
            except BrokeDownError:
                yield self._progress("Going back", rollback=self._go_back(loop, first))
                continue
            if not finished:
                break
            first = None
        yield self._progress("Writing the model")
        self._write_model(loop)

    def _prepare(self, checkpoint: Arrays | None) -> Loop:
        from training import loop as loops

        if self.config.learning.deterministic:
            loops.compute_deterministically()
        place = self.place
        build = functools.partial(loops.build_network, self.config)
        if checkpoint is not None:
            precision = str(self.run.start()["precision"])
        elif place.part.count > 1 and self.config.precision == "auto":
            precision = "float32"  # all processes must compute alike, and each would decide for itself
        else:
            precision = loops.choose_precision(build, self.config, place.device.tf_name, *self.batches.sample())
        loop = loops.Loop(build, self.config, strategy=place.strategy, precision=precision)
        if checkpoint is not None:
            self._restore(loop, checkpoint)
        elif self.config.network.start:
            loop.restore(start_arrays(self.config))
        self.run.forget_after(self.epoch)
        self.run.sweep()
        if self.epoch == 0:
            start = {
                "kind": "start",
                "precision": precision,
                "device": place.label,
                "note": place.note,
                "training_pairs": self.batches.training_count,
                "validation_pairs": self.batches.judge.count,
                "do_nothing": dataclasses.asdict(self.do_nothing),
            }
            self.run.append([start])
        return loop

    def _restore(self, loop: Loop, checkpoint: Arrays) -> None:
        loop.restore(checkpoint)
        epoch, self.best_loss, best_epoch, self.plateau.best, wait, *more = checkpoint["state"].tolist()
        self.rollbacks = int(more[0]) if more else 0  # runs that began with an older version do not count them
        self.epoch, self.best_epoch, self.plateau.wait = int(epoch), int(best_epoch), int(wait)
        self._keep_best(loop)  # a kill may have come between the checkpoint and the best weights
        self.seconds = [float(epoch["seconds"]) for epoch in self.run.events("epoch")][: self.epoch]
        self.epochs = planned_epochs(self.config, self.seconds)

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def _is_stale(self) -> bool:
        """Whether it has waited long enough for a better epoch."""
        patience = self.config.learning.patience
        return bool(patience) and self.epoch - self.best_epoch >= patience

    def _go_back(self, loop: Loop, first: Arrays | None) -> Rollback:
        """Take the weights of the last good epoch, and a lower learning rate.

        Raises:
            DeblurError: It has gone back too often.
        """
        if self.rollbacks == rollback.MOST:
            raise DeblurError(
                f"The training broke down in epoch {self.epoch + 1}: the loss is no longer a number, although it went "
                f"back {rollback.MOST} times. Start again with a lower learning rate than {loop.learning_rate:.2g}."
            )
        arrays = self.run.load_arrays("checkpoint") if first is None else first
        if arrays is None:
            raise DeblurError(f"{self.run.folder} has lost its checkpoint: the training cannot go on.")
        loop.restore(arrays)
        before = int(arrays["state"][5]) if len(arrays.get("state", ())) > 5 else 0
        self.rollbacks += 1
        loop.learning_rate *= rollback.slowdown(self.rollbacks - before)
        rate = loop.learning_rate
        if self.config.learning.schedule == "cosine":
            rate = self.config.learning_rate * rollback.slowdown(self.rollbacks)
        done = Rollback(self.epoch + 1, self.epoch, rate, self.rollbacks)
        self.record.event({"kind": "rollback", **dataclasses.asdict(done)})
        self.batches.rewind(self.epoch)
        return done

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
        total, seen = np.zeros(2), 0
        for number, batch in enumerate(self.batches.epoch(epoch), 1):
            step = self.epoch * self.steps_per_epoch + number
            if self.config.learning.schedule == "cosine":
                rate = cosine_rate(self.config, step, self.epochs * self.steps_per_epoch)
                loop.learning_rate = rate * rollback.slowdown(self.rollbacks)
            loss, accuracy = loop.step(*batch)
            _check_finite(loss)
            total += np.array([loss, accuracy]) * len(batch[0])
            seen += len(batch[0])
            events.append({"kind": "batch", "epoch": epoch, "step": step, "loss": loss})
            part = number / (self.steps_per_epoch + 1)
            yield self._progress(stage, epoch=epoch, step=step, loss=loss, part=part)
            if self._stopped():
                return False
        with loop.averaged():
            judged = yield from self._judge(loop, stage)
            photo = self.record.watch(loop.predict)
        mean = total / seen
        val_loss = loop.agreed(judged.loss)
        _check_finite(val_loss)
        seconds = loop.agreed(time.monotonic() - begin)
        figures = EpochFigures(
            epoch,
            float(mean[0]),
            float(mean[1]),
            val_loss,
            judged.accuracy,
            judged.psnr,
            judged.ssim,
            loop.learning_rate,
            seconds,
            judged.gains,
            judged.sharp_psnr,
            judged.shares,
        )
        self._finish_epoch(loop, figures, events, judged.previews, photo)
        self.seconds.append(seconds)
        yield self._progress(stage, figures=figures, preview=judged.preview, previews=judged.previews, photo=photo)
        self.epochs = planned_epochs(self.config, self.seconds)
        return True

    def _judge(self, loop: Loop, stage: str) -> Generator[Progress, None, Judgement]:
        """How good the network is on what was held out."""
        judging = self.batches.judge.judge(loop.predict, self.config.batch_size)
        while True:
            try:
                next(judging)
            except StopIteration as done:
                judged: Judgement = done.value
                return judged
            yield self._progress(f"{stage}, validation", part=0.99, epoch=self.epoch + 1)

    def _finish_epoch(
        self,
        loop: Loop,
        figures: EpochFigures,
        events: list[dict[str, Any]],
        previews: tuple[Preview, ...],
        photo: Pixels | None,
    ) -> None:
        """Write the epoch down: the events before the checkpoint, because a resume starts from the checkpoint."""
        self.epoch = figures.epoch
        if figures.val_loss < self.best_loss:
            self.best_loss, self.best_epoch = figures.val_loss, figures.epoch
        if self.config.learning.schedule == "plateau":
            loop.learning_rate = self.plateau.next_rate(figures.val_loss, loop.learning_rate, self.config)
        self.record.epoch({"kind": "epoch", **dataclasses.asdict(figures)}, events, previews, photo)
        plateau = self.plateau
        state = [self.epoch, self.best_loss, self.best_epoch, plateau.best, plateau.wait, self.rollbacks]
        self.run.save_arrays("checkpoint", loop.state() | {"state": np.array(state, np.float64)})
        self._keep_best(loop)

    def _keep_best(self, loop: Loop) -> None:
        """Write the best weights, if these are they."""
        if self.best_epoch == self.epoch:
            with loop.averaged():
                self.run.save_arrays("best", loop.weights())

    def _reason(self) -> str:
        """Why it ends: “patience”, “epochs” for the planned ones, or “stopped”."""
        if self._is_stale():
            return "patience"
        return "epochs" if self.epoch >= self.epochs else "stopped"

    def _write_model(self, loop: Loop) -> None:
        from training import export

        if self.epoch == 0:
            raise DeblurError("Stopped before the first epoch was done, so there is no model to keep.")
        best = self.run.load_arrays("best")
        if best is not None:
            loop.restore(best)
        self.record.event({"kind": "end", "epoch": self.epoch, "best_epoch": self.best_epoch, "reason": self._reason()})
        export.write_model(loop.model, self.run)


def _check_finite(loss: float) -> None:
    if not math.isfinite(loss):
        raise BrokeDownError


def _do_nothing(own: Judgement) -> EpochFigures:
    """What doing nothing reaches, as epoch 0."""
    return EpochFigures(
        0, own.loss, own.accuracy, own.loss, own.accuracy, own.psnr, own.ssim, 0.0, 0.0, shares=own.shares
    )
