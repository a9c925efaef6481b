"""Made picture files of every kind against the pixels that they hold: the table that tests and fuzzing share."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageCms

from deblur_app.core.image_io import png_chunks

if TYPE_CHECKING:
    from collections.abc import Callable

HEIGHT, WIDTH = 21, 34
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@dataclass(frozen=True)
class MadeFile:
    """A file and what it holds: values in [0, 1] of shape (h, w, 1 to 4), and how exactly they come back."""

    ending: str
    data: bytes
    expected: np.ndarray
    bits: int = 8
    tolerance: float = 1e-6


def make_values(dtype: type = np.uint8, channels: int = 3, bits: int | None = None) -> np.ndarray:
    """Return noise over a gradient: shape (21, 34, channels), every value of `bits` possible."""
    rng = np.random.default_rng(channels)
    largest = 2 ** (bits or np.dtype(dtype).itemsize * 8) - 1
    values = rng.random((HEIGHT, WIDTH, channels)) * 0.5 + np.linspace(0, 0.5, WIDTH)[None, :, None]
    values[0, 0], values[0, 1] = 0, 1
    return np.rint(values * largest).astype(dtype)


def make_smooth(dtype: type, channels: int = 3, bits: int = 8) -> np.ndarray:
    """Return values that lossy codecs keep: shape (32, 48, channels)."""
    y, x = np.mgrid[0:1:32j, 0:1:48j]
    planes = [x, y, (x + y) / 2, 1 - x][:channels]
    return np.rint(np.dstack(planes) * (2**bits - 1)).astype(dtype)


def scale(values: np.ndarray, bits: int | None = None) -> np.ndarray:
    """Return whole numbers as values in [0, 1]."""
    return values / (2 ** (bits or values.dtype.itemsize * 8) - 1)


def premultiply(values: np.ndarray) -> np.ndarray:
    """Return values whose colours are multiplied by their alpha, the last channel."""
    full = np.iinfo(values.dtype).max
    result = values.copy()
    result[..., :-1] = np.rint(values[..., :-1].astype(float) * values[..., -1:] / full)
    return result


def tiff(values: np.ndarray, **options: Any) -> bytes:
    """Return a TIFF file written by tifffile."""
    file = io.BytesIO()
    options = {"photometric": "rgb" if values.shape[-1] > 2 else "minisblack", "metadata": None} | options
    tifffile.imwrite(file, values[..., 0] if values.shape[-1] == 1 else values, **options)
    return file.getvalue()


def pillow(values: np.ndarray | Image.Image, kind: str, **options: Any) -> bytes:
    """Return a file written by Pillow."""
    image = values if isinstance(values, Image.Image) else Image.fromarray(np.squeeze(values))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png(values: np.ndarray, depth: int, colour: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of samples of `depth` bits, with `chunks` before its pixels."""
    height, width, channels = values.shape
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    if depth == 16:
        rows = values.astype(">u2").reshape(height, -1).view(np.uint8)
    else:
        samples = np.unpackbits(values.reshape(height, width * channels, 1).astype(np.uint8), axis=2)[..., 8 - depth :]
        rows = np.packbits(samples.reshape(height, -1), axis=1)
    content = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(content)), (b"IEND", b"")]
    return png_chunks.join(parts)


