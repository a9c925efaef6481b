"""The network, the spectrum and the search for a kernel, as they decide together."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from deblur_app.blur import blur_posterior
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine.estimation import diagnosis, search
from deblur_app.engine.estimation.diagnosis import Diagnosis
from deblur_app.engine.estimation.psf_estimate import is_believed

SHAKE = Blur("shake", {"extent": 9.0, "seed": 5})


@pytest.fixture(scope="module")
def sharp():
    """A photograph with edges in all directions, 288 × 288."""
    return from_integer(np.ascontiguousarray(data.astronaut()[:288, 120:408]))


def say_sharp(monkeypatch, share):
    """Let the network say that a photo is sharp, with this probability."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"none": share, "varies": 1.0 - share}

    def stand_in(_light):
        yield Progress(0.0)
        return Diagnosis("none", None, shares, share, 9.0)

    monkeypatch.setattr(diagnosis, "diagnose", stand_in)


def test_a_photo_that_may_be_sharp_is_asked_for_its_kernel(sharp, monkeypatch):
    """Its own edges show a shake that the network has not told; where it is certain, nothing is looked for."""
    shaken = srgb_to_linear(run_to_end(degrade(sharp, Degradation(SHAKE, noise=0.003, seed=1))))
    say_sharp(monkeypatch, 0.6)
    found = run_to_end(search.estimate_in_light(shaken, search.AUTO))
    assert found.psf is not None
    assert is_believed(found.confidence)
    say_sharp(monkeypatch, 0.95)
    assert run_to_end(search.estimate_in_light(shaken, search.AUTO)).psf is None


def test_a_sharp_photo_shows_no_kernel(sharp, monkeypatch):
    """It stays as it is, however little the network believes that."""
    say_sharp(monkeypatch, 0.5)
    assert run_to_end(search.estimate_in_light(srgb_to_linear(sharp), search.AUTO)).psf is None
