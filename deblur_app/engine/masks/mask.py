"""Masks of strokes, gradients and subjects, or of a picture: where in a photo a restoration is taken.

Places are shares of the photo's width and height, sizes are shares of its longer side, so that a mask fits every copy
of the photo, and other photos too.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import mean_of_channels, to_uint8
from deblur_app.core.texts import tr, tr_count

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

type Place = tuple[float, float]

LEAST_RADIUS, MOST_RADIUS = 0.001, 0.25
"""Of a brush, in shares of the photo's longer side."""

FURTHEST = 0.5
"""Shares of the photo that a point of a stroke may lie outside of it, so that one can paint over its edge."""

MOST_SHAPES, MOST_POINTS = 500, 5000
"""Shapes of a mask and points of a stroke at most."""

_STEPS = 32767
"""Steps of a place from one limit to the other: a quarter of a pixel at 24 megapixels."""

_PNG_HEADER = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Stroke:
    """A stroke of a round brush.

    Attributes:
        points: The places that it goes through.
        radius: Of the brush, from `LEAST_RADIUS` to `MOST_RADIUS`.
        hardness: The share of the radius from which on the brush fades, in [0, 1].
        is_erasing: Whether it takes away from the mask.
    """

    points: tuple[Place, ...]
    radius: float = 0.05
    hardness: float = 0.5
    is_erasing: bool = False


@dataclass(frozen=True)
class Gradient:
    """A linear gradient: all before its start, nothing behind its end.

    Attributes:
        start: The place where it begins to fade.
        end: The place where it has faded.
        is_erasing: Whether it takes away from the mask.
    """

    start: Place
    end: Place
    is_erasing: bool = False


@dataclass(frozen=True)
class Subject:
    """The thing that fills most of a rectangle.

    Attributes:
        rectangle: Left, top, right and bottom.
        hardness: 1 for an edge without feather; the feather lies within the subject.
        is_erasing: Whether it takes away from the mask.
    """

    rectangle: tuple[float, float, float, float]
    hardness: float = 0.5
    is_erasing: bool = False


type Shape = Stroke | Gradient | Subject


@dataclass(frozen=True)
class Mask:
    """The places of a photo at which a restoration is taken.

    Attributes:
        shapes: They add to the mask or take away from it, one after the other.
        is_inverted: Whether it is everything but that.
        image: A grey PNG of 8 bits and the size of the photo, white where the restoration is taken, in place of shapes.
    """

    shapes: tuple[Shape, ...] = ()
    is_inverted: bool = False
    image: bytes = b""

    def __bool__(self) -> bool:
        """Return whether it says anything."""
        return bool(self.shapes or self.image)

    def describe(self) -> str:
        """Return what it consists of in a few words."""
        if self.image:
            return tr("a picture")
        strokes, gradients, subjects = (
            sum(isinstance(shape, kind) for shape in self.shapes) for kind in (Stroke, Gradient, Subject)
        )
        counts = (
            tr_count("{count} strokes", "1 stroke", strokes) if strokes else "",
            tr_count("{count} gradients", "1 gradient", gradients) if gradients else "",
            tr_count("{count} subjects", "1 subject", subjects) if subjects else "",
        )
        return ", ".join(filter(None, counts))


def round_place(x: float, y: float) -> Place:
    """Return a place as files of masks keep it, within `FURTHEST` of the photo."""
    return unpack_place(*pack_place((x, y)))


def pack_place(place: Place) -> tuple[int, int]:
    """Return a place in steps."""
    span = 1 + 2 * FURTHEST
    x, y = (min(max(round((value + FURTHEST) / span * _STEPS), 0), _STEPS) for value in place)
    return x, y


def unpack_place(x: int, y: int) -> Place:
    """Return the place of a number of steps."""
    span = 1 + 2 * FURTHEST
    return x / _STEPS * span - FURTHEST, y / _STEPS * span - FURTHEST


def read_mask(path: Path) -> Mask:
    """Return the mask of a picture file: white is restored, black and transparent stay as they were.

    Raises:
        DeblurError: The file cannot be read.
    """
    picture = image_io.read(path)
    values = mean_of_channels(picture.pixels)
    if picture.alpha is not None:
        values = values * picture.alpha
    return mask_of_values(to_uint8(values))


def mask_of_values(values: NDArray[np.uint8]) -> Mask:
    """Return the mask with these weights, shape (height, width), 255 where the restoration is taken."""
    return Mask(image=cv2.imencode(".png", values)[1].tobytes())


def decode_image(mask: Mask, width: int, height: int) -> NDArray[np.uint8]:
    """Return the weights of a mask that is a picture, shape (height, width).

    Raises:
        DeblurError: It is damaged, or of another size than the photo; that is known before it is decoded.
    """
    size = struct.unpack(">II", mask.image[16:24]) if mask.image[:8] == _PNG_HEADER and len(mask.image) > 24 else (0, 0)
    if size != (width, height):
        raise DeblurError(
            tr(
                "The mask is {size} × {size_2} pixels and the photo {width} × {height}. Make the mask as large as the "
                "photo.",
                size=size[0],
                size_2=size[1],
                width=width,
                height=height,
            )
        )
    values = cv2.imdecode(np.frombuffer(mask.image, np.uint8), cv2.IMREAD_GRAYSCALE)
    if values is None or values.shape != (height, width):
        raise DeblurError(tr("The picture of the mask is damaged. Make the mask anew."))
    return np.asarray(values, np.uint8)
