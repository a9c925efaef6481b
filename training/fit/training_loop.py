"""The epochs of one training: learning, judging, keeping the best, going back, and the model at the end."""

from __future__ import annotations

import dataclasses
import math
import time
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from training.config.config import PRECISIONS
from training.fit.loop_state import LoopState, read_state
from training.fit.progress import EpochFigures, TrainingProgress, figures_of_doing_nothing
from training.fit.resumed_settings import encode_settings
from training.fit.schedule import Plateau, cosine_rate, plan_epochs
from training.fit.start_weights import start_arrays
from training.runs import rollback
from training.runs.rollback import BrokeDownError, Rollback, check_finite
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Generator

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Progress
    from training.batches.batch_source import BatchSource
    from training.config.config import TrainingConfig
    from training.evaluation.evaluators import EvaluationResult, Preview
    from training.fit.distributed import Place
    from training.fit.record import Record
    from training.learning.train_step import TrainStep
    from training.runs.array_file import Arrays

READING_SHARE = 0.02
"""Share of the progress bar for reading the pictures, before the first epoch."""


class TrainingLoop:
    """A run in progress: its step, its state and the figures so far."""

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
        self.do_nothing = figures_of_doing_nothing(batches.evaluator.do_nothing)

    def run_epochs(self, checkpoint: Arrays | None) -> Generator[Progress]:
        """Train from `checkpoint` to the last epoch, or until asked to stop, then write the model."""
        yield self._progress("Preparing the network")
        train_step = self._prepare(checkpoint)
        try:
            yield from self._learn(train_step, checkpoint)
        finally:
            train_step.close()

    def _learn(self, train_step: TrainStep, checkpoint: Arrays | None) -> Generator[Progress]:
        yield self._progress("Compiling the network", do_nothing=self.do_nothing)
        first = train_step.state() if checkpoint is None else None  # what a breakdown in the first epoch goes back to
        while self.epoch < self.epochs and not self._is_stopped() and not self._is_stale():
            try:
                finished = yield from self._run_epoch(train_step)
            except BrokeDownError:
                yield self._progress("Going back", rollback=self._go_back(train_step, first))
                continue
            if not finished:
                break
            first = None
        yield self._progress("Writing the model")
        self._write_model(train_step)

    def _prepare(self, checkpoint: Arrays | None) -> TrainStep:
        from training.learning.train_step import TrainStep, choose_precision, compute_deterministically

        if self.config.learning.deterministic:
            compute_deterministically()
        place = self.place
        objective = trainable_of(self.config).objective(self.config)
        if checkpoint is not None:
            precision = self._read_precision()
        elif place.part.count > 1 and self.config.precision == "auto":
            precision = "float32"  # all processes must compute alike, and each would decide for itself
        else:
            precision = choose_precision(self.config, objective, place.device.tf_name, *self.batches.sample())
        train_step = TrainStep(self.config, objective, strategy=place.strategy, precision=precision)
        if checkpoint is not None:
            self._restore(train_step, checkpoint)
        elif self.config.network.start:
            train_step.restore(start_arrays(self.config))
        self.run.forget_after(self.epoch)
        self.run.sweep()
        if self.epoch == 0:
            start = {
                "kind": "start",
                "precision": precision,
                "device": place.label,
                "note": place.note,
                "training_pairs": self.batches.training_count,
                "validation_pairs": self.batches.evaluator.count,
                "do_nothing": dataclasses.asdict(self.do_nothing),
                "config": encode_settings(self.config),
            }
            self.run.append([start])
        return train_step

    def _read_precision(self) -> str:
        """Return the precision that the run began with; with another one, resuming would not give the same result.

        Raises:
            DeblurError: The log does not say it.
        """
        precision = str(self.run.start()["precision"])
        if precision not in PRECISIONS:
            raise DeblurError(f"“{self.run.folder}” cannot be resumed: its log does not say its precision. Train anew.")
        return precision

    def _restore(self, train_step: TrainStep, checkpoint: Arrays) -> None:
        try:
            train_step.restore(checkpoint)
            state = read_state(checkpoint)
        except DeblurError as error:
            raise DeblurError(f"The checkpoint of “{self.run.folder}” does not fit its config.toml. {error}") from error
        self.epoch, self.best_loss, self.best_epoch = state.epoch, state.best_loss, state.best_epoch
        self.plateau = Plateau(state.plateau_best, state.plateau_wait)
        self.rollbacks = state.rollbacks
        self._keep_best(train_step)  # a kill may have come between the checkpoint and the best weights
        self.seconds = [float(epoch["seconds"]) for epoch in self.run.events("epoch")][: self.epoch]
        self.epochs = plan_epochs(self.config, self.seconds)

    def _is_stopped(self) -> bool:
        return self.stop is not None and self.stop.is_set()

    def _is_stale(self) -> bool:
        """Return whether there was no better epoch for as many epochs as the patience of the settings."""
        patience = self.config.learning.patience
        return bool(patience) and self.epoch - self.best_epoch >= patience

    def _go_back(self, train_step: TrainStep, first: Arrays | None) -> Rollback:
        """Take the weights of the last good epoch, and a lower learning rate.

        Raises:
            DeblurError: It has gone back too often.
        """
        if self.rollbacks == rollback.MOST:
            raise DeblurError(
                f"The training broke down in epoch {self.epoch + 1}: the loss is no longer a number, although it went "
                f"back {rollback.MOST} times. Start again with a lower learning rate than "
                f"{train_step.learning_rate:.2g}."
            )
        arrays = self.run.load_arrays("checkpoint") if first is None else first
        if arrays is None:
            raise DeblurError(f"“{self.run.folder}” has lost its checkpoint: the training cannot go on.")
        train_step.restore(arrays)
        before = read_state(arrays).rollbacks if first is None else 0
        self.rollbacks += 1
        train_step.learning_rate *= rollback.slowdown(self.rollbacks - before)
        rate = train_step.learning_rate
        if self.config.learning.schedule == "cosine":
            rate = self.config.learning_rate * rollback.slowdown(self.rollbacks)
        event = Rollback(self.epoch + 1, self.epoch, rate, self.rollbacks)
        self.record.event({"kind": "rollback", **dataclasses.asdict(event)})
        self.batches.rewind(self.epoch)
        return event

    def _progress(self, stage: str, **more: Any) -> TrainingProgress:
        fraction = (self.epoch + more.pop("part", 0.0)) / max(self.epochs, 1)
        seconds_left = (1 - fraction) * self.epochs * self.seconds[-1] if self.seconds else None
        defaults = {"epoch": self.epoch, "step": self.epoch * self.steps_per_epoch}
        return TrainingProgress(
            READING_SHARE + (1 - READING_SHARE) * min(fraction, 1.0),
            stage,
            seconds_left,
            **{"steps_per_epoch": self.steps_per_epoch, **defaults, **more},
        )

    def _run_epoch(self, train_step: TrainStep) -> Generator[Progress, None, bool]:
        """Make one pass over the training pairs, and validate; returns whether it went to its end."""
        epoch, begin = self.epoch + 1, time.monotonic()
        stage = f"Epoch {epoch} of {self.epochs}"
        events: list[dict[str, Any]] = []
        losses, right, examples_done, judged_count = 0.0, 0.0, 0, 0
        for number, batch in enumerate(self.batches.epoch(epoch), 1):
            step = self.epoch * self.steps_per_epoch + number
            if self.config.learning.schedule == "cosine":
                rate = cosine_rate(self.config, step, self.epochs * self.steps_per_epoch)
                train_step.learning_rate = rate * rollback.slowdown(self.rollbacks)
            loss, accuracy, count = train_step.step(*batch)
            check_finite(loss)
            losses += loss * len(batch[0])
            examples_done += len(batch[0])
            right += accuracy * count if count else 0.0
            judged_count += count
            events.append({"kind": "batch", "epoch": epoch, "step": step, "loss": loss})
            part = number / (self.steps_per_epoch + 1)
            yield self._progress(stage, epoch=epoch, step=step, loss=loss, part=part)
            if self._is_stopped():
                return False
        with train_step.use_mean_weights():
            evaluation = yield from self._evaluate(train_step, stage)
            photo = self.record.watch(train_step.predict)
        val_loss = train_step.all_reduce_mean(evaluation.loss)
        check_finite(val_loss)
        seconds = train_step.all_reduce_mean(time.monotonic() - begin)
        figures = EpochFigures(
            epoch,
            losses / examples_done,
            right / judged_count if judged_count else math.nan,
            val_loss,
            evaluation.accuracy,
            evaluation.psnr,
            evaluation.ssim,
            train_step.learning_rate,
            seconds,
            evaluation.gains,
            evaluation.sharp_psnr,
            evaluation.shares,
        )
        self._finish_epoch(train_step, figures, events, evaluation.previews, photo)
        self.seconds.append(seconds)
        yield self._progress(
            stage, figures=figures, preview=evaluation.preview, previews=evaluation.previews, photo=photo
        )
        self.epochs = plan_epochs(self.config, self.seconds)
        return True

    def _evaluate(self, train_step: TrainStep, stage: str) -> Generator[Progress, None, EvaluationResult]:
        """Evaluate the network on the held-out pictures or crops."""
        judging = self.batches.evaluator.evaluate(train_step.predict, self.config.batch_size)
        while True:
            try:
                next(judging)
            except StopIteration as done:
                evaluation: EvaluationResult = done.value
                return evaluation
            yield self._progress(f"{stage}, validation", part=0.99, epoch=self.epoch + 1)

    def _finish_epoch(
        self,
        train_step: TrainStep,
        figures: EpochFigures,
        events: list[dict[str, Any]],
        previews: tuple[Preview, ...],
        photo: Pixels | None,
    ) -> None:
        """Write the epoch to disk: the events before the checkpoint, because a resume starts from the checkpoint."""
        self.epoch = figures.epoch
        if figures.val_loss < self.best_loss:
            self.best_loss, self.best_epoch = figures.val_loss, figures.epoch
        if self.config.learning.schedule == "plateau":
            train_step.learning_rate = self.plateau.next_rate(figures.val_loss, train_step.learning_rate, self.config)
        self.record.epoch({"kind": "epoch", **dataclasses.asdict(figures)}, events, previews, photo)
        plateau = self.plateau
        state = LoopState(self.epoch, self.best_loss, self.best_epoch, plateau.best, plateau.wait, self.rollbacks)
        self.run.save_arrays("checkpoint", train_step.state() | state.as_arrays())
        self._keep_best(train_step)

    def _keep_best(self, train_step: TrainStep) -> None:
        """Write the weights if they are the best so far."""
        if self.best_epoch == self.epoch:
            with train_step.use_mean_weights():
                self.run.save_arrays("best", train_step.weights())

    def _reason(self) -> str:
        """Return the reason for the end: “patience”, “epochs” for the planned ones, or “stopped”."""
        if self._is_stale():
            return "patience"
        return "epochs" if self.epoch >= self.epochs else "stopped"

    def _write_model(self, train_step: TrainStep) -> None:
        from training.runs import export

        if self.epoch == 0:
            raise DeblurError("Stopped before the first epoch was done, so there is no model to keep.")
        best = self.run.load_arrays("best")
        if best is not None:
            train_step.restore(best)
        self.record.event({"kind": "end", "epoch": self.epoch, "best_epoch": self.best_epoch, "reason": self._reason()})
        export.write_model(train_step.model, self.run)
