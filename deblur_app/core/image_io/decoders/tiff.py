"""TIFF and BigTIFF by tifffile (TIFF 6.0 and its supplements); its compressions by imagecodecs, libtiff as reserve."""

from __future__ import annotations

import importlib.util
import io
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import tifffile
from PIL import Image

from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import damaged_file_error, missing_extra, quote, unsupported_file_error
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded, has_fitting_space
from deblur_app.core.image_io.decoders.linear_formats import hold_light
from deblur_app.core.image_io.decoders.tiff_colours import find_inks, has_highlights, to_grey_or_rgb
from deblur_app.core.image_io.limits import MAX_BLOCK, check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.profiles.icc import SRGB_CURVE, read_light, with_curve
from deblur_app.core.profiles.inks import is_profile_of_inks, to_colours
from deblur_app.core.profiles.tone_curves import decode as decode_tones
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LIBRARY = {1: "", 8: "", 32946: "", 32773: ""}  # none, deflate and PackBits need nothing but Python
_READ_WITH_CODECS = frozenset((2, 3, 4, 5, 6, 7, 34892, 33003, 33005, 34712, 34925, 50000, 34926, 50001, 34927))
"""CCITT, LZW, JPEG, JPEG 2000, LZMA, Zstandard and WebP."""

_READ_BY_PILLOW = frozenset((2, 3, 4, 5, 6, 7))
_REDUCED, _MASK = 1, 4
_LINEAR = 0.02
"""Difference of a curve in the middle up to which it is that of light."""
_LARGEST_TILE = 64_000_000
"""Bytes of a strip or tile at most."""
_MOST_PAGES = 100_000
"""Pages that are followed at most."""
_MOST_TAGS, _TAGS_PER_PAGE = 5_000, 100


def decode(data: bytes, name: str, number: int = 0) -> Decoded:
    """Return a page of a TIFF file, the first unless another is wanted.

    Raises:
        DeblurError: It is damaged, too large, or of a kind that is not read, or it has no such page.
    """
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        pages = _find_pages(file, name)
        _check_segments(pages[-1], len(data), name)  # a file that was cut off lacks its end
        if not 0 <= number < len(pages):
            raise DeblurError(
                tr(
                    "{file} has no page {number}: it has {count}.",
                    file=quote(name),
                    number=number + 1,
                    count=len(pages),
                )
            )
        decoded = _decode_page(file, pages[number], data, name)
    which = tr("this is page {number}", number=number + 1) if number else tr("the first was taken")
    note = (
        tr("{file} has {count} pages; {which}.", file=quote(name), count=len(pages), which=which)
        if len(pages) > 1
        else ""
    )
    return replace(decoded, pages=len(pages), page=number, note=f"{note} {decoded.note}".strip())


def decode_pages(data: bytes, name: str) -> list[Decoded]:
    """Return all pages of a TIFF file, without thumbnails and masks.

    Raises:
        DeblurError: As `decode`, for any page, or all of them together are too large.
    """
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        pages = _find_pages(file, name)
        check_size(max(page.imagewidth for page in pages), sum(page.imagelength for page in pages), name, len(data))
        decoded = (_decode_page(file, page, data, name) for page in pages)
        return [replace(page, pages=len(pages), page=number) for number, page in enumerate(decoded)]


def _find_pages(file: tifffile.TiffFile, name: str) -> list[tifffile.TiffPage]:
    """Return the pages that are pictures of their own; the first one where all are thumbnails."""
    pages: list[tifffile.TiffPage] = []
    offsets, tags = set(), 0
    page = file.pages.first
    for number in range(_MOST_PAGES):
        try:
            page = file.pages[number].aspage()
        except IndexError:
            _check_end(file, page, name)
            break
        tags += len(page.tags)
        if page.offset in offsets or tags > _MOST_TAGS + _TAGS_PER_PAGE * number:
            raise damaged_file_error(name, tr("its list of pages is wrong"))
        offsets.add(page.offset)
        if number == 0 or not int(page.subfiletype) & (_REDUCED | _MASK):
            pages.append(page)
    if len(pages) > 1 and int(pages[0].subfiletype) & (_REDUCED | _MASK):
        del pages[0]
    return pages


