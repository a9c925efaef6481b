"""Training by two processes of one thread each beside one process of one thread, on loopback.

Figures: `examples_per_second` of two processes, the peer is one; `efficiency`, the ratio over the number of processes;
`weights_difference`, the largest difference between the weights that both end with.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from skimage import data

from benchmarks.measuring import Figure, quick, report
from deblur_app.core.task import run_to_end
from training.config.config import TrainingConfig, write_config
from training.config.sections import Data, Learning, Network
from training.fit import launch
from training.runs.run import Run

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
        weights = [run.load_arrays("checkpoint") or {} for run in runs]
        difference = max(float(np.abs(array - weights[1][key]).max()) for key, array in weights[0].items())
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


def _seconds(run: Run) -> float:
    """Measure the time of an epoch, once everything is compiled."""
    return statistics.median(float(epoch["seconds"]) for epoch in run.events("epoch")[1:])


if __name__ == "__main__":
    main()
