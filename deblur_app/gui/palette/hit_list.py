"""What matches in the command palette, as Qt's view shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from deblur_app.gui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from deblur_app.gui.palette.entries import Hit

type _Index = QModelIndex | QPersistentModelIndex

_HIT = Qt.ItemDataRole.UserRole
"""The role of the `Hit`."""


class HitModel(QAbstractListModel):
    """The list of what matches.

    Attributes:
        hits: The hits, the best first.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of hits."""
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a hit, its words for screen readers, or the hit."""
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        roles = {
            int(Qt.ItemDataRole.DisplayRole): hit.entry.text,
            int(Qt.ItemDataRole.AccessibleTextRole): hit.entry.words,
            int(_HIT): hit,
        }
        return roles.get(int(role))


class HitDelegate(QStyledItemDelegate):
    """The painter of one hit: its letters that match are bold, group and key stand at the end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Return the height of a control, or more with a large font."""
        return QSize(0, max(theme.CONTROL_HEIGHT, option.fontMetrics.lineSpacing() + theme.SPACE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one hit."""
        hit: Hit = index.data(_HIT)
        colours = theme.colours_of(option.palette)
        painter.save()
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(option.rect, QColor(colours.line if hit.entry.problem else colours.accent))
        text, second = colours.text, colours.secondary
        if hit.entry.problem:
            text = second if is_chosen else colours.disabled
        elif is_chosen:
            text = second = colours.on_accent
        room = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        painter.setFont(option.font)
        painter.setPen(QColor(second))
        end = hit.entry.problem or " · ".join(filter(None, (hit.entry.group, hit.entry.key)))
        right_to_left = option.direction == Qt.LayoutDirection.RightToLeft
        towards_end = Qt.AlignmentFlag.AlignLeft if right_to_left else Qt.AlignmentFlag.AlignRight
        painter.drawText(room, towards_end | Qt.AlignmentFlag.AlignVCenter, end)
        taken = option.fontMetrics.horizontalAdvance(end) + 2 * theme.SPACE
        room = room.adjusted(taken, 0, 0, 0) if right_to_left else room.adjusted(0, 0, -taken, 0)
        painter.setPen(QColor(text))
        _draw_matched(painter, room, hit, option.font, right_to_left=right_to_left)
        painter.restore()


def _draw_matched(painter: QPainter, room: QRect, hit: Hit, font: QFont, *, right_to_left: bool) -> None:
    """Draw the text of a hit with the letters that match in bold, shortened to the room at its end."""
    bold = QFont(font)
    bold.setBold(True)
    text = QFontMetrics(bold if hit.places else font).elidedText(
        hit.entry.text, Qt.TextElideMode.ElideMiddle, room.width()
    )
    is_whole = text == hit.entry.text
    places = set(hit.places) if is_whole else set()
    if right_to_left or not places:
        painter.setFont(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        return
    x = room.left()
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and (end in places) == (start in places):
            end += 1
        part = text[start:end]
        painter.setFont(bold if start in places else font)
        painter.drawText(QRect(x, room.top(), room.right() - x + 1, room.height()), Qt.AlignmentFlag.AlignVCenter, part)
        x += QFontMetrics(painter.font()).horizontalAdvance(part)
        start = end
