"""The filmstrip below the picture: the photos that were dropped, and those that have results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QToolButton, QVBoxLayout

from deblur_app.core.texts import tr, tr_count
from deblur_app.gui.filmstrip.photo_delegate import PhotoDelegate
from deblur_app.gui.filmstrip.photo_filter import FilterButton, PhotoFilter
from deblur_app.gui.filmstrip.photo_model import Mark, PhotoModel, PhotoState, StripPhoto
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.session.last_session import LastSession
from deblur_app.gui.session.remembered import is_sample
from deblur_app.gui.theme import SPACE, TIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtCore import QModelIndex, SignalInstance
    from PySide6.QtGui import QAction, QWheelEvent

    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.session.results.kept_result import PhotoKey
    from deblur_app.gui.session.session import Session

_HEIGHT = 112
"""The height of the photos, in points, at the usual font."""


class Strip(QListView):
    """The row of photos; the arrow keys go from one to the next.

    Signals:
        drag_wanted: The index of a photo that is being dragged.
    """

    drag_wanted = Signal(object)

    def __init__(self, model: PhotoModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(PhotoDelegate(self))
        self.setAccessibleName(tr("Photos"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(True)

    def startDrag(self, _: Qt.DropAction) -> None:
        """Ask for the result of the photo to be dragged."""
        self.drag_wanted.emit(self.currentIndex())

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
        filter: The choice of what is shown.

    Signals:
        chosen: The path of the photo the user went to; the `PhotoKey` of one that has no file.
        changed: There are other photos, or something became of one.
        drag_prepared: The `PhotoKey` of a photo that may be dragged next.
        drag_wanted: The `PhotoKey` of a photo that is being dragged.
    """

    chosen = Signal(object)
    changed = Signal()
    drag_prepared = Signal(object)
    drag_wanted = Signal(object)

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
        self.filter = FilterButton()
        self.filter.changed.connect(self._apply_filter)
        self.combine = QToolButton()
        self.combine.setProperty("role", "link")
        self.combine.setText(tr("Combine…"))
        self.combine.setAccessibleName(tr("Combine photos"))
        self.combine.setToolTip(tr("Make one photo of several of the same scene (Ctrl+M)"))
        self.combine.clicked.connect(combine.trigger)
        self._lay_out()
        self._fold(False)
        self.strip.selectionModel().currentChanged.connect(self._tell)
        self.strip.pressed.connect(lambda index: self._tell_key(index, self.drag_prepared))
        self.strip.drag_wanted.connect(lambda index: self._tell_key(index, self.drag_wanted))
        session.unreadable.connect(self._model.show_problems)
        session.busy_changed.connect(self.refresh)
        self._model.dataChanged.connect(self._follow_photos)
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

    # --- marks ------------------------------------------------------------------------------------------------------

    def mark(self, mark: Mark) -> None:
        """Give the selected photos a mark."""
        rows = {index.row() for index in self.strip.selectedIndexes()} or {self.strip.currentIndex().row()}
        self._model.set_mark((row for row in rows if row >= 0), mark)

    def set_marks(self, picked: Iterable[Path], rejected: Iterable[Path]) -> None:
        """Mark files as they were marked before."""
        for paths, mark in ((set(picked), Mark.PICKED), (set(rejected), Mark.REJECTED)):
            self._model.set_mark((row for row, photo in enumerate(self._model.photos) if photo.path in paths), mark)

    def describe(self) -> LastSession:
        """Return which files are listed, which is open, and how they are marked; samples are left out."""
        photos = [photo for photo in self._model.photos if photo.path and not is_sample(photo.path)]
        current = self.strip.currentIndex().row()
        path = self._model.photos[current].path if 0 <= current < len(self._model.photos) else None
        return LastSession(
            [str(photo.path) for photo in photos],
            str(path or ""),
            [str(photo.path) for photo in photos if photo.mark is Mark.PICKED],
            [str(photo.path) for photo in photos if photo.mark is Mark.REJECTED],
        )

    # --- photos -----------------------------------------------------------------------------------------------------

    def choose(self, row: int) -> None:
        """Go to a photo as the user does."""
        self.strip.setCurrentIndex(self._model.index(row))

    @Slot(int)
    def go(self, step: int) -> None:
        """Go to the photo before this one (-1) or after it (1) that the filter shows, as the user does."""
        row = self.strip.currentIndex().row() + step
        while 0 <= row < len(self._model.photos) and self.strip.isRowHidden(row):
            row += step
        if 0 <= row < len(self._model.photos):
            self.choose(row)

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
                row = self._model.row_of(key)
                self._model.set_state(row, self._state_of(key))
                self._model.set_facts(row, is_doubtful=self._is_doubtful(key), is_starred=self._is_starred(key))
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

    def _is_doubtful(self, key: PhotoKey) -> bool:
        """Return whether the result of a photo needs a look: its blur was not sure, or a check failed."""
        from deblur_app.engine.estimation.psf_estimate import is_sure

        kept = self._session.results.current(key)
        if kept is None or not kept.is_changed:
            return False
        estimate = kept.restored.estimate
        return kept.restored.rejected is not None or (estimate is not None and not is_sure(estimate.confidence))

    def _is_starred(self, key: PhotoKey) -> bool:
        return any(kept.is_starred for kept in self._session.results.list_of(key))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(TIGHT, 0, SPACE, 0)
        line.addWidget(self.fold)
        line.addWidget(self.count)
        line.addWidget(self.filter)
        line.addStretch(1)
        line.addWidget(self.combine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 1, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.strip)
        self.strip.setFixedHeight(_HEIGHT)

    def _show_count(self) -> None:
        self.strip.setFixedHeight(self.strip.sizeHint().height())
        self._apply_filter()
        self.changed.emit()

    @Slot()
    def _follow_photos(self, _first: QModelIndex, _last: QModelIndex, roles: list[int]) -> None:
        """Show what became of a photo; a thumbnail that has come is no change."""
        if not roles:
            self._apply_filter()
            self.changed.emit()

    @Slot()
    def _apply_filter(self) -> None:
        """Hide what is not to be shown; the photo that is open is always shown."""
        photos, kind, current = self._model.photos, self.filter.chosen, self.strip.currentIndex().row()
        shown = 0
        for row, photo in enumerate(photos):
            is_shown = kind.shows(photo)
            shown += is_shown
            self.strip.setRowHidden(row, not (is_shown or row == current))
        count = tr_count("{count} photos", "1 photo", len(photos))
        self.count.setText(count if kind is PhotoFilter.ALL else tr("{shown} of {count}", shown=shown, count=count))
        self.filter.count(photos)

    @Slot(bool)
    def _fold(self, folded: bool) -> None:
        self.strip.setVisible(not folded)
        words = tr("Show the photos") if folded else tr("Fold the photos away")
        self.fold.setToolTip(words)
        self.fold.setAccessibleName(words)
        set_icon(self.fold, "chevron-up" if folded else "chevron-down")

    def _tell_key(self, index: QModelIndex, signal: SignalInstance) -> None:
        """Emit the key of a photo that has a result."""
        photo = self._model.photos[index.row()] if index.isValid() else None
        key = next((key for key in self._session.photos if photo and photo.is_of(key)), None)
        if key:
            signal.emit(key)

    @Slot(object)
    def _tell(self, current: QModelIndex) -> None:
        if current.isValid() and not self.signalsBlocked():
            photo = self._model.photos[current.row()]
            self.chosen.emit(photo.path or photo.key)
