"""Flash and no flash: the light of one photo, the detail of the other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.restoration.multi_frame.flash import combine
from deblur_app.restoration.registration.alignment import warp
from tests.restoration.scenes import MOVED, blur_light, gain, light, noisy

NOISE = 0.03


def lit(scene: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A scene in warm ambient light from the left, and with a white flash that throws a shadow and a reflex."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    ambient = scene * (0.3 + 0.5 * np.exp(-x / width))[:, :, None] * np.float32([1.0, 0.75, 0.5])
    lamp = np.exp(-((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2))
    shadow = cv2.GaussianBlur(cv2.rectangle(np.zeros_like(x), (150, 40), (210, 110), 1.0, -1), (0, 0), 1.0)
    reflex = 2 * np.exp(-((x - 70) ** 2 + (y - 180) ** 2) / 50)
    flash = scene * (lamp * (1 - shadow))[:, :, None] + reflex[:, :, None] + 0.2 * ambient
    return ambient, np.clip(noisy(flash, 0.003, 9), 0.0, 1.0)


@pytest.mark.parametrize("name", ["astronaut", "chelsea"])
def test_noise_is_taken_out_and_the_light_kept(name: str) -> None:
    """A noisy photo gains 10 dB from a moved flash photo, and its colour stays that of the ambient light."""
    ambient, flash = lit(light(name))
    photo = noisy(ambient, NOISE)
    result = run_to_end(combine(photo, warp(flash, MOVED, flash.shape)))
    assert gain(photo, result, ambient) > 10.0
    np.testing.assert_allclose(result.mean(axis=(0, 1)), ambient.mean(axis=(0, 1)), rtol=0.02)


def test_blur_is_mended_from_the_flash() -> None:
    """Detail that a slow shutter smeared comes from the flash photo, unless that is not wanted."""
    ambient, flash = lit(light())
    photo = noisy(blur_light(ambient, models.motion(7.0, 30.0)), 0.01)
    assert gain(photo, run_to_end(combine(photo, flash)), ambient) > 6.0
    assert gain(photo, run_to_end(combine(photo, flash, sharpen=False)), ambient) < 5.0


def test_shadow_and_reflex_of_the_flash_stay_out() -> None:
    """Around the edge of the flash's shadow and on its reflex the result is as good as the noise lets it be."""
    ambient, flash = lit(light())
    result = run_to_end(combine(noisy(ambient, NOISE), flash))
    for part in ((slice(30, 120), slice(140, 220)), (slice(165, 195), slice(55, 85))):
        assert np.sqrt(np.mean((result - ambient)[part] ** 2)) < 0.5 * NOISE


def test_black_stays_black_under_noise_that_is_cut_off() -> None:
    """Noise cut off at 0 brightens dark parts; that is undone."""
    ambient, flash = lit(light())
    photo = np.clip(noisy(ambient, NOISE), 0.0, 1.0)
    dark = ambient.max(axis=2) < 0.005
    assert dark.mean() > 0.02
    assert photo[dark].mean() > 0.01
    assert run_to_end(combine(photo, flash))[dark].mean() < 0.004


def test_a_channel_that_is_dark_all_over_does_not_tint_the_black() -> None:
    """Candlelight hardly has blue: its noise that was cut off is corrected as that of the others; no violet is left."""
    ambient, flash = lit(light("chelsea"))
    ambient = 0.3 * ambient
    photo = np.clip(noisy(ambient, NOISE), 0.0, 1.0)
    dark = ambient.max(axis=2) < NOISE
    assert photo[dark, 2].mean() - ambient[dark, 2].mean() > 0.008
    error = run_to_end(combine(photo, flash))[dark].mean(axis=0) - ambient[dark].mean(axis=0)
    assert abs(error[2] - error[1]) < 0.002


def test_other_scenes_and_sizes_are_refused() -> None:
    """Both in a sentence."""
    ambient, flash = lit(light())
    with pytest.raises(DeblurError, match="The photo with flash cannot be laid on the one without"):
        run_to_end(combine(ambient, light("coffee")))
    with pytest.raises(DeblurError, match="must have one size"):
        run_to_end(combine(ambient, flash[:100]))
