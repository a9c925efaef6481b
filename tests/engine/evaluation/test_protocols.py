"""Protocols: what a result is compared with, and what does not count."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import scipy.io
from skimage.data import astronaut

from deblur_app.blur import models
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine.evaluation import cases
from deblur_app.engine.evaluation.cases import Case, LoadedCase
from deblur_app.engine.evaluation.protocols import score


@pytest.fixture(scope="module")
def sharp():
    """A face with room around it: shape (200, 200, 3)."""
    pixels = from_integer(np.ascontiguousarray(astronaut()[20:220, 120:320]))
    return cv2.GaussianBlur(pixels, (0, 0), 0.7)  # as a lens does, so that a part of a pixel can be moved by


def shift_picture(pixels, x, y):
    """The picture moved by a shift that need not be whole."""
    matrix = np.array([[1.0, 0.0, x], [0.0, 1.0, y]])
    return cv2.warpAffine(pixels, matrix, pixels.shape[1::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


@pytest.mark.parametrize("layout", ["kohler", "lai"])
def test_a_shift_of_the_result_costs_nothing_where_the_truth_is_laid_on_it(sharp, layout):
    """A kernel may lie anywhere, and so may what it restores."""
    case = LoadedCase(Picture(sharp), (sharp,))
    result = np.clip(shift_picture(sharp, 7.3, -4.6), 0.0, 1.0)
    assert run_to_end(score(case, layout, result)).psnr > 34
    assert run_to_end(score(case, "pairs", result)).psnr < 22


def test_pairs_are_compared_without_their_borders(sharp):
    """Differences within 16 pixels of the border do not count, and one pixel farther in does."""
    case = LoadedCase(Picture(sharp), (sharp,))
    result = sharp.copy()
    result[:16] = result[-16:] = 0.0
    result[:, :16] = result[:, -16:] = 0.0
    assert run_to_end(score(case, "pairs", result)).psnr == np.inf
    result[16, 16:-16] = 0.0
    assert run_to_end(score(case, "gopro", result)).psnr < 40


def test_of_several_poses_the_one_that_fits_best_counts(sharp):
    """As with the trajectories of Köhler et al., where each pose was photographed."""
    turned = cv2.warpAffine(
        sharp, cv2.getRotationMatrix2D((100, 100), 4.0, 1.0), (200, 200), borderMode=cv2.BORDER_REFLECT
    )
    one = run_to_end(score(LoadedCase(Picture(sharp), (turned,)), "kohler", sharp)).psnr
    both = run_to_end(score(LoadedCase(Picture(sharp), (turned, sharp)), "kohler", sharp)).psnr
    assert one < 25
    assert both > 40


def test_levins_files_give_the_error_ratio_to_the_true_kernel(tmp_path, sharp):
    """It is large for the photo as it is, and small for the sharp picture itself, wherever it lies."""
    plane = sharp.mean(axis=2)
    kernel = models.motion(9, 20)
    blurred = cv2.filter2D(plane, -1, np.ascontiguousarray(kernel[::-1, ::-1]), borderType=cv2.BORDER_REFLECT)
    path = tmp_path / "im01_ker01.mat"
    scipy.io.savemat(path, {"x": plane, "y": blurred, "f": kernel[::-1, ::-1]})
    case = run_to_end(cases.load(Case("im01_ker01", path, (path,), "levin")))
    np.testing.assert_allclose(case.kernel, kernel, atol=1e-6)
    left = run_to_end(score(case, "levin", case.photo.pixels))
    assert left.error_ratio is not None
    assert left.error_ratio > 2
    perfect = run_to_end(score(case, "levin", linear_to_srgb(shift_picture(case.truths[0], 2.0, -1.0))))
    assert perfect.error_ratio is not None
    assert perfect.error_ratio < 0.2


@pytest.mark.parametrize(
    "content",
    [
        b"no such file",
        {"x": np.zeros((8, 8))},
        {"x": np.zeros((5000, 2)), "y": np.zeros((5000, 2)), "f": np.ones((3, 3))},
        {"x": np.full((8, 8), 1e300), "y": np.zeros((8, 8)), "f": np.ones((3, 3))},
    ],
)
def test_a_broken_mat_file_is_refused_in_a_sentence(tmp_path, content):
    """Arrays of other names, sides or numbers, and bytes that are none."""
    path = tmp_path / "im01_ker01.mat"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        scipy.io.savemat(path, content)
    with pytest.raises(DeblurError, match="im01_ker01"):
        run_to_end(cases.load(Case("im01_ker01", path, (path,), "levin")))


def test_a_result_of_another_size_is_refused(sharp):
    """No figure of misaligned pictures."""
    with pytest.raises(DeblurError, match="100 × 100"):
        run_to_end(score(LoadedCase(Picture(sharp), (sharp,)), "pairs", sharp[:100, :100]))
