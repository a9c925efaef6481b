"""Denoising as a method: it leaves the blur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.parameter import Choice, Parameter
from deblur_app.core.texts import tr_later
from deblur_app.engine.method import Method

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from deblur_app.restoration.denoising.denoise import DenoisingMethod


def _run(context: Context, *, kind: DenoisingMethod, strength: float) -> Task[Pixels]:
    from deblur_app.restoration.denoising import denoise

    return denoise.denoise(context.pixels, method=kind, strength=strength)


METHOD = Method(
    name="denoise",
    label=tr_later("Reduce noise only"),
    plain_label=tr_later("Reduce noise only"),
    explanation=tr_later("Leaves the blur and reduces the noise, by as much as is measured in the photo."),
    parameters=(
        Parameter(
            "kind",
            tr_later("How"),
            tr_later("Wavelets keep most detail; patches are good where patterns repeat; variation gives plain areas."),
            "wavelet",
            choices=(
                Choice("wavelet", tr_later("wavelets")),
                Choice("nonlocal", tr_later("similar patches")),
                Choice(tr_later("total variation"), tr_later("total variation")),
            ),
        ),
        Parameter("strength", tr_later("Strength"), tr_later("1 removes the noise that was measured."), 1.0, 0.0, 3.0),
    ),
    run=_run,
    is_neural=False,
)
"""Its entry in the table of methods."""
