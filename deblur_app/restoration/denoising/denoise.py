"""Noise measured and taken out of a picture, before or after deblurring."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from deblur_app.core.task import map_progress
from deblur_app.core.tiling.blended_tiling import map_tiles
from deblur_app.restoration.denoising.noise_level import noise_level_of_plane
from deblur_app.restoration.denoising.scale_mixtures import GRID, denoise_plane
from deblur_app.restoration.numerics.threads import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

type DenoisingMethod = Literal["wavelet", "nonlocal", "total variation"]

_TILE, _OVERLAP = 512, 32
"""Side of a tile, and what two neighbours share, in pixels: a tile bounds the memory, the overlap hides the seams."""

_OPPONENT = np.array(
    [[1 / 3**0.5] * 3, [1 / 2**0.5, 0, -1 / 2**0.5], [1 / 6**0.5, -2 / 6**0.5, 1 / 6**0.5]], np.float32
)
"""Luminance and two differences of colours; orthonormal, so that white noise stays white and of equal strength."""

_SEARCH, _PATCH = 7, 3
"""Pixels that patches are looked for in each direction, and the side of a patch; found by trying on photographs."""

_DECAY = np.float32(0.6)
"""Excess of the mean squared difference of two patches, in units of the noise variance, that costs a factor e."""

_VARIATION = 1.1
"""Weight of the total variation for noise of standard deviation 1."""

_MEAN = np.full((1, 3), 1 / 3, np.float32)


def denoise(
    pixels: Pixels, *, method: DenoisingMethod = "wavelet", strength: float = 1.0, noise: float | None = None
) -> Task[Pixels]:
    """Take noise out of a photo or out of a restored picture.

    Luminance and differences of colours are treated apart: these hold less detail, so most of what they hold is noise.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded.
        method: "wavelet": Gaussian scale mixtures (Portilla et al. 2003), the best for photographs. "nonlocal":
            non-local means (Buades, Coll and Morel 2005), good where patterns repeat. "total variation" (Rudin, Osher
            and Fatemi 1992, by Chambolle 2004): plain areas with sharp borders, texture is lost.
        strength: Factor on the noise level; 1 takes out what was measured, 0 leaves the picture as it is.
        noise: Standard deviation in the units of `pixels`; None measures it, for luminance and colour apart.

    Returns:
        A new array of the same shape.
    """
    if strength <= 0:
        return pixels.copy()
    levels = _opponent_noise(pixels) if noise is None else [noise] * 3
    levels = [level * strength for level in levels]
    cleaned = {"wavelet": _by_wavelets, "nonlocal": _by_patches, "total variation": _by_variation}[method]
    return (yield from in_tiles(pixels, lambda opponent: cleaned(opponent, levels)))


def in_tiles(pixels: Pixels, cleaned: Callable[[Pixels], Pixels]) -> Task[Pixels]:
    """Run a function over square tiles of luminance and colour differences, each with its surroundings.

    Args:
        pixels: Shape (height, width, 3).
        cleaned: Takes and returns an array (side, side, 3) with side a multiple of 16 and at least 64.
    """
    side = min(_TILE, max(64, -(-max(pixels.shape[:2]) // GRID) * GRID))

    def tile(colours: Pixels) -> Pixels:
        if not colours.any():  # the last group of tiles is filled up with zeros
            return colours
        return _apply_color_matrix(cleaned(_apply_color_matrix(colours, _OPPONENT)), _OPPONENT.T)

    with ThreadPoolExecutor(THREADS) as pool:
        task = map_tiles(
            pixels, lambda tiles: np.stack(list(pool.map(tile, tiles))), tile=side, overlap=_OVERLAP, batch=THREADS
        )
        return (yield from map_progress(task, lambda progress: replace(progress, stage="Reducing noise")))


def _by_wavelets(opponent: Pixels, levels: list[float]) -> Pixels:
    return np.stack([denoise_plane(opponent[:, :, c], levels[c]) for c in range(3)], axis=2)


def _by_patches(opponent: Pixels, levels: list[float]) -> Pixels:
    """Replace each pixel by the mean of those nearby whose surroundings look the same, all three planes together.

    A pair of pixels is visited once and counts for both.
    """
    size = len(opponent)
    scaled = opponent / np.maximum(levels, 1e-6).astype(np.float32)
    wide, wide_scaled = (
        cv2.copyMakeBorder(p, _SEARCH, _SEARCH, _SEARCH, _SEARCH, cv2.BORDER_REFLECT) for p in (opponent, scaled)
    )
    total, weights = opponent.copy(), np.ones((size, size), np.float32)
    for y in range(-_SEARCH, _SEARCH + 1):
        for x in range(-_SEARCH, _SEARCH + 1):
            if (y, x) == (0, 0):
                continue
            rows, columns = slice(_SEARCH + y, _SEARCH + y + size), slice(_SEARCH + x, _SEARCH + x + size)
            apart = scaled - wide_scaled[rows, columns]
            unlike = cv2.blur(cv2.transform(apart * apart, _MEAN), (_PATCH, _PATCH)) - np.float32(2.0)
            weight = np.exp(-np.maximum(unlike, 0.0) / _DECAY)
            total += wide[rows, columns] * weight[:, :, None]
            weights += weight
    total /= weights[:, :, None]
    return total


def _by_variation(opponent: Pixels, levels: list[float]) -> Pixels:
    from skimage.restoration import denoise_tv_chambolle

    planes = [denoise_tv_chambolle(opponent[:, :, c], weight=_VARIATION * levels[c]) for c in range(3)]
    return np.stack(planes, axis=2).astype(np.float32)


def _opponent_noise(pixels: Pixels) -> list[float]:
    return [noise_level_of_plane(_apply_color_matrix(pixels, row[None])) for row in _OPPONENT]


def _apply_color_matrix(pixels: Pixels, matrix: NDArray[np.float32]) -> Pixels:
    """Multiply each colour by a matrix."""
    return cv2.transform(pixels, matrix).astype(np.float32, copy=False)
