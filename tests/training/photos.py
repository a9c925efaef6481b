"""Photographs for the tests of training: parts of one in a folder, and those with a known displacement and blur."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image
from skimage import data

from deblur_app.blur import models
from deblur_app.core.picture import from_integer
from deblur_app.restoration.registration.alignment import warp

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.registration.alignment import Homography

KERNELS = {"none": None, "defocus": models.defocus(4.0), "motion": models.motion(13.0, 30.0)}


def photo(name: str = "astronaut", side: int = 384) -> Pixels:
    """The upper left part of one of scikit-image's photographs."""
    return from_integer(getattr(data, name)()[:side, :side])


def write_parts(folder: Path, count: int, step: int, height: int, columns: tuple[int, int]) -> Path:
    """Write parts of the astronaut into a folder as 0.png, 1.png, …, and return the folder.

    Args:
        folder: Exists.
        count: The number of parts.
        step: Rows from the top of one to the top of the next.
        height: Rows of each.
        columns: The first column, and the one behind the last.
    """
    for number in range(count):
        part = data.astronaut()[number * step : number * step + height, columns[0] : columns[1]]
        Image.fromarray(part).save(folder / f"{number}.png")
    return folder


def displacing(angle: float = 0.0, scale: float = 1.0, x: float = 0.0, y: float = 0.0, tilt: float = 0.0) -> Homography:
    """A homography about the middle of a photograph of 384 × 384: degrees, factor, pixels, perspective."""
    cos, sin = scale * math.cos(math.radians(angle)), scale * math.sin(math.radians(angle))
    centre = np.array([[1, 0, 191.5], [0, 1, 191.5], [0, 0, 1.0]])
    result = centre @ np.array([[cos, -sin, x], [sin, cos, y], [tilt, -tilt, 1.0]]) @ np.linalg.inv(centre)
    return result / result[2, 2]


def photograph_scene(sharp: Pixels, homography: Homography, kernel: Kernel | None, seed: int = 0) -> Pixels:
    """A blurred picture of the scene in `sharp` with 1 % of noise, displaced by `homography`."""
    pixels = warp(sharp, homography, sharp.shape)
    if kernel is not None:
        pixels = cv2.filter2D(pixels, -1, np.ascontiguousarray(kernel[::-1, ::-1]))
    noise = np.random.default_rng(seed).normal(0.0, 0.01, pixels.shape)
    return np.clip(pixels + noise, 0.0, 1.0).astype(np.float32)
