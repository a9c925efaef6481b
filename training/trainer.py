"""Training as a task: it yields what happened, can be cancelled between two batches, and can be resumed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, portion
from training import blur_source, dataset, distributed, source
from training.epochs import READING_SHARE, Epochs, read_state
from training.photo_store import decode
from training.progress import EpochFigures, TrainingProgress
from training.readable import find_unreadable, refuse
from training.record import Record
from training.resumed_settings import settle_settings
from training.run_lock import alone
from training.spent_memory import give_back
from training.start_weights import check_start
from training.watched import load_watched

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from training.config import TrainingConfig
    from training.dataset import PairArrays
    from training.distributed import Part
    from training.pairs import Pair
    from training.run import Run
    from training.source import BatchSource

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
    run.check_new()
    run.check_apart([*photos, *(path for pair in pairs for path in (pair.blurred, pair.sharp))])
    loaded = yield from portion(_read_all(config, pairs, photos), 0.0, _CHECKING_SHARE)
    with distributed.private(run, is_new=True) as own, alone(own.folder):
        own.create(config, pairs, photos)
        yield from _load_and_train(config, own, stop, loaded)
    return run


def _read_all(config: TrainingConfig, pairs: list[Pair], photos: list[Path]) -> Task[PairArrays | None]:
    """Read every picture, so that all that cannot be used are named before anything is written.

    Returns:
        The pairs of files, which are small enough to be kept; None where pairs are made of photographs.
    """
    if config.data.source == "made":
        refuse((yield from find_unreadable(photos, functools.partial(decode, side=config.side))))
        return None
    return (yield from dataset.load_pairs(pairs, config.side))


def _check_enough(config: TrainingConfig, pairs: list[Pair]) -> list[Path]:
    """Refuse before a folder is made; returns the photographs to make pairs of."""
    if config.data.source == "made":
        source.recipe_of(config)
        photos = source.photos_in(config)
        source.divide_photos(photos, config)
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
    with distributed.private(run, is_new=False) as own, alone(own.folder):
        config = settle_settings(own)
        yield from _load_and_train(config, own, stop)
    return run


def _load_and_train(
    config: TrainingConfig, run: Run, stop: threading.Event | None, loaded: PairArrays | None = None
) -> Task[None]:
    yield Progress(_CHECKING_SHARE, "Starting the engine")
    place = distributed.find(config.device)
    checkpoint = run.load_arrays("checkpoint")
    done = 0 if checkpoint is None else int(read_state(checkpoint)[0])
    batches = yield from portion(_opened(config, run, done, place.part, loaded), _CHECKING_SHARE, READING_SHARE)
    try:
        with Record(run, config, is_new=checkpoint is None) as record:
            yield from Epochs(config, record, batches, place, stop).run_epochs(checkpoint)
    finally:
        batches.close()
        give_back()


def _opened(
    config: TrainingConfig, run: Run, epochs_done: int, part: Part, loaded: PairArrays | None
) -> Task[BatchSource]:
    """What the network of `config` learns from: pairs of pictures, or crops whose blur is to be named."""
    if config.network.architecture == "psf-estimator":
        return (yield from blur_source.open_blur_source(config, run, run.photos(), part))
    if loaded is not None:
        return source.stored_pairs(config, loaded, part)
    return (yield from source.open_source(config, run.pairs(), run.photos(), epochs_done, part))
