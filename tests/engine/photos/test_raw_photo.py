"""A camera raw file is restored from file to file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import tifffile

from benchmarks.formats.made_raw import make_dng
from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.files.file_names import result_path
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels


def test_a_raw_file_becomes_a_sharper_tiff_of_16_bits(tmp_path: Path, scene: Pixels) -> None:
    """In Display P3, at the brightness of the exposure, with the camera's EXIF."""
    pytest.importorskip("rawpy")
    kernel = models.motion(9, 0)
    light = cv2.resize(srgb_to_linear(scene), (160, 120)).astype(np.float64) * 0.6
    blurred = cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REFLECT)
    (tmp_path / "a.dng").write_bytes(make_dng(blurred))
    request = Request("wiener", psf=Psf(kernel), is_checked=False)
    restored, _ = run_to_end(
        tasks.restore_file(tmp_path / "a.dng", request, lambda photo: result_path(photo.path or tmp_path, bit_depth=16))
    )
    assert restored.path == tmp_path / "a_deblurred.tif"
    assert tifffile.imread(restored.path).dtype == np.uint16
    result = image_io.read(restored.path)
    assert result.icc == restored.picture.icc
    assert b"Camera" in (result.exif or b"")
    inside = (slice(16, -16), slice(16, -16), 1)
    errors = [
        np.abs(srgb_to_linear(result.pixels)[inside] - light[inside]).mean(),
        np.abs(blurred - light)[inside].mean(),
    ]
    assert errors[0] < 0.8 * errors[1]
