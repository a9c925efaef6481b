"""Changes of spectra that changes of the photo would make: reduction, sharpening, and noise, without a new photo."""

from __future__ import annotations

import cv2
import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.spectrum_features import WINDOW
from training.synthetic.blur_crops import BlurCrops

_ZOOMED, _ZOOM = 0.6, (0.68, 1.0)
"""Share of crops that are reduced, and the range of their size then."""

_SHARPENED, _AMOUNT, _RADIUS = 0.3, (-0.25, 1.2), (0.6, 1.6)
"""Share of crops that are sharpened, the amount of unsharp masking, and its standard deviation in pixels."""

_NOISY, _FLOOR = 0.3, (-4.0, 0.5)
"""Share of crops with more noise, and the logarithm of its power beside the median of the spectrum."""

_SOFT = tuple(blur_posterior.TYPES.index(kind) for kind in ("defocus", "turbulence"))
_ENLARGED = blur_posterior.TYPES.index("enlarged")

_ALONG_Y, _ALONG_X = np.mgrid[-WINDOW // 2 : WINDOW // 2, : WINDOW // 2].astype(np.float32) / WINDOW
_RADII = np.hypot(_ALONG_Y, _ALONG_X)


def vary_crops(crops: BlurCrops, random: np.random.Generator) -> BlurCrops:
    """Return crops with some spectra changed, and sizes with them."""
    spectra = crops.spectra.astype(np.float32)
    truths = crops.truths.copy()
    for index, kind in enumerate(truths[:, blur_posterior.TRUE_TYPE].astype(int)):
        plane = spectra[index]
        if kind != _ENLARGED and random.random() < _ZOOMED:
            zoom = random.uniform(*_ZOOM)
            plane = _reduce(plane, zoom)
            if kind in range(len(blur_posterior.TYPES))[blur_posterior.SIZED]:
                truths[index, blur_posterior.TRUE_SIZE] += np.log(zoom)
        if random.random() < _SHARPENED:
            plane = _sharpen(plane, random.uniform(*_AMOUNT), random.uniform(*_RADIUS), may_soften=kind not in _SOFT)
        if random.random() < _NOISY:
            plane = np.logaddexp(plane, np.log(np.median(np.exp(plane[::4, ::4]))) + random.uniform(*_FLOOR))
        spectra[index] = plane - plane.mean(axis=(0, 1))
    return BlurCrops(spectra.astype(np.float16), truths)


def _reduce(plane: np.ndarray, zoom: float) -> np.ndarray:
    """Return the spectrum of the photo made `zoom` times as large, at most 1: its middle, spread."""
    columns = np.broadcast_to(np.arange(WINDOW // 2, dtype=np.float32) * zoom, plane.shape[:2])
    rows = WINDOW // 2 + (np.arange(WINDOW, dtype=np.float32) - WINDOW // 2) * zoom
    rows = np.broadcast_to(rows[:, None], plane.shape[:2])
    how = (np.ascontiguousarray(columns, np.float32), np.ascontiguousarray(rows, np.float32), cv2.INTER_LINEAR)
    return np.asarray(cv2.remap(plane, *how), np.float32)


def _sharpen(plane: np.ndarray, amount: float, radius: float, *, may_soften: bool) -> np.ndarray:
    """Return the spectrum after unsharp masking; a negative amount softens, which looks like some blurs."""
    if amount < 0.0 and not may_soften:
        return plane
    response = 1.0 + amount * (1.0 - np.exp(-2.0 * (np.pi * radius * _RADII) ** 2))
    return np.asarray(plane + 2.0 * np.log(np.maximum(response, 0.05))[..., None], np.float32)
