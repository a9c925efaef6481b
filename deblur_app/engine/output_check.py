"""Checks of the output of methods: devices, precisions and wrong kernels fail without an error."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import mean_of_channels, reduce_pixels
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

BLOCK = 128
"""Side in pixels of the blocks whose mean colours are compared."""

MOST_OF_A_BLOCK = 0.15
"""Distance that the mean colour of a block may move, sRGB-encoded in [0, 1].

Blurring moves light by no more than its reach, so the mean of a block hardly changes when it is undone. Measured with
the restorer on photographs blurred by motion, shake, defocus and turbulence: at most 0.04 in blocks of 64 pixels.
"""

MOST_OF_A_TILE = 0.05
"""The same of a whole tile that has at least four blocks; measured: at most 0.014."""

_LEAST_LIGHT, _LOST_LIGHT = 0.85, 0.02
"""Share of the light of a photo that a result has at least, and light that may be lost in any case: undoing a blur
takes none. Of some 60 good results of the restorers the least had 0.95, but for night skies, which have next to none;
sharp stripes taken for blurred ones kept 0.72."""

_MOST_COUNTED = 400_000
"""Pixels of which the light is summed at most."""

_FLAT, _NOT_FLAT = 1e-4, 0.01
"""Ranges of values, 1 is white: a result below the first, far less than a step of 8 bits, has one colour; a photo above
the second, more than two steps, has not."""

_LEAST_CONTRAST = 0.01
"""Standard deviation below which a part of a photo is even, and every difference would count too much."""

_CELL = 256
"""Side in pixels of the cells that are looked at one by one: part of a photo may be ruined while the rest is not."""

_MOST_CELLS = 64
"""Cells that are looked at, at most; they are drawn from all over a large photo."""

_MOST_RUINED = 0.3
"""Share of the cells that may look ruined: a cell of grass or of fine print can, where it is restored well."""

_CLIPPED, _ALTERED, _UNEXPLAINED, _OFFSET = 6.6, 2.4, 2.0, 2.0
"""Weights of the three signs in `_ruin`, by logistic regression, and what makes 0 the limit.

