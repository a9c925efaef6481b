"""Camera raw files by LibRaw."""

from __future__ import annotations

import importlib
import io
from typing import Any

from deblur_app.core.file_errors import damaged_file_error, missing_extra
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.image_io.limits import check_size

_SRGB = (2.4, 12.92)
"""Power and slope of the curve of sRGB, for LibRaw, whose own default is the curve of television."""


def decode(data: bytes, name: str) -> Decoded:
    """Return a camera raw file as an sRGB picture of 16 bits, at the brightness of its exposure.

    Raises:
        DeblurError: It is damaged, too large, or of a camera that LibRaw does not know, or rawpy is not installed.
    """
    try:
        rawpy: Any = importlib.import_module("rawpy")
    except ImportError as error:
        raise missing_extra(name, "a camera raw file") from error
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            check_size(raw.sizes.width, raw.sizes.height, name, len(data))
            values = raw.postprocess(output_bps=16, use_camera_wb=True, gamma=_SRGB, no_auto_bright=True)
    except rawpy.LibRawError as error:
        raise damaged_file_error(name, f"or of a camera that LibRaw does not know: {error}") from error
    _, exif = embedded.read_tiff_exif(data) if data[:4] in {b"II*\0", b"MM\0*"} else (1, None)
    return Decoded(values, exif=exif)
