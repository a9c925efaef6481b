"""MAXIM, a public network, as a method, once the user has added it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.parameter import Parameter
from deblur_app.core.texts import tr_later
from deblur_app.engine.method import Method
from deblur_app.engine.models.third_party import store
from deblur_app.engine.models.third_party.known import MAXIM

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context, MethodResult


def _run(context: Context, *, tile: int) -> Task[Pixels | MethodResult]:
    from deblur_app.engine.models.third_party import inference

    return inference.restore(context.pixels, context.device, packaged=MAXIM, tile=tile, region=context.region)


METHOD = Method(
    name=MAXIM.name,
    label=MAXIM.label,
    explanation=tr_later(
        "A large public network that was trained on photos of moving scenes. Take it for strong movement, and time "
        "for it: it needs minutes for a photo. Google Research, github.com/google-research/maxim, licence Apache-2.0."
    ),
    parameters=(
        Parameter(
            name="tile",
            label=tr_later("Tile size"),
            explanation=tr_later(
                "The network works on one tile at a time; larger ones show it more and take more memory."
            ),
            default=512,
            minimum=128,
            maximum=1024,
            unit="px",
        ),
    ),
    run=_run,
    is_offered=lambda: store.is_installed(MAXIM.name),
)
"""Its entry in the table of methods."""
