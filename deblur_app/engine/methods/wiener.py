"""Wiener deconvolution as a method."""

from __future__ import annotations

from deblur_app.core.texts import tr_later
from deblur_app.engine.methods.linear_filters import make_method

METHOD = make_method(
    "wiener",
    tr_later("Wiener deconvolution"),
    tr_later("Removes a known blur in one step, as well as any linear filter can. The fastest; noise stays."),
    order=1,  # `quadratic.GRADIENT`, which is not loaded before it is run
)
"""Its entry in the table of methods."""
