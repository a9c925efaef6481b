"""Pictures of one scene are laid on each other, and what cannot be is refused in a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.restoration.registration.alignment import warp
from deblur_app.restoration.registration.registration import check_same_size, register_pictures
from tests.restoration.scenes import MOVED, blur_light, error, light, noisy


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("is_first_blurred", [False, True])
def test_a_moved_picture_is_laid_back(channels: int, is_first_blurred: bool) -> None:
    """Whichever of the two is blurred; then it lies where the other one is, to a small part of what it was off."""
    truth = light()[:, :, -channels:]
    moved = warp(truth, MOVED, truth.shape).reshape(truth.shape)
    pair = [noisy(moved, 0.01), noisy(truth, 0.01, seed=1)]
    kernel = models.defocus(2.0)
    expected = truth
    if is_first_blurred:
        pair[0] = blur_light(pair[0], kernel).reshape(truth.shape)
        expected = blur_light(truth, kernel).reshape(truth.shape)
    else:
        pair[1] = blur_light(pair[1], kernel).reshape(truth.shape)
    laid, inside = run_to_end(register_pictures(pair[0], pair[1]))
    assert laid.shape == truth.shape
    assert 0.95 < inside.mean() < 1.0
    assert error(moved, truth) > 0.07
    assert error(laid, expected) < 0.03


def test_what_lies_right_is_not_resampled() -> None:
    """Two noisy pictures from a tripod: the second one stays as it is, bit for bit."""
    one, other = noisy(light(), 0.01), noisy(light(), 0.01, seed=1)
    laid, inside = run_to_end(register_pictures(other, one))
    np.testing.assert_array_equal(laid, other)
    assert inside.all()


@pytest.mark.parametrize("name", ["astronaut", "chelsea"])
def test_crossing_blurs_are_not_taken_for_a_shift(name: str) -> None:
    """Strokes of 15 pixels in two directions move details to other places, but not the pictures: nothing is done."""
    truth = light(name)
    one, other = (noisy(blur_light(truth, models.motion(15.0, a)), 0.005, int(a)) for a in (20.0, 110.0))
    laid, inside = run_to_end(register_pictures(other, one))
    np.testing.assert_array_equal(laid, other)
    assert inside.all()


def test_a_small_shift_of_alike_pictures_is_seen() -> None:
    """Half a pixel between two noisy pictures is taken back to a fifth of what it was."""
    truth = light()
    shift = np.array([[1.0, 0.0, 0.4], [0.0, 1.0, 0.3], [0.0, 0.0, 1.0]])
    moved = warp(truth, shift, truth.shape)
    laid, _ = run_to_end(register_pictures(noisy(moved, 0.003), noisy(truth, 0.003, seed=1)))
    assert error(laid, truth) < 0.5 * error(moved, truth)


@pytest.mark.parametrize("other", ["chelsea", "coffee"])
def test_another_scene_is_refused(other: str) -> None:
    """The sentence says which picture, and what to do."""
    with pytest.raises(DeblurError, match=r"^Picture 2 cannot be laid on picture 1: .* Choose pictures of one scene"):
        run_to_end(register_pictures(light(other), light()))


def test_plain_pictures_are_refused() -> None:
    """A sentence says that there is nothing to compare."""
    grey = np.full((128, 128, 3), 0.5, np.float32)
    with pytest.raises(DeblurError, match="too few features"):
        run_to_end(register_pictures(noisy(grey, 0.01), noisy(grey, 0.01, seed=1)))


def test_sizes_must_agree() -> None:
    """Two sizes, or one picture alone, are refused with their numbers."""
    with pytest.raises(DeblurError, match="Picture 2 has 200 × 100 pixels and picture 1 has 256 × 256"):
        check_same_size([light(), light()[:100, :200]])
    with pytest.raises(DeblurError, match="at least 2 pictures"):
        check_same_size([light()])
