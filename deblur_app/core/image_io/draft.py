"""A small copy of a large photo at once, to be shown while all of it is decoded."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.image_io.decoded import turn
from deblur_app.core.image_io.limits import MAX_PIXELS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

_LEAST_PIXELS = 6_000_000
"""Photos of fewer pixels are decoded so soon that a draft would only flicker."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A small copy of a photo.

    Attributes:
        values: RGB, uint8, shape (height, width, 3), upright.
        icc: The ICC profile of its colours, or None.
    """

    values: NDArray[np.uint8]
    icc: bytes | None


def read_draft(path: Path, side: int) -> Draft | None:
    """Return a copy of a large JPEG with at least `side` pixels along its longer side, where it has as many.

    JPEGs can be decoded at an eighth of their size in a fraction of the time. Returns None for all other files, for
    small photos, and for damaged ones: decoding them as a whole tells what is wrong.
    """
    try:
        with open_plain(path) as file, Image.open(file, formats=("JPEG",)) as image:
            width, height = image.size
            if not _LEAST_PIXELS <= width * height <= MAX_PIXELS:
                return None
            scale = side / max(width, height)
            image.draft("RGB", (round(width * scale), round(height * scale)))
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
            values = turn(np.asarray(image.convert("RGB")), orientation)
            return Draft(values, image.info.get("icc_profile") if image.mode == "RGB" else None)
    except UnidentifiedImageError:  # no JPEG
        return None
    except Exception as error:  # broken files make Pillow raise anything
        log.info("No draft of %r", path.name, exc_info=error)
        return None
