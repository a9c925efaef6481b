"""Messages between the program and its decoding process: a line of JSON, then blocks of bytes; never code."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, fields
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.picture import Metadata

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DTYPES = {"uint8", "uint16", "float32"}
_BLOCKS = 6
"""Of a page: its values, its inks, EXIF, profile, XMP and IPTC."""
_STEP = 1 << 24
"""Bytes that are sent or received at a time."""


def send(stream: IO[bytes], message: dict[str, Any], blocks: tuple[bytes | memoryview, ...] = ()) -> None:
    """Write a message and the blocks that belong to it."""
    line = json.dumps(message | {"blocks": [len(block) for block in blocks]})
    stream.write(line.encode() + b"\n")
    for block in blocks:
        for start in range(0, len(block), _STEP):
            stream.write(block[start : start + _STEP])
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytearray]] | None:
    """Read a message and its blocks; None where the other side has ended."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    message = json.loads(line)
    blocks = []
    for length in message["blocks"]:
        block = bytearray(length)
        view, start = memoryview(block), 0
        while start < length:
            count = stream.readinto(view[start : start + _STEP])  # type: ignore[attr-defined]
            if not count:
                return None
            start += count
        blocks.append(block)
    return message, blocks


def pack(pages: list[Decoded]) -> tuple[dict[str, Any], tuple[bytes | memoryview, ...]]:
    """Return pages as a message and its blocks."""
    described: list[dict[str, Any]] = []
    blocks: list[bytes | memoryview] = []
    for page in pages:
        extension = [part.hex() for part in page.metadata.xmp_extension]
        inks = None if page.inks is None else page.inks.tobytes()
        optional = (inks, page.exif, page.icc, page.metadata.xmp, page.metadata.iptc)
        described.append(
            {
                "dtype": page.values.dtype.name,
                "shape": page.values.shape,
                "orientation": page.orientation,
                "note": page.note,
                "headroom": page.headroom,
                "pages": page.pages,
                "page": page.page,
                "table": None if page.jpeg_table is None else page.jpeg_table.tolist(),
                "metadata": asdict(page.metadata) | {"xmp": None, "iptc": None, "xmp_extension": extension},
                "dtype_of_inks": "" if page.inks is None else page.inks.dtype.name,
                "has": [block is not None for block in optional],
            }
        )
        blocks += [memoryview(np.ascontiguousarray(page.values)).cast("B"), *(block or b"" for block in optional)]
    return {"pages": described}, tuple(blocks)


def unpack(message: dict[str, Any], blocks: list[bytearray]) -> list[Decoded]:
    """Return the pages that `pack` has packed.

    Raises:
        ValueError: The message is none of `pack`.
    """
    pages = []
    for number, page in enumerate(message["pages"]):
        values, *optional = blocks[_BLOCKS * number : _BLOCKS * (number + 1)]
        inks, exif, icc, xmp, iptc = (
            bytes(block) if has else None for block, has in zip(optional, page["has"], strict=True)
        )
        if page["dtype"] not in _DTYPES or len(page["shape"]) != 3:
            raise ValueError(page["dtype"])
        dtype = np.dtype(page["dtype"])
        if len(values) != math.prod(page["shape"]) * dtype.itemsize:
            raise ValueError(page["shape"])
        pages.append(
            Decoded(
                np.frombuffer(values, dtype).reshape(page["shape"]),
                int(page["orientation"]),
                exif,
                icc,
                _metadata(page["metadata"] | {"xmp": xmp, "iptc": iptc}),
                None if page["table"] is None else np.array(page["table"], np.uint16),
                int(page["pages"]),
                str(page["note"]),
                int(page["page"]),
                float(page["headroom"]),
                None if inks is None else _unpack_inks(inks, page),
            )
        )
    return pages


def _unpack_inks(inks: bytes, page: dict[str, Any]) -> NDArray[Any]:
    if page["dtype_of_inks"] not in _DTYPES:
        raise ValueError(page["dtype_of_inks"])
    return np.frombuffer(inks, page["dtype_of_inks"]).reshape(*page["shape"][:2], 4)


def _metadata(stored: dict[str, Any]) -> Metadata:
    values = {field.name: stored[field.name] for field in fields(Metadata)}
    values["resolution"] = tuple(values["resolution"]) if values["resolution"] else None
    values["xmp_extension"] = tuple(bytes.fromhex(part) for part in values["xmp_extension"])
    values["texts"] = tuple((str(key), str(text)) for key, text in values["texts"])
    values["jpeg_tables"] = tuple(tuple(int(number) for number in table) for table in values["jpeg_tables"])
    return Metadata(**values)
