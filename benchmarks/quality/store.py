"""Scores from earlier runs: what is known of peers, whose code does not change, need not be measured again."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from benchmarks.quality.rows import PEER_NAMES, UNSHARP
from benchmarks.quality.scores import Score

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from benchmarks.quality.cases import Recipe
    from benchmarks.quality.scores import Outcome

type Known = dict[str, Score]
"""Scores of one case by the name of the row."""


class Store:
    """A file of scores, one a line, that only grows: a run that was killed is taken up where it was.

    Whoever changes cases, peers or scores begins a new file. Methods of the program change, so that their scores are
    taken from it only where that is asked for.
    """

    def __init__(self, path: Path | None, reused: Collection[str] = ()) -> None:
        self._path = path
        self._rows = PEER_NAMES.union(reused)
        self._known: dict[str, Known] = {}
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        for line in lines:
            try:
                case, *values = json.loads(line)
            except ValueError:  # the last line of a run that was killed
                continue
            row, blur, strength, psnr, ssim, setting, *more = values
            score = Score(row, blur, strength, psnr, ssim, tuple(setting), *more)
            self._known.setdefault(case, {})[score.row] = score

    def load_scores(self, recipe: Recipe) -> Known:
        """Return the known scores of a case; none of one that is shown, because its crops are wanted too."""
        known = {} if recipe.is_shown else self._known.get(_key(recipe), {})
        return {name: score for name, score in known.items() if name in self._rows}

    def add(self, recipe: Recipe, outcome: Outcome) -> None:
        """Keep what is new in `outcome`."""
        known = self._known.setdefault(_key(recipe), {})
        # The unsharp mask depends on the other cases of its run.
        new = [s for s in outcome.scores if s.row != UNSHARP and s != known.get(s.row)]
        known |= {score.row: score for score in new}
        if self._path and new:
            lines = [[_key(recipe), *dataclasses.astuple(score)] for score in new]
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(line) + "\n" for line in lines)


def _key(recipe: Recipe) -> str:
    kernel = recipe.kernel.name if recipe.kernel else ""
    return "|".join(map(str, (recipe.picture.name, recipe.blur, recipe.strength, recipe.crop, recipe.seed, kernel)))
