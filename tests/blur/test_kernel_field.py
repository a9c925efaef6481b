"""A field of kernels: basis kernels mixed at places all over the frame, from poses of a camera, a grid or a scene."""

import re

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models, shake
from deblur_app.blur.camera_poses import CameraPoses
from deblur_app.blur.kernel_grid import MOST_BASIS, KernelField, even_grid, field_of_grid, side_of
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.blur.scene.render import make_scene
from deblur_app.blur.scene.settings import SceneSettings
from deblur_app.core.task import run_to_end

SIZE = (96, 64)


def poses(**values):
    """Return the poses of a hand that turns the camera over a frame of 64 × 96 pixels."""
    return Blur("shake-varying", {"extent": 9.0, "seed": 3, **values}).poses((64, 96))


def correlation(one, other):
    """Return the cosine of the angle between two kernels of any sides."""
    half = max(len(one), len(other)) // 2
    first, second = (np.pad(kernel, half - len(kernel) // 2).ravel() for kernel in (one, other))
    return float(first @ second / np.linalg.norm(first) / np.linalg.norm(second))


@pytest.mark.parametrize("shift", [0.0, 0.4])
def test_poses_draw_what_the_blur_makes_of_points(shift):
    """At four places, the picture of a point of light is the kernel there."""
    blur = Blur("shake-varying", {"extent": 9.0, "seed": 3, "shift": shift})
    path = shake.trajectory(9.0, 0.3, 1.0, 3, roll=np.degrees(9.0 / (28 / 36 * 96)))
    for x, y in ((48, 32), (16, 16), (80, 16), (80, 48)):
        light = np.zeros((64, 96, 3), np.float32)
        light[y, x] = 1.0
        blurred = run_to_end(shake.blur_varying(light, path, 28 / 36 * 96, shift))[..., 0]
        kernel = blur.poses((64, 96)).kernel_at(x, y)
        half = len(kernel) // 2
        assert correlation(kernel, blurred[y - half : y + half + 1, x - half : x + half + 1]) > 0.98


def test_a_field_has_the_kernels_of_the_poses_between_its_places_too():
    """With at most twelve basis kernels."""
    field = poses().field()

    assert len(field.basis) <= MOST_BASIS
    assert not field.is_uniform
    for x, y in ((12, 12), (40, 50), (47.5, 31.5), (80, 20)):
        assert correlation(field.at(x, y), poses().kernel_at(x, y)) > 0.9


def test_a_camera_that_only_shifts_has_one_kernel():
    """Its field has one place and one basis kernel."""
    field = poses(shift=1.0, roll=0.0).field()

    assert field.weights.shape == (1, 1, 1)
    assert field.is_uniform
    assert correlation(field.at(5, 5), poses(shift=1.0, roll=0.0).kernel_at(80, 50)) == pytest.approx(1.0)


def test_poses_of_a_picture_of_half_the_size_draw_half_the_path():
    """Paths scale with the picture; about their mean they stay."""
    half = poses().scaled(0.5, (48, 32))
    for one, other in zip(poses().displacements(10.5, 20.5), half.displacements(5.0, 10.0), strict=True):
        np.testing.assert_allclose(other, one / 2, atol=0.05)
    moved = CameraPoses(poses().x + 5, poses().y, poses().roll, poses().weights * 3, 75.0, SIZE).centred()
    np.testing.assert_allclose(moved.x, poses().x - poses().x.mean(), atol=1e-9)
    assert moved.weights.sum() == pytest.approx(1.0)


def test_a_field_of_a_grid_keeps_its_kernels():
    """Of one kernel there is one basis kernel; kernels sum to 1 and are nowhere negative."""
    kernel = models.motion(7.0, 30.0)
    assert len(field_of_grid(even_grid([[kernel] * 3] * 2, (40, 60))).basis) == 1
    kernels = [[models.motion(5.0 + 2 * row, 20.0 * column) for column in range(3)] for row in range(2)]
    field = field_of_grid(even_grid(kernels, (40, 60)))
    for row, y in enumerate(field.ys):
        for column, x in enumerate(field.xs):
            assert correlation(field.at(x, y), kernels[row][column]) > 0.99
    middle = field.at(25.0, 20.0)
    assert middle.min() >= 0.0
    assert middle.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_psf_may_be_a_field():
    """It has a kernel at each place, a grid to look at, and is described and scaled."""
    psf = Psf(poses().field())

    assert psf.uniform is None
    assert psf.field is psf.kernels
    assert psf.grid is not None
    assert (psf.grid.rows, psf.grid.columns) == psf.field.weights.shape[:2]
    assert psf.describe() == "Blur that varies over the frame"
    assert re.fullmatch(r"The camera turned, \d+ to \d+ px", Psf(psf.kernels, Origin.ESTIMATED).describe())
    assert psf.side == side_of(psf.kernels) == len(psf.kernel)
    np.testing.assert_array_equal(psf.at(3, 4), psf.field.at(3, 4))


def test_a_scaled_field_has_the_kernels_of_the_smaller_picture():
    """Of a part, those places are left out that do not count there."""
    psf = Psf(poses().field())
    half = psf.scaled(0.5, (48, 32), (48, 32))

    assert half.field is not None
    assert half.field.columns < psf.field.columns
    expected = Psf(psf.at(71.5, 47.5)).scaled(0.5).kernel
    assert correlation(half.at(11.5, 7.5), np.maximum(expected, 0.0)) > 0.97
    same = psf.scaled(1.0)
    np.testing.assert_allclose(same.at(20, 20), psf.at(20, 20), atol=1e-6)


def test_shapes_that_do_not_fit_are_refused():
    """Too few weights, or kernels without a middle."""
    one = np.ones((1, 1, 1), np.float32)
    with pytest.raises(ValueError, match="places"):
        KernelField(one, one, (0.0, 1.0), (0.0,), np.ones((1, 2), np.float32))
    with pytest.raises(ValueError, match="odd side"):
        KernelField(np.ones((1, 2, 2), np.float32), one, (0.0,), (0.0,), np.ones((1, 1), np.float32))


def test_points_may_be_of_different_brightness():
    """Light is shared by brightness."""
    kernel = kernel_arrays.rasterize_points(np.array([-1.0, 1.0]), np.zeros(2), np.array([1.0, 3.0]))

    assert kernel[len(kernel) // 2, len(kernel) // 2 + 1] == pytest.approx(0.75)


def test_the_true_blur_of_a_scene_is_a_field_too():
    """With its kernel at the middle of each place of its grid."""
    photo = np.random.default_rng(0).random((80, 120, 3), np.float32)
    settings = SceneSettings(extent=9.0, roll=1.0, focal=1.0, seed=4)
    description = run_to_end(make_scene(photo, settings)).blur
    field = description.field(photo.shape)

    kernels = description.kernels()
    assert field.weights.shape[:2] == kernels.shape[:2]
    row, column = 1, 2
    x, y = field.xs[column], field.ys[row]
    assert correlation(field.at(x, y), kernels[row, column]) > 0.95


def test_confidence_is_blended_between_places():
    """That of a place holds at the place and outside the outermost ones, and half of each in between."""
    kernel = np.ones((1, 1, 1), np.float32)
    trust = np.array([[1.0, 0.0], [1.0, 0.0]], np.float32)
    field = KernelField(kernel, np.ones((2, 2, 1), np.float32), (10.0, 30.0), (5.0, 15.0), trust)

    pixels = field.confidence_of_pixels(20, 40)

    assert pixels.shape == (20, 40)
    np.testing.assert_allclose(pixels[:, [0, 10, 20, 30, 39]], [[1.0, 1.0, 0.5, 0.0, 0.0]] * 20, atol=1e-6)


def test_poses_of_a_smaller_picture_draw_kernels_without_gaps():
    """Steps of a pixel become steps of three; between them there is light, and the middle stays where it was."""
    path = CameraPoses(np.arange(-2.0, 3.0), np.zeros(5), np.zeros(5), np.full(5, 0.2), 60.0, SIZE)
    large = path.scaled(3.0, (3 * SIZE[0], 3 * SIZE[1]))

    gaps, kernel = (poses.kernel_at(144.0, 96.0) for poses in (large, large.interpolated(3.0)))

    def row(kernel):
        return kernel.sum(axis=0)[len(kernel) // 2 - 6 : len(kernel) // 2 + 7]

    assert row(gaps).min() == pytest.approx(0.0, abs=1e-6)
    assert row(kernel).min() > 0.5 * row(kernel).max()
    assert kernel_arrays.centroid(kernel) == pytest.approx((0.0, 0.0), abs=0.05)
