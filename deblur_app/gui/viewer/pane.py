"""One picture with title, caption and notice, which takes dropped files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.viewer.canvas import Canvas
from deblur_app.gui.widgets.labels import Caption
from deblur_app.gui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage

    from deblur_app.gui.viewer.view import LinkedView

_CAPTION_LINES = 4
"""The height of a caption, in lines: blur, size and time, and figures, which take two where panes are narrow."""


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
        self._heading = QLabel(tr("<b>{title}</b>", title=title))
        self.canvas = Canvas(view)
        self.canvas.setAccessibleName(title)
        self._tab_from: QWidget = self.canvas
        self._words = words = QLabel(invitation)
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

    def set_invitation(self, text: str) -> None:
        """Say something else where there is no picture."""
        self._words.setText(text)

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
        self._heading.setText(tr("<b>{value}</b>", value=title or self._title))
        self.canvas.set_levels(levels)
        self.invitation.setVisible(not levels)
        self.caption.setText(caption)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files, and show that they may be dropped here."""
        if list_dropped_paths(event):
            event.acceptProposedAction()
            self._set_welcoming(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        """Stop showing that files may be dropped here."""
        self._set_welcoming(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped files."""
        self._set_welcoming(False)
        event.acceptProposedAction()
        self.dropped.emit(list_dropped_paths(event))

    def _set_welcoming(self, welcoming: bool) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Highlight if welcoming else QPalette.ColorRole.Window)
        self.setAutoFillBackground(welcoming)


def list_dropped_paths(event: QDropEvent) -> list[Path]:
    """Return the local files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
