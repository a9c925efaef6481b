"""Blind deconvolution: the kernel of a camera shake is found from the photo alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import psnr
from deblur_app.core.task import Progress, run_to_end
from deblur_app.restoration.deconvolution.hyper_laplacian import sparse
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.evidence.kernel_evidence import KernelEvidence
from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import (
    measure_spectral_evidence,
    observable_response,
)
from deblur_app.restoration.psf_estimation.search import blind

SHAKE = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()
INSIDE = (slice(20, -20),) * 2


@pytest.fixture(scope="module")
def sharp():
    """A face and a rocket: 180 × 180 with edges in all directions."""
    return skimage.data.astronaut()[10:190, 130:310].astype(np.float32) / 255


@pytest.fixture(scope="module")
def light(sharp):
    """The same, shaken, in linear light, with a little noise."""
    return srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=SHAKE, noise=0.002))))


@pytest.fixture(scope="module")
def estimate_and_progress(light):
    """Return what the photo says."""
    steps = blind.estimate(light)
    fractions = []
    try:
        while True:
            fractions.append(next(steps).fraction)
    except StopIteration as end:
        return end.value, fractions


def _similarity(one, other):
    """Largest normalised correlation over all shifts."""
    side = 2 * max(len(one), len(other))
    product = np.fft.rfft2(one, (side, side)) * np.conj(np.fft.rfft2(other, (side, side)))
    return np.fft.irfft2(product, (side, side)).max() / np.sqrt((one**2).sum() * (other**2).sum())


def test_the_kernel_of_a_shake_is_found(estimate_and_progress):
    """It resembles the true one, is a valid kernel, and was looked for in a square that holds it."""
    estimate, _ = estimate_and_progress
    assert _similarity(estimate.kernel, SHAKE) > 0.85
    assert estimate.kernel.dtype == np.float32
    assert estimate.kernel.min() >= 0
    assert estimate.kernel.sum() == pytest.approx(1.0, abs=1e-5)
    assert len(estimate.kernel) % 2 == 1
    assert len(estimate.kernel) <= estimate.size
    assert np.hypot(*kernel_arrays.centroid(estimate.kernel)) < 1
    assert 0 < estimate.confidence <= 1


def test_restoring_with_it_gains(estimate_and_progress, light, sharp):
    """The photo comes nearer to the truth by decibels, without anybody having told the kernel."""
    restored = linear_to_srgb(run_to_end(sparse(light, estimate_and_progress[0].kernel)))
    shifts = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    best = max(psnr(sharp[INSIDE], np.roll(restored, shift, (0, 1))[INSIDE]) for shift in shifts)
    assert best > psnr(sharp[INSIDE], linear_to_srgb(light)[INSIDE]) + 3


def test_progress_only_grows(estimate_and_progress):
    """The fractions lie in [0, 1] and never go back."""
    assert estimate_and_progress[1] == sorted(estimate_and_progress[1])
    assert 0 <= estimate_and_progress[1][0] <= estimate_and_progress[1][-1] <= 1


def test_equal_photos_give_equal_kernels(light):
    """Nothing is drawn by chance."""
    part = light[40:120, 40:120]
    first, second = (run_to_end(blind.estimate(part, size=9)) for _ in range(2))
    assert np.array_equal(first.kernel, second.kernel)


def test_a_photo_without_edges_and_a_region_that_is_too_small_are_refused(light):
    """The sentence says what to choose instead."""
    with pytest.raises(DeblurError, match="too even to measure its blur"):
        run_to_end(blind.estimate(np.full((64, 64, 3), 0.4, np.float32)))
    with pytest.raises(DeblurError, match="can only be measured on 32 × 32 pixels or more"):
        run_to_end(blind.estimate(light, region=(slice(0, 20), slice(0, 100))))


def test_clipped_highlights_do_not_mislead_it(light):
    """Clipped pixels are left out: with a tenth of the photo white, the kernel still is that of the rest."""
    bright = light.copy()
    bright[60:120, 60:120] = 1.0
    estimate = run_to_end(blind.estimate(bright, size=17))
    assert _similarity(estimate.kernel, SHAKE) > 0.8


def test_the_region_is_that_of_the_photo(light):
    """Only the chosen part is looked at, and its place is given in pixels of the photo."""
    part = (slice(40, 120), slice(30, 110))
    estimate = run_to_end(blind.estimate(light, region=part, size=9))
    assert estimate.region == part
    assert estimate.size == 9
    alone = run_to_end(blind.estimate(light[part], size=9))
    assert np.array_equal(estimate.kernel, alone.kernel)


def test_a_start_near_the_truth_is_kept(light):
    """With a kernel to begin with, only the fine scales are worked on, and the kernel stays."""
    estimate = run_to_end(blind.estimate(light, start=SHAKE))
    assert _similarity(estimate.kernel, SHAKE) > 0.85


def test_the_size_that_has_room_for_the_blur_is_tried_first():
    """Without a word about its extent from the smallest on; never one that the picture is too small for."""
    assert blind._sizes(85, None) == [17, 35, 51, 75]
    assert blind._sizes(85, 9.0)[0] == 17
    assert blind._sizes(85, 20.0)[:2] == [35, 51]
    assert blind._sizes(40, 60.0) == [35, 17]
    assert blind._sizes(10, None) == blind._sizes(10, 8.0) == [9]


GOOD = Consistency(misfit=0.2, advantage=0.2, symmetry=0.2)


def _candidate(light, kernel, size=17, proof=GOOD, **more):
    spectrum = power_spectrum(light)
    verdict = measure_spectral_evidence(spectrum, observable_response(kernel, spectrum))
    reach = kernel_fit.reach(kernel)
    return blind._Candidate(kernel, KernelEvidence(verdict, proof, len(kernel), reach, size, **more))


def test_a_kernel_that_the_spectrum_contradicts_is_not_believed(light, monkeypatch):
    """A kernel that fits the edges and not the spectrum has no confidence, and gives way to one that fits both."""
    unclear = replace(GOOD, advantage=0.1)
    wrong, right = (_candidate(light, kernel, proof=unclear) for kernel in (models.motion(15.0, 60.0), SHAKE))
    assert wrong.evidence.confidence < 0.3 < right.evidence.confidence
    assert right.evidence.is_better(wrong.evidence)
    order = iter([wrong, right])

    def candidate(*_):
        yield Progress(0.0, "Looking")
        return next(order)

    monkeypatch.setattr(blind, "_candidate", candidate)
    monkeypatch.setattr(blind, "_sizes", lambda *_: [17, 35])
    spectrum = blind._Patch(*blind.brightness_plane(light), power_spectrum(light))
    best = run_to_end(blind._best(spectrum, None))
    assert best is right


def _measure_evidence(light, kernel):
    """Return all that a photo says about a kernel."""
    spectrum = power_spectrum(light)
    verdict = measure_spectral_evidence(spectrum, observable_response(kernel, spectrum))
    mirror = run_to_end(mirror_test.compare_with_mirror(*blind.brightness_plane(light), kernel))
    return KernelEvidence(verdict, mirror, len(kernel), kernel_fit.reach(kernel), 17)


def test_the_true_kernel_is_believed_and_wrong_ones_are_not(light):
    """Its mirror image has the same powers; a line, a disk and no blur leave what they do not explain."""
    assert _measure_evidence(light, SHAKE).confidence > 0.9
    mirrored = np.ascontiguousarray(SHAKE[::-1, ::-1])
    for wrong in (mirrored, models.motion(15.0, 60.0), models.defocus(4.0), np.ones((1, 1), np.float32)):
        assert _measure_evidence(light, wrong).confidence < 0.1


def test_a_line_is_believed_though_it_is_its_own_mirror_image(sharp):
    """There is nothing to tell apart; its powers and what it explains are enough."""
    line = models.motion(9.0, 30.0)
    light = srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=line, noise=0.002))))
    assert _measure_evidence(light, line).confidence > 0.9
    assert _measure_evidence(light, models.motion(9.0, 75.0)).confidence < 0.1


def test_the_spectrum_of_a_reduced_photo_is_not_excused_by_strong_edges(light):
    """At full size a camera has hidden it; reduced, it must agree."""
    wrong = models.motion(15.0, 60.0)
    strong = replace(GOOD, advantage=1.0)
    assert _candidate(light, wrong, proof=strong).evidence.confidence > 0.6
    assert _candidate(light, wrong, proof=strong, reduced=2).evidence.confidence < 0.3
    assert _candidate(light, SHAKE, proof=strong, reduced=2).evidence.confidence > 0.6


def test_a_path_that_outgrew_its_square_is_not_believed(light):
    """Nor one much longer than the blur can be: it follows the scene's own edges, and gives way to any other."""
    side = len(SHAKE)
    sound, grown = (_candidate(light, SHAKE, size).evidence for size in (side, side - 2))
    long = _candidate(light, SHAKE, side, longest=side - 1).evidence
    assert [result.confidence for result in (sound, grown, long)] == [1.0, 0.0, 0.0]
    assert sound.is_better(replace(long, spectrum=replace(long.spectrum, gain=2 * long.spectrum.gain)))


def test_it_can_be_cancelled(light):
    """Closing the task between two steps ends it."""
    steps = blind.estimate(light)
    next(steps)
    next(steps)
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)
