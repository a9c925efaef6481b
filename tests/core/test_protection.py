"""Highlights, skin and sky are found where people see them, at any size, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut, rocket

from deblur_app.core.picture import from_integer, resize_pixels
from deblur_app.core.protection import highlights, skin, sky

FACE = from_integer(astronaut())
ROCKET = from_integer(rocket())
MASKS = (highlights, skin, sky)


def _plain(*colour: float, side: int = 64) -> np.ndarray:
    """A picture of one colour."""
    return np.full((side, side, 3), colour, np.float32)


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("size", [(1, 1), (5, 300), (64, 64)])
def test_masks_have_the_size_of_the_picture_and_lie_between_0_and_1(mask, size):
    """Whatever the size, and at any scale."""
    picture = np.random.default_rng(0).random((*size, 3), np.float32)
    for scale in (1.0, 0.1):
        detected = mask(picture, scale)
        assert detected.shape == size
        assert detected.dtype == np.float32
        assert 0.0 <= detected.min() <= detected.max() <= 1.0 + 1e-6


def test_highlights_are_what_nearly_clips_and_a_little_around_it():
    """A lamp is protected with its rim; a grey wall and what is far from the lamp are not."""
    wall = _plain(0.6, 0.6, 0.6)
    wall[30:34, 30:34] = 1.0
    mask = highlights(wall)
    assert mask[30:34, 30:34].min() > 0.5
    assert mask[32, 36] > 0.2
    assert mask[0, 0] == mask[32, 60] == 0.0


def test_skin_is_found_in_a_face_and_not_in_its_surroundings():
    """The cheek of a portrait against the blue flag and the black collar behind it; light and dark skin alike."""
    mask = skin(FACE)
    assert mask[100:130, 200:240].mean() > 0.7
    assert mask[20:60, 20:60].mean() < 0.3
    assert min(skin(_plain(*colour)).min() for colour in ((0.9, 0.75, 0.66), (0.4, 0.26, 0.2))) > 0.9
    assert max(skin(_plain(*colour)).max() for colour in ((0.3, 0.5, 0.9), (0.2, 0.6, 0.2), (0.5, 0.5, 0.5))) < 0.1


def test_sky_is_smooth_light_and_cool():
    """Blue and overcast skies with their noise; not a wall in warm light, not the night, not leaves before the sky."""
    noise = 0.01 * np.random.default_rng(0).standard_normal((64, 64, 3)).astype(np.float32)
    assert sky(_plain(0.4, 0.6, 0.9) + noise).min() > 0.9
    assert sky(_plain(0.8, 0.8, 0.82) + noise).min() > 0.9
    assert sky(_plain(0.8, 0.7, 0.5) + noise).max() < 0.1
    assert sky(_plain(0.05, 0.07, 0.15) + noise).max() < 0.1
    leaves = np.where(np.random.default_rng(1).random((16, 16, 1)) > 0.5, [0.1, 0.3, 0.1], [0.4, 0.6, 0.9])
    assert sky(np.kron(leaves.astype(np.float32), np.ones((4, 4, 1), np.float32))).mean() < 0.1


@pytest.mark.parametrize(("mask", "picture"), [(highlights, ROCKET), (skin, FACE), (sky, FACE)])
def test_what_the_screen_shows_is_what_is_saved(mask, picture):
    """A mask of the reduced picture is the reduced mask, nearly."""
    height, width = (side // 2 for side in picture.shape[:2])
    small = mask(resize_pixels(picture, width, height), 0.5)
    reduced = resize_pixels(np.dstack([mask(picture)] * 3), width, height)[..., 0]
    assert np.abs(small - reduced).mean() < 0.05
