"""Kernels of regions in files: they come back as they were, and files of others are checked first."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur import models
from deblur_app.blur.kernel_files import files, grids
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from pathlib import Path

GRID = even_grid(
    [[models.motion(5.0 + 2 * column, 30.0) for column in range(3)] for _ in range(2)],
    (200, 300),
    [[0.9, 0.5, 0.1]] * 2,
)


def arrays() -> dict[str, np.ndarray]:
    """The members of a file that is as it should be."""
    with np.load(io.BytesIO(grids.grid_bytes(GRID))) as members:
        return dict(members)


def write_grid(tmp_path: Path, **members: np.ndarray) -> Path:
    """A file with some other members."""
    path = tmp_path / "grid.npz"
    np.savez(path, **{**arrays(), **members})
    return path


def test_a_grid_comes_back_as_it_was(tmp_path: Path) -> None:
    """Kernels, their places and their confidence."""
    path = files.write_psf(Psf(GRID), tmp_path / "grid.npz")
    read = files.read_psf(path)
    assert read.note == ""
    assert read.psf.grid is not None
    assert np.allclose(np.array(read.psf.grid.kernels), np.array(GRID.kernels), atol=1e-6)
    assert read.psf.grid.centres == GRID.centres
    assert read.psf.grid.confidence == GRID.confidence
    assert read.psf.confidence == pytest.approx(0.5)


def test_one_kernel_comes_back_as_one(tmp_path: Path) -> None:
    """With its colours too; a grid that goes into a picture becomes one to look at."""
    colours = np.stack([models.motion(5.0, 0.0), models.motion(5.0, 0.0), models.motion(5.0, 0.0)], axis=2)
    for kernel in (models.defocus(2.0), colours):
        psf = files.read_psf(files.write_psf(Psf(kernel), tmp_path / "one.npz")).psf
        assert psf.uniform is not None
        assert np.allclose(psf.uniform, kernel, atol=1e-6)
    table = image_io.read(files.write_psf(Psf(GRID), tmp_path / "table.png"))
    assert table.width > 3 * len(GRID.kernels[0][0])


def test_who_needs_one_kernel_is_told_that_there_are_more(tmp_path: Path) -> None:
    """Not that the file is damaged."""
    path = files.write_psf(Psf(GRID), tmp_path / "grid.npz")
    with pytest.raises(DeblurError, match="a kernel for each region"):
        files.read_kernel(path)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"kernels": np.ones((2, 3, 4, 4), np.float32)}, "shape"),
        ({"kernels": np.ones((2, 3, 5, 7), np.float32)}, "shape"),
        ({"kernels": np.ones((2, 3), np.float32)}, "shape"),
        ({"kernels": np.ones((2, 3, 513, 513), np.float32)}, "shape"),
        ({"kernels": np.ones((2, 3, 5, 5), np.int64)}, "type"),
        ({"kernels": np.full((2, 3, 5, 5), np.nan, np.float32)}, "no numbers"),
        ({"kernels": np.zeros((2, 3, 5, 5), np.float32)}, "without light"),
        ({"kernels": np.eye(5, dtype=np.float32)[None, None].repeat(2, 0).repeat(3, 1) - 0.1}, "without light"),
        ({"kernels": np.ones((3, 3, 5, 5), np.float32)}, "numbers of regions"),
        ({"centres": arrays()["centres"][:, ::-1]}, "rows and columns"),
        ({"centres": arrays()["centres"] + np.random.default_rng(1).random((2, 3, 2))}, "rows and columns"),
        ({"confidence": np.full((2, 3), 2.0)}, "no probability"),
        ({"more": np.zeros(3)}, "does not belong"),
        (dict.fromkeys(("reduction", "trust", "trust_box", "more"), np.zeros(1)), "too many members"),
    ],
)
def test_a_grid_that_cannot_be_is_refused(tmp_path: Path, members: dict[str, np.ndarray], reason: str) -> None:
    """In one sentence that names the file and what is wrong with it."""
    with pytest.raises(DeblurError, match=rf"“grid\.npz” holds no kernels of regions \(.*{reason}"):
        files.read_psf(write_grid(tmp_path, **members))


def test_damaged_files_and_objects_are_refused(tmp_path: Path) -> None:
    """Cut off, something else, a member too few, and pickled objects."""
    good = grids.grid_bytes(GRID)
    path = tmp_path / "grid.npz"
    for data in (good[:-30], b"no zip at all, but long enough to hold an end", good + b"more"):
        path.write_bytes(data)
        with pytest.raises(DeblurError, match="no kernels of regions"):
            files.read_psf(path)
    np.savez(path, kernels=arrays()["kernels"])
    with pytest.raises(DeblurError, match="no kernels of regions"):
        files.read_psf(path)
    np.savez(path, **{**arrays(), "kernels": np.array([[None]])})
    with pytest.raises(DeblurError, match="no kernels of regions"):
        files.read_psf(path)
    with zipfile.ZipFile(path, "w") as members:
        members.writestr("kernels.npy", b"\x93NUMPY")
    with pytest.raises(DeblurError, match="no kernels of regions"):
        files.read_psf(path)
