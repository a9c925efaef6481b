"""One method's picture on the contact sheet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.viewer.compare.surround import Surround

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent

    from deblur_app.gui.contact_sheet.sheet_steps import CellDone

_CLICK = 4
"""Points that the pointer may move between press and release of a click."""


class SheetCell(QWidget):
    """The part as one method restores it, at one screen pixel a pixel, with its name and figures below.

    Attributes:
        name: The name of the method; "" for the photo as it is.
        done: What the method gave; None while it works.

    Signals:
        chosen: It was clicked, or Enter or Space pressed on it.
        dragged: The pointer has moved the part by so many points.
    """

    chosen = Signal()
    dragged = Signal(QPointF)

    def __init__(self, name: str, title: str, key: str) -> None:
        super().__init__()
        self.name = name
        self.done: CellDone | None = None
        self._title, self._key = title, key
        self._waiting: QImage | None = None
        self._is_best = False
        self._pressed: QPoint | None = None
        self._drag_from = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(tr("Click to use this method on the whole photo; drag to compare another part") if name else "")
        self._describe()

    def wait_with(self, image: QImage | None) -> None:
        """Show the part as it is, darker, while the method works."""
        self.done, self._waiting, self._is_best = None, image, False
        self._describe()

    def show_done(self, done: CellDone) -> None:
        """Show what the method gave."""
        self.done = done
        self._describe()

    def mark_best(self, is_best: bool) -> None:
        """Mark the picture that is nearest to the ground truth, or not."""
        self._is_best = is_best
        self._describe()

    @property
    def caption(self) -> str:
        """The words below the picture."""
        return self._heading + self._figures

    @property
    def _heading(self) -> str:
        return f"{self._key}  {self._title}" if self._key else self._title

    @property
    def _figures(self) -> str:
        if self.done is None:
            return " · …"
        if self.done.problem:
            return f" · {tr('cannot restore this part')}"
        figures = [
            tr("{seconds:.1f} s", seconds=self.done.seconds) if self.name else "",
            _describe_psnr(self.done.psnr),
            tr("best") if self._is_best else "",
        ]
        return "".join(f" · {figure}" for figure in figures if figure)

    def visible_caption(self, width: int) -> str:
        """Return as much of the caption as fits into `width` points: the name is shortened, the figures are not."""
        metrics, elide = self.fontMetrics(), Qt.TextElideMode.ElideRight
        room = max(width - metrics.horizontalAdvance(self._figures), width // 3)
        return metrics.elidedText(metrics.elidedText(self._heading, elide, room) + self._figures, elide, width)

    def _describe(self) -> None:
        self.setAccessibleName(self.caption)
        if self.done and self.done.problem:
            self.setToolTip(self.done.problem)
        self.update()

    def picture_size(self) -> QSize:
        """Return the room for the picture, in screen pixels."""
        ratio, room = self.devicePixelRatioF(), self._room()
        return QSize(round(room.width() * ratio), round(room.height() * ratio))

    def _room(self) -> QRect:
        return self.rect().adjusted(2, 2, -2, -QFontMetrics(self.font()).height() - theme.SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint picture and caption."""
        painter, room, colours = QPainter(self), self._room(), theme.colours_of(self.palette())
        painter.fillRect(room, QColor(Surround.THEME.colour(self.palette())))
        image = self.done.image if self.done else self._waiting
        if image is not None:
            ratio = self.devicePixelRatioF()
            size = QSize(round(image.width() / ratio), round(image.height() / ratio))
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(room.center())
            painter.setClipRect(room)
            painter.drawImage(place, image)
            if self.done is None:
                painter.fillRect(place, QColor(0, 0, 0, 110))
            painter.setClipping(False)
        painter.setPen(QColor(colours.accent if self._is_best else colours.text))
        words = self.rect().adjusted(theme.TIGHT, room.bottom() + theme.TIGHT, -theme.TIGHT, 0)
        caption = self.visible_caption(words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, caption)
        if self.hasFocus() or self._is_best:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(room)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._drag_from = event.position().toPoint(), event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the part."""
        if self._pressed is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() > _CLICK:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self.cursor().shape() == Qt.CursorShape.ClosedHandCursor:
            self.dragged.emit(event.position() - self._drag_from)
            self._drag_from = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Choose the method, where the pointer has not moved."""
        was_drag = self.cursor().shape() == Qt.CursorShape.ClosedHandCursor
        pressed, self._pressed = self._pressed, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if pressed is not None and not was_drag:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the method by Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


def _describe_psnr(psnr: float | None) -> str:
    if psnr is None:
        return ""
    return "PSNR ∞" if math.isinf(psnr) else tr("PSNR {psnr:.1f} dB", psnr=psnr)
