"""The paper's autoencoder as a method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.resources import resource
from deblur_app.core.texts import tr_later
from deblur_app.engine.method import BUNDLED, Method

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Context


def _run(context: Context, *, area: str, overlap: int, model: str) -> Task[Pixels]:
    from deblur_app.engine import neural

    if area == "whole":
        return neural.restore_whole(context.pixels, model=model, device=context.device)
    return neural.restore_tiles(context.pixels, model=model, device=context.device, overlap=overlap)


def _load_model(card: Path, device: Device) -> Task[Any]:
    from deblur_app.engine import neural

    return neural.load_model(str(card), device)


METHOD = Method(
    name="autoencoder",
    label=tr_later("Autoencoder (the paper's network)"),
    explanation=tr_later(
        "The convolutional autoencoder of the paper “Image Deblurring” (2024). It compresses each 128 × 128 square "
        "to 256 numbers, so fine detail is lost: it shows the paper's system, and is not the way to the "
        "sharpest photo."
    ),
    parameters=(
        Parameter(
            name="area",
            label=tr_later("Works on"),
            explanation=tr_later(
                "The photo in its own size, square by square, or all of it at 128 × 128 as in the paper."
            ),
            default="tiles",
            choices=(
                Choice("tiles", tr_later("the photo, in tiles")),
                Choice("whole", tr_later("all of it at 128 × 128 (paper)")),
            ),
        ),
        Parameter(
            name="overlap",
            label=tr_later("Overlap of tiles"),
            explanation=tr_later(
                "How many pixels neighbouring tiles share; more hides the seams better and takes longer."
            ),
            default=32,
            minimum=0,
            maximum=96,
            unit="px",
        ),
        Parameter(
            name="model",
            label=tr_later("Model"),
            explanation=tr_later("The bundled weights, or the card (model.json) of a model you trained."),
            default=BUNDLED,
            choices=(Choice(BUNDLED, tr_later("bundled")),),
            is_file=True,
        ),
    ),
    run=_run,
    network="autoencoder",
    load_model=_load_model,
    find_bundled_card=lambda: resource("weights", "autoencoder.json"),
    is_faithful=False,
)
"""Its entry in the table of methods."""
