"""Tasks with point spread functions: estimate one, take one from a star, check a result by one."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_files.values import MAX_SIDE
from deblur_app.core import levels
from deblur_app.core.colour import convert_to_linear, srgb_to_linear
from deblur_app.core.errors import DeblurError, UnmeasurableBlurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.estimation import measurable
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.estimation.search import (
    AUTO,
    KINDS,
    SHAKE,
    estimate_in_light,
    estimate_kernel,
    find_extent,
)
from deblur_app.engine.estimation.search import is_linear as is_linear_photo
from deblur_app.engine.preparation import scene as scenes
from deblur_app.restoration.psf_estimation import point_source

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Picture
    from deblur_app.engine.estimation.measurable import Region
    from deblur_app.restoration.deconvolution.gcv import GcvCurve
    from deblur_app.restoration.deconvolution.reblur_check import ReblurCheck

_LEAST_OF_A_FIELD = 160
"""Side in pixels of the smallest photo with a field: local kernels are estimated in squares of 96."""

_LEAST_OF_A_REGION = 64
"""Side in pixels of the smallest region of a grid."""


def check_fits(psf: Psf, picture: Picture) -> None:
    """Refuse a point spread function that is larger than the picture it shall have blurred.

    Raises:
        DeblurError: It is.
    """
    if psf.uniform is None:
        return
    width, height = kernel_arrays.describe(psf.uniform).extent
    if width > picture.width or height > picture.height:
        raise DeblurError(
            tr(
                "The PSF is {width} × {height} pixels large and the picture only {size_text}: a blur that is "
                "wider than the picture cannot be undone. Choose the PSF of this picture, or make it smaller.",
                width=width,
                height=height,
                size_text=picture.size_text,
            )
        )


def estimate(picture: Picture, kind: str = AUTO, region: Region | None = None) -> Task[PsfEstimate]:
    """Estimate the blur of a photo from the photo alone.

    Args:
        picture: The photo.
        kind: One of `KINDS`. One that is given is taken for granted: its best fit is returned even where another
            kind or no blur explains the photo better, and its confidence tells how well it does among all.
        region: Where to look; None looks where the blur is seen best.

    Raises:
        UnmeasurableBlurError: The photo or the region is too small or too even.
        DeblurError: The kind is unknown.
    """
    if kind not in {choice.value for choice in KINDS}:
        raise DeblurError(
            tr(
                "There is no blur “{kind}” to look for. There are: {names}.",
                kind=kind,
                names=", ".join(c.value for c in KINDS),
            )
        )
    around = None if region else scenes.find_scene(picture)
    if around:
        picture = scenes.crop_to_scene(picture, around)
    levels_of_photo = levels.find_levels(picture)
    part = measurable.pixels_in(picture, region, measurable.LEAST_SIDE) if region else measurable.pixels_of(picture)
    try:
        is_linear = levels_of_photo is None and (yield from subtask(is_linear_photo(part), 0.0, 0.1))
        converting = convert_to_linear(levels_of_photo.stretch(part) if levels_of_photo else part)
        light = part if is_linear else (yield from subtask(converting, 0.1, 0.12))
        estimated = yield from subtask(estimate_in_light(light, kind), 0.12, 1.0)
        placed = estimated.moved(*around.corner) if around else estimated
        return replace(placed, is_linear=is_linear)
    except UnmeasurableBlurError as error:
        if region is None or not error.is_even:
            raise
        raise UnmeasurableBlurError(
            tr("The selection is too even to measure the blur. Select a part with detail."), is_even=True
        ) from error


def estimate_grid(picture: Picture, rows: int, columns: int, kind: str = SHAKE) -> Task[PsfEstimate]:
    """Estimate the blur of each region of a photo, for blur that varies over the frame.

    Args:
        picture: The photo.
        rows: How many regions from top to bottom, at least 1.
        columns: How many from left to right, at least 1.
        kind: One of `KINDS`.

    Raises:
        DeblurError: The photo is too small for so many regions.
    """
    from deblur_app.restoration.deconvolution import spatially_varying

    if min(picture.height // rows, picture.width // columns) < _LEAST_OF_A_REGION:
        raise DeblurError(
            tr(
                "The photo of {size_text} pixels is too small for {columns} × {rows} regions: each needs "
                "{least_of_a_region} pixels a side. Choose fewer regions.",
                size_text=picture.size_text,
                columns=columns,
                rows=rows,
                least_of_a_region=_LEAST_OF_A_REGION,
            )
        )
    light = srgb_to_linear(picture.pixels)
    kernels = yield from spatially_varying.estimate_grid(
        light, rows, columns, functools.partial(estimate_kernel, kind=kind)
    )
    return PsfEstimate(kernels, None, float(np.mean(kernels.confidence)))


def estimate_field(picture: Picture) -> Task[PsfEstimate]:
    """Estimate the field of kernels of a photo whose camera turned while it was taken, from the photo alone.

    Where the camera did not turn, there is one kernel. A frame around the photo takes no part.

    Args:
        picture: The photo.

    Raises:
        UnmeasurableBlurError: The photo is too small or too even.
    """
    from deblur_app.restoration.psf_estimation.camera_motion.motion import estimate_motion

    yield Progress(0.0, tr("Looking at the blur"))
    around = scenes.find_scene(picture)
    light = srgb_to_linear((scenes.crop_to_scene(picture, around) if around else picture).pixels)
    measurable.check_uneven(light)
    if min(light.shape[:2]) < _LEAST_OF_A_FIELD:
        raise UnmeasurableBlurError(
            tr(
                "The photo of {size_text} pixels is too small for a field of kernels: "
                "{least_of_a_field} pixels a side are needed.",
                size_text=picture.size_text,
                least_of_a_field=_LEAST_OF_A_FIELD,
            )
        )
    extent = yield from subtask(find_extent(light), 0.0, 0.05)
    motion = yield from subtask(estimate_motion(light, extent=extent), 0.05, 1.0)
    kernels = motion.field.at(0.0, 0.0) if motion.field.is_uniform else motion.field
    estimated = PsfEstimate(kernels, None, motion.confidence)
    return estimated.moved(*around.corner) if around else estimated


def from_point(picture: Picture, region: Region) -> Task[PsfEstimate]:
    """Return the picture of a point of light as the PSF: a star, or the streak that a far lamp has drawn.

    Args:
        picture: The photo.
        region: Around the point, with a little of the dark around it.

    Raises:
        DeblurError: There is no point of light in the region, or it is too large.
    """
    yield Progress(0.0, tr("Reading the point of light"))
    part = measurable.pixels_in(picture, region, 3)
    if max(part.shape[:2]) > MAX_SIDE:
        raise DeblurError(
            tr("The selection is larger than {max_side} pixels. Select the star or lamp alone.", max_side=MAX_SIDE)
        )
    kernel, touches_rim = point_source.read_kernel(srgb_to_linear(part))
    return PsfEstimate(kernel, None, 0.3 if touches_rim else 0.9)


def reblur_check(photo: Picture, result: Picture, psf: Psf) -> Task[ReblurCheck]:
    """Blur a result with the PSF and compare it with the photo: where they differ, the result was invented.

    Raises:
        DeblurError: The two differ in size.
    """
    from deblur_app.restoration.deconvolution import reblur_check as reblur

    if (photo.width, photo.height) != (result.width, result.height):
        raise DeblurError(
            tr(
                "The result is {size_text} pixels and the photo {photo_size_text}: only a result of the photo's "
                "size can be checked.",
                size_text=result.size_text,
                photo_size_text=photo.size_text,
            )
        )
    yield Progress(0.0, tr("Blurring the result"))
    photo_pixels, again = photo.pixels, result.pixels
    around = None if psf.grid else scenes.find_scene(photo)
    if around:  # a frame was never blurred
        photo_pixels, again = photo_pixels[around.box], again[around.box]
    return (yield from reblur.check(srgb_to_linear(photo_pixels), srgb_to_linear(again), psf.kernels))


def gcv(picture: Picture, kernel: Kernel, order: int = 1) -> Task[GcvCurve]:
    """Return the score of each regularisation by generalised cross-validation, to draw it.

    Args:
        picture: The photo.
        kernel: The kernel.
        order: 1 for Wiener deconvolution, 2 for Tikhonov regularisation; see `quadratic`.
    """
    from deblur_app.restoration.deconvolution.gcv import gcv_curve

    yield Progress(0.0, tr("Cross-validating"))
    return gcv_curve(srgb_to_linear(picture.pixels), kernel, order=order)
