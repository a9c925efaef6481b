"""A small copy restored as the whole photo is: what a method chooses for itself is chosen from the photo and scaled.

The small copy has less noise than the photo, and a smaller kernel: a method that chose from it would choose otherwise,
mostly a sharper result than the one that is saved in the end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_SIDE, _ACROSS = 192, 4
"""Side in pixels of the parts that noise is measured on, and parts along each axis: their cost does not grow with the
photo."""

_NOISE = "noise"


class Choices:
    """The last choices for a photo, so that a quick preview need not choose again.

    Between two moves of a slider the choice hardly changes, and choosing takes several times as long as restoring.
    """

    def __init__(self) -> None:
        self._pixels: Pixels | None = None
        self._values: dict[object, float] = {}

    def of(self, pixels: Pixels) -> dict[object, float]:
        """Return the known values for the photo with these pixels; more may be added."""
        if self._pixels is not pixels:
            self._pixels, self._values = pixels, {}
        return self._values


@dataclass(frozen=True, eq=False)
class Reduced:
    """The photo that a small copy was made of.

    Attributes:
        pixels: The whole photo, sRGB-encoded, shape (height, width, 3).
        kernel: The point spread function at its size, shape (n, n) or (n, n, 3).
        scale: Size of the copy over that of the photo, in (0, 1].
        choices: What is known of the photo from copies before.
        is_draft: Whether to take what was chosen last, where there is such a choice.
        jpeg_table: The luma quantisation table of the photo's file, if any.
    """

    pixels: Pixels
    kernel: Kernel
    scale: float
    choices: Choices = field(default_factory=Choices)
    is_draft: bool = False
    jpeg_table: NDArray[np.uint16] | None = None

    def last(self, order: int) -> float | None:
        """Return the value last given to `keep` for an order of differences, for a draft; else None."""
        value = self.choices.of(self.pixels).get(order)
        return value * math.pow(self.scale, 2 * order) if self.is_draft and value is not None else None

    def keep(self, order: int, regularisation: float) -> None:
        """Remember the regularisation of the copy that was chosen for an order of differences."""
        self.choices.of(self.pixels)[order] = regularisation / math.pow(self.scale, 2 * order)

    def regularisation(self, order: int, *, without_lamps: bool) -> Task[float]:
        """Return the regularisation by cross-validation for the photo, scaled to give the copy the same look.

        A frequency of the photo is a higher one of the copy, where differences of neighbours are larger: the weight
        of their squares falls with the square of the scale, that of second differences with its fourth power.

        Args:
            order: Which differences are held small, as in `quadratic`.
            without_lamps: Whether the method is kept from ringing around lamps, as `saturation.around` does.
        """
        from deblur_app.restoration.deconvolution import gcv, quantisation, saturation

        patches = []
        places = gcv.places(self.pixels, self.kernel)
        for number, place in enumerate(places):
            patch = srgb_to_linear(self.pixels[place])
            if without_lamps and saturation.weights(patch).min() < 1.0:
                task = saturation.split_highlights(patch, self.kernel, [saturation.STRICT])
                ((patch, _),) = yield from subtask(task, number / len(places), (number + 1) / len(places))
            patches.append(patch)
        yield Progress(1.0, tr("Choosing the regularisation"))
        curve = gcv.curve_of(patches, self.kernel, order=order)
        least = quantisation.least_regularisation(self.jpeg_table, curve, self.kernel, order)
        weight = max(curve.regularisation, least)
        return weight * math.pow(self.scale, 2 * order)

    def sparse_regularisation(self, exponent: float) -> float:
        """Return the regularisation for the noise of the photo, scaled to give the copy the same look.

        Gradients of the copy are larger by 1 / scale: their power `exponent` must weigh that much less.
        """
        from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for

        return regularisation_for(math.hypot(self.noise(), self._equivalent_noise()), self.kernel) * math.pow(
            self.scale, exponent
        )

    def _equivalent_noise(self) -> float:
        from deblur_app.restoration.deconvolution import quantisation

        step = max(min(self.pixels.shape[:2]) // _SIDE, 1)
        return quantisation.equivalent_noise(self.jpeg_table, srgb_to_linear(self.pixels[::step, ::step]))

    def noise(self) -> float:
        """Estimate the standard deviation of the photo's noise in linear light; large ones from parts evenly spread."""
        choices = self.choices.of(self.pixels)
        if _NOISE not in choices:
            choices[_NOISE] = _noise(self.pixels)
        return choices[_NOISE]


def _noise(pixels: Pixels) -> float:
    from deblur_app.restoration.denoising.noise_level import noise_level

    height, width = pixels.shape[:2]
    if height * width <= (_SIDE * _ACROSS) ** 2:
        return noise_level(srgb_to_linear(pixels))
    tops, lefts = (np.linspace(0, length - _SIDE, _ACROSS).astype(int) for length in (height, width))
    parts = [pixels[y : y + _SIDE, x : x + _SIDE] for y in tops.clip(0) for x in lefts.clip(0)]
    # One below the other: the few rows where two of them meet hardly move a median.
    return noise_level(srgb_to_linear(np.concatenate(parts, axis=0)))
