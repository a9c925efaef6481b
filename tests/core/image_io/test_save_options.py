"""Wishes about files: quality, subsampling, depth and size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, JpegImagePlugin

from deblur_app.core import image_io
from deblur_app.core.image_io.save_options import SUBSAMPLINGS, SaveOptions
from deblur_app.core.picture import Picture, to_uint8

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.picture import Pixels


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("subsampling", SUBSAMPLINGS)
def test_quality_as_the_original_takes_its_tables(tmp_path: Path, scene: Pixels, mode: str, subsampling: str) -> None:
    """The result of a JPEG has its quantisation tables and its subsampling, whatever program wrote it."""
    Image.fromarray(to_uint8(scene)).convert(mode).save(tmp_path / "a.jpg", quality=63, subsampling=subsampling)
    image_io.write(image_io.read(tmp_path / "a.jpg"), tmp_path / "b.jpg", SaveOptions(quality=None))
    with Image.open(tmp_path / "a.jpg") as before, Image.open(tmp_path / "b.jpg") as after:
        assert after.quantization == before.quantization
        assert JpegImagePlugin.get_sampling(after) == JpegImagePlugin.get_sampling(before)
        assert after.mode == mode


def test_without_an_original_the_quality_is_the_default(tmp_path: Path, scene: Pixels) -> None:
    """A photo that was no JPEG has no tables to take; nothing else changes without options."""
    for name, save_options in (("a", SaveOptions(quality=None)), ("b", SaveOptions()), ("c", SaveOptions(50, "4:2:0"))):
        image_io.write(Picture(scene), tmp_path / f"{name}.jpg", save_options)
    data = {name: (tmp_path / f"{name}.jpg").read_bytes() for name in "abc"}
    assert data["a"] == data["b"]
    assert len(data["c"]) < 0.6 * len(data["b"])
    with Image.open(tmp_path / "c.jpg") as image:
        assert JpegImagePlugin.get_sampling(image) == 2


@pytest.mark.parametrize("ending", [".png", ".tif"])
@pytest.mark.parametrize("depth", [8, 16])
def test_depth_is_as_wished(tmp_path: Path, scene: Pixels, ending: str, depth: int) -> None:
    """As far as the format holds it."""
    image_io.write(Picture(scene, bit_depth=24 - depth), tmp_path / f"a{ending}", SaveOptions(bit_depth=depth))
    assert image_io.read(tmp_path / f"a{ending}").bit_depth == depth


def test_larger_pictures_are_reduced_in_linear_light(tmp_path: Path, scene: Pixels) -> None:
    """Both sides and transparency, by means of light; smaller pictures stay as they are."""
    checks = np.indices((60, 80)).sum(axis=0) % 2
    pixels = np.repeat(checks[..., None].astype(np.float32), 3, axis=2)
    path = image_io.write(Picture(pixels, pixels[..., 0]), tmp_path / "a.png", SaveOptions(longest_side=40))
    result = image_io.read(path)
    assert result.size_text == "40 × 30"
    assert result.alpha is not None
    np.testing.assert_allclose(result.alpha, 0.5, atol=0.01)
    np.testing.assert_allclose(result.pixels, 0.735, atol=0.01)  # half the light, encoded
    image_io.write(Picture(scene), tmp_path / "b.png", SaveOptions(longest_side=80))
    assert image_io.read(tmp_path / "b.png").size_text == "80 × 60"


def test_quality_as_the_original_keeps_a_webp_without_loss(tmp_path: Path, scene: Pixels) -> None:
    """One that was compressed with loss, or has another quality, is compressed with loss again."""
    values = to_uint8(scene)
    kept = {}
    for name, options in (("exact", {"lossless": True}), ("lossy", {"quality": 80})):
        Image.fromarray(values).save(tmp_path / f"{name}.webp", **options)
        picture = image_io.read(tmp_path / f"{name}.webp")
        for quality in (None, 90):
            saved = tmp_path / f"{name}-{quality}.webp"
            image_io.write(picture, saved, SaveOptions(quality=quality))
            with Image.open(saved) as image:
                kept[name, quality] = np.array_equal(np.asarray(image), to_uint8(picture.pixels))
    assert [key for key, is_kept in kept.items() if is_kept] == [("exact", None)]
