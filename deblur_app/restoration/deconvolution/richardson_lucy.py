"""Lucy-Richardson deconvolution: the likeliest scene, approached by multiplications, and stopped in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.acceleration import agreement
from deblur_app.restoration.numerics.blocks import convolution, convolve_blocks
from deblur_app.restoration.numerics.tiles import process_tiles
from deblur_app.restoration.numerics.total_variation import total_variation_curvature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside

type Borders = Literal["open", "dark"]
"""The choices for what is beyond the borders: a scene nobody saw, or nothing."""

MOST_ITERATIONS = 100
"""Iterations after which the search for the end stops, if the noise level is not reached before."""

_MOST_PIXELS = 4_000_000
"""Pixels that are worked on at once: a second for an iteration, and some 300 MB."""

_SAMPLE = 320  # side in pixels of the square that is looked at
_NEARLY_NOTHING = np.float32(1e-6)
"""Least light of the scene and of what is expected of it, 1 is white: the light is divided by it, and a factor never
lifts 0."""

_RECORDED = np.float32(0.01)
"""Share of its light that must have been recorded of a point for the photo to say anything about it."""

_PATIENCE, _STANDSTILL = 5, 0.98
"""Iterations within which the misfit must fall to this share, or more of them are worth nothing."""

_WHITE_POWER = 10  # exponent of the damping
_MOST_MOMENTUM = 0.99  # bound of the acceleration


@dataclass(frozen=True, eq=False)
class _Observation:
    """One channel of the photo, and what is held for known.

    Attributes:
        light: With room for the scene beyond the borders where they are open.
        weights: How much each pixel of `light` counts, in [0, 1]; None counts all as 1.
        gain: What a point of the scene must be multiplied with to make up for light that was not recorded, 0 where
            the photo says nothing about it; None where all was.
        kernel: Shape (n, n).
        inside: Where the photo lies in `light`.
        trust: How far each pixel of `light` is to be believed, in [0, 1], 1 beyond the photo; what is not counts as
            what the estimate gives for it, but where it clipped as no less than was seen. None believes all.
    """

    light: Pixels
    weights: Pixels | None
    gain: Pixels | None
    kernel: Kernel
    inside: Inside
    trust: Pixels | None = None


@dataclass(frozen=True)
class _Options:
    """The options that change the iteration; see `richardson_lucy`."""

    threshold: float
    total_variation: float
    is_accelerated: bool


def richardson_lucy(
    light: Pixels,
    kernel: Kernel,
    *,
    iterations: int | None = None,
    damping: float = 0.0,
    total_variation: float = 0.01,
    accelerated: bool = True,
    noise: float | None = None,
    weights: Pixels | None = None,
    trust: Pixels | None = None,
    borders: Borders = "open",
) -> Task[Pixels]:
    """Iterate as Richardson (1972) and Lucy (1974): x ← x · hᵀ∗(y / h∗x).

    It keeps light positive and needs no regularisation as long as it ends in time: by the discrepancy principle,
    when the estimate, blurred again, differs from the photo by no more than the noise.

    With open borders the scene goes on beyond the photo, as far as the kernel reaches, and there the photo counts
    nothing (Bertero and Boccacci, "A simple method for the reduction of boundary effects in the Richardson-Lucy
    approach to image deconvolution", 2005), so no frame of ripples appears. The textbook's iteration, to the letter,
    is that with `damping=0, total_variation=0, accelerated=False, borders="dark"`.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, at least 0.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        iterations: How many, at least 1; None stops at the noise level. Which iteration that is, is found on the part
            of the picture with the most contrast.
        damping: Differences between the photo and the blurred estimate below this many standard deviations of the
            noise change little, so that noise is not fitted (White, "Image restoration using the damped
            Richardson-Lucy method", 1994, with the squared difference for the likelihood); 0 for none.
        total_variation: Weight of total variation (Dey et al., "Richardson-Lucy algorithm with total variation
            regularization for 3D confocal microscope deconvolution", 2006), in [0, 0.1]; 0 for none.
        accelerated: Whether each step goes on in the direction of those before (Biggs and Andrews, "Acceleration of
            iterative image restoration algorithms", 1997): some 4 times fewer iterations.
        noise: Standard deviation of the noise in the units of `light`; None estimates it.
        weights: How much each pixel of the photo counts, in [0, 1], shape (height, width, channels) or with 1
            channel; 0 where it shows nothing of the scene. None counts all.
        trust: How far each pixel is to be believed, in [0, 1], shape (height, width, channels), as
            `saturation.weights` has it. Clipped pixels are believed to be at least as bright as they were seen, so
            that where all is white nothing becomes dark. None believes all.
        borders: “open”, or “dark” where there is no light beyond them, as around stars.

    Returns:
        A new array of the same shape, at least 0, nothing clipped above.
    """
    if noise is None:
        noise = noise_level(light) if iterations is None or damping else 0.0
    options = _Options(damping * noise, total_variation, accelerated)
    start = 0.0
    if iterations is None:
        part = _find_most_contrast(light)
        sample = _observe_channels(
            light[part], kernel, _slice_if_given(weights, part), _slice_if_given(trust, part), borders
        )
        iterations = yield from subtask(_count_iterations(noise, sample, options), 0.0, 0.3)
        start = 0.3
    count = iterations

    def restore(place: Inside) -> Task[Pixels]:
        seen = _observe_channels(
            light[place], kernel, _slice_if_given(weights, place), _slice_if_given(trust, place), borders
        )
        return _restore_channel(light[place], seen, options, count)

    # Tiles end in the middle of the scene, where it is not dark.
    most = _MOST_PIXELS if borders == "open" else light.shape[0] * light.shape[1]
    whole = process_tiles(light, len(kernel), restore, most_pixels=most)
    return (yield from subtask(whole, start, 1.0))


def _slice_if_given(values: Pixels | None, place: Inside) -> Pixels | None:
    return None if values is None else values[place]


def _observe_channels(
    light: Pixels, kernel: Kernel, weights: Pixels | None, trust: Pixels | None, borders: Borders
) -> Iterator[_Observation]:
    """Yield one observation for each channel, made when it is asked for."""
    for channel in range(light.shape[2]):
        one = fourier.of_channel(kernel, channel)
        plane = light[:, :, channel]
        weight = None if weights is None else weights[:, :, min(channel, weights.shape[2] - 1)]
        seen = (
            _observe_with_dark_borders(plane, weight, one)
            if borders == "dark"
            else _observe_with_open_borders(plane, weight, one)
        )
        if trust is not None and trust.min() < 1.0:
            whole = np.ones_like(seen.light)
            whole[seen.inside] = trust[:, :, channel]
            seen = replace(seen, trust=whole)
        yield seen


def _observe_with_dark_borders(plane: Pixels, weights: Pixels | None, kernel: Kernel) -> _Observation:
    everything = (slice(None), slice(None))
    gain = None if weights is None else _calculate_gain(weights, kernel)
    return _Observation(plane, weights, gain, kernel, everything)


def _observe_with_open_borders(plane: Pixels, weights: Pixels | None, kernel: Kernel) -> _Observation:
    half = len(kernel) // 2
    rim = (half,) * 4
    known = np.pad(np.ones_like(plane) if weights is None else weights, half)
    wide = cv2.copyMakeBorder(np.ascontiguousarray(plane), *rim, cv2.BORDER_REFLECT).astype(np.float32, copy=False)
    inside = tuple(slice(half, half + length) for length in plane.shape)
    return _Observation(wide, known, _calculate_gain(known, kernel), kernel, (inside[0], inside[1]))


def _calculate_gain(weights: Pixels, kernel: Kernel) -> Pixels:
    recorded = convolution(weights, kernel, mirrored=True)
    return np.where(recorded > _RECORDED, 1.0 / np.maximum(recorded, _RECORDED), 0.0).astype(np.float32)


def _restore_channel(light: Pixels, seen: Iterator[_Observation], options: _Options, iterations: int) -> Task[Pixels]:
    result = np.empty_like(light)
    total = light.shape[2] * iterations
    for channel, observation in enumerate(seen):
        estimate = _Estimate(observation, options)
        for done in range(iterations):
            stage = tr("Iteration {done} of {iterations}", done=done + 1, iterations=iterations)
            yield Progress((channel * iterations + done) / total, stage)
            estimate.step()
        result[:, :, channel] = estimate.scene[observation.inside]
    return result


def _count_iterations(noise: float, seen: Iterator[_Observation], options: _Options) -> Task[int]:
    """Count the iterations, at least 1, until the blurred estimate is as near to the photo as the noise, or stays."""
    estimates = [_Estimate(observation, options) for observation in seen]
    misfits: list[float] = []
    for done in range(MOST_ITERATIONS):
        yield Progress(done / MOST_ITERATIONS, tr("Choosing the number of iterations"))
        misfits.append(float(np.mean([estimate.step(measured=True) for estimate in estimates])))
        is_still = done >= _PATIENCE and misfits[-1] > _STANDSTILL * misfits[-1 - _PATIENCE]
        if misfits[-1] <= noise**2 or is_still:
            return max(done, 1)
    return MOST_ITERATIONS


class _Estimate:
    """The scene as far as it is known after some iterations.

    Attributes:
        scene: Light of the scene, of the shape of the observation.
    """

    def __init__(self, seen: _Observation, options: _Options) -> None:
        self._seen, self._options = seen, options
        mean = max(float(seen.light[seen.inside].mean(dtype=np.float64)), float(_NEARLY_NOTHING))
        self.scene = np.full(seen.light.shape, mean, np.float32)
        if seen.gain is not None:
            unseen = seen.gain == 0
            self.scene[unseen] = np.maximum(seen.light[unseen], _NEARLY_NOTHING)
        self._guess = self.scene
        self._change: Pixels | None = None

    def step(self, *, measured: bool = False) -> float:
        """Do one iteration.

        Args:
            measured: Whether to compare with the photo as well, which takes time of its own.

        Returns:
            The mean squared difference between the photo and what was estimated before it; 0 if it is not measured.
        """
        quotient, misfit = self._divide_by_reblurred(measured=measured)
        scene = self._multiply_guess(quotient)
        if self._options.total_variation:
            weight = np.float32(self._options.total_variation)
            scene /= np.maximum(1 - weight * total_variation_curvature(self._guess, weight), np.float32(0.2))
        if self._options.is_accelerated:
            self._guess = self._extrapolate(scene, quotient)
        else:
            self._guess = scene
        self.scene = scene
        return misfit

    def _divide_by_reblurred(self, *, measured: bool) -> tuple[Pixels, float]:
        """Return the photo over the blurred guess, and their mean squared difference if wanted."""
        seen, threshold = self._seen, self._options.threshold
        quotient = np.empty(seen.light.shape, np.float32)

        def compare(place: Inside, blurred: Pixels) -> tuple[float, float]:
            light = seen.light[place]
            expected = np.maximum(blurred, _NEARLY_NOTHING, out=blurred)
            part = np.divide(light, expected, out=quotient[place])
            weights = None if seen.weights is None else seen.weights[place]
            if seen.trust is not None:
                is_short = is_clipped(light) & (part > 1.0)
                trust = np.where(is_short, np.float32(1.0), seen.trust[place])
                part[:] = 1.0 + trust * (part - 1.0)
                weights = trust if weights is None else trust * weights
            sums = (0.0, 1.0)
            if threshold or measured:
                squares = np.square(np.subtract(light, expected, out=expected), out=expected)
                if threshold:
                    part[:] = _damp_ratio(part, squares, threshold)
                sums = _sum_weighted(squares, weights)
            if seen.weights is not None:
                part *= seen.weights[place]
            return sums

        squares, weights = np.sum(convolve_blocks(self._guess, seen.kernel, compare), axis=0)
        return quotient, float(squares / max(weights, 1.0))

    def _multiply_guess(self, quotient: Pixels) -> Pixels:
        """Return the guess times what the quotient, brought back to the scene, asks for."""
        # Without acceleration nobody needs the guess any more: the scene takes its place.
        is_free = self._guess is self.scene and not self._options.is_accelerated
        guess, gain = self._guess, self._seen.gain
        scene = guess if is_free else np.empty_like(guess)

        def multiply(place: Inside, factor: Pixels) -> None:
            np.maximum(factor, 0.0, out=factor)
            if gain is not None:
                factor *= gain[place]
                factor[gain[place] == 0] = 1.0
            np.multiply(guess[place], factor, out=scene[place])

        convolve_blocks(quotient, self._seen.kernel, multiply, mirrored=True)
        return scene

    def _extrapolate(self, scene: Pixels, change: Pixels) -> Pixels:
        """Return the estimate that the next step starts from: ahead of `scene` in the direction of the last two.

        Args:
            scene: The new estimate.
            change: An array that may be written to; it becomes the change of this step.
        """
        np.subtract(scene, self._guess, out=change)
        before, self._change = self._change, change
        if before is None:
            return scene
        guess: Pixels = scene - self.scene
        guess *= np.float32(agreement(change, before, most=_MOST_MOMENTUM))
        guess += scene
        np.maximum(guess, _NEARLY_NOTHING, out=guess)
        return guess


def _sum_weighted(squares: Pixels, weights: Pixels | None) -> tuple[float, float]:
    """Return the sum of the weighted squares and the sum of their weights."""
    if weights is None:
        return float(squares.sum(dtype=np.float64)), float(squares.size)
    return float(np.multiply(squares, weights).sum(dtype=np.float64)), float(weights.sum(dtype=np.float64))


def _damp_ratio(quotient: Pixels, squares: Pixels, threshold: float) -> Pixels:
    """Damp the quotient: draw it to 1 where the squared difference is below that of the threshold."""
    share = np.minimum(squares / np.float32(threshold**2), 1.0)
    strength = share ** (_WHITE_POWER - 1) * (_WHITE_POWER - (_WHITE_POWER - 1) * share)
    damped: Pixels = 1.0 + strength * (quotient - 1.0)
    return damped


def _find_most_contrast(light: Pixels) -> Inside:
    """Return the square with the most contrast, of those on a grid of three by three."""
    sides = [min(_SAMPLE, length) for length in light.shape[:2]]
    starts = [
        [round(step * (length - side) / 2) for step in range(3)]
        for length, side in zip(light.shape, sides, strict=False)
    ]
    places = [(slice(y, y + sides[0]), slice(x, x + sides[1])) for y, x in product(*starts)]
    return max(places, key=lambda place: float(light[place].std()))
