"""The filmstrip below the picture: the photos that were dropped, and those that have results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout

from deblur_app.gui.filmstrip.photo_delegate import PhotoDelegate
from deblur_app.gui.filmstrip.photo_model import PhotoModel, PhotoState, StripPhoto
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.theme import SPACE, TIGHT

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QAction, QWheelEvent

    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.session.results.kept_result import PhotoKey
    from deblur_app.gui.session.session import Session

_HEIGHT = 112
"""The height of the photos, in points, at the usual font."""


class Strip(QListView):
    """The row of photos; the arrow keys go from one to the next."""

    def __init__(self, model: PhotoModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PhotoDelegate(self))
        self.setAccessibleName("Photos")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Return a height that fits one row and the scroll bar, whatever the font."""
        cell = self.sizeHintForRow(0) if self.model().rowCount() else 0
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), max(cell + bar + TIGHT, _HEIGHT))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways by a wheel that turns up and down."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()


class Filmstrip(QFrame):
    """The photos, with a line above them that folds them away. It shows itself when there are two.

    Attributes:
        strip: The row of photos.

    Signals:
        chosen: The path of the photo the user went to; the `PhotoKey` of one that has no file.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, loader: ThumbnailLoader, combine: QAction) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self._session = session
        self._together: list[Path] = []
        self._model = PhotoModel(loader)
        self.strip = Strip(self._model)
        self.fold = QToolButton()
        self.fold.setProperty("role", "flat")
        self.fold.setCheckable(True)
        self.fold.setIconSize(QSize(SIZE, SIZE))
        self.fold.toggled.connect(self._fold)
        self.count = QLabel()
        self.combine = QToolButton()
        self.combine.setProperty("role", "link")
        self.combine.setText("Combine…")
        self.combine.setAccessibleName("Combine photos")
        self.combine.setToolTip("Make one photo of several of the same scene (Ctrl+M)")
        self.combine.clicked.connect(combine.trigger)
        self._lay_out()
        self._fold(False)
        self.strip.selectionModel().currentChanged.connect(self._tell)
        session.unreadable.connect(self._model.show_problems)
        session.busy_changed.connect(self.refresh)
        self.hide()

    @property
    def names(self) -> list[str]:
        """The names of the photos, from left to right."""
        return [photo.name for photo in self._model.photos]

    @property
    def states(self) -> list[PhotoState]:
        """The state of each photo."""
        return [photo.state for photo in self._model.photos]

    @property
    def words(self) -> list[str]:
        """The words of a screen reader for each photo."""
        return [photo.words for photo in self._model.photos]

    def paths_to_combine(self) -> list[Path]:
        """Return the files of the photos that are selected; those that were dropped together where it is only one."""
        rows = sorted(index.row() for index in self.strip.selectedIndexes())
        paths = [photo.path for photo in (self._model.photos[row] for row in rows) if photo.path]
        return paths if len(paths) > 1 else list(self._together)

    def choose(self, row: int) -> None:
        """Go to a photo as the user does."""
        self.strip.setCurrentIndex(self._model.index(row))

    @Slot(list)
    def list_together(self, paths: list[Path]) -> None:
        """List what was dropped together, and choose the first, without a signal; unsaved results stay, at the end."""
        self._together = list(paths)
        kept = [
            photo for photo in self._model.photos if photo.state is PhotoState.DONE and photo.path not in set(paths)
        ]
        with QSignalBlocker(self):
            self._model.list_photos([*(StripPhoto(path.name, path) for path in paths), *kept])
            self.choose(0)
        self._show_count()
        self.show()
        self.strip.setFocus()

    @Slot()
    def refresh(self) -> None:
        """List the photos that have results, and say what became of each."""
        session = self._session
        before = len(self._model.photos)
        with QSignalBlocker(self):
            for key in session.photos:
                if self._model.row_of(key) < 0:
                    self._model.add(StripPhoto(key.name, key.path, None if key.path else key))
            for key in session.photos:
                self._model.set_state(self._model.row_of(key), self._state_of(key))
            row = self._model.row_of(session.input.key) if session.input else -1
            if row >= 0 and self.strip.currentIndex().row() != row:
                self.choose(row)
        self._show_count()
        if before < 2 <= len(self._model.photos):
            self.show()

    def _state_of(self, key: PhotoKey) -> PhotoState:
        session = self._session
        is_open = session.input is not None and session.input.key == key
        if is_open and session.is_making:
            return PhotoState.WORKING
        kept = session.results.current(key)
        if kept is None:
            return PhotoState.NEW
        if not kept.is_changed:
            return PhotoState.UNCHANGED
        return PhotoState.SAVED if kept.is_saved else PhotoState.DONE

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(TIGHT, 0, SPACE, 0)
        line.addWidget(self.fold)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.combine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.strip)
        self.strip.setFixedHeight(_HEIGHT)

    def _show_count(self) -> None:
        count = len(self._model.photos)
        self.count.setText("1 photo" if count == 1 else f"{count} photos")
        self.strip.setFixedHeight(self.strip.sizeHint().height())

    @Slot(bool)
    def _fold(self, folded: bool) -> None:
        self.strip.setVisible(not folded)
        words = "Show the photos" if folded else "Fold the photos away"
        self.fold.setToolTip(words)
        self.fold.setAccessibleName(words)
        set_icon(self.fold, "chevron-up" if folded else "chevron-down")

    @Slot(object)
    def _tell(self, current: QModelIndex) -> None:
        if current.isValid() and not self.signalsBlocked():
            photo = self._model.photos[current.row()]
            self.chosen.emit(photo.path or photo.key)
