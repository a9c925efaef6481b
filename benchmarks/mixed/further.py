"""Made photos of further formats: WebP, those of phones, those that hold light, and broken files."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from benchmarks.formats import metadata
from benchmarks.formats.made_raw import P3_OF_SRGB, make_dng
from benchmarks.formats.profiles import PROFILES
from benchmarks.mixed.photo import (
    ALL_BLOCKS,
    HEIGHT,
    WIDTH,
    MixedPhoto,
    encode_png,
    encode_tiff,
    is_installed,
    make_values,
    read_pillow,
    save_image,
)
from deblur_app.core.profiles.made_profiles import make_display_p3, make_linear_grey, make_srgb

if TYPE_CHECKING:
    from collections.abc import Iterator


def make_simple() -> Iterator[MixedPhoto]:
    """Yield WebP, BMP, GIF, PPM and JPEG 2000."""
    values, alpha = make_values(), make_values(4)
    image = Image.fromarray(values)
    profile = PROFILES["Display P3"]
    for label, source, levels, options in (
        ("p3", image, 0.0, {"icc_profile": profile, "lossless": True}),
        ("alpha", Image.fromarray(alpha), 0.0, {"lossless": True}),
        ("lossy", image, 24.0, {"quality": 90}),
    ):
        data = save_image(source, "WEBP", **options)
        kept = profile if "icc_profile" in options else None
        yield MixedPhoto(f"webp/{label}.webp", data, ".webp", (read_pillow(data),), kept, levels=levels)
    data = metadata.make_photo(".webp")
    turned = np.rot90(read_pillow(data), 3)
    yield MixedPhoto("webp/metadata.webp", data, ".webp", (turned,), metadata.PROFILE, ALL_BLOCKS, levels=24.0)
    for ending, kind in ((".bmp", "BMP"), (".gif", "GIF"), (".ppm", "PPM"), (".jp2", "JPEG2000")):
        data = save_image(image, kind)
        kept_ending = ".bmp" if ending == ".bmp" else ".png"
        stored = read_pillow(data, "RGB")
        yield MixedPhoto(f"others/plain{ending}", data, kept_ending, (stored,))


def make_phone() -> Iterator[MixedPhoto]:
    """Yield HEIC, AVIF and JPEG XL, as far as their libraries are there."""
    if is_installed("pillow_heif"):
        yield from _make_heic()
    if is_installed("imagecodecs"):
        yield from _make_avif_and_jxl()


def _make_heic() -> Iterator[MixedPhoto]:
    import pillow_heif

    data = metadata.make_photo(".heic")
    upright = np.asarray(pillow_heif.open_heif(data)[0])
    yield MixedPhoto("phone/metadata.heic", data, ".png", (upright,), metadata.PROFILE, ALL_BLOCKS)
    file = io.BytesIO()
    deep = make_values(3, 16)
    pillow_heif.from_bytes("RGB;16", (WIDTH, HEIGHT), deep.tobytes()).save(file, quality=-1, chroma=444, bit_depth=10)
    opened = pillow_heif.open_heif(file.getvalue(), convert_hdr_to_8bit=False)
    ten_bits = (np.asarray(opened[0]) >> 6).astype(np.uint32)
    stored = ((ten_bits * 65535 * 2 + 1023) // 2046).astype(np.uint16)
    yield MixedPhoto("phone/ten-bits.heic", file.getvalue(), ".tif", (stored,))


def _make_avif_and_jxl() -> Iterator[MixedPhoto]:
    import imagecodecs

    data = metadata.make_photo(".avif")
    turned = np.rot90(read_pillow(data), 3)
    yield MixedPhoto("phone/metadata.avif", data, ".avif", (turned,), metadata.PROFILE, ALL_BLOCKS, levels=12.0)
    ten_bits = make_values(3, 16) >> 6
    data = bytes(imagecodecs.avif_encode(ten_bits, level=100, bitspersample=10))
    read = imagecodecs.avif_decode(data).astype(np.uint32)
    stored = ((read * 65535 * 2 + 1023) // 2046).astype(np.uint16)
    yield MixedPhoto("phone/ten-bits.avif", data, ".tif", (stored,))
    if not is_installed("pillow_jxl"):
        return
    importlib.import_module("pillow_jxl")  # which tells Pillow of the format
    values = make_values()
    data = save_image(Image.fromarray(values), "JXL", lossless=True, exif=metadata.make_exif(), xmp=metadata.XMP)
    with Image.open(io.BytesIO(data)) as image:
        profile = image.info.get("icc_profile")
    yield MixedPhoto("phone/plain.jxl", data, ".png", (values,), profile, frozenset(("exif", "xmp")))


def make_linear() -> Iterator[MixedPhoto]:
    """Yield files that hold light: OpenEXR, FITS and camera raw."""
    light = _decode_srgb(make_values() / 255) * 0.65
    if is_installed("imagecodecs"):
        import imagecodecs

        values = np.rint(_encode_srgb(light) * 65535).astype(np.uint16)
        data = bytes(imagecodecs.exr_encode(light.astype(np.float32)))
        yield MixedPhoto("light/scene.exr", data, ".tif", (values,), make_srgb(), levels=0.2)
    if is_installed("astropy"):
        fits: Any = importlib.import_module("astropy.io.fits")
        numbers, file = make_values(1, 16)[..., 0], io.BytesIO()
        fits.PrimaryHDU(numbers).writeto(file)
        yield MixedPhoto("light/stars.fits", file.getvalue(), ".tif", (numbers[::-1, :, None],), make_linear_grey())
    if is_installed("rawpy"):
        shown = np.rint(_encode_srgb(light @ P3_OF_SRGB.T) * 65535).astype(np.uint16)
        # A sensor sees one colour at each place, and the others are interpolated.
        yield MixedPhoto("light/camera.dng", make_dng(light), ".tif", (shown,), make_display_p3(), levels=60.0)


def _decode_srgb(values: np.ndarray) -> np.ndarray:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _encode_srgb(light: np.ndarray) -> np.ndarray:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)


def make_broken() -> Iterator[MixedPhoto]:
    """Yield files that cannot be read."""
    values = make_values()
    png, tiff = encode_png(values, None), encode_tiff([values], photometric="rgb")
    yield MixedPhoto("broken/cut-off.tif", tiff[: len(tiff) // 2])
    yield MixedPhoto("broken/empty.webp", b"")
    yield MixedPhoto("broken/cut-off.png", png[: len(png) // 2])
    yield MixedPhoto("broken/words.jpg", b"These are no pixels.\n" * 20)
