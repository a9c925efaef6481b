"""Ways of comparison and zoom, in the bar at the top."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.theme import SPACE
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.widgets.segmented import SegmentedControl

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from deblur_app.gui.viewer.photo_view import PhotoView

_ICONS = {
    CompareMode.RESULT: "square",
    CompareMode.SPLIT: "square-split-horizontal",
    CompareMode.SIDE_BY_SIDE: "columns-2",
    CompareMode.DIFFERENCE: "contrast",
    CompareMode.FIGURE_2: "columns-3",
}

_SCALES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""The zooms of the menu, in screen pixels for one of the photo."""

_WIDEST = "6400 % ▾"
"""The widest text of the button of the zoom."""


class ModeBar(QWidget):
    """The buttons of the ways of comparison, and the zoom."""

    def __init__(self, view: PhotoView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.modes = SegmentedControl(tr("Compare"))
        self._offered = [mode for mode in CompareMode if mode in _ICONS]
        for mode in self._offered:
            self.modes.add(mode.label, _ICONS[mode], f"{mode.tip} ({mode.key})", has_text=False)
        self.modes.chosen.connect(lambda number: view.choose_mode(self._offered[number]))
        self.zoom = QToolButton()
        self.zoom.setProperty("role", "button")
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setAccessibleName(tr("Zoom"))
        self.zoom.setToolTip(tr("Zoom: wheel at the pointer, double click for 100 %"))
        menu = QMenu(self.zoom)
        menu.addAction(tr("Fit (Ctrl+0)"), view.fit)
        for scale in _SCALES:
            menu.addAction(f"{scale:.0%}".replace("%", " %"), partial(view.set_zoom, scale))
        self.zoom.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.modes)
        layout.addWidget(self.zoom)
        view.mode_changed.connect(self._show_mode)
        self._show_mode(view.compare_mode)
        self._fit_zoom()

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the widest zoom in another font or style."""
        super().changeEvent(event)
        if event.type() in {event.Type.FontChange, event.Type.StyleChange}:
            self._fit_zoom()

    def _fit_zoom(self) -> None:
        self.zoom.setMinimumWidth(0)
        self.zoom.setText(_WIDEST)
        self.zoom.setMinimumWidth(self.zoom.sizeHint().width())
        self.show_zoom()

    @Slot()
    def show_zoom(self) -> None:
        """Show the zoom of the viewer."""
        scale = self._view.scale()
        self.zoom.setText(f"{scale:.0%} ▾".replace("%", " %") if scale else tr("Fit ▾"))

    @Slot(object)
    def _show_mode(self, mode: CompareMode) -> None:
        if mode in self._offered:
            self.modes.choose(self._offered.index(mode))
