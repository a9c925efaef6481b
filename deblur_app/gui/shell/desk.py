"""The large picture with the panel beside it and the filmstrip below: what Photo and Lab share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deblur_app.gui.shell.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROWEST, USUAL, WIDEST = 280, 320, 420
"""Widths of the panel beside the picture, in points: the user sets it, and texts never do."""

_LETTERS = 38
"""Letters that fit into the width of the panel at least: with a large font it is wider."""


class Desk(QSplitter):
    """The viewer, with the panel of the present workspace at its right.

    Attributes:
        side: The panels, of which one is shown.
    """

    def __init__(
        self,
        viewer: QWidget,
        first_sight: QWidget,
        panels: Mapping[Workspace, QWidget],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._panels = dict(panels)
        self._workspace = Workspace.PHOTO
        self._narrowest = max(NARROWEST, _LETTERS * self.fontMetrics().averageCharWidth())
        self._widths = dict.fromkeys(panels, max(USUAL, self._narrowest))
        self.side = QStackedWidget()
        self.side.setProperty("role", "panel")
        self.side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side.setMinimumWidth(self._narrowest)
        self.side.setMaximumWidth(max(WIDEST, self._narrowest))
        for panel in panels.values():
            self.side.addWidget(panel)
        middle = QWidget()
        self._viewer, self._first_sight = viewer, first_sight
        self._filmstrip: QWidget | None = None
        self._shows_strip = True
        self._pictures = QStackedWidget()
        self._pictures.addWidget(first_sight)
        self._pictures.addWidget(viewer)
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pictures, 1)
        self.addWidget(middle)
        self.addWidget(self.side)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._keep_width)
        self._set_width(self._widths[self._workspace])

    def show_workspace(self, workspace: Workspace) -> None:
        """Show the panel of another workspace, as wide as it was left."""
        if workspace in self._panels:
            self._workspace = workspace
            self.side.setCurrentWidget(self._panels[workspace])
            self._set_width(self._widths[workspace])

    def add_filmstrip(self, filmstrip: QWidget) -> None:
        """Put the filmstrip below the picture."""
        self._filmstrip = filmstrip
        self._column.addWidget(filmstrip)

    def toggle_filmstrip(self) -> None:
        """Hide the filmstrip, or show it."""
        if self._filmstrip:
            self._filmstrip.setVisible(self._filmstrip.isHidden())

    def show_photo(self, *, is_open: bool) -> None:
        """Show the viewer, or the invitation where no photo is open."""
        self._pictures.setCurrentWidget(self._viewer if is_open else self._first_sight)

    @property
    def has_panels(self) -> bool:
        """True if the panels around the picture are shown."""
        return not self.side.isHidden()

    def set_panels_visible(self, visible: bool) -> None:
        """Show or hide all around the picture."""
        self.side.setVisible(visible)
        if self._filmstrip:
            if not visible:
                self._shows_strip = not self._filmstrip.isHidden()
            self._filmstrip.setVisible(visible and self._shows_strip)

    @property
    def widths(self) -> dict[Workspace, int]:
        """The width of each panel, as the user set it."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[Workspace, int]) -> None:
        """Give the panels the widths of the last time."""
        self._widths |= {each: min(max(width, self._narrowest), WIDEST) for each, width in widths.items()}
        self._set_width(self._widths[self._workspace])

    def _keep_width(self) -> None:
        self._widths[self._workspace] = self.side.width()

    def _set_width(self, width: int) -> None:
        self.setSizes([max(self.width() - width, 1), width])
