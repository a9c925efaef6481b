"""Kind and size of simple blurs, from the spectrum of a photograph."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import PowerSpectrum
from deblur_app.restoration.psf_estimation.parametric import KINDS, estimate
from deblur_app.restoration.psf_estimation.simple_blurs import SIMPLE_BLURS


def _photo(blur, side=320, noise=0.01):
    """Return what is left of a cup of coffee: blurred, noisy, clipped, in 8 bits, then in linear light."""
    sharp = skimage.data.coffee()[20 : 20 + side, 150 : 150 + side].astype(np.float32) / 255
    return srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=blur, noise=noise, seed=3))))


def _turn(one, other):
    apart = abs(one - other) % 180
    return min(apart, 180 - apart)


@pytest.mark.parametrize(("length", "angle"), [(6.0, 70.0), (21.0, -35.0)])
def test_a_movement_is_measured(length, angle):
    """Under noise of 1 %, a line is found as a line: its length within 15 %, its angle within 5 degrees."""
    best = run_to_end(estimate(_photo(Blur("motion", {"length": length, "angle": angle}))))[0]
    assert best.blur.kind == "motion"
    assert best.blur.values["length"] == pytest.approx(length, rel=0.15)
    assert _turn(best.blur.values["angle"], angle) <= 5
    assert -90 < best.blur.values["angle"] <= 90
    assert best.confidence > 0.9


@pytest.mark.parametrize("radius", [3.0, 6.5])
def test_a_defocus_is_measured(radius):
    """Under noise of 1 %, a disk is found as a disk, its radius within 15 %."""
    photo = _photo(Blur("defocus", {"radius": radius}))
    best = run_to_end(estimate(photo, kinds=("defocus", "turbulence")))[0]
    assert best.blur.kind == "defocus"
    assert best.blur.values["radius"] == pytest.approx(radius, rel=0.15)


@pytest.mark.parametrize("sigma", [1.6, 2.8])
def test_a_haze_is_measured(sigma):
    """Under noise of 1 %, the size of a Gaussian is found within 15 %."""
    result = run_to_end(estimate(_photo(Blur("turbulence", {"sigma": sigma})), kinds=("turbulence",)))[0]
    assert result.blur.values["sigma"] == pytest.approx(sigma, rel=0.15)
    assert result.score > 10


def test_a_sharp_photo_is_left_alone():
    """No blur comes first where nothing is blurred."""
    best = run_to_end(estimate(_photo(None)))[0]
    assert best.blur is None
    assert best.score == 0


def test_all_kinds_are_ranked_with_confidences_that_sum_to_one():
    """Each kind asked for comes once, no blur among them, the most probable first; blurs are ready to be used."""
    result = run_to_end(estimate(_photo(Blur("motion", {"length": 9.0, "angle": 0.0}), side=200)))
    assert {c.blur.kind if c.blur else None for c in result} == {*KINDS, None}
    confidences = [c.confidence for c in result]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)
    for candidate in result:
        if candidate.blur:
            BLURS[candidate.blur.kind].complete_values(candidate.blur.values)


def test_only_the_kinds_asked_for_are_tried():
    """Asked for defocus alone, it gives a disk or nothing; the work reports its progress."""
    task = estimate(_photo(Blur("defocus", {"radius": 4.0})), kinds=("defocus",))
    fractions = []
    while True:
        try:
            fractions.append(next(task).fraction)
        except StopIteration as end:
            result = end.value
            break
    assert [c.blur.kind if c.blur else None for c in result] == ["defocus", None]
    assert fractions == sorted(fractions)
    assert fractions[-1] <= 1


def test_the_region_decides():
    """In a picture with a sharp and a blurred half, each half gives its own answer."""
    both = np.concatenate([_photo(None), _photo(Blur("defocus", {"radius": 4.0}))], axis=1)
    rows = slice(0, 320)
    sharp = run_to_end(estimate(both, kinds=("defocus",), region=(rows, slice(0, 320))))[0]
    soft = run_to_end(estimate(both, kinds=("defocus",), region=(rows, slice(320, 640))))[0]
    assert sharp.blur is None
    assert soft.blur.values["radius"] == pytest.approx(4.0, rel=0.15)


def test_too_little_to_see_is_an_error_for_people():
    """A region that is too small, or an even wall, says so."""
    with pytest.raises(DeblurError, match="96 × 96 pixels or more"):
        run_to_end(estimate(_photo(None), region=(slice(0, 50), slice(0, 50))))
    with pytest.raises(DeblurError, match="too even"):
        run_to_end(estimate(np.full((200, 200, 3), 0.4, np.float32)))


@pytest.mark.parametrize(
    ("kind", "point"), [("motion", (9.0, 27.0)), ("defocus", (3.3,)), ("turbulence", (1.7,))], ids=KINDS
)
def test_the_spectra_of_the_model_are_those_of_the_kernels(kind, point):
    """|H|² by formula is that of the kernel that the blur is made with, to 0.01 where photographs have detail."""
    blur = SIMPLE_BLURS[kind]
    kernel = Blur(kind, dict(zip(blur.names, point, strict=True))).kernel()
    side = 128
    x, y = np.broadcast_arrays(np.fft.rfftfreq(side)[None, 1:], np.fft.fftfreq(side)[1:, None])
    coarse = np.hypot(x, y) < 0.3
    response = blur.response(PowerSpectrum(np.ones(coarse.sum()), x[coarse], y[coarse]), point)
    measured = np.abs(np.fft.rfft2(kernel, s=(side, side))[1:, 1:]) ** 2
    assert np.abs(response - measured[coarse]).max() < 0.01
