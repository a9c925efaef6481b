"""What a user does, each as one task: open, deblur, compare, save."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.degrade import degrade
from deblur_app.core import image_io, metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import resized
from deblur_app.core.task import Progress, Task, portion
from deblur_app.engine import devices, methods, psf_tasks
from deblur_app.engine.blend import PLAIN, Blend, blend_photo
from deblur_app.engine.method import Noted, PsfUse, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.blur.degrade import Degradation
    from deblur_app.core.metrics import Quality
    from deblur_app.core.parameter import Values
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.engine.method import Method
    from deblur_app.engine.psf_tasks import PsfEstimate


_SMOOTHER, _SMOOTHEST = 3.0, 4.0
"""Steps of smoothing for what a camera has processed, found by looking at photographs, and the most there are."""


@dataclass(frozen=True)
class Restored:
    """What came out of a deblurring.

    Attributes:
        picture: The restored picture.
        request: How it was made, with every value filled in, and the PSF that was undone where there was one.
        device: Where it was computed, as people call it.
        note: A sentence for the user where something went otherwise than asked for, else "".
        seconds: Time the method took.
        estimate: The blur that was found, where none was given to a method that needs one.
    """

    picture: Picture
    request: Request
    device: str
    note: str
    seconds: float
    estimate: PsfEstimate | None = None


@dataclass(frozen=True)
class Comparison:
    """Figures of the result and of doing nothing, against one truth at the size of the result."""

    result: Quality
    do_nothing: Quality


def open_picture(path: Path) -> Task[Picture]:
    """Read a picture file.

    Raises:
        DeblurError: It cannot be read; the text says why and what to do.
    """
    yield Progress(0.0, f"Opening {path.name}")
    return image_io.read(path)


def deblur(picture: Picture, request: Request) -> Task[Restored]:
    """Restore `picture` the way `request` asks.

    Raises:
        DeblurError: The method or a value is unknown, or the method cannot work on this picture.
    """
    method = methods.find(request.method)
    values = method.checked(request.values)
    yield Progress(0.0, "Starting the engine")
    device, note = devices.choose(request.device) if method.is_neural else (devices.processor(), "")
    begin = time.perf_counter()
    estimate = yield from portion(_estimate(picture, request, method, values), 0.0, 0.4)
    if estimate and estimate.is_processed and "smoothing" in values:
        values["smoothing"] = min(float(values["smoothing"]) + _SMOOTHER, _SMOOTHEST)
        note = "The camera has smoothed and sharpened this photo, so the result is held smoother than usual."
    if estimate and estimate.psf is not None and method.fallback and not psf_tasks.is_believed(estimate.confidence):
        method = methods.find(method.fallback)
        values = method.checked({name: value for name, value in values.items() if name in method.names})
        note = "The blur could not be told for sure from this photo, so it is restored by a network that needs no PSF."
    wanted = estimate.psf if estimate else request.psf
    psf = None if wanted is None else psf_tasks.resolved(wanted)
    region = {"region": request.region} if method.sees_region_first else {}
    if method.psf is PsfUse.NONE:
        outcome = yield from method.run(picture.pixels, device, **values, **region)
    elif psf is None:
        outcome = picture.pixels
    else:
        start = 0.4 if estimate else 0.0
        more = region | ({"reduced": request.reduced} if method.is_scalable else {})
        outcome = yield from portion(method.run(picture.pixels, device, psf=psf, **values, **more), start, 1.0)
    if isinstance(outcome, Noted):
        note = f"{note} {outcome.note}".strip()
        outcome = outcome.pixels
    pixels = _clipped(outcome)
    if pixels is None:
        raise DeblurError(f"{method.label} gave no valid picture on {device.label}. Choose another device or model.")
    seconds = time.perf_counter() - begin
    request = Request(method.name, values, device.name, psf)
    return Restored(picture.with_pixels(pixels), request, device.label, note, seconds, estimate)


def _clipped(pixels: Pixels) -> Pixels | None:
    """`pixels` in [0, 1], copied only where that changes them: a large photo fills memory; None for no numbers."""
    lowest, highest = float(pixels.min()), float(pixels.max())
    if not math.isfinite(lowest + highest):
        return None
    return pixels if lowest >= 0.0 and highest <= 1.0 else np.clip(pixels, 0.0, 1.0)


def _estimate(picture: Picture, request: Request, method: Method, values: Values) -> Task[PsfEstimate | None]:
    """The blur that the method is to undo, where it is not given."""
    if method.psf is PsfUse.NONE or (method.psf is PsfUse.GIVEN and request.psf is not None):
        return None
    kind = str(values["blur"]) if method.psf is PsfUse.ESTIMATED else psf_tasks.AUTO
    if request.regions:
        columns, rows = request.regions
        return (yield from psf_tasks.estimate_grid(picture, rows, columns, kind))
    return (yield from psf_tasks.estimate(picture, kind))


def compare(blurred: Picture, truth: Picture, result: Picture) -> Task[Comparison]:
    """Figures of `result`, and of `blurred` as it is, against `truth`.

    Where the result has another size than the truth (the paper's network on the whole picture), truth and blurred
    picture are brought to the size of the result first.

    Raises:
        DeblurError: The truth has another size than the blurred picture.
    """
    _check_equal_size(blurred, truth)
    yield Progress(0.0, "Comparing with the ground truth")
    size = (result.width, result.height)
    reference = resized(truth.pixels, *size)
    quality = metrics.measure(reference, result.pixels)
    yield Progress(0.5, "Comparing with the ground truth")
    return Comparison(quality, metrics.measure(reference, resized(blurred.pixels, *size)))


def measure(truth: Picture, picture: Picture) -> Task[Quality]:
    """Figures of one picture against the truth.

    Raises:
        DeblurError: The two differ in size.
    """
    _check_equal_size(picture, truth)
    yield Progress(0.0, "Comparing with the ground truth")
    return metrics.measure(truth.pixels, picture.pixels)


def save_picture(picture: Picture, path: Path) -> Task[Path]:
    """Write a picture; the ending of `path` decides the format.

    Raises:
        DeblurError: It cannot be written, or `path` is the original.
    """
    yield Progress(0.0, f"Saving {path.name}")
    image_io.write(picture, path)
    return path


def restore_file(
    path: Path,
    request: Request,
    target: Path | Callable[[Picture], Path],
    truth: Path | None = None,
    blend: Blend = PLAIN,
) -> Task[tuple[Restored, Comparison | None]]:
    """Open, deblur, save, and compare where there is a truth: all that happens to one file on the command line.

    Args:
        path: The picture.
        request: How to restore it.
        target: Where the result goes; a function is asked once the picture is open.
        truth: The sharp picture to compare with.
        blend: How much of the restoration is taken, and where.

    Raises:
        DeblurError: Any of the steps cannot be done; nothing is written then.
    """
    picture = yield from portion(open_picture(path), 0.0, 0.05)
    place = target(picture) if callable(target) else target
    image_io.check_target(place, path)
    sharp = (yield from open_picture(truth)) if truth else None
    if sharp:
        _check_equal_size(picture, sharp)
    restored = yield from portion(deblur(picture, request), 0.05, 0.9)
    pixels = yield from portion(blend_photo(picture.pixels, restored.picture.pixels, blend), 0.9, 0.92)
    restored = replace(restored, picture=replace(restored.picture, pixels=pixels))
    comparison = (yield from portion(compare(picture, sharp, restored.picture), 0.92, 0.95)) if sharp else None
    del picture, pixels  # of a large photo, the input is no more needed where memory is
    yield from portion(save_picture(restored.picture, place), 0.95, 1.0)
    return restored, comparison


def blur(picture: Picture, settings: Degradation) -> Task[Picture]:
    """Blur a sharp `picture` the way `settings` ask. It has 8 bits after rounding or JPEG, else those it had.

    Raises:
        DeblurError: The blur or one of its values is unknown, or the picture is too large for JPEG.
    """
    pixels = yield from degrade(picture.pixels, settings)
    rounded = settings.eight_bit or settings.jpeg is not None
    return replace(picture, pixels=pixels, bit_depth=8 if rounded else picture.bit_depth)


def blur_file(path: Path, settings: Degradation, target: Callable[[Picture], Path]) -> Task[Picture]:
    """Open, blur and save: all that happens to one sharp photo on the command line.

    Args:
        path: The sharp photo.
        settings: How to blur it.
        target: Says where the result goes, once the photo is open.

    Returns:
        The blurred picture.

    Raises:
        DeblurError: Any of the steps cannot be done; nothing is written then.
    """
    picture = yield from portion(open_picture(path), 0.0, 0.05)
    place = target(picture)
    image_io.check_target(place, path)
    blurred = yield from portion(blur(picture, settings), 0.05, 0.9)
    yield from portion(save_picture(blurred, place), 0.9, 1.0)
    return blurred


def _check_equal_size(picture: Picture, truth: Picture) -> None:
    if (picture.width, picture.height) != (truth.width, truth.height):
        raise DeblurError(
            f"The ground truth is {truth.size_text} pixels and the picture {picture.size_text}: figures need two "
            "pictures of one size."
        )
