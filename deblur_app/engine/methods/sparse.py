"""Deconvolution with sparse gradients, the hyper-Laplacian prior, as a method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.parameter import Parameter
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.method import Method, PsfUse
from deblur_app.engine.methods.deconvolution import DENOISE, HIGHLIGHTS, PLAIN, PROTECT, SMOOTHING, deconvolve_photo

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context


def _run(
    context: Context, *, smoothing: float, exponent: float, iterations: int, highlights: str, denoise: str
) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import hyper_laplacian, quantisation
    from deblur_app.restoration.denoising.noise_level import noise_level

    reduced, jpeg_table = context.reduced, context.find_jpeg_table()

    def deconvolve(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        yield Progress(0.0, tr("Measuring the noise"))
        noise = math.hypot(noise_level(light), quantisation.equivalent_noise(jpeg_table, light))
        weight = hyper_laplacian.regularisation_for(noise, kernel)
        if reduced:
            weight = max(weight, reduced.sparse_regularisation(exponent))
        weights = None if highlights == PROTECT else np.ones_like(light)
        task = hyper_laplacian.sparse(
            light,
            kernel,
            regularisation=weight * 2.0**smoothing,
            exponent=exponent,
            weights=weights,
            iterations=iterations,
        )
        return (yield from task)

    return deconvolve_photo(context, deconvolve, denoise)


METHOD = Method(
    name="sparse",
    label=tr_later("Sparse gradients"),
    explanation=tr_later(
        "Removes a known blur, with sharp edges and quiet flat areas: the best of the classical methods."
    ),
    parameters=(
        SMOOTHING,
        Parameter("exponent", tr_later("Sparseness"), tr_later("Lower: fewer and stronger edges."), 0.667, 0.5, 1.0),
        Parameter("iterations", tr_later("Iterations"), tr_later("6 give its look, 16 its quality."), 16, 2, 50),
        HIGHLIGHTS,
        DENOISE,
    ),
    draft={**PLAIN, "iterations": 5},
    run=_run,
    is_scalable=True,
    is_neural=False,
    psf=PsfUse.GIVEN,
)
"""Its entry in the table of methods."""
