"""Pictures that are ready to be painted by the canvas, and readings of their pixels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


@dataclass(frozen=True, eq=False)
class ShownPicture:
    """A picture that is ready to be painted; without levels it is none.

    Attributes:
        levels: The picture at full size and halved again and again, as `qt_image.pyramid` makes it.
        caption: What stands below it in Figure 2.
        title: The words on its chip, and above it in Figure 2; "" for the usual ones.
    """

    levels: list[QImage] = field(default_factory=list)
    caption: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        """Return whether there is a picture."""
        return bool(self.levels)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; (0, 0) without a picture."""
        return (self.levels[0].width(), self.levels[0].height()) if self.levels else (0, 0)


@dataclass(frozen=True)
class PixelReading:
    """The pixel below the pointer.

    Attributes:
        x: Its column in the photo, from the left, from 0.
        y: Its row, from the top, from 0.
        original: Red, green and blue of the original, 0 to 255.
        result: Those of the result; None without a result.
    """

    x: int
    y: int
    original: tuple[int, int, int]
    result: tuple[int, int, int] | None = None

    def describe(self) -> str:
        """Return place and colours in one line."""
        words = tr(
            "{x}, {y} px · RGB {describe_colour}", x=self.x, y=self.y, describe_colour=_describe_colour(self.original)
        )
        return f"{words} → {_describe_colour(self.result)}" if self.result else words


def _describe_colour(colour: tuple[int, int, int]) -> str:
    return " ".join(map(str, colour))
