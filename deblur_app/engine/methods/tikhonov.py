"""Tikhonov regularisation as a method."""

from __future__ import annotations

from deblur_app.core.texts import tr_later
from deblur_app.engine.methods.linear_filters import make_method

METHOD = make_method(
    "tikhonov",
    tr_later("Tikhonov regularisation"),
    tr_later("Removes a known blur in one step and holds the result smooth; softer than Wiener in noise."),
    order=2,  # `quadratic.LAPLACIAN`, which is not loaded before it is run
)
"""Its entry in the table of methods."""
