"""Overlays of the canvas, shown on demand: navigator, loupe, histogram, clipping; and the menu that switches them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QActionGroup, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.viewer.compare.histogram import HistogramBox
from deblur_app.gui.viewer.compare.loupe import Loupe
from deblur_app.gui.viewer.compare.navigator import Navigator
from deblur_app.gui.viewer.compare.surround import Surround

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_ZOOMS = ((tr_later("&Fit"), None), ("&100 %", 1.0), ("&200 %", 2.0))


class Overlays(QObject):
    """The overlays of a canvas. L switches the loupe, H the histogram, J the marks of clipped pixels.

    Attributes:
        navigator: The whole photo with the visible part marked.
        loupe: The loupe.
        histogram: The histogram of the result, or else of the photo.
    """

    def __init__(self, canvas: CompareCanvas, below: Sequence[QWidget]) -> None:
        """Lay the overlays over `canvas`, above the widgets `below` along its lower edge."""
        super().__init__(canvas)
        self._canvas = canvas
        self.navigator, self.loupe, self.histogram = Navigator(canvas), Loupe(canvas), HistogramBox(canvas)
        corners, edge, layout = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(canvas)
        corners.addWidget(self.histogram, 0, Qt.AlignmentFlag.AlignBottom)
        corners.addStretch(1)
        corners.addWidget(self.navigator, 0, Qt.AlignmentFlag.AlignBottom)
        for widget in below:
            edge.addWidget(widget, 1, Qt.AlignmentFlag.AlignBottom)
        layout.setContentsMargins(*[theme.LOOSE] * 4)
        layout.addStretch(1)
        layout.addLayout(corners)
        layout.addLayout(edge)
        canvas.pictures_changed.connect(self.refresh)
        canvas.installEventFilter(self)

    def refresh(self) -> None:
        """Show the histogram of what the canvas shows now."""
        if not self.histogram.isHidden():
            picture = self._canvas.result or self._canvas.original
            self.histogram.show_image(picture.levels[-1] if picture else None)
        self.navigator.update()

    def show_histogram(self, visible: bool) -> None:
        """Show the histogram, or not."""
        self.histogram.setVisible(visible)
        self.refresh()

    def fill_menu(self, menu: QMenu) -> None:
        """Put zoom, overlays and the colour around the photo into a menu."""
        canvas = self._canvas
        for text, scale in _ZOOMS:
            menu.addAction(tr(text), canvas.fit if scale is None else partial(canvas.set_scale, scale))
        menu.addSeparator()
        for text, key, is_on, switch in (
            (tr("&Loupe"), "L", self.loupe.is_on, self.loupe.switch),
            (tr("&Histogram"), "H", not self.histogram.isHidden(), self.show_histogram),
            (tr("Cl&ipped pixels"), "J", canvas.shows_clipping, canvas.show_clipping),
            (tr("&Navigator"), "", self.navigator.is_on, self.navigator.switch),
        ):
            action = menu.addAction(f"{text}\t{key}" if key else text)
            action.setCheckable(True)
            action.setChecked(is_on)
            action.toggled.connect(switch)
        menu.addSeparator()
        colours = menu.addMenu(tr("&Surround"))
        group = QActionGroup(colours)
        for surround in Surround:
            action = colours.addAction(surround.label, partial(canvas.set_surround, surround))
            action.setCheckable(True)
            action.setChecked(surround == canvas.surround)
            group.addAction(action)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the overlays, and open their menu."""
        if isinstance(event, QContextMenuEvent) and self._canvas.original:
            menu = QMenu(self._canvas)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.fill_menu(menu)
            menu.popup(event.globalPos())
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            return self._take_key(event.key())
        return super().eventFilter(watched, event)

    def _take_key(self, key: int) -> bool:
        if key == Qt.Key.Key_L:
            self.loupe.switch(not self.loupe.is_on)
        elif key == Qt.Key.Key_H:
            self.show_histogram(self.histogram.isHidden())
        elif key == Qt.Key.Key_J:
            self._canvas.show_clipping(not self._canvas.shows_clipping)
        else:
            return False
        return True
