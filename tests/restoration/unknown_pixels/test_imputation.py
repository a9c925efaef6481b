"""The content made for unknown pixels has no edge and does not contradict the blur."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import wiener
from deblur_app.restoration.unknown_pixels import imputation
from tests.restoration import scenes


def outside_of_ellipse() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Everything outside an ellipse."""
    inside = np.zeros((200, 240), np.uint8)
    cv2.ellipse(inside, (120, 100), (90, 70), 0, 0, 360, 1, -1)
    return inside == 0


def test_known_pixels_stay_as_they_are() -> None:
    """Known pixels stay as they are."""
    light, unknown = scenes.light("chelsea", 200, 240), outside_of_ellipse()

    smooth = imputation.fill_smoothly(np.where(unknown[:, :, None], 0.0, light).astype(np.float32), unknown)
    filled = run_to_end(imputation.fill_by_blur(smooth, unknown, models.turbulence(2.0)))

    assert np.array_equal(smooth[~unknown], light[~unknown])
    assert np.array_equal(filled[~unknown], light[~unknown])


def test_a_plain_picture_is_filled_with_its_colour() -> None:
    """A plain picture is filled with its colour."""
    light, unknown = np.full((200, 240, 3), 0.4, np.float32), outside_of_ellipse()

    smooth = imputation.fill_smoothly(np.where(unknown[:, :, None], 1.0, light).astype(np.float32), unknown)
    filled = run_to_end(imputation.fill_by_blur(smooth, unknown, models.turbulence(2.0)))

    assert np.abs(smooth - 0.4).max() < 1e-3
    assert np.abs(filled - 0.4).max() < 1e-3


@pytest.mark.parametrize("kernel", [models.turbulence(2.0), models.motion(11.0, 30.0), models.defocus(4.0)])
def test_a_cut_photo_is_restored_as_the_whole_one_up_to_its_rim(kernel: kernel_arrays.Kernel) -> None:
    """A cut photo is restored as the whole one up to its rim."""
    blurred = scenes.noisy(scenes.blur_light(scenes.light("astronaut", 200, 240), kernel), 0.002)
    unknown = outside_of_ellipse()
    near = (cv2.distanceTransform((~unknown).astype(np.uint8), cv2.DIST_L2, 5) - 4.5) < 1.5
    near &= cv2.erode((~unknown).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0

    def restore(light: np.ndarray[tuple[int, int, int], np.dtype[np.float32]]) -> np.ndarray:
        return run_to_end(wiener.wiener(light, kernel, noise_to_signal=0.01))

    def off(light: np.ndarray) -> float:
        return float(np.sqrt(np.mean((restore(light) - restore(blurred))[near] ** 2)))

    black = np.where(unknown[:, :, None], 0.0, blurred).astype(np.float32)
    smooth = imputation.fill_smoothly(black, unknown)
    filled = run_to_end(imputation.fill_by_blur(smooth, unknown, kernel))

    assert off(filled) < 0.7 * off(smooth)
    assert off(filled) < 0.2 * off(black)
