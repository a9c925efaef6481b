"""A photograph as the blur network sees it: its mean logarithmic power spectrum, which scene and place hardly change.

A blur multiplies the spectrum of a scene by its transfer function: the zeros of a line lie on parallel lines, those of
a disk on rings, a Gaussian has none (Gennery, "Determination of optical transfer function by inspection of
frequency-domain plot", 1973; Cannon, "Blind deconvolution of spatially invariant image blurs with phase", 1976). The
mean over many windows (Welch, "The use of fast Fourier transform for the estimation of power spectra", 1967) leaves
little else.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from deblur_app.core.picture import mean_of_channels

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

type Features = NDArray[np.float16]
"""Shape (..., 128, 64, planes): frequency 0 at [64, 0], along y from -1/2 to 1/2 cycles per pixel, along x from 0 to
1/2. The other half of a spectrum mirrors this one."""

WINDOW = 128
"""Side in pixels of the windows that spectra are averaged over."""

CROP = 384
"""Side in pixels of the crops that the network learns from; smaller ones have fewer windows."""

PLANES = 2
"""The mean of the logarithms, and the logarithm of the weighted mean, which is lower between the windows' noises."""

SHAPE = (WINDOW, WINDOW // 2, PLANES)
"""Of the features of one crop."""

_STRIDE = 64
"""Pixels from one window to the next."""
_TINY = 1e-12
"""Far below the noise of any file, in the units of a periodogram."""


def features(light: Pixels) -> Features:
    """Return the input of the network for a crop.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, with sides of at least `WINDOW`.

    Returns:
        An array of shape `SHAPE`, natural logarithms with a mean of 0.
    """
    powers = _periodograms(mean_of_channels(light))
    noise = float(np.median(powers[:, _FINEST], axis=1).mean()) / math.log(2) + _TINY
    level = np.exp(np.log(powers[:, _MIDDLE] + noise).mean(axis=1))
    share = (level / (level + noise)) ** 2  # windows with more signal than noise count alike, others less
    mean = np.tensordot(share / level, powers, axes=1)
    logarithms = np.log(powers / level[:, None, None] + 1e-9)
    planes = np.log(mean / share.sum() + 1e-9), np.tensordot(share / share.sum(), logarithms, axes=1)
    return np.stack([_downsample_spectrum(plane) for plane in planes], axis=-1)


def rotate_features(spectra: Features, turns: int, *, mirrored: bool = False) -> Features:
    """Return the features of rotated pictures: their spectra rotate with them.

    Args:
        spectra: Features of any number of crops.
        turns: Quarter turns counter-clockwise.
        mirrored: Whether the pictures are mirrored left to right after that.
    """
    if turns % 2:
        spectra = _half(np.swapaxes(_upside_down(_whole(spectra)), -3, -2))
    return _upside_down(spectra) if mirrored else spectra


def _periodograms(grey: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return |F|² of each window, shape (windows, 128, 65)."""
    import scipy.fft  # here, because the window starts without it

    every = np.lib.stride_tricks.sliding_window_view(grey, (WINDOW, WINDOW))[::_STRIDE, ::_STRIDE]
    windows = every.reshape(-1, WINDOW, WINDOW)
    level = np.tensordot(windows, _HANN, axes=2) / _HANN.sum()
    spectra = scipy.fft.rfft2((windows - level[:, None, None]) * _HANN)
    power: NDArray[np.float32] = spectra.real**2 + spectra.imag**2
    return power


def _downsample_spectrum(power: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return a spectrum in the order of `Features`, with a mean of 0."""
    plane = np.fft.fftshift(power, axes=0)[:, : WINDOW // 2]
    return (plane - plane.mean()).astype(np.float16)


def _whole(half: Features) -> Features:
    """Return both halves: shape (..., 128, 128, planes), frequency 0 at [64, 64]; the column of -1/2 is a copy."""
    other = _upside_down(half)[..., ::-1, :]  # x from -63/128 to 0
    edge = half[..., -1:, :]
    return np.concatenate([edge, other[..., :-1, :], half], axis=-2)


def _half(whole: Features) -> Features:
    return whole[..., WINDOW // 2 :, :]


def _upside_down(spectra: Features) -> Features:
    """Return frequencies along y with their signs changed; frequency 0 and -1/2 stay in their rows."""
    return np.roll(spectra[..., ::-1, :, :], 1, axis=-3)


def _window() -> NDArray[np.float32]:
    hann = np.hanning(WINDOW + 2)[1:-1]
    return (np.outer(hann, hann) / (hann @ hann)).astype(np.float32)


_HANN = _window()
_RADIUS = np.hypot(*np.meshgrid(np.fft.rfftfreq(WINDOW), np.fft.fftfreq(WINDOW)))
_MIDDLE = (_RADIUS > 3 / WINDOW) & (_RADIUS < 0.15)
_FINEST = _RADIUS > 0.5
