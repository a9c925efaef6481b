"""Crops of realistic photos at several sizes, with the true blur of each."""

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.scene.draw import SceneRanges
from training.scenes.scene_crops import make_photo_crops, true_numbers
from training.scenes.scene_photo import make_scene_photo


def scene(kind, seed=0):
    """Return a photo of one kind of scene."""
    random = np.random.default_rng(0)
    photograph = np.kron(random.integers(20, 235, (20, 25, 3)), np.ones((16, 16, 1))).astype(np.uint8)
    return make_scene_photo(photograph, (seed,), ranges=SceneRanges(shares={kind: 1.0}))


def test_a_crop_of_a_sharp_photo_is_true_to_be_sharp_and_an_enlarged_one_enlarged():
    """Reduced by its enlargement, an enlarged photo is a sharp one."""
    numbers = [true_numbers(scene(kind).blur, 1)[blur_posterior.TRUE_TYPE] for kind in ("none", "enlarged")]
    reduced = true_numbers(scene("enlarged").blur, 4)

    assert [blur_posterior.TYPES[int(number)] for number in numbers] == ["none", "enlarged"]
    assert blur_posterior.TYPES[int(reduced[blur_posterior.TRUE_TYPE])] == "none"


def test_sizes_of_reduced_crops_are_reduced():
    """At half the size a blur is half as large."""
    blur = scene("motion", seed=3).blur
    whole, half = (true_numbers(blur, reduction) for reduction in (1, 2))

    assert np.exp(whole[blur_posterior.TRUE_SIZE]) == pytest.approx(blur.size, rel=1e-5)
    assert np.exp(half[blur_posterior.TRUE_SIZE]) == pytest.approx(blur.size / 2, rel=1e-5)
    assert whole[blur_posterior.TRUE_DIRECTION] == pytest.approx(half[blur_posterior.TRUE_DIRECTION])


def test_crops_come_from_several_sizes_of_the_photo():
    """Each crop has features and a truth."""
    crops = make_photo_crops(scene("none"))

    assert set(crops.scales.tolist()) >= {1, 2}
    assert len(crops.spectra) == len(crops.truths) == len(crops.scales)
