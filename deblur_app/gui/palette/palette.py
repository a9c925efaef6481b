"""The command palette: a field and a list over the window, driven by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout

from deblur_app.core.texts import tr
from deblur_app.gui.palette.entries import find_hits
from deblur_app.gui.palette.hit_list import HitDelegate, HitModel
from deblur_app.gui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from deblur_app.gui.palette.entries import Entry

_WIDTH, _ROWS = 620, 11
"""The width of the palette, in points, and the rows that are seen at once."""

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Palette(QFrame):
    """What can be done, found by a few letters: arrow keys choose, Enter does it, Escape leaves.

    Attributes:
        search: The field.
        list: What matches.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "palette")
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Command palette"))
        self._entries: list[Entry] = []
        self._before: QWidget | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("What do you want to do?"))
        self.search.setAccessibleName(tr("Search commands, methods and recent photos"))
        self.search.installEventFilter(self)
        self._model = HitModel(self)
        self.list = QListView()
        self.list.setProperty("role", "list")
        self.list.setAccessibleName(tr("Commands"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(HitDelegate(self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self.nothing = QLabel(tr("Nothing matches."))
        self.nothing.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        for widget in (self.search, self.list, self.nothing):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._search)
        window.installEventFilter(self)
        self.hide()

    def open(self, entries: Sequence[Entry]) -> None:
        """Show the palette with these entries."""
        self._before = QApplication.focusWidget()
        self._entries = list(entries)
        self.search.clear()
        self._search("")
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def shown(self) -> list[Entry]:
        """The entries that match, the best first."""
        return [hit.entry for hit in self._model.hits]

    @Slot(str)
    def _search(self, text: str) -> None:
        self._model.set_hits(find_hits(self._entries, text))
        self.list.setCurrentIndex(self._model.index(0))
        has_hits = bool(self._model.hits)
        self.list.setVisible(has_hits)
        self.nothing.setVisible(not has_hits)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        """Stand below the top bar, in the middle, as high as what matches needs."""
        window = self.parentWidget()
        if window is None:
            return
        rows = min(len(self._model.hits), _ROWS)
        self.list.setFixedHeight(max(rows, 1) * self.list.sizeHintForRow(0) + SPACE if rows else 0)
        width = min(_WIDTH, window.width() - 4 * SPACE)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((window.width() - width) // 2, min(10 * SPACE, max(window.height() - self.height(), 0)))

    def _leave(self) -> None:
        """Give the focus back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(object)
    def _run(self, index: QModelIndex) -> None:
        """Do what was chosen; what cannot be done stays in the list, which says why."""
        if not index.isValid():
            return
        entry = self._model.hits[index.row()].entry
        if not entry.problem:
            self._leave()
            entry.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list, and follow the size of the window."""
        if watched is self.parent():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if isinstance(event, QKeyEvent):
            is_ours = event.key() in (*_LIST_KEYS, *_ENTER_KEYS, Qt.Key.Key_Escape)
            if event.type() == QEvent.Type.ShortcutOverride and is_ours:
                event.accept()  # Escape would stop the work
                return True
            if event.type() == QEvent.Type.KeyPress and is_ours:
                self._press(event)
                return True
        elif isinstance(event, QEvent) and event.type() == QEvent.Type.FocusOut:
            self._lose_focus(event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ENTER_KEYS:
            self._run(self.list.currentIndex())
        else:
            QApplication.sendEvent(self.list, event)

    def _lose_focus(self, event: QFocusEvent) -> None:
        """Hide where something else was clicked; a menu of the field and another window keep it."""
        if event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self._before = None
            self.hide()
