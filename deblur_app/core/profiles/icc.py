"""Tags of ICC profiles, as bytes (ICC.1:2022, sections 7, 10.6 and 10.18)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEADER = 128
"""Bytes before the table of tags."""
_MOST_TAGS = 200
"""Tags of a profile at most; usual ones have 10 to 20."""
_COLOUR_CURVES = (b"rTRC", b"gTRC", b"bTRC")
_GREY_CURVE = b"kTRC"
_CURVES = {b"RGB ": _COLOUR_CURVES, b"GRAY": (_GREY_CURVE,)}
_TABLES_OF_COLOURS = (b"A2B0", b"A2B1", b"A2B2", b"D2B0", b"D2B1")
"""Tags that say more of the colours than curves and primaries do, and count before these."""
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
"""Numbers of a parametric curve of each type."""

SRGB_CURVE = b"para\0\0\0\0\0\3\0\0" + struct.pack(
    ">5i", *(round(number * 65536) for number in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
)
"""The curve of IEC 61966-2-1 as the content of a tag."""


def find_space(profile: bytes) -> bytes:
    """Return the four letters of the colour space of a profile, such as b"RGB " or b"GRAY"; b"" where it has none."""
    return profile[16:20]


def read_tags(profile: bytes) -> dict[bytes, bytes]:
    """Return the content of each tag that lies inside the profile, by its letters; none of one that was cut off."""
    tags: dict[bytes, bytes] = {}
    if int.from_bytes(profile[:4]) > len(profile):  # it was cut off
        return tags
    count = int.from_bytes(profile[_HEADER : _HEADER + 4])
    for number in range(min(count, _MOST_TAGS)):
        entry = profile[_HEADER + 4 + 12 * number : _HEADER + 16 + 12 * number]
        if len(entry) < 12:
            break
        name, offset, size = struct.unpack(">4sII", entry)
        if offset >= _HEADER and offset + size <= len(profile):
            tags[name] = profile[offset : offset + size]
    return tags


def build_profile(header: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return a profile with the header of another, whose length is set, and these tags."""
    start = _HEADER + 4 + 12 * len(tags)
    table, content = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in places:  # the curves of three channels are often one
            places[data] = start + len(content)
            content += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, places[data], len(data))
    return struct.pack(">I", start + len(content)) + header[4:_HEADER] + table + content


def read_light(profile: bytes, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the linear light that a profile gives to values of each channel.

    Args:
        profile: The profile of a photo.
        values: Values in [0, 1], shape (n,).

    Returns:
        Shape (3, n), or (1, n) for a profile of grey; None where the profile has no curves of its own, or tables of
        colours beside them.
    """
    tags = read_tags(profile)
    names = _CURVES.get(find_space(profile), ())
    if not names or any(name in tags for name in _TABLES_OF_COLOURS):
        return None
    with np.errstate(all="ignore"):  # damaged numbers
        curves = [_evaluate(tags.get(name, b""), values) for name in names]
    known = [curve for curve in curves if curve is not None and not np.isnan(curve).any()]
    if len(known) < len(names):
        return None
    light = np.clip(np.stack(known), 0.0, 1.0)
    is_lightness = names == (_GREY_CURVE,) and profile[20:24] == b"Lab "
    return _light_of_lightness(light) if is_lightness else light


def has_tables(profile: bytes) -> bool:
    """Return whether a profile of RGB has tables of colours."""
    return find_space(profile) == b"RGB " and any(name in _TABLES_OF_COLOURS for name in read_tags(profile))


def with_curve(profile: bytes, curve: bytes) -> bytes:
    """Return a profile of the same primaries with another curve for all channels, given as the content of a tag."""
    tags = {name: curve if name in _COLOUR_CURVES else data for name, data in read_tags(profile).items()}
    return build_profile(profile, tags)


def make_table(light: NDArray[np.float64]) -> bytes:
    """Return a curve as the content of a tag: linear light in [0, 1] for evenly spaced values in [0, 1]."""
    return b"curv\0\0\0\0" + struct.pack(">I", len(light)) + bytes(np.rint(light * 65535).astype(">u2"))


def _evaluate(curve: bytes, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return a curve at `values`; None where it cannot be read."""
    if curve.startswith(b"curv") and len(curve) >= 12:
        return _evaluate_table(curve, values)
    if curve.startswith(b"para") and len(curve) >= 12:
        return _evaluate_formula(curve, values)
    return None


def _evaluate_table(curve: bytes, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    count = int.from_bytes(curve[8:12])
    entries = np.frombuffer(curve[12 : 12 + 2 * count], ">u2")
    if len(entries) < count:
        return None
    if count == 0:
        return values
    if count == 1:  # a power, in steps of 1/256
        return values ** (float(entries[0]) / 256)
    positions = np.linspace(0.0, 1.0, count)
    return np.asarray(np.interp(values, positions, entries.astype(np.float64) / 65535))


def _evaluate_formula(curve: bytes, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return (a x + b)^g + e from d on, and c x + f below (ICC.1:2022, table 68)."""
    kind = int.from_bytes(curve[8:10])
    count = _PARAMETERS.get(kind)
    if count is None or len(curve) < 12 + 4 * count:
        return None
    numbers = [number / 65536 for number in struct.unpack(f">{count}i", curve[12 : 12 + 4 * count])]
    power, a, b, c, d, e, f = numbers + [0.0] * (7 - count)
    if kind == 0:
        a, d = 1.0, -1.0
    elif kind in {1, 2}:  # a constant c below the place where the power begins
        e = f = c
        c, d = 0.0, -b / a if a else 0.0
    above = np.maximum(a * values + b, 0.0) ** power + e
    return np.asarray(np.where(values >= d, above, c * values + f))


def _light_of_lightness(lightness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the light of CIE lightness, both in [0, 1] (ISO/CIE 11664-4)."""
    root = (100 * lightness + 16) / 116
    return np.asarray(np.where(root > 6 / 29, root**3, 3 * (6 / 29) ** 2 * (root - 4 / 29)))
