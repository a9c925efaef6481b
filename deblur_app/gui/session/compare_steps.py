"""The comparison with a ground truth, as a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.task import Task, subtask
from deblur_app.engine import tasks
from deblur_app.gui.session.opening import pairing

if TYPE_CHECKING:
    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Picture
    from deblur_app.engine.tasks import Comparison


@dataclass(frozen=True)
class Figures:
    """The figures against a ground truth.

    Attributes:
        comparison: Those of result and input, where there is a result.
        quality: Those of the input, where there is none.
        is_unrelated: Whether the ground truth shows something else, so that they say nothing.
    """

    comparison: Comparison | None
    quality: Quality | None
    is_unrelated: bool


def compute_figures(blurred: Picture, truth: Picture, result: Picture | None) -> Task[Figures]:
    """Compare with a ground truth; for errors see `tasks.compare`."""
    comparison = quality = None
    if result:
        comparison = yield from subtask(tasks.compare(blurred, truth, result), 0.0, 0.9)
    else:
        quality = yield from subtask(tasks.measure(truth, blurred), 0.0, 0.9)
    return Figures(comparison, quality, pairing.is_unrelated(blurred, truth))
