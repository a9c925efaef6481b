"""Fine detail of photos, and where large ones have it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import data

from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.unknown_pixels import fine_detail

PHOTO = from_integer(np.ascontiguousarray(data.chelsea()[:243, :322]))


def test_fine_detail_of_a_large_photo_is_that_of_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked for in bands, which leave no seams."""
    whole = run_to_end(fine_detail.find_fine_detail(PHOTO)), run_to_end(fine_detail.find_sharp_places(PHOTO, 3))
    monkeypatch.setattr(fine_detail, "_PIXELS_AT_ONCE", 7 * PHOTO.shape[1])
    np.testing.assert_array_equal(run_to_end(fine_detail.find_fine_detail(PHOTO)), whole[0])
    assert np.mean(run_to_end(fine_detail.find_sharp_places(PHOTO, 3)) != whole[1]) < 0.01


@pytest.mark.parametrize("noise", [0.0, 0.008])
def test_sharp_places_of_a_soft_photo_are_those_of_its_lines(noise: float) -> None:
    """Neither its soft edges nor its noise; rows and columns at the end that fill no square have no place."""
    soft = cv2.GaussianBlur(PHOTO, (0, 0), 3.0)
    soft[100:104, 40:280] = 1.0
    soft += np.random.default_rng(0).normal(0.0, noise, soft.shape).astype(np.float32)
    places = run_to_end(fine_detail.find_sharp_places(soft, 4))
    assert places.shape == (60, 80)
    assert places[24:27, 10:70].any(axis=0).mean() > 0.9
    places[23:28, 9:71] = False
    assert places.mean() < 0.005
