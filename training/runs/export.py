"""Export of the result of a run as a model: card and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deblur_app.networks import weights
from training.config.config import MILESTONES

if TYPE_CHECKING:
    import keras

    from training.runs.run import Run


def write_model(
    model: keras.Model, run: Run, *, name: str | None = None, data: dict[str, Any] | None = None
) -> weights.Card:
    """Write `model` into the folder of `run` with a card that tells how it was made.

    Args:
        model: The network with the weights to keep.
        run: The run it comes from.
        name: What to call it; None takes the folder's name.
        data: What is known of the pictures; None says how many pairs there were.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    config = run.config
    start, end = run.start(), run.events("end")[-1]
    epochs = run.events("epoch")
    card = weights.Card(
        name=name or run.folder.resolve().name,
        architecture=config.network.architecture,
        parameters=config.parameters,
        training={
            "protocol": config.protocol,
            "epochs": end["epoch"],
            "best_epoch": end["best_epoch"],
            "batch_size": config.batch_size,
            "learning_rate": config.learning_rate,
            "seed": config.seed,
            "precision": start["precision"],
            "device": start["device"],
            "seconds": round(sum(epoch["seconds"] for epoch in epochs)),
        },
        data={
            "training_pairs": start["training_pairs"],
            "validation_pairs": start["validation_pairs"],
            **(data or {}),
        },
        figures=[_row(epoch) for epoch in epochs if epoch["epoch"] in {*MILESTONES, end["best_epoch"], end["epoch"]}],
        do_nothing=_row(start["do_nothing"]),
    )
    return weights.save(model, card, run.card)


def _row(event: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of one epoch without those that depend on the machine."""
    own = {key: value for key, value in event.items() if key not in {"kind", "seconds", "learning_rate"}}
    return {key: value for key, value in own.items() if value == value}  # noqa: PLR0124 – JSON has no NaN
