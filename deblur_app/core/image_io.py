"""Picture files in and out: depth, transparency, EXIF and colour profile are kept, and writes are atomic.

Pillow knows the formats, their headers and their metadata. It reads 16-bit colour as 8-bit, so pixels of more than
8 bits are read by OpenCV, which also writes them to PNG; tifffile writes them to TIFF, where OpenCV would lose the
profile. Camera raw files go through LibRaw where the extra `formats` is installed.
"""

from __future__ import annotations

import functools
import importlib.util
import io
import logging
import os
import warnings
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import psutil
from PIL import ExifTags, Image, UnidentifiedImageError

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import WRITABLE, content, same_file
from deblur_app.core.metadata import Metadata
from deblur_app.core.picture import Picture, from_integer, to_uint8, to_uint16
from deblur_app.core.targets import Target

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

MAX_PIXELS = 250_000_000
"""Largest picture that is opened, in pixels: above the 200 megapixels of the largest cameras."""

_FORMATS = ("AVIF", "BMP", "GIF", "HEIF", "JPEG", "JPEG2000", "MPO", "PNG", "PPM", "TIFF", "WEBP")
"""What Pillow may take a file for: it knows formats that start other programs, such as Ghostscript for EPS."""

_RAW = frozenset((".arw", ".cr2", ".cr3", ".dng", ".nef", ".orf", ".raf", ".rw2"))
_EIGHT_BITS_ONLY = frozenset((".jpg", ".jpeg", ".webp", ".bmp"))
_BYTES_PER_PIXEL = 12 * 4
"""Float32 colour, and the result, and what the display and the blending hold meanwhile."""

