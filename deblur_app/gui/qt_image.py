"""Between pixels and Qt's images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import qimage2ndarray
from PySide6.QtGui import QImage

from deblur_app.core.picture import Picture, from_integer, to_uint8

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_SMALLEST_LEVEL = 512


def to_qimage(values: NDArray[np.uint8]) -> QImage:
    """An image of RGB values, uint8 of shape (height, width, 3), copied once into Qt's own memory."""
    height, width = values.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    cv2.cvtColor(values, cv2.COLOR_RGB2BGRA, dst=qimage2ndarray.byte_view(image, byteorder="little"))
    return image


def pyramid(pixels: Pixels) -> list[QImage]:
    """The picture at full size and halved again and again, each pixel the mean of those it stands for.

    Painting a photograph at the size of the window from the nearest level costs a millisecond, and what is seen
    is what the full picture gives when it is looked at from far. May be called in any thread.
    """
    values = to_uint8(pixels)
    levels = [to_qimage(values)]
    while min(values.shape[:2]) > _SMALLEST_LEVEL:
        smaller = cv2.resize(values, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        values = smaller.astype(np.uint8, copy=False)
        levels.append(to_qimage(values))
    return levels


def values_of(image: QImage) -> NDArray[np.uint8]:
    """The RGB values of an image that `to_qimage` made: a view, uint8 of shape (height, width, 3)."""
    values: NDArray[np.uint8] = qimage2ndarray.byte_view(image, byteorder="little")[..., 2::-1]
    return values


def from_qimage(image: QImage) -> Picture:
    """A picture of an image from the clipboard, with its transparency."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    # RGBA8888 lies in memory as R, G, B, A on every machine; each line is padded to bytesPerLine.
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    values: NDArray[Any] = lines[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
    opaque = bool((values[..., 3] == 255).all())
    return Picture(from_integer(values[..., :3]), None if opaque else from_integer(values[..., 3]))
