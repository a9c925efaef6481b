"""The three panes of the paper's Figure 2: input, ground truth, predicted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.viewer.pane import Pane
from deblur_app.gui.viewer.view import LinkedView


class PaneRow(QWidget):
    """The three panes, equally wide, with one view.

    Attributes:
        input: The blurred photo.
        truth: The sharp one, where the user has it.
        predicted: The result of the method on the input.
    """

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        """Put the panes beside each other, or below each other."""
        super().__init__(parent)
        self.view = LinkedView(self)
        self.input = Pane(tr("Input"), tr("Drop a blurred photo here"), self.view)
        self.truth = Pane(tr("Ground truth"), tr("To compare, drop a sharp version\nof the photo here."), self.view)
        self.predicted = Pane(tr("Predicted"), tr("The result appears here."), self.view, named=False)
        self._explanation = QLabel()
        self._explanation.setWordWrap(True)
        self._explanation.setContentsMargins(8, 0, 8, 4)
        self._explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        directions = QBoxLayout.Direction
        is_row = orientation == Qt.Orientation.Horizontal
        row = QBoxLayout(directions.LeftToRight if is_row else directions.TopToBottom)
        for pane in (self.input, self.truth, self.predicted):
            row.addWidget(pane, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row, 1)
        layout.addWidget(self._explanation)
        self.explain("")

    def explain(self, text: str) -> None:
        """Show below the panes what their figures mean; "" where there are none."""
        self._explanation.setText(text)
        self._explanation.setVisible(bool(text))
