"""Tasks of the page of results: reading runs and their samples, and naming models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.gui.training_wizard.parts.result.sample_grid import SAMPLE_TITLES

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.gui.training_wizard.parts.result.sample_grid import Sample
    from training.reports.results import Outcome
    from training.runs.run import Run


def list_runs(folder: Path, selected: Run | None) -> Task[tuple[list[tuple[str, Run]], Run | None]]:
    """List the finished runs of `folder` with their names, and `selected` among them."""
    from training.reports.results import name_of
    from training.runs.run_list import list_finished_runs

    yield Progress(0.0, tr("Looking for trainings"))
    runs = list_finished_runs(folder)
    if selected is not None and selected not in runs and selected.card.is_file():
        runs.insert(0, selected)
    return [(name_of(run), run) for run in runs], selected


def read_run(run: Run) -> Task[Outcome]:
    """Read a finished run."""
    from training.reports.results import read_outcome

    yield Progress(0.0, tr("Reading the training"))
    return read_outcome(run)


def with_images(task: Task[Outcome]) -> Task[tuple[Outcome, list[Sample]]]:
    """Return the outcome, and its samples as images with their captions."""
    from deblur_app.core.picture import to_uint8
    from deblur_app.gui.images import qt_image

    outcome = yield from task
    samples = []
    for sample in outcome.samples:
        pictures = {name: getattr(sample, name) for name in SAMPLE_TITLES}
        samples.append(
            {
                name: (qt_image.to_qimage(to_uint8(pixels)), _decibels(sample.psnr.get(name)))
                for name, pixels in pictures.items()
                if pixels is not None
            }
        )
    return outcome, samples


def _decibels(psnr: float | None) -> str:
    return "" if psnr is None else tr("{psnr:.1f} dB", psnr=psnr)


def rename_run(run: Run, name: str) -> Task[str]:
    """Give the model of a run another name; returns that name."""
    from training.reports.results import rename

    yield Progress(0.0, "")
    rename(run, name)
    return name.strip()
