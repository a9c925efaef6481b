"""Readers of pictures, a family of formats each: sound small files of every kind, with accidents of all sorts."""

from __future__ import annotations

import functools
import importlib
import io
import struct
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.image_io import process
from tests.core.image_io import picture_files
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_XMP = b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>'
_ENDINGS = {
    "jpeg": (".jpg",),
    "png": (".png",),
    "tiff": (".tif",),
    "pnm": (".pbm", ".pgm", ".ppm", ".pfm"),
    "heif": (".heic",),
    "avif": (".avif",),
    "jpeg2000": (".jp2",),
    "jpeg-xl": (".jxl",),
    "exr": (".exr",),
    "fits": (".fits",),
    "other": (".webp", ".gif", ".bmp"),
}
_LARGEST_WRITTEN = 300_000
_IN_PROCESS = {"heif", "avif", "jpeg2000", "jpeg-xl", "exr", "fits", "raw", "tiff"}
_CASES = {
    "jpeg": 90,
    "png": 110,
    "tiff": 150,
    "pnm": 60,
    "heif": 50,
    "avif": 50,
    "jpeg2000": 50,
    "jpeg-xl": 40,
    "exr": 40,
    "fits": 40,
    "other": 70,
    "raw": 20,
}
_TOKENS = {
    "jpeg": (
        b"\xff\xd8",
        b"\xff\xd9",
        b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
        b"\xff\xe1\xff\xff",
        b"\xff\xc4\0\2",
    ),
    "png": (b"\0\0\0\0IEND\xaeB`\x82", b"\xff\xff\xff\xffIDAT", b"\0\0\0\x0dIHDR", b"\0\0\0\0tRNS"),
    "tiff": (b"\x00\x01\x03\x00\x01\x00\x00\x00", b"\x01\x01\x04\x00\xff\xff\xff\xff", b"II*\0\x08\0\0\0"),
    "pnm": (b"P6 ", b"#", b"# " + b"x" * 70_000, b"99999999 ", b"-1 ", b"\n"),
    "heif": (b"ipco", b"ispe", b"\0\0\0\0", b"\0\0\0\1mdat"),
    "avif": (b"ipco", b"ispe", b"\0\0\0\0", b"av1C\x81\x04\x4c\0"),
    "jpeg2000": (b"\xff\x4f\xff\x51", b"\xff\x90\0\x0a", b"jp2c", b"\xff\xd9"),
    "jpeg-xl": (b"\0\0\0\x0cJXL ", b"\xff\x0a", b"jxlc", b"brobExif", b"\0\0\0\1jxlp"),
    "exr": (b"v/1\1", b"channels\0chlist\0", b"dataWindow\0box2i\0\x10\0\0\0", b"\xff\xff\xff\x7f"),
    "fits": (b"SIMPLE  = ", b"NAXIS1  =           9999999999", b"BITPIX  =  -64", b"BSCALE  = 'x'", b"END" + b" " * 77),
    "other": (b"RIFF", b"VP8X", b"ANMF", b"\x21\xf9\x04", b"\x2c", b"\x3b"),
    "raw": (b"II*\0\x08\0\0\0", b"\x00\x01\x03\x00\x01\x00\x00\x00"),
}


@functools.cache
def _sound_files(family: str) -> tuple[bytes, ...]:
    """Return the table of known pixels of this family, and files with every block of metadata."""
    sample = (make() for make in picture_files.FILES.values())
    files = [file.data for file in sample if file.ending in _ENDINGS.get(family, ())]
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x8769] = "Maker", 6, {0x829A: 0.01, 0x9286: b"ASCII\0\0\0a"}
    exif[0x8825] = {1: "N", 2: (48.0, 5.0, 9.0)}
    image = Image.fromarray(picture_files.make_smooth(np.uint8))
    options: dict[str, Any] = {"exif": exif, "icc_profile": picture_files.SRGB, "xmp": _XMP, "dpi": (300, 300)}
    match family:
        case "jpeg":
            files.append(_save(image, "JPEG", comment=b"a comment", progressive=True, **options))
            files.append(_save(image, "MPO", save_all=True, append_images=[image]))
        case "png":
            files.append(_save(image, "PNG", save_all=True, append_images=[image], **options))
        case "tiff" | "raw":
            files.append(_save(image, "TIFF", exif=Image.Exif(), icc_profile=picture_files.SRGB, dpi=(300, 300)))
        case "avif":
            files.append(_save(image, "AVIF", exif=exif, icc_profile=picture_files.SRGB, xmp=_XMP))
            files.append(_save(image, "AVIF", save_all=True, append_images=[image]))
        case "jpeg-xl":
            importlib.import_module("pillow_jxl")  # Pillow knows the format from then on
            files += [imagecodecs.jpegxl_encode(np.asarray(image), lossless=is_exact) for is_exact in (True, False)]
            files.append(_save(image, "JXL", exif=exif.tobytes(), xmp=_XMP, compress_metadata=True))
        case "exr":
            light = picture_files.make_smooth(np.uint8).astype(np.float32) / 100
            files += [imagecodecs.exr_encode(light), imagecodecs.exr_encode(light[..., 0].astype(np.float16))]
        case "fits":
            files += [_save_fits(kind) for kind in (np.uint8, np.int16, np.float32)]
        case "other":
            files.append(_save(image, "WEBP", exif=exif, icc_profile=picture_files.SRGB, xmp=_XMP))
            files.append(_save(image, "WEBP", save_all=True, append_images=[image.rotate(9)]))
            files.append(_save(image.convert("P"), "GIF", save_all=True, append_images=[image.rotate(9).convert("P")]))
            files.append(_save(image.convert("1"), "BMP"))
        case _:
            pass
    return tuple(files)


