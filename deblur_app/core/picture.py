"""The picture: what is read from a file, worked on, shown and written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from deblur_app.core.profiles.icc import find_space

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.profiles.tone_curves import ToneCurves

type Pixels = NDArray[np.float32]
"""Float32, shape (height, width, 3), values in [0, 1]: the only form of pixels inside the program.

They are encoded with the curve of sRGB, in the primaries of the photo.
"""

_VALUES_AT_ONCE = 1_000_000
"""Values that are converted at a time."""


@dataclass(frozen=True)
class Metadata:
    """Blocks of metadata, each None or empty where the file has none.

    Attributes:
        xmp: The XMP packet, an XML document (rating, keywords, rights).
        iptc: The Photoshop image resources, beginning with “8BIM”, that hold the IPTC fields of older programs.
        comment: A plain comment, as JPEG and GIF have it.
        resolution: Pixels per inch, horizontally and vertically.
        texts: Key and text of each text block of a PNG, in the order of the file.
        xmp_extension: What a JPEG has of XMP beyond the packet, as the contents of its segments.
        has_thumbnail: Whether EXIF held a thumbnail, which is made anew for a JPEG.
        jpeg_tables: Quantisation tables of a JPEG, each of 64 numbers, as Pillow has them: luma, and chroma if any.
        jpeg_sampling: Its subsampling, as Pillow counts them: 0 for 4:4:4, 1 for 4:2:2, 2 for 4:2:0; -1 for another.
    """

    xmp: bytes | None = None
    iptc: bytes | None = None
    comment: str = ""
    resolution: tuple[float, float] | None = None
    texts: tuple[tuple[str, str], ...] = ()
    xmp_extension: tuple[bytes, ...] = ()
    has_thumbnail: bool = False
    jpeg_tables: tuple[tuple[int, ...], ...] = ()
    jpeg_sampling: int = -1


@dataclass(frozen=True, eq=False)
class Picture:
    """Pixels together with the metadata of their file.

    Attributes:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1], upright.
        alpha: Float32 array of shape (height, width) in [0, 1], or None where the file has no transparency.
        bit_depth: Bits per channel of the file: 8 or 16. Saving keeps it where the format can.
        exif: The EXIF block with its orientation set to 1, because `pixels` are upright already.
        icc: The ICC profile of the file, kept and written back untouched.
        path: Where it was read from; None for the clipboard and for pictures made by the program.
        is_grey: Whether the file has one colour channel; saving keeps it where the format can. `pixels` has three
            all the same.
        jpeg_table: Luma quantisation table of a JPEG, shape (8, 8), in natural order, in 8-bit levels; of a
            lossy WebP that of the JPEG that is as coarse; None for every other file.
        metadata: XMP, IPTC, comment, resolution and texts, kept and written back where the format can hold them.
        pages: How many pages the file has, of which this is one; above 1 for TIFF only.
        page: Which of them this is, from 0 on.
        note: A sentence about reading that the user should see, such as that the first of several pages was taken.
        curves: How the values of the file became `pixels`, and how they become values again; None where they are
            encoded as sRGB is.
        inks: Cyan, magenta, yellow and black as the file has them, uint8 or uint16 of shape (height, width, 4), of
            which `pixels` are the colours by `icc`; None for all other photos.
    """

    pixels: Pixels
    alpha: NDArray[np.float32] | None = None
    bit_depth: Literal[8, 16] = 8
    exif: bytes | None = None
    icc: bytes | None = None
    path: Path | None = None
    is_grey: bool = False
    jpeg_table: NDArray[np.uint16] | None = None
    metadata: Metadata = field(default_factory=Metadata)
    pages: int = 1
    page: int = 0
    note: str = ""
    curves: ToneCurves | None = None
    inks: NDArray[np.uint8] | NDArray[np.uint16] | None = None

    @property
    def pixel_profile(self) -> bytes | None:
        """The profile of the colours of `pixels`: that of the file, with another curve; None for sRGB."""
        if self.icc is None or find_space(self.icc) != b"RGB ":
            return None
        return self.curves.describe_pixels(self.icc) if self.curves else self.icc

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def size_text(self) -> str:
        """The size as people write it, such as “4000 × 3000”."""
        return f"{self.width} × {self.height}"

    def with_pixels(self, pixels: Pixels) -> Picture:
        """Return the same picture with other pixels; transparency is dropped where the size has changed."""
        same_size = pixels.shape[:2] == self.pixels.shape[:2]
        return replace(self, pixels=pixels, alpha=self.alpha if same_size else None)


def to_uint8(pixels: Pixels) -> NDArray[np.uint8]:
    """Round pixels in [0, 1] to 8 bits, clipping what lies outside; same shape."""
    return _to_integer(pixels, 255.0, np.uint8)


def to_uint16(pixels: Pixels) -> NDArray[np.uint16]:
    """Round pixels in [0, 1] to 16 bits, clipping what lies outside; same shape."""
    return _to_integer(pixels, 65535.0, np.uint16)


def from_integer(values: NDArray[np.uint8] | NDArray[np.uint16]) -> Pixels:
    """Scale 8-bit or 16-bit values to float32 in [0, 1]; same shape."""
    return np.multiply(values, np.float32(1.0 / np.iinfo(values.dtype).max), dtype=np.float32)


def _to_integer[T: np.generic](pixels: Pixels, scale: float, dtype: type[T]) -> NDArray[T]:
    result = np.empty(pixels.shape, dtype)
    step = max(_VALUES_AT_ONCE // max(pixels[:1].size, 1), 1)
    for top in range(0, len(pixels), step):  # so that no second picture in float32 is ever held
        scaled = np.clip(pixels[top : top + step], 0.0, 1.0)
        scaled *= np.float32(scale)
        scaled += np.float32(0.5)
        result[top : top + step] = scaled
    return result


def mean_of_channels(pixels: Pixels) -> NDArray[np.float32]:
    """Return the mean of the channels, shape (height, width); some twenty times as fast as NumPy's."""
    if pixels.shape[2] == 1:
        return pixels[:, :, 0].astype(np.float32)
    weights = np.full((1, pixels.shape[2]), 1.0 / pixels.shape[2], np.float32)
    return cv2.transform(np.ascontiguousarray(pixels), weights).astype(np.float32, copy=False)