def _tiff_files() -> dict[str, Callable[[], MadeFile]]:
    def make_file(values: np.ndarray, expected: np.ndarray | None = None, bits: int = 8, **options: Any) -> MadeFile:
        return MadeFile(".tif", tiff(values, **options), scale(values) if expected is None else expected, bits)

    files: dict[str, Callable[[], MadeFile]] = {}
    for dtype, bits in ((np.uint8, 8), (np.uint16, 16)):
        rgb, grey, rgba = (make_values(dtype, channels) for channels in (3, 1, 4))
        grey_alpha = make_values(dtype, 2)
        for compression in (None, "adobe_deflate", "lzw", "packbits", "zstd", "lzma"):
            files[f"{bits} bit {compression}"] = lambda v=rgb, b=bits, c=compression: make_file(
                v, bits=b, compression=c
            )
        for name, options in {
            "planar": {"planarconfig": "separate"},
            "tiled": {"tile": (16, 16)},
            "tiled lzw": {"tile": (16, 32), "compression": "lzw", "predictor": True},
            "strips of 3 rows": {"rowsperstrip": 3, "compression": "adobe_deflate"},
            "big-endian": {"byteorder": ">"},
            "BigTIFF": {"bigtiff": True},
            "predictor": {"compression": "adobe_deflate", "predictor": True},
            "profile": {"iccprofile": SRGB},
        }.items():
            files[f"{bits} bit {name}"] = lambda v=rgb, b=bits, o=options: make_file(v, bits=b, **o)
        files[f"{bits} bit planar tiled deflate"] = lambda v=rgb, b=bits: make_file(
            np.moveaxis(v, -1, 0), scale(v), b,
            photometric="rgb", planarconfig="separate", tile=(16, 16), compression="adobe_deflate",
        )  # fmt: skip
        files[f"{bits} bit planar"] = lambda v=rgb, b=bits: make_file(
            np.moveaxis(v, -1, 0), scale(v), b, photometric="rgb", planarconfig="separate"
        )
        files[f"{bits} bit grey"] = lambda v=grey, b=bits: make_file(v, bits=b)
        files[f"{bits} bit white is zero"] = lambda v=grey, b=bits: make_file(
            np.iinfo(v.dtype).max - v, scale(v), b, photometric="miniswhite"
        )
        files[f"{bits} bit alpha"] = lambda v=rgba, b=bits: make_file(v, bits=b, extrasamples=["unassalpha"])
        files[f"{bits} bit grey alpha"] = lambda v=grey_alpha, b=bits: make_file(v, bits=b, extrasamples=["unassalpha"])
        opaque_enough = rgba.copy()
        opaque_enough[..., 3] = np.maximum(opaque_enough[..., 3], np.iinfo(dtype).max // 2)
        files[f"{bits} bit premultiplied"] = lambda v=opaque_enough, b=bits: MadeFile(
            ".tif", tiff(premultiply(v), extrasamples=["assocalpha"]), scale(v), b, 1.1 / np.iinfo(v.dtype).max
        )
        inks = make_values(dtype, 4)
        ink_values = 1 - scale(inks)
        files[f"{bits} bit CMYK"] = lambda v=inks, e=ink_values, b=bits: MadeFile(
            ".tif", tiff(v, photometric="separated"), e[..., :3] * e[..., 3:], b, 0.51 / np.iinfo(v.dtype).max
        )
    wide = make_values(np.uint32, 3)
    files["32 bit"] = lambda: MadeFile(".tif", tiff(wide), scale(wide), 16, 1e-5)
    for dtype, tolerance in ((np.float16, 1e-6), (np.float32, 1e-6), (np.float64, 1e-6)):
        v = (make_values(np.uint16, 3) / 65535).astype(dtype)
        files[f"{np.dtype(dtype).name}"] = lambda v=v, t=tolerance: MadeFile(".tif", tiff(v), v.astype(float), 16, t)
    for depth in (10, 12, 14):
        v = make_values(np.uint16, 1, depth)
        files[f"{depth} bit packed"] = lambda v=v, d=depth: MadeFile(".tif", _pack_tiff(v, d), scale(v, d), 16, 1e-5)
    bits = make_values(np.uint8, 1, 1)
    for compression, name in (("raw", "raw"), ("group3", "fax 3"), ("group4", "fax 4"), ("packbits", "packbits")):
        image = Image.fromarray(bits[..., 0] * np.uint8(255)).convert("1")
        options = {} if compression == "raw" else {"compression": compression}
        files[f"1 bit {name}"] = lambda i=image, o=options: MadeFile(".tif", pillow(i, "TIFF", **o), bits / 1.0)
    palette = np.random.default_rng(5).integers(0, 256, (3, 256)).astype(np.uint16)
    index = make_values(np.uint8, 1)
    files["palette"] = lambda: MadeFile(
        ".tif", tiff(index, photometric="palette", colormap=palette * 257), palette.T[index[..., 0]] / 255
    )
    deep = np.random.default_rng(6).integers(0, 65536, (3, 256)).astype(np.uint16)
    files["palette of 16 bits"] = lambda: MadeFile(
        ".tif", tiff(index, photometric="palette", colormap=deep), deep.T[index[..., 0]] / 65535, 16
    )
    both = make_values(np.uint8, 2)
    files["palette alpha"] = lambda: MadeFile(".tif", _palette_alpha_tiff(both, palette * 257), np.dstack(
        [palette.T[both[..., 0]] / 255, scale(both[..., 1])]
    ))  # fmt: skip
    smooth = make_smooth(np.uint8)
    files["JPEG"] = lambda: MadeFile(
        ".tif", tiff(smooth, compression="jpeg", compressionargs={"level": 95}), scale(smooth), 8, 0.04
    )
    files["JPEG YCbCr"] = lambda: MadeFile(
        ".tif", pillow(smooth, "TIFF", compression="jpeg", quality=95), scale(smooth), 8, 0.06
    )
    files["uncompressed YCbCr"] = lambda: MadeFile(
        ".tif",
        tiff(np.asarray(Image.fromarray(smooth).convert("YCbCr")), photometric="ycbcr", subsampling=(1, 1)),
        scale(smooth), 8, 0.02,
    )  # fmt: skip
    page = make_values(np.uint16, 1)
    files["two pages"] = lambda: MadeFile(".tif", _stack(page), scale(page), 16)
    return files


def _pack_tiff(values: np.ndarray, depth: int) -> bytes:
    """Return an uncompressed grey TIFF of samples of `depth` bits, rows padded to bytes."""
    samples = np.unpackbits(values.astype(">u2").view(np.uint8).reshape(*values.shape[:2], 2), axis=2)[..., -depth:]
    rows = np.packbits(samples.reshape(len(values), -1), axis=1).tobytes()
    height, width, _ = values.shape
    tags = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, depth), (259, 3, 1, 1), (262, 3, 1, 1),
            (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, len(rows))]  # fmt: skip
    directory = struct.pack("<H", len(tags)) + b"".join(
        struct.pack("<HHI", tag, kind, count)
        + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
        for tag, kind, count, value in tags
    )
    return b"II*\0" + struct.pack("<I", 8 + len(rows)) + rows + directory + bytes(4)


