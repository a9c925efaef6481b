"""The level of noise of a photo, whether it is blurred or sharp."""

from __future__ import annotations

import pytest
from skimage.data import chelsea, coffee, rocket

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.restoration.denoising.noise_level import noise_level, noise_level_of_photo

SCENES = {"rocket": from_integer(rocket()), "chelsea": from_integer(chelsea())}


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("noise", [0.005, 0.02])
@pytest.mark.parametrize("blur", [None, models.defocus(3.0)], ids=["sharp", "blurred"])
def test_the_noise_of_a_photo_is_found_within_a_fifth(name, noise, blur):
    """Also where the photo is sharp and textured."""
    photo = run_to_end(degrade(SCENES[name], Degradation(blur=blur, noise=noise)))
    assert noise_level_of_photo(photo) == pytest.approx(noise, rel=0.2)


def test_texture_passes_for_little_noise():
    """A sharp photo is found to have much less noise than its texture looks like when all of it is measured."""
    scene = from_integer(coffee())
    assert noise_level_of_photo(scene) < 0.7 * noise_level(srgb_to_linear(scene))


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (20, 30)])
def test_a_tiny_photo_has_some_level(size):
    """Whatever it is, it is a number."""
    assert 0.0 <= noise_level_of_photo(SCENES["rocket"][: size[0], : size[1]]) < 0.1


def test_a_large_photo_is_judged_by_samples():
    """Of ten times as many pixels, it comes to nearly the same."""
    photo = run_to_end(degrade(resize_pixels(SCENES["chelsea"], 3000, 2000), Degradation(noise=0.01)))
    assert noise_level_of_photo(photo) == pytest.approx(0.01, rel=0.1)
