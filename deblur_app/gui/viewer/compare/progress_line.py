"""A thin line on the upper edge of the canvas that shows how far the work is, with a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from deblur_app.core.task import Progress

_HEIGHT = 3
"""Points."""

_PATIENCE = 500
"""Milliseconds of work before words and the button show: they would only flicker."""


class ProgressLine(QWidget):
    """The line, with stage and Stop below it once the work takes a while.

    Signals:
        stop_wanted: The button was pressed.
    """

    stop_wanted = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas, self._fraction = canvas, 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Progress"))
        self.words = QLabel()
        self.button = QToolButton()
        self.button.setText(tr("Stop"))
        self.button.setProperty("role", "button")
        self.button.setAccessibleName(tr("Stop the work"))
        self.button.setToolTip(tr("Stop the work (Ctrl+.)"))
        self.button.clicked.connect(self.stop_wanted)
        self.pill = QFrame(canvas)
        self.pill.setProperty("role", "card")
        layout = QHBoxLayout(self.pill)
        layout.setContentsMargins(theme.SPACE, theme.TIGHT, theme.TIGHT, theme.TIGHT)
        layout.addWidget(self.words)
        layout.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self._show_words)
        canvas.installEventFilter(self)
        self.set_busy(False)

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Show the line while there is work."""
        if busy and self.isHidden():
            self._fraction = 0.0
            self._timer.start()
        elif not busy:
            self._timer.stop()
            self.pill.hide()
        self.setVisible(busy)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is."""
        self._fraction = progress.fraction
        if progress.stage != self.words.text():
            self.words.setText(progress.stage)
            self._place()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay on the upper edge."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
        done = QRectF(0, 0, self.width() * self._fraction, self.height())
        painter.fillRect(done, self.palette().color(self.palette().ColorRole.Highlight))

    def _show_words(self) -> None:
        self.pill.show()
        self.pill.raise_()
        self._place()

    def _place(self) -> None:
        self.setGeometry(0, 0, self._canvas.width(), _HEIGHT)
        self.raise_()
        self.pill.adjustSize()
        self.pill.move((self._canvas.width() - self.pill.width()) // 2, _HEIGHT + theme.SPACE)
