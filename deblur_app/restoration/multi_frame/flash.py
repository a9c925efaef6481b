"""A noisy photo in the light that was there and one with flash, combined: that light with the detail of the flash."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.denoising.denoise import in_tiles
from deblur_app.restoration.denoising.noise_by_brightness import falling, level, noise_by_brightness
from deblur_app.restoration.denoising.scale_mixtures import denoise_plane
from deblur_app.restoration.registration.local_shifts import estimate_kernel
from deblur_app.restoration.registration.registration import brightness, check_same_size, register_pictures

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_NEAR = 3
"""Radius in pixels of the window in which it is decided whether the flash explains the ambient light."""

_EXPLAINED = (1.5, 3.0)
"""Mean square of what the flash leaves unexplained, in units of the noise: trusted up to, not trusted from."""

_REGULAR = 1e-5
"""Variance of the flash photo below which its detail is taken for noise."""

_CUT = 1e-3
"""Share of pixels at 0 from which on noise counts as cut off there."""

_SAMPLES = 200_000  # pixels that a statistic is read from, about
_FEWEST = 300
"""Samples of dark parts that the noise there is read from."""

_KERNEL_SIDE = 1024
"""Long side in pixels of the middle part that the blur is estimated from."""

_BETTER = 0.97
"""Share of the unexplained power that must be left for a blur to be believed."""


def combine(
    ambient: Pixels, flash: Pixels, *, radius: int = 8, strength: float = 1.0, sharpen: bool = True
) -> Task[Pixels]:
    """Combine a photo in ambient light, noisy and perhaps slightly blurred, with one of the same scene with flash.

    Both show one surface in two lights, so in a small window the ambient light is a linear function of the flash
    photo: a·F + b for each channel, the guided filter (He, Sun and Tang 2013). Its result has the flash photo's detail
    and the ambient light's brightness and colour. Where it leaves more than noise - in shadows and reflexes of the
    flash, at shadows of the ambient light - the slope is set to 0 and what is left is denoised and put back, so that
    the ambient photo decides there; these are the masks of Petschnigg et al. 2004, whose task and that of Eisemann and
    Durand 2004 this is. For a blurred ambient photo the function is fitted to the flash photo under the same blur and
    applied to it without.

    Args:
        ambient: Linear light, shape (height, width, 3).
        flash: The same scene with flash, same shape; it is registered to `ambient`.
        radius: Windows of the fit have 2 radius + 1 pixels a side; larger ones take out more noise.
        strength: Factor on the noise level in what is put back, at least 0.
        sharpen: Whether a blur of the ambient photo is looked for and mended from the flash photo.

    Returns:
        Light of the same shape, the scene as `ambient` lights it.

    Raises:
        DeblurError: The sizes differ, or the two cannot be laid on each other.
    """
    check_same_size((ambient, flash))
    names = (tr("The photo with flash"), tr("the one without"))
    guide, inside = yield from subtask(register_pictures(flash, ambient, names=names), 0.0, 0.3)
    yield Progress(0.3, tr("Comparing the sharpness"))
    kernel = _estimate_relative_blur(ambient, guide, radius) if sharpen else None
    yield Progress(0.4, tr("Transferring detail"))
    explained = np.empty_like(ambient)
    detailed = np.empty_like(ambient)
    spread, energy = np.empty_like(ambient), np.zeros(ambient.shape[:2], np.float32)
    lost = is_clipped(guide.max(axis=2)) | ~inside  # a reflex of the lamp says nothing of the scene
    yield from subtask(_measure(ambient, guide, kernel, radius=radius, energy=energy, spread=spread), 0.4, 0.5)
    trust = _trust(energy, lost)
    for channel in range(ambient.shape[2]):
        yield Progress(0.5 + 0.05 * channel, tr("Transferring detail"))
        sharp = guide[:, :, channel]
        reblurred = _convolve(sharp, kernel)
        slope, offset = _fit(ambient[:, :, channel], reblurred, radius, trust)
        explained[:, :, channel] = slope * reblurred + offset
        detailed[:, :, channel] = explained[:, :, channel] if kernel is None else slope * sharp + offset
    residual = (ambient - explained) / spread
    cleaned = yield from subtask(in_tiles(residual, lambda colours: _denoise(colours, strength)), 0.65, 1.0)
    cleaned *= spread
    cleaned += detailed
    _blacken(cleaned, ambient, spread)
    return cleaned


def _estimate_relative_blur(ambient: Pixels, flash: Pixels, radius: int) -> Kernel | None:
    """Estimate the blur of the ambient photo against the one with flash, from the frame's middle; None without any.

    Noise makes any estimate; it counts if the blurred flash photo explains more of the ambient one.
    """
    height, width = ambient.shape[:2]
    top, left = max((height - _KERNEL_SIDE) // 2, 0), max((width - _KERNEL_SIDE) // 2, 0)
    middle = slice(top, top + _KERNEL_SIDE), slice(left, left + _KERNEL_SIDE)
    here, there = brightness(ambient[middle]), brightness(flash[middle])
    kernel = estimate_kernel(there, here, min(min(here.shape) // 12, 24))
    powers = []
    for blurred in (there, _convolve(there, kernel)):
        slope, offset = _fit(here, blurred, radius, None)
        powers.append(float(np.median((here - slope * blurred - offset) ** 2)))
    return kernel if powers[1] < _BETTER * powers[0] else None


def _measure(
    ambient: Pixels, flash: Pixels, kernel: Kernel | None, *, radius: int, energy: NDArray[np.float32], spread: Pixels
) -> Task[None]:
    """Fill `spread` with the noise of each pixel, and add to `energy` what the flash leaves unexplained around it.

    The energy is the mean square over a small window and the channels, in units of the noise.
    """
    channels = ambient.shape[2]
    for channel in range(channels):
        yield Progress(channel / channels, tr("Comparing the light"))
        here, reblurred = ambient[:, :, channel], _convolve(flash[:, :, channel], kernel)
        slope, offset = _fit(here, reblurred, radius, None)
        explained = slope * reblurred + offset
        residual = here - explained
        levels = level(explained, explained)
        step = max(int(np.sqrt(residual.size / _SAMPLES)), 1)
        sample = residual[::step, ::step].reshape(-1, 1), levels[::step, ::step].reshape(-1, 1)
        spread[:, :, channel] = noise_by_brightness(*sample)[:, 0][levels]
        residual /= spread[:, :, channel]
        energy += _mean(residual * residual, _NEAR) / np.float32(channels)


def _trust(energy: NDArray[np.float32], lost: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return how far the flash explains the ambient light, in [0, 1]: 0 where too much is left or it is clipped."""
    trust = falling(energy / np.float32(max(float(np.median(energy)), 1e-6)), *_EXPLAINED)
    trust *= falling(_mean(lost.astype(np.float32), _NEAR), 0.0, 0.25)
    return cv2.erode(trust, np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8)).astype(np.float32, copy=False)


