"""The network, the spectrum and the search for a kernel, as they decide together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from skimage import data

from deblur_app.blur import blur_posterior
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine.choice import expected_gain
from deblur_app.engine.choice.expected_gain import RestorationChoice
from deblur_app.engine.estimation import diagnosis, search
from deblur_app.engine.estimation.diagnosis import Diagnosis
from deblur_app.engine.estimation.psf_estimate import is_believed, is_sure

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


def promise(monkeypatch, gains):
    """Let each blur promise its gain in dB: a kind of `gains`, or "path" for a kernel that a search found."""

    def stand_in(_light, _diagnosed, estimate, found=None):
        yield Progress(0.0)
        gain = gains.get("path" if found else estimate.model.kind, 0.0)
        candidate = expected_gain.CANDIDATES[0] if gain > gains["blind"] else expected_gain.CANDIDATES[1]
        return replace(estimate, choice=RestorationChoice(candidate, max(gain, gains["blind"])))

    monkeypatch.setattr(search, "_choose", stand_in)


def say(monkeypatch, blur, **shares):
    """Let the network tell a blur, None for a path, with these probabilities."""
    told = dict.fromkeys(blur_posterior.TYPES, 0.0) | shares

    def stand_in(_light):
        yield Progress(0.0)
        return Diagnosis(max(shares, key=shares.get), blur, told, max(shares.values()), 9.0)

    monkeypatch.setattr(diagnosis, "diagnose", stand_in)


@pytest.mark.parametrize(("path", "kind"), [(4.8, None), (2.0, "motion")])
def test_an_unsure_line_is_asked_for_a_path_and_what_promises_more_is_taken(sharp, monkeypatch, path, kind):
    """A curved path of a few pixels looks like a short line."""
    shaken = srgb_to_linear(run_to_end(degrade(sharp, Degradation(SHAKE, noise=0.003, seed=1))))
    line = Blur("motion", {"length": 2.5, "angle": 20.0})
    say(monkeypatch, line, motion=0.53, varies=0.47)
    promise(monkeypatch, {"motion": 3.4, "path": path, "blind": 0.5})
    found = run_to_end(search.estimate_in_light(shaken, search.AUTO))
    assert (found.model.kind if found.model else None) == kind


def test_a_line_that_is_sure_is_not_asked_for_a_path(sharp, monkeypatch):
    """The search takes a second, and a line that the network is certain of is one."""
    line = Blur("motion", {"length": 9.0, "angle": 20.0})
    say(monkeypatch, line, motion=0.99, varies=0.01)
    promise(monkeypatch, {"motion": 3.4, "path": 9.0, "blind": 0.5})
    assert run_to_end(search.estimate_in_light(srgb_to_linear(sharp), search.AUTO)).model is line


@pytest.mark.parametrize(("gain", "is_taken"), [(2.5, True), (1.0, False)])
def test_where_no_path_is_borne_out_a_small_gaussian_may_be(sharp, monkeypatch, gain, is_taken):
    """The network tells so little blur as many things; the spectrum shows it, and the expected gain decides."""
    blurred = Degradation(Blur("turbulence", {"sigma": 1.2}), noise=0.003, seed=1)
    light = srgb_to_linear(run_to_end(degrade(sharp, blurred)))
    say(monkeypatch, None, varies=0.6, turbulence=0.4)
    promise(monkeypatch, {"turbulence": gain, "defocus": gain, "blind": 1.9})
    found = run_to_end(search.estimate_in_light(light, search.AUTO))
    assert (found.model is not None) is is_taken
    if found.model:
        assert found.model.kind in {"turbulence", "defocus"}
        assert not is_sure(found.confidence)
