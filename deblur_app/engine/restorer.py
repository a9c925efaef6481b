"""The restorer as a method: what a photo needs around the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress
from deblur_app.engine.installed import card_of
from deblur_app.engine.method import BUNDLED, Method

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from deblur_app.core.local_tiling import Shares
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Noted

_SAMPLES = 512
"""Pixels along the shorter side that the brightness is sampled at."""

NOISE = Parameter(
    "noise",
    "Noise level",
    "0 is measured in the photo; more gives a smoother result, less a crisper and noisier one.",
    0.0,
    0.0,
    5.0,
    "%",
)

MODEL = Parameter(
    "model",
    "Model",
    "The bundled weights, or the card (model.json) of a restorer you trained.",
    BUNDLED,
    choices=(Choice(BUNDLED, "bundled"),),
    is_file=True,
)


def bundled_card() -> Path:
    """The card of the network that comes with the program."""
    return resource("weights", "restorer-blind.json")


def error_level(pixels: Pixels, jpeg_table: NDArray[np.uint16] | None) -> float:
    """Return the noise that a network is told of, in linear light: that of the photo, and what JPEG adds to it.

    Rounding leaves almost no noise to measure, so a network would take the blocks of strong compression for detail.

    Args:
        pixels: The photo, sRGB-encoded.
        jpeg_table: Luma quantisation table, shape (8, 8); None for a photo that is no JPEG.
    """
    from deblur_app.deconvolution.noise import noise_level_of_photo
    from deblur_app.deconvolution.quantisation import equivalent_noise

    measured = noise_level_of_photo(pixels)
    if jpeg_table is None:
        return measured
    step = max(min(pixels.shape[:2]) // _SAMPLES, 1)
    return math.hypot(measured, equivalent_noise(jpeg_table, srgb_to_linear(pixels[::step, ::step])))


def _blind(
    pixels: Pixels,
    device: Device,
    *,
    noise: float,
    model: str,
    region: Shares | None = None,
    jpeg_table: NDArray[np.uint16] | None = None,
) -> Task[Pixels | Noted]:
    from deblur_app.engine import local_networks

    yield Progress(0.0, "Measuring the noise")
    level = noise / 100 if noise else error_level(pixels, jpeg_table)
    card = bundled_card() if model == BUNDLED else card_of(model)
    return (yield from local_networks.restore([pixels], card=card, device=device, noise=level, region=region))


BLIND = Method(
    name="restorer-blind",
    label="Restorer (blind)",
    explanation="A network that has seen many blurs undone: it needs no PSF, and takes any blur of a few pixels.",
    parameters=(NOISE, MODEL),
    run=_blind,
    network="restorer",
    sees_region_first=True,
    uses_jpeg_table=True,
    is_offered=lambda: bundled_card().exists(),
)
"""The blind restorer's entry in the table of methods."""
