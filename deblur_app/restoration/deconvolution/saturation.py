"""Highlights that the photograph clipped: they say “at least white”, and taken at their word they ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import CLIPPED, is_clipped
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.acceleration import agreement
from deblur_app.restoration.numerics.borders import bounding_box
from deblur_app.restoration.numerics.tiles import process_tiles_in_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside, Spectrum

_SOFT = np.float32(0.06)
"""Light below the clipped over which trust grows from 0 to 1."""

_NEIGHBOURHOOD = 3  # side in pixels of the square around a clipped pixel that counts as beside it
LAMP = 2.0
"""Light of the scene above which it is a lamp: noise brings white surfaces above white too, but not so far."""

STRICT = 0.5
"""Light left of lamps for linear filters: the less, the less they ring, as those ring at any strong edge."""

_ITERATIONS = 60  # of accelerated Richardson-Lucy, at most
_FEW_ITERATIONS = 15  # after which the brightest spot is looked at
_DIM = 1.5
"""Brightness that the brightest spot has passed after a few iterations if it becomes a lamp: lamps then have 2.5 to 19,
white surfaces 1.1 to 1.5."""

_DARK = np.float32(1e-3)
"""Light below which Richardson-Lucy must not divide."""

_CONTRADICTION = 0.2
"""Share of the contrast around what is clipped that is left unexplained by lamps if these are to be believed.

Measured: 0.01 to 0.02 for lamps; up to 0.16 with a kernel that is too long by a quarter or turned by 8°; 0.2 to 0.9 for
pages, chequers and other pictures of two tones, whose edges no lamp under a blur can draw.
"""

_MOST_PIXELS = 300_000
"""Pixels that are looked at at once: small tiles, as most of them have no lamp and are done at once."""

_CONTEXT = 3
"""Sides of the kernel around what is clipped that are looked at: what lamps lit, and what is known of that.

