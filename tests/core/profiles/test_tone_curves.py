"""Photos come into the program in their own light, and go out in their own values."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from benchmarks.formats import profiles
from benchmarks.formats.profiles import GREY_PROFILES, PROFILES
from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.core.profiles import icc
from deblur_app.core.profiles.tone_curves import find_curves

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels

CONVERTED = ("Adobe RGB", "ProPhoto RGB", "linear", "wide linear", "a scanner's tables")
TABLES = "tables of colours"


@pytest.mark.parametrize("name", CONVERTED)
def test_pixels_are_in_the_light_that_little_cms_finds(name: str) -> None:
    """Converted to linear light of the same primaries; to a twentieth of a level of 8 bits."""
    values = np.random.default_rng(0).integers(0, 65536, (20, 30, 3), dtype=np.uint16)
    primaries = {"Adobe RGB": "adobe", "a scanner's tables": "adobe", "linear": "srgb"}.get(name, "prophoto")
    linear = profiles.rgb_profile(primaries, profiles.power(1.0))
    expected = imagecodecs.cms_transform(values, PROFILES[name], linear, outdtype="f4")
    curves = find_curves(PROFILES[name])
    assert curves is not None
    np.testing.assert_allclose(srgb_to_linear(curves.to_pixels(values)), expected, atol=2e-4)


@pytest.mark.parametrize("name", [name for name in PROFILES if name not in {*CONVERTED, TABLES}])
def test_values_of_srgb_are_the_pixels_to_the_bit(tmp_path: Path, scene: Pixels, name: str) -> None:
    """Without a profile, with that of sRGB, and with Display P3, which has the same curve."""
    values = to_uint8(scene)
    Image.fromarray(values).save(tmp_path / "a.png", icc_profile=PROFILES[name])
    picture = image_io.read(tmp_path / "a.png")
    assert picture.curves is None
    assert picture.pixel_profile == PROFILES[name]
    assert np.array_equal(picture.pixels, from_integer(values))


@pytest.mark.parametrize("name", [*CONVERTED, TABLES, *GREY_PROFILES])
def test_curves_lead_back_to_every_value(name: str) -> None:
    """To each of 8 and of 16 bits, and to numbers between them."""
    curves = find_curves((PROFILES | GREY_PROFILES)[name])
    assert curves is not None
    for dtype, largest, most in ((np.uint8, 255, 0.4), (np.uint16, 65535, 2.0)):
        values = np.arange(largest + 1).astype(dtype)
        stored = np.repeat(values[:, None, None], curves.forward.shape[1], axis=2)
        back = curves.to_values(curves.to_pixels(stored)) * largest
        np.testing.assert_allclose(back, stored, atol=most)
    numbers = np.linspace(0, 1, 999, dtype=np.float32)[:, None, None].repeat(curves.forward.shape[1], axis=2)
    np.testing.assert_allclose(curves.to_values(curves.to_pixels(numbers)), numbers, atol=2 / 65535)


def test_the_same_scene_has_the_same_light_in_every_space(tmp_path: Path, scene: Pixels) -> None:
    """A grey card stored by four programs is one and the same card for whatever measures its light."""
    card = srgb_to_linear(np.repeat(scene[..., :1], 3, axis=2))
    for name, curve in (("Adobe RGB", 2.19921875), ("ProPhoto RGB", 1.8), ("linear", 1.0)):
        values = np.rint(card.astype(np.float64) ** (1 / curve) * 65535).astype(np.uint16)
        imagecodecs.imwrite(tmp_path / "a.png", values)
        picture = Picture(image_io.read(tmp_path / "a.png").pixels, bit_depth=16)
        data = imagecodecs.png_encode(values)
        with_profile = _with_profile(data, PROFILES[name] or b"")
        (tmp_path / "b.png").write_bytes(with_profile)
        np.testing.assert_allclose(srgb_to_linear(image_io.read(tmp_path / "b.png").pixels), card, atol=1e-3)
        assert np.abs(srgb_to_linear(picture.pixels) - card).max() > 0.005


def _with_profile(data: bytes, profile: bytes) -> bytes:
    import zlib

    from deblur_app.core.image_io import png_chunks

    chunks = png_chunks.read_chunks(data, "")
    chunk = (b"iCCP", b"made\0\0" + zlib.compress(profile))
    return png_chunks.join([chunks[0], chunk, *chunks[1:]])


@pytest.mark.parametrize("name", CONVERTED)
def test_the_profile_of_the_pixels_shows_the_colours_of_the_file(tmp_path: Path, scene: Pixels, name: str) -> None:
    """Little CMS makes the same colours of the pixels in their profile and of the values in theirs."""
    profile = PROFILES[name] or b""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.png", icc_profile=profile)
    picture = image_io.read(tmp_path / "a.png")
    shown = _to_srgb(to_uint8(picture.pixels), picture.pixel_profile or b"")
    assert np.abs(shown.astype(int) - _to_srgb(to_uint8(scene), profile)).mean() < 0.6


def _to_srgb(values: np.ndarray, profile: bytes) -> np.ndarray:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return np.asarray(ImageCms.profileToProfile(Image.fromarray(values), source, ImageCms.createProfile("sRGB")))


def test_formats_without_the_profile_hold_the_colours_of_srgb(tmp_path: Path, scene: Pixels) -> None:
    """BMP has no profile: a photo in Adobe RGB is converted, or its colours would turn pale."""
    adobe = PROFILES["Adobe RGB"] or b""
    Image.fromarray(to_uint8(scene)).save(tmp_path / "a.png", icc_profile=adobe)
    image_io.write(image_io.read(tmp_path / "a.png"), tmp_path / "a.bmp")
    with Image.open(tmp_path / "a.bmp") as image:
        difference = np.asarray(image).astype(int) - _to_srgb(to_uint8(scene), adobe)
    assert np.abs(difference).max() <= 2


def test_a_grey_profile_gives_light_and_is_written_back(tmp_path: Path, scene: Pixels) -> None:
    """A scan with a dot gain has darker light than its values say; as WebP, without the profile, it is sRGB."""
    grey = to_uint8(scene[..., :1].repeat(3, axis=2))[..., 0]
    Image.fromarray(grey).save(tmp_path / "a.tif", icc_profile=GREY_PROFILES["grey linear"])
    picture = image_io.read(tmp_path / "a.tif")
    np.testing.assert_allclose(srgb_to_linear(picture.pixels)[..., 0], grey / 255, atol=1e-3)
    assert picture.pixel_profile is None
    image_io.write(picture, tmp_path / "b.tif")
    with Image.open(tmp_path / "b.tif") as image:
        assert np.array_equal(np.asarray(image), grey)
        assert image.info["icc_profile"] == GREY_PROFILES["grey linear"]
    image_io.write(picture, tmp_path / "b.webp")
    expected = linear_to_srgb(from_integer(grey))
    np.testing.assert_allclose(image_io.read(tmp_path / "b.webp").pixels[..., 1], expected, atol=0.05)


@given(st.integers(0, 6), st.lists(st.integers(-(2**31), 2**31 - 1), min_size=7, max_size=7))
def test_any_numbers_of_a_curve_give_pixels_or_none(kind: int, numbers: list[int]) -> None:
    """Powers below zero, slopes without end: what a damaged file may hold."""
    curve = b"para\0\0\0\0" + struct.pack(">Hxx7i", kind, *numbers)
    curves = find_curves(profiles.rgb_profile("srgb", curve))
    if curves is not None:
        pixels = curves.to_pixels(np.arange(0, 65536, 255, dtype=np.uint16)[:, None, None])
        assert (np.diff(pixels[:, 0, 0]) >= 0).all()
        assert 0 <= pixels.min() <= pixels.max() <= 1


@pytest.mark.parametrize("damage", [b"", b"no profile", bytes(200)])
def test_damaged_profiles_change_nothing(damage: bytes) -> None:
    """Neither do those that end within a curve, whose curves fall, or that have more of them than a profile may."""
    assert find_curves(damage) is None
    whole = PROFILES["Adobe RGB"] or b""
    for length in range(0, len(whole), 37):
        assert find_curves(whole[:length]) is None
    falling = profiles.rgb_profile("srgb", icc.make_table(np.linspace(1, 0, 20)))
    assert find_curves(falling) is None


def test_greys_of_a_profile_with_tables_are_in_the_light_that_little_cms_finds(tmp_path: Path) -> None:
    """To a level of 8 bits; the screen is given a profile whose greys are grey and whose colours are about the same."""
    profile = PROFILES[TABLES]
    greys = np.repeat(np.linspace(0, 65535, 200).astype(np.uint16)[None, :, None], 3, axis=2)
    expected = imagecodecs.cms_transform(
        greys, profile, profiles.rgb_profile("srgb", profiles.power(1.0)), outdtype="f4"
    )
    curves = find_curves(profile)
    assert curves is not None
    np.testing.assert_allclose(curves.to_pixels(greys), linear_to_srgb(np.clip(expected, 0, 1)), atol=1.2 / 255)
    colours = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    Image.fromarray(colours).save(tmp_path / "a.png", icc_profile=profile)
    picture = image_io.read(tmp_path / "a.png")
    shown = ImageCms.profileToProfile(
        Image.fromarray(to_uint8(picture.pixels)),
        ImageCms.ImageCmsProfile(io.BytesIO(picture.pixel_profile or b"")),
        ImageCms.createProfile("sRGB"),
    )
    right = ImageCms.profileToProfile(
        Image.fromarray(colours), ImageCms.ImageCmsProfile(io.BytesIO(profile or b"")), ImageCms.createProfile("sRGB")
    )
    assert np.abs(np.asarray(shown, int) - np.asarray(right, int)).mean() < 3
