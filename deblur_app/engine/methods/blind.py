"""Blind deconvolution as a method: the blur is estimated before it is run, and undone with sparse gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.parameter import Parameter
from deblur_app.core.texts import tr_later
from deblur_app.engine.estimation.search import AUTO, KINDS
from deblur_app.engine.method import Method, PsfUse
from deblur_app.engine.methods import sparse
from deblur_app.engine.methods.deconvolution import DENOISE, SMOOTHING

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context, MethodResult


def _run(context: Context, *, blur: str, smoothing: float, denoise: str) -> Task[Pixels | MethodResult]:
    del blur  # what to look for has been looked for
    values = sparse.METHOD.complete_values({"smoothing": smoothing, "denoise": denoise})
    return sparse.METHOD.run(context, **values)


METHOD = Method(
    name="blind",
    label=tr_later("Blind deconvolution"),
    explanation=tr_later("Estimates the blur from the photo alone, then removes it with sparse gradients."),
    parameters=(
        Parameter("blur", tr_later("Blur"), tr_later("What kind of blur the photo has."), AUTO, choices=KINDS),
        SMOOTHING,
        DENOISE,
    ),
    run=_run,
    is_neural=False,
    psf=PsfUse.ESTIMATED,
)
"""Its entry in the table of methods."""
