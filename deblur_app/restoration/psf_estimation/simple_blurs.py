"""The blurs of one or two parameters, as a search over spectra needs them: their |H|², and where to look."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy.special

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deblur_app.restoration.psf_estimation.evidence.power_spectrum import PowerSpectrum, Values

type Point = tuple[float, ...]
"""Values of the parameters of a kind of blur, in the order of its names."""

_SHORTEST, _LONGEST = 2.5, 90.0
"""Of lines, in pixels. Here and for the other kinds: what is smaller, lenses and sensors do to every photograph."""

_APART = 1.25
"""Ratio of sizes from which on two blurs may be two minima."""


@dataclass(frozen=True)
class SimpleBlur:
    """The search for one kind of blur.

    Attributes:
        names: Its parameters.
        response: |H|² at the frequencies of a spectrum.
        grid: Where to look first: runs of neighbouring points.
        steps: Takes a point; gives the first step of the refinement for each parameter.
        tidy: Takes a point; gives the same blur in the usual range.
        is_apart: Whether two points are different blurs, so that both are worth a refinement.
        least: Smallest values.
        most: Largest values.
        cost: What the score must gain before this kind is taken: its freedom to explain a scene that is only odd.
    """

    names: tuple[str, ...]
    response: Callable[[PowerSpectrum, Point], Values]
    grid: Callable[[], Iterator[list[Point]]]
    steps: Callable[[Point], Point]
    tidy: Callable[[Point], Point]
    is_apart: Callable[[Point, Point], bool]
    least: Point
    most: Point
    cost: float


def _line(spectrum: PowerSpectrum, point: Point) -> Values:
    length, angle = point[0], math.radians(point[1])
    along = spectrum.x * math.cos(angle) - spectrum.y * math.sin(angle)
    shared = _pixel(spectrum) ** 2  # each point of the line among four pixels
    return np.sinc(length * along) ** 2 * shared


def _disk(spectrum: PowerSpectrum, point: Point) -> Values:
    phase = 2 * np.pi * point[0] * spectrum.radius
    airy: Values = 2 * scipy.special.j1(phase) / phase
    return _pixel(spectrum) * airy**2


def _gaussian(spectrum: PowerSpectrum, point: Point) -> Values:
    return _pixel(spectrum) * np.exp(-((2 * np.pi * point[0] * spectrum.radius) ** 2))


def _pixel(spectrum: PowerSpectrum) -> Values:
    """Return |H|² of a pixel's area, which kernels are averaged over."""
    return (np.sinc(spectrum.x) * np.sinc(spectrum.y)) ** 2


def _line_grid() -> Iterator[list[Point]]:
    """Yield lengths in even ratios; the longer the line, the finer its angles."""
    for length in np.geomspace(_SHORTEST * 1.1, _LONGEST * 0.9, 40).tolist():
        count = int(np.clip(math.pi * length / 1.6, 8, 60))
        yield [(length, number * 180.0 / count) for number in range(count)]


def _tidy_line(point: Point) -> Point:
    """Return the angle in (-90°, 90°]: half a turn changes nothing."""
    return point[0], 90.0 - (90.0 - point[1]) % 180.0


def _lines_apart(one: Point, other: Point) -> bool:
    turn = abs(one[1] - other[1]) % 180.0
    return _sizes_apart(one, other) or min(turn, 180.0 - turn) > 12.0


def _sizes_apart(one: Point, other: Point) -> bool:
    return abs(math.log(one[0] / other[0])) > math.log(_APART)


def _one_size(name: str, response: Callable[[PowerSpectrum, Point], Values], least: float, most: float) -> SimpleBlur:
    """Return the search for a blur that only has a size."""
    return SimpleBlur(
        names=(name,),
        response=response,
        grid=lambda: iter([[(size,) for size in np.geomspace(least, most, 60).tolist()]]),
        steps=lambda point: (0.04 * point[0],),
        tidy=lambda point: point,
        is_apart=_sizes_apart,
        least=(least,),
        most=(most,),
        cost=1.0,
    )


SIMPLE_BLURS = {
    "motion": SimpleBlur(
        names=("length", "angle"),
        response=_line,
        grid=_line_grid,
        steps=lambda point: (0.08 * point[0], max(0.8 * 57.3 / point[0], 1.0)),
        tidy=_tidy_line,
        is_apart=_lines_apart,
        least=(_SHORTEST, -720.0),
        most=(_LONGEST, 720.0),
        cost=3.0,
    ),
    "defocus": _one_size("radius", _disk, 1.0, 30.0),
    "turbulence": _one_size("sigma", _gaussian, 0.55, 12.0),
}
"""By their names in `blur.kinds.BLURS`."""
