"""The parts of the canvas and their pictures, for each way of comparison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from deblur_app.gui.viewer.compare.compare_mode import CompareMode

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

GAP = 2.0
"""Points between two pictures that stand side by side."""


class Role(Enum):
    """The picture that a viewport shows."""

    ORIGINAL = auto()
    RESULT = auto()
    DIFFERENCE = auto()


@dataclass(frozen=True)
class Divider:
    """The line between original and result in the split view.

    Attributes:
        share: Its place, as a share of the canvas's width or height, in [0, 1].
        orientation: That of the line: vertical has the original on the left, horizontal above.
    """

    share: float = 0.5
    orientation: Qt.Orientation = Qt.Orientation.Vertical

    @property
    def is_vertical(self) -> bool:
        """True if the original is on the left."""
        return self.orientation == Qt.Orientation.Vertical


@dataclass(frozen=True)
class Viewport:
    """A rectangle of the canvas with a picture in it.

    Attributes:
        role: The picture.
        frame: The rectangle that the picture is fitted into.
        clip: The part of it that is painted.
    """

    role: Role
    frame: QRectF
    clip: QRectF


def lay_out(mode: CompareMode, canvas: QSizeF, divider: Divider) -> tuple[Viewport, ...]:
    """Return the viewports of a canvas that has an original and a result."""
    whole = QRectF(0, 0, canvas.width(), canvas.height())
    if mode == CompareMode.SIDE_BY_SIDE:
        half = (canvas.width() - GAP) / 2
        left, right = QRectF(0, 0, half, canvas.height()), QRectF(half + GAP, 0, half, canvas.height())
        return Viewport(Role.ORIGINAL, left, left), Viewport(Role.RESULT, right, right)
    if mode == CompareMode.SPLIT:
        first, second = QRectF(whole), QRectF(whole)
        if divider.is_vertical:
            first.setRight(round(divider.share * canvas.width()))
            second.setLeft(first.right())
        else:
            first.setBottom(round(divider.share * canvas.height()))
            second.setTop(first.bottom())
        return Viewport(Role.ORIGINAL, whole, first), Viewport(Role.RESULT, whole, second)
    role = Role.DIFFERENCE if mode == CompareMode.DIFFERENCE else Role.RESULT
    return (Viewport(role, whole, whole),)
