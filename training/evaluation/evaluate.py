"""Evaluation of a model on pairs, always in comparison with doing nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, cast

import numpy as np

from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import Quality
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.engine import devices, neural
from training.config.families import FAMILIES
from training.data import dataset
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.devices import Device
    from training.config.sections import Architecture
    from training.data.dataset import PairArrays
    from training.data.pairs import Pair

type Predict = Callable[..., Pixels]
"""A network as a function: uint8 pictures of shape (batch, side, side, 3) → float32 of that shape in [0, 1]. What the
network is told besides, such as noise levels, follows the pictures."""

BATCH = 32
"""Pairs that are judged in one call."""


@dataclass(frozen=True)
class Figures(Quality):
    """The figures of how close pictures are to the truth, with what a network learns by.

    Attributes:
        loss: Mean squared error.
    """

    loss: float


@dataclass(frozen=True)
class Evaluation:
    """The mean figures over pairs.

    Attributes:
        pairs: How many pairs there were.
        model: Figures of what the model predicted.
        do_nothing: Figures of the blurred pictures themselves.
    """

    pairs: int
    model: Figures
    do_nothing: Figures


def evaluate(model: Path, pairs: list[Pair], *, device: str = devices.AUTO) -> Task[Evaluation]:
    """Evaluate a model on pairs.

    Args:
        model: The card of a model, or the folder of a run.
        pairs: The files to judge it on.
        device: Name of the device to compute on.

    Raises:
        DeblurError: The model or a picture cannot be read.
    """
    yield Progress(0.0, "Loading TensorFlow")
    place, _ = devices.choose(device)
    if not FAMILIES[_architecture(model)].takes_whole_pictures:
        raise DeblurError(
            f"“{model}” is a restorer, which is evaluated on crops whose blur and noise are known: see its report. "
            "Only the paper's network, which takes whole pictures at one size, is evaluated on pairs of files."
        )
    predict, side = yield from subtask(load_predictor(model, place), 0.0, 0.1)
    arrays = yield from subtask(dataset.load_pairs(pairs, side), 0.1, 0.5)
    figures = []
    for rows in judge_batches(arrays, predict):
        figures += rows
        yield Progress(0.5 + 0.4 * len(figures) / len(arrays), "Evaluating the model")
    yield Progress(0.9, "Evaluating the blurred pictures")
    return Evaluation(len(arrays), mean(figures), do_nothing(arrays))


def load_predictor(model: Path, device: Device) -> Task[tuple[Predict, int]]:
    """Load the network of a card, or of a run with its best weights so far; return it and the side of its squares.

    Raises:
        DeblurError: There is no such model, or its files are broken.
    """
    run = Run(model)
    if not model.is_dir() or (run.card.is_file() and not run.has_weights()):
        card = run.card if model.is_dir() else model
        predictor = yield from neural.load_model(str(card), device)
        return (lambda blurred: predictor.predict(from_integer(blurred))), predictor.side
    yield Progress(0.0, "Loading the model")
    return _best_so_far(run, device), run.config.network.side


def _architecture(model: Path) -> Architecture:
    """Return the architecture of the network that a card or the folder of a run holds."""
    from deblur_app.networks import weights

    run = Run(model)
    if model.is_dir() and not run.card.is_file():
        return run.config.network.architecture
    card = weights.read_card(run.card if model.is_dir() else model)
    return cast("Architecture", card.architecture)  # its name was checked as it was read


def judge_batches(pairs: PairArrays, predict: Predict, batch_size: int = BATCH) -> Iterator[list[Figures]]:
    """Yield the figures of each pair in lists of `batch_size`, so that the caller can report progress in between."""
    for start in range(0, len(pairs), batch_size):
        part = slice(start, start + batch_size)
        truths, extra_inputs = from_integer(pairs.sharp[part]), [values[part] for values in pairs.extra_inputs]
        yield [figures_of(*both) for both in zip(truths, predict(pairs.blurred[part], *extra_inputs), strict=True)]


def figures_of(truth: Pixels, pixels: Pixels) -> Figures:
    """Return the figures of one picture of shape (height, width, 3) against the truth."""
    loss = float(np.mean(np.square(truth - pixels), dtype=np.float64))
    quality = metrics.measure(truth, pixels)
    return Figures(quality.psnr, quality.ssim, quality.accuracy, loss)


def mean(figures: Iterable[Figures]) -> Figures:
    """Return the mean of each figure without infinite values and NaN; NaN where nothing remains."""
    table = np.array([[getattr(each, field.name) for field in fields(Figures)] for each in figures])
    columns = (column[np.isfinite(column)] for column in table.T)
    return Figures(*(float(column.mean()) if len(column) else math.nan for column in columns))


def do_nothing(pairs: PairArrays) -> Figures:
    """Return the figures of the blurred pictures themselves, as if a network returned its input."""
    return mean(each_undone(pairs))


def each_undone(pairs: PairArrays) -> list[Figures]:
    """Return the figures of each blurred picture itself."""
    batches = judge_batches(pairs, lambda blurred, *_: from_integer(blurred[..., -3:]))
    return [figures for part in batches for figures in part]


def gains(pairs: PairArrays, model: list[Figures], nothing: list[Figures]) -> dict[str, float]:
    """Return the gain of PSNR in dB over doing nothing, averaged over the pairs of each kind of blur."""
    risen: dict[str, list[float]] = {}
    for kind, after, before in zip(pairs.kinds, model, nothing, strict=False):  # kinds may not be known
        risen.setdefault(kind, []).append(after.psnr - before.psnr)
    return {kind: float(np.mean(values)) for kind, values in risen.items()}


def _best_so_far(run: Run, device: Device) -> Predict:
    import tensorflow as tf

    from training.learning.objectives import picture_objective
    from training.learning.train_step import TrainStep

    config = run.config
    arrays = run.load_arrays("best") or run.load_arrays("checkpoint")
    if arrays is None:
        raise DeblurError(f"“{run.folder}” has no model yet: its first epoch is not done.")
    strategy = tf.distribute.OneDeviceStrategy(device.tf_name)
    train_step = TrainStep(config, picture_objective(config.learning), strategy=strategy, precision="float32")
    try:
        train_step.restore({name: array for name, array in arrays.items() if name.startswith("model/")})
    except DeblurError as error:
        raise DeblurError(f"“{run.folder}” is damaged: its weights do not fit its config.toml. {error}") from error
    return train_step.predict