def _fit(
    light: NDArray[np.float32], guide: NDArray[np.float32], radius: int, trust: NDArray[np.float32] | None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fit the slope and offset of the linear function of `guide` that is nearest to `light` around each pixel."""
    mean, mean_guide = _mean(light, radius), _mean(guide, radius)
    covariance = _mean(light * guide, radius) - mean * mean_guide
    variance = np.maximum(_mean(guide * guide, radius) - mean_guide * mean_guide, np.float32(0.0))
    slope = (covariance / (variance + np.float32(_REGULAR))).astype(np.float32, copy=False)
    if trust is not None:
        slope *= trust
    return _mean(slope, radius), _mean(mean - slope * mean_guide, radius)


def _blacken(cleaned: Pixels, ambient: Pixels, spread: Pixels) -> None:
    """Undo, in place, that noise cut off at 0 has a mean above 0: dark parts would be grey and of a wrong colour.

    Light μ under noise of standard deviation σ that is cut off at 0 has the mean μ·Φ(μ/σ) + σ·φ(μ/σ); a table turns it.
    All channels that were cut off are corrected: one that is left out would tint the dark.
    """
    step = max(int(np.sqrt(ambient.size / _SAMPLES)), 1)
    sample = (slice(None, None, step),) * 2
    is_cut = [ambient[..., c].min() >= 0 and (ambient[..., c][sample] == 0).mean() >= _CUT for c in range(3)]
    sigmas = [_dark_noise(cleaned[..., c][sample], spread[..., c][sample]) for c in range(3)]
    measured_sigmas = [sigma for sigma in sigmas if sigma is not None]
    if not measured_sigmas:
        return
    # A channel that is dark all over tells no noise of its own: it gets that of the others.
    sigma_of = [float(np.mean(measured_sigmas)) if sigma is None else sigma for sigma in sigmas]
    true = np.linspace(0.0, 4.0, 161)
    normal = np.array([0.5 * (1.0 + math.erf(t / math.sqrt(2.0))) for t in true])
    expected_level = true * normal + np.exp(-0.5 * true**2) / math.sqrt(2.0 * math.pi)
    for channel, sigma in enumerate(sigma_of):
        if is_cut[channel]:
            plane = cleaned[:, :, channel]
            dark = plane < 4 * sigma
            plane[dark] = np.interp(plane[dark] / sigma, expected_level, true) * sigma


def _dark_noise(light: NDArray[np.float32], noise: NDArray[np.float32]) -> float | None:
    """Return the noise of what is dark but hardly cut off; None where too little is."""
    certain = (light > 2 * noise) & (light < 6 * noise)
    return float(np.median(noise[certain])) if np.count_nonzero(certain) >= _FEWEST else None


def _denoise(opponent: Pixels, noise: float) -> Pixels:
    return np.stack([denoise_plane(opponent[:, :, c], noise) for c in range(3)], axis=2)


def _convolve(plane: NDArray[np.float32], kernel: Kernel | None) -> NDArray[np.float32]:
    if kernel is None:
        return plane
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])  # OpenCV correlates
    return cv2.filter2D(plane, -1, flipped, borderType=cv2.BORDER_REFLECT).astype(np.float32, copy=False)


def _mean(values: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    side = 2 * radius + 1
    return cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT).astype(np.float32, copy=False)
