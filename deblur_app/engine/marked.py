"""Places that a user marks on a photo as moving by themselves or standing still, and what is restored anew for them."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.trust_map import TrustMap
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import devices
from deblur_app.engine.masks.drawing import draw_stroke
from deblur_app.engine.method import Context, MethodResult, Request
from deblur_app.engine.methods import registry, restorer_psf
from deblur_app.engine.preparation import preparation
from deblur_app.restoration.numerics.borders import bounding_box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task
    from deblur_app.engine.deblurring import Restored
    from deblur_app.engine.masks.mask import Stroke

_CELLS = 96
"""Cells of a map along the longer side of a photo: a tenth of a face, and a few kilobytes in a recipe."""

_MARGIN = 64
"""Pixels around a part that are restored with it, besides two sides of its kernel: there its borders are forgotten."""

_LEAST_CHANGE = 1e-3
"""Difference of cells that changes nothing."""

METHODS = (restorer_psf.AUTOMATIC.name, restorer_psf.KNOWN.name)
"""The methods that know a way to restore a place without its kernel."""


def find_trust(psf: Psf, size: tuple[int, int]) -> TrustMap:
    """Return how far the kernels of a PSF are used all over a photo of a size (width, height), in fine cells."""
    width, height = size
    factor = min(_CELLS / max(size), 1.0)
    columns, rows = max(round(width * factor), 1), max(round(height * factor), 1)
    if psf.trust and psf.trust.values.shape == (rows, columns) and psf.trust.box == (0.0, 0.0, width, height):
        return psf.trust
    shares = restorer_psf.share_of_kernels(psf, (height, width))
    cells = np.ones((rows, columns), np.float32)
    if shares is not None:
        cells = np.asarray(cv2.resize(shares, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
    return TrustMap(np.clip(cells, 0.0, 1.0), (0.0, 0.0, float(width), float(height)))


def mark_stroke(psf: Psf, size: tuple[int, int], stroke: Stroke, *, is_moving: bool) -> Psf:
    """Return a PSF that is not used where a stroke covers what moves, and is used where it covers what stands still.

    Args:
        psf: The kernels.
        size: Width and height of the photo in pixels.
        stroke: The stroke, in shares of the photo; whether it erases does not matter.
        is_moving: Whether what it covers moves by itself.
    """
    trust = find_trust(psf, size)
    cover = np.zeros(trust.values.shape, np.uint8)
    draw_stroke(cover, replace(stroke, is_erasing=False))
    shares = cover.astype(np.float32) / np.float32(255.0)
    values = np.minimum(trust.values, 1.0 - shares) if is_moving else np.maximum(trust.values, shares)
    return replace(psf, trust=replace(trust, values=values))


def restore_marked(picture: Picture, restored: Restored, psf: Psf) -> Task[Restored]:
    """Restore a photo anew where the trust in its kernels is another, and take all else from the result.

    Args:
        picture: The photo.
        restored: Its result, by one of `METHODS` with kernels.
        psf: The same kernels, with other trust.

    Returns:
        The result, as of the method for a known blur with that PSF.

    Raises:
        DeblurError: The result was made without kernels.
    """
    begin, before = time.perf_counter(), restored.request.psf
    if before is None or restored.request.method not in METHODS:
        raise DeblurError(tr("This photo was restored without its blur, so no part of it can be marked."))
    yield Progress(0.0, tr("Restoring the marked part"))
    method, size = restorer_psf.KNOWN, (picture.width, picture.height)
    given = restored.request.values
    values = method.complete_values({name: value for name, value in given.items() if name in method.names})
    request = Request(method.name, values, restored.request.device, psf)
    estimate = replace(restored.estimate, trust=psf.trust) if restored.estimate else None
    done = replace(restored, request=request, estimate=estimate, rejected=None, path=None)
    changed = np.abs(find_trust(psf, size).values - find_trust(before, size).values) > _LEAST_CHANGE
    if not changed.any():
        return done
    weights = _weigh_pixels(changed, size)
    prepared = yield from subtask(preparation.prepare(picture, is_whole=True), 0.0, 0.05)
    if restored.estimate and restored.estimate.is_linear:
        prepared = preparation.with_linear_values(prepared)
    box = _surround(bounding_box(weights > 0.0), 2 * psf.side + _MARGIN, weights.shape, psf.reduction)
    part = np.ascontiguousarray(prepared.picture.pixels[box])
    corner, inside = (int(box[1].start), int(box[0].start)), (part.shape[1], part.shape[0])
    device, _ = devices.choose(restored.request.device)
    context = Context(part, device, replace(psf.scaled(1.0, corner, inside), reduction=psf.reduction))
    answer = yield from subtask(registry.find(method.name).run(context, **values), 0.05, 0.95)
    pixels = prepared.picture.pixels.copy()
    pixels[box] = answer.pixels if isinstance(answer, MethodResult) else answer
    whole = yield from subtask(preparation.finish(prepared, np.clip(pixels, 0.0, 1.0)), 0.95, 1.0)
    share = weights[..., None]
    blended = restored.picture.pixels + share * (whole - restored.picture.pixels)
    return replace(done, picture=restored.picture.with_pixels(blended), seconds=time.perf_counter() - begin)


def _weigh_pixels(changed: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.float32]:
    """Return how far each pixel is restored anew: all of changed cells, and some of those beside them."""
    wider = cv2.dilate(changed.astype(np.float32), np.ones((3, 3), np.uint8))
    width, height = size
    return TrustMap(np.asarray(wider, np.float32), (0.0, 0.0, width, height)).of_pixels(height, width)


def _surround(box: tuple[slice, slice], margin: int, shape: tuple[int, ...], step: int) -> tuple[slice, slice]:
    """Return a box with a margin, within a picture; it begins at multiples of `step`."""
    rows, columns = (
        slice(max(part.start - margin, 0) // step * step, min(part.stop + margin, length))
        for part, length in zip(box, shape, strict=True)
    )
    return rows, columns
