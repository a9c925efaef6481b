"""Richardson-Lucy deconvolution as a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.texts import tr_later
from deblur_app.engine.method import Method, PsfUse
from deblur_app.engine.methods.deconvolution import DENOISE, HIGHLIGHTS, PLAIN, PROTECT, deconvolve_photo

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context


def _run(
    context: Context, *, iterations: int, damping: float, variation: float, pace: str, highlights: str, denoise: str
) -> Task[Pixels]:
    from deblur_app.restoration.deconvolution import richardson_lucy, saturation

    def deconvolve(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        return richardson_lucy.richardson_lucy(
            light,
            kernel,
            iterations=iterations or None,
            damping=damping,
            total_variation=variation,
            accelerated=pace == "accelerated",
            trust=saturation.weights(light) if highlights == PROTECT else None,
        )

    return deconvolve_photo(context, deconvolve, denoise)


METHOD = Method(
    name="richardson-lucy",
    label="Richardson-Lucy",
    explanation=tr_later(
        "Removes a known blur step by step and keeps light positive; stops automatically at the noise."
    ),
    parameters=(
        Parameter(
            "iterations",
            tr_later("Iterations"),
            tr_later("0 (auto) stops when only noise is left."),
            0,
            0,
            500,
            automatic=0,
        ),
        Parameter(
            "damping",
            tr_later("Damping"),
            tr_later("Differences below so many standard deviations of the noise stay."),
            0.0,
            0.0,
            5.0,
        ),
        Parameter(
            "variation", tr_later("Total variation"), tr_later("How much flat areas are held flat."), 0.01, 0.0, 0.1
        ),
        Parameter(
            "pace",
            tr_later("Pace"),
            tr_later("Accelerated steps reach in a few what plain ones reach in many."),
            "accelerated",
            choices=(Choice("accelerated", tr_later("accelerated (Biggs and Andrews)")), Choice("plain", "plain")),
        ),
        HIGHLIGHTS,
        DENOISE,
    ),
    draft={**PLAIN, "iterations": 8},
    run=_run,
    is_neural=False,
    psf=PsfUse.GIVEN,
)
"""Its entry in the table of methods."""