def _check_end(file: tifffile.TiffFile, last: tifffile.TiffPage, name: str) -> None:
    """Refuse a file whose last page names a next one, which lies behind the end of the file."""
    layout, handle = file.tiff, file.filehandle
    handle.seek(last.offset)
    (count,) = struct.unpack(layout.tagnoformat, handle.read(layout.tagnosize))
    handle.seek(last.offset + layout.tagnosize + count * layout.tagsize)
    following = handle.read(layout.offsetsize)
    if len(following) < layout.offsetsize or struct.unpack(layout.offsetformat, following)[0] >= handle.size:
        raise damaged_file_error(name, tr("pages are missing"))


def _decode_page(file: tifffile.TiffFile, page: tifffile.TiffPage, data: bytes, name: str) -> Decoded:
    samples = page.samplesperpixel * max(page.bitspersample / 8, 1)
    check_size(page.imagewidth, page.imagelength, name, len(data), samples)
    _check_layout(page, len(data), name)
    icc, inks = _bytes_of(page, 34675), None
    if not _is_decodable(page):
        values = _decode_by_pillow(data, page, name)
        note = ""
    else:
        stored = _join_segments(page, name)
        values, note = to_grey_or_rgb(page, stored, name)
        inks = find_inks(page, stored) if is_profile_of_inks(icc) else None
    colours = None if inks is None or icc is None else to_colours(inks, icc)
    if colours is None:
        inks = None
    else:
        values = colours
    headroom = 1.0
    if has_highlights(values[..., : values.shape[2] - (values.shape[2] in {2, 4})]):
        held, icc = _hold_highlights(values, icc, name)
        values, headroom, note = held.values, held.headroom, f"{held.note} {note}".strip()
    first_page = file.pages.first
    orientation, exif = embedded.read_tiff_exif(data) if page.index == first_page.index else (_orientation(page), None)
    return Decoded(values, orientation, exif, icc, _read_metadata(page, exif), note=note, inks=inks, headroom=headroom)


def _hold_highlights(values: NDArray[Any], icc: bytes | None, name: str) -> tuple[Decoded, bytes | None]:
    """Return floating-point values that go above white as those of 16 bits, and the profile that they have then.

    They are light where the profile says so, and else encoded as sRGB is, above white as below.
    """
    has_alpha = values.shape[2] in {2, 4}
    colours = values[..., :-1] if has_alpha else values
    middle = None if icc is None else read_light(icc, np.array([0.5]))
    is_linear = middle is not None and abs(float(middle[0, 0]) - 0.5) < _LINEAR
    light = colours if is_linear else decode_tones(colours).astype(np.float32)
    held = hold_light(light, values[..., -1:] if has_alpha else None, name)
    is_rgb = icc is not None and has_fitting_space(icc, is_grey=False)
    return held, with_curve(icc, SRGB_CURVE) if is_rgb and icc else None


