"""Files of fields of kernels: read as they were written, and checked before anything is taken from them."""

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.kernel_files.files import read_psf, write_psf
from deblur_app.blur.kernel_grid import even_grid, field_of_grid
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError


@pytest.fixture
def field():
    """Return a field of three different streaks in each of two rows."""
    kernels = [[models.motion(5.0 + 2 * row, 20.0 * column) for column in range(3)] for row in range(2)]
    return field_of_grid(even_grid(kernels, (40, 60), [[0.5] * 3, [0.25] * 3]))


def test_a_field_is_read_as_it_was_written(field, tmp_path):
    """With its places and its confidence."""
    write_psf(Psf(field), tmp_path / "field.npz")
    read = read_psf(tmp_path / "field.npz").psf

    assert read.field is not None
    assert read.confidence == pytest.approx(0.375)
    for name in ("basis", "weights", "xs", "ys", "confidence"):
        np.testing.assert_allclose(getattr(read.field, name), getattr(field, name), atol=1e-6)


def test_a_field_is_written_as_a_picture_of_its_kernels(field, tmp_path):
    """To look at."""
    picture = image_io.read(write_psf(Psf(field), tmp_path / "field.png"))

    assert picture.height < picture.width


@pytest.mark.parametrize(
    "changed",
    [
        {"basis": np.ones((20, 3, 3))},
        {"basis": np.ones((2, 4, 4))},
        {"weights": np.ones((2, 3, 1))},
        {"xs": np.array([3.0, 2.0, 1.0])},
        {"ys": np.array([[1.0]])},
        {"confidence": np.full((2, 3), 2.0)},
        {"confidence": np.full((2, 3), np.nan)},
        {"weights": np.zeros((2, 3, 6))},
        {"weights": np.full((2, 3, 6), 1e300)},
        {"basis": np.array([["a"]])},
    ],
)
def test_a_file_that_holds_no_field_is_refused(field, tmp_path, changed):
    """Whatever is wrong with it."""
    arrays = {name: np.array(getattr(field, name)) for name in ("basis", "weights", "xs", "ys", "confidence")}
    np.savez(tmp_path / "field.npz", **{**arrays, **changed})

    with pytest.raises(DeblurError, match="holds no field of kernels"):
        read_psf(tmp_path / "field.npz")


def test_a_file_without_its_weights_is_refused(field, tmp_path):
    """The sentence says how to make one."""
    np.savez(tmp_path / "field.npz", basis=field.basis)

    with pytest.raises(DeblurError, match="deblur psf --field"):
        read_psf(tmp_path / "field.npz")
