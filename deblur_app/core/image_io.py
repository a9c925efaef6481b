"""Picture files in and out: depth, transparency, EXIF and colour profile are kept, and writes are atomic.

Pillow knows the formats, their headers and their metadata. It reads 16-bit colour as 8-bit, so pixels of more than
8 bits go through OpenCV; camera raw files go through LibRaw where the extra `formats` is installed.
"""

from __future__ import annotations

import importlib
import io
import itertools
import logging
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import psutil
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, to_uint8, to_uint16

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

MAX_PIXELS = 250_000_000
"""Largest picture that is opened, in pixels: above the 200 megapixels of the largest cameras."""

READABLE = frozenset(
    ".avif .bmp .gif .heic .heif .jp2 .jpeg .jpg .png .ppm .tif .tiff .webp "
    ".arw .cr2 .cr3 .dng .nef .orf .raf .rw2".split()
)
"""File name endings, in lower case, of the pictures that can be opened."""

WRITABLE = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")
"""File name endings, in lower case, of the pictures that can be written."""

_RAW = frozenset(".arw .cr2 .cr3 .dng .nef .orf .raf .rw2".split())
_EIGHT_BITS_ONLY = frozenset((".jpg", ".jpeg", ".webp", ".bmp"))
_BYTES_PER_PIXEL = 12 * 4  # float32 colour, and the result, and what the display and the blending hold meanwhile

Image.MAX_IMAGE_PIXELS = None  # `_check_size` below is stricter, and answers with a sentence
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # our sentences instead of its lines on stderr
with suppress(ImportError):
    importlib.import_module("pillow_heif").register_heif_opener()


def is_picture(path: Path) -> bool:
    """Whether the name of `path` looks like a picture that can be opened."""
    return path.suffix.lower() in READABLE


def pictures_in(folder: Path) -> list[Path]:
    """The pictures directly inside `folder`, sorted by name, without hidden ones.

    Raises:
        DeblurError: The folder cannot be listed.
    """
    try:
        found = [path for path in folder.iterdir() if is_picture(path) and not path.name.startswith(".")]
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be read: {error.strerror}.") from error
    return sorted(found, key=lambda path: path.name.lower())


def read(path: Path) -> Picture:
    """Read a picture file.

    Returns:
        The picture, upright (the EXIF orientation is applied), with transparency, EXIF and ICC profile.

    Raises:
        DeblurError: The file is missing, empty, truncated, no picture, or too large; the text says which.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DeblurError(f"{path} does not exist. Was it moved or renamed?") from error
    except IsADirectoryError as error:
        raise DeblurError(f"{path} is a folder, not a picture.") from error
    except OSError as error:
        raise DeblurError(f"{path} cannot be read: {error.strerror}.") from error
    if not data:
        raise DeblurError(f"{path.name} is empty (0 bytes). Copy it again from where it came from.")
    if path.suffix.lower() in _RAW:
        return _read_raw(path)
    return _decode(data, path)


def result_path(photo: Path, *, bit_depth: int = 8, folder: Path | None = None) -> Path:
    """A free name for the result of `photo`: “holiday.jpg” becomes “holiday_deblurred.jpg”, then “…_deblurred-2.jpg”.

    Args:
        photo: The original.
        bit_depth: Its bits per channel; a photo whose format cannot be written becomes TIFF at 16 bits, else PNG.
        folder: Where to put the result; None means beside the original.
    """
    suffix = photo.suffix if photo.suffix.lower() in WRITABLE else ".tif" if bit_depth > 8 else ".png"
    folder = photo.parent if folder is None else folder
    numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (f"{photo.stem}_deblurred{number}{suffix}" for number in numbers)
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def write(picture: Picture, path: Path) -> None:
    """Write a picture in the format that the ending of `path` names, keeping EXIF, profile, depth and transparency.

    16-bit pictures stay 16-bit in PNG and TIFF. OpenCV writes those, and it cannot store EXIF in TIFF.
    The file appears whole or not at all: a temporary file beside it takes its place when complete.

    Raises:
        DeblurError: The ending is unknown, the folder cannot be written to or the disk is full, or `path` is the
            file that the picture was read from: originals are never overwritten.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITABLE:
        raise DeblurError(
            f"Cannot write “{path.name}”: its ending is none of {', '.join(WRITABLE)}. Choose one of these."
        )
    if picture.path is not None and path.exists() and path.samefile(picture.path):
        raise DeblurError(f"{path.name} is the original and is never overwritten. Choose another name.")
    sixteen = picture.bit_depth > 8 and suffix not in _EIGHT_BITS_ONLY
    write_atomic(path, _encode_16_bit(picture, suffix) if sixteen else _encode_8_bit(picture, suffix))


