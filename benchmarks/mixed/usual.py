"""Made photos of the usual formats: PNG, JPEG and TIFF in all their depths, layouts and colours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from PIL import ExifTags, Image

from benchmarks.formats import metadata
from benchmarks.formats.profiles import GREY_PROFILES, PROFILES, inks_profile
from benchmarks.mixed.photo import (
    ALL_BLOCKS,
    MixedPhoto,
    encode_png,
    encode_tiff,
    is_installed,
    make_values,
    read_pillow,
    save_image,
)
from deblur_app.core.profiles.made_profiles import make_adobe_rgb

if TYPE_CHECKING:
    from collections.abc import Iterator

_ORIENTATIONS = (3, 6, 8)


def make_png() -> Iterator[MixedPhoto]:
    """Yield PNG of 8 and 16 bits: colours in all profiles, grey, transparency, a palette, and metadata."""
    for bits in (8, 16):
        for label, profile in PROFILES.items():
            values = make_values(3, bits)
            name = f"png/{label.replace(' ', '-')}-{bits}.png"
            yield MixedPhoto(name, encode_png(values, profile), ".png", (values,), profile)
    for label, channels, bits, profile in (
        ("grey", 1, 8, GREY_PROFILES["dot gain 20 %"]),
        ("grey-16", 1, 16, GREY_PROFILES["grey linear"]),
        ("alpha", 4, 8, None),
        ("alpha-16", 4, 16, PROFILES["Display P3"]),
        ("grey-alpha", 2, 8, None),
    ):
        values = make_values(channels, bits)
        yield MixedPhoto(f"png/{label}.png", encode_png(values, profile), ".png", (values,), profile)
    palette = Image.fromarray(make_values()).quantize(16)
    yield MixedPhoto("png/palette.png", save_image(palette, "PNG"), ".png", (np.asarray(palette.convert("RGB")),))
    turned = np.rot90(metadata.make_values(), 3)
    blocks = ALL_BLOCKS | {"iptc", "comment", "resolution", "texts"}
    data = metadata.make_photo(".png")
    yield MixedPhoto("png/metadata.png", data, ".png", (turned,), metadata.PROFILE, blocks)


def make_jpeg() -> Iterator[MixedPhoto]:
    """Yield JPEG in several colours and samplings, turned by EXIF, and with metadata."""
    image = Image.fromarray(make_values())
    variants: dict[str, tuple[Image.Image, dict[str, Any]]] = {
        "plain": (image, {}),
        "progressive": (image, {"progressive": True}),
        "sampled": (image, {"subsampling": "4:2:0"}),
        "p3": (image, {"icc_profile": PROFILES["Display P3"]}),
        "adobe": (image, {"icc_profile": PROFILES["Adobe RGB"]}),
        "prophoto": (image, {"icc_profile": PROFILES["ProPhoto RGB"]}),
        "grey": (Image.fromarray(make_values(1)[..., 0]), {"icc_profile": GREY_PROFILES["grey gamma 2.2"]}),
        "inks": (Image.fromarray(make_values(4), "CMYK"), {"icc_profile": inks_profile()}),
    }
    for label, (source, options) in variants.items():
        data = save_image(source, "JPEG", quality=95, **{"subsampling": "4:4:4", **options})
        levels = {"inks": 4.0, "sampled": 10.0}.get(label, 5.0)  # what another round of JPEG changes
        profile = options.get("icc_profile")
        yield MixedPhoto(f"jpeg/{label}.jpg", data, ".jpg", (read_pillow(data),), profile, levels=levels)
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.ColorSpace: 2}
    data = save_image(image, "JPEG", quality=95, subsampling="4:4:4", exif=exif.tobytes())
    yield MixedPhoto("jpeg/adobe-by-exif.jpg", data, ".jpg", (read_pillow(data),), make_adobe_rgb(), levels=5.0)
    for orientation in _ORIENTATIONS:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        data = save_image(image, "JPEG", quality=95, subsampling="4:4:4", exif=exif.tobytes())
        turned = np.rot90(read_pillow(data), {3: 2, 6: 3, 8: 1}[orientation])
        yield MixedPhoto(f"jpeg/turned-{orientation}.jpeg", data, ".jpeg", (turned,), levels=5.0)
    data = metadata.make_photo(".jpg")
    turned = np.rot90(read_pillow(data), 3)
    blocks = ALL_BLOCKS | {"iptc", "comment", "resolution"}
    yield MixedPhoto("jpeg/metadata.jpg", data, ".jpg", (turned,), metadata.PROFILE, blocks, levels=4.0)


def make_tiff() -> Iterator[MixedPhoto]:
    """Yield TIFF: planes, tiles, byte orders, pages, floating-point numbers, inks, and metadata."""
    eight, sixteen = make_values(), make_values(3, 16)
    grey = make_values(1, 16)[..., 0]
    planes = {"planarconfig": "separate", "photometric": "rgb"}
    variants: dict[str, tuple[np.ndarray, np.ndarray, dict[str, Any]]] = {
        "8": (eight, eight, {"photometric": "rgb"}),
        "16": (sixteen, sixteen, {"photometric": "rgb"}),
        "planar-8": (np.moveaxis(eight, 2, 0), eight, planes),
        "planar-16": (np.moveaxis(sixteen, 2, 0), sixteen, planes),
        "tiles": (sixteen, sixteen, {"photometric": "rgb", "tile": (32, 32)}),
        "big-endian": (sixteen, sixteen, {"photometric": "rgb", "byteorder": ">"}),
        "big": (sixteen, sixteen, {"photometric": "rgb", "bigtiff": True}),
        "white-is-zero": (65535 - grey, grey, {"photometric": "miniswhite"}),
        "grey-linear": (grey, grey, {"iccprofile": GREY_PROFILES["grey linear"]}),
        "alpha": (make_values(4, 16), make_values(4, 16), {"photometric": "rgb", "extrasamples": ["unassalpha"]}),
        "prophoto-16": (sixteen, sixteen, {"photometric": "rgb", "iccprofile": PROFILES["ProPhoto RGB"]}),
        "linear-16": (sixteen, sixteen, {"photometric": "rgb", "iccprofile": PROFILES["wide linear"]}),
        "float": ((sixteen / 65535).astype(np.float32), sixteen, {"photometric": "rgb"}),
        "inks-8": (make_values(4), make_values(4), {"photometric": "separated", "iccprofile": inks_profile()}),
        "inks-16": (make_values(4, 16), make_values(4, 16), {"photometric": "separated", "iccprofile": inks_profile()}),
    }
    if is_installed("imagecodecs"):
        variants["lzw"] = (sixteen, sixteen, {"photometric": "rgb", "compression": "lzw", "predictor": True})
    for label, (stored, values, options) in variants.items():
        data = encode_tiff([stored], **options)
        inks = 2.0 if label == "inks-8" else 0.0
        profile = options.get("iccprofile")
        yield MixedPhoto(f"tiff/{label}.tif", data, ".tif", (np.atleast_3d(values),), profile, levels=inks)
    pages = tuple(np.roll(sixteen, 20 * number, axis=1) for number in range(3))
    yield MixedPhoto("tiff/pages.tif", encode_tiff(pages, photometric="rgb"), ".tif", pages)
    yield MixedPhoto("tiff/stack.ome.tif", _encode_ome(grey), ".tif", (grey[..., None], grey[::-1, :, None]))
    blocks = ALL_BLOCKS | {"iptc", "resolution"}
    turned = np.rot90(metadata.make_values(), 3)
    data = metadata.make_photo(".tif")
    yield MixedPhoto("tiff/metadata.tif", data, ".tif", (turned,), metadata.PROFILE, blocks)


def _encode_ome(grey: np.ndarray) -> bytes:
    file = io.BytesIO()
    stack = np.stack([grey, grey[::-1]])
    tifffile.imwrite(file, stack, ome=True, photometric="minisblack", metadata={"axes": "ZYX"})
    return file.getvalue()
