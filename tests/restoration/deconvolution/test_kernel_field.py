"""Restoration with a field of kernels: the part around each place with its own."""

import numpy as np
import pytest
from skimage import data

from deblur_app.blur import models, scaling
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_grid import KernelField, even_grid, field_of_grid
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.metrics import psnr
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution.reblur_check import check
from deblur_app.restoration.deconvolution.spatially_varying import restore_field, restore_frame
from deblur_app.restoration.deconvolution.wiener import wiener


def deconvolve(block, kernel):
    """Return a block restored by Wiener's filter."""
    return wiener(block, kernel, noise_to_signal=1e-3)


@pytest.fixture(scope="module")
def photo():
    """Return a sharp photo."""
    return from_integer(data.astronaut()[:160, 130:322])


def test_a_field_of_one_kernel_restores_as_that_kernel_does(photo):
    """Bit for bit, however many places it has."""
    kernel = models.motion(7.0, 30.0)
    field = field_of_grid(even_grid([[kernel] * 3] * 2, photo.shape))

    np.testing.assert_array_equal(
        run_to_end(restore_frame(photo, field, deconvolve)), run_to_end(deconvolve(photo, field.at(0.0, 0.0)))
    )


def test_weights_of_the_parts_sum_to_one(photo):
    """A deconvolution that does nothing gives the photo back, also where places lie close together."""
    kernels = [[models.motion(3.0, 10.0 * (row + column)) for column in range(9)] for row in range(7)]
    field = field_of_grid(even_grid(kernels, photo.shape))

    def keep(block, _kernel):
        return block
        yield

    np.testing.assert_allclose(run_to_end(restore_field(photo, field, keep)), photo, atol=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_true_field_of_a_turning_camera_restores_better_than_its_middle_kernel(photo, seed):
    """By a decibel at least, and better than the photo was."""
    blur = Blur("shake-varying", {"extent": 9.0, "seed": seed})
    blurred = srgb_to_linear(run_to_end(degrade(photo, Degradation(blur, noise=0.005))))
    field = blur.poses(photo.shape).field()
    assert isinstance(field, KernelField)
    truth, inside = srgb_to_linear(photo), (slice(16, -16),) * 2

    by_field, by_middle = (
        psnr(truth[inside], run_to_end(restore_frame(blurred, kernels, deconvolve))[inside])
        for kernels in (field, blur.kernel())
    )
    assert by_field > by_middle + 1.0
    assert by_field > psnr(truth[inside], blurred[inside])


def test_a_result_is_checked_by_a_field(photo):
    """The sharp photo, blurred again, agrees with the blurred one; the blurred one itself does not."""
    blur = Blur("shake-varying", {"extent": 5.0, "seed": 1})
    blurred = srgb_to_linear(run_to_end(degrade(photo, Degradation(blur, noise=0.01))))
    field = blur.poses(photo.shape).field()

    assert run_to_end(check(blurred, srgb_to_linear(photo), field)).disagreeing < 0.05
    assert run_to_end(check(blurred, blurred, field)).disagreeing > 0.05


def test_a_part_of_a_photo_is_restored_by_the_part_of_its_field():
    """Places beside the part, which reach into it, take part only where they count."""
    kernels = [[models.motion(5.0, 30.0 * column) for column in range(4)]]
    field = field_of_grid(even_grid(kernels, (60, 240)))
    light = np.random.default_rng(1).random((60, 100, 1)).astype(np.float32)
    part = scaling.scale_field(field, 1.0, (0, 0), (100, 60))
    assert part.columns == 3

    def keep(block, _kernel):
        return block
        yield

    np.testing.assert_allclose(run_to_end(restore_field(light, part, keep)), light, atol=1e-6)
