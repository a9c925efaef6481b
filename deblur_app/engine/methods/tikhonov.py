"""Tikhonov regularisation as a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.engine.methods.linear_filters import make_method

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_ORDER = 2
"""The differences that it holds small: `quadratic.LAPLACIAN`, which is not loaded before it is run."""


def _solve(light: Pixels, kernel: Kernel, regularisation: float) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import wiener

    return wiener.tikhonov(light, kernel, regularisation=regularisation)


METHOD = make_method(
    "tikhonov",
    "Tikhonov regularisation",
    "Removes a known blur in one step and holds the result smooth; softer than Wiener in noise.",
    _solve,
    _ORDER,
)
"""Its entry in the table of methods."""
