"""Conversion of colours from one ICC profile to another by Little CMS."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageCms

from deblur_app.core.profiles.icc import find_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)


def to_srgb(colours: NDArray[np.float32], profile: bytes | None) -> NDArray[np.float32]:
    """Return colours of RGB as those of sRGB, in steps of 8 bits; the same array where nothing is to be converted.

    Args:
        colours: Values in [0, 1], shape (height, width, channels); grey of one channel stays as it is.
        profile: Their profile; None for sRGB, as for one of other colours or one that cannot be read.
    """
    if not profile or colours.shape[2] != 3 or find_space(profile) != b"RGB ":
        return colours
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = Image.fromarray(np.rint(np.clip(colours, 0.0, 1.0) * 255).astype(np.uint8))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError) as error:
        log.info("A colour profile cannot be applied and is left out: %s", error)
        return colours
    return np.asarray(converted, np.float32) / np.float32(255)
