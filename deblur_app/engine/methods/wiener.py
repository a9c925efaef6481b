"""Wiener deconvolution as a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.engine.methods.linear_filters import make_method

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_ORDER = 1
"""The differences that it holds small: `quadratic.GRADIENT`, which is not loaded before it is run."""


def _solve(light: Pixels, kernel: Kernel, regularisation: float) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import wiener

    return wiener.wiener(light, kernel, noise_to_signal=regularisation)


METHOD = make_method(
    "wiener",
    "Wiener deconvolution",
    "Removes a known blur in one step, as well as any linear filter can. The fastest; noise stays.",
    _solve,
    _ORDER,
)
"""Its entry in the table of methods."""
