"""Cameras say Adobe RGB in EXIF, without a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from deblur_app.core import image_io
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.profiles.made_profiles import make_adobe_rgb

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels


def _make_exif(space: int, index: str) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {ExifTags.Base.ColorSpace: space, ExifTags.IFD.Interop: {1: index, 2: b"0100"}}
    return exif.tobytes()


@pytest.mark.parametrize(("space", "index"), [(65535, "R03"), (2, "R98")])
def test_photos_of_cameras_in_adobe_rgb_have_its_light(tmp_path: Path, scene: Pixels, space: int, index: str) -> None:
    """They are restored in it, and saved with its profile, so that every program shows their colours."""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.png", exif=_make_exif(space, index))
    picture = image_io.read(tmp_path / "a.png")
    expected = from_integer(to_uint8(scene)) ** 2.19921875
    np.testing.assert_allclose(srgb_to_linear(picture.pixels), expected, atol=1e-4)
    image_io.write(picture, tmp_path / "b.png")
    with Image.open(tmp_path / "b.png") as image:
        assert np.array_equal(np.asarray(image), to_uint8(scene))
        assert image.info["icc_profile"] == make_adobe_rgb()


@pytest.mark.parametrize(("space", "index"), [(1, "R98"), (65535, "R98")])
def test_photos_of_cameras_in_srgb_stay(tmp_path: Path, scene: Pixels, space: int, index: str) -> None:
    """Most cameras, and those that do not say."""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.png", exif=_make_exif(space, index))
    picture = image_io.read(tmp_path / "a.png")
    assert picture.icc is None
    assert np.array_equal(picture.pixels, from_integer(to_uint8(scene)))


def test_a_profile_counts_before_what_exif_says(tmp_path: Path, scene: Pixels) -> None:
    """Programs convert a photo and leave its EXIF as it was."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.png", exif=_make_exif(65535, "R03"), icc_profile=srgb)
    assert image_io.read(tmp_path / "a.png").icc == srgb
