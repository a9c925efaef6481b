"""Pairs of pictures on disk, for tests of evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from skimage.data import astronaut

from deblur_app.blur import degrade, models
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer

if TYPE_CHECKING:
    from pathlib import Path


def write_pairs(folder: Path, count: int) -> Path:
    """Write pairs of 64 × 80 pixels into “sharp” and “blurred”, and return the folder."""
    for number in range(count):
        sharp = from_integer(np.ascontiguousarray(astronaut()[40 * number : 40 * number + 64, 180:260]))
        for name, pixels in (("sharp", sharp), ("blurred", degrade.blur(sharp, models.motion(7, 30)))):
            (folder / name).mkdir(parents=True, exist_ok=True)
            image_io.write(Picture(pixels), folder / name / f"{number}.png")
    return folder
