"""The benchmark of the choice place by place: its scenes, and what is fitted to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage.data import astronaut

from benchmarks import regional_gain
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.engine.choice.regional_gain import read_regional_model

if TYPE_CHECKING:
    from pathlib import Path

SHARP = from_integer(np.ascontiguousarray(astronaut()[:240, 60:444]))


def test_scenes_have_a_thing_that_moves_up_to_a_number(tmp_path: Path) -> None:
    """Equal numbers give equal photos; the camera of every fourth stands still."""
    path = image_io.write(Picture(SHARP), tmp_path / "sharp.png")
    photo, truth, alpha = regional_gain.make_photo(path, 3, [])
    again = regional_gain.make_photo(path, 3, [])[0]

    np.testing.assert_array_equal(photo, again)
    assert photo.shape == truth.shape == (200, 344, 3)
    assert alpha.max() > 0.9
    still = (np.abs(photo - truth)[alpha < 0.01]).mean()
    assert still < (np.abs(photo - truth)[alpha > 0.9]).mean()
    assert regional_gain.make_photo(path, 103, [])[2].max() == 0.0


def test_a_blend_learns_which_result_is_better_where(tmp_path: Path) -> None:
    """Fitted to two scenes, it gains more on a third than either of the results alone."""
    random = np.random.default_rng(1)
    soft = cv2.GaussianBlur(SHARP, (0, 0), 2.0)
    rings = SHARP + 0.4 * (SHARP - cv2.GaussianBlur(SHARP, (0, 0), 4.0))
    scenes = []
    for left in (100, 150, 200):
        is_wrong = np.zeros(SHARP.shape[:2], np.float32)
        is_wrong[:, left : left + 120] = 1.0
        restored = np.where(is_wrong[..., None] > 0.5, rings, SHARP + 0.1 * (soft - SHARP))
        noisy = (restored + 0.004 * random.standard_normal(SHARP.shape)).astype(np.float32)
        blind = (SHARP + 0.5 * (soft - SHARP)).astype(np.float32)
        scenes.append(regional_gain.Restorations(soft, SHARP, noisy, blind, is_wrong, 9))
    model = regional_gain.fit(scenes, [0, 1])
    regional_gain.write_model(model, tmp_path / "model.json")
    gains = regional_gain.measure(scenes[2], read_regional_model(tmp_path / "model.json"))

    assert gains["blend.frame"] > max(gains["kernel.frame"], gains["blind.frame"]) + 0.5
    assert gains["blend.subject"] > gains["kernel.subject"]