def _palette_alpha_tiff(values: np.ndarray, palette: np.ndarray) -> bytes:
    """Return a TIFF of indices and transparency, as Pillow writes mode PA."""
    colours = Image.fromarray(values[..., 0]).convert("P")
    colours.putpalette((palette // 257).T.astype(np.uint8).tobytes())
    image = colours.convert("PA")
    image.putalpha(Image.fromarray(values[..., 1]))
    return pillow(image, "TIFF")


def _stack(values: np.ndarray) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(file, np.stack([values[..., 0], values[..., 0] // 2]), imagej=True)
    return file.getvalue()


def _png_files() -> dict[str, Callable[[], MadeFile]]:
    files: dict[str, Callable[[], MadeFile]] = {}
    for depth in (1, 2, 4, 8, 16):
        v = make_values(np.uint16, 1, depth)
        bits = max(depth, 8)
        files[f"PNG grey {depth}"] = lambda v=v, d=depth, b=bits: MadeFile(".png", png(v, d, 0), scale(v, d), b)
        key = int(v[3, 4, 0])
        both = np.dstack([scale(v, depth), v[..., 0] != key])
        files[f"PNG grey {depth} tRNS"] = lambda v=v, d=depth, b=bits, k=key, e=both: MadeFile(
            ".png", png(v, d, 0, (b"tRNS", struct.pack(">H", k))), e, b
        )
        if depth < 16:
            colours = np.random.default_rng(7).integers(0, 256, (2**depth, 3)).astype(np.uint8)
            files[f"PNG palette {depth}"] = lambda v=v, d=depth, c=colours: MadeFile(
                ".png", png(v, d, 3, (b"PLTE", c.tobytes())), c[v[..., 0]] / 255
            )
    for depth, dtype in ((8, np.uint8), (16, np.uint16)):
        for colour, channels in ((2, 3), (4, 2), (6, 4)):
            v = make_values(dtype, channels)
            files[f"PNG type {colour} of {depth}"] = lambda v=v, d=depth, c=colour: MadeFile(
                ".png", png(v, d, c), scale(v), d
            )
        v = make_values(dtype, 3)
        key = v[5, 6].copy()
        expected = np.dstack([scale(v), ~(v == key).all(axis=2)])
        files[f"PNG RGB {depth} tRNS"] = lambda v=v, d=depth, k=key, e=expected: MadeFile(
            ".png", png(v, d, 2, (b"tRNS", k.astype(">u2").tobytes())), e, d
        )
    return files


def _pnm_files() -> dict[str, Callable[[], MadeFile]]:
    files: dict[str, Callable[[], MadeFile]] = {}
    size = f"{WIDTH} {HEIGHT}".encode()
    for kind, ending, channels in ((b"5", ".pgm", 1), (b"6", ".ppm", 3)):
        for largest in (255, 100, 1023, 65535):
            v = make_values(np.uint16, channels).astype(np.int64) % (largest + 1)
            stored = v.astype(np.uint8 if largest < 256 else ">u2").tobytes()
            data = b"P" + kind + b"\n# a comment\n" + size + f"\n{largest}\n".encode() + stored
            plain = b"P" + (b"2" if kind == b"5" else b"3") + b" " + size + f" {largest} # c\n".encode()
            plain += b"\n".join(b" ".join(b"%d" % n for n in row) for row in v.reshape(HEIGHT, -1))
            bits = 8 if largest < 256 else 16
            tolerance = 0.51 / (255 if largest < 256 else 65535)
            files[f"P{kind.decode()} {largest}"] = lambda d=data, e=ending, v=v, m=largest, b=bits, t=tolerance: (
                MadeFile(e, d, v / m, b, t)
            )
            files[f"plain {ending} {largest}"] = lambda d=plain, e=ending, v=v, m=largest, b=bits, t=tolerance: (
                MadeFile(e, d, v / m, b, t)
            )
    ink = make_values(np.uint8, 1, 1)
    files["P4"] = lambda: MadeFile(
        ".pbm", b"P4 " + size + b"\n" + np.packbits(ink[..., 0], axis=1).tobytes(), 1.0 - ink
    )
    files["P1"] = lambda: MadeFile(".pbm", b"P1 " + size + b"\n" + b"".join(b"%d" % n for n in ink.ravel()), 1.0 - ink)
    for order, sign in (("<", -1), (">", 1)):
        for mark, channels in ((b"PF", 3), (b"Pf", 1)):
            v = (make_values(np.uint16, channels) / 65535).astype(f"{order}f4")
            data = mark + b"\n" + size + f"\n{sign}.0\n".encode() + v[::-1].tobytes()
            files[f"{mark.decode()} {order}"] = lambda d=data, v=v: MadeFile(".pfm", d, v.astype(float), 16)
    return files


def _codec_files() -> dict[str, Callable[[], MadeFile]]:
    files: dict[str, Callable[[], MadeFile]] = {}
    rgb, grey = make_smooth(np.uint8), make_smooth(np.uint8, 1)
    files["JPEG RGB"] = lambda: MadeFile(".jpg", pillow(rgb, "JPEG", quality=95, subsampling=0), scale(rgb), 8, 0.04)
    files["JPEG progressive"] = lambda: MadeFile(
        ".jpg", pillow(rgb, "JPEG", quality=95, subsampling=0, progressive=True), scale(rgb), 8, 0.04
    )
    files["JPEG grey"] = lambda: MadeFile(".jpg", pillow(grey, "JPEG", quality=95), scale(grey), 8, 0.04)
    inks = Image.fromarray(rgb).convert("CMYK")
    files["JPEG CMYK"] = lambda: MadeFile(".jpg", pillow(inks, "JPEG", quality=95), scale(rgb), 8, 0.05)
    files["WebP"] = lambda: MadeFile(".webp", pillow(rgb, "WEBP", lossless=True), scale(rgb))
    rgba = np.dstack([rgb, np.maximum(grey, 1)])
    files["WebP alpha"] = lambda: MadeFile(".webp", pillow(rgba, "WEBP", lossless=True, exact=True), scale(rgba))
    files["BMP"] = lambda: MadeFile(".bmp", pillow(rgb, "BMP"), scale(rgb))
    files["BMP grey"] = lambda: MadeFile(".bmp", pillow(grey, "BMP"), scale(grey))
    files["GIF"] = lambda: MadeFile(".gif", pillow(grey, "GIF"), np.repeat(scale(grey), 3, axis=2))
    for depth in (8, 12, 16):
        for channels in (1, 3, 4):
            v = make_smooth(np.uint8 if depth == 8 else np.uint16, channels, depth)
            stored = np.squeeze(v)
            data = imagecodecs.jpeg2k_encode(stored, level=0, reversible=True, bitspersample=depth)
            files[f"JPEG 2000 {depth} bit, {channels}"] = lambda d=data, v=v, b=depth: MadeFile(
                ".jp2", d, scale(v, b), 8 if b == 8 else 16, 1e-5
            )
    for depth in (8, 10, 12):
        v = make_smooth(np.uint8 if depth == 8 else np.uint16, 3, depth)
        data = imagecodecs.avif_encode(v, level=100, bitspersample=depth)
        files[f"AVIF {depth} bit"] = lambda d=data, v=v, b=depth: MadeFile(
            ".avif", d, scale(v, b), 8 if b == 8 else 16, 0.01 if b == 8 else 1e-5
        )
    return files | _heif_files()


def _heif_files() -> dict[str, Callable[[], MadeFile]]:
    files: dict[str, Callable[[], MadeFile]] = {}
    rgb = make_smooth(np.uint8)
    files["HEIC 8 bit"] = lambda: MadeFile(".heic", _heif("RGB", rgb, 10), scale(rgb), 8, 0.05)
    for depth in (10, 12):
        v = make_smooth(np.uint16, 3, 16)
        grey = make_smooth(np.uint16, 1, 16)
        files[f"HEIC {depth} bit"] = lambda v=v, d=depth: MadeFile(".heic", _heif("RGB;16", v, d), scale(v), 16, 0.05)
        files[f"HEIC grey {depth} bit"] = lambda v=grey, d=depth: MadeFile(
            ".heic", _heif("L;16", v, d), scale(v), 16, 1.1 / (2**d - 1)
        )
    return files


def _heif(mode: str, values: np.ndarray, depth: int) -> bytes:
    pillow_heif.options.SAVE_HDR_TO_12_BIT = depth == 12
    file = io.BytesIO()
    size = (values.shape[1], values.shape[0])
    pillow_heif.from_bytes(mode=mode, size=size, data=np.ascontiguousarray(values).tobytes()).save(file, quality=-1)
    return file.getvalue()


FILES = _tiff_files() | _png_files() | _pnm_files() | _codec_files()
"""Name of each made file, and the function that makes it."""
