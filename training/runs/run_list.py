"""The list of the runs in a folder, with a summary of each."""

from __future__ import annotations

import logging
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from training.runs.run import Run, best_of, without_nan
from training.runs.run_lock import is_training

if TYPE_CHECKING:
    from pathlib import Path

    from training.config.config import TrainingConfig

log = logging.getLogger(__name__)

type State = Literal["training", "finished", "unfinished", "not begun", "broken"]


@dataclass(frozen=True)
class RunSummary:
    """The summary of a run for a list.

    Attributes:
        folder: Where it is.
        state: “training” at this moment, “finished”, “unfinished” (it can be resumed), “not begun” where no epoch is
            done yet, or “broken”.
        problem: What is wrong with a broken one, else "".
        architecture: What is trained.
        epochs: How many epochs are done.
        planned: How many the settings ask for.
        best: The figures of the epoch with the lowest validation loss; empty before the first.
        do_nothing: The figures of the blurred pictures themselves; empty before the first.
        seconds: Time that the epochs took.
    """

    folder: Path
    state: State
    problem: str = ""
    architecture: str = ""
    epochs: int = 0
    planned: int = 0
    best: dict[str, Any] = field(default_factory=dict)
    do_nothing: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """The name of the run."""
        return self.folder.resolve().name

    @property
    def gain(self) -> float | None:
        """The gain of PSNR in dB over doing nothing; None where the network does not restore pictures."""
        before, after = (figures.get("val_psnr") for figures in (self.do_nothing, self.best))
        if before is None or after is None or not math.isfinite(after - before):
            return None
        return float(after - before)

    def as_json(self) -> dict[str, Any]:
        """Return the summary for JSON, which knows neither infinity nor NaN."""
        content = asdict(self) | {"folder": str(self.folder), "name": self.name, "gain": self.gain}
        return dict(without_nan(content))


def runs_folder() -> Path:
    """Return the folder where runs are kept unless the user says otherwise."""
    import platformdirs

    return platformdirs.user_data_path("Deblur") / "runs"


def runs_in(folder: Path) -> list[RunSummary]:
    """Return the runs directly inside `folder`, the one that was worked on last first.

    Raises:
        DeblurError: The folder cannot be read.
    """
    return [summarize_run(run) for run in newest_first(folder)]


def newest_first(folder: Path) -> list[Run]:
    """Return the runs directly inside `folder`, the one worked on last first; none where there is no such folder.

    Raises:
        DeblurError: The folder cannot be read.
    """
    try:
        folders = [path.parent for path in folder.glob("*/config.toml")]
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be read: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    return [Run(path) for path in sorted(folders, key=lambda path: (_modification_time(path), path.name), reverse=True)]


def _modification_time(path: Path) -> float:
    """Return the time a folder was changed last; 0 where it is unknown, as of one that has just been removed."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def list_finished_runs(folder: Path) -> list[Run]:
    """Return the runs in `folder` that have a model, newest first."""
    return [run for run in newest_first(folder) if run.card.is_file()]


def find_unfinished_run(folder: Path) -> tuple[Run, int, int] | None:
    """Return the newest run in `folder` with its finished and planned epochs, if it can go on and is not at its end."""
    newest = next(iter(newest_first(folder)), None)
    if newest is None:
        return None
    summary = summarize_run(newest)
    return (newest, summary.epochs, summary.planned) if summary.state == "unfinished" else None


def summarize_run(run: Run) -> RunSummary:
    """Return the summary of `run` for a list."""
    try:
        config = run.config
        epochs = run.epochs() if run.has_epochs() else []
        do_nothing = dict(run.start()["do_nothing"]) if epochs else {}
        return RunSummary(
            run.folder,
            _state(run, epochs),
            architecture=architecture_label(config),
            epochs=len(epochs),
            planned=config.epochs,
            best=best_of(epochs) or {},
            do_nothing=do_nothing,
            seconds=sum(float(epoch["seconds"]) for epoch in epochs),
        )
    except DeblurError as error:
        return RunSummary(run.folder, "broken", str(error))
    except Exception as error:
        log.warning("The run in %s cannot be read", run.folder, exc_info=error)
        return RunSummary(run.folder, "broken", tr("Its files cannot be read ({name}).", name=type(error).__name__))


def architecture_label(config: TrainingConfig) -> str:
    """Return the name of the trained network, in a few words."""
    return f"{config.network.architecture}{' for known blurs' if config.data.deconvolved else ''}"


def _state(run: Run, epochs: list[dict[str, Any]]) -> State:
    if is_training(run.folder):
        return "training"
    if run.events("end"):
        return "finished"
    return "unfinished" if epochs else "not begun"
