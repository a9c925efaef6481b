"""Clipped highlights: which pixels are doubted, and lamps that do not ring."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import saturation
from deblur_app.restoration.deconvolution.hyper_laplacian import sparse
from deblur_app.restoration.deconvolution.wiener import wiener

LAMPS = ((60, 70), (150, 190), (90, 160))
RADIUS = 3
SHAKE = Blur("shake", {"extent": 13.0, "seed": 3}).kernel()


def _scene(*, lamps):
    """A picture below white, sRGB-encoded, with white disks where lamps are asked for."""
    pixels = skimage.data.astronaut()[100:320, 60:300].astype(np.float32) / 255 * 0.75
    if lamps:
        pixels[~_away(RADIUS)] = 1.0
    return pixels


def _away(distance):
    """Return where no lamp is within `distance` pixels."""
    y, x = np.mgrid[:220, :240]
    return np.all([np.hypot(y - top, x - left) > distance for top, left in LAMPS], axis=0)


def _photo(kernel, *, lamps):
    """Linear light of the blurred scene, lamps 20 times brighter than white."""
    how = Degradation(blur=kernel, noise=0.003, highlights=20.0, seed=1)
    return srgb_to_linear(run_to_end(degrade(_scene(lamps=lamps), how)))


def _error(light, kernel):
    """RMS away from the lamps, by two radii of the kernel."""
    away = _away(RADIUS + len(kernel) - 1)
    away[:16], away[-16:], away[:, :16], away[:, -16:] = False, False, False, False
    gap = np.clip(light, 0, 1) - srgb_to_linear(_scene(lamps=False))
    return float(np.sqrt(np.mean(gap[away] ** 2)))


def _believing(light, kernel):
    return run_to_end(sparse(light, kernel, weights=np.ones_like(light)))


@pytest.mark.parametrize(
    ("kernel", "factor"),
    [(models.motion(13, 30), 1.2), (models.defocus(4.0), 1.25), (SHAKE, 1.5)],
    ids=["motion", "defocus", "shake"],
)
def test_sparse_deconvolution_does_not_ring_around_lamps(kernel, factor):
    """Away from the lamps the error is near that without lamps, and at most a third of that of believing white."""
    with_lamps = _photo(kernel, lamps=True)
    error = _error(run_to_end(sparse(with_lamps, kernel)), kernel)
    assert error < factor * _error(run_to_end(sparse(_photo(kernel, lamps=False), kernel)), kernel)
    assert error < _error(_believing(with_lamps, kernel), kernel) / 3


@pytest.mark.parametrize("kernel", [models.motion(13, 30), models.defocus(4.0)], ids=["motion", "defocus"])
def test_methods_that_know_nothing_of_clipping_do_not_ring_either(kernel):
    """Around Wiener's filter: at most 1.2 times the error without lamps, and half of that of believing white."""
    with_lamps = _photo(kernel, lamps=True)
    error = _error(
        run_to_end(saturation.deconvolve_with_highlights(with_lamps, kernel, lambda light: wiener(light, kernel))),
        kernel,
    )
    assert error < 1.2 * _error(run_to_end(wiener(_photo(kernel, lamps=False), kernel)), kernel)
    assert error < 0.5 * _error(run_to_end(wiener(with_lamps, kernel)), kernel)


def test_lamps_come_back_brighter_than_white():
    """The spots where the lamps were are above white in every channel of the result."""
    result = run_to_end(sparse(_photo(SHAKE, lamps=True), SHAKE))
    assert all(result[top, left].min() > 1.5 for top, left in LAMPS)


def test_a_picture_that_is_not_clipped_goes_through_as_it_is():
    """Nothing is done, and nothing copied, where there is nothing to do."""
    light = _photo(SHAKE, lamps=False)
    calls = []

    def solve(seen):
        calls.append(seen)
        yield from ()
        return seen

    assert run_to_end(saturation.deconvolve_with_highlights(light, SHAKE, solve)) is light
    assert calls[0] is light


def test_lamps_are_looked_for_once_for_several_methods(monkeypatch):
    """Each gets what it would have got alone."""
    light = _photo(SHAKE, lamps=True)
    methods = [(_as_it_is, saturation.LAMP), (_as_it_is, saturation.STRICT)]
    alone = [
        run_to_end(saturation.deconvolve_with_highlights(light, SHAKE, solve, left=left)) for solve, left in methods
    ]
    calls = []
    find = saturation._bright

    def count_calls(photo, transfer):
        calls.append(photo)
        return find(photo, transfer)

    monkeypatch.setattr(saturation, "_bright", count_calls)
    for expected, result in zip(
        alone, run_to_end(saturation.deconvolve_each_with_highlights(light, SHAKE, methods)), strict=True
    ):
        np.testing.assert_array_equal(result, expected)
    assert len(calls) == 3  # the channels


