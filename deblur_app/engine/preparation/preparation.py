"""Preparation of a photo before its blur is estimated and undone, and finishing of the result.

The order: `prepare` before the blur is estimated, `prepare_for_psf` once the point spread function is known,
`finish` after the method. Each step adds a note where a user should know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.levels import LINEAR, find_levels, has_equal_channels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.preparation import scene as scenes

if TYPE_CHECKING:
    from deblur_app.blur.psf import Psf
    from deblur_app.core.levels import Levels
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.core.tiling.local_tiling import Region
    from deblur_app.engine.preparation.scene import Scene

_MOST_LIGHT = 1.25
"""Factor by which the light of a dim result is mended at most: what is further off is no rounding of a network."""


_LINEAR_NOTE = tr_later("The brightness of this photo has no tone curve: its values are proportional to light.")


@dataclass(frozen=True, eq=False)
class PreparedPhoto:
    """A photo as estimation and methods get it.

    Attributes:
        original: The photo as it was read.
        picture: What the blur is estimated from and the method is given: the photo, or the part that shows its scene.
        levels: The range of brightness that was stretched, where the original is dim; None for ordinary photos.
        is_grey: Whether its three channels are equal.
        notes: Sentences for the user.
        scene: Which pixels of the original show its scene; None where all do, and `picture` is of the same size.
    """

    original: Picture
    picture: Picture
    levels: Levels | None = None
    is_grey: bool = False
    notes: tuple[str, ...] = ()
    scene: Scene | None = None

    @property
    def corner(self) -> tuple[int, int]:
        """Left and top of `picture` in pixels of the original."""
        return self.scene.corner if self.scene else (0, 0)

    def with_note(self, note: str) -> PreparedPhoto:
        """Return the same photo with one more note; an empty one and one that is there already are left out."""
        return self if not note or note in self.notes else replace(self, notes=(*self.notes, note))


def prepare(picture: Picture, *, is_whole: bool = False) -> Task[PreparedPhoto]:
    """Prepare `picture` for the estimation of its blur.

    Args:
        picture: The photo.
        is_whole: Whether places in the whole frame matter, of which then nothing is cut off.
    """
    yield Progress(0.0, tr("Preparing the photo"))
    scene = scenes.find_scene(picture, is_whole=is_whole)
    visible = scenes.crop_to_scene(picture, scene) if scene else picture
    levels = find_levels(visible)
    if levels:
        visible = replace(visible, pixels=levels.stretch(visible.pixels))
    prepared = PreparedPhoto(picture, visible, levels, has_equal_channels(picture.pixels), scene=scene)
    return prepared.with_note(tr(scenes.FRAME_NOTE) if scene and scene.has_frame else "")


def with_linear_values(prepared: PreparedPhoto) -> PreparedPhoto:
    """Return a photo whose values are proportional to light, as a method wants it: encoded for screens."""
    if prepared.levels:
        return prepared
    picture = prepared.picture.with_pixels(LINEAR.stretch(prepared.picture.pixels))
    return replace(prepared, picture=picture, levels=LINEAR).with_note(tr(_LINEAR_NOTE))


def prepare_for_psf(prepared: PreparedPhoto, psf: Psf) -> Task[PreparedPhoto]:
    """Prepare a photo for a method that undoes `psf`: what only the point spread function tells is done here.

    Args:
        prepared: The photo.
        psf: How its `picture` was blurred.
    """
    yield Progress(0.0, tr("Preparing the photo"))
    if prepared.scene and prepared.scene.missing.any():
        work = subtask(scenes.complete(prepared.picture.pixels, prepared.scene.missing, psf), 0.0, 0.4)
        prepared = replace(prepared, picture=prepared.picture.with_pixels((yield from work)))
    overlay = yield from subtask(scenes.find_writing(prepared.picture.pixels, psf), 0.4, 1.0)
    if overlay is None:
        return prepared
    scene = scenes.add_writing(prepared.scene, overlay)
    return replace(prepared, picture=prepared.picture.with_pixels(overlay.pixels), scene=scene).with_note(
        tr(scenes.WRITING_NOTE)
    )


def region_of_picture(prepared: PreparedPhoto, region: Region | None) -> Region | None:
    """Return a part of the original as a part of what the method is given; None where it lies outside."""
    scene = prepared.scene
    if scene is None or region is None:
        return region
    if callable(region):
        return lambda: scenes.region_of_scene(region(), scene)
    return scenes.region_of_scene(region, scene)


def of_photo[T](prepared: PreparedPhoto, task: Task[T]) -> Task[T]:
    """Return the task of a method with the parts that it shows early placed within the original."""
    return scenes.place_parts(task, prepared.scene) if prepared.scene else task


def finish(prepared: PreparedPhoto, pixels: Pixels) -> Task[Pixels]:
    """Return the result of a method as one of the original photo.

    Args:
        prepared: What the method was given.
        pixels: What it gave, shape (height, width, 3), in [0, 1]; the paper's network may give another size.
    """
    yield Progress(0.0, tr("Finishing"))
    if prepared.is_grey and not has_equal_channels(pixels):  # networks tint a little
        pixels = np.repeat(pixels.mean(axis=2, keepdims=True, dtype=np.float32), 3, axis=2)
    if prepared.levels:
        if pixels.shape == prepared.picture.pixels.shape:
            pixels = _with_light_of(prepared.picture.pixels, pixels)
        pixels = prepared.levels.compress(pixels)
    return scenes.insert_scene(prepared.original.pixels, pixels, prepared.scene) if prepared.scene else pixels


def _with_light_of(photo: Pixels, restored: Pixels) -> Pixels:
    """Return a restored picture with as much light as the photo: a blur neither takes light nor adds any.

    In dim pictures of few bright points networks lose some percent of it, which matters where it is measured.
    """
    photo_light, light = srgb_to_linear(photo), srgb_to_linear(restored)
    ratio = photo_light.mean(axis=(0, 1), dtype=np.float64) / np.maximum(
        light.mean(axis=(0, 1), dtype=np.float64), 1e-9
    )
    return linear_to_srgb(light * np.clip(ratio, 1 / _MOST_LIGHT, _MOST_LIGHT).astype(np.float32))
