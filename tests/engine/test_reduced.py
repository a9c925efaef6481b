"""Small copies of photos: what is chosen for them, and what a draft takes over from the last choice."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.psf import Psf
from deblur_app.core.picture import Picture, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from deblur_app.engine.reduced import Choices, Reduced
from deblur_app.restoration.deconvolution import gcv

KERNEL = models.motion(9.0, 30.0)


@pytest.fixture(scope="module")
def photo():
    """A moved face with noise, 256 × 256."""
    sharp = skimage.data.astronaut()[:256, 128:384].astype(np.float32) / 255
    return run_to_end(degrade(sharp, Degradation(blur=KERNEL, noise=0.005)))


def test_a_draft_takes_what_was_chosen_last_and_chooses_nothing(photo, monkeypatch):
    """The first preview chooses, a draft after it looks like it, and a new photo is chosen for anew."""
    choices, small = Choices(), Picture(resize_pixels(photo, 128, 128))
    request = Request("wiener", {}, psf=Psf(models.motion(4.5, 30.0)))

    def preview(is_draft):
        reduced = Reduced(photo, KERNEL, 0.5, choices, is_draft)
        expected = Request(request.method, request.values, psf=request.psf, reduced=reduced)
        return run_to_end(tasks.deblur(small, expected)).picture.pixels

    selected = preview(is_draft=False)
    for name in ("gcv_curve", "curve_of"):
        monkeypatch.setattr(gcv, name, lambda *_, **__: pytest.fail("a draft must not choose"))
    np.testing.assert_allclose(preview(is_draft=True), selected, atol=1e-6)
    assert Reduced(photo.copy(), KERNEL, 0.5, choices, is_draft=True).last(1) is None


def test_a_choice_holds_for_other_sizes_of_the_copy(photo):
    """Differences of order n grow with the scale to the power n, and their squares with that to 2n."""
    choices = Choices()
    Reduced(photo, KERNEL, 0.5, choices).keep(2, 1.0)
    assert Reduced(photo, KERNEL, 0.25, choices, is_draft=True).last(2) == pytest.approx(1 / 16)
    assert Reduced(photo, KERNEL, 0.25, choices).last(2) is None
    assert Reduced(photo, KERNEL, 0.25, choices, is_draft=True).last(1) is None


def test_noise_is_measured_once(photo, monkeypatch):
    """It does not depend on the kernel that a slider moves."""
    choices = Choices()
    level = Reduced(photo, KERNEL, 0.5, choices).noise()
    assert level == pytest.approx(0.005, rel=0.5)
    monkeypatch.setattr("deblur_app.engine.reduced._noise", lambda _: pytest.fail("measured again"))
    assert Reduced(photo, models.motion(12.0, 0.0), 0.3, choices).noise() == level
