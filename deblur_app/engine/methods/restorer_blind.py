"""The restorer as a method: what a photo needs around the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.method import BUNDLED, Method, MethodResult
from deblur_app.engine.models.installed import card_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.devices import Device
    from deblur_app.engine.method import Context

_SAMPLES = 512
"""Pixels along the shorter side that the brightness is sampled at."""

NOISE = Parameter(
    "noise",
    tr_later("Noise"),
    tr_later("0 (auto) measures it in the photo. Of other values, higher ones give a smoother result."),
    0.0,
    0.0,
    5.0,
    "%",
    automatic=0.0,
)

MODEL = Parameter(
    "model",
    tr_later("Model"),
    tr_later("The bundled weights, or the card (model.json) of a restorer you trained."),
    BUNDLED,
    choices=(Choice(BUNDLED, tr_later("bundled")),),
    is_file=True,
)


_TINY = 64 * 96
"""Pixels of a photo below which the network sees too little of it to be believed whichever way it is shown."""

_DISAGREEMENT = 6.0
"""Weight of the variance between turned copies against the change. On 24 blurred and noisy crops of 14 to 46
pixels a side from photographs the mean gain is 0.6 dB and none loses; by the network alone it is -0.4 dB, and 14 lose
up to 9.5. Five sharp crops come back as they are; the network alone leaves them at 38 dB."""

_LEAST_CHANGE = 1e-12
"""Mean squared change of encoded values that counts as none."""


def find_bundled_card() -> Path:
    """Return the card of the network that comes with the program."""
    return resource("weights", "restorer-blind.json")


def error_level(pixels: Pixels, jpeg_table: NDArray[np.uint16] | None) -> float:
    """Return the noise that a network is told of, in linear light: that of the photo, and what JPEG adds to it.

    Rounding leaves almost no noise to measure, so a network would take the blocks of strong compression for detail.

    Args:
        pixels: The photo, sRGB-encoded.
        jpeg_table: Luma quantisation table, shape (8, 8); None for a photo that is no JPEG.
    """
    from deblur_app.restoration.deconvolution.quantisation import equivalent_noise
    from deblur_app.restoration.denoising.noise_level import noise_level_of_photo

    measured = noise_level_of_photo(pixels)
    if jpeg_table is None:
        return measured
    step = max(min(pixels.shape[:2]) // _SAMPLES, 1)
    return math.hypot(measured, equivalent_noise(jpeg_table, srgb_to_linear(pixels[::step, ::step])))


def load_model(card: Path, device: Device) -> Task[Any]:
    """Load a restorer; for errors see `local_networks.load`."""
    from deblur_app.engine import local_networks

    return local_networks.load(card, device)


def _blind(context: Context, *, noise: float, model: str) -> Task[Pixels | MethodResult]:
    from deblur_app.engine import local_networks

    pixels, device = context.pixels, context.device
    yield Progress(0.0, tr("Measuring the noise"))
    level = noise / 100 if noise else error_level(pixels, context.find_jpeg_table())
    if model == BUNDLED and pixels.shape[0] * pixels.shape[1] < _TINY:
        return (yield from _average_over_turns(pixels, device, level))
    card = find_bundled_card() if model == BUNDLED else card_of(model)
    return (yield from local_networks.restore([pixels], card=card, device=device, noise=level, region=context.region))


def _average_over_turns(pixels: Pixels, device: Device, noise: float) -> Task[Pixels | MethodResult]:
    """Return a tiny photo with what the network makes of it whichever way it is turned.

    The mean of what it makes of all turned and mirrored copies, and of that the less the more they differ: the share
    1 - `_DISAGREEMENT` · variance / change² of the change, which shrinks it as James and Stein do ("Estimation with
    quadratic loss", 1961).
    """
    from deblur_app.engine import local_networks

    ways = [(turns, is_mirrored) for is_mirrored in (False, True) for turns in range(4)]
    copies, note = [], ""
    for number, (turns, is_mirrored) in enumerate(ways):
        copy = np.ascontiguousarray(np.rot90(pixels[:, ::-1] if is_mirrored else pixels, turns))
        work = local_networks.restore([copy], card=find_bundled_card(), device=device, noise=noise)
        result = yield from subtask(work, number / len(ways), (number + 1) / len(ways))
        note = result.note if isinstance(result, MethodResult) else note
        upright = np.rot90(result.pixels if isinstance(result, MethodResult) else result, -turns)
        copies.append(upright[:, ::-1] if is_mirrored else upright)
    mean = np.mean(copies, axis=0)
    change = float(np.mean(np.square(mean - pixels)))
    variance = float(np.mean(np.var(copies, axis=0)))
    share = max(1.0 - _DISAGREEMENT * variance / max(change, _LEAST_CHANGE), 0.0)
    shrunk = (pixels + np.float32(share) * (mean - pixels)).astype(np.float32)
    return MethodResult(shrunk, note) if note else shrunk


BLIND = Method(
    name="restorer-blind",
    label=tr_later("Restorer (blind)"),
    plain_label=tr_later("Without estimating the blur"),
    summary=tr_later("A network that does not look for the blur. The fastest."),
    explanation=tr_later("A network that needs no estimate of the blur. Quick; for any blur of a few pixels."),
    parameters=(NOISE, MODEL),
    run=_blind,
    network="restorer",
    load_model=load_model,
    find_bundled_card=find_bundled_card,
    is_offered=lambda: find_bundled_card().exists(),
)
"""The blind restorer's entry in the table of methods."""
