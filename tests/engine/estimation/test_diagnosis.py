"""The blur of a photograph, by the network that comes with the program."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from deblur_app.blur import blur_posterior
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation import blur_network, diagnosis, psf_estimate, scales, sizes
from deblur_app.engine.estimation.scales import ScaledPosterior


@pytest.fixture(scope="module")
def sharp():
    """A photograph with plenty of edges, 400 × 512."""
    return from_integer(np.ascontiguousarray(data.astronaut()[:400]))


def diagnose_photo(pixels, blur):
    """Return what is seen in a photograph after a blur and a little noise."""
    settings = Degradation(blur, noise=0.005, seed=1)
    return run_to_end(diagnosis.diagnose(srgb_to_linear(run_to_end(degrade(pixels, settings)))))


def test_a_sharp_photo_is_left_alone(sharp):
    """No blur is named, and no kernel is given."""
    assert diagnose_photo(sharp, None).type == "none"
    estimate = run_to_end(psf_tasks.estimate(Picture(sharp)))
    assert estimate.psf is None
    assert estimate.label.startswith("No blur found: the photo looks sharp")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("motion", {"length": 13.0, "angle": -35.0}),
        ("defocus", {"radius": 4.0}),
        ("turbulence", {"sigma": 2.2}),
    ],
)
def test_type_and_values_of_a_blur_are_seen(sharp, kind, values):
    """The type is right, each value to within 15 % or 5°, and the confidence is more than even."""
    result = diagnose_photo(sharp, Blur(kind, values))
    assert result.type == kind
    assert result.confidence > 0.5
    for name, value in values.items():
        assert float(result.blur.values[name]) == pytest.approx(value, abs=5.0 if name == "angle" else 0.15 * value)


@pytest.mark.parametrize(("kind", "size", "value"), [("turbulence", "sigma", 0.8), ("defocus", "radius", 1.3)])
def test_the_spectrum_tells_a_small_gaussian_from_a_small_disk(sharp, kind, size, value):
    """Crops alone hardly do, and lean to the disk."""
    assert diagnose_photo(sharp, Blur(kind, {size: value})).type == kind


def test_a_shake_is_no_short_line(sharp):
    """A curved path is named as what it is; its kernel is for another step."""
    result = diagnose_photo(sharp, Blur("shake", {"extent": 15.0, "roughness": 0.4, "exposure": 1.2, "seed": 5}))
    assert result.type == "shake"
    assert result.blur is None


LINE = Blur("motion", {"length": 13.0, "angle": -35.0})
PATH = Blur("shake", {"extent": 15.0, "roughness": 0.4, "exposure": 1.2, "seed": 5})


@pytest.mark.parametrize(("blur", "doubtful"), [(LINE, "shake"), (PATH, "motion")])
def test_the_spectrum_decides_between_a_line_and_a_path(sharp, blur, doubtful):
    """A network that leans to the wrong one of two probable types is overruled."""
    light = _blur(sharp, blur)
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {blur.kind: 0.35, doubtful: 0.65}
    posterior = blur_posterior.BlurPosterior(shares, {"motion": LINE}, 15.0, {"motion": 0.1, "shake": 0.2})
    decided, _ = run_to_end(diagnosis._line_or_shake(ScaledPosterior(posterior, light)))
    assert decided.type == blur.kind
    assert decided.probabilities[blur.kind] == pytest.approx(1.0)


def test_what_is_not_contested_is_believed(sharp):
    """Nothing else is asked where the network is sure of a path; nor where the line that it sees is there."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"motion": 0.02, "shake": 0.98}
    posterior = blur_posterior.BlurPosterior(shares, {"motion": LINE}, 15.0, {"motion": 0.1, "shake": 0.2})
    assert run_to_end(diagnosis._line_or_shake(ScaledPosterior(posterior, np.zeros_like(sharp)))) == (posterior, None)
    posterior = blur_posterior.BlurPosterior(
        shares | {"motion": 0.98, "shake": 0.02}, posterior.blurs, 15.0, posterior.spreads
    )
    decided, line = run_to_end(diagnosis._line_or_shake(ScaledPosterior(posterior, _blur(sharp, LINE))))
    assert decided is posterior
    assert float(line.values["length"]) == pytest.approx(13.0, rel=0.1)


