"""The files of the model of expected gains: a card in JSON and plain arrays, and its figures as text and a diagram."""

from __future__ import annotations

import hashlib
import io
import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.engine.choice.expected_gain import FORMAT, name_risk
from training.fit.expected_gain.gain_fit import WORSE
from training.fit.expected_gain.held_out import RIGHT, Limits, bin_gains, summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.engine.choice.expected_gain import GainModel
    from training.fit.expected_gain.held_out import ScenePrediction

_GAIN_EDGES = (-2.0, -1.0, -0.5, -0.2, 0.0, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Decibels between the bins of expected gains."""

_BOX, _SIDE = 30, 260
"""Offset and side in pixels of a diagram."""


def write_model(card: Path, model: GainModel, training: Mapping[str, Any]) -> None:
    """Write the card and, beside it, the arrays of a model.

    Args:
        card: A file whose name ends with `.json`.
        model: The model.
        training: What it was fitted on, for people.
    """
    buffer = io.BytesIO()
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, trees in model.trees.items():
        arrays |= trees.as_arrays(name) | model.risks[name].as_arrays(name_risk(name))
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    data = buffer.getvalue()
    path = card.with_suffix(".npz")
    content = {
        "format": FORMAT,
        "name": "Expected gain",
        "architecture": "regression-trees",
        "features": model.features,
        "candidates": list(model.trees),
        "threshold": round(model.threshold, 3),
        "cost_of_risk": model.cost_of_risk,
        "file": path.name,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "training": training,
    }
    write_atomic(path, data)
    write_atomic(card, (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode())


def describe_figures(predictions: Sequence[ScenePrediction], model: GainModel) -> str:
    """Return the figures of held-out scenes as tables in Markdown."""
    limits = Limits(model.threshold, model.cost_of_risk)
    figures = summarize(predictions, limits)
    sure = [j.is_right(limits) for j in predictions if j.is_sure(limits)]
    lines = [
        "| figure | value |",
        "|---|---:|",
        f"| scenes | {figures['scenes']:.0f} |",
        f"| mean gain, dB | {figures['gain']:.2f} |",
        f"| mean gain of the best candidate of each scene, dB | {figures['best_gain']:.2f} |",
        f"| mean regret, dB | {figures['regret']:.2f} |",
        f"| worse than the photo by over {WORSE} dB | {figures['worse_share']:.1%} |",
        f"| unblurred scenes left as they are | {figures['sharp_kept']:.1%} |",
        f"| told as sure | {len(sure) / max(len(predictions), 1):.1%} |",
        f"| of those, right (within {RIGHT} dB of the best) | {np.mean(sure) if sure else float('nan'):.1%} |",
    ]
    gains = bin_gains(predictions, _GAIN_EDGES)
    lines += ["", "| expected gain, dB | real gain, dB | candidates |", "|---:|---:|---:|"]
    lines += [f"| {told:.2f} | {real:.2f} | {count} |" for told, real, count in gains]
    return "\n".join(lines) + "\n"


def draw_diagram(predictions: Sequence[ScenePrediction]) -> str:
    """Return the reliability diagram of expected and real gains as SVG; larger dots stand for more candidates."""
    bins = bin_gains(predictions, _GAIN_EDGES)
    values = [value for told, real, _ in bins for value in (told, real)]
    low, high = math.floor(min(values)), math.ceil(max(values))

    def place(told: float, real: float) -> tuple[float, float]:
        x, y = ((value - low) / (high - low) for value in (told, real))
        return _BOX + x * _SIDE, _BOX + (1.0 - y) * _SIDE

    points = [(*place(told, real), count) for told, real, count in bins]
    start, end = _BOX, _BOX + _SIDE
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="325" font-family="sans-serif" font-size="11">',
        '<rect width="320" height="325" fill="#fff"/>',
        f'<path d="M{start} {start}V{end}H{end}" fill="none" stroke="#444"/>',
        f'<path d="M{start} {end}L{end} {start}" stroke="#999" stroke-dasharray="4 4"/>',
        *(f'<text x="{place(value, low)[0] - 6:.0f}" y="304">{value:g}</text>' for value in (low, high)),
        *(f'<text x="6" y="{place(low, value)[1] + 4:.0f}">{value:g}</text>' for value in (low, high)),
        '<text x="110" y="320">expected gain in dB</text>',
        '<text x="36" y="20">real gain in dB</text>',
        '<polyline fill="none" stroke="#1f6fb4" points="' + " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points) + '"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + 0.4 * n**0.5:.1f}" fill="#1f6fb4"/>' for x, y, n in points),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
