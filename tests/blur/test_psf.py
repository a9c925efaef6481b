"""One point spread function: its kernels, the place they hold for, other scales, and words for people."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.kernel_files.files import read_psf, write_psf
from deblur_app.blur.kernel_grid import KernelGrid, even_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Origin, Psf
from deblur_app.blur.trust_map import TrustMap
from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from pathlib import Path

MOTION = Blur("motion", {"length": 14.0, "angle": 32.0})


def grid(rows: int = 3, columns: int = 4) -> KernelGrid:
    """Level lines that grow from left to right, for a frame of 400 × 300 pixels."""
    kernels = [[models.motion(3.0 + 4 * column, 0.0) for column in range(columns)] for _ in range(rows)]
    return even_grid(kernels, (300, 400))


def test_one_kernel_holds_everywhere() -> None:
    """Its middle and each of its places have the same one, which is that of its model."""
    psf = Psf.of_model(MOTION)
    assert psf.uniform is psf.kernel is psf.at(3.0, 200.0)
    assert np.array_equal(psf.kernel, MOTION.kernel())
    assert psf.grid is None
    assert psf.side == len(psf.kernel)
    assert (psf.origin, psf.model, psf.confidence) == (Origin.GIVEN, MOTION, 1.0)


def test_a_smaller_copy_of_a_photo_is_reduced_less() -> None:
    """A kernel that was found at a quarter of the size is known at half of the size of a copy half as large."""
    psf = Psf.of_model(MOTION)
    assert psf.scaled(0.5).reduction == 1
    assert [dataclasses.replace(psf, reduction=4).scaled(scale).reduction for scale in (1.0, 0.5, 0.1)] == [4, 2, 1]


def test_kernels_of_a_grid_are_blended_between_their_places() -> None:
    """At a centre its own, half way to the next the mean of both, outside the nearest; light is kept everywhere."""
    kernels = grid()
    psf = Psf(kernels)
    (x, y), (right, _) = kernels.centres[0][:2]
    assert np.allclose(psf.at(x, y), kernels.kernels[0][0])
    between = (kernels.kernels[0][0] + kernels.kernels[0][1]) / 2
    assert np.allclose(psf.at((x + right) / 2, y), between, atol=1e-6)
    assert np.allclose(psf.at(-50.0, -50.0), kernels.kernels[0][0])
    assert psf.at(123.0, 77.0).sum() == pytest.approx(1.0, abs=1e-5)
    assert psf.kernel is kernels.kernels[1][2]
    assert psf.uniform is None


def test_a_copy_of_half_the_size_has_half_the_blur() -> None:
    """The kernel shrinks with the photo, and values that hold for the photo do not go with it."""
    psf = Psf.of_model(MOTION, Origin.ESTIMATED, 0.7)
    half = psf.scaled(0.5)
    assert kernel_arrays.describe(half.kernel).extent[0] == pytest.approx(
        kernel_arrays.describe(psf.kernel).extent[0] / 2, abs=2
    )
    assert (half.origin, half.model, half.confidence) == (Origin.ESTIMATED, None, 0.7)
    colours = np.stack([models.motion(5.0, 0.0)] * 3, axis=2)
    assert Psf(colours).scaled(0.5).kernel.shape[2] == 3


def test_a_grid_is_reduced_and_cut_with_the_photo() -> None:
    """The kernels keep their places in what is seen, and regions that are not seen are left out."""
    psf = Psf(grid())
    whole = psf.scaled(0.5, (0, 0), (400, 300)).grid
    assert whole is not None
    assert (whole.rows, whole.columns) == (3, 4)
    assert whole.centres[1][2] == pytest.approx((124.5, 74.5))
    part = psf.scaled(1.0, (0, 0), (60, 60)).grid
    assert part is not None
    assert (part.rows, part.columns) == (2, 2)  # from 50 on the second column begins to count
    assert part.centres[0][0] == pytest.approx((49.5, 49.5))
    assert np.allclose(part.kernels[0][0], grid().kernels[0][0])
    everything = psf.scaled(1.0).grid
    assert everything is not None
    assert (everything.rows, everything.columns) == (3, 4)


@pytest.mark.parametrize(
    ("psf", "words"),
    [
        (Psf.of_model(MOTION), "Motion blur, 14 px at 32°"),
        (Psf.of_model(Blur("motion", {"length": 9.04, "angle": -10.0})), "Motion blur, 9.04 px at 170°"),
        (Psf.of_model(Blur("defocus", {"radius": 3.0})), "Out of focus, radius 3 px"),
        (Psf.of_model(Blur("turbulence", {"sigma": 1.6})), "Air turbulence, σ 1.6 px"),
        (Psf.of_model(Blur("shake", {"extent": 12.0, "seed": 3})), "Camera shake, 12 px"),
        (Psf.of_model(Blur("motion", {})), "Motion blur, 14 px at 32°"),
        (Psf(models.motion(5.0, 0.0), Origin.ESTIMATED), "Camera shake, 6 × 1 px"),
        (Psf(models.motion(5.0, 0.0), Origin.DRAWN), "Kernel, 6 × 1 px"),
        (Psf(grid()), "Blur that varies over the frame"),
    ],
)
def test_a_user_is_told_in_a_few_words(psf: Psf, words: str) -> None:
    """A model by its values, whether or not they are the defaults; any other kernel by its size."""
    kernel_size = kernel_arrays.describe(psf.kernel).extent
    assert psf.describe() == words.replace("6 × 1", f"{kernel_size[0]} × {kernel_size[1]}")


def test_nothing_of_a_psf_can_be_replaced_in_place() -> None:
    """Whoever has one has it as it was made; a model that cannot be has none."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Psf.of_model(MOTION).confidence = 0.1  # type: ignore[misc]
    with pytest.raises(DeblurError, match="no blur “fog”"):
        Psf.of_model(Blur("fog"))


def test_a_point_blurs_nothing() -> None:
    """There is something to undo where one colour has its light in one pixel only and another has not."""
    point = np.ones((1, 1), np.float32)
    assert Psf(point).is_identity(0.999)
    assert not Psf(models.motion(5.0, 0.0)).is_identity(0.999)
    assert not Psf(even_grid([[point]], (10, 10))).is_identity(0.999)


def test_the_trust_in_kernels_is_kept_in_their_file_and_follows_the_photo(tmp_path: Path) -> None:
    """Moved and scaled with the kernels; between its cells it is interpolated."""
    values = np.ones((2, 4), np.float32)
    values[:, 0] = 0.0
    psf = Psf(models.motion(9.0, 20.0), trust=TrustMap(values, (10.0, 20.0, 80.0, 40.0)))

    read = read_psf(write_psf(psf, tmp_path / "kernel.npz")).psf
    assert read.trust is not None
    np.testing.assert_array_equal(read.trust.values, values)
    moved, scaled = read.moved(-10.0, -20.0).trust, read.scaled(0.5, (10, 20)).trust
    assert moved is not None
    assert scaled is not None
    assert moved.box == (0.0, 0.0, 80.0, 40.0)
    pixels = scaled.of_pixels(20, 40)
    assert pixels[10, 2] == 0.0
    assert 0.0 < pixels[10, 10] < 1.0
    assert pixels[10, 30] == 1.0