def test_white_surfaces_are_soon_known_for_no_lamps():
    """Of sixty iterations a quarter is made where nothing becomes much brighter than white."""
    scene = _scene(lamps=False)
    scene[40:90, 40:110] = 1.0
    wall = srgb_to_linear(run_to_end(degrade(scene, Degradation(blur=SHAKE, noise=0.003, seed=1))))
    steps = [len(list(saturation.split_highlights(light, SHAKE))) for light in (wall, _photo(SHAKE, lamps=True))]
    assert steps[0] < steps[1] / 3


def _as_it_is(light):
    yield from ()
    return light


def test_a_kernel_for_each_channel_is_taken():
    """Equal kernels for all channels separate the same highlights as one for all."""
    light = _photo(SHAKE, lamps=True)
    stack = np.repeat(SHAKE[:, :, None], 3, axis=2)
    (one,), (each,) = (run_to_end(saturation.split_highlights(light, kernel)) for kernel in (SHAKE, stack))
    for expected, result in zip(one, each, strict=True):
        np.testing.assert_allclose(result, expected, atol=1e-5)


def test_what_is_separated_adds_up_to_the_photo():
    """Rest plus blurred excess is the photo where that is not clipped, and at least white where it is."""
    light = _photo(SHAKE, lamps=True)
    ((rest, excess),) = run_to_end(saturation.split_highlights(light, SHAKE))
    blurred = np.stack(
        [
            np.fft.irfft2(np.fft.rfft2(excess[:, :, c]) * _transfer(excess.shape[:2]), excess.shape[:2])
            for c in range(3)
        ],
        axis=2,
    )
    trusted = saturation.weights(light) == 1.0
    np.testing.assert_allclose((rest + blurred)[trusted], light[trusted], atol=2e-3)
    assert (rest + blurred)[light >= 0.98].min() > 0.97


def _transfer(shape):
    wide = np.zeros(shape)
    wide[: len(SHAKE), : len(SHAKE)] = SHAKE
    return np.fft.rfft2(np.roll(wide, (-(len(SHAKE) // 2),) * 2, (0, 1)))


def test_clipped_pixels_have_no_weight_and_dark_neighbours_all_of_it():
    """0 where clipped, between beside it where nearly white, 1 for what is dark or far from it."""
    light = np.full((9, 9, 3), 0.2, np.float32)
    light[4, 4, 0] = 1.0
    light[4, 5, 0] = 0.95
    light[0, 0, 0] = 0.95
    trust = saturation.weights(light)
    assert trust[4, 4].tolist() == [0.0, 1.0, 1.0]
    assert 0.0 < trust[4, 5, 0] < 1.0
    assert trust[4, 3, 0] == trust[0, 0, 0] == 1.0


def test_completing_believes_in_brighter_but_not_in_darker_than_white():
    """Clipped pixels take what is expected only above what was seen; those without weight take all of it."""
    light = np.array([[1.0, 1.0, 0.5, 0.5]], np.float32)
    expected = np.array([[3.0, 0.4, 0.4, 0.4]], np.float32)
    trust = np.array([[0.0, 0.0, 0.0, 1.0]], np.float32)
    np.testing.assert_allclose(saturation.impute_clipped(light, expected, trust), [[3.0, 1.0, 0.4, 0.5]])


def test_less_may_be_left_of_lamps_while_white_surfaces_stay():
    """Linear filters get less than white around lamps; without a lamp nothing is taken out of clipped white."""
    light = _photo(SHAKE, lamps=True)
    (much, _), (little, _) = run_to_end(saturation.split_highlights(light, SHAKE, (saturation.LAMP, saturation.STRICT)))
    top, left = LAMPS[0]
    assert little[top, left].max() < 0.8 * much[top, left].max()
    wall = np.clip(_photo(SHAKE, lamps=False), 0, 1)
    wall[40:90, 40:110] = 1.0
    ((_, excess),) = run_to_end(saturation.split_highlights(wall, SHAKE, [saturation.STRICT]))
    assert not excess[60:70, 60:90].any()
