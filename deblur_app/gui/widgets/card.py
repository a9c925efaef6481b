"""A card of a panel that folds, and says where something in it was changed."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.widgets.fold import make_fold_header, show_below


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
        self.header = make_fold_header(title, "title")
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
        show_below(self.header, self._content, is_open)
