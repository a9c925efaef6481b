"""Grids of kernels for blur that differs over the frame."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import kernel_arrays, models, shake
from deblur_app.blur.kernel_grid import KernelGrid, even_grid, montage
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, run_to_end
from deblur_app.restoration.deconvolution import consensus
from deblur_app.restoration.deconvolution.spatially_varying import estimate_grid, restore
from deblur_app.restoration.numerics import fourier


def _wiener(light, kernel, regularisation=2e-3):
    """The plainest deconvolution, as a task."""
    yield Progress(0.0)
    frame, inside = fourier.pad_periodic(light, 2 * len(kernel))
    transfer = fourier.per_channel(fourier.transfer_function(kernel, frame.shape[:2]))
    spectrum = fourier.transform(frame) * np.conj(transfer) / (np.abs(transfer) ** 2 + np.float32(regularisation))
    return fourier.inverse(spectrum, frame.shape[:2])[inside]


def _photo(side=384):
    return srgb_to_linear(skimage.data.astronaut()[:side, 60 : 60 + side].astype(np.float32) / 255)


def _error(light, truth):
    inside = (slice(24, -24),) * 2
    return float(np.sqrt(np.mean((light[inside] - truth[inside]) ** 2)))


def test_equal_kernels_restore_like_one():
    """Blocks leave no seams: away from the borders the result is the plain one to a thousandth."""
    light, kernel = _photo(), models.defocus(2.0)
    grid = even_grid([[kernel] * 3] * 2, light.shape)
    plain, blocks = (
        run_to_end(_wiener(light, kernel, 0.05)),
        run_to_end(restore(light, grid, lambda part, k: _wiener(part, k, 0.05))),
    )
    inside = (slice(24, -24),) * 2
    assert np.abs(plain - blocks)[inside].max() < 1e-3


def test_a_grid_beats_the_middle_kernel_where_the_camera_rolled():
    """Nine local kernels, taken from points of light under the same blur, restore better than that of the middle."""
    truth = _photo()
    path = shake.trajectory(9.0, seed=3, roll=4.0)

    def blur_by_roll(light):
        return run_to_end(shake.blur_varying(light, path, 300.0))

    places = even_grid([[models.defocus(1.0)] * 3] * 3, truth.shape).centres
    half = 20
    kernels = []
    for row in places:
        kernels.append([])
        for x, y in row:
            point = np.zeros_like(truth)
            point[round(y), round(x)] = 1.0
            degraded = blur_by_roll(point)[:, :, 0]
            kernels[-1].append(
                kernel_arrays.normalize(
                    degraded[round(y) - half : round(y) + half + 1, round(x) - half : round(x) + half + 1]
                )
            )
    photo = blur_by_roll(truth)
    with_grid = run_to_end(restore(photo, even_grid(kernels, truth.shape), _wiener))
    with_one = run_to_end(_wiener(photo, kernels[1][1]))
    assert _error(with_grid, truth) < 0.85 * _error(with_one, truth)
    assert _error(with_grid, truth) < _error(photo, truth)


def test_a_kernel_unlike_its_neighbours_gives_way_to_them():
    """One cell of nine that reports another blur gets the kernel of the others, and less confidence."""
    right, wrong = models.motion(9.0, 20.0), models.motion(9.0, 110.0)
    calls = []

    def estimate(part):
        yield Progress(0.0)
        calls.append(part.shape)
        return (wrong if len(calls) == 5 else right), 1.0

    grid = run_to_end(estimate_grid(_photo(120), 3, 3, estimate))
    assert np.abs(grid.kernels[1][1] - right).max() < 0.01
    assert grid.confidence[1][1] < min(grid.confidence[0])


def test_an_unsure_kernel_gives_way_to_the_mean_of_its_neighbours_laid_on_each_other():
    """Neighbours that sit elsewhere in their arrays are centred first: their mean is as sharp as they are."""
    kernel = np.pad(models.motion(9.0, 20.0), 4)
    shifted = [np.roll(kernel, step, axis=1) for step in (-3, 0, 3)]
    calls = []

    def estimate(part):
        yield Progress(0.0)
        calls.append(part.shape)
        return (np.full_like(kernel, 1 / kernel.size), 0.05) if len(calls) == 2 else (shifted[len(calls) - 1], 1.0)

    grid = run_to_end(estimate_grid(_photo(120), 1, 3, estimate))
    assert np.abs(grid.kernels[0][1] - kernel).max() < 0.01


def test_cells_that_tell_nothing_are_filled_and_a_frame_that_tells_nothing_is_an_error():
    """A cell whose estimate fails takes its neighbours' kernel; where all fail, the reason is passed on."""
    kernel = models.defocus(2.0)
    calls = []

    def sometimes(part):
        yield Progress(0.0)
        calls.append(part)
        if len(calls) == 1:
            raise DeblurError("Nothing to see.")
        return kernel, 0.8

    def never(part):
        yield Progress(0.0)
        raise DeblurError("Nothing to see.")

    grid = run_to_end(estimate_grid(_photo(120), 2, 2, sometimes))
    assert np.abs(grid.kernels[0][0] - kernel).max() < 1e-3
    assert grid.confidence[0][0] == 0
    with pytest.raises(DeblurError, match="Nothing to see"):
        run_to_end(estimate_grid(_photo(120), 2, 2, never))


