"""Writing and drawing that was put on a blurred photo: date stamps, captions, watermarks, subtitles, arrows.

What was added after the blur is sharper than the blur allows, so no scene explains it, and restoring it rings far into
the photo. Leaving out what no scene explains is an idea of Cho, Wang and Lee ("Handling outliers in non-blind image
deconvolution", 2011). Here it is looked for before the restoration: fine detail that the blur would have taken away, in
groups of many pixels, that still stands out once the photo is completed from what lies around it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.restoration.denoising.noise_level import robust_deviation
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.borders import bounding_box
from deblur_app.restoration.numerics.tiles import process_tiles_in_threads
from deblur_app.restoration.unknown_pixels import imputation
from deblur_app.restoration.unknown_pixels.fine_detail import SHARP, find_fine_detail, measure_sampling_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside
    from deblur_app.restoration.unknown_pixels.frames import Mask

_CONTRADICTION = 0.045
"""Share of it that no scene explains, at least. One pixel in a thousand of a photo has more with a
kernel that is 17 % too short and turned by 6°."""

_SIGMAS = 8.0
"""Multiples of the noise that both must pass."""

_PROMINENT, _AROUND = 4.0, 101
"""Multiple of the mean of the fine detail in a square of so many pixels that some of writing has; the noise of dark
places has not, and is not worth a look."""

_CALM = 0.03
"""Weight of the squared differences of neighbours in the scene that is to explain the photo."""

_STANDS_OUT, _BESIDE = 0.07, 0.035
"""Difference of a pixel from the completed photo if it is writing, and beside such pixels."""

_FEW = 14
"""Pixels of a group, at least."""

_LEAST_TOGETHER, _BETWEEN = 500, 61
"""Pixels that writing in one place takes at least, with its rim; less is rather a reflex, and rings only nearby. Chosen
on the bundled sample, whose reflex takes 371; writing of the test pictures takes more. And the side in pixels of the
square by which writing is near enough to other writing to be in the same place: a large photo has reflexes all over."""

_NEAR, _GROWN = 9, 7
"""Sides in pixels of the squares by which pixels of a group are near each other, and by which writing is grown:
interpolation and JPEG mix it with what is beside it."""

_ROUNDS = 2
"""Times that it is looked for: what rings around the first finds hides the rest of large letters."""

_MOST = 0.2
"""Share of the photo that is covered at most; where more contradicts the blur, it is not that of this photo."""

_WHOLE, _MOST_COMPLETED, _CONTEXT = 2_000_000, 30_000_000, 4
"""Pixels of a photo that is completed as a whole; of a larger one, what is near writing, and for the memory no more
than the second; and sides of the kernel around writing."""

_HOLE = 400
"""Pixels within letters, at most, that belong to them."""

_CLIPPED, _LAMP, _FEW_CLIPPED = 0.97, 0.7, 0.08
"""Brightness of clipped pixels; what a photo that is completed around them has there if they are a lamp, which lights
what is beside it (0.76 to 0.9; of white writing 0.03 to 0.65, but on white); and their share in its group at least."""

_DARKER, _FEW_DARKER = 0.4, 0.15
"""Difference by which an outline of letters is darker than the completed photo, and its share in its group; no lamp has
any."""

_HALF, _MADE_OF_STREAKS = 0.5, 0.6
"""Share of the greatest value of the kernel that is still of its shape, and share of the clipped pixels of a group that
lie in such shapes if it is lamps: strokes of letters are thinner."""

_LEAST_LIGHT, _STEEPEST = 0.01, 6.0
"""Linear light below which the steps of sRGB are taken for those at it, and how large a step is there at most."""

_SHARP_SHARE = 0.35
"""Share of the pixels of a group that have fine detail in the photo at its own size, at least, where a reduced photo is
looked at. Letters on a shaken photo of 12 megapixels mostly have 0.37 to 0.86, the edges that a slightly wrong kernel
does not explain up to 0.33, but for small groups."""

_LEAST_REACH = 24  # least width of the border in pixels
_STAGE = tr_later("Looking for text")


@dataclass(frozen=True, eq=False)
class Overlay:
    """Writing on a photo.

    Attributes:
        mask: Where it is, shape (height, width).
        unknown: Where it is, or has mixed with the scene.
        pixels: The photo with its unknown pixels completed from the others, sRGB-encoded, shape (height, width, 3).
    """

    mask: Mask
    unknown: Mask
    pixels: Pixels


def find_overlay(pixels: Pixels, kernel: Kernel, *, is_sharp: Mask | None = None) -> Task[Overlay | None]:
    """Find what was written or drawn on a photo after it was blurred; None where there is nothing.

    Args:
        pixels: The photo, float32, shape (height, width, 3), sRGB-encoded, in [0, 1].
        kernel: How it was blurred, shape (n, n) or (n, n, 3).
        is_sharp: Where a photo that was made smaller had fine detail before, shape (height, width); see
            `fine_detail.find_sharp_places`. Writing has, and what is only as sharp as the reduced photo shows is an
            edge of the scene. None does not ask.
    """
    contradictions = yield from subtask(_contradictions(pixels, kernel, is_sharp), 0.0, 0.25)
    if not contradictions.any():
        return None
    box = _box_of_writing(contradictions, len(kernel))
    if box is None:
        return None
    looking = functools.partial(_contradictions, kernel=kernel, is_sharp=None if is_sharp is None else is_sharp[box])
    completing = _complete_around(pixels[box], contradictions[box], kernel, looking)
    overlay = yield from subtask(completing, 0.25, 1.0)
    return _in_whole_photo(overlay, pixels, box) if overlay else None


def _box_of_writing(contradictions: Mask, side: int) -> Inside | None:
    """Return the part of a photo that is completed: all of it, of a large one what is near contradictions.

    None where even that is too large: then no writing is told from the photo.
    """
    height, width = contradictions.shape
    if height * width <= _WHOLE:
        return slice(0, height), slice(0, width)
    rows, columns = bounding_box(contradictions, _AROUND + _CONTEXT * side)
    box = slice(rows.start, min(rows.stop, height)), slice(columns.start, min(columns.stop, width))
    area = (box[0].stop - box[0].start) * (box[1].stop - box[1].start)
    return box if area <= _MOST_COMPLETED else None


def _in_whole_photo(overlay: Overlay, pixels: Pixels, box: Inside) -> Overlay:
    """Return the writing of a part as that of the whole photo."""
    if overlay.pixels.shape == pixels.shape:
        return overlay
    mask, unknown = (np.zeros(pixels.shape[:2], np.bool_) for _ in range(2))
    mask[box], unknown[box] = overlay.mask, overlay.unknown
    completed = pixels.copy()
    completed[box] = overlay.pixels
    return Overlay(mask, unknown, completed)


def _complete_around(
    pixels: Pixels,
    contradictions: Mask,
    kernel: Kernel,
    look_again: Callable[[Pixels], Task[Mask]],
) -> Task[Overlay | None]:
    """Complete a photo around what contradicts its blur, look again, and return what is writing."""
    unknown = np.zeros(pixels.shape[:2], np.bool_)
    completed = pixels
    for number in range(_ROUNDS):
        start, middle, end = (part / _ROUNDS for part in (number, number + 0.5, number + 1.0))
        if number:
            contradictions = yield from subtask(look_again(completed), start, middle)
        if not contradictions.any():
            break
        unknown = _fill_holes(unknown | _dilate(contradictions, _GROWN))
        if unknown.mean() > _MOST:
            return None
        light = srgb_to_linear(imputation.fill_smoothly(pixels, unknown))
        light = yield from subtask(imputation.fill_by_blur(light, unknown, kernel), middle, end)
        completed = np.where(unknown[:, :, None], linear_to_srgb(np.clip(light, 0.0, 1.0)), pixels)
    return _overlay(pixels, completed, unknown, kernel)


def _overlay(pixels: Pixels, completed: Pixels, unknown: Mask, kernel: Kernel) -> Overlay | None:
    """Return the overlay: the unknown pixels without groups that are lamps, do not stand out, or are small and alone.

    None without any.
    """
    if not unknown.any():
        return None
    off = np.where(unknown, np.abs(pixels - completed).max(axis=2), 0.0)
    stands_out = off > _STANDS_OUT
    mask = stands_out | ((off > _BESIDE) & _dilate(stands_out, 3))
    count, labels = _groups(unknown)
    sizes = np.bincount(labels[mask], minlength=count)
    is_writing = (sizes >= _FEW) & ~_are_lamps(pixels, completed, mask, labels, kernel)
    is_writing[0] = False
    writing = is_writing[labels]
    unknown = unknown & writing
    places, place_of = _groups(unknown, _BETWEEN)
    writing &= (np.bincount(place_of[unknown], minlength=places) >= _LEAST_TOGETHER)[place_of]
    unknown &= writing
    if not (mask & writing).any():
        return None
    return Overlay(mask & writing, unknown, np.where(unknown[:, :, None], completed, pixels))


def _are_lamps(
    pixels: Pixels, completed: Pixels, overlay_mask: Mask, labels: NDArray[np.int32], kernel: Kernel
) -> NDArray[np.bool_]:
    """Return which groups are clipped lamps: they light what is beside them, or are made of pictures of the kernel."""

    def count_by_group(mask: Mask) -> NDArray[np.int64]:
        return np.bincount(labels[mask], minlength=int(labels.max()) + 1)

    sizes, darker = (
        count_by_group(overlay_mask),
        count_by_group(overlay_mask & ((completed - pixels).max(axis=2) > _DARKER)),
    )
    white = overlay_mask & (pixels.min(axis=2) > _CLIPPED)
    light = np.bincount(labels[white], completed.min(axis=2)[white], len(sizes))
    is_lit = (
        (count_by_group(white) > _FEW_CLIPPED * sizes)
        & (light > _LAMP * count_by_group(white))
        & (darker < _FEW_DARKER * sizes)
    )
    clipped = pixels.max(axis=2) > _CLIPPED
    grey = kernel if kernel.ndim == 2 else kernel.mean(axis=2)
    reach = (grey >= _HALF * grey.max()).astype(np.uint8)
    streaks = cv2.dilate(cv2.erode(clipped.astype(np.uint8), reach), reach[::-1, ::-1].copy()).astype(np.bool_)
    bright = count_by_group(overlay_mask & clipped)
    is_streak = (bright > _FEW_CLIPPED * sizes) & (
        count_by_group(overlay_mask & clipped & streaks) > _MADE_OF_STREAKS * bright
    )
    result: NDArray[np.bool_] = is_lit | is_streak
    return result


def _contradictions(pixels: Pixels, kernel: Kernel, is_sharp: Mask | None) -> Task[Mask]:
    """Find fine detail that no scene explains, in groups, which are sharp in the photo before it was made smaller."""
    fine = yield from find_fine_detail(pixels)
    sharp = fine > SHARP
    if np.count_nonzero(sharp) < _FEW:
        return np.zeros_like(sharp)
    sharp &= fine > _SIGMAS * _estimate_deviation(fine)
    worth = _remove_sparse_pixels(sharp & (fine > _PROMINENT * cv2.blur(fine, (_AROUND, _AROUND))))
    if not worth.any():
        return worth

    def look(place: Inside) -> Task[Pixels]:
        yield Progress(0.0, tr(_STAGE))
        if not worth[place].any():
            return np.zeros((*sharp[place].shape, 1), np.float32)
        return _measure_unexplained(pixels[place], kernel)

    shape = np.broadcast_to(np.float32(0.0), (*sharp.shape, 1))
    unexplained = (yield from process_tiles_in_threads(shape, len(kernel), look))[:, :, 0]
    unexplained_detail = _remove_sparse_pixels(sharp & (unexplained > _CONTRADICTION))
    return unexplained_detail if is_sharp is None else _remove_soft_groups(unexplained_detail, is_sharp)


def _measure_unexplained(pixels: Pixels, kernel: Kernel) -> Pixels:
    """Return what of each pixel no scene explains, sRGB-encoded, shape (height, width, 1); 0 where it may be noise."""
    light = srgb_to_linear(pixels)
    frame, inside = fourier.pad_periodic(light, max(len(kernel), _LEAST_REACH))
    shape = (frame.shape[0], frame.shape[1])
    transfer = fourier.per_channel(fourier.transfer_function(kernel, shape))
    power = np.square(transfer.real) + np.square(transfer.imag)
    calm = np.float32(_CALM) * fourier.roughness(shape)[:, :, None]
    spectrum = fourier.transform(frame)
    spectrum *= calm / (power + calm)
    residual = np.abs(fourier.inverse(spectrum, shape, overwrite=True)[inside])
    local = np.maximum(cv2.blur(light, (5, 5)), np.float32(_LEAST_LIGHT))
    slope = np.minimum(np.power(local, np.float32(1 / 2.4 - 1.0)) / np.float32(2.4), np.float32(_STEEPEST))
    level = _SIGMAS * np.array([_estimate_deviation(residual[:, :, channel]) for channel in range(3)], np.float32)
    values: Pixels = np.where(residual > level, residual * slope, np.float32(0.0)).max(axis=2, keepdims=True)
    return values


def _estimate_deviation(sizes: Pixels) -> float:
    """Return the standard deviation of noise of such sizes."""
    step = measure_sampling_step(sizes.size)  # a median of many more says the same
    return robust_deviation(sizes[::step, ::step])


def _dilate(mask: Mask, side: int) -> Mask:
    return cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)).astype(np.bool_)


def _groups(mask: Mask, near: int = _NEAR) -> tuple[int, NDArray[np.int32]]:
    """Return the number of groups of near pixels plus one, and the label of the group of each pixel, 0 for none."""
    count, labels = cv2.connectedComponents(_dilate(mask, near).astype(np.uint8))
    return count, np.asarray(labels, np.int32)


def _remove_sparse_pixels(mask: Mask) -> Mask:
    """Return the mask without pixels that have few others near."""
    count, labels = _groups(mask)
    result: Mask = mask & (np.bincount(labels[mask], minlength=count) >= _FEW)[labels]
    return result


def _remove_soft_groups(mask: Mask, is_sharp: Mask) -> Mask:
    """Return the mask without groups of which too few pixels are sharp."""
    count, labels = _groups(mask)
    sizes, sharp = (np.bincount(labels[each], minlength=count) for each in (mask, mask & is_sharp))
    result: Mask = mask & (sharp >= _SHARP_SHARE * sizes)[labels]
    return result


def _fill_holes(mask: Mask) -> Mask:
    """Return the mask with small holes filled, such as the insides of letters."""
    _, labels, figures, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=4)
    is_hole = figures[:, cv2.CC_STAT_AREA] < _HOLE
    is_hole[0] = False
    result: Mask = mask | is_hole[labels]
    return result
