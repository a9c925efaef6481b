"""Two pictures are a pair only where their content says so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage.data import astronaut, cat, coffee

from deblur_app.blur import degrade, models
from deblur_app.core.picture import Picture, Pixels, from_integer
from deblur_app.gui.session.opening import pairing

SHARP = from_integer(np.ascontiguousarray(astronaut()[:300, :450]))
MOVED = np.roll(SHARP, (7, -9), (0, 1))
OTHERS = [from_integer(np.ascontiguousarray(picture()[:300, :450])) for picture in (cat, coffee)]


def blur_photo(pixels: Pixels) -> Picture:
    """A photo of the scene that is out of focus."""
    return Picture(np.clip(degrade.blur(pixels, models.defocus(4)), 0, 1))


@pytest.mark.parametrize("pixels", [SHARP, MOVED], ids=["aligned", "moved"])
def test_a_photo_and_its_sharp_version_are_a_pair_in_either_order(pixels: Pixels) -> None:
    """The sharper one is the ground truth, also where it lies some pixels apart."""
    photo, truth = blur_photo(SHARP), Picture(pixels)
    assert pairing.order_by_content(photo, truth) == pairing.order_by_content(truth, photo) == (photo, truth)


@pytest.mark.parametrize("other", OTHERS, ids=["cat", "coffee"])
def test_photos_of_two_scenes_are_no_pair(other: Pixels) -> None:
    """Of one size, one blurred and one sharp, but not of one scene."""
    assert pairing.order_by_content(blur_photo(SHARP), Picture(other)) is None
    assert pairing.is_unrelated(blur_photo(SHARP), Picture(other))


def test_two_photos_of_a_burst_are_no_pair() -> None:
    """Neither is clearly sharper than the other."""
    noise = np.random.default_rng(2).normal(0, 0.01, SHARP.shape).astype(np.float32)
    assert pairing.order_by_content(Picture(SHARP), Picture(np.clip(MOVED + noise, 0, 1))) is None


def test_two_sizes_are_no_pair() -> None:
    """They could not be compared."""
    small = np.asarray(cv2.resize(SHARP, (225, 150), interpolation=cv2.INTER_AREA), np.float32)
    assert pairing.order_by_content(blur_photo(SHARP), Picture(small)) is None


def test_of_a_plain_picture_nothing_is_said() -> None:
    """A ground truth is not said to be unrelated where there is no structure; nor are the two a pair."""
    plain = Picture(np.full_like(SHARP, 0.5))
    assert not pairing.is_unrelated(plain, Picture(SHARP))
    assert pairing.order_by_content(plain, Picture(SHARP)) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 200), (200, 2)])
def test_the_smallest_pictures_are_compared_too(shape: tuple[int, int]) -> None:
    """No size raises, and so little content makes no pair of two pictures that differ."""
    random = np.random.default_rng(3)
    one, other = (Picture(random.random((*shape, 3), np.float32)) for _ in range(2))
    assert pairing.order_by_content(one, other) is None
