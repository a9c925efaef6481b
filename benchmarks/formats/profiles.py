"""Made ICC profiles of the spaces that photos come in (primaries adapted to D50, as ICC.1:2022 stores them)."""

from __future__ import annotations

import functools
import io
import struct
import warnings

import numpy as np
from PIL import ImageCms
from skimage.color import lab2rgb, rgb2lab

from deblur_app.core.profiles import icc, made_profiles

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

_WHITE = (0.96420, 1.0, 0.82491)
_PRIMARIES = {
    "srgb": ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)),
    "adobe": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    "p3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "prophoto": ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491)),
}


def power(gamma: float) -> bytes:
    """Return the curve v^gamma as the content of a tag."""
    return b"para\0\0\0\0\0\0\0\0" + struct.pack(">i", round(gamma * 65536))


def rgb_profile(primaries: str, *curves: bytes) -> bytes:
    """Return a profile of RGB: one curve for all channels or one for each."""
    return made_profiles.make_rgb_profile("made", _PRIMARIES[primaries], curves)


def grey_profile(curve: bytes) -> bytes:
    """Return a profile of grey."""
    return made_profiles.make_grey_profile("made", curve)


@functools.cache
def inks_profile() -> bytes:
    """Return a profile of cyan, magenta, yellow and black: tables both ways, with full replacement by black."""
    steps = np.linspace(0.0, 1.0, 9)
    cyan, magenta, yellow, black = np.meshgrid(steps, steps, steps, steps, indexing="ij")
    colours = (1 - np.stack([cyan, magenta, yellow], axis=-1)) * (1 - black[..., None])
    to_lab = rgb2lab(colours.reshape(-1, 1, 3))[:, 0] / (100, 1, 1) + (0, 128, 128)
    steps = np.linspace(0.0, 1.0, 33)
    lab = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 1, 3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not every place of the table is a colour
        rgb = lab2rgb(lab * (100, 255.996, 255.996) - (0, 128, 128))[:, 0]
    brightest = np.maximum(rgb.max(axis=1, keepdims=True), 1e-6)
    inks = np.concatenate([1 - rgb / brightest, 1 - brightest], axis=1)
    lightness = to_lab[:, :1] * 65280 / 65535  # ICC.1:2001, 6.5.10: the encoding of L*a*b* of this kind of table
    tags = {b"A2B0": _lut(4, 9, np.concatenate([lightness, to_lab[:, 1:] * 256 / 65535], axis=1))}
    tags[b"B2A0"] = _lut(3, 33, inks)
    tags |= {b"wtpt": made_profiles.make_xyz_tag(_WHITE)}
    tags |= {b"desc": b"desc\0\0\0\0\0\0\0\5made\0" + bytes(78), b"cprt": b"text\0\0\0\0CC0\0"}
    header = bytearray(made_profiles.make_header(b"CMYK", b"prtr", b"Lab "))
    header[8:12] = b"\2\x40\0\0"
    return icc.build_profile(bytes(header), tags)


def _lut(inputs: int, steps: int, outputs: np.ndarray) -> bytes:
    """Return a table of colours as the content of a tag (ICC.1:2022, 10.10)."""
    matrix = struct.pack(">9i", *(65536 * (number % 4 == 0) for number in range(9)))
    head = b"mft2\0\0\0\0" + bytes((inputs, outputs.shape[1], steps, 0)) + matrix + struct.pack(">2H", 2, 2)
    line = struct.pack(">2H", 0, 65535)
    entries = bytes(np.rint(np.clip(outputs, 0, 1) * 65535).astype(">u2"))
    return head + line * inputs + entries + line * int(outputs.shape[1])


@functools.cache
def tables_profile(gamma: float = 1.8) -> bytes:
    """Return a profile of RGB that has a table of colours in place of curves: the primaries of sRGB, and a power."""
    steps = np.linspace(0.0, 1.0, 33)
    light = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 1, 3) ** gamma
    tones = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    to_lab = rgb2lab(tones)[:, 0] / (100, 1, 1) + (0, 128, 128)
    lightness = to_lab[:, :1] * 65280 / 65535
    tags = {b"A2B0": _lut(3, 33, np.concatenate([lightness, to_lab[:, 1:] * 256 / 65535], axis=1))}
    tags |= {b"wtpt": made_profiles.make_xyz_tag(_WHITE)}
    tags |= {b"desc": b"desc\0\0\0\0\0\0\0\5made\0" + bytes(78), b"cprt": b"text\0\0\0\0CC0\0"}
    header = bytearray(made_profiles.make_header(b"RGB ", b"scnr", b"Lab "))
    header[8:12] = b"\2\x40\0\0"
    return icc.build_profile(bytes(header), tags)


_SMALL = np.linspace(0.0, 1.0, 256)

PROFILES: dict[str, bytes | None] = {
    "none": None,
    "sRGB": SRGB,
    "Display P3": rgb_profile("p3", icc.SRGB_CURVE),
    "Adobe RGB": rgb_profile("adobe", power(2.19921875)),
    "ProPhoto RGB": rgb_profile("prophoto", power(1.8)),
    "linear": rgb_profile("srgb", power(1.0)),
    "wide linear": rgb_profile("prophoto", power(1.0)),
    "a scanner's tables": rgb_profile(
        "adobe", *(icc.make_table(np.maximum(_SMALL - 0.02, 0) ** gamma) for gamma in (2.0, 2.2, 1.9))
    ),
    "tables of colours": tables_profile(),
}
"""Profiles of colour, by name."""

GREY_PROFILES: dict[str, bytes | None] = {
    "grey gamma 2.2": grey_profile(power(2.2)),
    "grey linear": grey_profile(power(1.0)),
    "dot gain 20 %": grey_profile(icc.make_table(1 - np.minimum((1 - _SMALL) + 0.8 * (1 - _SMALL) * _SMALL, 1))),
}
"""Profiles of grey, by name."""


def check_profile(profile: bytes) -> None:
    """Raise an error where Little CMS does not read a profile."""
    ImageCms.ImageCmsProfile(io.BytesIO(profile))
