"""The ways to deblur. Forms in the window, options of the command line and the batch are drawn from `METHODS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.engine.methods import (
    autoencoder,
    blind,
    denoise,
    maxim,
    restorer_blind,
    restorer_psf,
    richardson_lucy,
    sparse,
    tikhonov,
    wiener,
)

if TYPE_CHECKING:
    from deblur_app.engine.method import Method

METHODS: tuple[Method, ...] = (
    restorer_psf.AUTOMATIC,
    restorer_psf.KNOWN,
    restorer_blind.BLIND,
    blind.METHOD,
    sparse.METHOD,
    wiener.METHOD,
    tikhonov.METHOD,
    richardson_lucy.METHOD,
    denoise.METHOD,
    autoencoder.METHOD,
    maxim.METHOD,
)
"""All methods, in the order in which they are offered."""


def find(name: str) -> Method:
    """Return the method called `name`.

    Raises:
        DeblurError: There is none.
    """
    for method in METHODS:
        if method.name == name:
            return method
    raise DeblurError(tr("There is no method “{name}”. There are: {names}.", name=name, names=", ".join(list_names())))


def list_names() -> list[str]:
    """Return the names of all methods."""
    return [method.name for method in METHODS]


def list_offered() -> list[Method]:
    """Return the methods that can be run as they come, without a model of the user's own."""
    return [method for method in METHODS if method.is_offered()]
