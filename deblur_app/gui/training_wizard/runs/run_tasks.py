"""Background tasks about runs, besides training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Task
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.runs.run import Run


def has_begun(run: Run) -> bool:
    """Return whether a run has written its configuration."""
    return (run.folder / "config.toml").exists()


def has_checkpoint(run: Run) -> bool:
    """Return whether a run has a checkpoint, so that it can go on after a whole epoch."""
    return (run.folder / "checkpoint.npz").exists()


def find_unfinished() -> Task[tuple[Run, int, int] | None]:
    """Return the newest run where it has not come to its end, see `run_list.find_unfinished_run`."""
    from training.runs.run_list import find_unfinished_run, runs_folder

    yield Progress(0.0, tr("Looking for unfinished trainings"))
    return find_unfinished_run(runs_folder())


def forecast_training(config: TrainingConfig, pairs: list[Pair], folder: Path) -> Task[Any]:
    """Forecast what a training will take, see `forecast.forecast`."""
    from training.fit.forecast import forecast

    return (yield from forecast(config, pairs, folder))


def report(run: Run) -> Task[Path]:
    """Write the report of a run."""
    from training.reports.report import write_report

    return (yield from write_report(run))


def export(run: Run, target: Path) -> Task[Path]:
    """Write the model of a run as one file."""
    from training.runs.bundle import export_bundle

    return (yield from export_bundle(run.folder, target))
