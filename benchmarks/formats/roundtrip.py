"""How far values change when a photo is opened and saved again without deblurring: formats × profiles.

Photos are written, and read again, by other programs' libraries (Pillow, tifffile, imagecodecs), which apply nothing.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from benchmarks.formats.profiles import GREY_PROFILES, PROFILES, inks_profile
from deblur_app.core import image_io
from deblur_app.core.image_io import png_chunks
from deblur_app.core.image_io.save_options import SaveOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_HEIGHT, _WIDTH = 64, 96
_AS_THE_ORIGINAL = SaveOptions(quality=None)


@dataclass(frozen=True)
class RoundTrip:
    """The change of one photo.

    Attributes:
        name: Its format, depth and profile.
        bits: Bits per channel.
        levels: Largest change of a value, in levels of its depth.
        is_profile_kept: Whether the new file has the profile, byte for byte.
    """

    name: str
    bits: int
    levels: int
    is_profile_kept: bool

    @property
    def is_kept(self) -> bool:
        """Whether the photo is kept: at most 1 level of 8 bits or 4 of 16, and its profile."""
        return self.is_profile_kept and self.levels <= (1 if self.bits == 8 else 4)


def roundtrip_levels(folder: Path, *, is_quick: bool = False) -> list[RoundTrip]:
    """Open and save a made photo of each format, depth and profile, and compare the values in the files.

    Args:
        folder: An empty folder for the photos.
        is_quick: Whether only one profile of each kind is taken.
    """
    return [_make_trip(folder, photo) for photo in _make_photos(is_quick=is_quick)]


@dataclass(frozen=True, eq=False)
class _Photo:
    name: str
    ending: str
    values: np.ndarray
    profile: bytes | None


def _make_photos(*, is_quick: bool) -> Iterator[_Photo]:
    colours = {name: PROFILES[name] for name in ("none", "Adobe RGB")} if is_quick else PROFILES
    greys = {name: GREY_PROFILES[name] for name in ("dot gain 20 %",)} if is_quick else GREY_PROFILES
    for ending, bits in ((".png", 8), (".png", 16), (".tif", 8), (".tif", 16), (".jpg", 8)):
        inks = {} if ending == ".png" else {"CMYK": inks_profile()}
        for profiles, channels in ((colours, 3), (greys, 1), (inks, 4)):
            for name, profile in profiles.items():
                values = _make_values(bits, channels, is_smooth=ending == ".jpg")
                yield _Photo(f"{ending[1:].upper()} {bits} bit, {name}", ending, values, profile)


def _make_values(bits: int, channels: int, *, is_smooth: bool) -> np.ndarray:
    """Return every tone there is, in places that no lossy format keeps, or smooth ones that each of them keeps."""
    dtype = np.uint8 if bits == 8 else np.uint16
    if is_smooth:
        y, x = np.mgrid[0 : 1 : _HEIGHT * 1j, 0 : 1 : _WIDTH * 1j]
        planes = [x, 0.5 + (y - 0.5) * x, (x + y) / 2, (1 - x) * y / 2][:channels]
        return np.asarray(np.rint((0.1 + 0.8 * np.dstack(planes)) * (2**bits - 1)), dtype)
    values = np.random.default_rng(bits).integers(0, 2**bits, (_HEIGHT, _WIDTH, channels), dtype=dtype)
    tones = np.linspace(0, 2**bits - 1, _WIDTH * (_HEIGHT // 2)).astype(dtype)
    values[: _HEIGHT // 2] = tones.reshape(_HEIGHT // 2, _WIDTH, 1)
    return values


def _make_trip(folder: Path, photo: _Photo) -> RoundTrip:
    path, saved = folder / f"photo{photo.ending}", folder / f"saved{photo.ending}"
    path.write_bytes(_ENCODERS[photo.ending](np.squeeze(photo.values), photo.profile))
    image_io.write(image_io.read(path), saved, _AS_THE_ORIGINAL)
    before, after = _read_values(path), _read_values(saved)
    bits = before.dtype.itemsize * 8
    levels = int(np.abs(before.astype(int) - after.astype(int)).max()) if before.shape == after.shape else 2**bits
    return RoundTrip(photo.name, bits, levels, _read_profile(saved) == photo.profile)


def _encode_png(values: np.ndarray, profile: bytes | None) -> bytes:
    chunks = png_chunks.read_chunks(bytes(imagecodecs.png_encode(values)), "")
    packed = [(b"iCCP", b"made\0\0" + zlib.compress(profile))] if profile else []
    return png_chunks.join([chunks[0], *packed, *chunks[1:]])


def _encode_tiff(values: np.ndarray, profile: bytes | None) -> bytes:
    file = io.BytesIO()
    photometric = "minisblack" if values.ndim == 2 else "rgb" if values.shape[2] == 3 else "separated"
    tifffile.imwrite(file, values, photometric=photometric, iccprofile=profile, metadata=None)
    return file.getvalue()


def _encode_jpeg(values: np.ndarray, profile: bytes | None) -> bytes:
    file = io.BytesIO()
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    image = Image.fromarray(values, "CMYK" if values.shape[2:] == (4,) else None)
    # A finer quality would change values by the rounding of JPEG to whole colours, in any program.
    image.save(file, "JPEG", quality=85, subsampling="4:4:4", **options)
    return file.getvalue()


_ENCODERS: dict[str, Callable[[np.ndarray, bytes | None], bytes]] = {
    ".png": _encode_png,
    ".tif": _encode_tiff,
    ".jpg": _encode_jpeg,
}


def _read_values(path: Path) -> np.ndarray:
    data = path.read_bytes()
    if path.suffix == ".png":
        return np.asarray(imagecodecs.png_decode(data))
    if path.suffix == ".tif":
        return np.asarray(tifffile.imread(io.BytesIO(data)))
    with Image.open(path) as image:
        return np.asarray(image)


def _read_profile(path: Path) -> bytes | None:
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as file:
            tag = file.pages.first.tags.get(34675)
            return None if tag is None else bytes(tag.value)
    with Image.open(path) as image:
        profile = image.info.get("icc_profile")
        return bytes(profile) if profile else None
