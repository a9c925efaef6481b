"""The power spectrum of a blurred photograph, and the fit of a model of scene, blur and noise to it.

The mean spectrum of a scene falls off as a power of the frequency, more in some directions than in others. A blur
multiplies it with |H|², and noise adds a floor: P = S·|H|² + N. S and N are fitted for each H that is asked about, by
the likelihood of averaged periodograms (Whittle, "Estimation and information in stationary time series", 1953); what
remains unexplained says how well H fits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from deblur_app.core.colour import is_clipped
from deblur_app.core.picture import max_of_channels, mean_of_channels

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

type Values = NDArray[np.float64]
"""One number for each frequency."""

_WINDOW, _LARGE_WINDOW = 128, 256
"""Sides of a window in pixels: the large one, whose frequencies lie closer, where two fit along each axis."""

_MOST_CLIPPED = 0.02
"""Share of clipped pixels from which on a window is left out where others are better."""

_LOWEST = 3.0
"""Cycles per window below which the window itself shapes the spectrum."""

_AXES = 1.5
"""Cycles per window next to the axes that are left out: walls and horizons would outweigh everything there."""

_SHARE = 0.25
"""Share of the frequencies that count as independent: neighbours overlap under the window."""

_OUTLIER = 5.0
"""Ratio of measured to expected power from which on a frequency pulls no harder: a periodic pattern in the scene."""

_STEPS = 30  # of the fit, at most

# The mean and the spread of each coefficient of log S over photographs: level, exponent, fall-off of the lens in f²,
# and how level and exponent change with direction (cosine and sine of twice and of four times the angle).
_MEANS = np.array([0.0, 2.4, 5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
_SPREADS = np.array([10.0, 0.7, 3.5, 0.8, 0.8, 0.4, 0.4, 0.25, 0.25])  # the level is nearly free: exposure
_FLOOR_SPREAD = 0.3  # prior standard deviation of the logarithm of the noise
_PRECISION = np.append(_SPREADS, _FLOOR_SPREAD) ** -2.0


@dataclass(frozen=True, eq=False)
class PowerSpectrum:
    """The averaged power spectrum of a picture, one entry for each frequency that is worth looking at.

    Attributes:
        power: In units of its own.
        x: Cycles per pixel along x, to the right.
        y: Cycles per pixel along y, downwards.
        weight: How many independent measurements each entry stands for.
        side: Side in pixels of the windows that it was averaged over.
    """

    power: Values
    x: Values
    y: Values
    weight: float = _SHARE
    side: int = _LARGE_WINDOW

    @cached_property
    def radius(self) -> Values:
        """Cycles per pixel in the direction of each frequency."""
        return np.hypot(self.x, self.y)

    @cached_property
    def basis(self) -> Values:
        """The basis functions of log S, which the coefficients of the scene multiply: a row for each entry."""
        angle, octaves = np.arctan2(-self.y, self.x), np.log(self.radius / 0.05)
        twice, four_times = ((np.cos(n * angle), np.sin(n * angle)) for n in (2, 4))
        turned = (twice[0] * octaves, twice[1] * octaves)
        return np.column_stack([np.ones_like(octaves), -octaves, -(self.radius**2), *twice, *four_times, *turned])

    @cached_property
    def means(self) -> Values:
        """The prior means of the coefficients and of the logarithm of the noise, before anything is fitted."""
        return np.append(_MEANS, math.log(float(np.median(self.power[self.radius > 0.5])) + 1e-12))

    @cached_property
    def first_guess(self) -> Values:
        """The means, at the level of the coarse detail."""
        coarse = self.radius < 0.1
        guess = self.means.copy()
        guess[0] = float(np.mean(np.log(self.power[coarse] + 1e-12) - self.basis[coarse] @ _MEANS))
        return guess

    def sample(self, count: int) -> PowerSpectrum:
        """Return at most `count` of the entries, spread over all of them, with the weight of all."""
        if count >= len(self.power):
            return self
        some = np.sort(np.random.default_rng(0).choice(len(self.power), count, replace=False))
        weight = self.weight * len(self.power) / count
        return PowerSpectrum(self.power[some], self.x[some], self.y[some], weight, self.side)


@dataclass(frozen=True, eq=False)
class Fit:
    """The scene and the noise that explain a spectrum best under one blur.

    Attributes:
        misfit: Negative logarithm of the likelihood, up to a constant of the spectrum: the lower, the better.
        coefficients: Those of the scene, and the logarithm of the noise.
    """

    misfit: float
    coefficients: Values


def power_spectrum(light: Pixels) -> PowerSpectrum:
    """Return the mean over half-overlapping Hann windows; those with more signal than noise count alike, others less.

    A window has 256 pixels a side where at least two fit along each axis, else 128 or less.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
    """
    least = min(light.shape[:2])
    side = _LARGE_WINDOW if least >= 2 * _LARGE_WINDOW else min(_WINDOW, least)
    grey = mean_of_channels(light)
    hann = window_of(side)
    window = np.outer(hann, hann) / (hann @ hann)
    x, y = np.broadcast_arrays(scipy.fft.rfftfreq(side)[None, :], scipy.fft.fftfreq(side)[:, None])
    radius = np.hypot(x, y)
    middle, finest = (radius > _LOWEST / side) & (radius < 0.15), radius > 0.5
    powers = np.array([_periodogram(grey[place], window) for place in _places(light, side)])
    noise = float(np.median(powers[:, finest], axis=1).mean()) / math.log(2) + 1e-12
    level = np.exp(np.log(powers[:, middle] + noise).mean(axis=1))
    share = (level / (level + noise)) ** 2 / level
    power = np.tensordot(share, powers, axes=1) / (share @ level)
    is_used = (radius * side > _LOWEST) & (np.minimum(np.abs(x), np.abs(y)) * side > _AXES)
    return PowerSpectrum(power[is_used], x[is_used], y[is_used], side=side)


def fit(spectrum: PowerSpectrum, response: Values, start: Fit | None = None, *, tolerance: float = 0.02) -> Fit:
    """Fit scene and noise under the blur whose |H|² at the frequencies of `spectrum` is `response`.

    Fisher scoring on the Whittle likelihood with Gaussian priors; frequencies that stick out pull with bounded force.

    Args:
        spectrum: What was measured.
        response: |H|², one number for each entry.
        start: The fit under a similar blur, to begin with.
        tolerance: Gain of one step in the logarithm of the likelihood below which the fit is done.
    """
    at = spectrum.first_guess if start is None else start.coefficients
    misfit, slope, curvature = _likelihood(spectrum, response, at)
    for _ in range(_STEPS):
        step = np.linalg.solve(curvature, slope)
        length = 1.0
        while True:
            trial = at - length * step
            found = _likelihood(spectrum, response, trial)
            if found[0] <= misfit or length < 0.01:
                break
            length /= 2
        gain = misfit - found[0]
        if gain > 0:
            at, (misfit, slope, curvature) = trial, found
        if gain < tolerance:
            break
    return Fit(misfit, at)


def model_power(spectrum: PowerSpectrum, response: Values, fitted_model: Fit) -> Values:
    """Return the power S·|H|² + N that a fit expects at each frequency of `spectrum`.

    Args:
        spectrum: Where the frequencies are.
        response: |H|², one number for each entry.
        fitted_model: Scene and noise.
    """
    return _model_parts(spectrum, response, fitted_model.coefficients)[0]


def _model_parts(spectrum: PowerSpectrum, response: Values, at: Values) -> tuple[Values, Values, float]:
    """Return all power, that of the blurred scene, and that of the noise."""
    signal = np.exp(np.clip(spectrum.basis @ at[:-1], -60.0, 60.0)) * response
    noise = math.exp(min(max(at[-1], -60.0), 60.0))
    return signal + noise, signal, noise


def _likelihood(spectrum: PowerSpectrum, response: Values, at: Values) -> tuple[float, Values, Values]:
    """Return the misfit at some coefficients, its gradient, and its expected second derivatives."""
    expected, signal, noise = _model_parts(spectrum, response, at)
    ratio = spectrum.power / expected
    pull = np.minimum(ratio, _OUTLIER)
    # Up to the bound the likelihood; beyond it, what continues it with a constant slope in the logarithm.
    terms = pull + np.log(expected) + _OUTLIER * np.log(ratio / pull)
    off = at - spectrum.means
    misfit = spectrum.weight * float(terms.sum()) + 0.5 * float(_PRECISION @ off**2)
    jacobian = np.column_stack([spectrum.basis * (signal / expected)[:, None], noise / expected])
    slope = spectrum.weight * (jacobian.T @ (1.0 - pull)) + _PRECISION * off
    curvature = spectrum.weight * (jacobian.T @ jacobian) + np.diag(_PRECISION)
    return misfit, slope, curvature


def window_of(side: int) -> Values:
    """Return Hann's window along one axis, without its zeros."""
    return np.hanning(side + 2)[1:-1]


def _periodogram(grey: NDArray[np.float32], window: Values) -> Values:
    level = float((grey * window).sum() / window.sum())
    spectrum = scipy.fft.rfft2((grey - level) * window)
    power: Values = spectrum.real**2 + spectrum.imag**2
    return power


def _places(light: Pixels, side: int) -> list[tuple[slice, slice]]:
    """Return the windows, without those where too much is clipped as long as a quarter of them is left."""
    tops, lefts = (range(0, length - side + 1, side // 2) for length in light.shape[:2])
    places = [(slice(top, top + side), slice(left, left + side)) for top in tops for left in lefts]
    clipped = is_clipped(max_of_channels(light)).astype(np.float32)
    shares = np.array([clipped[place].mean() for place in places])
    bound = max(_MOST_CLIPPED, float(np.quantile(shares, 0.25)))
    return [place for place, share in zip(places, shares, strict=True) if share <= bound]
