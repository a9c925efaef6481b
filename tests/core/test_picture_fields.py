"""What reading says about a picture beside its pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from deblur_app.core import image_io
from deblur_app.core.picture import to_uint8


def test_the_luma_table_of_a_jpeg_is_read(tmp_path, scene):
    """The table is the one of the file in natural order, and coarser at lower quality."""
    for quality in (95, 30):
        Image.fromarray(to_uint8(scene)).save(tmp_path / f"{quality}.jpg", quality=quality)
    fine, coarse = (image_io.read(tmp_path / f"{quality}.jpg").jpeg_table for quality in (95, 30))
    assert fine.shape == coarse.shape == (8, 8)
    assert fine.dtype == np.uint16
    assert (coarse > fine).all()
    # ITU-T T.81, table K.1: the first row begins 16 11 10 16, the first column 16 12 14 14; quality 30 is 50 / 30 of it
    np.testing.assert_array_equal(coarse[0, :4], [27, 18, 17, 27])
    np.testing.assert_array_equal(coarse[:4, 0], [27, 20, 23, 23])


def test_other_files_have_no_luma_table(photo):
    """A PNG loses nothing by quantisation."""
    assert image_io.read(photo).jpeg_table is None


@pytest.mark.parametrize(("mode", "grey"), [("1", True), ("L", True), ("LA", True), ("RGB", False), ("P", False)])
def test_a_file_of_one_channel_is_told(tmp_path, mode, grey):
    """Grey files are marked, also where all colours of a colour file are grey."""
    Image.new(mode, (8, 6)).save(tmp_path / "a.png")
    assert image_io.read(tmp_path / "a.png").is_grey == grey


def test_several_frames_are_told(tmp_path):
    """A GIF of three frames says that its first was taken."""
    frames = [Image.new("L", (8, 6), value) for value in (0, 100, 200)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert image_io.read(tmp_path / "a.gif").note == "“a.gif” is animated and has 3 frames; the first was taken."
