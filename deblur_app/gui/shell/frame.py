"""The frame of the window: top bar, and below it the desk, batch or training; it remembers how each was left."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.widgets.tab_order import move_focus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.gui.shell.desk import Desk
    from deblur_app.gui.shell.top_bar import TopBar

log = logging.getLogger(__name__)


class Frame(QWidget):
    """The central widget of the window.

    Attributes:
        top_bar: The bar at the top.
        desk: What Photo and Lab share.
    """

    def __init__(
        self, top_bar: TopBar, desk: Desk, pages: Mapping[Workspace, QWidget], parent: QWidget | None = None
    ) -> None:
        """Put the parts together; `pages` are those of the workspaces that have the window for themselves."""
        super().__init__(parent)
        self.top_bar, self.desk = top_bar, desk
        self._pages = dict(pages)
        self._workspace = Workspace.PHOTO
        self._stack = QStackedWidget()
        self._stack.addWidget(desk)
        for page in self._pages.values():
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top_bar)
        layout.addWidget(self._stack, 1)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show another workspace, as it was left."""
        self._workspace = workspace
        self.top_bar.show_workspace(workspace)
        self.desk.show_workspace(workspace)
        page = self._pages.get(workspace, self.desk)
        focused = QApplication.focusWidget()
        is_left = page is not self._stack.currentWidget() and focused is not None and self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(page)
        if is_left:
            page.setFocus()  # else Qt gives it to the first button of the bar

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on by the Tab key in the order in which things are laid out; other pages have an order of their own."""
        if self._workspace in self._pages or not move_focus(self, forward=forward):
            return super().focusNextPrevChild(forward)
        self._scroll_to(QApplication.focusWidget())
        return True

    def _scroll_to(self, widget: QWidget | None) -> None:
        """Scroll all columns that a widget stands in, so that it is seen."""
        place = widget.parentWidget() if widget else None
        while place is not None:
            if isinstance(place, QScrollArea):
                place.ensureWidgetVisible(widget)  # type: ignore[arg-type] # there is one where it has a parent
            place = place.parentWidget()

    def remember(self) -> None:
        """Keep the widths of the panels for the next start."""
        stored = QSettings("Deblur", "Deblur")
        for workspace, width in self.desk.widths.items():
            stored.setValue(f"panel/{workspace.value}", width)

    def restore(self) -> None:
        """Give the panels the widths of the last time."""
        stored, widths = QSettings("Deblur", "Deblur"), {}
        for workspace in self.desk.widths:
            try:
                widths[workspace] = int(str(stored.value(f"panel/{workspace.value}", self.desk.widths[workspace])))
            except (TypeError, ValueError) as error:  # the file was damaged, or edited
                log.warning("The width of a panel cannot be read", exc_info=error)
        self.desk.set_widths(widths)
