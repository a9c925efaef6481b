"""Forecast of a training before it begins: time by a few steps measured on this machine, memory and disk space."""

from __future__ import annotations

import shutil
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil

from deblur_app.core import image_io
from deblur_app.core.task import Progress, Task
from training.batches import synthetic_pairs
from training.data.dataset import split
from training.fit import distributed
from training.synthetic import photo_store
from training.synthetic.pair_stream import MEMORY
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.engine.devices import Device
    from training.batches.batch_source import Batch
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.fit.distributed import Place
    from training.learning.train_step import TrainStep

_LONGEST = 4.0
"""Seconds that steps are measured for, at most."""

_MOST_STEPS = 8
"""Steps that are measured, at most."""

_MADE = 4
"""Pairs that are made to see how long that takes."""

_DISK_SPEED = 200e6
"""Bytes that a disk writes in a second; ordinary ones reach that."""

_PREVIEW = 0.35
"""Bytes of a preview for each pixel: a JPEG of good quality."""

_PREVIEWS = 5
"""Previews that are counted for each epoch."""

_EVENT = 70
"""Bytes of a line in the log for each batch."""


@dataclass(frozen=True)
class Forecast:
    """The time, memory and disk space that a training will take.

    Attributes:
        seconds: From the start to the model.
        memory: Bytes of main memory at its highest, besides what the program has already.
        disk: Bytes of its folder at the end, with room for a checkpoint that is being written.
        free: Bytes that are free on that disk.
        device: Where it computes, as people call it.
        step_seconds: Time that one step takes, with its share of making pairs.
        steps: How many there are.
    """

    seconds: float
    memory: int
    disk: int
    free: int
    device: str
    step_seconds: float
    steps: int


@dataclass(frozen=True)
class _Counts:
    """The amount of work in an epoch: pairs to learn from, pairs to judge by, and batches."""

    training: int
    validation: int
    steps: int


@dataclass(frozen=True)
class _Speed:
    """The seconds for compiling, for a step, for judging a batch, for reading everything and for making a pair."""

    compiling: float
    step: float
    judging: float
    reading: float
    making: float


def forecast(config: TrainingConfig, pairs: Sequence[Pair], folder: Path) -> Task[Forecast]:
    """Measure a few steps on made-up pictures, and some of the reading and making, and extrapolate.

    Nothing is written, and the network that is built is given back.

    Args:
        config: The settings.
        pairs: The pairs of files; none where they are made of the photographs that `config` names.
        folder: Where the run will be.

    Raises:
        DeblurError: There is too little to learn from, or a picture cannot be read.
    """
    yield Progress(0.0, "Loading TensorFlow")
    place = distributed.find(config.device)
    photos = synthetic_pairs.photos_in(config) if config.data.is_synthetic else []
    counts = _counts(config, pairs, photos)
    yield Progress(0.1, "Reading a picture")
    reading, pixels = _reading(config, pairs, photos)
    making = _making(config, photos) if photos else 0.0
    before = _memory()
    train_step, batch = _network(config, place)
    try:
        yield Progress(0.3, "Compiling the network")
        compiling = _measure_seconds(lambda: train_step.step(*batch))
        times: list[float] = []
        while len(times) < _MOST_STEPS and (len(times) < 2 or sum(times) < _LONGEST):
            yield Progress(0.5 + 0.4 * len(times) / _MOST_STEPS, "Measuring a step")
            times.append(_measure_seconds(lambda: train_step.step(*batch)))
        yield Progress(0.9, "Measuring the validation")
        train_step.predict(batch[0], *batch[2:])
        judging = _measure_seconds(lambda: train_step.predict(batch[0], *batch[2:]))
        weights, state = (
            sum(a.nbytes for a in arrays.values()) for arrays in (train_step.weights(), train_step.state())
        )
        memory = max(_memory() - before, state + weights) + pixels
    finally:
        train_step.close()
    speed = _Speed(compiling, statistics.median(times), judging, reading, making)
    step = _step_with_making(config, speed, place.device)
    seconds = _seconds(config, counts, speed, step, weights + state)
    disk = _disk(config, counts, weights, state)
    return Forecast(seconds, memory, disk, _free(folder), place.label, step, config.epochs * counts.steps)


