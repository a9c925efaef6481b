"""Training as a task: it yields what happened, can be cancelled between two batches, and can be resumed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.program.memory import trim_heap
from deblur_app.core.task import Progress, Task, subtask
from training.batches import synthetic_pairs
from training.data import dataset
from training.data.readable import find_unreadable, refuse
from training.evaluation.watched import load_watched
from training.fit import distributed
from training.fit.loop_state import read_state
from training.fit.progress import EpochFigures, TrainingProgress
from training.fit.record import Record
from training.fit.resumed_settings import settle_settings
from training.fit.start_weights import check_start
from training.fit.training_loop import READING_SHARE, TrainingLoop
from training.runs.run_lock import exclusive_run
from training.synthetic.photo_store import decode
from training.trainables.trainable import Inputs
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from training.config.config import TrainingConfig
    from training.data.dataset import PairArrays
    from training.data.pairs import Pair
    from training.runs.run import Run

__all__ = ["EpochFigures", "TrainingProgress", "resume", "train"]

_CHECKING_SHARE = READING_SHARE / 2
"""Share of the progress bar for reading every picture once, before the folder of the run is made."""


def train(config: TrainingConfig, pairs: list[Pair], run: Run, *, stop: threading.Event | None = None) -> Task[Run]:
    """Train a network into the folder of `run`, from scratch or from the weights that `config` names.

    Args:
        config: The settings.
        pairs: The files to train on; none where `config` makes pairs of photographs.
        run: A folder that holds no run yet.
        stop: Once set, the run ends after the current batch and keeps the best weights so far.

    Returns:
        The run, with its model written.

    Raises:
        DeblurError: A file cannot be read, the folder cannot be written to, there are too few pairs, the weights to
            start from do not fit, or another training goes on in the folder.
    """
    photos = _check_enough(config, pairs)
    check_start(config)
    load_watched(config)
    if distributed.part_of_this_process().is_chief:  # which may have made the folder already when others look
        run.check_new()
    run.check_apart([*photos, *(path for pair in pairs for path in (pair.blurred, pair.sharp))])
    loaded = yield from subtask(_read_all(config, pairs, photos), 0.0, _CHECKING_SHARE)
    with distributed.worker_run_folder(run, is_new=True) as own, exclusive_run(own.folder):
        own.create(config, pairs, photos)
        yield from _load_and_train(config, own, stop, loaded)
    return run


def _read_all(config: TrainingConfig, pairs: list[Pair], photos: list[Path]) -> Task[PairArrays | None]:
    """Read every picture, so that all that cannot be used are named before anything is written.

    Returns:
        The pairs of files, which are small enough to be kept; None where pairs are made of photographs.
    """
    if config.data.is_synthetic:
        refuse((yield from find_unreadable(photos, functools.partial(decode, side=config.network.side))))
        return None
    return (yield from dataset.load_pairs(pairs, config.network.side))


def _check_enough(config: TrainingConfig, pairs: list[Pair]) -> list[Path]:
    """Refuse too few pictures before a folder is made; returns the photographs to make pairs of."""
    if config.data.is_synthetic:
        synthetic_pairs.recipe_of(config)
        photos = synthetic_pairs.photos_in(config)
        synthetic_pairs.divide_photos(photos, config)
        return photos
    if not pairs:
        raise DeblurError("There are no pairs to train on.")
    if config.protocol == "held-out":
        dataset.split([pair.scene for pair in pairs], config.validation_share, config.seed)
    return []


def resume(run: Run, *, stop: threading.Event | None = None) -> Task[Run]:
    """Go on with a run after its last whole epoch; the losses are those of a run that was never interrupted.

    Raises:
        DeblurError: The folder holds no run, its pictures are gone, or another training goes on in it.
    """
    with distributed.worker_run_folder(run, is_new=False) as own, exclusive_run(own.folder):
        config = settle_settings(own)
        yield from _load_and_train(config, own, stop)
    return run


def _load_and_train(
    config: TrainingConfig, run: Run, stop: threading.Event | None, loaded: PairArrays | None = None
) -> Task[None]:
    yield Progress(_CHECKING_SHARE, "Loading TensorFlow")
    place = distributed.find(config.device)
    checkpoint = run.load_arrays("checkpoint")
    epochs_done = 0 if checkpoint is None else read_state(checkpoint).epoch
    inputs = Inputs(config, run, epochs_done, place.part, loaded)
    batches = yield from subtask(trainable_of(config).open_batches(inputs), _CHECKING_SHARE, READING_SHARE)
    try:
        with Record(run, config, is_new=checkpoint is None) as record:
            yield from TrainingLoop(config, record, batches, place, stop).run_epochs(checkpoint)
    finally:
        batches.close()
        trim_heap()
