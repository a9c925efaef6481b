"""The choice of the decoder for a file: by its first bytes, never by its name alone."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from deblur_app.core.file_errors import unknown_format_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.image_io.decoded import Decoded

RAW_ENDINGS = frozenset((".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".raf", ".rw2"))

_DECODERS = {
    "avif": ("heif", "decode_avif"),
    "bmp": ("pillow_formats", "decode_bmp"),
    "exr": ("linear_formats", "decode_exr"),
    "fits": ("linear_formats", "decode_fits"),
    "gif": ("pillow_formats", "decode_gif"),
    "heif": ("heif", "decode_heif"),
    "jpeg": ("jpeg", "decode"),
    "jpeg xl": ("jpeg_xl", "decode"),
    "jpeg2000": ("jpeg2000", "decode"),
    "png": ("png", "decode"),
    "pnm": ("pnm", "decode"),
    "raw": ("raw", "decode"),
    "tiff": ("tiff", "decode"),
    "webp": ("pillow_formats", "decode_webp"),
}
_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jpeg xl"),
    (b"\xff\x0a", "jpeg xl"),
    (b"v/1\x01", "exr"),
    (b"SIMPLE  =", "fits"),
    *((b"P" + kind, "pnm") for kind in (b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"F", b"f")),
)
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"))


def find_family(data: bytes, name: str, ending: str) -> str:
    """Return the family of formats that the file belongs to, such as “jpeg”.

    Raises:
        DeblurError: It is no picture, or of a format that is not read.
    """
    if ending in RAW_ENDINGS:
        return "raw"
    if data[4:8] == b"ftyp":
        brands = {data[8:12]} | {data[place : place + 4] for place in range(16, min(len(data), 64), 4)}
        if brands & {b"avif", b"avis"}:
            return "avif"
        if brands & _HEIF_BRANDS:
            return "heif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for signature, family in _SIGNATURES:
        if data.startswith(signature):
            return family
    raise unknown_format_error(name)


def find_decoder(family: str) -> Callable[[bytes, str], Decoded]:
    """Return the function that decodes a family, importing its libraries only now."""
    module, function = _DECODERS[family]
    decoder: Callable[[bytes, str], Decoded] = getattr(
        importlib.import_module(f"deblur_app.core.image_io.decoders.{module}"), function
    )
    return decoder
