"""Cases of an evaluation: a blurred photo on disk with its sharp picture, and both loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import read_plain
from deblur_app.core.picture import Picture
from deblur_app.engine.evaluation.mat_file import read_planes

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

MAT = ".mat"
"""Ending of the files of Levin et al. (2009)."""

_ARRAYS = ("x", "y", "f")
"""Arrays of such a file: the sharp picture, the blurred one, and the kernel."""

_LARGEST_MAT = 50_000_000
"""Bytes of a .mat file at most; those of Levin et al. have half a million."""

_LARGEST_NUMBER = 1e9
"""Number in a .mat file at most: pictures have up to 1, kernels sum up to 1."""

_LONGEST_SIDE = 4096
"""Side in pixels of an array in a .mat file at most."""


@dataclass(frozen=True)
class Case:
    """A blurred photo and where its sharp picture is.

    Attributes:
        name: Its name within the data set, such as “GOPR0372/000047”.
        photo: The blurred photo.
        truths: The sharp picture; several where the camera moved during the exposure and each pose was photographed.
        layout: The layout of its data set, which decides the protocol.
    """

    name: str
    photo: Path
    truths: tuple[Path, ...]
    layout: str


@dataclass(frozen=True, eq=False)
class LoadedCase:
    """The pictures of a case.

    Attributes:
        photo: The blurred photo, sRGB-encoded like every picture.
        truths: The sharp pictures, each of shape (height, width, 3).
        kernel: The kernel that was measured; None where the data set has none.
        is_linear: Whether figures are taken in linear light, as the values of the data set are.
    """

    photo: Picture
    truths: tuple[Pixels, ...]
    kernel: Kernel | None = None
    is_linear: bool = False


def load(case: Case) -> Task[LoadedCase]:
    """Read the pictures of a case.

    Raises:
        DeblurError: One of them is missing or cannot be read.
    """
    if case.photo.suffix.lower() == MAT:
        return _load_mat(case.photo)
    photo = yield from image_io.read_task(case.photo)
    truths: tuple[Pixels, ...] = ()
    for path in case.truths:
        truth = yield from image_io.read_task(path)
        truths = (*truths, truth.pixels)
    return LoadedCase(photo, truths)


def crop_middle(case: LoadedCase, side: int) -> LoadedCase:
    """Return a case with the middle of its pictures, at most `side` pixels high and wide."""
    photo = case.photo.with_pixels(_middle(case.photo.pixels, side))
    return replace(case, photo=photo, truths=tuple(_middle(truth, side) for truth in case.truths))


def _middle(pixels: Pixels, side: int) -> Pixels:
    top, left = (max(length - side, 0) // 2 for length in pixels.shape[:2])
    return np.ascontiguousarray(pixels[top : top + side, left : left + side])


def _load_mat(path: Path) -> LoadedCase:
    """Return one of the pairs of Levin et al., "Understanding and evaluating blind deconvolution algorithms" (2009).

    Their kernels are those of a correlation: turned by half a turn they are point spread functions.
    """
    try:
        arrays = read_planes(read_plain(path, _LARGEST_MAT), _ARRAYS, _LONGEST_SIDE)
    except ValueError as error:
        raise DeblurError(f"“{path.name}” cannot be read: {error}.") from error
    truth, blurred, kernel = (_plane(arrays, key, path) for key in _ARRAYS)
    if truth.shape != blurred.shape or kernel.min() < 0 or not kernel.sum() > 0:
        raise DeblurError(f"“{path.name}” holds no pair of a sharp and a blurred picture with its kernel.")
    light, sharp = (np.repeat(plane[:, :, None], 3, axis=2) for plane in (blurred, truth))
    return LoadedCase(
        Picture(linear_to_srgb(light)), (sharp,), kernel_arrays.normalize(kernel[::-1, ::-1]), is_linear=True
    )


def _plane(arrays: dict[str, NDArray[np.generic]], key: str, path: Path) -> NDArray[np.float32]:
    """Return an array of numbers in two dimensions, pictures in [0, 1]."""
    values = arrays.get(key)
    if (
        values is None
        or max(values.shape) == 1
        or not np.isfinite(values).all()
        or not np.abs(values, dtype=np.float64).max() <= _LARGEST_NUMBER
    ):
        raise DeblurError(f"“{path.name}” has no array “{key}”: it needs x (sharp), y (blurred) and f (kernel).")
    plane = values.astype(np.float32)
    return plane if key == "f" else np.clip(plane, 0.0, 1.0)
