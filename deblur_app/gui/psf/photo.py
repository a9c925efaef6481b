"""The part of the PSF panel that estimates the blur from the photo itself: one kernel, or one for each region."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_later, upper_first
from deblur_app.engine.estimation import search
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard

_NO_SELECTION = tr_later("Uses the whole photo. Shift+drag on the photo selects a part of it.")

_MOST_REGIONS = 9
"""The most rows, and the most columns, of regions with a kernel each."""


class FromPhoto(QWidget):
    """The controls by which the user has the PSF estimated.

    Signals:
        estimate_wanted: Find the blur of this kind, one of `search.KINDS`.
        point_wanted: Take the star or lamp in the selection as the PSF.
        grid_wanted: Find the blur of each region: rows and columns.
        selecting: Whether the next drag on the photo selects.
        whole_wanted: Take the selection away.
    """

    estimate_wanted = Signal(str)
    point_wanted = Signal()
    grid_wanted = Signal(int, int)
    selecting = Signal(bool)
    whole_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_photo = False
        self._has_selection = False
        self.selection = QLabel(tr(_NO_SELECTION))
        self.selection.setWordWrap(True)
        self.selection.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.select_button = QPushButton(tr("Select a part"))
        self.select_button.setToolTip(tr("Drag on the photo to select a part of it (or Shift+drag)"))
        self.select_button.setCheckable(True)
        self.whole_button = QPushButton(tr("Whole photo"))
        self.whole_button.setToolTip(tr("Clear the selection (Esc)"))
        self.looked_for = narrow_combo()
        self.looked_for.setMinimumContentsLength(8)
        for kind in search.KINDS:
            self.looked_for.addItem(upper_first(tr(kind.label)), kind.value)
        self.looked_for.setToolTip(tr("Kind of blur"))
        self.looked_for.setAccessibleName(tr("Kind of blur to estimate"))
        self.estimate_button = QPushButton(tr("Estimate bl&ur"))
        self.estimate_button.setToolTip(tr("Estimate the PSF from the photo or the selection"))
        self.point_button = QPushButton(tr("Use a star or &lamp"))
        self.point_button.setToolTip(tr("For a selection with one smeared point of light: its picture is the PSF"))
        self.rows, self.columns = indent_number(QSpinBox()), indent_number(QSpinBox())
        for box, name in ((self.rows, tr("Rows of regions")), (self.columns, tr("Columns of regions"))):
            box.setRange(1, _MOST_REGIONS)
            box.setValue(3)
            box.setToolTip(name)
            box.setAccessibleName(name)
        self.grid_button = QPushButton(tr("Per re&gion"))
        self.grid_button.setToolTip(tr("Estimate one kernel for each region: for blur that differs over the photo"))
        guard = WheelGuard(self)
        for widget in (self.looked_for, self.rows, self.columns):
            guard.guard(widget)
        self._lay_out()
        self._connect()
        self._update()

    def set_photo(self, *, there: bool) -> None:
        """Set whether there is a photo to estimate the blur of."""
        self._has_photo = there
        self._update()

    def set_selection(self, size: tuple[int, int] | None) -> None:
        """Show the width and height of the selection in pixels; None for the whole photo."""
        self._has_selection = size is not None
        self.select_button.setChecked(False)
        words = (
            tr("Uses a part of {width} × {height} px.", width=size[0], height=size[1]) if size else tr(_NO_SELECTION)
        )
        self.selection.setText(words)
        self._update()

    def _update(self) -> None:
        for widget in (self.select_button, self.estimate_button, self.grid_button):
            widget.setEnabled(self._has_photo)
        for widget in (self.point_button, self.whole_button):
            widget.setEnabled(self._has_photo and self._has_selection)

    def _lay_out(self) -> None:
        zones = QGridLayout()
        zones.addWidget(self.select_button, 0, 0)
        zones.addWidget(self.whole_button, 0, 1)
        zones.addWidget(self.looked_for, 1, 0)
        zones.addWidget(self.estimate_button, 1, 1)
        zones.addWidget(self.point_button, 2, 0, 1, 2)
        regions = QHBoxLayout()
        regions.addWidget(self.rows)
        regions.addWidget(QLabel("×"), 0, Qt.AlignmentFlag.AlignCenter)
        regions.addWidget(self.columns)
        regions.addWidget(self.grid_button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.selection)
        layout.addLayout(zones)
        layout.addLayout(regions)

    def _connect(self) -> None:
        self.select_button.toggled.connect(self.selecting)
        self.whole_button.clicked.connect(self.whole_wanted)
        self.point_button.clicked.connect(self.point_wanted)
        self.estimate_button.clicked.connect(lambda: self.estimate_wanted.emit(str(self.looked_for.currentData())))
        self.grid_button.clicked.connect(lambda: self.grid_wanted.emit(self.rows.value(), self.columns.value()))
