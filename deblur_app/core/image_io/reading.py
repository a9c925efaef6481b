"""Reading picture files: every file gives a right picture or one sentence."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import cv2
from PIL import Image, UnidentifiedImageError

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import content
from deblur_app.core.image_io.decoded import to_picture
from deblur_app.core.image_io.decoders.by_signature import find_decoder, find_family
from deblur_app.core.image_io.limits import damaged, quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.image_io.decoded import Decoded
    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)

# Our sentences, and nothing else on stderr: `check_size` is stricter than Pillow's limit, and OpenCV and Pillow write
# lines of their own about damaged files.
Image.MAX_IMAGE_PIXELS = None
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
logging.getLogger("PIL").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def read(path: Path) -> Picture:
    """Read a picture file; of several pages or frames the first, as `note` then says.

    Returns:
        The picture, upright (the EXIF orientation is applied), with transparency, EXIF, ICC profile and metadata.

    Raises:
        DeblurError: The file is missing, empty, damaged, not supported, no picture, or too large; the text says which.
    """
    data = content(path)
    family = find_family(data, path.name, path.suffix.lower())
    return to_picture(decode_safely(find_decoder(family), data, path.name), path)


def read_pages(path: Path) -> tuple[Picture, ...]:
    """Read all pages of a TIFF file; of any other file its one picture.

    Raises:
        DeblurError: As `read`, for any of the pages.
    """
    data = content(path)
    if find_family(data, path.name, path.suffix.lower()) != "tiff":
        return (read(path),)
    from deblur_app.core.image_io.decoders.tiff import decode_pages

    return tuple(to_picture(page, path) for page in decode_safely(decode_pages, data, path.name))


def decode_safely[T: (Decoded, list[Decoded])](decoder: Callable[[bytes, str], T], data: bytes, name: str) -> T:
    """Return what `decoder` makes of a file.

    Raises:
        DeblurError: Whatever error a broken file leads the decoder to.
    """
    try:
        return decoder(data, name)
    except DeblurError:
        raise
    except MemoryError as error:
        raise DeblurError(
            f"{quote(name)} is too large for the memory that is free. Close other programs or make the picture smaller."
        ) from error
    except UnidentifiedImageError as error:
        raise damaged(name) from error
    except Exception as error:
        # Decoders raise whatever a broken file leads them to: struct.error, KeyError, cv2.error, AssertionError …
        log.info("Decoding %r failed", name, exc_info=error)
        raise damaged(name, error) from error
