"""Results that cannot be true are found, and results that are only sharper are not."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.blur import degrade, psf
from deblur_app.core.picture import from_integer
from deblur_app.engine.output_check import defect

SCENE = from_integer(astronaut())


@pytest.mark.parametrize("kernel", [psf.motion(21, 30), psf.defocus(5.0), psf.turbulence(2.8)], ids=["m", "d", "t"])
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
        ("other colours", SCENE[..., ::-1]),
        ("other colours", SCENE + np.float32([0.06, 0.0, 0.0])),
        ("other colours", np.where(np.indices((512, 512)).max(0)[..., None] < 150, SCENE + np.float32(0.3), SCENE)),
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
    blurred = degrade.blur(SCENE, psf.motion(21, 30))
    assert defect([rings], SCENE) == "other colours"
    assert defect([rings, blurred], SCENE) == ""
    assert defect([rings, blurred], SCENE[..., ::-1]) == "other colours"
