"""A synthetic pair: a crop of a sharp photograph, and what blur, noise and JPEG make of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kinds
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end
from training.synthetic.psf_errors import perturb_kernel
from training.synthetic.recipe import draw_pair, photo_of, value_between
from training.synthetic.scene_pair import crop_scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kinds import Blur
    from training.synthetic.recipe import Draw, Recipe

_LEVEL_ERROR = 0.15
"""Standard deviation of the logarithm of what a noise level is multiplied with in training: nobody who names the
noise of a photograph knows it exactly, whether person or program."""

_SURROUNDINGS = 16
"""Pixels around a crop that are deconvolved with it: most crops do not lie at the border of their photograph."""


def make_crop_pairs(
    photo: Callable[[int], NDArray[np.uint8]], count: int, recipe: Recipe, numbers: Sequence[int]
) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Make the pairs of some numbers, see `make_pair`; crops of one realistic photo are made together."""
    if recipe.is_scene:
        return crop_scenes(photo, count, recipe, numbers)
    return [make_pair(photo, count, recipe, number) for number in numbers]


def make_pair(
    photo: Callable[[int], NDArray[np.uint8]], count: int, recipe: Recipe, number: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Make pair number `number` of an endless sequence; it depends on the recipe, the photographs and the number alone.

    Only a patch is blurred: the crop and a margin as wide as the blur reaches. Where the recipe is one for
    deconvolution, the blurred crop has nine channels: the quiet and the crisp picture that
    `network_inputs` makes of it, sRGB-encoded, with a kernel and a noise level that may be a
    little wrong; then itself.

    Args:
        photo: Gives a photograph by its index, as uint8 of shape (height, width, 3).
        count: How many photographs there are.
        recipe: How pairs are made.
        number: From 0.

    Returns:
        The blurred crop, uint8 of shape (side, side, `recipe.channels`), and the sharp one of shape (side, side, 3).
    """
    if recipe.is_scene:
        return crop_scenes(photo, count, recipe, [number])[0]
    draw = draw_pair(recipe, number)
    pixels = photo(photo_of(number, count, recipe.seed))
    how, margin = _kernel_and_margin(draw.blur)
    margin += _SURROUNDINGS if recipe.is_deconvolved else 0
    patch, inside = _patch(pixels, recipe.side, margin, draw)
    settings = Degradation(how, noise=draw.noise, photons=draw.photons, jpeg=draw.jpeg, seed=draw.seed)
    blurred = to_uint8(run_to_end(degrade(from_integer(patch), settings)))
    if recipe.is_deconvolved:
        level = perturb_noise_level(recipe, number, patch[inside])
        blurred = _with_guides(blurred, inside, _draw_estimated_kernel(recipe, draw, number), level)
    first, second = (np.rot90(crop[inside], draw.turns) for crop in (blurred, patch))
    return (first[:, ::-1], second[:, ::-1]) if draw.mirrored else (first, second)


def perturb_noise_level(recipe: Recipe, number: int, sharp: NDArray[np.uint8]) -> float:
    """Return the noise level of pair number `number` that a network is given, with a small error as estimates have."""
    error = math.exp(_LEVEL_ERROR * np.random.default_rng((recipe.seed, 4, number)).standard_normal())
    return draw_pair(recipe, number).noise_level(sharp) * error


def _draw_estimated_kernel(recipe: Recipe, draw: Draw, number: int) -> Kernel:
    """Return the kernel that a crop is deconvolved with."""
    random = np.random.default_rng((recipe.seed, 5, number))
    is_exact, error = random.random() < recipe.exact_share, value_between(recipe.kernel_error, random.random())
    if draw.blur is None:
        return np.ones((1, 1), np.float32)
    return draw.blur.kernel() if is_exact else perturb_kernel(draw.blur, error, random)


def _with_guides(
    blurred: NDArray[np.uint8], inside: tuple[slice, slice], kernel: Kernel, noise: float
) -> NDArray[np.uint8]:
    """Return a blurred patch behind six channels of its deconvolution around the crop, where its blur is a camera's."""
    from deblur_app.restoration.deconvolution import network_inputs

    around = tuple(slice(max(part.start - _SURROUNDINGS, 0), part.stop + _SURROUNDINGS) for part in inside)
    light = srgb_to_linear(from_integer(blurred[around]))
    deconvolved = run_to_end(network_inputs.network_inputs(light, kernel, noise, lamps=False))
    result = np.concatenate((np.zeros_like(blurred),) * 2 + (blurred,), axis=2)
    result[(*around, slice(6))] = to_uint8(linear_to_srgb(deconvolved))
    return result


def _kernel_and_margin(blur: Blur | None) -> tuple[Blur | Kernel | None, int]:
    """Return the blur or kernel that `Degradation` takes, and how far it reaches in pixels."""
    if blur is None:
        return None, 0
    kernel = blur.kernel()
    if kinds.find(blur.kind).varying is not None:
        return blur, len(kernel)  # towards the corners, a varying blur reaches farther
    return kernel, len(kernel) // 2


def _patch(
    pixels: NDArray[np.uint8], side: int, margin: int, draw: Draw
) -> tuple[NDArray[np.uint8], tuple[slice, slice]]:
    """Return the part of the reduced photograph that is blurred, and where the crop lies in it."""
    scale = max(draw.scale, side / min(pixels.shape[:2]))
    height, width = (max(int(length * scale), side) for length in pixels.shape[:2])  # rounding may lose a row
    rows, row = _along(height, side, margin, draw.place[0])
    columns, column = _along(width, side, margin, draw.place[1])
    inside = slice(row, row + side), slice(column, column + side)
    if scale >= 1.0:
        return pixels[rows, columns], inside
    top, bottom, left, right = (round(edge / scale) for edge in (rows.start, rows.stop, columns.start, columns.stop))
    size = (columns.stop - columns.start, rows.stop - rows.start)
    reduced = cv2.resize(pixels[top:bottom, left:right], size, interpolation=cv2.INTER_AREA)
    return reduced.astype(np.uint8, copy=False), inside


def _along(length: int, side: int, margin: int, place: float) -> tuple[slice, int]:
    """Return, along one axis, the part that is blurred, with the margins there are, and the start of the crop in it."""
    start = min(int(place * (length - side + 1)), length - side)
    before = min(margin, start)
    return slice(start - before, min(start + side + margin, length)), before
