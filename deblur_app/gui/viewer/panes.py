"""The three panes of the paper's Figure 2: input, ground truth, predicted."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from deblur_app.gui.viewer.view import LinkedView, picture_rectangle
from deblur_app.gui.widgets.labels import Caption
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QWheelEvent,
    )

_ARROW_SHARE = 0.1
_DARKER = 115
"""How the ground behind a picture differs from the window, in per cent: neutral, so that it does not tint the photo."""

_CAPTION_LINES = 3
_CHECK = 8
"""Side in points of a square of the checkerboard that shows what is transparent."""


@functools.cache
def _checkerboard() -> QImage:
    """Return the pattern that programs for photos show behind transparent pixels, in light or dark windows alike."""
    pattern = QImage(2 * _CHECK, 2 * _CHECK, QImage.Format.Format_RGB32)
    pattern.fill(QColor("#c8c8c8"))
    painter = QPainter(pattern)
    for corner in (0, _CHECK):
        painter.fillRect(corner, corner, _CHECK, _CHECK, QColor("#969696"))
    painter.end()
    return pattern


class Canvas(QWidget):
    """The canvas that paints one picture from its pyramid, at the place and zoom of the shared view.

    Attributes:
        view: The shared view.

    Signals:
        zoom_to_pixels: The user asks for one picture pixel on one screen pixel.
    """

    zoom_to_pixels = Signal()

    def __init__(self, view: LinkedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._levels: list[QImage] = []
        self._part: tuple[QImage, QRectF] | None = None
        self._drag_from: QPointF | None = None
        view.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.zoom_to_pixels.connect(self.show_pixels)

    def set_levels(self, levels: list[QImage]) -> None:
        """Show a picture, given as `qt_image.pyramid` makes it; an empty list shows none."""
        self._levels = levels
        self._part = None
        self.update()

    def show_part(self, image: QImage, place: QRectF) -> None:
        """Show another picture of a part, over the one that is there; `place` in shares of its width and height."""
        self._part = image, place
        self.update()

    @property
    def part(self) -> QImage | None:
        """The picture of a part that lies over the whole one, or None."""
        return self._part[0] if self._part else None

    @property
    def image(self) -> QImage | None:
        """The picture at full size, or None."""
        return self._levels[0] if self._levels else None

    def scale(self) -> float:
        """Return the number of screen pixels for one picture pixel; 0 without a picture."""
        if not self._levels:
            return 0.0
        return self.target().width() * self.devicePixelRatioF() / self._levels[0].width()

    def show_pixels(self) -> None:
        """Zoom so that one picture pixel is one screen pixel, or to the whole picture where that is so already."""
        scale = self.scale()
        if scale and abs(scale - 1.0) > 0.01:
            self.view.set_zoom(self.view.zoom / scale)
        else:
            self.view.fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the visible part from the smallest level that still has all the detail the screen can show."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window).darker(_DARKER))
        if self._levels:
            target = self.target()
            visible = target.intersected(QRectF(self.rect()))
            level = self._level(target)
            factor = level.width() / target.width()
            source = QRectF((visible.topLeft() - target.topLeft()) * factor, visible.size() * factor)
            if level.hasAlphaChannel():
                painter.fillRect(visible, QBrush(_checkerboard()))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale() < 3)
            painter.drawImage(visible, level, source)
            self._paint_part(painter, target)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_part(self, painter: QPainter, target: QRectF) -> None:
        if self._part:
            image, place = self._part
            corner = QPointF(place.left() * target.width(), place.top() * target.height())
            size = QSizeF(place.width() * target.width(), place.height() * target.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < 3 * image.width())
            if image.hasAlphaChannel():  # it takes the place of what lies below
                painter.fillRect(QRectF(target.topLeft() + corner, size), QBrush(_checkerboard()))
            painter.drawImage(QRectF(target.topLeft() + corner, size), image)

    def target(self) -> QRectF:
        """Return the rectangle of the whole picture, in the canvas's coordinates; only where there is a picture."""
        return picture_rectangle(self.view, QSizeF(self._levels[0].size()), QSizeF(self.size()))

    def _level(self, target: QRectF) -> QImage:
        needed = target.width() * self.devicePixelRatioF()
        return next((level for level in reversed(self._levels) if level.width() >= needed), self._levels[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        if self._levels:
            self.view.zoom_by(event.angleDelta().y() / 120, self.place(event.position()))

    def visible(self) -> QRectF:
        """Return the visible part of the picture, in shares of its width and height; only where there is a picture."""
        target = self.target()
        seen = target.intersected(QRectF(self.rect()))
        return QRectF(self.place(seen.topLeft()), self.place(seen.bottomRight()))

    def place(self, point: QPointF) -> QPointF:
        """Return the place of a point of the canvas, in shares of the picture's width and height."""
        target = self.target()
        return QPointF((point.x() - target.left()) / target.width(), (point.y() - target.top()) / target.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture."""
        if event.button() == Qt.MouseButton.LeftButton and self._levels:
            self._drag_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture with the pointer."""
        if self._drag_from is not None and self._levels:
            target, moved = self.target(), self._drag_from - event.position()
            self._drag_from = event.position()
            self.view.move_by(QPointF(moved.x() / target.width(), moved.y() / target.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """End moving the picture."""
        self._drag_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Change between single pixels and the whole picture."""
        self.zoom_to_pixels.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the picture with the arrow keys."""
        step = _ARROW_SHARE / self.view.zoom
        shifts = {
            Qt.Key.Key_Left: QPointF(-step, 0),
            Qt.Key.Key_Right: QPointF(step, 0),
            Qt.Key.Key_Up: QPointF(0, -step),
            Qt.Key.Key_Down: QPointF(0, step),
        }
        if event.key() in shifts:
            self.view.move_by(shifts[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class Pane(QFrame):
    """A picture with its title above and its caption below; takes dropped files.

    Where `named`, the first line of the caption ends with the name of a file; the caption is `lines` high.

    Attributes:
        notice: A sentence about the picture, over its lower edge.

    Signals:
        dropped: List of the paths that were dropped on it.
    """

    dropped = Signal(list)

    def __init__(
        self, title: str, invitation: str, view: LinkedView, *, named: bool = True, lines: int = _CAPTION_LINES
    ) -> None:
        super().__init__()
        self.setObjectName(title)
        self.setAcceptDrops(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title = title
        self._heading = QLabel(f"<b>{title}</b>")
        self.canvas = Canvas(view)
        self.canvas.setAccessibleName(title)
        self._tab_from: QWidget = self.canvas
        words = QLabel(invitation)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        self.invitation = QWidget(self.canvas)
        self._invited = QVBoxLayout(self.invitation)
        self._invited.addStretch(1)
        self._invited.addWidget(words)
        self._invited.addStretch(1)
        shorten = Qt.TextElideMode.ElideMiddle if named else Qt.TextElideMode.ElideRight
        self.notice = Notice()
        self.caption = Caption(lines, shorten)
        over_canvas = QVBoxLayout(self.canvas)
        over_canvas.addWidget(self.invitation)
        # Over the picture: beside it, it would make one pane smaller than the others, which show the same place.
        over_canvas.addWidget(self.notice, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self._heading)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.caption)

    def invite(self, text: str, do: Callable[[], object], tip: str = "") -> None:
        """Offer something below the invitation, as a button that says `text`."""
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: do())
        self._invited.insertWidget(self._invited.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        QWidget.setTabOrder(self._tab_from, button)
        self._tab_from = button

    def show_picture(self, levels: list[QImage], caption: str, title: str = "") -> None:
        """Show a picture with its caption; an empty list brings the invitation back, and "" the pane's own title."""
        self._heading.setText(f"<b>{title or self._title}</b>")
        self.canvas.set_levels(levels)
        self.invitation.setVisible(not levels)
        self.caption.setText(caption)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files, and show that they may be dropped here."""
        if dropped_paths(event):
            event.acceptProposedAction()
            self._set_welcoming(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        """Stop showing that files may be dropped here."""
        self._set_welcoming(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files."""
        self._set_welcoming(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event))

    def _set_welcoming(self, welcoming: bool) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Highlight if welcoming else QPalette.ColorRole.Window)
        self.setAutoFillBackground(welcoming)


class PaneRow(QWidget):
    """The three panes, equally wide, with one view.

    Attributes:
        input: The blurred photo.
        truth: The sharp one, where the user has it.
        predicted: The result of the method on the input.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = LinkedView(self)
        self.input = Pane("Input", "Drop a blurred photo here", self.view)
        self.truth = Pane("Ground truth", "Have the sharp photo too?\nDrop it here to see figures.", self.view)
        self.predicted = Pane("Predicted", "The result appears here by itself.", self.view, named=False)
        self._explanation = QLabel()
        self._explanation.setWordWrap(True)
        self._explanation.setContentsMargins(8, 0, 8, 4)
        self._explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row = QHBoxLayout()
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


def dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the local files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
