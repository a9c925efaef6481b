"""A sentence that stays on the page until it is read, with what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

_RADIUS = 6.0
"""The radius of the box's corners, in pixels."""


class Notice(QWidget):
    """A box with a sentence, at most one button, and a cross that closes it. Hidden while there is nothing to say."""

    def __init__(self, margin: int = 0) -> None:
        """Make a box that keeps `margin` pixels clear of what is left, right and above."""
        super().__init__()
        self._margin = margin
        self._is_warning = self._stays = False
        self._act: Callable[[], object] = self.hide
        self._icon = QLabel()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like HTML
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.clicked.connect(self._do)
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setText("✕")
        self.close_button.setToolTip(tr("Close this message"))
        self.close_button.setAccessibleName(tr("Close this message"))
        self.close_button.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.addWidget(self.label)
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(margin + 10, margin + 8, margin + 6, 8)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or "" while the box is hidden."""
        return "" if self.isHidden() else self.label.text()

    def warn(
        self, text: str, action: str = "", act: Callable[[], object] | None = None, *, stays: bool = False
    ) -> None:
        """Show what went wrong.

        Args:
            text: A sentence or two.
            action: The text of the button; "" for no button.
            act: The function of the button, called after the box has closed.
            stays: Whether the box stays open for what `act` leads to, and has no cross: its button must not be lost.
        """
        self._show(text, action, act, is_warning=True)
        self._stays = stays
        self.close_button.setVisible(not stays)

    def tell(self, text: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a notice that is no error; the arguments are those of `warn`."""
        self._show(text, action, act, is_warning=False)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the ground of the box: the colours follow the system's, light or dark."""
        accent = QColor(theme.WARNING) if self._is_warning else self.palette().color(QPalette.ColorRole.Highlight)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(accent)
        ground.setAlphaF(0.14)
        box = QRectF(self.rect()).adjusted(self._margin + 0.5, self._margin + 0.5, -self._margin - 0.5, -0.5)
        painter.setPen(accent)
        for brush in (self.palette().color(QPalette.ColorRole.Window), ground):  # it may lie over a picture
            painter.setBrush(brush)
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _show(self, text: str, action: str, act: Callable[[], object] | None, *, is_warning: bool) -> None:
        from PySide6.QtWidgets import QStyle  # its enumerations take 6 ms: not before the first paint

        self._is_warning, self._stays = is_warning, False
        self.close_button.show()
        self._act = act or self.hide
        icon = (
            QStyle.StandardPixmap.SP_MessageBoxWarning if is_warning else QStyle.StandardPixmap.SP_MessageBoxInformation
        )
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._icon.setPixmap(self.style().standardIcon(icon).pixmap(size))
        self.label.setText(text)
        self.setAccessibleName(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.show()
        self.update()

    @Slot()
    def _do(self) -> None:
        if not self._stays:
            self.hide()
        self._act()
