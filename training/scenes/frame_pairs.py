"""Pairs of a folder of video frames: the mean of an odd number of them in light, and the one in their middle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.picture import Picture, resize_pixels
from deblur_app.core.task import Progress, Task
from training.scenes.camera_curve import SrgbCurve, read_curve
from training.scenes.pair_writer import PairWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from training.scenes.camera_curve import CameraCurve


def average_frames(frames: Sequence[Pixels], curve: CameraCurve | SrgbCurve) -> Pixels:
    """Return the photo that a camera would have taken with its shutter open over all frames.

    Args:
        frames: Encoded pixels of equal shape, an odd number of them, so that one is in the middle of the exposure.
        curve: Of the camera: light adds up, values do not.

    Raises:
        DeblurError: The number is even, or the sizes differ.
    """
    if len(frames) % 2 == 0:
        raise DeblurError(f"An odd number of frames is needed, so that one is in the middle: {len(frames)}.")
    if len({frame.shape for frame in frames}) != 1:
        raise DeblurError("The frames have different sizes. Take frames of one video.")
    total = np.zeros_like(frames[0])
    for frame in frames:
        total += curve.to_light(frame)
    return curve.to_values(total / np.float32(len(frames)))


def make_frame_pairs(
    folder: Path, out: Path, *, frames: int, count: int, curve: Path | None = None, scale: float = 1.0
) -> Task[int]:
    """Write pairs of the frames of a video, spread evenly over it, into `sharp/` and `blurred/`.

    Args:
        folder: The frames, in the order of their names.
        out: The folder to write to, made if need be.
        frames: How many make one blurred picture; odd.
        count: Pairs at most; they share no frames as long as there are enough.
        curve: The camera's inverse curve, see `read_curve`; None takes sRGB's.
        scale: Size of the pairs relative to the frames, at most 1.

    Returns:
        The number of pairs written.

    Raises:
        DeblurError: There are too few frames, one cannot be read, or a file would be overwritten.
    """
    if frames < 3 or frames % 2 == 0:
        raise DeblurError(f"Take an odd number of frames, 3 or more: {frames}.")
    paths = file_names.pictures_in(folder)
    if len(paths) < frames:
        raise DeblurError(f"“{folder}” holds {len(paths)} frames: too few for pairs of {frames}.")
    camera = read_curve(curve) if curve else SrgbCurve()
    most = min(count, max(len(paths) // frames, 1))
    starts = np.linspace(0, len(paths) - frames, most).round().astype(int).tolist()
    writer = PairWriter(out, [f"{paths[start + frames // 2].stem}_{frames}" for start in starts], paths)
    for number, start in enumerate(starts):
        yield Progress(number / len(starts), f"Averaging {paths[start].name}")
        pictures = [image_io.read(path).pixels for path in paths[start : start + frames]]
        blurred, sharp = average_frames(pictures, camera), pictures[frames // 2]
        writer.write(number, *(_resize(pixels, camera, scale) for pixels in (blurred, sharp)))
    return len(starts)


def _resize(pixels: Pixels, curve: CameraCurve | SrgbCurve, scale: float) -> Picture:
    """Return a picture reduced in light."""
    picture = Picture(pixels)
    if scale == 1.0:
        return picture
    height, width = (max(round(length * scale), 1) for length in pixels.shape[:2])
    return replace(picture, pixels=curve.to_values(resize_pixels(curve.to_light(pixels), width, height)))
