"""Colours of a photo are shown as its ICC profile says."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms
from PySide6.QtGui import QColorSpace

from benchmarks.formats.profiles import PROFILES
from deblur_app.core import image_io
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.screen_colours import set_screen_profile, to_screen, to_srgb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPACE = QColorSpace.NamedColorSpace
COLOURS = np.random.default_rng(0).integers(0, 256, (40, 30, 3), dtype=np.uint8)


def profile(space: QColorSpace.NamedColorSpace) -> bytes:
    """The ICC profile of a colour space."""
    return bytes(QColorSpace(space).iccProfile().data())


@pytest.mark.parametrize("space", [SPACE.AdobeRgb, SPACE.DisplayP3, SPACE.ProPhotoRgb])
def test_colours_are_those_that_a_colour_management_gives(space: QColorSpace.NamedColorSpace) -> None:
    """Little CMS gives the same, to some levels where colours are out of the screen's reach."""
    wide = ImageCms.ImageCmsProfile(io.BytesIO(profile(space)))
    image = ImageCms.profileToProfile(Image.fromarray(COLOURS), wide, ImageCms.createProfile("sRGB"))
    shown = to_screen(COLOURS, profile(space))
    assert np.abs(shown.astype(int) - np.asarray(image)).mean() < 1.0
    assert np.abs(shown.astype(int) - COLOURS).mean() > 2.0
    levels = qt_image.pyramid(from_integer(COLOURS), icc=profile(space))
    assert np.array_equal(qt_image.values_of(levels[0]), shown)


@pytest.mark.parametrize(
    "icc",
    [None, profile(SPACE.SRgb), b"no profile", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()],
)
def test_colours_of_srgb_stay_to_the_level(icc: bytes | None) -> None:
    """Without a profile, with that of sRGB from Qt or from Little CMS, and with one that is none."""
    assert to_screen(COLOURS, icc) is COLOURS


def test_large_pictures_are_converted_in_stripes() -> None:
    """With the same colours as in one piece."""
    tall = np.tile(COLOURS, (300, 30, 1))
    expected = np.tile(to_screen(COLOURS, profile(SPACE.AdobeRgb)), (300, 30, 1))
    assert np.array_equal(to_screen(tall, profile(SPACE.AdobeRgb)), expected)


def test_pixels_of_a_photo_are_shown_as_the_values_of_its_file(tmp_path: Path) -> None:
    """Pixels have the curve of sRGB, and their profile says so: the colours are those of the file in its own."""
    for name, icc in PROFILES.items():
        Image.fromarray(COLOURS).save(tmp_path / "a.png", icc_profile=icc)
        picture = image_io.read(tmp_path / "a.png")
        shown = to_screen(to_uint8(picture.pixels), picture.pixel_profile)
        difference = np.abs(shown.astype(int) - to_screen(COLOURS, icc))
        assert difference.mean() < 0.7, name
        assert difference.max() <= 12, name  # dark values of 8 bits


@pytest.fixture
def wide_screen() -> Iterator[bytes]:
    """The profile of a screen with the colours of Display P3, for which photos are shown; afterwards sRGB again."""
    icc = profile(SPACE.DisplayP3)
    set_screen_profile(icc)
    yield icc
    set_screen_profile(None)


def test_a_screen_with_a_profile_gets_its_own_values(wide_screen: bytes) -> None:
    """Colours of sRGB are those that Little CMS gives for the screen; a photo in the screen's own colours stays."""
    screen = ImageCms.ImageCmsProfile(io.BytesIO(wide_screen))
    image = ImageCms.profileToProfile(Image.fromarray(COLOURS), ImageCms.createProfile("sRGB"), screen)
    shown = to_screen(COLOURS, None)
    assert np.abs(shown.astype(int) - np.asarray(image)).max() <= 2
    assert np.abs(shown.astype(int) - COLOURS).mean() > 2.0
    assert to_screen(COLOURS, wide_screen) is COLOURS


def test_what_leaves_the_program_is_srgb_whatever_the_screen(wide_screen: bytes) -> None:
    """The clipboard belongs to programs that know nothing of the screen of this one."""
    assert to_srgb(COLOURS, None) is COLOURS
    assert np.abs(to_srgb(COLOURS, wide_screen).astype(int) - COLOURS).mean() > 2.0


@pytest.mark.qt_log_ignore("^fromIccProfile", extend=True)
@pytest.mark.parametrize("content", [b"", b"no profile" * 20, profile(SPACE.SRgb)[:100]], ids=["empty", "text", "cut"])
def test_what_is_no_profile_of_a_screen_is_refused(content: bytes) -> None:
    """The screen stays that of sRGB."""
    with pytest.raises(ValueError, match="screen"):
        set_screen_profile(content)
    assert to_screen(COLOURS, None) is COLOURS
