"""A choice with a title, a line that explains it, and a remark at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy

from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ChoiceCard(QAbstractButton):
    """One of several choices, of which one is checked.

    Attributes:
        remark: A few words at the right of the title.
    """

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self.setCheckable(True)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred
        )  # buttons are as wide as they say
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(explanation)
        heading = QLabel(title)
        heading.setWordWrap(True)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.remark = QLabel()
        self.remark.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        words = QLabel(explanation)
        words.setWordWrap(True)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (heading, self.remark, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.TIGHT, theme.SPACE, theme.TIGHT)
        layout.setSpacing(2)
        layout.addWidget(heading, 0, 0)
        layout.addWidget(self.remark, 0, 1, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(words, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the frame: accented where it is checked, a ring where it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours_of(self.palette())
        edge = colours.accent if self.isChecked() or self.hasFocus() else colours.line
        painter.setPen(QPen(QColor(edge), 2 if self.isChecked() or self.hasFocus() else 1))
        painter.setBrush(QColor(colours.hover if self.isChecked() or self.underMouse() else colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
