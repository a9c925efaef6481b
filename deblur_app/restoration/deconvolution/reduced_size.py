"""A photo restored at a fraction of its size, where its blur is known, and what that changes put back into it.

The kernel of a large photo is found where the photo is reduced, because its finest detail does not tell it. Enlarged,
that kernel is wider than the blur by the pixels that it was found in, and undoing it at full size rings. So the reduced
photo is restored and enlarged, and the detail finer than that is the photo's own, without its noise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.restoration.numerics.fourier import Inside

_ROWS = 32
"""Rows of the reduced photo that are worked on at once."""

_BESIDE = 3
"""Rows of the reduced photo beside those that an enlarged part lies on, at least: cubic interpolation looks at two."""

_SAMPLE_ROWS, _SAMPLES = 16, 16
"""Rows of each sample of fine detail that the noise is measured in, and samples."""

_NOISE, _DEVIATION = 2.0, 0.6745
"""Standard deviations of noise below which fine detail is left out; the median of the absolute values of Gaussian noise
over its standard deviation."""


def reduce_photo(photo: Pixels, scale: int) -> Task[Pixels]:
    """Return a photo made smaller in linear light: means of squares of `scale` pixels, the rest at the end left out.

    Args:
        photo: Float32 array of shape (height, width, 3), sRGB-encoded.
        scale: Side of the squares in pixels, up to the sides of the photo.
    """
    height, width = (length // scale for length in photo.shape[:2])
    smaller = np.empty((height, width, 3), np.float32)
    for top in range(0, height, _ROWS):
        yield Progress(top / height, tr("Reducing the photo"))
        bottom = min(top + _ROWS, height)
        smaller[top:bottom] = _reduce_rows(photo, scale, top, bottom)
    return smaller


def _reduce_rows(photo: Pixels, scale: int, top: int, bottom: int) -> Pixels:
    """Return some rows of the reduced photo."""
    width = photo.shape[1] // scale
    light = srgb_to_linear(photo[top * scale : bottom * scale, : width * scale])
    reduced = cv2.resize(light, (width, bottom - top), interpolation=cv2.INTER_AREA)
    return linear_to_srgb(np.asarray(reduced, np.float32))


def enlarge_result(photo: Pixels, restored: Pixels, scale: int) -> Task[Pixels]:
    """Return a restored reduced photo at full size, with the fine detail of the photo that is stronger than its noise.

    Beside the result, there is never more than some rows at full size in memory, nor the reduced photo.

    Args:
        photo: The photo, sRGB-encoded.
        restored: What `reduce_photo` gave for it and `scale`, restored.
        scale: How many times smaller it is.

    Returns:
        An array of the shape of `photo`, in [0, 1].
    """
    height, width = photo.shape[:2]

    def find_detail(top: int, bottom: int) -> Pixels:
        """Return what the reduced photo has lost of some rows."""
        first = max(top // scale - _BESIDE, 0)
        smaller = _reduce_rows(photo, scale, first, min(-(-bottom // scale) + _BESIDE, len(restored)))
        place = slice(top - first * scale, bottom - first * scale), slice(0, width)
        return photo[top:bottom] - enlarge_part(smaller, scale, place)

    rows = min(_SAMPLE_ROWS, height)
    starts = np.linspace(0, height - rows, _SAMPLES).astype(int).tolist()
    fine = [np.abs(find_detail(top, top + rows)) for top in starts]
    least = np.float32(_NOISE * float(np.median(np.concatenate(fine))) / _DEVIATION)
    result = np.empty_like(photo)
    for top in range(0, height, _ROWS * scale):
        yield Progress(top / height, tr("Enlarging the result"))
        bottom = min(top + _ROWS * scale, height)
        detail = find_detail(top, bottom)
        detail -= np.clip(detail, -least, least)
        detail += enlarge_part(restored, scale, (slice(top, bottom), slice(0, width)))
        np.clip(detail, 0.0, 1.0, out=result[top:bottom])
    return result


def enlarge_part(smaller: Pixels, scale: int, place: Inside, *, interpolation: int = cv2.INTER_CUBIC) -> Pixels:
    """Return a part of a reduced picture at full size.

    Args:
        smaller: The reduced picture, of any type that OpenCV knows.
        scale: How many times smaller it is.
        place: Rows and columns of the part at full size; beyond the reduced picture its border goes on.
        interpolation: One of OpenCV's.
    """
    rows, columns = place
    share = 1.0 / scale
    first = 0.5 * share - 0.5  # the middle of the first pixel
    matrix = np.array([[share, 0.0, first + share * columns.start], [0.0, share, first + share * rows.start]])
    size = columns.stop - columns.start, rows.stop - rows.start
    flags = interpolation | cv2.WARP_INVERSE_MAP
    larger = cv2.warpAffine(smaller, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(larger, smaller.dtype)
