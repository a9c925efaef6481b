"""Decoding of the bytes of a file, in whichever process; every failure becomes one sentence."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import damaged_file_error, too_large_for_memory
from deblur_app.core.image_io.decoders.by_signature import find_decoder

if TYPE_CHECKING:
    from deblur_app.core.image_io.decoded import Decoded

log = logging.getLogger(__name__)

# Our sentences, and nothing else on stderr: `check_size` is stricter than Pillow's limit, and OpenCV, Pillow and
# tifffile write lines of their own about damaged files.
Image.MAX_IMAGE_PIXELS = None
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
logging.getLogger("PIL").setLevel(logging.CRITICAL)
logging.getLogger("tifffile").setLevel(logging.CRITICAL + 1)
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def decode(data: bytes, name: str, family: str, *, all_pages: bool = False, page: int = 0) -> list[Decoded]:
    """Return the picture of a file, or all pages of a TIFF file.

    Args:
        data: The bytes of the file.
        name: Its name, for sentences.
        family: Its family of formats, as `find_family` tells.
        all_pages: Whether all pages of a TIFF are wanted, not one only.
        page: The page of a TIFF that is wanted, from 0 on.

    Raises:
        DeblurError: Whatever error a broken file leads the decoder to.
    """
    try:
        with np.errstate(all="ignore"):
            if family == "tiff":
                from deblur_app.core.image_io.decoders import tiff

                return tiff.decode_pages(data, name) if all_pages else [tiff.decode(data, name, page)]
            return [find_decoder(family)(data, name)]
    except DeblurError:
        raise
    except MemoryError as error:
        raise too_large_for_memory(name) from error
    except UnidentifiedImageError as error:
        raise damaged_file_error(name) from error
    except Exception as error:
        # Decoders raise whatever a broken file leads them to: struct.error, KeyError, cv2.error, AssertionError …
        log.info("Decoding %r failed", name, exc_info=error)
        raise damaged_file_error(name, error) from error