All of a tile would lower the error by 2 % at most, in twice the time.
"""

_SHARE = 0.3
"""Share of the time that finding the highlights takes."""


def weights(light: Pixels) -> Pixels:
    """Return the weight of each pixel: 0 where it is clipped, gradually less just beside, 1 elsewhere.

    A neighbour is doubted only as far as it is bright itself: beside a lamp, interpolation and JPEG mix its light
    into pixels that are nearly white, while the dark ones around it tell where its light went. What is clipped in
    one channel is doubted in that channel.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, white at 1.

    Returns:
        An array of the same shape, in [0, 1].
    """
    clipped = is_clipped(light)
    if not clipped.any():
        return np.ones_like(light)
    near = _dilate(clipped, np.ones((_NEIGHBOURHOOD, _NEIGHBOURHOOD), np.uint8))
    trust = np.clip((CLIPPED - light) / _SOFT, 0.0, 1.0)
    return np.where(near, trust, np.float32(1.0)).astype(np.float32, copy=False)


def impute_clipped(light: Pixels, expected: Pixels, trust: Pixels) -> Pixels:
    """Return `light` where it is trusted; elsewhere the `expected` value, where clipped no less than was seen.

    Args:
        light: What was photographed, any shape.
        expected: What the current solution would give, same shape.
        trust: How far `light` is to be believed, in [0, 1], same shape.
    """
    gap = expected - light
    np.maximum(gap, 0.0, out=gap, where=is_clipped(light))
    gap *= 1.0 - trust
    gap += light
    return gap


type Solve = Callable[[Pixels], Task[Pixels]]
"""Deconvolves what it is given."""

type Parts = tuple[Pixels, Pixels]
"""A photograph without its lamps, blurred, and how far those were above it, sharp; see `split_highlights`."""


def deconvolve_with_highlights(light: Pixels, kernel: Kernel, solve: Solve, *, left: float = LAMP) -> Task[Pixels]:
    """Deconvolve with a method that knows nothing of clipping, without ringing around clipped highlights.

    Lamps are found first, as bright as the light around them says they were, by `split_highlights`. What is too bright
    of them is taken out of the photograph, so that `solve` meets neither clipped pixels nor lamps many times brighter
    than white, and is put back into its solution. A picture without clipped pixels goes to `solve` as it is.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, white at 1.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        solve: A task that deconvolves what it is given, same shape.
        left: Light that is left of lamps and of what is close to them, above 0 and at most 2.

    Returns:
        The solution of `solve` with the excess light of the highlights, which is far above 1 there.
    """
    (solution,) = yield from deconvolve_each_with_highlights(light, kernel, [(solve, left)])
    return solution


def deconvolve_each_with_highlights(
    light: Pixels, kernel: Kernel, methods: Sequence[tuple[Solve, float]]
) -> Task[list[Pixels]]:
    """Do `deconvolve_with_highlights` for several methods, each with its own `left`; the lamps are looked for once.

    Returns:
        The solution of each.
    """
    has_clipped = bool(is_clipped(light).any())
    start = _SHARE if has_clipped else 0.0
    lefts = [left for _, left in methods]
    parts: list[Parts | None] = [None] * len(methods)
    if has_clipped:
        parts = list((yield from subtask(split_highlights(light, kernel, lefts), 0.0, start)))
    solutions = []
    for number, ((solve, _), part) in enumerate(zip(methods, parts, strict=True)):
        begin, end = (start + (1.0 - start) * n / len(methods) for n in (number, number + 1))
        solution = yield from subtask(solve(part[0] if part else light), begin, end)
        solutions.append(solution + part[1] if part else solution)
    return solutions


def split_highlights(light: Pixels, kernel: Kernel, lefts: Sequence[float] = (LAMP,)) -> Task[list[Parts]]:
    """Split the photograph into a rest with lamps no brighter than `lefts`, and the excess of their light above that.

    A lamp is what was more than twice white.

    Clipped pixels count as “at least white”: Richardson-Lucy iterations, which keep light non-negative and
    concentrate it, look at them only while they are too dark, as Whyte, Sivic and Zisserman, "Deblurring shaken and
    partially saturated images" (2014), leave them out. They are accelerated after Biggs and Andrews (1997), and end
    early where no lamp shows.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, white at 1.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        lefts: Light that is left of lamps and of what is within reach of them, above 0 and at most 2; several give
            several answers for little more time. White surfaces stay as they are.

    Returns:
        For each, the rest, blurred, with clipped pixels filled in; and the excess, sharp, at least 0, above 0 only
        within reach of lamps that clipped. Both of the shape of `light`: light ≈ min(rest + kernel ∗ excess, 1).
    """
    channels = light.shape[2]
    count = 2 * len(lefts)  # pictures that come out, one behind the other in the channels

    def part(place: Inside) -> Task[Pixels]:
        photo = light[place]
        parts = np.concatenate([photo, np.zeros_like(photo)] * len(lefts), axis=2)
        for channel in range(channels):
            clipped = is_clipped(photo[:, :, channel])
            if clipped.any():
                box = bounding_box(clipped, _CONTEXT * len(kernel))
                split = _split_channel(photo[*box, channel], fourier.of_channel(kernel, channel), lefts)
                planes = yield from subtask(split, channel / channels, (channel + 1) / channels)
                parts[*box, channel::channels] = np.stack(planes, axis=2)
        return parts

    shape = np.broadcast_to(np.float32(0.0), (*light.shape[:2], count * channels))
    parts = yield from process_tiles_in_threads(shape, len(kernel), part, most_pixels=_MOST_PIXELS)
    planes = [parts[:, :, start : start + channels] for start in range(0, count * channels, channels)]
    return list(zip(planes[::2], planes[1::2], strict=True))


def _split_channel(light: Pixels, kernel: Kernel, lefts: Sequence[float]) -> Task[list[Pixels]]:
    """Return the rest and the excess of one channel, for each of `lefts`."""
    framed, inside = fourier.pad_periodic(light[:, :, None], len(kernel))
    frame = framed[:, :, 0]
    transfer = fourier.transfer_function(kernel, frame.shape)
    trust = np.zeros_like(frame)
    trust[inside] = weights(light[:, :, None])[:, :, 0]
    clipped = np.zeros(frame.shape, np.bool_)
    clipped[inside] = is_clipped(light)
    reach = np.ones(kernel.shape, np.uint8)
    near = _dilate(clipped, reach)  # elsewhere what is bright is amplified noise
    scene = yield from _bright(_Clipped(frame, trust, clipped, near), transfer)
    expected = _filter(scene, transfer)[inside]
    if _contradiction(light, expected, trust[inside], near[inside]) > _CONTRADICTION:
        return [light, np.zeros_like(light)] * len(lefts)
    whole = impute_clipped(light, expected, trust[inside])
    lamps = near & _dilate(near & (scene > LAMP), reach)
    if not lamps.any():
        return [whole, np.zeros_like(whole)] * len(lefts)
    parts = []
    for left in lefts:
        excess = np.maximum(scene - np.float32(left), 0.0)
        excess[~lamps] = 0.0
        parts += [whole - _filter(excess, transfer)[inside], excess[inside]]
    return parts


def _contradiction(light: Pixels, expected: Pixels, trust: Pixels, near: NDArray[np.bool_]) -> float:
    """Return the misfit of a scene with lamps near clipped pixels: 0 if it explains all light, 1 if none of it."""
    gap = np.where(is_clipped(light), np.minimum(expected - light, 0.0), trust * (expected - light))[near]
    return float(np.sqrt(np.mean(np.square(gap)))) / max(float(light[near].std()), float(_DARK))


@dataclass(frozen=True, eq=False)
class _Clipped:
    """One channel of a photograph within a frame.

    Attributes:
        frame: Its light.
        trust: How far each pixel is to be believed, in [0, 1].
        clipped: Where it is clipped.
        near: What is within reach of that.
    """

    frame: Pixels
    trust: Pixels
    clipped: NDArray[np.bool_]
    near: NDArray[np.bool_]


def _bright(photo: _Clipped, transfer: Spectrum) -> Task[Pixels]:
    """Iterate accelerated Richardson-Lucy on what is trusted, and on clipped pixels while below what was seen."""
    photo_levels: Pixels = np.maximum(photo.frame, _DARK)
    back = np.conj(transfer)
    untrusted = np.flatnonzero(photo.trust.ravel() < 1.0)
    # These few alone need another look than "as far as it is trusted".
    trust, seen_there = photo.trust.ravel()[untrusted], photo_levels.ravel()[untrusted]
    clipped_there = photo.clipped.ravel()[untrusted]
    point = before = photo_levels
    step = np.zeros_like(photo_levels)
    for number in range(_ITERATIONS):
        yield Progress(number / _ITERATIONS, tr("Finding highlights"))
        if number == _FEW_ITERATIONS and point[photo.near].max() < _DIM:
            break
        expected = _filter(point, transfer)
        np.maximum(expected, _DARK, out=expected)
        is_short = clipped_there & (expected.ravel()[untrusted] < seen_there)
        ratio = np.divide(photo_levels, expected, out=expected)
        say = np.where(is_short, np.float32(1.0), trust)
        ratio.ravel()[untrusted] = 1.0 + say * (ratio.ravel()[untrusted] - 1.0)
        scene = _filter(ratio, back)
        np.maximum(scene, 0.0, out=scene)
        scene *= point
        last, step = step, scene - point
        ahead = np.subtract(scene, before, out=ratio)
        ahead *= np.float32(agreement(step, last, most=1.0))
        ahead += scene
        point, before = np.maximum(ahead, 0.0, out=ahead), scene
    return point


def _filter(plane: Pixels, transfer: Spectrum) -> Pixels:
    spectrum = fourier.transform(plane)
    spectrum *= transfer
    return fourier.inverse(spectrum, plane.shape, overwrite=True)


def _dilate(mask: NDArray[np.bool_], element: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return cv2.dilate(mask.astype(np.uint8), element).reshape(mask.shape).astype(np.bool_)
