"""The tone curve of a photo is told by its blur."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation.search import tone_curve

SHAKE = Blur("shake", {"extent": 15.0, "seed": 5}).kernel()


@pytest.fixture
def photo(monkeypatch):
    """A shaken photo as screens want it, of a size that is searched in a moment."""
    monkeypatch.setattr(tone_curve, "_PATCH", 160)
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:360, 80:440]))
    return run_to_end(degrade(sharp, Degradation(blur=SHAKE, noise=0.003, seed=2)))


def test_values_that_are_proportional_to_light_are_told_from_dark_photos(photo):
    """Both are dark; only one of them is explained by adding up its values."""
    assert run_to_end(tone_curve.is_linear(srgb_to_linear(photo) * np.float32(0.6), 15.0))
    assert not run_to_end(tone_curve.is_linear(photo * np.float32(0.5), 15.0))


def test_bright_and_small_photos_are_not_asked(photo):
    """Nearly all photos are made for screens, and looking costs time."""
    for pixels in (photo, photo[:100] * np.float32(0.4)):
        task = tone_curve.is_linear(pixels, 15.0)
        with pytest.raises(StopIteration) as end:
            next(task)
        assert end.value.value is False