def _save(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _save_fits(kind: type) -> bytes:
    from astropy.io import fits

    file = io.BytesIO()
    fits.PrimaryHDU(picture_files.make_smooth(np.uint8, 1)[..., 0].astype(kind)).writeto(file)
    return file.getvalue()


def _start_decoding_process() -> None:
    """Start it before the time of a case is taken: on a busy machine that takes seconds."""
    if not process.is_waiting():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sound.jp2"
            path.write_bytes(picture_files.FILES["JPEG 2000 8 bit, 3"]().data)
            image_io.read(path)


def _maker(family: str) -> Callable[[Random], bytes]:
    def make(random: Random) -> bytes:
        if family in _IN_PROCESS:
            _start_decoding_process()
        data = random.choice(_sound_files(family))
        accident = random.randint(0, 4)
        if accident == 0:
            return data[: random.randint(1, len(data))]
        if accident == 1:
            data = _with_odd_numbers(data, random)
        elif accident == 2:
            data = _with_changed_beginning(data, random)
        else:
            data = mutations.damage(data, random, _TOKENS[family])
        return _with_checksums(data) if family == "png" and random.randint(0, 1) else data

    return make


def _with_odd_numbers(data: bytes, random: Random) -> bytes:
    """Return `data` with a few numbers of 2 or 4 bytes replaced by those that lead programs astray."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 3)):
        number = random.choice((0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 60_000, 6_000))
        kind = random.choice(("<H", ">H", "<I", ">I"))
        place = random.randint(0, max(min(len(changed), 400) - 4, 0))
        size = struct.calcsize(kind)
        changed[place : place + size] = struct.pack(kind, number & (2 ** (8 * size) - 1))
    return bytes(changed)


def _with_changed_beginning(data: bytes, random: Random) -> bytes:
    """Return `data` with a few bytes changed in its first 300, where headers are."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 6)):
        changed[random.randint(0, min(len(changed), 300) - 1)] = random.randint(0, 255)
    return bytes(changed)


def _with_checksums(data: bytes) -> bytes:
    """Return a PNG whose chunks have the right checksums again, so that decoders look into them."""
    parts, position = [data[:8]], 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4])
        body = data[position + 4 : position + 8 + length]
        parts.append(data[position : position + 4] + body + struct.pack(">I", zlib.crc32(body)))
        position += 12 + length
    return b"".join(parts)


def _read(path: Path) -> None:
    picture = image_io.read(path)
    assert picture.pixels.shape == (picture.height, picture.width, 3)
    assert picture.pixels.dtype == np.float32
    assert 0 <= picture.pixels.min() <= picture.pixels.max() <= 1
    if picture.pixels.size < _LARGEST_WRITTEN:
        image_io.write(picture, path.with_name("again.tif"))
        image_io.write(picture, path.with_name("again.jpg"))


def _read_pages(path: Path) -> None:
    _read(path)
    image_io.read_pages(path)


READERS = (
    *(
        Reader(
            f"picture-{family}",
            f"a{endings[0]}",
            _maker(family),
            _read_pages if family == "tiff" else _read,
            _CASES[family],
        )
        for family, endings in _ENDINGS.items()
    ),
    Reader("picture-raw", "a.nef", _maker("raw"), _read, _CASES["raw"]),
)
