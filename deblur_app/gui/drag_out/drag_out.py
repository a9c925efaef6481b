"""Drags that carry a result as a file: from the filmstrip, from the Export button, and from the picture with Ctrl."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from deblur_app.gui.drag_out.dragged_files import DraggedFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.filmstrip.filmstrip import Filmstrip
    from deblur_app.gui.session.results.kept_result import KeptResult
    from deblur_app.gui.session.session import Session

_THUMBNAIL = QSize(96, 96)
"""The size of the picture below the pointer, in points."""


class DragOut(QObject):
    """The ways to drag a result out. What is dropped is a copy: the result still counts as not saved.

    Signals:
        failed: The exception because of which a result could not be written.
    """

    failed = Signal(object)

    def __init__(self, session: Session, parent: QWidget, execute: Callable[[QDrag], object] | None = None) -> None:
        """Drag results of `session`; `execute` runs a drag, by Qt where it is None."""
        super().__init__(parent)
        self._session = session
        self._execute = execute or (lambda drag: drag.exec(Qt.DropAction.CopyAction))
        self._handles: dict[QObject, Qt.KeyboardModifier] = {}
        self._pressed: QPoint | None = None
        self.files = DraggedFiles(session.load_saving, self)
        self.files.failed.connect(self.failed)

    def add_handle(self, widget: QWidget, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Let the result that is shown be dragged from a widget, while `keys` are held."""
        self._handles[widget] = keys
        widget.installEventFilter(self)

    def add_filmstrip(self, filmstrip: Filmstrip) -> None:
        """Let the results of photos be dragged from the filmstrip."""
        filmstrip.drag_prepared.connect(self._prepare_photo)
        filmstrip.drag_wanted.connect(self._drag_photo)

    @property
    def shown(self) -> KeptResult | None:
        """The result that is shown, where there is one that is kept."""
        result = self._session.result
        return result.kept if result else None

    @Slot(object)
    def _prepare_photo(self, key: object) -> None:
        if kept := self._session.results.current(key):  # type: ignore[arg-type]
            self.files.prepare(self._session.results, kept)

    @Slot(object)
    def _drag_photo(self, key: object) -> None:
        self.drag(self._session.results.current(key))  # type: ignore[arg-type]

    def drag(self, kept: KeptResult | None) -> bool:
        """Drag a result, and return whether a drag was begun."""
        if kept is None:
            return False
        self.files.prepare(self._session.results, kept)
        path = self.files.wait()
        if path is None:
            return False
        mime, drag = QMimeData(), QDrag(self)
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        drag.setMimeData(mime)
        if kept.thumbnail is not None:
            picture = QPixmap.fromImage(kept.thumbnail)
            drag.setPixmap(picture.scaled(_THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio))
        self._execute(drag)
        return True

    def finish(self) -> None:
        """End the writing of files."""
        self.files.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin a drag where the pointer is moved with the button down."""
        if not isinstance(event, QMouseEvent) or watched not in self._handles:
            return super().eventFilter(watched, event)
        keys, kind = self._handles[watched], event.type()
        if kind == QEvent.Type.MouseButtonPress:
            is_ours = event.button() == Qt.MouseButton.LeftButton and event.modifiers() == keys
            self._pressed = event.position().toPoint() if is_ours and self.shown else None
            if self._pressed and self.shown:
                self.files.prepare(self._session.results, self.shown)
            return bool(self._pressed) and keys != Qt.KeyboardModifier.NoModifier
        if kind == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            moved = (event.position().toPoint() - self._pressed).manhattanLength()
            if moved >= QApplication.startDragDistance():
                self._pressed = None
                if isinstance(watched, QAbstractButton):
                    watched.setDown(False)  # it gets no release of the button
                self.drag(self.shown)
            return True
        return super().eventFilter(watched, event)
