"""Photos in the inks of a print have the colours of their profile, and stay in their inks."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from benchmarks.formats.profiles import inks_profile
from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.image_io import transfer
from deblur_app.core.image_io.decode import decode
from deblur_app.core.image_io.save_options import SaveOptions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def inks() -> np.ndarray:
    """Smooth mixtures of four inks: shape (48, 64, 4), uint8."""
    y, x = np.mgrid[0:1:48j, 0:1:64j]
    planes = [0.8 * x, 0.8 * y, 0.4 * (x + y), 0.3 * (1 - x) * y]
    return np.rint(np.dstack(planes) * 255).astype(np.uint8)


def _write(path: Path, inks: np.ndarray) -> None:
    if path.suffix == ".tif":
        tifffile.imwrite(path, inks, photometric="separated", iccprofile=inks_profile(), metadata=None)
    else:
        Image.fromarray(inks, "CMYK").save(path, quality=90, icc_profile=inks_profile())


def _read(path: Path) -> np.ndarray:
    if path.suffix == ".tif":
        return np.asarray(tifffile.imread(path))
    with Image.open(path) as image:
        assert image.mode == "CMYK"
        assert image.info["icc_profile"] == inks_profile()
        return np.asarray(image)


@pytest.mark.parametrize("ending", [".tif", ".jpg"])
def test_colours_are_those_of_the_profile(tmp_path: Path, inks: np.ndarray, ending: str) -> None:
    """As Little CMS converts them, not as if inks were filters over white paper."""
    _write(tmp_path / f"a{ending}", inks)
    source = ImageCms.ImageCmsProfile(io.BytesIO(inks_profile()))
    stored = Image.fromarray(_read(tmp_path / f"a{ending}"), "CMYK")
    srgb = ImageCms.createProfile("sRGB")
    expected = ImageCms.profileToProfile(stored, source, srgb, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB")
    picture = image_io.read(tmp_path / f"a{ending}")
    assert np.abs(picture.pixels * 255 - np.asarray(expected)).max() <= 3
    assert picture.pixel_profile is None


@pytest.mark.parametrize(("ending", "most"), [(".tif", 0), (".jpg", 1)])
def test_inks_come_back(tmp_path: Path, inks: np.ndarray, ending: str, most: int) -> None:
    """Without deblurring the same four inks are in the file, whatever other mixture has their colours."""
    _write(tmp_path / f"a{ending}", inks)
    image_io.write(image_io.read(tmp_path / f"a{ending}"), tmp_path / f"b{ending}", SaveOptions(quality=None))
    before, after = _read(tmp_path / f"a{ending}"), _read(tmp_path / f"b{ending}")
    assert np.abs(before.astype(int) - after).max() <= most


def test_deep_inks_come_back(tmp_path: Path, inks: np.ndarray) -> None:
    """TIFF of 16 bits, also through the decoding process and turned upright."""
    deep = inks.astype(np.uint16) * 251
    tags = [(274, "H", 1, 6, True)]
    tifffile.imwrite(
        tmp_path / "a.tif", deep, photometric="separated", iccprofile=inks_profile(), metadata=None, extratags=tags
    )
    picture = image_io.read(tmp_path / "a.tif")
    assert (picture.bit_depth, picture.width, picture.height) == (16, 48, 64)
    image_io.write(picture, tmp_path / "b.tif")
    assert np.array_equal(tifffile.imread(tmp_path / "b.tif"), np.rot90(deep, 3))
    pages = decode((tmp_path / "a.tif").read_bytes(), "a.tif", "tiff")
    message, blocks = transfer.pack(pages)
    (page,) = transfer.unpack(message, [bytearray(block) for block in blocks])
    assert page.inks is not None
    assert np.array_equal(page.inks, deep)


def test_a_change_of_colours_is_a_change_of_inks(tmp_path: Path, inks: np.ndarray) -> None:
    """A photo that was made brighter has the colours that it was given, to some levels."""
    _write(tmp_path / "a.tif", inks)
    picture = image_io.read(tmp_path / "a.tif")
    brighter = linear_to_srgb(srgb_to_linear(picture.pixels) * np.float32(1.1))
    image_io.write(replace(picture, pixels=brighter), tmp_path / "b.tif")
    difference = np.abs(image_io.read(tmp_path / "b.tif").pixels - brighter)
    assert difference.mean() < 2 / 255
    assert difference.max() < 16 / 255  # at the edge of what the inks can print


def test_formats_without_inks_hold_the_colours(tmp_path: Path, inks: np.ndarray) -> None:
    """PNG and WebP have no inks, and no profile of them; a smaller copy is separated anew."""
    _write(tmp_path / "a.tif", inks)
    picture = image_io.read(tmp_path / "a.tif")
    image_io.write(picture, tmp_path / "a.png")
    stored = imagecodecs.png_decode((tmp_path / "a.png").read_bytes())
    assert np.abs(stored - picture.pixels * 255).max() < 0.6
    assert image_io.read(tmp_path / "a.png").icc is None
    image_io.write(picture, tmp_path / "b.tif", SaveOptions(longest_side=32))
    assert tifffile.imread(tmp_path / "b.tif").shape == (24, 32, 4)


def test_a_damaged_profile_of_inks_costs_no_photo(tmp_path: Path, inks: np.ndarray) -> None:
    """The photo opens as one without a profile does."""
    damaged = inks_profile()[:300]
    for name, profile in (("a", damaged), ("b", None)):
        tifffile.imwrite(tmp_path / f"{name}.tif", inks, photometric="separated", iccprofile=profile, metadata=None)
    one, other = (image_io.read(tmp_path / f"{name}.tif") for name in "ab")
    assert np.array_equal(one.pixels, other.pixels)
