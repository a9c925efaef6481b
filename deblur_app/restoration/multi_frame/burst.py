"""A burst of short exposures, merged into one picture with less noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.denoising.noise_by_brightness import falling, level, noise_by_brightness
from deblur_app.restoration.registration.alignment import sharpness
from deblur_app.restoration.registration.registration import brightness, check_same_size, register_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_WINDOW = 7
"""Side in pixels of the window that decides whether a place shows the same in two frames."""

_ENERGY = (1.5, 2.5)
"""Mean squared difference in a window, in units of what noise makes of it: accepted up to, rejected from."""

_OFFSET = (4.0, 9.0)
"""Square of the mean difference in a window, in such units."""

_SHARP_ENOUGH = 0.7
"""Share of the reference's sharpness that a frame must have to be of use."""

_BAND = 256  # rows that are worked on at a time
_MOST_SAMPLES = 200_000  # pixels that a statistic is read from, about
_STEADY = 0.003
"""Change of the exposure below which it is left alone."""


def merge(lights: Sequence[Pixels], *, reference: int | None = None) -> Task[Pixels]:
    """Merge short exposures of one scene: the noise falls with the root of their number, what moved leaves no ghost.

    Every frame is registered to the reference, brought to its exposure, and added with a weight for each pixel:
    1 where its difference to the reference in a small window is no more than noise makes (in energy and in mean),
    0 where it is clearly more. Frames that are much less sharp than the reference are left out. In the spirit of
    Hasinoff et al., "Burst photography for high dynamic range and low-light imaging on mobile cameras", 2016, whose
    robust merge works on the frequencies of tiles instead.

    Args:
        lights: At least two arrays of linear light, one shape (height, width, channels).
        reference: Index of the frame that the others are laid on; None takes the sharpest.

    Returns:
        The merged light, of the same shape.

    Raises:
        DeblurError: There are too few, their sizes differ, or one cannot be laid on the reference.
    """
    check_same_size(lights)
    details = yield from subtask(sharpnesses(lights), 0.0, 0.05)
    if reference is None:
        reference = int(np.argmax(details))
    base = lights[reference]
    total, weights = base.copy(), np.ones(base.shape[:2], np.float32)
    enough = _SHARP_ENOUGH * details[reference]
    others = [index for index in range(len(lights)) if index != reference]
    for number, index in enumerate(others):
        start, width = 0.05 + 0.95 * number / len(others), 0.95 / len(others)
        names = (tr("Picture {index}", index=index + 1), tr("picture {reference}", reference=reference + 1))
        laid, inside = yield from subtask(
            register_pictures(lights[index], base, names=names), start, start + 0.7 * width
        )
        if details[index] >= enough:
            work = _add(total, weights, laid, inside, base)
            yield from subtask(work, start + 0.7 * width, start + width)
    total /= weights[:, :, None]
    return total


def sharpnesses(lights: Sequence[Pixels]) -> Task[list[float]]:
    """Measure the sharpness of each picture: the strength of its finest detail against its contrast."""
    values = []
    for number, light in enumerate(lights):
        yield Progress(number / len(lights), tr("Looking for the sharpest picture"))
        values.append(sharpness(brightness(light)))
    return values


def _add(
    total: Pixels, weights: NDArray[np.float32], frame: Pixels, inside: NDArray[np.bool_], base: Pixels
) -> Task[None]:
    """Add `frame` to `total` and its weights to `weights`, both in place, band by band."""
    yield Progress(0.0, tr("Measuring the noise"))
    gain = _gain(frame, base, inside)
    spread = _noise_by_brightness(frame, base, inside, gain)
    yield Progress(0.2, tr("Measuring the noise"))
    scale = _usual(frame, base, inside, gain, spread)
    reach = _WINDOW // 2
    for wide, band in _bands(len(base), reach):
        yield Progress(0.3 + 0.7 * band.start / len(base), tr("Merging"))
        lit = frame[wide] * gain
        energy, offset = _differences(lit, base[wide], spread)
        weight = falling(energy / scale[0], *_ENERGY) * falling(offset / scale[1], *_OFFSET) * inside[wide]
        inner = slice(band.start - wide.start, band.stop - wide.start)
        total[band] += lit[inner] * weight[inner, :, None]
        weights[band] += weight[inner]


def _gain(frame: Pixels, base: Pixels, inside: NDArray[np.bool_]) -> np.float32:
    """Return the gain that brings the frame to the base's exposure: the median ratio of the mid-tones."""
    step = _step(inside)
    there, here = (light[::step, ::step].mean(axis=2)[inside[::step, ::step]] for light in (frame, base))
    usable = (np.minimum(there, here) > 0.05) & (np.maximum(there, here) < 0.9)
    if usable.sum() < 1000:
        return np.float32(1.0)
    ratio = float(np.median(here[usable] / there[usable]))
    return np.float32(ratio if abs(ratio - 1.0) > _STEADY else 1.0)


def _noise_by_brightness(frame: Pixels, base: Pixels, inside: NDArray[np.bool_], gain: np.float32) -> Pixels:
    """Return the standard deviation of the difference that noise makes, by level of brightness and channel."""
    step = _step(inside)
    mask = inside[::step, ::step]
    here, there = base[::step, ::step][mask], frame[::step, ::step][mask] * gain
    return noise_by_brightness(there - here, level(here, there))


def _usual(
    frame: Pixels, base: Pixels, inside: NDArray[np.bool_], gain: np.float32, spread: Pixels
) -> tuple[float, float]:
    """Return the usual energy and offset where noise alone makes them: neighbouring pixels may share it."""
    height, width = inside.shape
    energies, offsets = [], []
    side = 96
    for top in np.linspace(0, max(height - side, 0), 6).astype(int):
        for left in np.linspace(0, max(width - side, 0), 6).astype(int):
            part = slice(top, top + side), slice(left, left + side)
            energy, offset = _differences(frame[part] * gain, base[part], spread)
            energies.append(energy[inside[part]])
            offsets.append(offset[inside[part]])
    energy, offset = np.concatenate(energies), np.concatenate(offsets)
    channels = base.shape[2]
    typical = 1.0 - 2.0 / (9.0 * channels)  # the median of a mean of squares of that many Gaussian numbers
    return max(float(np.median(energy)), 1.0), max(float(np.median(offset)) / typical**3, 1.0)


def _differences(frame: Pixels, base: Pixels, spread: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return energy and offset of the difference in the window around each pixel; both 1 on average for white noise."""
    levels = level(base, frame)
    channels = base.shape[2]
    energy, offset = np.zeros(base.shape[:2], np.float32), np.zeros(base.shape[:2], np.float32)
    for channel in range(channels):
        apart = (frame[:, :, channel] - base[:, :, channel]) / spread[:, channel][levels[:, :, channel]]
        energy += _mean(apart * apart)
        offset += _mean(apart) ** 2 * np.float32(_WINDOW**2)
    return energy / channels, offset / channels


def _mean(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return cv2.blur(values, (_WINDOW, _WINDOW), borderType=cv2.BORDER_REFLECT).astype(np.float32, copy=False)


def _step(inside: NDArray[np.bool_]) -> int:
    return max(int(np.sqrt(inside.size / _MOST_SAMPLES)), 1)


def _bands(rows: int, reach: int) -> Iterator[tuple[slice, slice]]:
    """Yield bands of rows, each with the wider one that windows at its rims see."""
    for start in range(0, rows, _BAND):
        stop = min(start + _BAND, rows)
        yield slice(max(start - reach, 0), min(stop + reach, rows)), slice(start, stop)