def test_a_line_that_cannot_be_found_is_a_path(sharp):
    """However sure the network is: the line that fits best has another length, and the spectrum refutes it."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"motion": 0.98, "shake": 0.02}
    posterior = blur_posterior.BlurPosterior(shares, {"motion": LINE}, 15.0, {"motion": 0.01, "shake": 0.2})
    decided, _ = run_to_end(diagnosis._line_or_shake(ScaledPosterior(posterior, _blur(sharp, PATH))))
    assert decided.type == "shake"


def test_zeros_of_the_spectrum_overrule_the_size_that_the_network_sees(sharp, monkeypatch):
    """A line of 13 pixels that the network takes for one of 21 is found, and trusted."""
    light = _blur(sharp, LINE)
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"motion": 1.0}
    wrong = Blur("motion", {**LINE.values, "length": 21.0})
    posterior = blur_posterior.BlurPosterior(shares, {"motion": wrong}, 15.0, {"motion": 0.1, "shake": 0.2})

    def stand_in(*_):
        yield Progress(0.0)
        return ScaledPosterior(posterior, light)

    monkeypatch.setattr(scales, "estimate_at_scales", stand_in)
    result = run_to_end(diagnosis.diagnose(light))
    assert float(result.blur.values["length"]) == pytest.approx(13.0, rel=0.1)
    assert result.confidence > 0.9


def test_a_size_that_was_cut_off_at_the_limit_is_not_believed(sharp, monkeypatch):
    """A line of 13 pixels in a photo made 16 times smaller would be one of 208: longer than can be undone."""
    light = _blur(sharp, LINE)
    posterior = blur_posterior.BlurPosterior(
        dict.fromkeys(blur_posterior.TYPES, 0.0) | {"motion": 1.0},
        {"motion": LINE},
        15.0,
        {"motion": 0.1, "shake": 0.2},
    )

    def stand_in(*_):
        yield Progress(0.0)
        return ScaledPosterior(posterior, light, scale=16)

    monkeypatch.setattr(scales, "estimate_at_scales", stand_in)
    result = run_to_end(diagnosis.diagnose(light))
    assert float(result.blur.values["length"]) == 200.0
    assert not psf_estimate.is_believed(result.confidence)


def _blur(sharp, blur):
    """Linear light of a photo with this blur and a little noise."""
    return srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur, noise=0.005, seed=1))))


def test_a_haze_lies_between_what_the_network_sees_and_what_the_fit_finds():
    """Its size is told by both; that of a disk by the fit alone."""
    rough, fitted = (Blur("turbulence", {"sigma": sigma}) for sigma in (2.0, 1.0))
    assert 1.0 < float(sizes.combine_sizes(rough, fitted).values["sigma"]) < 2.0
    disks = [Blur("defocus", {"radius": radius}) for radius in (4.0, 5.0)]
    assert float(sizes.combine_sizes(*disks).values["radius"]) == pytest.approx(5.0)


def test_a_blur_larger_than_the_network_knows_is_found_in_the_reduced_photo(sharp):
    """Its values are those of the photo itself."""
    large = np.clip(resize_pixels(sharp, 1280, 1000), 0.0, 1.0)
    result = diagnose_photo(large, Blur("defocus", {"radius": 14.0}))
    assert result.type == "defocus"
    assert float(result.blur.values["radius"]) == pytest.approx(14.0, rel=0.15)


def test_large_photos_are_looked_at_all_over():
    """Nine crops, three in each direction, each inside; a small photo is looked at as a whole."""
    crops = blur_network.find_crops(np.random.default_rng(0).random((2000, 3000, 3), np.float32))
    assert len(crops) == 9
    assert all(rows.stop - rows.start == columns.stop - columns.start == 384 for rows, columns in crops)
    assert all(rows.stop <= 2000 and columns.stop <= 3000 for rows, columns in crops)
    assert blur_network.find_crops(np.ones((150, 200, 3), np.float32)) == [(slice(0, 150), slice(0, 200))]


def test_without_its_weights_the_blur_is_searched_for_in_the_spectrum(sharp, tmp_path, monkeypatch):
    """A program whose weights are missing still finds a movement."""
    monkeypatch.setattr(blur_network, "find_card", lambda: tmp_path / "missing.json")
    assert not blur_network.is_available()
    moved = degrade(sharp[:256, 100:356], Degradation(Blur("motion", {"length": 13.0, "angle": 30.0}), noise=0.003))
    result = run_to_end(psf_tasks.estimate(Picture(run_to_end(moved))))
    assert result.model is not None
    assert result.model.kind == "motion"


def test_a_blur_that_smaller_copies_show_better_is_not_sure(sharp, monkeypatch):
    """The finest detail of a photo may show how the photo was enlarged."""

    def is_processed(*_):
        yield Progress(0.0)
        return True

    light = _blur(sharp, LINE)
    assert psf_estimate.is_sure(run_to_end(diagnosis.diagnose(light)).confidence)
    monkeypatch.setattr(scales, "is_processed", is_processed)
    result = run_to_end(diagnosis.diagnose(light))
    assert result.is_processed
    assert psf_estimate.is_believed(result.confidence)
    assert not psf_estimate.is_sure(result.confidence)
