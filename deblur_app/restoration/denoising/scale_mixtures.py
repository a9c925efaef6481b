"""White noise taken out of one plane: Bayes least squares with Gaussian scale mixtures in an oriented pyramid.

Portilla, Strela, Wainwright and Simoncelli, "Image denoising using scale mixtures of Gaussians in the wavelet domain",
2003. A plane is split into bands of one scale and one orientation. In a band, a coefficient and its eight neighbours
are y = √z·u + w: a Gaussian vector u times a random strength √z, large at edges and small elsewhere, and noise w. The
estimate of the middle coefficient is its mean over all strengths given what was seen: ∫ p(z|y) E{x|y, z} dz.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

type Plane = NDArray[np.float32]
"""Float32, shape (height, width)."""

GRID = 16
"""Sides of a plane must be multiples of this, so that the coarsest scale has whole pixels."""

_SCALES = 4  # of the pyramid, each an octave
_ORIENTATIONS = 4  # of each scale
_STRENGTHS = np.exp(np.linspace(-8.0, 3.5, 12)).astype(np.float32)
"""The values of z, evenly spaced in the logarithm: the prior of z is Jeffreys's, 1/z, as in the publication."""

_CHUNK = 2048
"""Coefficients that are worked on at once: they stay in the processor's cache, and the products of matrices are small
enough that the linear algebra library does not start threads of its own beside those that work on other tiles."""


@dataclass(frozen=True, eq=False)
class _Band:
    """One scale and orientation.

    Attributes:
        mask: What it lets pass of the half spectrum, which is cropped to the frequencies of the scale.
        covariance: What white noise of standard deviation 1 has among nine neighbours, for the crop's own scaling.
    """

    mask: Plane
    covariance: NDArray[np.float64]


def denoise_plane(plane: Plane, noise: float) -> Plane:
    """Return `plane` without white Gaussian noise of standard deviation `noise`.

    The plane is taken to repeat beyond its borders and the statistics of the bands are those of the whole plane: it
    should be a tile with borders that are cut off afterwards.

    Args:
        plane: Shape (side, side), side a multiple of `GRID` and at least 64, in any unit.
        noise: In the unit of the plane; 0 leaves it as it is.
    """
    if noise <= 0:
        return plane
    side = len(plane)
    spectrum = scipy.fft.rfft2(plane.astype(np.float32, copy=False))
    cleaned = spectrum * _low(_radius(side, side), _SCALES - 1) ** 2
    for band in _bands(side):
        size = len(band.mask)
        part = _rows(size, side), slice(0, size // 2 + 1)
        values = scipy.fft.irfft2(spectrum[part] * band.mask, s=(size, size))
        shrunk = _shrunk(values, band.covariance * (noise * side / size) ** 2)
        cleaned[part] += scipy.fft.rfft2(shrunk) * band.mask
    result: Plane = scipy.fft.irfft2(cleaned, s=plane.shape)
    return result


@lru_cache(maxsize=4)
def _bands(side: int) -> tuple[_Band, ...]:
    """Return the bands of a pyramid over a square: their squared masks and that of the low pass sum to 1 everywhere."""
    bands = []
    for scale in range(_SCALES):
        size = side >> max(scale - 1, 0)
        radius, angle = _radius(size, side), _angle(size)
        ring = np.sqrt(1.0 - _low(radius, scale) ** 2)
        if scale:
            ring *= _low(radius, scale - 1)
        bands += [_band(ring * _sector(angle, number), size) for number in range(_ORIENTATIONS)]
    return tuple(bands)


def _band(mask: Plane, size: int) -> _Band:
    correlation = np.fft.irfft2(mask.astype(np.float64) ** 2, s=(size, size))
    steps = np.array([(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)])
    apart = steps[:, None] - steps[None]
    return _Band(mask.astype(np.float32), correlation[apart[..., 0] % size, apart[..., 1] % size])


@lru_cache(maxsize=8)
def _radius(size: int, side: int) -> Plane:
    """Return each frequency's distance from 0, in units of the finest: half spectrum of `side` cropped to `size`."""
    x, y = np.fft.rfftfreq(size, 0.5 / size) / side, np.fft.fftfreq(size, 0.5 / size) / side
    return np.hypot(y[:, None], x[None, :]).astype(np.float32)


def _angle(size: int) -> Plane:
    return np.arctan2(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]).astype(np.float32)


