"""The photos of the filmstrip, as Qt's views read them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from deblur_app.core.texts import tr, tr_later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.session.results.kept_result import PhotoKey

type _Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole
"""The role of the `PhotoState`."""

PHOTO_ROLE = Qt.ItemDataRole.UserRole + 1
"""The role of the `StripPhoto`."""


class Mark(enum.Enum):
    """The mark that the user gave a photo; the value says it in words."""

    NONE = ""
    PICKED = tr_later("picked")
    REJECTED = tr_later("rejected")


class PhotoState(enum.Enum):
    """The state of a photo; the value says it in words."""

    NEW = ""
    WORKING = tr_later("being restored")
    DONE = tr_later("result not saved")
    SAVED = tr_later("saved")
    UNCHANGED = tr_later("left as it is")
    FAILED = tr_later("cannot be opened")


@dataclass(frozen=True)
class StripPhoto:
    """A photo of the strip.

    Attributes:
        name: The name for the user.
        path: Its file; None for one from the clipboard or the lab.
        key: What tells it from others where it has no file.
        state: What became of it.
        problem: Why it cannot be opened; "" where it can.
        mark: The mark that the user gave it.
        is_doubtful: Whether its result needs a look: its blur was not sure, or a check failed.
        is_starred: Whether one of its versions has a star.
    """

    name: str
    path: Path | None
    key: PhotoKey | None = None
    state: PhotoState = PhotoState.NEW
    problem: str = ""
    mark: Mark = Mark.NONE
    is_doubtful: bool = False
    is_starred: bool = False

    @property
    def identity(self) -> Path | PhotoKey | None:
        """What tells it from others."""
        return self.path or self.key

    def is_of(self, key: PhotoKey) -> bool:
        """Return whether it is the photo of a key."""
        return self.path == key.path if key.path else self.key == key

    @property
    def words(self) -> str:
        """Name, state and mark, as a screen reader says them."""
        doubt = tr("needs a look") if self.is_doubtful else ""
        state, mark = (tr(words) if words else "" for words in (self.state.value, self.mark.value))
        return ", ".join(filter(None, (self.name, state, doubt, mark)))


class PhotoModel(QAbstractListModel):
    """The list of photos; thumbnails come when they are made.

    Attributes:
        photos: The photos, from left to right.
    """

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__(loader)
        self.photos: list[StripPhoto] = []
        self._marks: dict[Path | PhotoKey | None, Mark] = {}
        self._loader = loader
        loader.ready.connect(self._show_thumbnail)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of photos."""
        return 0 if parent is not None and parent.isValid() else len(self.photos)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that photos can be chosen and dragged."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view asks about a photo."""
        photo = self.photos[index.row()]
        roles = Qt.ItemDataRole
        readers: dict[int, Callable[[], Any]] = {
            roles.DisplayRole: lambda: photo.name,
            roles.DecorationRole: lambda: self._loader.thumbnail(photo.path) if photo.path else None,
            roles.ToolTipRole: lambda: photo.problem or f"{photo.path or photo.name}\n{photo.words}".strip(),
            roles.AccessibleTextRole: lambda: photo.words,
            STATE_ROLE: lambda: photo.state,
            PHOTO_ROLE: lambda: photo,
        }
        return readers[role]() if role in readers else None

    def list_photos(self, photos: Sequence[StripPhoto]) -> None:
        """List other photos."""
        self.beginResetModel()
        self.photos = [self._with_mark(photo) for photo in photos]
        self.endResetModel()

    def add(self, photo: StripPhoto) -> None:
        """Add a photo at the right."""
        row = len(self.photos)
        self.beginInsertRows(QModelIndex(), row, row)
        self.photos.append(self._with_mark(photo))
        self.endInsertRows()

    def row_of(self, key: PhotoKey) -> int:
        """Return the place of the photo of a key; -1 where it is not listed."""
        return next((row for row, photo in enumerate(self.photos) if photo.is_of(key)), -1)

    def set_state(self, row: int, state: PhotoState) -> None:
        """Say what became of a photo."""
        if self.photos[row].state is not state:
            self._replace(row, replace(self.photos[row], state=state))

    def set_facts(self, row: int, *, is_doubtful: bool, is_starred: bool) -> None:
        """Say whether a photo needs a look, and whether one of its versions has a star."""
        photo = self.photos[row]
        if (photo.is_doubtful, photo.is_starred) != (is_doubtful, is_starred):
            self._replace(row, replace(photo, is_doubtful=is_doubtful, is_starred=is_starred))

    def set_mark(self, rows: Iterable[int], mark: Mark) -> None:
        """Mark photos; the marks stay while the program runs, also where a photo is listed anew."""
        for row in rows:
            photo = self.photos[row]
            self._marks[photo.identity] = mark
            if photo.mark is not mark:
                self._replace(row, replace(photo, mark=mark))

    def _with_mark(self, photo: StripPhoto) -> StripPhoto:
        return replace(photo, mark=self._marks.get(photo.identity, Mark.NONE))

    def show_problems(self, problems: Mapping[Path, str]) -> None:
        """Say which files cannot be opened, and why."""
        for row, photo in enumerate(self.photos):
            if photo.path is not None and photo.path in problems:
                self._replace(row, replace(photo, state=PhotoState.FAILED, problem=problems[photo.path]))

    def _replace(self, row: int, photo: StripPhoto) -> None:
        self.photos[row] = photo
        self.dataChanged.emit(self.index(row), self.index(row))

    def _show_thumbnail(self, path: Path) -> None:
        for row, photo in enumerate(self.photos):
            if photo.path == path:
                self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])
