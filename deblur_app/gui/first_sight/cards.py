"""Pictures that one can click: a sample before and after, and a recent photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton

from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class PictureCard(QAbstractButton):
    """A card with one picture, or with two of which each has a half, and a line of text below.

    The text is shortened only where `is_name`: it is the name of a file then, which stands in the tool tip.
    """

    def __init__(self, text: str, picture: QSize, *, is_name: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture, self._is_name = picture, is_name
        self._images: list[QImage] = []

    def show_images(self, *images: QImage) -> None:
        """Show one picture, or the left half of the first beside the right half of the second."""
        self._images = [image for image in images if not image.isNull()]
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of picture and text."""
        text = 0 if self._is_name else self.fontMetrics().horizontalAdvance(self.text())
        width = max(self._picture.width(), text) + theme.SPACE
        return QSize(width, self._picture.height() + self.fontMetrics().lineSpacing() + 3 * theme.TIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a card is shown whole."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint picture, text, and a ring for the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = theme.colours_of(self.palette())
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.line), 2))
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        left = (self.width() - self._picture.width()) // 2
        place = QRect(left, theme.TIGHT, self._picture.width(), self._picture.height())
        self._paint_images(painter, place, colours)
        words = self.rect().adjusted(theme.TIGHT, place.bottom() + theme.TIGHT, -theme.TIGHT, 0)
        text = self.text()
        if self._is_name:
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
        painter.setPen(QColor(colours.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_images(self, painter: QPainter, place: QRect, colours: theme.Colours) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(place), theme.TIGHT, theme.TIGHT)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(place, QColor(colours.line))
        for number, image in enumerate(self._images):
            if number:
                middle = place.center().x()
                painter.setClipRect(QRect(middle, place.top(), place.right() - middle + 1, place.height()))
            painter.drawImage(place, image, _crop(image, place.size()))
        if len(self._images) > 1:
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawLine(place.center().x(), place.top(), place.center().x(), place.bottom())
        painter.restore()


def _crop(image: QImage, room: QSize) -> QRect:
    """Return the middle of an image with the proportions of the room."""
    size = room.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect(
        (image.width() - size.width()) // 2, (image.height() - size.height()) // 2, size.width(), size.height()
    )
