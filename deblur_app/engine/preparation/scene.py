"""The pixels of a photo that show its scene; the others take no part in estimating and undoing its blur."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Progress, Task, map_progress, subtask
from deblur_app.core.texts import tr_later
from deblur_app.core.tiling.local_tiling import PartDone
from deblur_app.restoration.numerics.borders import bounding_box
from deblur_app.restoration.unknown_pixels.frames import find_frame

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.core.tiling.local_tiling import Shares
    from deblur_app.restoration.numerics.fourier import Inside
    from deblur_app.restoration.unknown_pixels.frames import Mask
    from deblur_app.restoration.unknown_pixels.overlays import Overlay

FRAME_NOTE = tr_later("The frame around the photo is left unchanged.")
WRITING_NOTE = tr_later("Text on the photo (a date stamp or a caption) is left unchanged.")

_TRANSPARENT = np.float32(0.25)
"""Opacity below which the colour of a pixel takes no part: files hold it coarsely there, or not at all."""

_RIM, _RIM_OF_JPEG = 1, 2
"""Pixels beside a frame that it has mixed with, by interpolation or by JPEG."""

_HALF = np.float32(0.5)
"""Share of a pixel of the reduced mask, above which it counts as kept."""

_LEAST_IN_FRAME = 48
"""Side in pixels below which a scene in a frame must have more than half of the picture's: the even ground around a
line of text looks like a frame, too."""

_LEAST_SIDE = 16
"""Side in pixels of the smallest scene."""


@dataclass(frozen=True, eq=False)
class Scene:
    """The part of a photo that shows its scene.

    Attributes:
        is_kept: What shows none of it, shape (height, width) of the photo.
        box: The fewest rows and columns that hold the scene.
        missing: What is not known of the scene within the box: what is kept, and what has mixed with it.
        has_frame: Whether a frame is among what is kept.
    """

    is_kept: Mask
    box: Inside
    missing: Mask
    has_frame: bool = False

    @property
    def corner(self) -> tuple[int, int]:
        """Left and top of its box in pixels of the photo."""
        rows, columns = self.box
        return int(columns.start), int(rows.start)


def find_scene(picture: Picture, *, is_whole: bool = False) -> Scene | None:
    """Find the pixels of a photo that show its scene, from its frame and its transparency; None where all do.

    Args:
        picture: The photo.
        is_whole: Whether the box of the scene is to be the whole photo.
    """
    frame = _frame_of_scene(picture.pixels)
    transparent = None if picture.alpha is None else picture.alpha < _TRANSPARENT
    masks = [mask for mask in (frame, transparent) if mask is not None and mask.any()]
    if not masks:
        return None
    is_kept = np.logical_or.reduce(masks)
    if is_kept.all():
        return None
    box = (slice(0, picture.height), slice(0, picture.width)) if is_whole else bounding_box(~is_kept)
    if min(part.stop - part.start for part in box) < _LEAST_SIDE:
        return None
    missing = is_kept
    if frame is not None:
        missing = is_kept | _dilate(frame, _RIM if picture.jpeg_table is None else _RIM_OF_JPEG)
    return Scene(is_kept, box, missing[box], frame is not None)


def _frame_of_scene(pixels: Pixels) -> Mask | None:
    """Return the frame of a photo; None where there is none, or too little in it to be a photo."""
    frame = find_frame(pixels)
    if frame is None or not frame.any() or frame.all():
        return frame
    for part, side in zip(bounding_box(~frame), pixels.shape[:2], strict=True):
        length_inside = part.stop - part.start
        if length_inside < min(_LEAST_IN_FRAME, side / 2):
            return None
    return frame


def crop_to_scene(picture: Picture, scene: Scene) -> Picture:
    """Return the box of the scene, opaque, with what is unknown in it continued smoothly from the known."""
    from deblur_app.restoration.unknown_pixels import imputation

    pixels = np.ascontiguousarray(picture.pixels[scene.box])
    if scene.missing.any():
        pixels = imputation.fill_smoothly(pixels, scene.missing)
    return replace(picture, pixels=pixels, alpha=None)


def complete(pixels: Pixels, unknown: Mask, psf: Psf) -> Task[Pixels]:
    """Return a photo whose unknown pixels do not contradict its blur.

    Args:
        pixels: The photo, sRGB-encoded, shape (height, width, 3), the unknown pixels filled smoothly.
        unknown: Which they are, shape (height, width).
        psf: How it was blurred.
    """
    from deblur_app.restoration.deconvolution import spatially_varying
    from deblur_app.restoration.unknown_pixels import imputation

    light = srgb_to_linear(pixels)
    if psf.grid:

        def fill(block: Pixels, kernel: Kernel) -> Task[Pixels]:
            filled = yield from imputation.fill_by_blur(block[..., :3], block[..., 3] > 0.5, kernel)
            return np.concatenate((filled, block[..., 3:]), axis=2)

        layers = np.concatenate((light, unknown[:, :, None].astype(np.float32)), axis=2)
        light = (yield from spatially_varying.restore(layers, psf.grid, fill))[..., :3]
    else:
        light = yield from imputation.fill_by_blur(light, unknown, psf.kernel)
    filled = linear_to_srgb(np.clip(light, 0.0, 1.0))
    result: Pixels = np.where(unknown[:, :, None], filled, pixels)
    return result


def find_writing(pixels: Pixels, psf: Psf) -> Task[Overlay | None]:
    """Find what was written on a photo after `psf` had blurred it; see `overlays.find_overlay`.

    Of a blur that varies over the frame, the kernel in its middle is taken: writing contradicts them all.
    """
    from deblur_app.restoration.deconvolution import reduced_size
    from deblur_app.restoration.psf_estimation.kernel_fit import scale_kernel
    from deblur_app.restoration.unknown_pixels import fine_detail, overlays

    factor = psf.reduction
    if factor == 1:
        return (yield from overlays.find_overlay(pixels, psf.kernel))
    smaller = yield from subtask(reduced_size.reduce_photo(pixels, factor), 0.0, 0.2)
    is_sharp = yield from subtask(fine_detail.find_sharp_places(pixels, factor), 0.2, 0.3)
    kernel = scale_kernel(psf.kernel, 1.0 / factor)
    overlay = yield from subtask(overlays.find_overlay(smaller, kernel, is_sharp=is_sharp), 0.3, 1.0)
    return _enlarge_overlay(overlay, pixels, factor) if overlay else None


def _enlarge_overlay(overlay: Overlay, pixels: Pixels, factor: int) -> Overlay:
    """Return the writing on a reduced photo as that on the photo."""
    from deblur_app.restoration.deconvolution.reduced_size import enlarge_part
    from deblur_app.restoration.unknown_pixels.overlays import Overlay

    whole = slice(0, pixels.shape[0]), slice(0, pixels.shape[1])
    mask, unknown = (
        enlarge_part(each.view(np.uint8), factor, whole, interpolation=cv2.INTER_NEAREST).view(np.bool_)
        for each in (overlay.mask, overlay.unknown)
    )
    completed, box = pixels.copy(), bounding_box(unknown)
    rows, columns = (slice(part.start, min(part.stop, side)) for part, side in zip(box, unknown.shape, strict=True))
    larger = enlarge_part(overlay.pixels, factor, (rows, columns))
    np.copyto(completed[rows, columns], larger, where=unknown[rows, columns, None])
    return Overlay(mask, unknown, completed)


def add_writing(scene: Scene | None, overlay: Overlay) -> Scene:
    """Return a scene, None for the whole photo, without what is written on it.

    Args:
        scene: The scene so far.
        overlay: Writing within its box.
    """
    if scene is None:
        height, width = overlay.mask.shape
        return Scene(overlay.mask, (slice(0, height), slice(0, width)), overlay.unknown)
    is_kept = scene.is_kept.copy()
    is_kept[scene.box] |= overlay.mask
    return replace(scene, is_kept=is_kept, missing=scene.missing | overlay.unknown)


def region_of_scene(region: Shares | None, scene: Scene) -> Shares | None:
    """Return a part of the photo as a part of the box of its scene; None where it lies outside."""
    if region is None:
        return None
    height, width = scene.is_kept.shape
    rows, columns = scene.box
    left, right = ((share * width - columns.start) / (columns.stop - columns.start) for share in region[::2])
    top, bottom = ((share * height - rows.start) / (rows.stop - rows.start) for share in region[1::2])
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in (left, top, right, bottom))
    return (left, top, right, bottom) if left < right and top < bottom else None


def place_parts[T](task: Task[T], scene: Scene) -> Task[T]:
    """Return `task` on the box of a scene with the parts that it shows early placed within the photo."""
    height, width = scene.is_kept.shape
    rows, columns = scene.box
    tall, wide = rows.stop - rows.start, columns.stop - columns.start

    def change(progress: Progress) -> Progress:
        if not isinstance(progress, PartDone):
            return progress
        left, top, right, bottom = progress.region
        region = (
            (columns.start + left * wide) / width,
            (rows.start + top * tall) / height,
            (columns.start + right * wide) / width,
            (rows.start + bottom * tall) / height,
        )
        return replace(progress, region=region)

    return map_progress(task, change)


def insert_scene(photo: Pixels, restored: Pixels, scene: Scene) -> Pixels:
    """Return the photo with its scene restored and all else as it is.

    Args:
        photo: The photo, shape (height, width, 3).
        restored: What became of the box of the scene; where it has another size, so has the result. It may be
            changed and become the result: of a large photo, another copy fills memory.
        scene: Where it lies.
    """
    is_kept = scene.is_kept[scene.box]
    if restored.shape[:2] != is_kept.shape:
        return _insert_resized_scene(photo, restored, scene)
    is_own = restored.flags.writeable and not np.may_share_memory(restored, photo)
    if restored.shape == photo.shape and is_own:
        np.copyto(restored, photo, where=is_kept[:, :, None])
        return restored
    result = photo.copy()
    np.copyto(result[scene.box], restored, where=~is_kept[:, :, None])
    return result


def _insert_resized_scene(photo: Pixels, restored: Pixels, scene: Scene) -> Pixels:
    """Return the same for a method that gives another size, as the paper's network does for a whole picture."""
    size = restored.shape[:2]
    boxes = []
    for part, new, old in zip(scene.box, size, scene.is_kept.shape, strict=True):
        start = round(part.start * new / old)
        boxes.append(slice(start, max(round(part.stop * new / old), start + 1)))
    rows, columns = boxes
    is_kept = cv2.resize(scene.is_kept.astype(np.float32), size[::-1], interpolation=cv2.INTER_AREA) > _HALF
    smaller = resize_pixels(restored, columns.stop - columns.start, rows.stop - rows.start)
    box = (rows, columns)
    return insert_scene(resize_pixels(photo, size[1], size[0]), smaller, Scene(is_kept, box, is_kept[box]))


def _dilate(mask: Mask, by: int) -> Mask:
    kernel = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return cv2.dilate(mask.astype(np.uint8), kernel).astype(np.bool_)
