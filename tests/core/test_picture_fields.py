"""Reading fills the fields of a picture beside its pixels."""

from __future__ import annotations

import io

import numpy as np
import pytest
import tifffile
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


def test_a_lossy_webp_has_the_table_of_a_jpeg_that_is_as_coarse(tmp_path, scene):
    """By the quantiser in its header, also behind a colour profile; a lossless one loses nothing."""
    for quality in (95, 75, 40):
        Image.fromarray(to_uint8(scene)).save(tmp_path / f"{quality}.webp", quality=quality)
    Image.fromarray(to_uint8(scene)).save(tmp_path / "profile.webp", quality=40, icc_profile=b"VP8 " + b"x" * 500)
    Image.fromarray(to_uint8(scene)).save(tmp_path / "lossless.webp", lossless=True)
    names = ("95", "75", "40", "profile")
    steps = [int(image_io.read(tmp_path / f"{name}.webp").jpeg_table[3, 3]) for name in names]
    assert 1 <= steps[0] < 0.5 * steps[1] < steps[1] < steps[2] == steps[3]
    assert image_io.read(tmp_path / "lossless.webp").jpeg_table is None


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


def _two_frames(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    first, second = (Image.new("RGB", (16, 12), colour) for colour in ("red", "blue"))
    first.save(file, kind, save_all=True, append_images=[second], **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "ending", "words"),
    [
        ("PNG", ".png", "has 2 frames; the first was taken"),
        ("WEBP", ".webp", "has 2 frames; the first was taken"),
        ("AVIF", ".avif", "has 2 frames; the first was taken"),
        ("MPO", ".jpg", "holds 2 pictures; the first was taken"),
        ("TIFF", ".tif", "has 2 pages; the first was taken"),
        ("HEIF", ".heic", "holds 2 pictures; the main one was taken"),
    ],
)
def test_what_else_a_file_holds_is_told(tmp_path, kind, ending, words):
    """Animations, stacks and files of several pictures: the first is there, and a sentence says that there is more."""
    if kind == "HEIF":
        pytest.importorskip("pillow_heif").register_heif_opener()
    path = tmp_path / f"a{ending}"
    path.write_bytes(_two_frames(kind))
    picture = image_io.read(path)
    assert picture.note.startswith(f"“a{ending}”")
    assert words in picture.note
    np.testing.assert_allclose(picture.pixels[6, 8], [1, 0, 0], atol=0.03)


def test_channels_that_are_left_out_are_told(tmp_path):
    """Of two channels without a meaning, the first is the picture."""
    tifffile.imwrite(
        tmp_path / "a.tif", np.zeros((8, 9, 2), np.uint16), photometric="minisblack", planarconfig="contig"
    )
    assert image_io.read(tmp_path / "a.tif").note == "“a.tif” has 2 channels; the first was taken."


def test_a_camera_raw_file_is_developed_by_the_curve_of_srgb(tmp_path):
    """A quarter of the light is 0.537 in sRGB (IEC 61966-2-1), at the brightness of the exposure."""
    pytest.importorskip("rawpy")
    ones = (1, 1, 1, 1, 1, 1)
    matrix = (3240970, 1000000, -1537383, 1000000, -498611, 1000000, -969244, 1000000, 1875968, 1000000, 41555, 1000000,
              55630, 1000000, -203977, 1000000, 1056972, 1000000)  # fmt: skip
    tags = [
        (50706, "B", 4, bytes((1, 4, 0, 0)), True), (33421, "H", 2, (2, 2), True),
        (33422, "B", 4, bytes((0, 1, 1, 2)), True), (50708, "s", 0, "Test Camera", True), (271, "s", 0, "Test", True),
        (50717, "I", 1, 65535, True), (50721, "2i", 9, matrix, True), (50728, "2I", 3, ones, True),
        (50778, "H", 1, 21, True),
    ]  # DNG 1.4: version, pattern of the sensor, camera, white, matrix, white balance, daylight  # fmt: skip
    raw = np.full((128, 160), 16384, np.uint16)
    tifffile.imwrite(tmp_path / "a.dng", raw, photometric=32803, extratags=tags, metadata=None, rowsperstrip=128)
    picture = image_io.read(tmp_path / "a.dng")
    assert (picture.bit_depth, picture.size_text) == (16, "160 × 128")
    np.testing.assert_allclose(picture.pixels, 0.537, atol=0.002)