def write_atomic(path: Path, data: bytes | memoryview) -> None:
    """Put `data` into `path` so that whatever happens, the file is the old one or the new one, never a part.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    temporary = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise DeblurError(
            f"{path} cannot be written: {error.strerror}. Choose a folder that exists, that you may write to and "
            "that has room."
        ) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _decode(data: bytes, path: Path) -> Picture:
    try:
        with Image.open(io.BytesIO(data)) as image:
            _check_size(image.width, image.height, path)
            exif = image.getexif()
            orientation = exif.get(ExifTags.Base.Orientation, 1)
            icc = image.info.get("icc_profile")
            if _bits(image, data) > 8:
                values = _turned(_decode_16_bit(data, path), orientation)
            else:
                values = _decode_8_bit(image)
            if ExifTags.Base.Orientation in exif:
                exif[ExifTags.Base.Orientation] = 1
            exif_bytes = exif.tobytes() if len(exif) else None
    except UnidentifiedImageError as error:
        raise DeblurError(_unknown(path)) from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
        MemoryError,
    ) as error:
        log.info("Decoding %s failed: %r", path, error)  # Pillow's plug-ins raise all of these on broken files
        raise DeblurError(
            f"{path.name} is damaged or was cut off while copying ({error}). Copy it again from where it came from."
        ) from error
    return _picture(values, path, exif_bytes, icc)


def _picture(values: np.ndarray[Any, Any], path: Path, exif: bytes | None, icc: bytes | None) -> Picture:
    """A picture from integer values of shape (height, width, 3 or 4), RGB(A)."""
    alpha = from_integer(values[..., 3]) if values.shape[2] == 4 else None
    depth = 8 if values.dtype == np.uint8 else 16
    return Picture(from_integer(values[..., :3]), alpha, depth, exif, icc, path)  # type: ignore[arg-type]


def _unknown(path: Path) -> str:
    if path.suffix.lower() in {".heic", ".heif"} and importlib.util.find_spec("pillow_heif") is None:
        return f"{path.name} is a HEIF picture. Install Deblur with its extra “formats” to open it."
    return f"{path.name} is not a picture that Deblur can read. It reads JPEG, PNG, TIFF, WebP, AVIF, BMP and more."


def _check_size(width: int, height: int, path: Path) -> None:
    """Refuse by the header alone, before anything is allocated."""
    if width < 1 or height < 1:
        raise DeblurError(f"{path.name} says that it is {width} × {height} pixels: there is nothing in it.")
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
    return 16 if image.mode.startswith("I;16") else 8


def _decode_8_bit(image: Image.Image) -> np.ndarray[Any, Any]:
    ImageOps.exif_transpose(image, in_place=True)
    transparent = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    return np.asarray(image.convert("RGBA" if transparent else "RGB"))


def _decode_16_bit(data: bytes, path: Path) -> np.ndarray[Any, Any]:
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
    options: dict[str, Any] = {name: block for name, block in _metadata(picture) if block and suffix != ".bmp"}
    match suffix:
        case ".jpg" | ".jpeg":
            options |= {"quality": 95, "subsampling": "4:4:4"}
        case ".webp":
            options |= {"quality": 95}
        case ".png":
            options |= {"compress_level": 3}
        case ".tif" | ".tiff":
            options |= {"compression": "tiff_adobe_deflate"}
    file = io.BytesIO()
    Image.fromarray(values).save(file, Image.registered_extensions()[suffix], **options)
    return file.getvalue()


def _encode_16_bit(picture: Picture, suffix: str) -> bytes:
    values = to_uint16(picture.pixels)
    if picture.alpha is None:
        values = cv2.cvtColor(values, cv2.COLOR_RGB2BGR)
    else:
        values = cv2.cvtColor(np.dstack([values, to_uint16(picture.alpha)]), cv2.COLOR_RGBA2BGRA)
    kinds = {"exif": cv2.IMAGE_METADATA_EXIF, "icc_profile": cv2.IMAGE_METADATA_ICCP}
    blocks = {kinds[name]: np.frombuffer(block, np.uint8) for name, block in _metadata(picture) if block}
    if suffix in {".tif", ".tiff"}:
        blocks.pop(cv2.IMAGE_METADATA_EXIF, None)
    _, encoded = cv2.imencodeWithMetadata(suffix, values, list(blocks), list(blocks.values()))
    return encoded.tobytes()


def _metadata(picture: Picture) -> Iterator[tuple[str, bytes | None]]:
    yield "exif", picture.exif
    yield "icc_profile", picture.icc
