"""A second opinion on kernels: the power spectrum of the photograph."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import (
    measure_spectral_evidence,
    observable_response,
)

SHAKE = Blur("shake", {"extent": 11.0, "seed": 5}).kernel()
OTHER = Blur("shake", {"extent": 11.0, "seed": 8}).kernel()


@pytest.fixture(scope="module")
def spectrum():
    """That of a photograph, shaken, with noise."""
    sharp = skimage.data.astronaut().astype(np.float32) / 255
    return power_spectrum(srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=SHAKE, noise=0.005)))))


def verdict_on(spectrum, kernel):
    """Return what the spectrum says of a kernel."""
    return measure_spectral_evidence(spectrum, observable_response(kernel, spectrum))


def test_the_true_kernel_explains_nearly_all_that_it_should(spectrum):
    """Its gain is what is expected of a true kernel, and far above that of no blur."""
    verdict = verdict_on(spectrum, SHAKE)
    assert verdict.gain > 50
    assert 0.6 < verdict.share < 1.7


@pytest.mark.parametrize("kernel", [OTHER, models.motion(25.0, 60.0), models.defocus(7.0)])
def test_wrong_kernels_are_refuted(spectrum, kernel):
    """Another path of the same size, a line and a disk: less than the true one gains, and less than they promise."""
    verdict = verdict_on(spectrum, kernel)
    assert verdict.gain < verdict_on(spectrum, SHAKE).gain / 2
    assert verdict.share < 0.5


def test_no_blur_gains_nothing(spectrum):
    """A single point is no blur."""
    verdict = verdict_on(spectrum, np.ones((1, 1), np.float32))
    assert verdict.gain == pytest.approx(0.0, abs=0.1)
    assert verdict.share == pytest.approx(0.0, abs=0.1) or verdict.expected < 0.1


def test_the_response_is_what_windows_show(spectrum):
    """Of white noise under the kernel, averaged over many windows: the kernel's power, its zeros filled a little."""
    random = np.random.default_rng(0)
    noise = random.standard_normal((1024, 1024)).astype(np.float32)
    blurred = cv2.filter2D(noise, -1, SHAKE[::-1, ::-1])
    displayed = power_spectrum(np.clip(0.5 + 0.05 * blurred, 0, 1)[:, :, None])
    expected = observable_response(SHAKE, displayed)
    scale = displayed.power.mean() / expected.mean()
    assert np.corrcoef(displayed.power, expected)[0, 1] > 0.95
    assert np.median(displayed.power / (scale * expected)) == pytest.approx(1.0, abs=0.2)
    assert expected.min() > 0.0
