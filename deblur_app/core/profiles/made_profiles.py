"""ICC profiles that are made here: matrices of primaries with a curve, and grey (ICC.1:2022, 8.3 and 8.4)."""

from __future__ import annotations

import struct

from deblur_app.core.profiles.icc import SRGB_CURVE, build_profile

type Colour = tuple[float, float, float]

WHITE = (0.96420, 1.0, 0.82491)
"""CIE XYZ of D50, to which all profiles are adapted."""
_REC_709 = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
"""CIE XYZ of the primaries of sRGB, adapted to D50."""
_ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
"""CIE XYZ of the primaries of Adobe RGB (1998), adapted to D50."""
_LINEAR = b"curv" + bytes(8)
_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
"""CIE XYZ of the primaries of Display P3, adapted to D50."""


def make_rgb_profile(name: str, primaries: tuple[Colour, Colour, Colour], curves: tuple[bytes, ...]) -> bytes:
    """Return a profile of RGB.

    Args:
        name: Its description.
        primaries: CIE XYZ of red, green and blue, adapted to D50.
        curves: The content of the tag of the curve, one for all channels or one for each.
    """
    tags = _common_tags(name)
    for channel, letter in enumerate("rgb"):
        tags[f"{letter}XYZ".encode()] = make_xyz_tag(primaries[channel])
        tags[f"{letter}TRC".encode()] = curves[channel % len(curves)]
    return build_profile(make_header(b"RGB ", b"mntr"), tags)


def make_grey_profile(name: str, curve: bytes) -> bytes:
    """Return a profile of grey."""
    return build_profile(make_header(b"GRAY", b"mntr"), _common_tags(name) | {b"kTRC": curve})


def make_display_p3() -> bytes:
    """Return the profile of Display P3: the primaries of DCI-P3 with the white and the curve of sRGB."""
    return make_rgb_profile("Display P3", _P3, (SRGB_CURVE,))


def make_srgb(*, is_linear: bool = False) -> bytes:
    """Return the profile of sRGB, or of linear light in its primaries."""
    name, curve = ("Linear sRGB", _LINEAR) if is_linear else ("sRGB", SRGB_CURVE)
    return make_rgb_profile(name, _REC_709, (curve,))


def make_adobe_rgb() -> bytes:
    """Return the profile of Adobe RGB (1998): a power of 563/256."""
    return make_rgb_profile("Adobe RGB (1998)", _ADOBE, (b"curv\0\0\0\0\0\0\0\1" + struct.pack(">H", 563),))


def make_linear_grey() -> bytes:
    """Return the profile of grey whose values are proportional to light."""
    return make_grey_profile("Linear grey", _LINEAR)


def make_header(space: bytes, kind: bytes, connection: bytes = b"XYZ ") -> bytes:
    """Return the header of a profile of version 4.3, whose length is still 0.

    Args:
        space: The colour space in four letters.
        kind: The class of device in four letters: b"mntr" for displays, b"prtr" for printers.
        connection: The space that tables of colours lead to.
    """
    header = bytearray(128)
    header[8:12], header[12:16], header[16:20], header[20:24] = b"\4\x30\0\0", kind, space, connection
    header[24:36] = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    header[36:40] = b"acsp"
    header[68:80] = struct.pack(">3i", *(round(number * 65536) for number in WHITE))
    return bytes(header)


def make_xyz_tag(colour: Colour) -> bytes:
    """Return a colour in CIE XYZ as the content of a tag."""
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(number * 65536) for number in colour))


def _common_tags(name: str) -> dict[bytes, bytes]:
    return {b"desc": _make_text_tag(name), b"cprt": _make_text_tag("CC0"), b"wtpt": make_xyz_tag(WHITE)}


def _make_text_tag(text: str) -> bytes:
    letters = text.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(letters), 28) + letters
