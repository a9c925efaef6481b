"""A card of a panel that folds, and says where something in it was changed."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.theme import SPACE, TIGHT


class Card(QFrame):
    """A titled part of a panel. It stays in its place: what makes no sense now is disabled, and not taken away.

    Attributes:
        header: The title, which folds the card.
        reset: The link that takes changes back; shown where there are some.

    Signals:
        reset_wanted: The link was clicked.
    """

    reset_wanted = Signal()

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._content = content
        self._key = f"card/{title}"
        self.header = QToolButton()
        self.header.setProperty("role", "title")
        self.header.setText(tr(title))
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setIconSize(QSize(SIZE, SIZE))
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.reset = QToolButton()
        self.reset.setProperty("role", "link")
        self.reset.setText(tr("Changed · Reset"))
        self.reset.setAccessibleName(tr("{title}: reset what was changed", title=tr(title)))
        self.reset.setToolTip(tr("Back to the usual settings"))
        self.reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reset.clicked.connect(self.reset_wanted)
        self.reset.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.header, 1)
        line.addWidget(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, TIGHT, SPACE, SPACE)
        layout.setSpacing(TIGHT)
        layout.addLayout(line)
        layout.addWidget(content)
        is_open = QSettings("Deblur", "Deblur").value(self._key, "open") != "folded"
        self.header.setChecked(is_open)
        self._show(is_open)
        self.header.toggled.connect(self._fold)

    @property
    def is_open(self) -> bool:
        """True if the content is shown."""
        return self.header.isChecked()

    def set_changed(self, changed: bool) -> None:
        """Say whether something in the card differs from the usual settings."""
        self.reset.setVisible(changed)

    @Slot(bool)
    def _fold(self, is_open: bool) -> None:
        """Fold or open the card as the user wants it, and keep that: writing takes some 10 ms."""
        self._show(is_open)
        QSettings("Deblur", "Deblur").setValue(self._key, "open" if is_open else "folded")

    def _show(self, is_open: bool) -> None:
        self._content.setVisible(is_open)
        set_icon(self.header, "chevron-down" if is_open else "chevron-right")
        title = self.header.text()
        self.header.setAccessibleName(
            tr("{title}, open", title=title) if is_open else tr("{title}, folded", title=title)
        )
