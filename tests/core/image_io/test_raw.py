"""Camera raw files are developed in the light of their sensor."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import tifffile
from PIL import Image

from benchmarks.formats.made_raw import P3_OF_SRGB, XMP, make_dng
from deblur_app.core import image_io
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

pytest.importorskip("rawpy")


def wedge(most: float, colour: tuple[float, float, float] = (1, 1, 1)) -> np.ndarray:
    """Return light that rises from 0 to `most` along 160 columns, shape (64, 160, 3)."""
    return np.linspace(0, most, 160)[None, :, None] * np.ones((64, 1, 1)) * np.array(colour)


def read(path: Path, data: bytes) -> Any:
    """Return the picture of a raw file."""
    path.write_bytes(data)
    return image_io.read(path)


@pytest.mark.parametrize("colour", [(1, 1, 1), (1, 0.5, 0.25), (0.3, 0.6, 1)])
def test_pixels_are_proportional_to_the_light_on_the_sensor(tmp_path: Path, colour: tuple[float, float, float]) -> None:
    """Up to twice white, where the white balance leaves room: red and blue of the sensor are not full there."""
    light = wedge(1.4, colour)
    picture = read(tmp_path / "a.dng", make_dng(light))
    expected = light @ P3_OF_SRGB.T / 2
    inside = (slice(8, -8), slice(8, 112))  # up to white
    np.testing.assert_allclose(srgb_to_linear(picture.pixels)[inside], expected[inside], atol=0.003)
    assert picture.bit_depth == 16


def test_highlights_above_white_are_kept(tmp_path: Path) -> None:
    """Where green is full, red and blue still tell the brightness of white things, and nothing turns magenta."""
    picture = read(tmp_path / "a.dng", make_dng(wedge(1.9)))
    light = srgb_to_linear(picture.pixels)[32]
    column = round(1.45 / 1.9 * 159)
    np.testing.assert_allclose(light[column], 1.45 / 2, atol=0.01)
    assert np.ptp(light[column]) < 0.01
    assert (np.diff(light[8:120:8, 1]) > 0).all()


def test_a_raw_file_is_saved_as_it_is_shown(tmp_path: Path) -> None:
    """As TIFF of 16 bits with a profile; tones below white have the brightness of the exposure."""
    light = wedge(1.9)
    picture = read(tmp_path / "a.dng", make_dng(light))
    image_io.write(picture, tmp_path / "a.tif")
    values = tifffile.imread(tmp_path / "a.tif")
    assert values.dtype == np.uint16
    stored = image_io.read(tmp_path / "a.tif")
    assert stored.curves is None
    assert stored.icc == picture.icc
    shown = srgb_to_linear(stored.pixels)[32, :, 1]
    column = round(0.4 / 1.9 * 159)
    assert shown[column] == pytest.approx(light[32, column, 1], abs=0.005)
    assert 0.97 < shown[-8] <= 1.0
    assert (np.diff(values[32, 8:144:4, 1].astype(int)) > 0).all()


def test_opening_and_saving_twice_gives_the_same_values(tmp_path: Path, scene: Pixels) -> None:
    """What is written is what LibRaw gave, to 4 levels of 16 bits."""
    picture = read(tmp_path / "a.dng", make_dng(srgb_to_linear(scene).astype(float) * 1.2))
    for name in "bc":
        image_io.write(picture, tmp_path / f"{name}.tif")
        picture = image_io.read(tmp_path / f"{name}.tif")
    one, other = (tifffile.imread(tmp_path / f"{name}.tif").astype(int) for name in "bc")
    assert np.abs(one - other).max() <= 4


def test_metadata_of_the_camera_is_kept(tmp_path: Path) -> None:
    """EXIF and XMP are in the picture that is written."""
    picture = read(tmp_path / "a.dng", make_dng(wedge(0.5)))
    image_io.write(picture, tmp_path / "a.tif")
    with Image.open(tmp_path / "a.tif") as image:
        assert (image.getexif()[271], image.getexif()[272]) == ("Maker", "Camera")
    assert image_io.read(tmp_path / "a.tif").metadata.xmp == XMP


def test_the_embedded_jpeg_is_compared_in_words(tmp_path: Path) -> None:
    """How large it is, and how much of it is clipped; without one there is nothing to compare."""
    light = wedge(1.9)
    file = io.BytesIO()
    preview = np.clip(light, 0, 1).astype(np.float32)
    Image.fromarray(to_uint8(preview)).save(file, "JPEG", quality=95)
    picture = read(tmp_path / "a.dng", make_dng(light, file.getvalue()))
    assert "restored from the raw data: 160 × 64 pixels, of which 0.0% are clipped" in picture.note
    assert "embedded JPEG has 160 × 64 pixels in 8 bits, 4" in picture.note
    assert read(tmp_path / "b.dng", make_dng(light)).note == ""
