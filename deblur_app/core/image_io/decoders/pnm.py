"""PBM, PGM, PPM and PFM: text header and numbers, read by NumPy (Netpbm's manual pages; PFM by Debevec)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.file_errors import damaged_file_error, quote, unsupported_file_error
from deblur_app.core.image_io.decoded import Decoded, stretch
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST_HEADER = 65_536
"""Bytes; comments of cameras and programs are far shorter."""

_TOKEN = re.compile(rb"(?:\s|#[^\n\r]*[\n\r])*([^\s#]{1,30})")
_COMMENT = re.compile(rb"#[^\n\r]*")


def decode(data: bytes, name: str) -> Decoded:
    """Return the first picture of a PBM, PGM, PPM or PFM file; 16 bits where its numbers go beyond 255.

    Raises:
        DeblurError: It is damaged, too large, or of a kind that is not read.
    """
    kind = data[:2]
    if kind == b"P7":
        raise unsupported_file_error(name, tr("a PAM picture"))
    is_float, is_bitmap = kind in {b"PF", b"Pf"}, kind in {b"P1", b"P4"}
    fields, start = _read_header(data, 2 if is_bitmap else 3, name)
    try:
        width, height = int(fields[0]), int(fields[1])
        largest = 1.0 if is_bitmap else float(fields[2]) if is_float else float(int(fields[2]))
    except ValueError as error:
        raise damaged_file_error(name, tr("its header is wrong")) from error
    channels = 3 if kind in {b"P3", b"P6", b"PF"} else 1
    check_size(width, height, name)
    if is_float:
        return Decoded(_floats(data[start:], (height, width, channels), largest, name), note=_describe_floats(name))
    if not 0 < largest < 65536:
        raise damaged_file_error(name, tr("its header is wrong"))
    shape = (height, width, channels)
    values = _whole_numbers(data, start, shape, int(largest), name)
    if values.max(initial=0) > largest:
        raise damaged_file_error(name, tr("it has numbers above {largest:.0f}", largest=largest))
    return Decoded(stretch(values, int(largest)))


def _read_header(data: bytes, count: int, name: str) -> tuple[list[bytes], int]:
    """Return the numbers behind the mark, and where the pixels begin: one white space behind the last number."""
    fields, position = [], 2
    head = data[:_LONGEST_HEADER]
    for _ in range(count):
        match = _TOKEN.match(head, position)
        if match is None:
            raise damaged_file_error(name, tr("its header is wrong or too long"))
        fields.append(match[1])
        position = match.end()
    return fields, position + 1


def _whole_numbers(data: bytes, start: int, shape: tuple[int, int, int], largest: int, name: str) -> NDArray[Any]:
    kind, (height, width, channels) = data[:2], shape
    count = height * width * channels
    if kind == b"P4":
        row = -(-width // 8)
        packed = _numbers(data, start, height * row, np.dtype(np.uint8), name).reshape(height, row)
        bits: NDArray[Any] = np.unpackbits(packed, axis=1)[:, :width, None]
        bits ^= 1  # 1 is black
        return bits
    if kind in {b"P5", b"P6"}:
        dtype = np.dtype(np.uint8 if largest < 256 else ">u2")
        numbers = _numbers(data, start, count, dtype, name)
        native: NDArray[Any] = numbers.astype(dtype.newbyteorder("="), copy=False)
        return native.reshape(shape)
    return _plain_numbers(_COMMENT.sub(b"", data[start - 1 :]), count, name, is_bitmap=kind == b"P1").reshape(shape)


def _plain_numbers(text: bytes, count: int, name: str, *, is_bitmap: bool) -> NDArray[Any]:
    if is_bitmap:
        codes = np.frombuffer(text, np.uint8)
        digits = codes[(codes == ord("0")) | (codes == ord("1"))][:count]
        if digits.size < count:
            raise damaged_file_error(name, tr("pixels are missing"))
        ink: NDArray[Any] = digits == ord("0")
        return ink.astype(np.uint8)
    if len(text) < 2 * count - 1:  # a digit and a space each
        raise damaged_file_error(name, tr("pixels are missing"))
    words = text.split(maxsplit=count)[:count]
    if len(words) < count:
        raise damaged_file_error(name, tr("pixels are missing"))
    try:
        numbers = np.fromiter(map(int, words), np.int64, count)
    except (ValueError, OverflowError) as error:
        raise damaged_file_error(name, tr("it has numbers that are none")) from error
    if numbers.min(initial=0) < 0 or numbers.max(initial=0) > 65535:
        raise damaged_file_error(name, tr("it has numbers beyond 65535"))
    return numbers.astype(np.uint16)


def _numbers(data: bytes, start: int, count: int, dtype: np.dtype[Any], name: str) -> NDArray[Any]:
    if len(data) - start < count * dtype.itemsize:
        raise damaged_file_error(name, tr("pixels are missing"))
    return np.frombuffer(data, dtype, count, start)


def _floats(content: bytes, shape: tuple[int, int, int], scale: float, name: str) -> NDArray[np.float32]:
    """Return the values of a PFM, whose rows go from bottom to top; a negative scale says little-endian."""
    dtype = np.dtype("<f4" if scale < 0 else ">f4")
    values = _numbers(content, 0, int(np.prod(shape)), dtype, name).reshape(shape)[::-1]
    return check_floats(values.astype(np.float32), name)


def check_floats(values: NDArray[np.float32], name: str, most: float = 1.0) -> NDArray[np.float32]:
    """Return floating-point values unchanged.

    Raises:
        DeblurError: They do not lie between 0 and `most`, so that black and white are not known.
    """
    lowest, highest = float(values.min(initial=0)), float(values.max(initial=0))
    if not (np.isfinite(lowest) and np.isfinite(highest)):
        raise unsupported_file_error(name, tr("a floating-point picture with values that are no numbers"))
    if lowest < 0 or highest > most:
        raise unsupported_file_error(
            name,
            tr(
                "a floating-point picture with values from {lowest:.4g} to {highest:.4g}",
                lowest=lowest,
                highest=highest,
            ),
            tr("Scale them to 0 (black) … 1 (white), or save it with 16 bits per channel."),
        )
    return values


def _describe_floats(name: str) -> str:
    return tr(
        "{file} has floating-point values, which are taken as they are: 0 is black and 1 white.", file=quote(name)
    )
