"""Linear filters as methods: their regularisation is chosen by cross-validation, and lamps are kept from ringing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.task import Progress, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.method import Method, PsfUse
from deblur_app.engine.methods.deconvolution import DENOISE, HIGHLIGHTS, PLAIN, PROTECT, SMOOTHING, deconvolve_photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context


def make_method(name: str, label: str, explanation: str, *, order: int) -> Method:
    """Return the method of a linear filter.

    Args:
        name: The method's name.
        label: What people read.
        explanation: One sentence.
        order: The differences that it holds small, as in `quadratic`.
    """

    def run(context: Context, *, smoothing: float, highlights: str, denoise: str) -> Task[Pixels]:
        deconvolve = _with_chosen_regularisation(context, order, smoothing, is_protected=highlights == PROTECT)
        return deconvolve_photo(context, deconvolve, denoise)

    return Method(
        name=name,
        label=label,
        explanation=explanation,
        parameters=(SMOOTHING, HIGHLIGHTS, DENOISE),
        draft=PLAIN,
        run=run,
        is_scalable=True,
        is_neural=False,
        psf=PsfUse.GIVEN,
    )


def _with_chosen_regularisation(
    context: Context, order: int, smoothing: float, *, is_protected: bool
) -> Callable[[Pixels, Kernel], Task[Pixels]]:
    """Return a linear filter with regularisation by cross-validation, kept from ringing around highlights.

    It is never weaker than the rounding of the file allows.

    The choice is made on what the filter gets: lamps that clipped fit no blur, and would pass for fine detail.
    """
    from deblur_app.restoration.deconvolution import quantisation, saturation, wiener
    from deblur_app.restoration.deconvolution.gcv import gcv_curve

    reduced, jpeg_table = context.reduced, context.find_jpeg_table()

    def function(light: Pixels, kernel: Kernel) -> Task[Pixels]:
        def once(light: Pixels) -> Task[Pixels]:
            yield Progress(0.0, tr("Choosing the regularisation"))
            weight = reduced.last(order) if reduced else None
            if weight is None:
                curve = gcv_curve(light, kernel, order=order)
                least = quantisation.least_regularisation(jpeg_table, curve, kernel, order)
                weight = max(curve.regularisation, least)
                if reduced:
                    # Not below what the copy asks for: reduced kernels are not exact, which passes for noise.
                    choosing = reduced.regularisation(order, without_lamps=is_protected)
                    weight = max(weight, (yield from subtask(choosing, 0.0, 0.1)))
                    reduced.keep(order, weight)
            solution = wiener.regularize(light, kernel, weight * 2.0**smoothing, order)
            return (yield from subtask(solution, 0.1, 1.0))

        if is_protected:
            return saturation.deconvolve_with_highlights(light, kernel, once, left=saturation.STRICT)
        return once(light)

    return function
