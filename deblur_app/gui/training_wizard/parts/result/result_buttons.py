"""The buttons of the page of results: what can be done with a finished run."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.forms.number_field import indent_number

_IN_A_ROW = 2
"""Buttons beside each other: three do not fit into a narrow window with a large font."""


class ResultButtons(QWidget):
    """The buttons; who holds them connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.use = _button(tr("&Use for my photos"), tr("Deblur the open photo with this model"))
        self.export = _button(
            tr("Export to fi&le…"), tr("Write weights, card, curve and samples into one .deblur file")
        )
        self.compare = _button(tr("Compare &with…"), tr("Curves and figures of this training beside those of others"))
        self.report = _button(tr("Open &report"), tr("Open the report of this training, with curves and pictures"))
        self.new = _button(tr("New tr&aining"), tr("Go back to the pictures"))
        self.go_on = _button(tr("C&ontinue"), tr("Train this network for more epochs, from where it stands"))
        self.more_epochs = indent_number(QSpinBox())
        self.more_epochs.setRange(1, 10_000)
        self.more_epochs.setValue(10)
        self.more_epochs.setPrefix(tr("for "))
        self.more_epochs.setSuffix(tr(" epochs"))
        self.more_epochs.setToolTip(tr("Further epochs"))
        self.more_epochs.setAccessibleName(tr("More epochs"))
        grid, further = QGridLayout(), QHBoxLayout()
        for place, button in enumerate(self._plain):
            grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        further.addWidget(self.go_on)
        further.addWidget(self.more_epochs, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        layout.addLayout(further)

    @property
    def _plain(self) -> list[QPushButton]:
        return [self.use, self.export, self.compare, self.report, self.new]

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in their order."""
        return [*self._plain, self.go_on, self.more_epochs]

    def enable(self, *, on: bool) -> None:
        """Enable the buttons that need a run; a new training can always be set up."""
        for widget in self.controls:
            widget.setEnabled(on or widget is self.new)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button
