"""The ways to deblur. Forms in the window, options of the command line and the batch are drawn from `METHODS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.engine.method import BUNDLED, Method, PsfUse, Request
from deblur_app.engine.methods import classical, restorer_blind, restorer_psf
from deblur_app.engine.models.third_party import maxim

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device

__all__ = ["BUNDLED", "METHODS", "Method", "PsfUse", "Request", "find", "list_offered"]


def find(name: str) -> Method:
    """Return the method called `name`.

    Raises:
        DeblurError: There is none.
    """
    if name not in METHODS:
        raise DeblurError(f"There is no method “{name}”. There are: {', '.join(METHODS)}.")
    return METHODS[name]


def list_offered() -> list[Method]:
    """Return the methods that can be run as they come, without a model of the user's own."""
    return [method for method in METHODS.values() if method.is_offered()]


def _autoencoder(pixels: Pixels, device: Device, *, area: str, overlap: int, model: str) -> Task[Pixels]:
    from deblur_app.engine import neural

    if area == "whole":
        return neural.restore_whole(pixels, model=model, device=device)
    return neural.restore_tiles(pixels, model=model, device=device, overlap=overlap)


_RESTORERS = (restorer_psf.AUTOMATIC, restorer_psf.KNOWN, restorer_blind.BLIND)

METHODS: dict[str, Method] = {
    **{method.name: method for method in (*_RESTORERS, *classical.METHODS)},
    "autoencoder": Method(
        name="autoencoder",
        label="Autoencoder (the paper's network)",
        explanation=(
            "The convolutional autoencoder of the paper “Image Deblurring” (2024). It squeezes each 128 × 128 square "
            "through 256 numbers, so fine detail is lost: it shows the paper's system and is not the way to the "
            "sharpest photo."
        ),
        parameters=(
            Parameter(
                name="area",
                label="Works on",
                explanation="The photo in its own size, square by square, or all of it at 128 × 128 as in the paper.",
                default="tiles",
                choices=(
                    Choice("tiles", "the photo, in tiles"),
                    Choice("whole", "all of it at 128 × 128 (paper)"),
                ),
            ),
            Parameter(
                name="overlap",
                label="Overlap of tiles",
                explanation="How many pixels neighbouring tiles share; more hides the seams better and takes longer.",
                default=32,
                minimum=0,
                maximum=96,
                unit="px",
            ),
            Parameter(
                name="model",
                label="Model",
                explanation="The bundled weights, or the card (model.json) of a model you trained.",
                default=BUNDLED,
                choices=(Choice(BUNDLED, "bundled"),),
                is_file=True,
            ),
        ),
        run=_autoencoder,
        network="autoencoder",
        is_faithful=False,
    ),
    maxim.METHOD.name: maxim.METHOD,
}