_GREY_MODES = frozenset(("1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "I;16N", "F"))
_PHOTOSHOP = b"Photoshop 3.0\0"
_HIGHEST_DPI = 1e7  # microscopes reach 1e6 dpi; what is above is a damaged number
_LONGEST_JPEG_EXIF = 65_533
_EXIF_MARK = b"Exif\x00\x00"
_DESCRIPTIVE = frozenset((270, 271, 272, 274, 282, 283, 296, 305, 306, 315, 33432, 34665, 34853))
"""TIFF tags that tell of the photo; the others tell where and how this one file stores its pixels."""

_TEXTS = frozenset((270, 271, 272, 305, 306, 315, 33432))
"""Those of them that are plain text: description, camera, software, date, artist, copyright."""

# Our sentences, and nothing else on stderr: `_check_size` is stricter than Pillow's limit, OpenCV and Pillow write
# lines of their own about damaged files.
Image.MAX_IMAGE_PIXELS = None
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
logging.getLogger("PIL").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
with suppress(ImportError):
    importlib.import_module("pillow_heif").register_heif_opener()


def read(path: Path) -> Picture:
    """Read a picture file.

    Returns:
        The picture, upright (the EXIF orientation is applied), with transparency, EXIF and ICC profile.

    Raises:
        DeblurError: The file is missing, empty, truncated, no picture, or too large; the text says which.
    """
    data = content(path)
    if path.suffix.lower() in _RAW:
        return _read_raw(path)
    return _decode(data, path)


def write(picture: Picture, target: Path | Target) -> Path:
    """Write a picture in the format that the ending of `target` names, keeping EXIF, profile, depth and transparency.

    16-bit pictures stay 16-bit in PNG and TIFF; of their EXIF, only the plain texts go into a TIFF.
    The file appears whole or not at all: a temporary file beside it takes its place when complete.

    Args:
        picture: The picture.
        target: Where to; a plain path is replaced if there is a file.

    Returns:
        The file that was written.

    Raises:
        DeblurError: The ending is unknown, the format cannot hold the picture, the folder cannot be written to or
            the disk is full, or the target is the file that the picture was read from.
    """
    target = target if isinstance(target, Target) else Target.at(target, may_replace=True)
    path = target.path()
    check_target(path, picture.path)
    suffix = path.suffix.lower()
    sixteen = picture.bit_depth > 8 and suffix not in _EIGHT_BITS_ONLY
    try:
        data = _encode_16_bit(picture, suffix) if sixteen else _encode_8_bit(picture, suffix)
    except (OSError, ValueError, cv2.error) as error:
        raise DeblurError(
            f"{path.name} cannot hold a picture of {picture.size_text} pixels ({error}). Save it as .png or .tif."
        ) from error
    return target.write(data)


def check_target(path: Path, original: Path | None) -> None:
    """Refuse what `write` would refuse, before any long work is done for it.

    Args:
        path: Where a picture shall be written.
        original: The file it is made from, which is never overwritten, under whatever name or link.

    Raises:
        DeblurError: The ending is none that can be written, `path` is the original, or its folder is missing or
            closed to the user.
    """
    if path.suffix.lower() not in WRITABLE:
        raise DeblurError(
            f"Cannot write “{path.name}”: its ending is none of {', '.join(WRITABLE)}. Choose one of these."
        )
    if original is not None and same_file(path, original):
        raise DeblurError(f"{path.name} is the original and is never overwritten. Choose another name.")
    if not path.parent.is_dir():
        raise DeblurError(f"{path} cannot be written: there is no folder {path.parent}. Make it first.")
    if not os.access(path.parent, os.W_OK):
        raise DeblurError(f"{path} cannot be written: you may not write to {path.parent}. Choose another folder.")


def _decode(data: bytes, path: Path) -> Picture:
    try:
        with Image.open(io.BytesIO(data), formats=_known_formats()) as image:
            _check_size(image.width, image.height, path)
            orientation, exif = _exif(image)
            icc = image.info.get("icc_profile")
            deep = _bits(image, data) > 8
            values = _decode_16_bit(data, path) if deep else _decode_8_bit(image)
            if not (deep and image.format == "TIFF"):  # these OpenCV has turned, and no others
                values = _turned(values, orientation)
            extras: dict[str, Any] = {
                "is_grey": image.mode in _GREY_MODES,
                "jpeg_table": _find_luma_table(image),
                "metadata": _read_metadata(image),
                "note": _describe_frames(image, path),
            }
    except DeblurError:
        raise
    except UnidentifiedImageError as error:
        raise DeblurError(_unknown(path)) from error
    except MemoryError as error:
        raise DeblurError(
            f"There is too little memory for {path.name}. Close other programs or make the picture smaller."
        ) from error
    except Exception as error:
        # Decoders raise whatever a broken file leads them to: struct.error, KeyError, cv2.error, AssertionError …
        log.info("Decoding %s failed", path, exc_info=error)
        raise DeblurError(
            f"{path.name} is damaged or was cut off while copying ({error}). Copy it again from where it came from."
        ) from error
    icc = icc if icc and icc[16:20] == b"RGB " else None  # one for CMYK or grey does not fit the RGB we hold
    return replace(_picture(values, path, exif, icc), **extras)


def _find_luma_table(image: Image.Image) -> NDArray[np.uint16] | None:
    """Return the quantisation table of the first component of a JPEG, shape (8, 8), in natural order."""
    tables, layers = getattr(image, "quantization", None), getattr(image, "layer", None)
    if not tables or not layers:
        return None
    table = tables.get(layers[0][3])
    return None if table is None else np.array(table, np.uint16).reshape(8, 8)


def _read_metadata(image: Image.Image) -> Metadata:
    """Return the metadata that Pillow has read, but for EXIF and the colour profile."""
    info = image.info
    iptc = next((data for name, data in getattr(image, "applist", []) if name == "APP13"), b"")
    xmp, comment = info.get("xmp") or info.get("XML:com.adobe.xmp"), info.get("comment", b"")
    texts = getattr(image, "text", {}) if image.format == "PNG" else {}
    return Metadata(
        xmp=xmp.encode() if isinstance(xmp, str) else xmp,
        iptc=iptc.removeprefix(_PHOTOSHOP) if iptc.startswith(_PHOTOSHOP) else None,
        comment=comment.decode(errors="replace") if isinstance(comment, bytes) else str(comment),
        resolution=_read_resolution(info.get("dpi")),
        texts=tuple((key, str(text)) for key, text in texts.items() if key != "XML:com.adobe.xmp"),
    )


def _read_resolution(dpi: Any) -> tuple[float, float] | None:
    try:
        x, y = (float(value) for value in dpi)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (x, y) if 0 < x < _HIGHEST_DPI and 0 < y < _HIGHEST_DPI else None


def _describe_frames(image: Image.Image, path: Path) -> str:
    """Return a sentence where the file has more pictures than the first, which was taken; else nothing."""
    frames = getattr(image, "n_frames", 1)
    if frames < 2:
        return ""
    return f"“{path.name}” has {frames} {'pages' if image.format == 'TIFF' else 'frames'}; the first was taken."


@functools.cache
def _known_formats() -> list[str]:
    Image.init()
    return [name for name in _FORMATS if name in Image.OPEN]


def _exif(image: Image.Image) -> tuple[int, bytes | None]:
    """The orientation, and the EXIF block of the upright picture; a broken block does not cost the picture.

    `image` itself forgets its orientation: Pillow would turn a TIFF as it loads it, and nothing else.
    """
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        if image.format == "TIFF":
            for tag in set(exif) - _DESCRIPTIVE:
                del exif[tag]
        if ExifTags.Base.Orientation in exif:
            exif[ExifTags.Base.Orientation] = 1
        return orientation, exif.tobytes() if len(exif) else None
    except Exception as error:  # broken blocks, too, make Pillow raise anything
        log.info("The EXIF block is broken and left out", exc_info=error)
        return 1, None


def _picture(values: np.ndarray[Any, Any], path: Path, exif: bytes | None, icc: bytes | None) -> Picture:
    """A picture from integer values of shape (height, width, 3 or 4), RGB(A)."""
    alpha = from_integer(values[..., 3]) if values.shape[2] == 4 else None
    depth = 8 if values.dtype == np.uint8 else 16
    return Picture(from_integer(values[..., :3]), alpha, depth, exif, icc, path)  # type: ignore[arg-type]


def _unknown(path: Path) -> str:
    if path.suffix.lower() in {".heic", ".heif"} and importlib.util.find_spec("pillow_heif") is None:
        return f"{path.name} is a HEIF picture. Install Deblur with its extra “formats” to open it."
    return (
        f"{path.name} is damaged, or not a picture that Deblur can read. It reads JPEG, PNG, TIFF, WebP, AVIF, BMP "
        "and more."
    )


def _check_size(width: int, height: int, path: Path) -> None:
    """Refuse by the header alone, before anything is allocated."""
    megapixels = width * height / 1e6
    if width * height > MAX_PIXELS:
        raise DeblurError(
            f"{path.name} has {width} × {height} pixels ({megapixels:.0f} megapixels). Deblur opens pictures of up to "
            f"{MAX_PIXELS / 1e6:.0f} megapixels: make it smaller or cut a part out of it."
        )
    free = psutil.virtual_memory().available
    if width * height * _BYTES_PER_PIXEL > free:
        raise DeblurError(
            f"{path.name} ({megapixels:.0f} megapixels) needs about {width * height * _BYTES_PER_PIXEL / 1e9:.1f} GB "
            f"of memory and {free / 1e9:.1f} GB are free. Close other programs or make the picture smaller."
        )


def _bits(image: Image.Image, data: bytes) -> int:
    """Bits per channel of the file, which Pillow's mode hides for colour."""
    if image.format == "PNG":
        return data[24]  # IHDR: length 4, type 4, width 4, height 4 behind the signature of 8; then the depth
    if image.format == "TIFF":
        return int(max(image.tag_v2.get(258, (8,))))  # type: ignore[attr-defined]
    return 16 if image.mode.startswith("I") else 8


def _decode_8_bit(image: Image.Image) -> np.ndarray[Any, Any]:
    transparent = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    return np.asarray(image.convert("RGBA" if transparent else "RGB"))


def _decode_16_bit(data: bytes, path: Path) -> np.ndarray[Any, Any]:
    with Image.open(io.BytesIO(data)) as image:
        image.verify()  # the checksums of a PNG; libpng would print what it thinks of a damaged one
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None:
        raise OSError("its pixels end too early")
    if values.dtype != np.uint16:
        raise DeblurError(f"{path.name} stores its pixels as {values.dtype}. Save it with 8 or 16 bits per channel.")
    match values.shape:
        case (_, _):
            return cv2.cvtColor(values, cv2.COLOR_GRAY2RGB)
        case (_, _, 4):
            return cv2.cvtColor(values, cv2.COLOR_BGRA2RGBA)
        case _:
            return cv2.cvtColor(values, cv2.COLOR_BGR2RGB)


def _turned(values: np.ndarray[Any, Any], orientation: int) -> np.ndarray[Any, Any]:
    """Upright values for an EXIF orientation of 1 to 8 (Exif 2.3, tag 0x0112)."""
    if orientation in {2, 4, 5, 7}:
        values = values[:, ::-1]
    quarter_turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    return np.ascontiguousarray(np.rot90(values, quarter_turns))


def _read_raw(path: Path) -> Picture:
    try:
        rawpy = importlib.import_module("rawpy")
    except ImportError as error:
        raise DeblurError(
            f"{path.name} is a camera raw file. Install Deblur with its extra “formats” to open it."
        ) from error
    try:
        with rawpy.imread(os.fspath(path)) as raw:
            _check_size(raw.sizes.width, raw.sizes.height, path)
            values = raw.postprocess(output_bps=16, use_camera_wb=True)
    except rawpy.LibRawError as error:
        raise DeblurError(f"{path.name} is damaged or of a camera that LibRaw does not know ({error}).") from error
    return _picture(values, path, None, None)


def _encode_8_bit(picture: Picture, suffix: str) -> bytes:
    values = to_uint8(picture.pixels)
    if picture.alpha is not None and suffix not in {".jpg", ".jpeg", ".bmp"}:
        values = np.dstack([values, to_uint8(picture.alpha)])
    options: dict[str, Any] = {"exif": picture.exif, "icc_profile": picture.icc}
    match suffix:
        case ".jpg" | ".jpeg":
            options |= {"quality": 95, "subsampling": "4:4:4"}
            if len(picture.exif or b"") > _LONGEST_JPEG_EXIF:
                log.warning("The EXIF block is longer than JPEG allows and is left out")
                options["exif"] = None
        case ".webp":
            options |= {"quality": 95}
        case ".png":
            options |= {"compress_level": 3}
        case ".tif" | ".tiff":
            options |= {"compression": "tiff_adobe_deflate"}
        case ".bmp":
            options = {}
    file = io.BytesIO()
    options = {name: value for name, value in options.items() if value is not None}
    Image.fromarray(values).save(file, Image.registered_extensions()[suffix], **options)
    return file.getvalue()


def _encode_16_bit(picture: Picture, suffix: str) -> bytes:
    values = to_uint16(picture.pixels)
    if picture.alpha is not None:
        values = np.dstack([values, to_uint16(picture.alpha)])
    return _png_16_bit(picture, values) if suffix == ".png" else _tiff_16_bit(picture, values)


def _png_16_bit(picture: Picture, values: NDArray[np.uint16]) -> bytes:
    blocks = {}
    if picture.exif:  # PNG stores the block without the mark that JPEG puts before it
        blocks[cv2.IMAGE_METADATA_EXIF] = picture.exif.removeprefix(_EXIF_MARK)
    if picture.icc:
        blocks[cv2.IMAGE_METADATA_ICCP] = picture.icc
    order = cv2.COLOR_RGB2BGR if picture.alpha is None else cv2.COLOR_RGBA2BGRA
    arrays = [np.frombuffer(block, np.uint8) for block in blocks.values()]
    _, encoded = cv2.imencodeWithMetadata(".png", cv2.cvtColor(values, order), list(blocks), arrays)
    return encoded.tobytes()


def _tiff_16_bit(picture: Picture, values: NDArray[np.uint16]) -> bytes:
    import tifffile

    exif = Image.Exif()
    exif.load(picture.exif or b"")
    texts = [(tag, "s", 0, str(text), True) for tag, text in exif.items() if tag in _TEXTS]
    file = io.BytesIO()
    tifffile.imwrite(
        file,
        values,
        photometric="rgb",
        extrasamples=None if picture.alpha is None else ["unassalpha"],
        compression="adobe_deflate",
        predictor=True,
        iccprofile=picture.icc,
        metadata=None,
        software=False,
        extratags=texts,
    )
    return file.getvalue()
