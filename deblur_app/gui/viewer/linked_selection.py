"""One selected part of the photo, drawn and moved on any of the canvases that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from deblur_app.gui.viewer.selection import Selection


class LinkedSelection(QObject):
    """The selection on several canvases: what is drawn on one is seen on all.

    Signals:
        changed: The rectangle is another, or there is none any more, or a drag has ended.
    """

    changed = Signal()

    def __init__(self, layers: tuple[Selection, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers, self._is_following = layers, False
        for layer in layers:
            layer.changed.connect(lambda layer=layer: self._follow(layer))

    @property
    def rectangle(self) -> QRectF | None:
        """The part, in shares of the picture's width and height; None for the whole picture."""
        return self._layers[0].rectangle

    @property
    def is_armed(self) -> bool:
        """True if the next drag selects without Shift."""
        return any(layer.is_armed for layer in self._layers)

    def arm(self, armed: bool) -> None:
        """Let the next drag select without Shift, or not."""
        for layer in self._layers:
            layer.arm(armed)

    def select(self, rectangle: QRectF | None) -> None:
        """Select a part, cut to the picture; None selects the whole picture."""
        self._layers[0].select(rectangle)

    def pixels(self) -> tuple[int, int, int, int] | None:
        """Return left, top, width and height in pixels of the picture; None for the whole picture."""
        return self._layers[0].pixels()

    def _follow(self, changed: Selection) -> None:
        if self._is_following:
            return
        self._is_following = True
        for layer in self._layers:
            if layer is not changed:
                layer.arm(changed.is_armed)
                layer.select(changed.rectangle)
        self._is_following = False
        self.changed.emit()
