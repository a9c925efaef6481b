"""Crops of means of video frames, from frames that are decoded and reduced once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import resize_pixels, to_uint8
from training.scenes.camera_curve import SrgbCurve, read_curve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from training.scenes.camera_curve import CameraCurve

MOST_FRAMES = 17
"""Frames of one mean at most: at 240 a second and half size, a path of about 27 pixels."""


class FrameCrops:
    """Frames of a video in light, from which pairs are cut."""

    def __init__(self, light: Sequence[NDArray[np.float16]], curve: CameraCurve | SrgbCurve) -> None:
        """Take over the frames.

        Args:
            light: Consecutive frames in light, each of shape (height, width, 3).
            curve: Of the camera.
        """
        self._light = light
        self._curve = curve

    def pair(self, side: int, random: np.random.Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the crop of a mean of an odd number of frames, and that of the frame in the middle.

        Args:
            side: Side of the crops in pixels, at most the short side of the frames.
            random: What decides on the frames and the place.
        """
        most = min(MOST_FRAMES, len(self._light))
        half = int(random.integers(1, (most - 1) // 2 + 1))
        middle = int(random.integers(half, len(self._light) - half))
        top, left = (int(random.integers(length - side + 1)) for length in self._light[0].shape[:2])
        inside = slice(top, top + side), slice(left, left + side)
        total = np.zeros((side, side, 3), np.float32)
        for frame in self._light[middle - half : middle + half + 1]:
            total += frame[inside]
        mean, sharp = total / np.float32(2 * half + 1), self._light[middle][inside].astype(np.float32)
        return to_uint8(self._curve.to_values(mean)), to_uint8(self._curve.to_values(sharp))


def load_frames(paths: Sequence[Path], curve: Path | None, scale: float) -> FrameCrops:
    """Decode the frames of a video and reduce them in light.

    Args:
        paths: Consecutive frames, three or more.
        curve: The camera's inverse curve, see `read_curve`; None takes sRGB's.
        scale: Size that they are reduced to, at most 1.

    Raises:
        DeblurError: There are too few frames, or a file cannot be read.
    """
    if len(paths) < 3:
        raise DeblurError(f"Means of frames need three or more of them: there are {len(paths)}.")
    camera = read_curve(curve) if curve else SrgbCurve()
    light = []
    for path in paths:
        pixels = camera.to_light(image_io.read(path).pixels)
        height, width = (max(round(length * scale), 1) for length in pixels.shape[:2])
        light.append(resize_pixels(pixels, width, height).astype(np.float16))
    return FrameCrops(light, camera)
