"""Labels that never widen the window, however long a file name or a sentence is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_DOT = " · "


def mark_access_key(label: str, key: str) -> str:
    """Return a label whose first `key`, a letter, can be pressed with Alt; Qt marks it with “&”."""
    return label.replace(key, f"&{key}", 1) if key else label


def wrapping_label(text: str = "") -> QLabel:
    """Return a label that breaks a long text into lines."""
    label = QLabel(text)
    label.setWordWrap(True)
    return label


class ElidedLabel(QLabel):
    """One line of plain text; what does not fit is left out at its end and stands in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show a text, which is the tooltip too."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return a width of nothing: the others on the line go first."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, self.rect(), alignment, self.palette(), self.isEnabled(), text)


_NARROW = 34
"""Letters of a caption's width below which its lines are wrapped more often than once."""
_MORE_LINES = 3
"""Lines that a narrow caption has besides."""


class Caption(QLabel):
    """Lines of plain text below a picture, `lines` high; higher where it is narrow.

    What follows the first dot of the first line is shortened to the width there is: in its middle, as suits
    the name of a file, or at its end. The other lines wrap.
    """

    def __init__(self, lines: int, shorten: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle) -> None:
        super().__init__()
        self._shorten, self._lines = shorten, lines
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._find_height())

    def setText(self, text: str) -> None:
        """Show other lines; the whole of them is in the tooltip."""
        self._whole = text
        self.setToolTip(text)
        self._fit()

    @property
    def whole(self) -> str:
        """The lines, before anything was shortened."""
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the lines anew."""
        super().resizeEvent(event)
        self.setFixedHeight(self._find_height())
        self._fit()

    def _find_height(self) -> int:
        """Return the height for the present width; the same for all captions of that width, whatever they say."""
        letters = self.fontMetrics()
        is_narrow = self.width() < _NARROW * letters.averageCharWidth()
        return (self._lines + _MORE_LINES * is_narrow) * letters.lineSpacing() + 2

    def _fit(self) -> None:
        first, newline, rest = self._whole.partition("\n")
        size, dot, name = first.partition(_DOT)
        metrics = self.fontMetrics()
        room = self.width() - metrics.horizontalAdvance(size + dot) - 2
        name = metrics.elidedText(name, self._shorten, max(room, 0))
        super().setText(size + dot + name + newline + rest)
