"""Realistic photos made of sharp ones: a blurred scene, taken by a camera, with its truth and its true blur."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.camera import CameraSettings, resize_truth, take_photo
from deblur_app.blur.scene.draw import SceneRanges, draw_camera, draw_scene
from deblur_app.blur.scene.render import make_scene
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.scene.description import BlurDescription
    from deblur_app.blur.scene.layers import Cutout
    from deblur_app.core.picture import Pixels

_MARGIN = 4
"""Pixels that are cut off at each border besides half of the blur, because the photograph was mirrored there."""

_RANGES = SceneRanges()


@dataclass(frozen=True, eq=False)
class ScenePhoto:
    """A photo as a camera would have taken it.

    Attributes:
        pixels: The photo, float32 of shape (height, width, 3), in [0, 1], with 256 levels.
        truth: The sharp picture that belongs to it, of the same shape.
        blur: The true blur, in pixels of the photo.
        kind: What was drawn, a key of `scene.draw.SHARES`.
        camera: The camera.
    """

    pixels: Pixels
    truth: Pixels
    blur: BlurDescription
    kind: str
    camera: CameraSettings


def make_scene_photo(
    photo: NDArray[np.uint8],
    seed: Sequence[int],
    *,
    cutouts: Sequence[Cutout] = (),
    ranges: SceneRanges = _RANGES,
    frame: tuple[int, int] | None = None,
) -> ScenePhoto:
    """Make a photo of a random scene by a random camera; equal arguments give equal photos, bit for bit.

    Args:
        photo: A sharp photograph, uint8 of shape (height, width, 3).
        seed: Numbers that decide everything that is drawn.
        cutouts: RGBA pictures that may move in front of it.
        ranges: Sizes of blurs, and how often each kind is drawn.
        frame: Height and width in pixels of the part of the photograph that becomes the scene, at most; None for all.
    """
    random = np.random.default_rng(tuple(seed))
    window = _cut_window(photo, frame, random)
    kind, settings = draw_scene(random, window.shape, ranges)
    widest = max(settings.extent, 2 * settings.defocus, 4 * settings.sigma)
    margin = math.ceil(widest / 2) + _MARGIN if widest else 0
    remaining = tuple(length - 2 * margin for length in window.shape[:2])
    camera, highlights = draw_camera(random, remaining, kind, ranges)
    scene = run_to_end(make_scene(from_integer(window), replace(settings, highlights=highlights), cutouts))
    inside = slice(margin, -margin or None)
    return ScenePhoto(
        take_photo(scene.light[inside, inside], camera),
        resize_truth(scene.truth[inside, inside], camera),
        replace(scene.blur, scale=camera.scale),
        kind,
        camera,
    )


def read_cutouts(folder: Path) -> list[Cutout]:
    """Return the pictures with transparency in a folder; others are left out.

    Raises:
        DeblurError: There is none.
    """
    pictures = [image_io.read(path) for path in file_names.pictures_in(folder)]
    cutouts = [
        np.dstack([picture.pixels, picture.alpha]).astype(np.float32)
        for picture in pictures
        if picture.alpha is not None
    ]
    if not cutouts:
        raise DeblurError(f"“{folder}” holds no pictures with transparency to move in front of the photographs.")
    return cutouts


def _cut_window(
    photo: NDArray[np.uint8], frame: tuple[int, int] | None, random: np.random.Generator
) -> NDArray[np.uint8]:
    """Return a part of a photograph, turned by quarter turns and mirrored by chance."""
    photo = np.rot90(photo, int(random.integers(4)))
    photo = photo[:, ::-1] if random.integers(2) else photo
    height, width = (min(size) for size in zip(photo.shape[:2], frame or photo.shape[:2], strict=True))
    top, left = (
        int(random.integers(whole - part + 1)) for whole, part in zip(photo.shape, (height, width), strict=False)
    )
    return np.ascontiguousarray(photo[top : top + height, left : left + width])
