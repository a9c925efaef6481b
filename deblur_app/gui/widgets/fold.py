"""A line that shows or hides what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.theme import SPACE


class Fold(QWidget):
    """A title with a content that most people do not need; folded until the user opens it, and remembered.

    Attributes:
        header: The title, which opens and folds.
    """

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._key = f"fold/{title}"
        self.header = make_fold_header(title, "fold")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.header)
        layout.addWidget(content)
        is_open = QSettings("Deblur", "Deblur").value(self._key, "folded") == "open"
        self.header.setChecked(is_open)
        self._show(is_open)
        self.header.toggled.connect(self._show)
        self.header.clicked.connect(self._keep)

    @property
    def is_open(self) -> bool:
        """True if the content is shown."""
        return self.header.isChecked()

    def open(self) -> None:
        """Show the content, because something in it matters now; the choice of the user is kept for the next time."""
        self.header.setChecked(True)

    @Slot(bool)
    def _keep(self, is_open: bool) -> None:
        QSettings("Deblur", "Deblur").setValue(self._key, "open" if is_open else "folded")

    @Slot(bool)
    def _show(self, is_open: bool) -> None:
        show_below(self.header, self._content, is_open)


def make_fold_header(title: str, role: str) -> QToolButton:
    """Return the title of a part that folds, which is checked while it is open.

    Args:
        title: In English.
        role: Its look in the style sheet.
    """
    header = QToolButton()
    header.setProperty("role", role)
    header.setText(tr(title))
    header.setCheckable(True)
    header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    header.setIconSize(QSize(SIZE, SIZE))
    header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return header


def show_below(header: QToolButton, content: QWidget, is_open: bool) -> None:
    """Show or hide what stands below a title, with the arrow and the name that say which."""
    content.setVisible(is_open)
    set_icon(header, "chevron-down" if is_open else "chevron-right")
    title = header.text()
    header.setAccessibleName(tr("{title}, open", title=title) if is_open else tr("{title}, folded", title=title))
