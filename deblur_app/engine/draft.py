"""A draft of a whole photo at the size of a screen, to look at while the photo itself is restored."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.blur.scaling import band_limited
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, resize_pixels
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.deblurring import deblur
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_PIXELS = 300_000
"""Of a draft: what the blind network restores in half a second on two cores, and a Wiener filter in less."""

_QUICK, _BLIND = "wiener", "restorer-blind"
"""The method of a draft where the PSF is known, and where it is not."""


def restore_draft(picture: Picture, request: Request) -> Task[Pixels | None]:
    """Return a small copy of a photo, restored quickly: by the reduced PSF where it is known, else without one.

    None where a method does something else than to remove blur, where nothing is quicker than the method, and where
    the copy cannot be restored.

    Args:
        picture: The photo.
        request: What will be done with it.
    """
    scale = min(math.sqrt(_PIXELS / (picture.width * picture.height)), 1.0)
    quick = _choose_request(request, scale)
    if quick is None:
        return None
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    yield Progress(0.0, tr("Restoring a draft"))
    try:
        restored = yield from deblur(Picture(resize_pixels(picture.pixels, *size)), quick)
    except DeblurError:  # the method will tell it of the photo, if it is true of that too
        return None
    return restored.picture.pixels


def _choose_request(request: Request, scale: float) -> Request | None:
    """Return how a copy of `scale` is restored; None where it is not."""
    method = registry.find(request.method)
    if method.psf is PsfUse.NONE and method.name != _BLIND:
        return None
    psf = request.psf or (request.estimate.psf if request.estimate else None)
    if method.name != _BLIND and psf is not None and psf.uniform is not None:
        if method.name == _QUICK and scale == 1.0:
            return None
        return Request(_QUICK, psf=replace(psf, kernels=band_limited(psf.uniform, scale)))
    is_sharp = request.estimate is not None and request.estimate.psf is None
    is_slower = not method.is_neural or (method.name == _BLIND and scale == 1.0)  # TensorFlow takes seconds to load
    if is_sharp or is_slower or not registry.find(_BLIND).is_offered():
        return None
    return Request(_BLIND, device=request.device)
