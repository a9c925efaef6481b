"""The dock with the pictures of a dropped folder, and those that have results."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDockWidget, QWidget

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.picture_list import PictureList


class PictureDock(QDockWidget):
    """The list of pictures beside the panes. It opens when there is something to choose from.

    Signals:
        chosen: The path of the picture the user went to; the `PhotoKey` of one that has no file.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Photos", parent)
        self.setObjectName("Pictures")
        self._session = session
        self._combine: QAction | None = None
        session.unreadable.connect(lambda problems: self.pictures.show_problems(problems))
        self.hide()

    def offer_combining(self, combine: QAction) -> None:
        """Let a button below the list do what the action `combine` does."""
        self._combine = combine

    @functools.cached_property
    def pictures(self) -> PictureList:
        """The list; made when it is first needed, at the latest after the first paint."""
        from deblur_app.gui.viewer.picture_list import PictureList, with_button

        pictures = PictureList()
        pictures.chosen.connect(self.chosen)
        self.setWidget(with_button(pictures, self._combine) if self._combine else pictures)
        return pictures

    @Slot(list)
    def list_together(self, paths: list[Path]) -> None:
        """List what was dropped together."""
        self.pictures.set_pictures(paths)
        self.show()
        self.pictures.setFocus()

    @Slot()
    def refresh(self) -> None:
        """List the photos that have results; the dock opens when there are two."""
        session = self._session
        current = session.input.key if session.input else None
        before = self.pictures.count()
        self.pictures.show_results(session.photos, [kept.photo for kept in session.unsaved_results], current)
        if before < 2 <= self.pictures.count():
            self.show()