def test_cells_cover_the_frame_and_report_progress():
    """Parts of the frame are handed out row by row, with what is around them; the work is reported from 0 to 1."""
    light = np.arange(60 * 90, dtype=np.float32).reshape(60, 90, 1)
    calls = set()

    def estimate(part):
        yield Progress(0.5, "Estimating")
        calls.update(part.ravel().tolist())
        return models.defocus(1.0), 1.0

    fractions = [progress.fraction for progress in estimate_grid(light, 2, 3, estimate)]
    assert len(calls) == light.size
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < fractions[-1] < 1


def test_the_montage_shows_every_kernel_in_its_place():
    """The matrix of kernels as a picture: sure ones bright, unsure ones dim, each where it holds."""
    grid = even_grid([[models.defocus(2.0), models.motion(5.0, 0.0)]], (100, 200), [[1.0, 0.0]])
    picture = montage(grid, gap=2)
    side = len(grid.kernels[0][0])
    assert picture.shape == (side + 4, 2 * side + 6, 3)
    assert picture.dtype == np.float32
    assert picture[2 : 2 + side, 2 : 2 + side].max() == pytest.approx(1.0)
    assert 0 < picture[2 : 2 + side, 4 + side : 4 + 2 * side].max() < 0.5


def test_a_ragged_grid_is_refused():
    """Rows of different lengths are a mistake of the caller and say so."""
    kernel = models.defocus(1.0)
    with pytest.raises(ValueError, match="full rows"):
        KernelGrid(((kernel, kernel), (kernel,)), (((0, 0), (1, 0)), ((0, 1),)), ((1, 1), (1,)))


def test_cells_that_are_not_sure_at_all_count_alike():
    """A grid of estimates with confidence 0 keeps them, with confidence near 0; one odd cell still gives way."""
    right, wrong = models.motion(9.0, 20.0), models.motion(9.0, 110.0)
    kernels = np.array([[right, right, right], [right, wrong, right]])
    reconciled, sure = consensus.reconcile_kernels(kernels, np.zeros((2, 3)))
    assert np.abs(reconciled - right).max() < 0.01
    assert not sure.any()


def test_a_cell_that_fails_among_cells_that_are_not_sure_takes_their_kernel():
    """The reason of one cell is no error of the frame as long as others tell something, however little."""
    kernel = models.motion(9.0, 20.0)
    calls = []

    def estimate(part):
        yield Progress(0.0)
        calls.append(part.shape)
        if len(calls) == 2:
            raise DeblurError("Nothing to see.")
        return kernel, 0.0

    grid = run_to_end(estimate_grid(_photo(120), 2, 2, estimate))
    assert np.abs(grid.kernels[0][1] - kernel).max() < 0.01
    assert max(map(max, grid.confidence)) < 0.01


def test_no_blur_among_blurred_neighbours_is_not_sure():
    """Blur that changes within a cell looks like none: such a cell may keep it, but half as sure as its neighbours."""
    short = np.pad(models.motion(4.0, 20.0), 2)
    point = np.zeros_like(short)
    point[len(point) // 2, len(point) // 2] = 1.0
    _, sure = consensus.reconcile_kernels(np.array([[short, point, short]]), np.ones((1, 3)))
    assert sure.tolist() == [[1.0, 0.5, 1.0]]
    _, alone = consensus.reconcile_kernels(np.array([[point, point, short]]), np.ones((1, 3)))
    assert alone[0, 0] == 1.0
