"""Training by two processes of one thread each beside one process of one thread, on loopback.

Figures: `examples_per_second` of two processes, the peer is one; `efficiency`, the ratio over the number of processes;
`weights_difference`, the largest difference between the weights that both end with.
"""

from __future__ import annotations

import math
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image
from skimage import data

from benchmarks.measuring import Figure, quick, report
from deblur_app.core.task import run_to_end
from training.config.config import TrainingConfig, write_config
from training.config.sections import Data, Learning, Network
from training.fit import launch
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_THREADS = 1  # of each process, so that two processes compare with one


def main() -> None:
    """Train the same in both ways."""
    is_quick = quick(__doc__)
    epochs, steps = (2, 8) if is_quick else (4, 40)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photos = folder / "photos"
        photos.mkdir()
        for number, picture in enumerate((data.astronaut(), data.coffee(), data.chelsea(), data.rocket())):
            Image.fromarray(picture).save(photos / f"{number}.png")
        config = TrainingConfig(
            epochs=epochs, batch_size=8, learning_rate=5e-4, validation_share=0.25, precision="float32",
            network=Network("restorer"), learning=Learning("adamw", schedule="cosine", loss="charbonnier"),
            data=Data(source="synthetic", photos=(str(photos),), steps_per_epoch=steps, validation_crops=1, workers=0),
        )  # fmt: skip
        write_config(config, folder / "config.toml")
        runs = [_train(count, folder) for count in (1, 2)]
        one, two = (config.batch_size * steps / _seconds(run) for run in runs)
        difference = largest_difference(*(run.load_arrays("checkpoint") or {} for run in runs))
    figures = {
        "examples_per_second": Figure(two, "examples/s", one),
        "efficiency": Figure(two / one / 2, "ratio"),
        "weights_difference": Figure(difference, "largest difference"),
    }
    report("distributed", figures)


def _train(count: int, folder: Path) -> Run:
    run = Run(folder / f"run-{count}")
    arguments = ["run", str(folder / "config.toml"), "--out", str(run.folder)]
    return run_to_end(launch.train_here(count, arguments, run, restarts=0, threads=_THREADS))


def largest_difference(one: Mapping[str, NDArray[Any]], other: Mapping[str, NDArray[Any]]) -> float:
    """Return the largest difference of two checkpoints; infinite where one has a NaN or an array that the other lacks.

    Infinities that are equal, such as the best loss before the first epoch, do not differ.
    """
    if one.keys() != other.keys():
        return math.inf
    with np.errstate(invalid="ignore"):
        differences = [np.where(one[key] == other[key], 0.0, np.abs(one[key] - other[key])) for key in one]
    largest = [float(np.nan_to_num(each, nan=math.inf, posinf=math.inf).max(initial=0.0)) for each in differences]
    return max(largest, default=0.0)


def _seconds(run: Run) -> float:
    """Measure the time of an epoch, once everything is compiled."""
    return statistics.median(float(epoch["seconds"]) for epoch in run.events("epoch")[1:])


if __name__ == "__main__":
    main()
