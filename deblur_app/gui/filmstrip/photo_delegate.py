"""Painting of a photo of the filmstrip: thumbnail, name, and a badge for its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from deblur_app.gui import theme
from deblur_app.gui.filmstrip.photo_model import PHOTO_ROLE, STATE_ROLE, Mark, PhotoState
from deblur_app.gui.images.thumbnail import paint_thumbnail
from deblur_app.gui.look import icons

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from deblur_app.gui.filmstrip.photo_model import StripPhoto

_WIDTH, _THUMBNAIL = 108, 64
"""Width of a photo in the strip, and height of its thumbnail, in points."""

_BADGE = 16
"""The side of a badge, in points."""

_BADGES = {
    PhotoState.WORKING: "refresh-cw",
    PhotoState.DONE: "circle",
    PhotoState.SAVED: "check",
    PhotoState.UNCHANGED: "focus",
    PhotoState.FAILED: "triangle-alert",
}
"""The icon of each state that has one: states are told by their shape, and not by colour alone."""


class PhotoDelegate(QStyledItemDelegate):
    """The painter of photos in the strip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return one size for all, which grows with the font."""
        return QSize(_WIDTH, _THUMBNAIL + option.fontMetrics.lineSpacing() + 3 * theme.TIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one photo."""
        painter.save()
        colours = theme.colours_of(option.palette)
        state = index.data(STATE_ROLE)
        cell: QRect = option.rect.adjusted(2, 2, -2, -2)
        flags = option.state
        is_selected = bool(flags & QStyle.StateFlag.State_Selected)
        if is_selected or flags & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colours.hover))
            painter.setPen(QPen(QColor(colours.accent), 2) if is_selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        place = QRect(cell.left() + theme.TIGHT, cell.top() + theme.TIGHT, cell.width() - theme.SPACE, _THUMBNAIL - 4)
        paint_thumbnail(painter, place, index.data(Qt.ItemDataRole.DecorationRole), colours)
        if state in _BADGES:
            self._paint_badge(painter, place, state, colours)
        photo: StripPhoto = index.data(PHOTO_ROLE)
        ground = QColor(colours.panel)
        if photo.is_doubtful:
            corner = QPointF(place.right() - _BADGE - 1, place.top() + 1)
            self._paint_mark(painter, corner, "circle-help", colours.warn, ground)
        if photo.mark is not Mark.NONE:
            is_good = photo.mark is Mark.PICKED
            accent = colours.ok if is_good else colours.error
            corner = QPointF(place.left() + 1, place.top() + 1)
            self._paint_mark(painter, corner, "circle-check" if is_good else "x", accent, ground)
        painter.setPen(QColor(colours.disabled if state is PhotoState.FAILED else colours.text))
        words = QRect(place.left(), place.bottom() + theme.TIGHT, place.width(), option.fontMetrics.lineSpacing())
        name = option.fontMetrics.elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideMiddle, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _paint_badge(self, painter: QPainter, place: QRect, state: PhotoState, colours: theme.Colours) -> None:
        corner = QRectF(place.right() - _BADGE - 1, place.bottom() - _BADGE - 1, _BADGE, _BADGE)
        accents = {PhotoState.SAVED: colours.ok, PhotoState.FAILED: colours.error, PhotoState.DONE: colours.accent}
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.panel))
        painter.drawEllipse(corner.adjusted(-2, -2, 2, 2))
        if state is PhotoState.DONE:  # a full dot, as editors mark what is not saved
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(corner.adjusted(4, 4, -4, -4))
            return
        self._draw_icon(painter, corner.topLeft(), _BADGES[state], accents.get(state, colours.text))

    def _paint_mark(self, painter: QPainter, corner: QPointF, icon: str, colour: str, ground: QColor) -> None:
        """Paint a mark on a ground of its own, so that it is seen on any photo."""
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(QRectF(corner.x() - 2, corner.y() - 2, _BADGE + 4, _BADGE + 4))
        self._draw_icon(painter, corner, icon, colour)

    def _draw_icon(self, painter: QPainter, corner: QPointF, icon: str, colour: str) -> None:
        scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
        mark = icons.draw(icon, colour, round(_BADGE * scale))
        mark.setDevicePixelRatio(scale)
        painter.drawPixmap(corner, mark)
