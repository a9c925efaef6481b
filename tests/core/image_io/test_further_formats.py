"""Formats that libraries of the extra `formats` read: JPEG XL, OpenEXR, FITS, and TIFF of microscopes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tifffile
from PIL import Image

from benchmarks.formats.metadata import XMP, make_exif
from benchmarks.formats.profiles import PROFILES
from deblur_app.core import image_io
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.file_names import result_names
from deblur_app.core.picture import to_uint8
from deblur_app.core.profiles.tone_curves import decode

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

imagecodecs = pytest.importorskip("imagecodecs")


class TestJpegXl:
    """JPEG XL keeps depth, transparency, profile and metadata."""

    @pytest.fixture(autouse=True)
    def _needs_the_extra(self) -> None:
        pytest.importorskip("pillow_jxl")

    @pytest.mark.parametrize("channels", [1, 3, 4])
    @pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
    def test_values_have_all_of_their_bits(self, tmp_path: Path, channels: int, dtype: type) -> None:
        """Grey, colour and transparency go to PNG; values of 16 bits are linear here, and their profile says so."""
        values = np.random.default_rng(0).integers(0, np.iinfo(dtype).max, (20, 30, channels)).astype(dtype)
        (tmp_path / "a.jxl").write_bytes(imagecodecs.jpegxl_encode(np.squeeze(values), lossless=True))
        picture = image_io.read(tmp_path / "a.jxl")
        assert (picture.curves is None) == (dtype is np.uint8)
        image_io.write(picture, tmp_path / "a.png")
        saved = imagecodecs.png_decode((tmp_path / "a.png").read_bytes())
        assert np.array_equal(saved, np.squeeze(values))
        assert image_io.read(tmp_path / "a.png").icc == picture.icc

    def test_metadata_is_kept(self, tmp_path: Path, scene: Pixels) -> None:
        """EXIF, and XMP as it is and compressed."""
        exif = make_exif()
        for compress in (False, True):
            Image.fromarray(to_uint8(scene)).save(tmp_path / "a.jxl", exif=exif, xmp=XMP, compress_metadata=compress)
            picture = image_io.read(tmp_path / "a.jxl")
            assert (picture.width, picture.height) == (80, 60)  # libjxl turns it, not EXIF
            image_io.write(picture, tmp_path / "b.png")
            saved = image_io.read(tmp_path / "b.png")
            assert (saved.metadata.xmp, saved.width) == (XMP, 80)
            assert image_io.find_capture_time(saved) == "2026:11:30 12:00:00"

    def test_a_damaged_file_is_refused(self, tmp_path: Path, scene: Pixels) -> None:
        """In one sentence, wherever it ends."""
        data = imagecodecs.jpegxl_encode(to_uint8(scene))
        for length in (14, 40, len(data) // 2):
            (tmp_path / "a.jxl").write_bytes(data[:length])
            with pytest.raises(DeblurError, match=r"“a\.jxl”"):
                image_io.read(tmp_path / "a.jxl")


class TestOpenExr:
    """OpenEXR holds linear light, also above white."""

    @pytest.mark.parametrize("most", [1.0, 5.0])
    @pytest.mark.parametrize("dtype", [np.float16, np.float32])
    def test_pixels_are_proportional_to_its_light(self, tmp_path: Path, dtype: type, most: float) -> None:
        """Up to the brightest place, which has the value 1."""
        light = np.random.default_rng(0).random((20, 30, 3)) * most
        light[0, 0] = most
        (tmp_path / "a.exr").write_bytes(imagecodecs.exr_encode(light.astype(dtype)))
        picture = image_io.read(tmp_path / "a.exr")
        np.testing.assert_allclose(srgb_to_linear(picture.pixels) * most, light, atol=3e-3 * most)
        assert picture.bit_depth == 16
        assert ("rolled off" in picture.note) == (most > 1)

    def test_what_is_saved_is_white_at_its_brightest(self, tmp_path: Path) -> None:
        """Light below the knee is saved as it is, light above white is still below that of the file."""
        light = np.linspace(0, 3, 96)[None, :, None] * np.ones((20, 1, 3))
        (tmp_path / "a.exr").write_bytes(imagecodecs.exr_encode(light.astype(np.float32)))
        image_io.write(image_io.read(tmp_path / "a.exr"), tmp_path / "a.tif")
        shown = srgb_to_linear(image_io.read(tmp_path / "a.tif").pixels)[10, :, 0]
        np.testing.assert_allclose(shown[:20], light[10, :20, 0], atol=2e-3)
        assert (np.diff(shown) > 0).all()
        assert shown[-1] == pytest.approx(1.0, abs=1e-3)


class TestFits:
    """FITS of telescopes: any numbers, counted from below."""

    @pytest.fixture(autouse=True)
    def _needs_the_extra(self) -> None:
        pytest.importorskip("astropy")

    @pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.int32, np.float32, np.float64])
    def test_numbers_are_proportional_to_light(self, tmp_path: Path, dtype: type) -> None:
        """Upright, grey, of 16 bits, and with a profile that says so to other programs."""
        from astropy.io import fits

        numbers = (np.random.default_rng(0).random((20, 30)) * 200).astype(dtype)
        numbers[0, :2] = 0, 200
        fits.PrimaryHDU(numbers).writeto(tmp_path / "a.fits")
        picture = image_io.read(tmp_path / "a.fits")
        light = srgb_to_linear(picture.pixels)[::-1, :, 0]
        scale = 65535 if dtype is np.uint16 else 200
        np.testing.assert_allclose(light, numbers / scale, atol=1e-4)
        assert picture.is_grey
        image_io.write(picture, tmp_path / "a.tif")
        values = tifffile.imread(tmp_path / "a.tif")
        np.testing.assert_allclose(values[::-1] / 65535, numbers / scale, atol=1e-4)

    def test_planes_that_are_left_out_are_told(self, tmp_path: Path) -> None:
        """Three planes are colours; of any other number the first is the picture."""
        from astropy.io import fits

        planes = np.random.default_rng(0).random((5, 20, 30)).astype(np.float32)
        fits.PrimaryHDU(planes).writeto(tmp_path / "a.fits")
        fits.PrimaryHDU(planes[:3]).writeto(tmp_path / "b.fits")
        assert image_io.read(tmp_path / "a.fits").note == "“a.fits” has 5 planes; the first was taken."
        colours = image_io.read(tmp_path / "b.fits")
        assert (colours.is_grey, colours.note) == (False, "")
        fits.BinTableHDU.from_columns([]).writeto(tmp_path / "c.fits")
        with pytest.raises(DeblurError, match="no picture"):
            image_io.read(tmp_path / "c.fits")


def test_planes_of_a_microscope_are_pages(tmp_path: Path) -> None:
    """OME-TIFF of 16 bits: each plane can be read, and its description of the old file is not written again."""
    planes = np.random.default_rng(0).integers(0, 65536, (3, 20, 30), dtype=np.uint16)
    tifffile.imwrite(tmp_path / "a.ome.tif", planes, ome=True, metadata={"axes": "ZYX"})
    pages = image_io.read_pages(tmp_path / "a.ome.tif")
    assert [page.bit_depth for page in pages] == [16] * 3
    image_io.write_pages(pages, tmp_path / "b.tif")
    assert np.array_equal(tifffile.imread(tmp_path / "b.tif", key=range(3)), planes)
    with tifffile.TiffFile(tmp_path / "b.tif") as file:
        assert not file.is_ome


@pytest.mark.parametrize(
    ("library", "ending", "beginning"),
    [("pillow_jxl", ".jxl", b"\xff\x0a"), ("imagecodecs", ".exr", b"v/1\x01"), ("astropy", ".fits", b"SIMPLE  =")],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, ending: str, beginning: bytes
) -> None:
    """The sentence says what to install."""
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / f"a{ending}").write_bytes(beginning + bytes(100))
    with pytest.raises(DeblurError, match="Install Deblur with its extra “formats”"):
        image_io.read(tmp_path / f"a{ending}")


def test_an_avif_keeps_its_format_unless_it_has_more_bits_than_are_written(tmp_path: Path, scene: Pixels) -> None:
    """Its result is an AVIF with the colours of the photo, also transparent; one of 10 bits becomes a TIFF."""
    photo = tmp_path / "a.avif"
    values = np.dstack([to_uint8(scene), np.full(scene.shape[:2], 200, np.uint8)])
    Image.fromarray(values).save(photo, quality=90)
    assert next(result_names(photo, bit_depth=8)).suffix == ".avif"
    assert next(result_names(photo, bit_depth=16)).suffix == ".tif"
    picture = image_io.read(photo)
    saved = image_io.write(picture, tmp_path / "b.avif")
    again = image_io.read(saved)
    np.testing.assert_allclose(again.pixels, picture.pixels, atol=0.05)
    assert again.alpha is not None
    np.testing.assert_allclose(again.alpha, picture.alpha, atol=0.02)


@pytest.mark.parametrize("profile", [None, PROFILES["wide linear"], PROFILES["ProPhoto RGB"]])
def test_a_floating_point_tiff_keeps_light_above_white(tmp_path: Path, profile: bytes | None) -> None:
    """In the light of a linear profile, else of the curve of sRGB; what is saved is rolled off."""
    values = np.linspace(0, 3, 96, dtype=np.float32)[None, :, None] * np.ones((20, 1, 3), np.float32)
    tifffile.imwrite(tmp_path / "a.tif", values, photometric="rgb", iccprofile=profile)
    picture = image_io.read(tmp_path / "a.tif")
    light = values if profile == PROFILES["wide linear"] else decode(values.astype(float))
    np.testing.assert_allclose(srgb_to_linear(picture.pixels) * light.max(), light, atol=3e-3 * light.max())
    assert "rolled off" in picture.note
    image_io.write(picture, tmp_path / "b.tif")
    saved = image_io.read(tmp_path / "b.tif")
    shown = srgb_to_linear(saved.pixels)[10, :, 0]
    dark = light[10, :, 0] < 0.7
    np.testing.assert_allclose(shown[dark], light[10, dark, 0], atol=2e-3)
    assert (np.diff(shown) > 0).all()
    assert saved.icc == picture.icc
