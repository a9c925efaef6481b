"""The figures that the paper prints, beside those of a run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from training.runs.events import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAPER_ACCURACIES = {10: (0.6012, 0.6225, 0.6100), 50: (0.7359, 0.7502, 0.7410), 100: (0.7729, 0.7913, 0.7850)}
"""Epoch → accuracy over the training, validation and testing pictures, as printed in Table 2 of the paper."""

_NOTE = (
    "The paper prints accuracies and no PSNR. The run has its own pictures and its own division of them, so nothing "
    "here claims to reproduce the paper's figures; doing nothing, which the paper does not print, is the measure of "
    "both. In the paper, validation and testing lie above training, which is rare for pictures that took no part. Its "
    "abstract names the epochs 10, 25, 50 and 75, its table 10, 50 and 100."
)


def paper_table(epochs: Sequence[Mapping[str, Any]], do_nothing: float) -> str:
    """Return the HTML of a table with the paper's accuracies, those of a run at the same epochs, and of doing nothing.

    Args:
        epochs: The figures of the run's epochs, of which “epoch”, “accuracy” and “val_accuracy” are shown.
        do_nothing: Accuracy of the blurred validation pictures themselves; NaN where it is not known.
    """
    own = {epoch["epoch"]: epoch for epoch in epochs}
    rows = "".join(_row(number, paper, own.get(number, {}), do_nothing) for number, paper in PAPER_ACCURACIES.items())
    heads = "".join(f"<th>{name}</th>" for name in ("training", "validation", "testing", "training", "validation"))
    return (
        '<div class="wide"><table>\n<thead>\n'
        '<tr><th></th><th colspan="3">The paper, accuracy</th><th colspan="2">This run, accuracy</th><th></th></tr>\n'
        f"<tr><th>Epoch</th>{heads}<th>do nothing</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
        f'<p class="soft">{_NOTE}</p>'
    )


def _row(number: int, paper: Sequence[float], own: Mapping[str, Any], do_nothing: float) -> str:
    texts = [f"{share:.2%}" for share in paper]
    texts += [number_text(own.get(name, math.nan), ".1%") for name in ("accuracy", "val_accuracy")]
    cells = "".join(f"<td>{text}</td>" for text in [*texts, number_text(do_nothing, ".1%")])
    return f"<tr><th>{number}</th>{cells}</tr>\n"
