"""Test of a kernel on its photograph: restored with it and blurred again, and beside the kernel turned by half a turn.

The power spectrum cannot tell a path from its mirror image, which has the same powers and other phases. A photograph
can: with the wrong one its edges ring, so that the scene needs more gradients and still fits worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Task, run_unless
from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for, sparse
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.blocks import convolution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_ITERATIONS = 12  # of the sparse method
_IMPUTED_EVERY = 3  # of them, what lies beyond the borders is filled in, where all else is known
_EXPONENT = 2 / 3
"""Exponent of the gradients in the penalty, the default of `sparse`: what it minimises is what is compared."""

_LEAST_NOISE = 0.003
"""Standard deviation below which noise is not what keeps a photograph from being explained."""

_FLAT = 1e-8  # added to squared gradients, so that their power is smooth at 0


@dataclass(frozen=True)
class Consistency:
    """The agreement of a photograph with a kernel.

    Attributes:
        misfit: Half the mean squared difference between the photograph and the restored one, blurred again, in
            variances of the noise: 0.1 to 0.35 for right kernels.
        advantage: How much better it is explained than by the kernel turned by half a turn, where misfit and gradients
            count as in `sparse`; 0 for a kernel that is its own mirror image, below 0 for a wrong one.
        symmetry: How much the kernel resembles itself after half a turn, as a correlation up to 1.
    """

    misfit: float
    advantage: float
    symmetry: float


def measure_misfit(plane: Pixels, is_known: NDArray[np.bool_], kernel: Kernel, *, reduced: int = 1) -> Task[float]:
    """Return the misfit of `compare_with_mirror` alone, in half the time."""
    misfit, _ = yield from _energies(plane, is_known, kernel, _noise(plane, reduced))
    return misfit


def measure_detail(plane: Pixels, is_known: NDArray[np.bool_], *, reduced: int = 1) -> Task[float]:
    """Return the energy of the gradients of a photograph that is taken as sharp, in variances of its noise."""
    identity = np.ones((1, 1), np.float32)
    _, gradients = yield from _energies(plane, is_known, identity, _noise(plane, reduced))
    return gradients


def compare_with_mirror(
    plane: Pixels, is_known: NDArray[np.bool_], kernel: Kernel, *, reduced: int = 1
) -> Task[Consistency]:
    """Undo the blur of a photograph with a kernel, and with its mirror image.

    Args:
        plane: The photograph, shape (height, width), linear light with a standard deviation of about 1/6.
        is_known: Which of its pixels say how much light there was, same shape.
        kernel: Shape (n, n).
        reduced: How many times smaller the photograph was made: that averages noise, but not what no kernel explains.
    """
    noise = _noise(plane, reduced)
    turned = np.ascontiguousarray(kernel[::-1, ::-1])
    stopped = Event()
    with fourier.side_by_side(1) as pool:
        mirrored = pool.submit(run_unless, stopped, _energies(plane, is_known, turned, noise))
        try:
            misfit, gradients = yield from _energies(plane, is_known, kernel, noise)
            others = mirrored.result()
        finally:
            stopped.set()
    symmetry = float((kernel * turned).sum() / np.square(kernel).sum())
    return Consistency(misfit, sum(others) - misfit - gradients, symmetry)


def _noise(plane: Pixels, reduced: int) -> float:
    return max(noise_level(plane[:, :, None]), _LEAST_NOISE * reduced)


def _energies(plane: Pixels, is_known: NDArray[np.bool_], kernel: Kernel, noise: float) -> Task[tuple[float, float]]:
    """Return the two terms that `sparse` minimises, per pixel, in variances of the noise: misfit and gradients."""
    regularisation = regularisation_for(noise, kernel)
    trust = is_known.astype(np.float32)
    work = sparse(
        plane[:, :, None],
        kernel,
        regularisation=regularisation,
        exponent=_EXPONENT,
        weights=trust[:, :, None],
        iterations=_ITERATIONS,
        imputed_every=_IMPUTED_EVERY if is_known.all() else 1,
    )
    scene = (yield from work)[:, :, 0]
    rim = min(len(kernel), min(plane.shape) // 4)
    inside = (slice(rim, -rim),) * 2
    gap = np.square(convolution(scene, kernel) - plane)[inside]
    misfit = 0.5 * float((gap * trust[inside]).sum()) / max(float(trust[inside].sum()), 1.0) / noise**2
    steps = np.square(np.diff(scene, axis=0)[:, :-1]) + np.square(np.diff(scene, axis=1)[:-1]) + _FLAT
    return misfit, regularisation / noise**2 * float((steps ** (_EXPONENT / 2))[inside].mean())
