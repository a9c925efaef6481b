"""Conversion between pixels and Qt's images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import qimage2ndarray
from PySide6.QtGui import QImage

from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.gui.images.screen_colours import to_screen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_SMALLEST_LEVEL = 512
"""A picture is halved while its shorter side has more pixels than this."""


def to_qimage(values: NDArray[np.uint8], alpha: NDArray[np.uint8] | None = None) -> QImage:
    """Return an image of RGB values, uint8 of shape (height, width, 3), copied once into Qt's own memory.

    Args:
        values: The colours.
        alpha: The opacity of each pixel, shape (height, width); None for an image without transparency.
    """
    height, width = values.shape[:2]
    image = QImage(width, height, QImage.Format.Format_RGB32 if alpha is None else QImage.Format.Format_ARGB32)
    view = qimage2ndarray.byte_view(image, byteorder="little")
    cv2.cvtColor(values, cv2.COLOR_RGB2BGRA, dst=view)
    if alpha is not None:
        view[..., 3] = alpha
    return image


def quantize_for_display(pixels: Pixels, white: float = 1.0) -> NDArray[np.uint8]:
    """Return the 8-bit values that a screen shows, with the value `white` shown as white; uint8 of the same shape."""
    return to_uint8(pixels if white == 1.0 else pixels / np.float32(white))


def pyramid(
    pixels: Pixels, alpha: NDArray[np.float32] | None = None, white: float = 1.0, icc: bytes | None = None
) -> list[QImage]:
    """Return the picture at full size and halved again and again, each pixel the mean of those it stands for.

    Painting a photograph at the size of the window from the nearest level costs a millisecond, and what is seen
    is what the full picture gives when it is looked at from far. May be called in any thread.

    Args:
        pixels: The picture.
        alpha: Its transparency, shape (height, width), in [0, 1]; colours count as much as they are seen.
        white: The value that is shown as white: less than 1 for dim pictures.
        icc: The profile of its colours, which are converted to those of the screen; None for sRGB.
    """
    values = to_screen(quantize_for_display(pixels, white), icc)
    if alpha is not None:
        return _transparent_pyramid(values, to_uint8(alpha))
    return pyramid_of_values(values)


def pyramid_of_values(values: NDArray[np.uint8]) -> list[QImage]:
    """Return what `pyramid` does of 8-bit RGB values that a screen shows, shape (height, width, 3)."""
    levels = [to_qimage(values)]
    while min(values.shape[:2]) > _SMALLEST_LEVEL:
        smaller = cv2.resize(values, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        values = smaller.astype(np.uint8, copy=False)
        levels.append(to_qimage(values))
    return levels


def replace_part(levels: list[QImage], values: NDArray[np.uint8], left: int, top: int) -> list[QImage]:
    """Return a picture without transparency as `pyramid` does, in which a part is another; the picture itself stays.

    Args:
        levels: The picture.
        values: The part, 8-bit RGB values that a screen shows.
        left: Its first column in the picture.
        top: Its first row.
    """
    changed = [levels[0].copy()]
    whole = qimage2ndarray.byte_view(changed[0], byteorder="little")
    part = cv2.cvtColor(values, cv2.COLOR_RGB2BGRA)
    whole[top : top + values.shape[0], left : left + values.shape[1]] = part
    for level in levels[1:]:
        changed.append(QImage(level.width(), level.height(), QImage.Format.Format_RGB32))
        view = qimage2ndarray.byte_view(changed[-1], byteorder="little")
        whole = cv2.resize(whole, None, dst=view, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return changed


def _transparent_pyramid(values: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> list[QImage]:
    levels = [to_qimage(values, alpha)]
    weight = alpha[..., None].astype(np.float32)
    premultiplied = values * weight
    while min(values.shape[:2]) > _SMALLEST_LEVEL:
        premultiplied, weight = _halve(premultiplied), _halve(weight)
        values = np.rint(premultiplied / np.maximum(weight, 1e-3)).clip(0, 255).astype(np.uint8)
        levels.append(to_qimage(values, np.rint(weight[..., 0]).astype(np.uint8)))
    return levels


def _halve(values: NDArray[np.float32]) -> NDArray[np.float32]:
    half = cv2.resize(values, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.float32).reshape(*half.shape[:2], -1)  # OpenCV drops the last axis of one channel


def alpha_of(image: QImage) -> NDArray[np.uint8] | None:
    """Return the alpha channel of an image that `to_qimage` made: a view; None where it has no transparency."""
    if not image.hasAlphaChannel():
        return None
    alpha: NDArray[np.uint8] = qimage2ndarray.byte_view(image, byteorder="little")[..., 3]
    return alpha


def values_of(image: QImage) -> NDArray[np.uint8]:
    """Return the RGB values of an image that `to_qimage` made: a view, uint8 of shape (height, width, 3)."""
    values: NDArray[np.uint8] = qimage2ndarray.byte_view(image, byteorder="little")[..., 2::-1]
    return values


def from_qimage(image: QImage) -> Picture:
    """Return a picture of an image from the clipboard, with its transparency."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    # RGBA8888 lies in memory as R, G, B, A on every machine; each line is padded to bytesPerLine.
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    values: NDArray[Any] = lines[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()
    opaque = bool((values[..., 3] == 255).all())
    return Picture(from_integer(values[..., :3]), None if opaque else from_integer(values[..., 3]))
