"""The photos of a batch as a grid of thumbnails with their states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyle, QStyledItemDelegate

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.batch.batch_model import ROW_ROLE, BatchRow
from deblur_app.gui.images.thumbnail import paint_thumbnail
from deblur_app.gui.look import icons

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from deblur_app.engine.batch.photo_queue import State
    from deblur_app.gui.batch.batch_model import BatchModel

_WIDTH, _THUMBNAIL = 152, 104
"""Width of a photo in the grid, and height of its thumbnail, in points."""

_BADGE = 18
"""The side of a badge, in points."""

_ICONS: dict[State, str] = {
    "running": "refresh-cw",
    "done": "check",
    "skipped": "history",
    "failed": "x",
    "unblurred": "focus",
    "rejected": "trash-2",
}
"""The icon of each state that has one: states are told by their shape and in words, and not by colour alone."""


class BatchDelegate(QStyledItemDelegate):
    """The painter of photos in the grid."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Return one size for all, which grows with the font."""
        return QSize(_WIDTH, _THUMBNAIL + 2 * option.fontMetrics.lineSpacing() + 4 * theme.TIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one photo."""
        painter.save()
        colours = theme.colours_of(option.palette)
        row: BatchRow = index.data(ROW_ROLE)
        cell: QRect = option.rect.adjusted(2, 2, -2, -2)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colours.hover))
            painter.setPen(QPen(QColor(colours.accent), 2) if is_selected else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), theme.RADIUS, theme.RADIUS)
        place = QRect(cell.left() + theme.TIGHT, cell.top() + theme.TIGHT, cell.width() - theme.SPACE, _THUMBNAIL)
        paint_thumbnail(painter, place, index.data(Qt.ItemDataRole.DecorationRole), colours)
        _paint_badge(painter, place, row, colours)
        line = option.fontMetrics.lineSpacing()
        words = QRect(place.left(), place.bottom() + theme.TIGHT, place.width(), line)
        painter.setPen(QColor(colours.text))
        elide, metrics = Qt.TextElideMode.ElideMiddle, option.fontMetrics
        name = metrics.elidedText(row.photo.path.name, elide, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(QColor(_colour(row, colours) or colours.secondary))
        below = words.translated(0, line)
        text = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
        if row.state == "running":
            _paint_progress(painter, QRect(place.left(), place.bottom() - 3, place.width(), 4), row.fraction, colours)
        painter.restore()


def _colour(row: BatchRow, colours: theme.Colours) -> str:
    """Return the colour of a state; "" for none of its own."""
    if row.is_doubtful:
        return colours.warn
    own: dict[State, str] = {"done": colours.ok, "failed": colours.error, "running": colours.accent}
    return own.get(row.state, "")


def _paint_badge(painter: QPainter, place: QRect, row: BatchRow, colours: theme.Colours) -> None:
    name = "triangle-alert" if row.is_doubtful else _ICONS.get(row.state, "")
    if not name:
        return
    corner = QRectF(place.right() - _BADGE - 3, place.top() + 3, _BADGE, _BADGE)
    painter.setRenderHint(painter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.panel))
    painter.drawEllipse(corner.adjusted(-3, -3, 3, 3))
    scale = painter.device().devicePixelRatioF() if painter.device() else 1.0
    mark = icons.draw(name, _colour(row, colours) or colours.text, round(_BADGE * scale))
    mark.setDevicePixelRatio(scale)
    painter.drawPixmap(corner.topLeft(), mark)


def _paint_progress(painter: QPainter, place: QRect, fraction: float, colours: theme.Colours) -> None:
    painter.fillRect(place, QColor(colours.line))
    painter.fillRect(
        QRect(place.left(), place.top(), round(place.width() * fraction), place.height()), QColor(colours.accent)
    )


class BatchGrid(QListView):
    """The grid; several photos can be chosen, and Enter or a double click shows one.

    Signals:
        chosen: The names of the photos that are selected.
        wanted: The name of the photo that shall be shown.
        first_wanted: Names of the photos that shall be restored next.
        again_wanted: Names of those that shall be restored again.
        removal_wanted: Names of those that shall be taken out.
        moved: Names of those that shall go up in the order (-1) or down (1), and which of both.
    """

    chosen = Signal(list)
    wanted = Signal(str)
    first_wanted = Signal(list)
    again_wanted = Signal(list)
    removal_wanted = Signal(list)
    moved = Signal(list, int)

    def __init__(self, model: BatchModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(BatchDelegate(self))
        self.setAccessibleName(tr("Photos of the batch"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSpacing(theme.TIGHT)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.selectionModel().selectionChanged.connect(lambda: self.chosen.emit(self.names))
        self.activated.connect(lambda index: self.wanted.emit(model.rows[index.row()].photo.relative))

    @property
    def names(self) -> list[str]:
        """The names of the photos that are selected, in their order."""
        return [self._model.rows[index.row()].photo.relative for index in sorted(self.selectedIndexes())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move photos by Alt and the arrows, remove them by Del; all else as lists do."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(self.names, steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit(self.names)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the photos that are selected."""
        names = self.names
        if not names:
            return
        menu = QMenu(self)
        menu.addAction(tr("Show photo and result"), lambda: self.wanted.emit(names[0]))
        menu.addAction(tr("Restore next"), lambda: self.first_wanted.emit(names))
        menu.addAction(tr("Restore again"), lambda: self.again_wanted.emit(names))
        menu.addAction(tr("Remove from the batch"), lambda: self.removal_wanted.emit(names))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
