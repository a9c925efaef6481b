"""TIFF files of several pages: all of them are restored, or the note says that the first was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile

from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from pathlib import Path

KERNEL = Request("wiener", psf=Psf(models.motion(3, 20)))


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    """Four grey pages of 16 bits as ImageJ writes them, 9.2 pixels per micrometre."""
    y, x = np.mgrid[:40, :56]
    page = 4000 * (2 + np.sin(x / 4) * np.cos(y / 5))
    pages = np.stack([page * number for number in range(1, 5)]).astype(np.uint16)
    path = tmp_path / "stack.tif"
    tifffile.imwrite(path, pages, imagej=True, resolution=(9.2, 9.2), metadata={"unit": "um"})
    return path


def test_all_pages_of_a_tiff_are_restored(stack, tmp_path):
    """The result opens with the shape of the original, keeps its resolution, and each page is its own."""
    run_to_end(tasks.restore_file(stack, KERNEL, tmp_path / "out.tif"))
    result = tifffile.imread(tmp_path / "out.tif")
    assert result.shape == (4, 40, 56)
    assert result.dtype == np.uint16
    means = result.mean(axis=(1, 2))
    np.testing.assert_allclose(means, tifffile.imread(stack).mean(axis=(1, 2)), rtol=0.02)
    with tifffile.TiffFile(tmp_path / "out.tif") as file:
        assert file.pages[0].tags["XResolution"].value == (46, 5)
        assert "ImageDescription" not in file.pages[0].tags  # “images=4” of the old layout


def test_a_format_of_one_page_says_so(stack, tmp_path):
    """As PNG, the first page is the result, and the note says that there were more."""
    restored, _ = run_to_end(tasks.restore_file(stack, KERNEL, tmp_path / "out.png"))
    assert "“stack.tif” has 4 pages; the first was taken." in restored.picture.note
    assert restored.picture.size_text == "56 × 40"
