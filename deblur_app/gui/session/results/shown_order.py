"""The order in which results of a photo were shown, to go back and forth in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deblur_app.gui.session.results.kept_result import KeptResult

_MOST = 100
"""The most steps that one can go back."""


class ShownOrder:
    """The results of one photo in the order in which they were shown, and the place in it."""

    def __init__(self) -> None:
        self._shown: list[KeptResult] = []
        self._place = -1

    def show(self, kept: KeptResult) -> None:
        """Take note of a result that is shown; what was gone back from is forgotten."""
        if self._shown and self._shown[self._place] is kept:
            return
        self._shown = [*self._shown[: self._place + 1], kept][-_MOST:]
        self._place = len(self._shown) - 1

    def find(self, steps: int) -> KeptResult | None:
        """Return the result `steps` further; None where there is none."""
        place = self._place + steps
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def go(self, steps: int) -> KeptResult | None:
        """Go `steps` further, and return the result there; None where there is none."""
        kept = self.find(steps)
        self._place += steps if kept else 0
        return kept

    def forget(self, kept: KeptResult) -> None:
        """Forget a result that was removed."""
        before = [one for one in self._shown[: self._place + 1] if one is not kept]
        after = [one for one in self._shown[self._place + 1 :] if one is not kept]
        self._shown, self._place = [*before, *after], len(before) - 1