def _counts(config: TrainingConfig, pairs: Sequence[Pair], photos: list[Path]) -> _Counts:
    if config.data.is_synthetic:
        synthetic_pairs.divide_photos(photos, config)  # refuses too few
        kinds = len(synthetic_pairs.recipe_of(config).blurs) + bool(config.data.sharp_share)
        steps = config.data.steps_per_epoch
        return _Counts(steps * config.batch_size, kinds * config.data.validation_crops, steps)
    training = validation = len(pairs)
    if config.protocol == "held-out":
        parts = split([pair.scene for pair in pairs], config.validation_share, config.seed)
        training, validation = (len(part) for part in parts)
    return _Counts(training, validation, -(-training // config.batch_size))


def _reading(config: TrainingConfig, pairs: Sequence[Pair], photos: list[Path]) -> tuple[float, int]:
    """Measure the seconds for reading all pictures, and the bytes they take in memory."""
    if not photos:
        path, count = pairs[0].blurred, 2 * len(pairs)
        seconds = _measure_seconds(lambda: image_io.read(path))
        return seconds * count, count * config.network.side**2 * 3
    pixels: list[Any] = []
    seconds = _measure_seconds(lambda: pixels.append(photo_store.decode(photos[0], config.network.side)))
    size = min(pixels[0].nbytes * len(photos), MEMORY)
    rules = trainable_of(config).forecast
    size += rules.kept_crops(config) * rules.crop_bytes
    return seconds * len(photos), size


def _making(config: TrainingConfig, photos: list[Path]) -> float:
    """Measure the seconds for making one pair."""
    pixels = photo_store.decode(photos[0], config.network.side)
    make = trainable_of(config).forecast.make_examples
    make(config, pixels, 1)  # the first one loads what it needs
    return _measure_seconds(lambda: make(config, pixels, _MADE)) / _MADE


def _network(config: TrainingConfig, place: Place) -> tuple[TrainStep, Batch]:
    """Return the network ready for training, and a batch of noise as large as a real one."""
    from training.learning.train_step import TrainStep, choose_precision

    trainable = trainable_of(config)
    batch, objective = trainable.forecast.example_batch(config, np.random.default_rng(0)), trainable.objective(config)
    precision = choose_precision(config, objective, place.device.tf_name, *batch)
    return TrainStep(config, objective, strategy=place.strategy, precision=precision), batch


def _step_with_making(config: TrainingConfig, speed: _Speed, device: Device) -> float:
    """Return the seconds from step to step: steps and the making of pairs go on at once, as far as there are cores."""
    if trainable_of(config).forecast.kept_crops(config):
        return speed.step  # its crops are made once, before the first epoch
    making, workers = speed.making * config.batch_size, config.data.workers
    if not workers:
        return speed.step + making
    together = speed.step + making / (psutil.cpu_count() or 1) if "CPU" in device.tf_name else speed.step
    return max(together, making / workers)


def _seconds(config: TrainingConfig, counts: _Counts, speed: _Speed, step: float, epochs_written: int) -> float:
    validation_seconds = -(-counts.validation // config.batch_size) * speed.judging
    epoch = counts.steps * step + validation_seconds + epochs_written / _DISK_SPEED
    first = speed.reading + speed.compiling
    if config.data.is_synthetic:
        crops = trainable_of(config).forecast.kept_crops(config)
        first += speed.making * (counts.validation + crops / max(config.data.workers, 1))
    total = first + config.epochs * epoch
    return min(total, config.learning.minutes * 60) if config.learning.minutes else total


def _disk(config: TrainingConfig, counts: _Counts, weights: int, state: int) -> int:
    log = config.epochs * counts.steps * _EVENT
    pictures = 0
    if config.family.restores_pictures:
        pictures = int(config.epochs * _PREVIEWS * config.network.side**2 * _PREVIEW)
    rules = trainable_of(config).forecast
    crops = (rules.kept_crops(config) + counts.validation) * rules.crop_bytes
    model = weights // 2
    return 2 * state + weights + model + pictures + log + crops


def _free(folder: Path) -> int:
    """Return the bytes that are free on the disk where `folder` is, or will be."""
    there = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    return shutil.disk_usage(there).free


def _memory() -> int:
    return int(psutil.Process().memory_info().rss)


def _measure_seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
