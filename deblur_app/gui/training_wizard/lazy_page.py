"""The place of a page that is built when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.training_wizard.page import Page


_ALL = 1000
"""Share of the width that a page takes before the room at its right gets anything."""


class LazyPage(QScrollArea):
    """The place of a page, which scrolls it.

    Signals:
        built: The page, when it has been built.
    """

    built = Signal(object)

    def __init__(self, build: Callable[[], Page]) -> None:
        """Make a place whose page `build` makes."""
        super().__init__()
        self._build = build
        self._page: Page | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus

    @property
    def is_built(self) -> bool:
        """True if there is a page."""
        return self._page is not None

    @property
    def page(self) -> Page:
        """The page, built now where it was not yet."""
        if self._page is None:
            self._page = self._build()
            self._put_in(self._page)
            self.built.emit(self._page)
        return self._page

    def _put_in(self, page: Page) -> None:
        around = QWidget()
        layout = QHBoxLayout(around)
        layout.addWidget(page, _ALL)
        if not page.scrolls_itself:
            page.setMaximumWidth(page.widest)
            layout.addStretch(1)  # a page that is as wide as it gets stands at the left
        self.setWidget(around)
