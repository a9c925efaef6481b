"""Crops of realistic photos, as a training takes them."""

from dataclasses import replace

import numpy as np
import pytest

from deblur_app.blur.scene.draw import SHARES
from training.synthetic.crop_pair import make_crop_pairs, make_pair
from training.synthetic.recipe import Recipe

RECIPE = Recipe(side=64, batch_size=4, is_scene=True)


def photograph(number):
    """Return a photograph with edges, uint8 of shape (240, 320, 3)."""
    random = np.random.default_rng(number)
    return np.kron(random.integers(20, 235, (15, 20, 3)), np.ones((16, 16, 1))).astype(np.uint8)


def test_crops_do_not_depend_on_who_makes_them():
    """A pair by itself, in a batch, or in a part of a batch is the same."""
    whole = make_crop_pairs(photograph, 3, RECIPE, range(8))
    part = make_crop_pairs(photograph, 3, RECIPE, [5, 6])

    for (blurred, sharp), (own_blurred, own_sharp) in zip(whole[5:7], part, strict=True):
        assert np.array_equal(blurred, own_blurred)
        assert np.array_equal(sharp, own_sharp)
    assert np.array_equal(make_pair(photograph, 3, RECIPE, 7)[0], whole[7][0])


@pytest.mark.parametrize("kind", sorted(SHARES))
def test_crops_of_every_kind_have_the_side_of_the_recipe(kind):
    """However the photo was resized."""
    recipe = replace(RECIPE, scene_kinds=(kind,))

    for blurred, sharp in make_crop_pairs(photograph, 3, recipe, range(4)):
        assert blurred.shape == sharp.shape == (64, 64, 3)
        assert blurred.dtype == sharp.dtype == np.uint8
