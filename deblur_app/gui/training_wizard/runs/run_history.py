"""The earlier part of a run that goes on: its settings, figures and losses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from training.fit.progress import EpochFigures
from training.fit.resumed_settings import compare_settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.config.config import TrainingConfig
    from training.runs.run import Run


@dataclass(frozen=True, eq=False)
class RunHistory(Progress):
    """The earlier part of a run before it goes on; the first thing a continued training yields.

    Attributes:
        config: The settings that it goes on with.
        pair_count: The number of pairs it trains on.
        epochs: Figures of the finished epochs.
        positions: Place of each batch on the axis of epochs; 1.5 is in the middle of the second.
        losses: Loss of each batch, same length.
        do_nothing: Figures of the blurred pictures as they are; None where the run had not begun.
        edits: A sentence for each setting that was edited since, which says whether it is taken.
    """

    config: TrainingConfig = field(kw_only=True)
    pair_count: int = 0
    epochs: list[EpochFigures] = field(default_factory=list)
    positions: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    losses: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    do_nothing: EpochFigures | None = None
    edits: tuple[str, ...] = ()


def read_history(run: Run) -> RunHistory:
    """Read the earlier part of `run`.

    Raises:
        DeblurError: The folder holds no run, or its list of pairs is broken.
    """
    resumed, pairs = compare_settings(run), run.pairs()
    config = resumed.config
    history = RunHistory(0.0, tr("Reading the run"), config=config, pair_count=len(pairs), edits=resumed.sentences)
    if not run.events("start"):  # it was ended while it read the pictures
        return history
    start, batches = run.start(), run.events("batch")
    steps_per_epoch = max(-(-(start["training_pairs"] or 0) // config.batch_size), 1)
    return replace(
        history,
        epochs=[figures_of(event) for event in run.events("epoch")],
        positions=np.array([batch["step"] / steps_per_epoch for batch in batches]),
        losses=np.array([batch["loss"] for batch in batches]),
        do_nothing=figures_of(start["do_nothing"]),
    )


def figures_of(event: dict[str, Any]) -> EpochFigures:
    """Return the figures of an event of the log."""
    return EpochFigures(**{key: value for key, value in event.items() if key != "kind"})
