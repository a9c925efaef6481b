"""A draft of a large JPEG: small, upright, at once; for all other files there is none."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from deblur_app.core import image_io

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def values() -> NDArray[np.uint8]:
    """A photo of 7.2 megapixels, white on the left."""
    values = np.zeros((2400, 3000, 3), np.uint8)
    values[:, :800] = 255
    return values


def test_a_large_jpeg_has_an_upright_draft(values: NDArray[np.uint8], tmp_path: Path) -> None:
    """At least as large as asked for, and turned as its EXIF block says."""
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    Image.fromarray(values).save(tmp_path / "a.jpg", exif=exif)
    draft = image_io.read_draft(tmp_path / "a.jpg", 700)
    assert draft is not None
    assert draft.values.shape == (750, 600, 3)
    assert draft.values[:150].min() > 200
    assert draft.values[250:].max() < 50


def test_other_files_have_none(values: NDArray[np.uint8], tmp_path: Path) -> None:
    """A small photo, a PNG, a damaged file, and one that is not there."""
    Image.fromarray(values[:500, :500]).save(tmp_path / "small.jpg")
    Image.fromarray(values).save(tmp_path / "large.png", compress_level=1)
    (tmp_path / "damaged.jpg").write_bytes(b"\xff\xd8\xff" + bytes(500))
    for name in ("small.jpg", "large.png", "damaged.jpg", "missing.jpg"):
        assert image_io.read_draft(tmp_path / name, 700) is None


def test_a_photo_of_another_format_leaves_no_word_in_the_log(
    values: NDArray[np.uint8], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A draft is tried for each photo that is opened: a PNG is no failure."""
    Image.fromarray(values[:9, :9]).save(tmp_path / "a.png")
    with caplog.at_level(logging.DEBUG, "deblur_app"):
        assert image_io.read_draft(tmp_path / "a.png", 700) is None
    assert not caplog.records
