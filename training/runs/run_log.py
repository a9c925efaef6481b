"""The log of a run, read: its settings, its start and the figures of its epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.config.config import MILESTONES
from training.runs.events import best_of

if TYPE_CHECKING:
    from training.config.config import TrainingConfig
    from training.runs.run import Run


@dataclass(frozen=True)
class RunLog:
    """The content of the log of a run.

    Attributes:
        name: What the run is called.
        config: Its settings.
        start: Precision, device, numbers of pairs and the figures of doing nothing.
        epochs: The figures of each epoch, oldest first; never empty.
        finished: Whether it came to its end, or was stopped to keep the best.
    """

    name: str
    config: TrainingConfig
    start: dict[str, Any]
    epochs: list[dict[str, Any]]
    finished: bool

    @property
    def best(self) -> dict[str, Any]:
        """The figures of the epoch with the lowest validation loss, whose weights are kept."""
        best = best_of(self.epochs)
        return best if best is not None else {}

    @property
    def names_blurs(self) -> bool:
        """True if the network names blurs, in place of restoring pictures."""
        return not self.config.family.restores_pictures

    @property
    def has_accuracy(self) -> bool:
        """True if there is an accuracy to show; grey pictures have none."""
        return any(math.isfinite(epoch["val_accuracy"]) for epoch in self.epochs)

    @property
    def do_nothing(self) -> dict[str, Any]:
        """The figures of the blurred pictures themselves."""
        return dict(self.start["do_nothing"])

    @property
    def table(self) -> list[dict[str, Any]]:
        """The epochs of Table 2 as far as trained, with the best and the last."""
        epochs_shown = {*MILESTONES, self.best["epoch"], self.epochs[-1]["epoch"]}
        return [epoch for epoch in self.epochs if epoch["epoch"] in epochs_shown]


def read_run_log(run: Run) -> RunLog:
    """Read the log of `run` as far as it is written.

    Raises:
        DeblurError: The folder holds no run, or no epoch is done yet.
    """
    config, epochs = run.config, run.epochs()
    return RunLog(run.folder.resolve().name, config, run.start(), epochs, bool(run.events("end")))
