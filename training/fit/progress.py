"""The progress and the figures that a training reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.task import Progress

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from training.evaluation.evaluators import EvaluationResult, Preview
    from training.runs.rollback import Rollback


@dataclass(frozen=True)
class EpochFigures:
    """The figures of the network after an epoch.

    Attributes:
        epoch: Number of the epoch, from 1.
        loss: What the network learns by, over the training pairs, averaged while learning as Keras does.
        accuracy: Accuracy over the training pairs, see `metrics.ACCURACY_EXPLAINED`; NaN for grey pictures.
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


def figures_of_doing_nothing(own: EvaluationResult) -> EpochFigures:
    """Return the figures of doing nothing, as those of epoch 0."""
    return EpochFigures(
        0, own.loss, own.accuracy, own.loss, own.accuracy, own.psnr, own.ssim, 0.0, 0.0, shares=own.shares
    )


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