def max_of_channels(pixels: Pixels) -> NDArray[np.float32]:
    """Return the largest value of each pixel, shape (height, width); some twenty times as fast as NumPy's."""
    largest = pixels[:, :, 0].copy()
    for channel in range(1, pixels.shape[2]):
        np.maximum(largest, pixels[:, :, channel], out=largest)
    return largest


def resize_pixels(pixels: Pixels, width: int, height: int) -> Pixels:
    """Return the whole picture at another size, its aspect not kept.

    Where it shrinks, each pixel is the mean of the area it covers, so that nothing aliases.

    Args:
        pixels: Float32 array of shape (h, w, 3).
        width: New width in pixels.
        height: New height in pixels.
    """
    if pixels.shape[:2] == (height, width):
        return pixels
    # One side after the other where one shrinks and the other grows: no filter of OpenCV's does both without aliasing.
    smaller = min(width, pixels.shape[1]), min(height, pixels.shape[0])
    for size, method in ((smaller, cv2.INTER_AREA), ((width, height), cv2.INTER_LINEAR)):
        if pixels.shape[1::-1] != size:
            pixels = cv2.resize(pixels, size, interpolation=method).astype(np.float32, copy=False)
    return pixels


def reduce_pixels(pixels: Pixels, scale: int) -> Pixels:
    """Return the whole picture `scale` times smaller, sides rounded down; the same array where `scale` is 1."""
    height, width = (length // scale for length in pixels.shape[:2])
    return resize_pixels(pixels, width, height)
