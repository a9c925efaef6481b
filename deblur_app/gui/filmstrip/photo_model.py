"""The photos of the filmstrip, as Qt's views read them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.session.results.kept_result import PhotoKey

type _Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole
"""The role of the `PhotoState`."""


class PhotoState(enum.Enum):
    """The state of a photo; the value says it in words."""

    NEW = ""
    WORKING = "being restored"
    DONE = "result not saved"
    SAVED = "saved"
    UNCHANGED = "left as it is"
    FAILED = "cannot be opened"


@dataclass(frozen=True)
class StripPhoto:
    """A photo of the strip.

    Attributes:
        name: The name for the user.
        path: Its file; None for one from the clipboard or the lab.
        key: What tells it from others where it has no file.
        state: What became of it.
        problem: Why it cannot be opened; "" where it can.
    """

    name: str
    path: Path | None
    key: PhotoKey | None = None
    state: PhotoState = PhotoState.NEW
    problem: str = ""

    def is_of(self, key: PhotoKey) -> bool:
        """Return whether it is the photo of a key."""
        return self.path == key.path if key.path else self.key == key

    @property
    def words(self) -> str:
        """Name and state, as a screen reader says them."""
        return f"{self.name}, {self.state.value}" if self.state.value else self.name


class PhotoModel(QAbstractListModel):
    """The list of photos; thumbnails come when they are made.

    Attributes:
        photos: The photos, from left to right.
    """

    def __init__(self, loader: ThumbnailLoader) -> None:
        super().__init__(loader)
        self.photos: list[StripPhoto] = []
        self._loader = loader
        loader.ready.connect(self._show_thumbnail)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return the number of photos."""
        return 0 if parent is not None and parent.isValid() else len(self.photos)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a view asks about a photo."""
        photo = self.photos[index.row()]
        roles = Qt.ItemDataRole
        readers: dict[int, Callable[[], Any]] = {
            roles.DisplayRole: lambda: photo.name,
            roles.DecorationRole: lambda: self._loader.thumbnail(photo.path) if photo.path else None,
            roles.ToolTipRole: lambda: photo.problem or f"{photo.path or photo.name}\n{photo.state.value}".strip(),
            roles.AccessibleTextRole: lambda: photo.words,
            STATE_ROLE: lambda: photo.state,
        }
        return readers[role]() if role in readers else None

    def list_photos(self, photos: Sequence[StripPhoto]) -> None:
        """List other photos."""
        self.beginResetModel()
        self.photos = list(photos)
        self.endResetModel()

    def add(self, photo: StripPhoto) -> None:
        """Add a photo at the right."""
        row = len(self.photos)
        self.beginInsertRows(QModelIndex(), row, row)
        self.photos.append(photo)
        self.endInsertRows()

    def row_of(self, key: PhotoKey) -> int:
        """Return the place of the photo of a key; -1 where it is not listed."""
        return next((row for row, photo in enumerate(self.photos) if photo.is_of(key)), -1)

    def set_state(self, row: int, state: PhotoState) -> None:
        """Say what became of a photo."""
        if self.photos[row].state is not state:
            self._replace(row, replace(self.photos[row], state=state))

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
