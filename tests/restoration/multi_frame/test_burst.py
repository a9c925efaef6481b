"""A burst is merged: less noise, no ghosts."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.restoration.multi_frame.burst import merge, sharpnesses
from deblur_app.restoration.registration.alignment import warp
from tests.restoration.scenes import MOVED, blur_light, error, gain, light, noisy

NOISE = 0.03


def test_noise_falls_with_the_root_of_the_number() -> None:
    """Four frames from a tripod have nearly half the noise of one: 6 dB, less 0.5 at most."""
    truth = light()
    frames = [noisy(truth, NOISE, seed) for seed in range(4)]
    assert gain(frames[0], run_to_end(merge(frames, reference=0)), truth) > 5.5


def test_a_hand_may_move() -> None:
    """Frames that are turned and shifted are laid on the reference first; detail is not smeared."""
    truth = light()
    moved = warp(truth, MOVED, truth.shape)
    frames = [noisy(truth, NOISE), noisy(moved, NOISE, 1), noisy(moved, NOISE, 2), noisy(truth, NOISE, 3)]
    assert gain(frames[0], run_to_end(merge(frames, reference=0)), truth) > 4.5
    assert gain(frames[0], np.mean(frames, axis=0), truth) < 0.0


@pytest.mark.parametrize("contrast", [0.3, 0.1])
def test_what_moved_leaves_no_ghost(contrast: float) -> None:
    """A ball that is elsewhere in each frame is where the reference has it, and nowhere else."""
    truth, frames = light("chelsea"), []
    places = [(60, 200), (110, 200), (160, 200), (210, 200)]
    for number, place in enumerate(places):
        mask = cv2.circle(np.zeros(truth.shape[:2], np.float32), place, 15, 1.0, -1)[:, :, None]
        frames.append(noisy(truth + np.float32(contrast) * mask, 0.01, number))
    result = run_to_end(merge(frames, reference=0))
    off = cv2.blur(result - truth, (15, 15))
    here, *elsewhere = [np.abs(off[y, x]).max() for x, y in places]
    assert here == pytest.approx(contrast, abs=0.02)
    assert max(elsewhere) < 0.01


def test_a_change_of_exposure_is_evened_out() -> None:
    """A frame that is a fifth brighter is still of use."""
    truth = light("coffee")
    frames = [noisy(truth, NOISE), noisy(truth * np.float32(1.2), NOISE, 1)]
    assert gain(frames[0], run_to_end(merge(frames, reference=0)), truth) > 1.5


def test_noise_may_grow_with_the_light() -> None:
    """Noise of photons, strong in bright parts and weak in dark ones, is not taken for movement."""
    truth = light()
    random = np.random.default_rng(0)
    frames = [(random.poisson(truth * 300) / 300).astype(np.float32) for _ in range(4)]
    assert gain(frames[0], run_to_end(merge(frames, reference=0)), truth) > 5.0


def test_the_sharpest_is_the_reference() -> None:
    """The result lies where the sharpest frame lies, and a blurred frame does not soften its edges."""
    truth = light()
    soft = noisy(blur_light(truth, models.motion(9.0, 30.0)), 0.01)
    frames = [soft, noisy(truth, 0.01, 1), soft]
    assert np.argmax(run_to_end(sharpnesses(frames))) == 1
    assert error(run_to_end(merge(frames)), truth) <= error(frames[1], truth)


def test_other_scenes_are_refused() -> None:
    """The sentence names the picture that does not belong to the burst, be it sharp or soft."""
    for other in ("coffee", "chelsea"):
        with pytest.raises(DeblurError, match="Picture 3 cannot be laid on picture 1"):
            run_to_end(merge([light(), light(), light(other)], reference=0))
