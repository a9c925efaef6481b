"""Results that cannot be true are found, and results that are only sharper are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur import degrade, models
from deblur_app.blur.psf import Psf
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from deblur_app.engine.output_check import defect, find_defect

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

SCENE = from_integer(astronaut())


@pytest.mark.parametrize(
    "kernel", [models.motion(21, 30), models.defocus(5.0), models.turbulence(2.8)], ids=["m", "d", "t"]
)
def test_undoing_any_blur_is_no_defect(kernel):
    """The truth itself, from the strongest blurs that the program undoes, and a small part of it."""
    blurred = degrade.blur(SCENE, kernel)
    assert defect([blurred], SCENE) == ""
    assert defect([blurred[100:116, 200:216]], SCENE[100:116, 200:216]) == ""


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("no numbers", np.where(np.arange(512)[:, None, None] == 7, np.nan, SCENE).astype(np.float32)),
        ("one colour", np.zeros_like(SCENE)),
        ("wrong colours", SCENE[..., ::-1]),
        ("wrong colours", SCENE + np.float32([0.06, 0.0, 0.0])),
        ("wrong colours", np.where(np.indices((512, 512)).max(0)[..., None] < 150, SCENE + np.float32(0.3), SCENE)),
    ],
    ids=["NaN", "black", "swapped", "tinted", "a corner"],
)
def test_what_devices_do_wrong_is_named(what, broken):
    """Not only when all of it is wrong."""
    assert what in defect([SCENE], broken)


def test_a_dark_photo_that_became_black_is_found():
    """Its mean hardly moves, but nothing is left in it."""
    dark = SCENE * np.float32(0.04)
    assert defect([dark], np.zeros_like(dark)) == "one colour everywhere"
    assert defect([np.zeros_like(dark)], np.zeros_like(dark)) == ""


def test_a_network_may_undo_what_deconvolution_did_to_colours():
    """Rings of a wrong kernel are taken out again; what resembles neither it nor the photo is a defect."""
    rings = np.clip(SCENE + 0.3 * np.sin(np.arange(512) / 80.0)[None, :, None], 0, 1).astype(np.float32)
    blurred = degrade.blur(SCENE, models.motion(21, 30))
    assert defect([rings], SCENE) == "wrong colours"
    assert defect([rings, blurred], SCENE) == ""
    assert defect([rings, blurred], SCENE[..., ::-1]) == "wrong colours"


PART = SCENE[60:316, 120:376]
BLURS = {"line": models.motion(15, 30), "disk": models.defocus(4.0), "Gaussian": models.turbulence(2.0)}


KERNELS = {**BLURS, "long line": models.motion(45, 30), "large disk": models.defocus(12.0)}
FLAT = (0.35 + 0.3 * PART).astype(np.float32)
"""The same scene with less contrast, as in fog: noise and wrong kernels do more to it."""


def _blur_and_restore(scene: Pixels, name: str, used: str, smoothing: float) -> tuple[Pixels, Pixels]:
    """A blurred photo with noise, and what deconvolution with a kernel makes of it."""
    photo = degrade.blur(scene, BLURS[name]) + np.random.default_rng(0).normal(0, 0.005, scene.shape)
    photo = np.clip(np.round(photo * 255) / 255, 0, 1).astype(np.float32)
    request = Request("wiener", {"smoothing": smoothing}, "cpu", psf=Psf(KERNELS[used]), is_checked=False)
    return photo, run_to_end(tasks.deblur(Picture(photo), request)).picture.pixels


@pytest.mark.parametrize("name", BLURS)
@pytest.mark.parametrize("scene", [PART, FLAT], ids=["sun", "fog"])
def test_a_good_restoration_is_no_defect(scene, name):
    """Deconvolution with the right kernel, whatever noise stays in it; and the sharp scene."""
    photo, restored = _blur_and_restore(scene, name, name, 0.0)
    for pixels in (restored, scene, photo):
        assert find_defect(photo, pixels, BLURS[name]) == ""
        assert find_defect(photo, pixels) == ""


@pytest.mark.parametrize(
    ("scene", "name", "used", "smoothing"),
    [
        (PART, "line", "long line", 0.0),
        (PART, "line", "long line", -3.0),
        (FLAT, "line", "long line", 0.0),
        (FLAT, "disk", "large disk", 0.0),
        (FLAT, "line", "large disk", -4.0),
    ],
    ids=["sun", "sun, rough", "fog", "fog, disk", "fog, rough"],
)
def test_stripes_and_ghosts_are_defects(scene, name, used, smoothing):
    """A kernel three times too long, and one of another kind."""
    assert find_defect(*_blur_and_restore(scene, name, used, smoothing), KERNELS[used]) != ""


def test_confetti_is_a_defect():
    """Far too little regularisation, also where no kernel is known."""
    noise = np.random.default_rng(0).normal(0, 0.4, PART.shape).astype(np.float32)
    confetti = np.clip(PART + noise, 0, 1)
    assert find_defect(degrade.blur(PART, BLURS["disk"]), confetti) != ""
    blurred = degrade.blur(PART, BLURS["disk"])
    assert find_defect(np.tile(blurred, (1, 3, 1)), np.concatenate([PART, confetti, PART], axis=1)) != ""


@pytest.mark.parametrize("width", [2, 3, 5])
def test_sharp_stripes_keep_their_light_whatever_blur_is_undone(width):
    """No blur can have made them, so a network that tries may only lose light."""
    stripes = np.broadcast_to((np.arange(160) // width % 2).astype(np.float32)[None, :, None], (128, 160, 3)).copy()
    dark = np.clip(stripes - np.float32(0.2), 0.0, 1.0)
    assert find_defect(stripes, dark) == "much less light than the photo"
    assert find_defect(stripes * np.float32(0.1), dark * np.float32(0.1)) == ""  # next to nothing is lost
    request = Request("restorer-psf", device="cpu", psf=Psf(models.motion(5, 20)))
    restored = run_to_end(tasks.deblur(Picture(stripes), request)).picture.pixels
    assert srgb_to_linear(restored).mean() == pytest.approx(stripes.mean(), rel=0.15)
