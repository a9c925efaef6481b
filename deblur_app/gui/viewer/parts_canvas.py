"""A canvas whose picture may have parts over it: previews, drafts, tiles of a result that is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage


@dataclass(frozen=True, eq=False)
class ShownPart:
    """A picture of a part, which lies over the whole one.

    Attributes:
        image: The part.
        place: Its place in the whole, in shares of width and height.
    """

    image: QImage
    place: QRectF


def add_part(parts: Sequence[ShownPart], part: ShownPart) -> list[ShownPart]:
    """Return parts with one more on top, without those that it hides."""
    return [*(each for each in parts if not part.place.contains(each.place)), part]


class PartsCanvas(QWidget):
    """The canvas of one picture, with the parts that lie over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[ShownPart] = []

    def show_part(self, image: QImage, place: QRectF) -> None:
        """Show a part over the picture, in place of the part before; `place` in shares of its width and height."""
        self._parts = [ShownPart(image, place)]
        self.update()

    def add_part(self, image: QImage, place: QRectF) -> None:
        """Show one more part over the picture, as of one that is being made."""
        self._parts = add_part(self._parts, ShownPart(image, place))
        self._update_part(place)

    @property
    def part(self) -> QImage | None:
        """The picture of the part that was shown last, or None."""
        return self._parts[-1].image if self._parts else None

    def _update_part(self, place: QRectF) -> None:  # noqa: ARG002 # a canvas may know better what is to be painted
        self.update()
