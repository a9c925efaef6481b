"""Limits on the size of pictures, checked before or while they are decoded."""

from __future__ import annotations

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import damaged_file_error, quote
from deblur_app.core.program.memory import find_free_memory
from deblur_app.core.texts import tr

MAX_PIXELS = 250_000_000
"""Largest picture that is opened, in pixels: above the 200 megapixels of the largest cameras."""

MAX_BLOCK = 32_000_000
"""Longest block of metadata that is unpacked, in bytes; profiles and XMP packets stay far below."""

_BYTES_PER_PIXEL = 12 * 4
"""Float32 colour, and the result, and what the display and the blending hold meanwhile."""

_PIXELS_PER_BYTE = 40
"""Above what photographs reach: a 40-megapixel photo, evenly out of focus, fills more than 1 MB as JPEG or WebP."""

_ALWAYS_ALLOWED = 40_000_000
"""Pixels that a file may have however small it is: 0.6 GB while it is decoded."""

_BYTES_PER_ALLOWED_PIXEL = 3.1
"""Unpacked bytes for each pixel that is allowed: so many megapixels of RGB in 8 bits, or half as many in 16 bits."""


def check_size(width: int, height: int, name: str, file_size: int | None = None, bytes_per_pixel: float = 3.0) -> None:
    """Refuse a picture by its header alone, before anything is allocated for it.

    Args:
        width: Width in pixels.
        height: Height in pixels, of all pages together.
        name: The name of the file.
        file_size: Length of the file in bytes; None where it says nothing about the pixels.
        bytes_per_pixel: Bytes that a decoder allocates for a pixel.

    Raises:
        DeblurError: It has no pixels, too many for the program, for the file or for the memory that is free.
    """
    pixels = width * height
    if width < 1 or height < 1:
        raise damaged_file_error(name, tr("{width} × {height} pixels", width=width, height=height))
    if pixels > MAX_PIXELS:
        raise DeblurError(
            tr(
                "{file} is too large: {width} × {height} pixels ({pixels:.0f} megapixels). Deblur opens "
                "pictures of up to {max_pixels:.0f} megapixels: make it smaller or cut a part out of it.",
                file=quote(name),
                width=width,
                height=height,
                pixels=pixels / 1e6,
                max_pixels=MAX_PIXELS / 1e6,
            )
        )
    allowed = max(_ALWAYS_ALLOWED, _PIXELS_PER_BYTE * (file_size or 0))
    if file_size is not None and (pixels > allowed or pixels * bytes_per_pixel > _BYTES_PER_ALLOWED_PIXEL * allowed):
        raise DeblurError(
            tr(
                "{file} is too large when unpacked: {pixels:.0f} megapixels out of "
                "{bytes}, far more than a photograph. Make it smaller in the program it came from.",
                file=quote(name),
                pixels=pixels / 1e6,
                bytes=describe_bytes(file_size),
            )
        )
    needed, free = pixels * _BYTES_PER_PIXEL, find_free_memory()
    if needed > free:
        raise DeblurError(
            tr(
                "{file} ({pixels:.0f} megapixels) is too large for the memory: it needs about "
                "{bytes} and {bytes_2} are free. Close other programs or make the "
                "picture smaller.",
                file=quote(name),
                pixels=pixels / 1e6,
                bytes=describe_bytes(needed),
                bytes_2=describe_bytes(free),
            )
        )
