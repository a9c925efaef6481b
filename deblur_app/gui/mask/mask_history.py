"""The masks of a photo one after the other, to go back and forth."""

from __future__ import annotations

from deblur_app.engine.masks.mask import Mask

_MOST = 200
"""The most steps that one can go back."""


class MaskHistory:
    """The masks that a photo had, and the place among them."""

    def __init__(self, mask: Mask | None = None) -> None:
        """Begin with a mask; None for none."""
        self._masks = [mask or Mask()]
        self._place = 0

    @property
    def mask(self) -> Mask:
        """The mask at this place; one that says nothing for none."""
        return self._masks[self._place]

    def add(self, mask: Mask) -> None:
        """Go on with another mask; what was gone back from is forgotten."""
        self._masks = [*self._masks[: self._place + 1], mask][-_MOST:]
        self._place = len(self._masks) - 1

    def can_go(self, steps: int) -> bool:
        """Return whether there is a mask `steps` further."""
        return 0 <= self._place + steps < len(self._masks)

    def go(self, steps: int) -> None:
        """Go `steps` further, where there is a mask."""
        if self.can_go(steps):
            self._place += steps
