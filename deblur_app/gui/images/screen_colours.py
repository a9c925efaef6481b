"""Colours of a photo as the screen shows them: from the space of its ICC profile to that of the screen."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import qimage2ndarray
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColorSpace, QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QColorTransform

_PIXELS_AT_ONCE = 250_000
"""Pixels that are converted at a time, some milliseconds, in which no other thread of Python goes on."""

_SAME = 1
"""Levels by which a profile may move colours and still be sRGB in other numbers."""


_SRGB = b""
"""Stands for a screen with the colours of sRGB."""

_screen = _SRGB
"""The profile of the screen."""


def set_screen_profile(icc: bytes | None) -> None:
    """Show all photos from now on for a screen with this profile; None for one with the colours of sRGB.

    Raises:
        ValueError: It is no profile of a screen, or none that Qt can convert to.
    """
    global _screen  # noqa: PLW0603 -- there is one screen that photos are judged on
    if icc is not None and not _parse_profile(icc).isValidTarget():
        raise ValueError("not the profile of a screen")
    _screen = icc or _SRGB


def to_screen(values: NDArray[np.uint8], icc: bytes | None) -> NDArray[np.uint8]:
    """Return colours as the screen shows them; the same array where nothing is to be converted.

    Args:
        values: RGB, shape (height, width, 3), in the space of the profile.
        icc: The profile; None for sRGB, as for a profile that Qt does not know.
    """
    return _convert_from(values, icc, _screen)


def to_srgb(values: NDArray[np.uint8], icc: bytes | None) -> NDArray[np.uint8]:
    """Return colours in sRGB, for programs that know no profiles; the same array where nothing is to be converted."""
    return _convert_from(values, icc, _SRGB)


def _convert_from(values: NDArray[np.uint8], icc: bytes | None, target: bytes) -> NDArray[np.uint8]:
    transform = _find_transform(icc or _SRGB, target)
    if transform is None:
        return values
    result = np.empty_like(values)
    step = max(_PIXELS_AT_ONCE // values.shape[1], 1)
    for top in range(0, len(values), step):
        result[top : top + step] = _convert(values[top : top + step], transform)
    return result


@functools.lru_cache(maxsize=8)
def _find_transform(icc: bytes, target: bytes) -> QColorTransform | None:
    """Return the conversion from a profile's space to another; None where there is nothing to convert."""
    space, screen = _read_space(icc), _read_space(target)
    if space == screen:
        return None
    transform = space.transformationToColorSpace(screen)
    samples = np.stack(np.meshgrid(*[np.arange(0, 256, 51)] * 3), axis=-1).astype(np.uint8).reshape(6, 36, 3)
    moved = np.abs(_convert(samples, transform).astype(int) - samples).max()
    return transform if moved > _SAME else None


def _read_space(icc: bytes) -> QColorSpace:
    """Return the space of a profile; sRGB where it is not one of RGB, or Qt does not know it."""
    space = _parse_profile(icc)
    return space if space.isValid() else QColorSpace(QColorSpace.NamedColorSpace.SRgb)


def _parse_profile(icc: bytes) -> QColorSpace:
    """Return the space of a profile of RGB; an invalid one where it is none."""
    return QColorSpace.fromIccProfile(QByteArray(icc)) if icc[16:20] == b"RGB " else QColorSpace()


def _convert(values: NDArray[np.uint8], transform: QColorTransform) -> NDArray[np.uint8]:
    image = QImage(values.shape[1], values.shape[0], QImage.Format.Format_RGB32)
    view = qimage2ndarray.byte_view(image, byteorder="little")
    view[..., :3], view[..., 3] = values[..., ::-1], 255
    image.applyColorTransform(transform)
    converted: NDArray[np.uint8] = qimage2ndarray.byte_view(image, byteorder="little")[..., 2::-1].copy()
    return converted  # its own memory: the image goes
