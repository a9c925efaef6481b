"""Transforms, borders, tiles and blocks: what every method by Fourier transforms stands on."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data
from scipy.signal import convolve

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.degrade import blur_light
from deblur_app.core.task import Progress, run_to_end
from deblur_app.restoration.deconvolution import quadratic
from deblur_app.restoration.numerics import blocks, fourier, tiles

_random = np.random.default_rng(0)


def _light(height, width, channels=3):
    return _random.random((height, width, channels), np.float32)


@pytest.mark.parametrize("shape", [(36, 40, 3), (45, 25, 1), (27, 30)])
def test_inverse_undoes_transform(shape):
    """Even and odd lengths, one channel, three or none; float32 all the way."""
    light = _random.random(shape, np.float32)
    spectrum = fourier.transform(light)
    back = fourier.inverse(spectrum, shape[:2])
    assert spectrum.dtype == np.complex64
    assert back.dtype == np.float32
    np.testing.assert_allclose(back, light, atol=1e-6)


def test_inverse_keeps_the_spectrum_unless_told_otherwise():
    """A spectrum can be used again."""
    spectrum = fourier.transform(_light(30, 32))
    before = spectrum.copy()
    fourier.inverse(spectrum, (30, 32))
    np.testing.assert_array_equal(spectrum, before)


def test_two_planes_are_transformed_at_once():
    """Packed as real and imaginary part they come back as they were, and are blurred as each is alone."""
    planes, kernel = _light(36, 45, 2), models.motion(7, 20)
    spectrum = fourier.transform_pair(planes)
    np.testing.assert_allclose(fourier.inverse_pair(spectrum), planes, atol=1e-6)
    blurred = fourier.inverse_pair(spectrum * fourier.transfer_function_of_pair(kernel, (36, 45)), overwrite=True)
    alone = fourier.transform(planes) * fourier.per_channel(fourier.transfer_function(kernel, (36, 45)))
    np.testing.assert_allclose(blurred, fourier.inverse(alone, (36, 45)), atol=1e-6)


def test_two_planes_are_moved_as_one():
    """To the right and downwards, around the ends of their axes."""
    planes = _light(36, 45, 2)
    moved = fourier.inverse_pair(fourier.shift_pair(fourier.transform_pair(planes), (2.0, -3.0)))
    np.testing.assert_allclose(moved, np.roll(planes, (-3, 2), (0, 1)), atol=1e-5)


def test_the_transfer_function_blurs_as_the_kernel_does():
    """A product of spectra is the convolution of `degrade`, not a correlation and not a shifted one."""
    light, kernel = (
        _light(60, 71),
        kernel_arrays.rasterize_points(np.array([0.0, 3.0, 4.0]), np.array([0.0, 1.0, -3.0])),
    )
    frame, inside = fourier.pad_periodic(light, 20)
    shape = frame.shape[:2]
    product = fourier.transform(frame) * fourier.per_channel(fourier.transfer_function(kernel, shape))
    np.testing.assert_allclose(
        fourier.inverse(product, shape)[inside], run_to_end(blur_light(light, kernel)), atol=2e-2
    )
    away = (slice(8, -8),) * 2
    np.testing.assert_allclose(
        fourier.inverse(product, shape)[inside][away], run_to_end(blur_light(light, kernel))[away], atol=1e-5
    )


def test_each_channel_may_have_its_own_transfer_function():
    """A stack of kernels gives a stack of what each gives alone."""
    kernels = [models.motion(7, 20), models.motion(7, 80), models.motion(7, -30)]
    side = max(map(len, kernels))
    stack = np.stack([np.pad(k, (side - len(k)) // 2) for k in kernels], axis=2)
    together = fourier.transfer_function(stack, (40, 45))
    for channel, kernel in enumerate(kernels):
        np.testing.assert_allclose(together[:, :, channel], fourier.transfer_function(kernel, (40, 45)), atol=1e-6)


def test_a_kept_transfer_function_cannot_be_spoilt():
    """It is shared by all who ask for it."""
    transfer = fourier.transfer_function(models.defocus(3), (32, 36))
    assert fourier.transfer_function(models.defocus(3), (32, 36)) is transfer
    with pytest.raises(ValueError, match="read-only"):
        transfer[0, 0] = 0


def test_a_frame_keeps_the_picture_and_closes_the_tile():
    """Inside nothing changes; across the seam of the repeated tile neighbours differ no more than elsewhere."""
    light = np.repeat(np.linspace(0, 1, 80, dtype=np.float32)[None, :, None], 60, axis=0)
    frame, inside = fourier.pad_periodic(light, 24)
    np.testing.assert_array_equal(frame[inside], light)
    steps = np.abs(np.diff(np.concatenate([frame, frame[:, :1]], axis=1), axis=1))
    assert steps[:, -1].max() <= 0.05
    assert steps.max() < 0.1


def test_a_border_made_for_the_blur_restores_edges_better():
    """The strip along the borders comes out closer to the truth than with the mirrored border."""
    sharp = skimage.data.camera()[100:300, 150:350].astype(np.float32) / 255
    kernel = models.motion(15, 25)
    blurred = cv2.filter2D(sharp, -1, kernel[::-1, ::-1])[30:-30, 30:-30]
    truth = sharp[30:-30, 30:-30]
    mirrored, inside = fourier.pad_periodic(blurred[:, :, None], len(kernel))
    shape = mirrored.shape[:2]
    simple = quadratic.TransformedPicture((fourier.transform(mirrored[:, :, 0]),), kernel, shape, inside).solve(0.003)[
        :, :, 0
    ]
    result = quadratic.prepare_quadratic(blurred[:, :, None], kernel).solve(0.003)[:, :, 0]
    strip = np.ones(truth.shape, bool)
    strip[12:-12, 12:-12] = False
    assert np.square(result - truth)[strip].mean() < 0.6 * np.square(simple - truth)[strip].mean()


@pytest.mark.parametrize("mirrored", [False, True])
def test_blocks_together_are_one_convolution(mirrored, monkeypatch):
    """Many small blocks give what SciPy gives for the whole, dark beyond the borders."""
    monkeypatch.setattr(blocks, "_LARGEST", 40)
    monkeypatch.setattr(blocks, "_STEP", 4)
    monkeypatch.setattr(blocks, "_SIDES_OF_KERNEL", 2)
    plane, kernel = _light(90, 131, 1)[:, :, 0], models.motion(9, 35)
    expected = convolve(plane, kernel[::-1, ::-1] if mirrored else kernel, mode="same", method="direct")
    np.testing.assert_allclose(blocks.convolution(plane, kernel, mirrored=mirrored), expected, atol=1e-5)


def _copy(light):
    def restore(place):
        yield Progress(0.5, "Copying")
        return light[place]

    return restore


@pytest.mark.parametrize("size", [(50, 60), (300, 410), (37, 900)])
def test_tiles_of_the_picture_itself_give_the_picture(size):
    """Blending weights sum to 1 everywhere, and progress only grows."""
    light = _light(*size)
    task = tiles.process_tiles(light, 3, _copy(light), most_pixels=10_000)
    fractions = []
    while True:
        try:
            fractions.append(next(task).fraction)
        except StopIteration as end:
            result = end.value
            break
    np.testing.assert_allclose(result, light, atol=1e-6)
    assert fractions == sorted(fractions)
    assert len(fractions) >= light[:, :, 0].size // 10_000


def test_no_tile_is_larger_than_the_bound():
    """Memory stays bounded whatever the picture's shape."""
    light, areas = _light(700, 230), []

    def restore(place):
        areas.append(light[place][:, :, 0].size)
        yield Progress(0.0)
        return light[place]

    run_to_end(tiles.process_tiles(light, 5, restore, most_pixels=20_000))
    assert max(areas) <= 20_000
    assert len(areas) > 8


def test_what_a_tile_makes_up_at_its_edge_does_not_count():
    """An error along the cut edges of tiles, one kernel deep, leaves no trace inside the picture."""
    light = np.full((200, 200, 1), 0.5, np.float32)

    def restore(place):
        yield Progress(0.0)
        part = light[place].copy()
        for axis in (0, 1):
            lines = np.moveaxis(part, axis, 0)
            if place[axis].start > 0:
                lines[:5] = 9.0
            if place[axis].stop < 200:
                lines[-5:] = 9.0
        return part

    result = run_to_end(tiles.process_tiles(light, 5, restore, most_pixels=10_000))
    assert np.abs(result - 0.5).max() < 1e-3
