"""A thin line on the upper edge of the canvas that shows how far the work is, with a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from deblur_app.core.task import Progress

_HEIGHT = 3
"""Points."""

_PATIENCE = 500
"""Milliseconds of work before words and the button show: they would only flicker."""


class ProgressLine(QWidget):
    """The line, with stage and Stop below it once the work takes a while, where nothing else shows them.

    Attributes:
        is_told_elsewhere: Returns whether stage and Stop stand elsewhere, so that they need not lie over the photo.

    Signals:
        stop_wanted: The button was pressed.
    """

    stop_wanted = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas, self._fraction, self._is_long = canvas, 0.0, False
        self.is_told_elsewhere: Callable[[], bool] = lambda: False
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
            self._is_long = False
            self._update_pill()
        self.setVisible(busy)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is."""
        self._fraction = progress.fraction
        if progress.stage != self.words.text():
            self.words.setText(progress.stage)
            self._place()
        self._update_pill()
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
        self._is_long = True
        self._update_pill()

    def _update_pill(self) -> None:
        is_wanted = self._is_long and not self.is_told_elsewhere()
        if is_wanted and self.pill.isHidden():
            self.pill.show()
            self.pill.raise_()
            self._place()
        elif not is_wanted:
            self.pill.hide()

    def _place(self) -> None:
        self.setGeometry(0, 0, self._canvas.width(), _HEIGHT)
        self.raise_()
        self.pill.adjustSize()
        self.pill.move((self._canvas.width() - self.pill.width()) // 2, _HEIGHT + theme.SPACE)