def _low(radius: Plane, scale: int) -> Plane:
    """Return a low pass: 1 up to half the finest frequency of a scale, falling to 0 at that frequency, 2^-scale."""
    octaves = np.log2(np.maximum(radius, 1e-9)) + scale
    return np.cos(np.pi / 2 * np.clip(octaves + 1.0, 0.0, 1.0)).astype(np.float32)


def _sector(angle: Plane, number: int) -> Plane:
    """Return the mask of the frequencies of one orientation; the squares of all sum to 1."""
    order = _ORIENTATIONS - 1
    lobes = [np.abs(np.cos(angle - np.pi * n / _ORIENTATIONS)) ** order for n in range(_ORIENTATIONS)]
    return (lobes[number] / np.sqrt(sum(lobe**2 for lobe in lobes))).astype(np.float32)


def _rows(size: int, side: int) -> slice | NDArray[np.intp]:
    """Return the rows of the lowest frequencies, of both signs."""
    return slice(0, side) if size == side else np.r_[0 : size // 2, side - size // 2 : side]


def _shrunk(band: Plane, noise: NDArray[np.float64]) -> Plane:
    """Return the expected middle coefficients by Bayes' rule.

    Args:
        band: Coefficients with noise.
        noise: Covariance of the noise among the nine coefficients of a neighbourhood.
    """
    size = len(band)
    wide = np.pad(band, 1, mode="wrap")
    neighbourhoods = np.empty((9, size * size), np.float32)
    for number in range(9):
        y, x = divmod(number, 3)
        neighbourhoods[number].reshape(size, size)[:] = wide[y : y + size, x : x + size]
    chunks = [slice(start, start + _CHUNK) for start in range(0, neighbourhoods.shape[1], _CHUNK)]
    covariance = np.zeros((9, 9))
    for chunk in chunks:
        covariance += neighbourhoods[:, chunk] @ neighbourhoods[:, chunk].T
    basis = _basis(covariance / neighbourhoods.shape[1], noise)
    if basis is None:
        return np.zeros_like(band)
    signal, mix, unmix = basis
    gain = _STRENGTHS[:, None] * signal  # z·λ, shape (strengths, 9)
    share = gain / (gain + 1) * mix
    depth, offset = -0.5 / (gain + 1), -0.5 * np.log(gain + 1).sum(axis=1, keepdims=True)
    result = np.empty(neighbourhoods.shape[1], np.float32)
    for chunk in chunks:
        part = unmix @ neighbourhoods[:, chunk]
        likely = depth @ (part * part) + offset
        likely -= likely.max(axis=0)
        np.exp(likely, out=likely)
        result[chunk] = (likely * (share @ part)).sum(axis=0) / likely.sum(axis=0)
    return result.reshape(band.shape)


def _basis(covariance: NDArray[np.float64], noise: NDArray[np.float64]) -> tuple[Plane, Plane, Plane] | None:
    """Return coordinates in which the noise is white and the signal's covariance is diagonal; None without a signal.

    Returns:
        The signal's variances λ, the row that makes the middle coefficient of coordinates, and the matrix that makes
        coordinates of a neighbourhood.
    """
    values, vectors = np.linalg.eigh(noise)
    root = vectors * np.sqrt(np.maximum(values, 1e-6 * values.max()))
    back = np.linalg.inv(root)
    signal, rotation = np.linalg.eigh(back @ (covariance - noise) @ back.T)
    if signal.max() <= 0:
        return None
    parts = np.maximum(signal, 0.0), (root @ rotation)[4], rotation.T @ back
    return parts[0].astype(np.float32), parts[1].astype(np.float32), parts[2].astype(np.float32)
