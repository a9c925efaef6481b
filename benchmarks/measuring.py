"""Common parts of the benchmarks: medians of runs in turn, and the last line that a program can read."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Python looks in the folder of a script first, where `training` would be the benchmark of that name, not the package.
# The folder above it has the package, and it is the one that this file belongs to, whichever is installed.
_HERE = Path(__file__).resolve().parent
sys.path[:] = [str(_HERE.parent) if Path(entry).resolve() == _HERE else entry for entry in sys.path]


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        ours: What Deblur reaches.
        unit: Unit of both.
        peer: What the peer reaches in the same run, where there is one.
    """

    ours: float
    unit: str
    peer: float | None = None

    def as_json(self) -> dict[str, float | str]:
        """Return the figure, with the ratio of ours to the peer's."""
        if self.peer is None:
            return {"ours": round(self.ours, 4), "unit": self.unit}
        ratio = round(self.ours / self.peer, 4)
        return {"ours": round(self.ours, 4), "peer": round(self.peer, 4), "ratio": ratio, "unit": self.unit}


def report(benchmark: str, figures: dict[str, Figure]) -> None:
    """Print the figures as one JSON object on the last line."""
    print(json.dumps({"benchmark": benchmark, "figures": {name: f.as_json() for name, f in figures.items()}}))


def quick(description: str | None) -> bool:
    """Return whether `--quick` was given: fewer repetitions, an end within 50 seconds."""
    return bool(parse_options(description).quick)


def parse_options(description: str | None, **options: str) -> argparse.Namespace:
    """Return the options that were given: `quick`, and these further ones, each with its explanation, or None."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, ends within 50 s")
    for name, explanation in options.items():
        parser.add_argument(f"--{name}", help=explanation)
    return parser.parse_args()


def seconds(work: Callable[[], object]) -> float:
    """Measure the time that `work` takes, in seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def in_turn(ours: Callable[[], float], peer: Callable[[], float], times: int) -> tuple[float, float]:
    """Measure the medians of two measurements that are repeated in turn, so that a drifting machine is fair to both."""
    pairs = [(ours(), peer()) for _ in range(times)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)
