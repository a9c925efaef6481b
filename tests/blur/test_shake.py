"""Camera shake: the path of a hand, its kernel, and blur that differs over the frame."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deblur_app.blur import degrade, kernel_arrays, models, shake
from deblur_app.core.task import run_to_end

paths = st.builds(
    shake.trajectory,
    extent=st.floats(0.5, 60),
    roughness=st.floats(0, 1),
    exposure=st.floats(0.1, 4),
    seed=st.integers(0, 999_999),
    roll=st.floats(0, 3),
)


@given(extent=st.floats(0.5, 100), roughness=st.floats(0, 1), exposure=st.floats(0.1, 4), seed=st.integers(0, 99))
def test_a_path_is_as_large_as_asked_for(extent, roughness, exposure, seed):
    """The longest side of the box around it is the extent; its mean is its middle, its roll the wanted one."""
    path = shake.trajectory(extent, roughness, exposure, seed, roll=2.0)
    assert max(np.ptp(path.x), np.ptp(path.y)) == pytest.approx(extent)
    assert np.ptp(path.roll) == pytest.approx(2.0)
    assert [path.x.mean(), path.y.mean(), path.roll.mean()] == pytest.approx([0, 0, 0], abs=1e-9 * extent + 1e-9)
    assert (path.times[0], path.times[-1]) == (0.0, pytest.approx(exposure))


@settings(max_examples=40)
@given(path=paths)
def test_the_kernel_of_a_path_keeps_the_light_and_the_place(path):
    """Sum 1, nothing negative, an odd square, centred to 0.05 pixels."""
    kernel = shake.psf_of(path)
    assert kernel.shape[0] == kernel.shape[1]
    assert len(kernel) % 2 == 1
    assert kernel.min() >= 0
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=0.05)


def test_a_seed_is_a_path():
    """The same one gives the same, another another; roll does not change where the middle goes."""
    first, again, rolled, other = (
        shake.trajectory(13, seed=seed, roll=roll) for seed, roll in ((1, 0.0), (1, 0.0), (1, 2.0), (2, 0.0))
    )
    np.testing.assert_array_equal(first.x, again.x)
    np.testing.assert_array_equal(first.y, rolled.y)
    assert not np.allclose(first.x, other.x)


def _turning(path: shake.Trajectory) -> float:
    """Return how many times as long the path is as the box around it."""
    return float(np.hypot(np.diff(path.x), np.diff(path.y)).sum()) / max(np.ptp(path.x), np.ptp(path.y))


def test_a_path_is_smooth():
    """From one 2000th of the exposure to the next it moves a small part of its size, even in full tremor."""
    for seed in range(10):
        path = shake.trajectory(100, roughness=1.0, exposure=1.0, seed=seed)
        assert np.hypot(np.diff(path.x), np.diff(path.y)).max() < 3


def test_tremor_and_time_tangle_the_path():
    """A short exposure is a stroke; more tremor and more time make the path longer in the same box."""

    def mean(**settings: float) -> float:
        return float(np.mean([_turning(shake.trajectory(20, seed=seed, **settings)) for seed in range(20)]))

    assert 1.0 <= mean(roughness=0.0, exposure=0.1) < 1.4
    assert mean(roughness=0.0, exposure=1.0) < mean(roughness=0.5, exposure=1.0) < mean(roughness=1.0, exposure=1.0)
    assert mean(exposure=0.1) < mean(exposure=1.0) < mean(exposure=4.0)


@pytest.fixture(scope="module")
def light():
    """A texture with detail everywhere: shape (121, 161, 3)."""
    noise = np.random.default_rng(5).random((121, 161, 3), np.float32)
    return run_to_end(degrade.blur_light(noise, models.turbulence(1.0)))


def _difference(one, other, rows, columns) -> float:
    """Root mean square, as a share of the contrast of the first."""
    one, other = one[rows, columns], other[rows, columns]
    return float(np.sqrt(np.mean((one - other) ** 2)) / one.std())


MIDDLE = (slice(50, 71), slice(70, 91))
CORNERS = [(rows, columns) for rows in (slice(0, 24), slice(97, 121)) for columns in (slice(0, 30), slice(131, 161))]


@pytest.mark.parametrize("shift", [0.0, 0.5, 1.0])
def test_without_roll_a_long_lens_blurs_evenly(light, shift):
    """Panning by small angles moves the whole frame alike: the blur is that of the kernel."""
    path = shake.trajectory(9, seed=4)
    even = run_to_end(degrade.blur_light(light, shake.psf_of(path)))
    varying = run_to_end(shake.blur_varying(light, path, 5000.0, shift))
    assert _difference(even, varying, slice(12, -12), slice(12, -12)) < 0.04


def test_with_roll_the_middle_is_blurred_by_the_kernel_and_the_corners_otherwise(light):
    """Around the line of sight nothing is added; far from it the rotation is."""
    path = shake.trajectory(9, seed=4, roll=8.0)
    even = run_to_end(degrade.blur_light(light, shake.psf_of(path)))
    varying = run_to_end(shake.blur_varying(light, path, 5000.0))
    assert _difference(even, varying, slice(58, 63), slice(78, 83)) < 0.1
    assert all(_difference(even, varying, *corner) > 0.3 for corner in CORNERS)


def test_with_a_wide_lens_panning_alone_blurs_the_corners_more(light):
    """Perspective stretches the path towards the corners, while the middle keeps its kernel; a shift does not."""
    path = shake.trajectory(9, seed=4)
    even = run_to_end(degrade.blur_light(light, shake.psf_of(path)))
    panned = run_to_end(shake.blur_varying(light, path, 60.0))
    shifted = run_to_end(shake.blur_varying(light, path, 60.0, 1.0))
    assert _difference(even, panned, slice(56, 65), slice(76, 85)) < 0.1
    sides = slice(50, 71), slice(10, 24)
    assert _difference(even, panned, *sides) > 0.3
    assert _difference(even, shifted, *sides) < 0.05


def test_a_point_in_the_middle_draws_the_kernel():
    """At the right place, not mirrored, with all its light, whatever the roll and the lens."""
    light = np.zeros((61, 81, 3), np.float32)
    light[30, 40] = 1.0
    path = shake.trajectory(11, seed=2, roll=3.0)
    kernel = shake.psf_of(path)
    half = len(kernel) // 2
    picture = run_to_end(shake.blur_varying(light, path, 70.0))[30 - half : 31 + half, 40 - half : 41 + half, 1]
    assert picture.sum() == pytest.approx(1, abs=0.02)
    assert kernel_arrays.centroid(picture) == pytest.approx((0, 0), abs=0.05)
    assert abs(picture - kernel).sum() < 0.15


@given(
    x=st.floats(-50, 50),
    y=st.floats(-50, 50),
    roll=st.floats(-180, 180),
    focal=st.floats(20, 5000),
    shift=st.floats(0, 1),
)
def test_the_middle_goes_where_the_path_goes(x, y, roll, focal, shift):
    """Exactly, also through the widest lens, however the camera rolls and whatever part of it is a shift."""
    camera = np.array([[focal, 0, 40.0], [0, focal, 30.0], [0, 0, 1]])
    values = shake._homography(x, y, roll, camera, shift) @ [40.0, 30.0, 1.0]
    np.testing.assert_allclose(values[:2] / values[2], [40 + x, 30 + y], atol=1e-6)


@settings(max_examples=15)
@given(path=paths, focal=st.floats(30, 5000), shift=st.floats(0, 1))
def test_a_plain_picture_stays_plain(path, focal, shift):
    """Nothing changes where there is nothing to smear, up to the borders."""
    light = np.full((20, 30, 3), 0.4, np.float32)
    np.testing.assert_allclose(run_to_end(shake.blur_varying(light, path, focal, shift)), light, atol=1e-5)


def test_it_can_be_cancelled_early(light):
    """Progress grows from 0, one frame at a time, so that a large photo can be stopped."""
    task = shake.blur_varying(light, shake.trajectory(20), 100.0)
    fractions = [next(task).fraction for _ in range(10)]
    task.close()
    assert fractions[0] == 0
    assert all(0 < later - earlier < 0.1 for earlier, later in itertools.pairwise(fractions))


def test_the_sharp_light_is_left_alone(light):
    """The input is read only."""
    before = light.copy()
    run_to_end(shake.blur_varying(light, shake.trajectory(5, roll=1.0), 100.0))
    np.testing.assert_array_equal(light, before)
