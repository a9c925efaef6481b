"""The bar at the top: open, workspaces, ways of comparison, running work, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.shell.workspace import ICONS, TIPS, TITLES, Workspace
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.widgets.buttons import make_button
from deblur_app.gui.widgets.segmented import SegmentedControl
from deblur_app.gui.widgets.work_display import WorkDisplay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction, QResizeEvent

HEIGHT = 48
"""The height of the bar, in points."""


class TopBar(QFrame):
    """The bar of the window.

    Attributes:
        workspaces: The choice of the workspace.
        modes: What belongs to the viewer: ways of comparison, and the zoom.
        work: The running work.

    Signals:
        workspace_chosen: The `Workspace` that the user chose.
    """

    workspace_chosen = Signal(object)

    def __init__(self, open_action: QAction, export_action: QAction, modes: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setMinimumHeight(HEIGHT)
        self.open = _make_action_button(open_action, tr("Open"), "folder-open", "button")
        self.workspaces = SegmentedControl(tr("Workspace"))
        for workspace in Workspace:
            self.workspaces.add(tr(TITLES[workspace]), ICONS[workspace], tr(TIPS[workspace]))
        self.workspaces.chosen.connect(lambda number: self.workspace_chosen.emit(list(Workspace)[number]))
        self.modes = modes
        self.work = WorkDisplay()
        self.export = _make_action_button(export_action, tr("Export"), "download", "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, SPACE, 0)
        layout.setSpacing(SPACE + TIGHT)
        for widget in (self.open, self.workspaces):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.modes)
        layout.addStretch(1)
        layout.addWidget(self.work)
        layout.addWidget(self.export)
        self._labelled: list[QToolButton] = self._labelled_buttons
        self.show_workspace(Workspace.PHOTO)

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the icons alone are shown."""
        full = super().minimumSizeHint()
        return QSize(full.width() - self._words_width(self._labelled), full.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words beside the icons where there is room for them, those of the workspaces first.

        Without them, tool tips say what a button does.
        """
        super().resizeEvent(event)
        room = event.size().width() - self.minimumSizeHint().width()
        choices: tuple[list[QToolButton], ...] = (self._labelled_buttons, self.workspaces.buttons, [])
        labelled = next(buttons for buttons in choices if self._words_width(buttons) <= room or not buttons)
        if labelled != self._labelled:
            self._labelled = list(labelled)
            style = Qt.ToolButtonStyle
            for button in self._labelled_buttons:
                has_words = button in labelled
                button.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_words else style.ToolButtonIconOnly)
            self.workspaces.make_even()

    def _words_width(self, buttons: Sequence[QToolButton]) -> int:
        """Return the width that the words of buttons take; those of the workspaces are all as wide as the widest."""
        widths = {button: _text_width(button) for button in buttons}
        widest = max((widths.get(button, 0) for button in self.workspaces.buttons), default=0)
        return sum(widest if button in self.workspaces.buttons else width for button, width in widths.items())

    @property
    def _labelled_buttons(self) -> list[QToolButton]:
        return [self.open, *self.workspaces.buttons, self.export]

    def show_workspace(self, workspace: Workspace) -> None:
        """Show which workspace is in front."""
        self.workspaces.choose(list(Workspace).index(workspace))
        self.work.set_place({Workspace.BATCH: "batch", Workspace.TRAIN: "training"}.get(workspace, ""))
        for widget in (self.modes, self.export):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
            widget.setVisible(workspace in {Workspace.PHOTO, Workspace.LAB})


def _text_width(button: QToolButton) -> int:
    """Return the width that the text of a button takes beside its icon."""
    return button.fontMetrics().horizontalAdvance(button.text()) + TIGHT


def _make_action_button(action: QAction, text: str, icon: str, role: str) -> QToolButton:
    """Return a button for an action, with a short text of its own."""
    button = make_button(text, icon, role)
    key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    plain = action.text().replace("&", "").rstrip("…")
    button.setToolTip(f"{plain} ({key})" if key else plain)
    button.setAccessibleName(plain)
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button
