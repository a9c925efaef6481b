"""The pictures of a dropped folder, and those that have results, beside the panes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from PySide6.QtGui import QAction

    from deblur_app.gui.session.results.kept_result import PhotoKey

_WIDTH = 150
_DOT = 16
"""Side in pixels of the icon that marks an unsaved result."""

_PATH, _KEY, _UNSAVED = (Qt.ItemDataRole.UserRole + number for number in range(3))


class PictureList(QListWidget):
    """The list of names; choosing one opens it. A dot marks those whose result is not saved.

    Signals:
        chosen: The path of the picture the user went to; the `PhotoKey` of one that has no file.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._together: list[Path] = []
        self.setAccessibleName("Photos")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(_DOT, _DOT))
        self.currentItemChanged.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Return a narrow size: the room is for the pictures, and the user can widen it."""
        return QSize(_WIDTH, super().sizeHint().height())

    def set_pictures(self, pictures: list[Path]) -> None:
        """List other pictures and choose the first, without a signal; those with unsaved results stay, below."""
        self._together = list(pictures)
        with QSignalBlocker(self):
            kept = [item for item in self._items() if item.data(_UNSAVED) and _path(item) not in pictures]
            for item in kept:
                self.takeItem(self.row(item))
            self.clear()
            for path in pictures:
                self._add(path.name, path)
            for item in kept:
                self.addItem(item)
            self.setCurrentRow(0)

    def paths(self) -> list[Path]:
        """Return all that were dropped together."""
        return list(self._together)

    def show_results(
        self, photos: Collection[PhotoKey], unsaved: Collection[PhotoKey], current: PhotoKey | None
    ) -> None:
        """List all photos that have a result, mark those whose result is not saved, and choose the one shown."""
        with QSignalBlocker(self):
            for key in photos:
                if self._item_of(key) is None:
                    self._add(key.name, key.path, key)
            marked = {id(self._item_of(key)) for key in unsaved}
            for item in self._items():
                self._mark(item, is_unsaved=id(item) in marked)
            shown = self._item_of(current) if current else None
            if shown:
                self.setCurrentItem(shown)

    def show_problems(self, problems: Mapping[Path, str]) -> None:
        """Show which files cannot be opened, and why in their tooltips."""
        for item in self._items():
            path = _path(item)
            if path is not None and path in problems:
                item.setForeground(self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text))
                item.setToolTip(problems[path])

    def _add(self, name: str, path: Path | None, key: PhotoKey | None = None) -> None:
        item = QListWidgetItem(name, self)
        item.setToolTip(str(path or name))
        item.setData(_PATH, str(path) if path else None)
        item.setData(_KEY, None if path else key)
        item.setIcon(self._icon(is_marked=False))  # so that all names begin at one place

    def _mark(self, item: QListWidgetItem, *, is_unsaved: bool) -> None:
        if bool(item.data(_UNSAVED)) != is_unsaved:
            item.setData(_UNSAVED, is_unsaved)
            item.setIcon(self._icon(is_marked=is_unsaved))
            words = f"{item.text()}, result not saved" if is_unsaved else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setToolTip(f"{_path(item) or item.text()}" + ("\nThe result is not saved." if is_unsaved else ""))

    def _icon(self, *, is_marked: bool) -> QIcon:
        """Return a dot in the colours of the list, selected or not; as much empty room for no mark."""
        icon, palette = QIcon(), self.palette()
        for mode, role in ((QIcon.Mode.Normal, "Highlight"), (QIcon.Mode.Selected, "HighlightedText")):
            colour = palette.color(QPalette.ColorRole[role])
            icon.addPixmap(_dot(colour if is_marked else QColor(Qt.GlobalColor.transparent)), mode)
        return icon

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _item_of(self, key: PhotoKey) -> QListWidgetItem | None:
        if key.path:
            return next((item for item in self._items() if _path(item) == key.path), None)
        return next((item for item in self._items() if item.data(_KEY) == key), None)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(_path(item) or item.data(_KEY))


def _path(item: QListWidgetItem) -> Path | None:
    text = item.data(_PATH)
    return Path(text) if text else None


def _dot(colour: QColor) -> QPixmap:
    pixmap = QPixmap(2 * _DOT, 2 * _DOT)  # sharp on screens of two pixels a point, too
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(_DOT // 2, _DOT // 2, _DOT, _DOT)
    painter.end()
    return pixmap


def with_button(pictures: PictureList, action: QAction) -> QWidget:
    """Return the list with a button below it that does what `action` does."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setText("Combine…")
    button.setToolTip("Make one photo of several of the same scene (Ctrl+M)")
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(pictures)
    layout.addWidget(button)
    return widget