Fitted to 510 restorations (9 photographs of scikit-image and CID22, 9 kernels, 3 noise levels, 4 classical methods; the
kernel right, wrong or three times as long, the smoothing right or far too little): 4 % of those that are at most 0.5 dB
worse than the photo are above the limit, 89 % of those that are 3 dB worse or more, and none of the sharp originals. A
good result that is refused is restored with more smoothing, which loses little.
"""

_USUAL = 0.06
"""Misfit of a good result, blurred again, where nothing can be blurred again: for networks without a PSF."""


def defect(inputs: Sequence[Pixels], restored: Pixels, *, reduction: int = 1) -> str:
    """Return the defect of a restored picture or part, in a few words; "" where there is none.

    Args:
        inputs: The photo, and what else the network was shown of the scene, such as what deconvolution made of it;
            each of shape (height, width, 3). Colours count as other ones where they differ from those of each.
        restored: What became of them, same shape.
        reduction: How many times larger blocks are looked at.
    """
    if not _is_finite(restored):
        return tr("values that are no numbers")
    if np.ptp(restored) < _FLAT and any(np.ptp(pixels) > _NOT_FLAT for pixels in inputs):
        return tr("one colour everywhere")
    side = BLOCK * reduction
    means = _block_means(restored, side)
    moved = np.min([np.abs(means - _block_means(pixels, side)) for pixels in inputs], axis=0)
    if moved.max() > MOST_OF_A_BLOCK:
        return tr("wrong colours")
    mean = _mean_colour(restored)
    tile_moved = min(np.abs(mean - _mean_colour(pixels)).max() for pixels in inputs)
    if restored.shape[0] * restored.shape[1] >= 4 * side**2 and tile_moved > MOST_OF_A_TILE:
        return tr("wrong colours")
    return ""


def find_defect(photo: Pixels, restored: Pixels, kernel: Kernel | None = None, *, reduction: int = 1) -> str:
    """Return what is wrong with a restored photo, in a few words; "" where nothing is.

    In addition to what `defect` finds: stripes, ghosts and amplified noise, which keep the mean of each block.

    Args:
        photo: What was restored, shape (height, width, 3), sRGB-encoded.
        restored: What became of it, same shape.
        kernel: What was undone, where it is the same all over the photo.
        reduction: How many times smaller photo and result are looked at: as small as where `kernel` was undone. Only
            the parts that are looked at are made smaller, as copies of a large photo fill memory.
    """
    is_clipped = _is_finite(restored) and not (restored.min() >= 0.0 and restored.max() <= 1.0)
    if wrong := defect([photo], np.clip(restored, 0.0, 1.0) if is_clipped else restored, reduction=reduction):
        return wrong
    step = int(math.sqrt(photo.shape[0] * photo.shape[1] / _MOST_COUNTED)) | 1  # odd: not in step with patterns
    light, light_after = (float(srgb_to_linear(pixels[::step, ::step]).mean()) for pixels in (photo, restored))
    if light_after < min(_LEAST_LIGHT * light, light - _LOST_LIGHT):
        return tr("much less light than the photo")
    cells = list(_cells(photo.shape[0], photo.shape[1], _CELL * reduction))
    if len(cells) > _MOST_CELLS:
        places = np.random.default_rng(0).permutation(len(cells))[:_MOST_CELLS]
        cells = [cells[place] for place in places]
    parts = ([reduce_pixels(pixels[cell], reduction) for pixels in (photo, restored)] for cell in cells)
    ruined = sum(_ruin(before, after, kernel) > 0.0 for before, after in parts)
    return tr("stripes or noise that the photo does not have") if ruined > _MOST_RUINED * len(cells) else ""


def _is_finite(pixels: Pixels) -> bool:
    """Return whether all values are numbers, without an array of truth values beside a large photo."""
    return math.isfinite(float(pixels.min()) + float(pixels.max()))


def _mean_colour(pixels: Pixels) -> NDArray[np.float64]:
    return np.array(cv2.mean(pixels)[:3])


def _cells(height: int, width: int, side: int) -> Iterator[tuple[slice, slice]]:
    """Return equal parts of about `side` × `side` pixels."""
    rows, columns = (
        pairwise(np.linspace(0, length, max(round(length / side), 1) + 1).astype(int).tolist())
        for length in (height, width)
    )
    for (top, bottom), (left, right) in product(rows, columns):
        yield slice(top, bottom), slice(left, right)


def _ruin(photo: Pixels, restored: Pixels, kernel: Kernel | None) -> float:
    """Return how much a part looks ruined: above 0 more so than not.

    Deblurring brings back contrast that the blur took, which is less than what it left unless the scene is all fine
    texture; ringing and amplified noise know no such limit, and run into black and white. What was cut off there no
    longer gives the photo when it is blurred again.
    """
    contrast = float(mean_of_channels(photo).std()) + _LEAST_CONTRAST
    altered = float(np.sqrt(np.mean(np.square(mean_of_channels(restored - photo))))) / contrast
    clipped = max(_measure_clipped_share(restored, 0.002) - _measure_clipped_share(photo, 0.004), 0.0)
    unexplained = _misfit(photo, restored, kernel) / contrast if kernel is not None else _USUAL
    return (
        _CLIPPED * math.sqrt(clipped)
        + _ALTERED * math.log(altered + 0.05)
        + _UNEXPLAINED * math.log(unexplained + 0.003)
        + _OFFSET
    )


def _misfit(photo: Pixels, restored: Pixels, kernel: Kernel) -> float:
    """Return the root mean square of the difference between the photo and the result blurred again, without the rim."""
    mirrored = np.ascontiguousarray(kernel[::-1, ::-1], np.float32)
    light = srgb_to_linear(restored)
    if mirrored.ndim == 2:
        again = cv2.filter2D(light, -1, mirrored, borderType=cv2.BORDER_REFLECT)
    else:
        planes = [cv2.filter2D(light[..., c], -1, mirrored[..., c], borderType=cv2.BORDER_REFLECT) for c in range(3)]
        again = np.stack(planes, axis=2)
    rim = min(len(kernel) // 2, (min(photo.shape[:2]) - 1) // 4)
    inside = (slice(rim, photo.shape[0] - rim), slice(rim, photo.shape[1] - rim))
    difference = linear_to_srgb(again.reshape(light.shape)[inside].astype(np.float32)) - photo[inside]
    return float(np.sqrt(np.mean(np.square(difference))))


def _measure_clipped_share(pixels: Pixels, near: float) -> float:
    """Return the share of the pixels that are black or white in a channel."""
    return float(np.mean(((pixels <= near) | (pixels >= 1.0 - near)).any(axis=2)))


def _block_means(pixels: Pixels, side: int) -> NDArray[np.float32]:
    """Return the mean colours of blocks of about `side` × `side` pixels."""
    height, width = pixels.shape[:2]
    size = (max(round(width / side), 1), max(round(height / side), 1))
    return np.asarray(cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA), np.float32)
