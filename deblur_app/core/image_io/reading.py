"""Reading picture files: every file gives a right picture or one sentence."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from deblur_app.core.file_errors import missing_extra
from deblur_app.core.files.file_names import content
from deblur_app.core.image_io import process
from deblur_app.core.image_io.decode import decode
from deblur_app.core.image_io.decoded import to_picture
from deblur_app.core.image_io.decoders.by_signature import find_family
from deblur_app.core.task import Progress, Task, run_to_end
from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.image_io.decoded import Decoded
    from deblur_app.core.picture import Picture

_FRAGILE = frozenset(("raw", "heif", "avif", "jpeg2000", "jpeg xl", "exr", "fits"))
"""Families whose libraries have had many faults of memory: they run in a process of their own."""

_LIBRARIES = {
    "raw": ("rawpy", tr_later("a camera raw file")),
    "heif": ("pillow_heif", tr_later("a HEIF picture")),
    "jpeg xl": ("pillow_jxl", tr_later("a JPEG XL picture")),
    "exr": ("imagecodecs", tr_later("an OpenEXR picture")),
    "fits": ("astropy", tr_later("a FITS file")),
}
_LARGE_FILE = 20_000_000
"""Bytes; from here on decoding takes a second and more, so that a cancel must be able to end it."""


def read(path: Path) -> Picture:
    """Read a picture file; of several pages or frames the first, as `note` then says.

    Returns:
        The picture, upright (the EXIF orientation is applied), with transparency, EXIF, ICC profile and metadata.

    Raises:
        DeblurError: The file is missing, empty, damaged, not supported, no picture, or too large; the text says which.
    """
    return run_to_end(read_task(path))


def read_task(path: Path, page: int = 0) -> Task[Picture]:
    """Read a picture file as `read` does; a cancel is answered also while a large file is decoded.

    Args:
        path: The file.
        page: Which page of a TIFF, from 0 on.
    """
    (decoded,) = yield from _decode_task(path, all_pages=False, page=page)
    return to_picture(decoded, path)


def read_pages(path: Path) -> tuple[Picture, ...]:
    """Read all pages of a TIFF file; of any other file its one picture.

    Raises:
        DeblurError: As `read`, for any of the pages.
    """
    return run_to_end(read_pages_task(path))


def read_pages_task(path: Path) -> Task[tuple[Picture, ...]]:
    """Read all pages of a TIFF file as `read_pages` does; a cancel is answered."""
    pages = yield from _decode_task(path, all_pages=True)
    return tuple(to_picture(page, path) for page in pages)


def _decode_task(path: Path, *, all_pages: bool, page: int = 0) -> Task[list[Decoded]]:
    progress = Progress(0.0, tr("Opening {name}", name=path.name))
    yield progress
    data = content(path)
    family = find_family(data, path.name, path.suffix.lower())
    if not _needs_process(data, family):
        return decode(data, path.name, family, all_pages=all_pages, page=page)
    library, kind = _LIBRARIES.get(family, ("", ""))
    if library and not _is_installed(library):
        raise missing_extra(path.name, tr(kind))
    size = len(data)
    del data  # the other process reads the file itself
    steps = process.decode_in_process(path, family, size, all_pages=all_pages, page=page)
    try:
        while True:
            next(steps)
            yield progress
    except StopIteration as end:
        pages: list[Decoded] = end.value
        return pages
    except process.CannotStartError:
        return decode(content(path), path.name, family, all_pages=all_pages, page=page)
    finally:
        steps.close()


def _needs_process(data: bytes, family: str) -> bool:
    if family in _FRAGILE or len(data) > _LARGE_FILE:
        return True
    if family != "tiff":
        return False
    from deblur_app.core.image_io.decoders.tiff import needs_codec

    return needs_codec(data)


def _is_installed(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except ValueError:  # it is marked as missing
        return False
