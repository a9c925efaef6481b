"""Pixels and Qt's images say the same, at every width."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.gui.images import qt_image

WIDTHS = [1, 2, 3, 5, 7, 64, 129]


def values_of(height: int, width: int) -> np.ndarray:
    """Random RGB values."""
    return np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)


def read_pixels(image: QImage) -> np.ndarray:
    """The RGB values of an image as Qt itself tells them, pixel by pixel."""
    lines = range(image.height()), range(image.width())
    return np.array([[image.pixelColor(x, y).getRgb()[:3] for x in lines[1]] for y in lines[0]], np.uint8)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_image_shows_the_values_it_was_given(width: int) -> None:
    """Each pixel has its colour at its place, whatever Qt adds to the end of a line."""
    values = values_of(3, width)
    assert np.array_equal(read_pixels(qt_image.to_qimage(values)), values)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "layout", [QImage.Format.Format_RGB32, QImage.Format.Format_RGB888, QImage.Format.Format_BGR888]
)
def test_a_copied_picture_comes_back_unchanged(width: int, layout: QImage.Format) -> None:
    """To the clipboard and back costs nothing, also in formats whose lines are padded to four bytes."""
    values = values_of(4, width)
    picture = qt_image.from_qimage(qt_image.to_qimage(values).convertToFormat(layout))
    assert np.array_equal(to_uint8(picture.pixels), values)
    assert picture.alpha is None
    assert picture.path is None


def test_transparency_survives_the_clipboard() -> None:
    """An image with transparent pixels becomes a picture with that transparency."""
    image = QImage(3, 1, QImage.Format.Format_ARGB32)
    for x, alpha in enumerate((0, 128, 255)):
        image.setPixelColor(x, 0, QColor(200, 100, 50, alpha))
    picture = qt_image.from_qimage(image)
    assert picture.alpha is not None
    assert np.round(picture.alpha * 255).tolist() == [[0, 128, 255]]
    assert to_uint8(picture.pixels)[0, 2].tolist() == [200, 100, 50]


def test_each_level_is_half_the_one_before_by_means() -> None:
    """A pixel of the next level is the mean of the four it stands for, so fine stripes become grey and do not alias."""
    values = values_of(1200, 1040)
    values[::2, 600:] = 255
    values[1::2, 600:] = 0
    levels = qt_image.pyramid(from_integer(values))
    assert [(level.width(), level.height()) for level in levels] == [(1040, 1200), (520, 600), (260, 300)]
    for level, half in itertools.pairwise(levels):
        fine = read_pixels(level.copy(80, 80, 600, 8)).astype(float)
        means = fine.reshape(4, 2, -1, 2, 3).mean(axis=(1, 3))
        assert np.abs(read_pixels(half.copy(40, 40, 300, 4)) - means).max() <= 0.5
    assert np.abs(read_pixels(levels[1].copy(400, 40, 4, 4)).astype(int) - 127.5).max() <= 0.5


@pytest.mark.parametrize("shape", [(1, 1), (20, 5000), (512, 700)])
def test_small_and_narrow_pictures_have_one_level(shape: tuple[int, int]) -> None:
    """A picture that a pane shows whole, or a strip, is not made smaller, so that nothing vanishes."""
    levels = qt_image.pyramid(np.full((*shape, 3), 0.5, np.float32))
    assert [(level.height(), level.width()) for level in levels] == [shape]


def test_transparency_is_kept_for_the_screen_at_every_size() -> None:
    """Each level knows how opaque it is, and hidden colours do not tint what is seen at a smaller size."""
    pixels = np.zeros((1100, 1300, 3), np.float32)
    pixels[..., 0] = 1.0
    pixels[:, 651:] = (0.0, 1.0, 0.0)  # hidden
    alpha = np.ones((1100, 1300), np.float32)
    alpha[:, 651:] = 0.0
    whole, half, *_ = qt_image.pyramid(pixels, alpha)
    assert whole.hasAlphaChannel()
    assert (half.width(), half.height()) == (650, 550)
    assert half.pixelColor(10, 10).getRgb() == (255, 0, 0, 255)
    edge = half.pixelColor(325, 100)
    assert (edge.red(), edge.green()) == (255, 0)
    assert 100 < edge.alpha() < 156
    opaque = qt_image.alpha_of(whole)
    assert opaque is not None
    assert np.array_equal(opaque, to_uint8(alpha))


def test_a_dim_picture_is_shown_brighter() -> None:
    """Its white is white on the screen, and all above it too."""
    pixels = np.full((2, 3, 3), 0.01, np.float32)
    pixels[0] = 0.005
    pixels[1, 1] = 0.5
    image = qt_image.pyramid(pixels, white=0.01)[0]
    assert read_pixels(image)[..., 0].tolist() == [[128, 128, 128], [255, 255, 255]]


@pytest.mark.parametrize("size", [(1400, 1100), (1401, 1103)])
def test_a_part_of_a_pyramid_is_replaced_in_all_its_levels(size: tuple[int, int]) -> None:
    """As if the whole had been made anew; the pyramid of before stays as it was."""
    values = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), np.uint8)
    part = np.random.default_rng(1).integers(0, 256, (301, 200, 3), np.uint8)
    changed = values.copy()
    changed[400:701, 501:701] = part
    levels = qt_image.pyramid_of_values(values)
    replaced = qt_image.replace_part(levels, part, 501, 400)
    for one, other in zip(replaced, qt_image.pyramid_of_values(changed), strict=True):
        np.testing.assert_array_equal(qt_image.values_of(one), qt_image.values_of(other))
    np.testing.assert_array_equal(qt_image.values_of(levels[0]), values)
