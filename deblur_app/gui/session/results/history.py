"""The results of a photo in the order in which they were shown, to go back and forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deblur_app.gui.session.results.kept_result import KeptResult

_MOST = 100
"""The most steps that one can go back."""


class ResultHistory:
    """The results of one photo in the order in which they were shown, and the place in it."""

    def __init__(self) -> None:
        self._results: list[KeptResult] = []
        self._place = -1

    def show(self, kept: KeptResult) -> None:
        """Take note of a result that is shown; what was gone back from is forgotten."""
        if self._results and self._results[self._place] is kept:
            return
        self._results = [*self._results[: self._place + 1], kept][-_MOST:]
        self._place = len(self._results) - 1

    def find(self, steps: int) -> KeptResult | None:
        """Return the result `steps` further; None where there is none."""
        place = self._place + steps
        return self._results[place] if 0 <= place < len(self._results) else None

    def go(self, steps: int) -> KeptResult | None:
        """Go `steps` further, and return the result there; None where there is none."""
        kept = self.find(steps)
        self._place += steps if kept else 0
        return kept

    def forget(self, kept: KeptResult) -> None:
        """Forget a result that was removed."""
        before = [one for one in self._results[: self._place + 1] if one is not kept]
        after = [one for one in self._results[self._place + 1 :] if one is not kept]
        self._results, self._place = [*before, *after], len(before) - 1
