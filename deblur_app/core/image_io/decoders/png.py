"""PNG: 8 bits by Pillow, 16 bits by OpenCV, transparency and metadata from the chunks themselves."""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, quote
from deblur_app.core.image_io import embedded, png_chunks
from deblur_app.core.image_io.decoded import Decoded, add_alpha
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

XMP_KEY = "XML:com.adobe.xmp"
IPTC_KEY = "Raw profile type iptc"
_OTHER_PROFILES = ("raw profile type exif", "raw profile type app1", "raw profile type xmp", "raw profile type icc")
_MOST_TEXTS = 200
"""Text chunks that are read at most."""
_LONGEST_TEXTS = 8_000_000
"""Bytes of all texts together that are read at most."""


def decode(data: bytes, name: str) -> Decoded:
    """Return the picture of a PNG file; of an animated one, the picture that every program shows.

    Raises:
        DeblurError: It is damaged or too large.
    """
    header = png_chunks.read_header(data, name)
    check_size(header.width, header.height, name, len(data), header.samples * max(header.depth / 8, 1))
    chunks = png_chunks.read_chunks(data, name)
    parts = dict(reversed(chunks))  # the first of each kind
    if header.colour == 3 and not parts.get(b"PLTE"):
        raise damaged_file_error(name, tr("it has no palette"))
    png_chunks.check_pixels(header, chunks, name)
    values = _decode_pixels(header, chunks, parts.get(b"tRNS"))
    texts = _read_texts(chunks)
    orientation, exif = embedded.read_exif(parts.get(b"eXIf") or _raw_profile(texts, "exif"))
    return Decoded(
        values,
        orientation,
        exif,
        _read_profile(parts.get(b"iCCP")),
        _read_metadata(texts, parts.get(b"pHYs"), exif),
        note=_describe_frames(parts.get(b"acTL", b""), name),
    )


def _decode_pixels(header: png_chunks.Header, chunks: list[tuple[bytes, bytes]], trns: bytes | None) -> NDArray[Any]:
    needed_kinds = png_chunks.CRITICAL | ({b"tRNS"} if header.colour == 3 else set())
    plain = png_chunks.join([(kind, content) for kind, content in chunks if kind in needed_kinds])
    if header.depth == 16:
        values = _decode_16_bits(plain, header.samples)
    else:
        with Image.open(io.BytesIO(plain), formats=["PNG"]) as image:
            mode = {0: "L", 2: "RGB", 3: "RGBA" if trns else "RGB", 4: "LA", 6: "RGBA"}[header.colour]
            values = np.asarray(image.convert(mode)).reshape(header.height, header.width, -1)
    if trns and header.colour in {0, 2} and len(trns) >= 2 * header.samples:
        key = np.frombuffer(trns[: 2 * header.samples], ">u2").astype(np.uint16)
        scale = 255 // (2**header.depth - 1) if header.depth < 8 else 1
        values = add_alpha(values, (values == key * scale).all(axis=2))
    return values


def _decode_16_bits(data: bytes, samples: int) -> NDArray[Any]:
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.dtype != np.uint16:
        raise OSError(tr("its pixels cannot be unpacked"))
    values = values.reshape(*values.shape[:2], -1)
    order = {1: [0], 2: [0, -1], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[samples]  # OpenCV's colours are blue, green, red
    result: NDArray[Any] = values[..., order]
    return result


def _read_texts(chunks: list[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    texts: list[tuple[str, str]] = []
    room = _LONGEST_TEXTS
    for kind, content in chunks:
        if kind not in {b"tEXt", b"zTXt", b"iTXt"} or len(texts) >= _MOST_TEXTS:
            continue
        key, _, rest = content.partition(b"\0")
        text = _text(kind, rest, room)
        if key and text is not None:
            texts.append((key.decode("latin-1"), text))
        room -= room if text is None else len(text)  # one that is broken or too long is the last
        if room <= 0:
            break
    return texts


def _text(kind: bytes, rest: bytes, room: int) -> str | None:
    if kind == b"tEXt":
        return rest.decode("latin-1")
    if kind == b"zTXt":
        unpacked = png_chunks.unpack(rest[1:], room)
        return None if unpacked is None else unpacked.decode("latin-1")
    packed, fields = rest[:1] == b"\1", rest[2:].split(b"\0", 2)  # language, translated key, text
    if len(fields) < 3:
        return None
    content = png_chunks.unpack(fields[2], room) if packed else fields[2]
    return None if content is None else content.decode(errors="replace")


def _raw_profile(texts: list[tuple[str, str]], kind: str) -> bytes | None:
    """Return a block that ImageMagick and ExifTool store as hexadecimal text: name, length, digits."""
    for key, text in texts:
        if key.lower() == f"raw profile type {kind}":
            fields = text.split(maxsplit=2)
            with suppress(ValueError):
                return bytes.fromhex(fields[2]) if len(fields) == 3 else None
    return None


def _read_profile(chunk: bytes | None) -> bytes | None:
    _, _, rest = (chunk or b"").partition(b"\0")
    return png_chunks.unpack(rest[1:])


def _read_metadata(texts: list[tuple[str, str]], phys: bytes | None, exif: bytes | None) -> Metadata:
    xmp = next((text for key, text in texts if key == XMP_KEY), None) or _raw_profile(texts, "xmp")
    iptc = _raw_profile(texts, "iptc")
    resolution = None
    if phys and len(phys) == 9 and phys[8] == 1:  # pixels per metre
        resolution = embedded.clean_resolution(struct.unpack(">II", phys[:8]), 0.0254)
    hidden = (XMP_KEY.lower(), IPTC_KEY.lower(), *_OTHER_PROFILES)
    return Metadata(
        xmp=embedded.clean_xmp(xmp),
        iptc=iptc if iptc is None or iptc.startswith(b"8BIM") else embedded.wrap_iptc(iptc),
        comment=next((text for key, text in texts if key.lower() == "comment"), ""),
        resolution=resolution or embedded.exif_resolution(exif),
        texts=tuple((key, text) for key, text in texts if key.lower() not in hidden),
    )


def _describe_frames(control: bytes, name: str) -> str:
    frames = int.from_bytes(control[:4])
    return (
        tr("{file} is animated and has {frames} frames; the first was taken.", file=quote(name), frames=frames)
        if frames > 1
        else ""
    )
