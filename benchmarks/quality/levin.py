"""The error ratio of Levin et al., "Understanding and evaluating blind deconvolution algorithms" (2009).

How much worse a picture comes out with an estimated kernel than with the true one: the sum of squared differences to
the sharp picture with the one over that with the other, by the same deconvolution, each after its best shift in
quarters of a pixel, because a kernel may lie anywhere. Up to 3 the two look alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality import cases as quality_cases
from benchmarks.quality import rows as quality_rows
from deblur_app.core.task import run_to_end
from deblur_app.engine.evaluation.protocols import align_by_shift
from deblur_app.restoration.deconvolution.hyper_laplacian import sparse

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_REGULARISATION = 1e-3
"""One for all, as Levin et al. have it: of 1e-5 to 3e-3, the one with which the true kernels do best."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One of the 32 pairs.

    Attributes:
        light: The photo, shape (255, 255, 1); its values are proportional to light.
        truth: The sharp picture, likewise.
        kernel: The kernel that was measured.
    """

    light: Pixels
    truth: Pixels
    kernel: Kernel


def load(path: Path) -> Pair:
    """Return the pair of one of Levin's files."""
    case = quality_cases.make(quality_cases.Recipe(path, quality_cases.LEVIN, quality_cases.REAL))
    return Pair(case.blurred[:, :, :1], case.truth[:, :, :1], case.kernel)


def error_ratio(pair: Pair, kernel: Kernel) -> float:
    """Return the error with `kernel` over the error with the true one; 1 is as good."""
    return error(pair, kernel) / error(pair, pair.kernel)


def error(pair: Pair, kernel: Kernel) -> float:
    """Return the sum of squared differences with a kernel, without the border that the true one reaches over."""
    task = sparse(pair.light, kernel, regularisation=_REGULARISATION)
    # As planes: OpenCV drops an axis of one channel, and (h, w) minus (h, w, 1) would compare rows with columns.
    restored, truth = np.clip(run_to_end(task)[:, :, 0], 0.0, 1.0), pair.truth[:, :, 0]
    reach = max(len(pair.kernel) // 2, quality_rows.BORDER)
    inside = (slice(reach, -reach),) * 2
    moved = align_by_shift(truth, restored)
    return float(np.square(moved[inside] - truth[inside], dtype=np.float64).sum())