def _check_layout(page: tifffile.TiffPage, file_size: int, name: str) -> None:
    """Refuse what would read beyond the file or fill the memory."""
    if page.imagedepth != 1:
        raise unsupported_file_error(name, tr("a TIFF of volumes"))
    if not 1 <= page.samplesperpixel <= 64:
        raise unsupported_file_error(
            name, tr("a TIFF of {samplesperpixel} channels", samplesperpixel=page.samplesperpixel)
        )
    if page.is_tiled:
        size = page.tilewidth * page.tilelength * page.tiledepth
        if not 0 < size * page.samplesperpixel * max(page.bitspersample // 8, 1) <= _LARGEST_TILE:
            raise damaged_file_error(
                name,
                tr("tiles of {tilewidth} × {tilelength} pixels", tilewidth=page.tilewidth, tilelength=page.tilelength),
            )
    elif not page.rowsperstrip:
        raise damaged_file_error(name, tr("strips without rows"))
    _check_segments(page, file_size, name)


def _check_segments(page: tifffile.TiffPage, file_size: int, name: str) -> None:
    """Refuse a page whose strips or tiles do not all lie inside the file."""
    count = int(np.prod(page.chunked))
    offsets, lengths = page.dataoffsets, page.databytecounts
    if len(offsets) < count or len(lengths) < count:
        raise damaged_file_error(name, tr("parts of the picture are missing"))
    is_inside = all(
        offset > 0 and length > 0 and offset + length <= file_size
        for offset, length in zip(offsets[:count], lengths[:count], strict=True)
    )
    if not is_inside:
        raise damaged_file_error(name, tr("parts of the picture are missing"))


def _has_codecs() -> bool:
    return importlib.util.find_spec("imagecodecs") is not None


def _is_decodable(page: tifffile.TiffPage) -> bool:
    """Return whether tifffile decodes this page right."""
    compression = int(page.compression)
    is_known = compression in _LIBRARY or (compression in _READ_WITH_CODECS and _has_codecs())
    return is_known and not (page.is_subsampled and compression not in {6, 7, 34892, 33003, 33005, 34712, 50001})


def _decode_by_pillow(data: bytes, page: tifffile.TiffPage, name: str) -> NDArray[np.uint8]:
    """Return what libtiff makes of the first page, which knows a few compressions and layouts more, in 8 bits."""
    compression = int(page.compression)
    if compression not in _READ_BY_PILLOW | set(_LIBRARY) or page.bitspersample > 8 or page.index != 0:
        if compression in _READ_WITH_CODECS and not _has_codecs():
            raise missing_extra(name, tr("a TIFF with the compression {word}", word=_word(page.compression)))
        raise unsupported_file_error(name, tr("a TIFF with the compression {word}", word=_word(page.compression)))
    with Image.open(io.BytesIO(data), formats=["TIFF"]) as image:
        image.info.pop("exif", None)
        image.getexif().pop(274, None)  # Pillow would turn it
        values = np.asarray(image.convert("L" if image.mode in {"1", "L"} else "RGBA" if "A" in image.mode else "RGB"))
    if values.shape[:2] != (page.imagelength, page.imagewidth):
        raise damaged_file_error(name, tr("its size is not the one it names"))
    return values.reshape(*values.shape[:2], -1)


def _join_segments(page: tifffile.TiffPage, name: str) -> NDArray[Any]:
    """Return the samples as stored, shape (height, width, samples).

    Raises:
        DeblurError: A strip or tile is missing.
    """
    if page.dtype is None:
        raise unsupported_file_error(
            name,
            tr(
                "a TIFF of {bitspersample} bits ({word})",
                bitspersample=page.bitspersample,
                word=_word(page.sampleformat),
            ),
        )
    separate, _, height, width, contiguous = page.shaped
    result = np.empty((separate, height, width, contiguous), page.dtype)
    try:
        for segment, (plane, _, top, left, _), _ in page.segments(maxworkers=1):
            if segment is None:
                raise damaged_file_error(name, tr("parts of the picture are missing"))
            part = segment[0][: height - top, : width - left]
            result[plane, top : top + part.shape[0], left : left + part.shape[1]] = part
    except DeblurError:
        raise
    except ImportError as error:
        raise missing_extra(name, tr("a TIFF with the compression {word}", word=_word(page.compression))) from error
    except NotImplementedError as error:
        if not _has_codecs():
            raise missing_extra(name, tr("a TIFF of {bitspersample} bits", bitspersample=page.bitspersample)) from error
        raise unsupported_file_error(
            name,
            tr(
                "a TIFF of {bitspersample} bits ({word})",
                bitspersample=page.bitspersample,
                word=_word(page.photometric),
            ),
        ) from error
    return result[0] if separate == 1 else np.moveaxis(result[..., 0], 0, -1)


def _word(value: Any) -> str:
    return str(getattr(value, "name", value)).replace("_", " ")


def _orientation(page: tifffile.TiffPage) -> int:
    tag = page.tags.get(274)
    value = 1 if tag is None else tag.value
    return int(value) if value in range(1, 9) else 1


def _bytes_of(page: tifffile.TiffPage, tag: int) -> bytes | None:
    """Return the content of a tag of bytes, None where it is missing, empty or too long."""
    entry = page.tags.get(tag)
    if entry is None:
        return None
    value = entry.value
    if isinstance(value, tuple | np.ndarray):  # some programs store bytes as 32-bit numbers
        value = np.asarray(value).tobytes()
    if isinstance(value, str):
        value = value.encode()
    return bytes(value) if isinstance(value, bytes) and 0 < len(value) <= MAX_BLOCK else None


def _read_metadata(page: tifffile.TiffPage, exif: bytes | None) -> Metadata:
    resources, record = _bytes_of(page, 34377), _bytes_of(page, 33723)
    if record is not None and (resources is None or embedded.unwrap_iptc(resources) is None):
        resources = (resources or b"") + embedded.wrap_iptc(record)
    return Metadata(
        xmp=embedded.clean_xmp(_bytes_of(page, 700)),
        iptc=resources if resources and resources.startswith(b"8BIM") else None,
        resolution=embedded.exif_resolution(exif),
    )


def needs_codec(data: bytes) -> bool:
    """Return whether the first page is compressed by more than what Python itself unpacks."""
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            return int(file.pages.first.compression) not in _LIBRARY
    except Exception:  # noqa: BLE001 - decoding will say what is wrong
        return False
