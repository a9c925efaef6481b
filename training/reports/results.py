"""The results of a run: its figures beside doing nothing and the bundled model, samples, and possible next steps."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.formats.model_card import card_content, model_name
from deblur_app.core.picture import from_integer
from deblur_app.core.program.memory import trim_heap
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from training.batches import synthetic_pairs
from training.config.config import write_config
from training.data import dataset
from training.evaluation import evaluate
from training.runs.run import Run, best_of
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from training.config.config import TrainingConfig
    from training.data.dataset import PairArrays
    from training.evaluation.evaluate import Figures

_SAMPLES = 3
"""Held-out pairs that are shown, at most."""

_BATCH = 16
"""Pairs that are predicted in one call."""


@dataclass(frozen=True, eq=False)
class Sample:
    """A held-out pair, and what the models make of it; float32 arrays of shape (side, side, 3).

    Attributes:
        blurred: What they are given.
        predicted: What the new model makes of it.
        bundled: What the bundled one makes of it; None where there is none to compare with.
        sharp: The truth.
        psnr: PSNR in dB of those that are there, by the names of these attributes.
    """

    blurred: Pixels
    predicted: Pixels
    bundled: Pixels | None
    sharp: Pixels
    psnr: dict[str, float]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The results of a run.

    Attributes:
        run: The run.
        name: What its model is called.
        config: Its settings.
        epochs: The figures of each epoch, oldest first.
        best: Those of the epoch that was kept.
        do_nothing: Those of the blurred pictures themselves.
        bundled: Figures of the bundled model on the same pictures; None where there is none.
        note: Why there are no pictures or no bundled model to compare with; "" where there are.
        samples: Held-out pairs with what became of them.
    """

    run: Run
    name: str
    config: TrainingConfig
    epochs: list[dict[str, Any]]
    best: dict[str, Any]
    do_nothing: dict[str, Any]
    bundled: Figures | None = None
    note: str = ""
    samples: list[Sample] = field(default_factory=list)


def read_outcome(run: Run) -> Outcome:
    """Read the results of a run from its files, without computing anything.

    Raises:
        DeblurError: The folder holds no run, or no epoch of it is done.
    """
    epochs = run.epochs()
    best = best_of(epochs) or {}
    return Outcome(run, name_of(run), run.config, epochs, best, dict(run.start()["do_nothing"]))


def evaluate_outcome(outcome: Outcome) -> Task[Outcome]:
    """Return the same results with samples, and with the bundled model judged on the same held-out pictures.

    Raises:
        DeblurError: A model is broken. Pictures that are gone are told in `note`.
    """
    config = outcome.config
    if not config.family.restores_pictures:
        return replace(outcome, note="This network recognises blurs and gives no pictures.")
    try:
        return (yield from _evaluate(outcome))
    finally:
        trim_heap()


def _evaluate(outcome: Outcome) -> Task[Outcome]:
    config, run = outcome.config, outcome.run
    yield Progress(0.0, tr("Reading held-out pictures"))
    try:
        pairs = yield from subtask(_load_held_out(config, run), 0.0, 0.4)
    except DeblurError as error:
        return replace(outcome, note=f"The pictures cannot be shown: {error}")
    own = yield from subtask(_predict_pairs(run.card, pairs.take(np.arange(min(_SAMPLES, len(pairs))))), 0.4, 0.5)
    card, note = _find_bundled_card(config)
    if card is None:
        return replace(outcome, note=note, samples=_samples(pairs, own, None))
    theirs = yield from subtask(_predict_pairs(card, pairs), 0.5, 0.95)
    truths = from_integer(pairs.sharp)
    figures = evaluate.mean(evaluate.figures_of(*both) for both in zip(truths, theirs, strict=True))
    return replace(outcome, bundled=figures, samples=_samples(pairs, own, theirs))


def name_of(run: Run) -> str:
    """Return the name of the model of a run: that on its card, or that of the folder."""
    return model_name(run.card) or run.folder.name


def rename(run: Run, name: str) -> None:
    """Write another name on the card of a run's model.

    Raises:
        DeblurError: The name is empty, there is no model, or the card cannot be written.
    """
    if not name.strip():
        raise DeblurError(tr("A model needs a name. Type one."))
    if not run.card.exists():
        raise DeblurError(tr("“{folder}” has no model to name yet.", folder=run.folder))
    content = card_content(run.card)
    content["name"] = name.strip()
    write_atomic(run.card, json.dumps(content, indent=1, ensure_ascii=False).encode())


def extend(run: Run, epochs: int) -> None:
    """Raise the planned epochs of a run above those it has done, so that it can be resumed.

    Raises:
        DeblurError: The folder holds no run or cannot be written to.
    """
    epochs_done = len(run.events("epoch"))
    write_config(dataclasses.replace(run.config, epochs=epochs_done + epochs), run.folder / "config.toml")


def _load_held_out(config: TrainingConfig, run: Run) -> Task[PairArrays]:
    """Load the pairs that the network is judged by."""
    if config.data.is_synthetic:
        _, photos = synthetic_pairs.divide_photos(run.photos(), config)
        return (yield from synthetic_pairs.validation_pairs(config, photos))[0]
    pairs = run.pairs()
    if config.protocol == "held-out":
        _, aside = dataset.split([pair.scene for pair in pairs], config.validation_share, config.seed)
        pairs = [pairs[index] for index in aside]
    return (yield from dataset.load_pairs(pairs, config.network.side))


def _find_bundled_card(config: TrainingConfig) -> tuple[Path | None, str]:
    """Return the card of the model to compare with, or the reason why there is none."""
    card = trainable_of(config).find_bundled_card()
    if card is None:
        return None, tr("No model of this kind comes with the program, so there is none to compare with.")
    own = config.network.side
    side = card_content(card)["parameters"].get("side", own)
    if side != own:
        return None, tr(
            "The bundled model works on squares of {side} pixels, this one on {own}: no comparison.", side=side, own=own
        )
    return card, ""


def _predict_pairs(card: Path, pairs: PairArrays) -> Task[Pixels]:
    """Return the pictures that the network of a card predicts for all pairs, in [0, 1]."""
    from deblur_app.networks import weights

    yield Progress(0.0, tr("Loading the model"))
    model, _ = weights.load(card)
    parts = []
    for start in range(0, len(pairs), _BATCH):
        yield Progress(start / len(pairs), tr("Evaluating the model"))
        part = slice(start, start + _BATCH)
        inputs = [from_integer(pairs.blurred[part]), *(values[part] for values in pairs.extra_inputs)][
            : len(model.inputs)
        ]
        predicted = np.asarray(model(inputs if len(inputs) > 1 else inputs[0], training=False))
        parts.append(np.clip(predicted, 0.0, 1.0))
    return np.concatenate(parts)


def _samples(pairs: PairArrays, own: Pixels, theirs: Pixels | None) -> list[Sample]:
    samples = []
    for index, predicted in enumerate(own):
        blurred, sharp = from_integer(pairs.blurred_pictures[index]), from_integer(pairs.sharp[index])
        bundled = None if theirs is None else theirs[index]
        rows = {"blurred": blurred, "predicted": predicted, **({} if bundled is None else {"bundled": bundled})}
        psnr = {name: evaluate.figures_of(sharp, pixels).psnr for name, pixels in rows.items()}
        samples.append(Sample(blurred, predicted, bundled, sharp, psnr))
    return samples
