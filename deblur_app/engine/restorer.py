"""The restorer as a method: what a photo needs around the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress
from deblur_app.engine.installed import card_of
from deblur_app.engine.method import BUNDLED, Method

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.local_tiling import Shares
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Noted

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


def _blind(
    pixels: Pixels, device: Device, *, noise: float, model: str, region: Shares | None = None
) -> Task[Pixels | Noted]:
    from deblur_app.deconvolution.noise import noise_level_of_photo
    from deblur_app.engine import local_networks

    yield Progress(0.0, "Measuring the noise")
    level = noise / 100 if noise else noise_level_of_photo(pixels)
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
    is_offered=lambda: bundled_card().exists(),
)
"""The blind restorer's entry in the table of methods."""
