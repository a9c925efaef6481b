"""What the filmstrip shows of its photos: all, or those of one kind."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.filmstrip.photo_model import Mark, PhotoState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.gui.filmstrip.photo_model import StripPhoto

_WITH_RESULT = (PhotoState.DONE, PhotoState.SAVED)


class PhotoFilter(enum.Enum):
    """A kind of photos; the value is its name for the user."""

    ALL = tr_later("All")
    RESTORED = tr_later("Restored")
    DOUBTFUL = tr_later("Needs a look")
    FAILED = tr_later("Failed")
    STARRED = tr_later("Starred")
    PICKED = tr_later("Picked")
    REJECTED = tr_later("Rejected")

    def shows(self, photo: StripPhoto) -> bool:
        """Return whether a photo is of this kind."""
        return {
            PhotoFilter.ALL: True,
            PhotoFilter.RESTORED: photo.state in _WITH_RESULT,
            PhotoFilter.DOUBTFUL: photo.is_doubtful,
            PhotoFilter.FAILED: photo.state is PhotoState.FAILED,
            PhotoFilter.STARRED: photo.is_starred,
            PhotoFilter.PICKED: photo.mark is Mark.PICKED,
            PhotoFilter.REJECTED: photo.mark is Mark.REJECTED,
        }[self]


class FilterButton(QToolButton):
    """The button that chooses what is shown, with the number of photos of each kind in its menu.

    Attributes:
        chosen: What is shown.

    Signals:
        changed: Something else is shown.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chosen = PhotoFilter.ALL
        self.setProperty("role", "link")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setToolTip(tr("Show all photos, or those of one kind"))
        menu = QMenu(self)
        group = QActionGroup(self)
        self.entries: dict[PhotoFilter, QAction] = {}
        for kind in PhotoFilter:
            action = menu.addAction(tr(kind.value))
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, kind=kind: self.choose(kind))
            group.addAction(action)
            self.entries[kind] = action
        self.setMenu(menu)
        self._show()

    def choose(self, kind: PhotoFilter) -> None:
        """Show photos of one kind."""
        if kind is not self.chosen:
            self.chosen = kind
            self._show()
            self.changed.emit()

    def count(self, photos: Sequence[StripPhoto]) -> None:
        """Say in the menu how many photos there are of each kind."""
        for kind, action in self.entries.items():
            number = sum(kind.shows(photo) for photo in photos)
            action.setText(f"{tr(kind.value)} ({number})")

    def _show(self) -> None:
        self.entries[self.chosen].setChecked(True)
        self.setText(f"{tr(self.chosen.value)} ▾")
        self.setAccessibleName(tr("Shown: {kind}", kind=tr(self.chosen.value)))
