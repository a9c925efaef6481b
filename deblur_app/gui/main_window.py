"""The window: three panes, the method beside them, training in a tab, and everything by menu and keyboard."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource
from deblur_app.gui.actions import Actions
from deblur_app.gui.commands import Commands
from deblur_app.gui.dialogs.closing import Closing
from deblur_app.gui.session import remembered
from deblur_app.gui.tool_tabs import METHOD, ToolTabs
from deblur_app.gui.viewer import captions
from deblur_app.gui.viewer.pane_notes import PaneNotes
from deblur_app.gui.viewer.panes import PaneRow, dropped_paths
from deblur_app.gui.viewer.result_preview import ResultPreview
from deblur_app.gui.widgets.status import StatusStrip

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device
    from deblur_app.gui.blur_lab.blur_lab import BlurLab
    from deblur_app.gui.method.method_panel import MethodPanel
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from deblur_app.gui.viewer.picture_list import PictureList


class MainWindow(QMainWindow):
    """Deblur's window.

    Attributes:
        panes: Input, ground truth, predicted.
        tabs: Method, training, blur lab, PSF.
        commands: The commands of menus and keys.

    Signals:
        painted: The window has painted for the first time.
    """

    painted = Signal()

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._given_settings = settings
        self._has_painted = False
        self.panes = PaneRow()
        self.status = StatusStrip()
        self.setWindowTitle("Deblur")
        self.setAcceptDrops(True)
        self.setCentralWidget(self.panes)
        self.setStatusBar(self.status)
        self._add_docks()
        self.commands = Commands(self)
        self.actions_ = Actions(self)
        self.closing = Closing(self)
        self.close_when_idle = self.closing.close_when_idle
        self.panes.input.invite("Open a photo…", self.actions_.open)
        self.panes.input.invite("Try a sample", self.actions_.sample)
        self._connect()
        remembered.restore_geometry(self)
        self.picture_dock.hide()
        self.actions_.update(has_input=False, has_truth=False, has_result=False, busy=False)

    # --- building ---------------------------------------------------------------------------------------------------

    def _add_docks(self) -> None:
        self.tabs = ToolTabs(self)
        self.tools = self._dock("Tools", self.tabs, Qt.DockWidgetArea.RightDockWidgetArea)
        self.picture_dock = self._dock("Pictures", None, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.picture_dock.hide()

    def _dock(self, title: str, widget: QWidget | None, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(title)
        if widget:
            dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        self.status.cancel_wanted.connect(lambda: self.session.cancel())
        self.panes.view.changed.connect(self._show_zoom)
        self.panes.input.dropped.connect(self.open_paths)
        self.panes.predicted.dropped.connect(self.open_paths)
        self.panes.truth.dropped.connect(self.open_truth_paths)

    @functools.cached_property
    def settings(self) -> Settings:
        """The settings that were given, or else the stored ones."""
        return self._given_settings or remembered.stored_settings()

    @functools.cached_property
    def session(self) -> Session:
        """The open pictures and the work on them; made when it is first needed, at the latest after the first paint."""
        from deblur_app.gui.session.session import Session

        session = Session(remembered.load_request(self.settings), self)
        self.notes = PaneNotes(self.panes, session)
        session.changed.connect(self.refresh)
        session.busy_changed.connect(self.status.set_busy)
        session.busy_changed.connect(self._update_actions)
        session.progressed.connect(self.status.show_progress)
        self.preview = ResultPreview(session, self.panes, self.tabs)
        session.failed.connect(self.show_failure)
        session.saved.connect(self._say_saved)
        session.saver.noted.connect(self.tell_on_result)
        session.settings_taken.connect(self._take_settings)
        session.unreadable.connect(lambda problems: self.pictures.show_problems(problems))
        session.model_checked.connect(self.use_model)
        return session

    @property
    def method_panel(self) -> MethodPanel:
        """The content of the method tab."""
        return self.tabs.method_panel

    @property
    def lab(self) -> BlurLab | None:
        """The content of the blur lab, once it was shown."""
        return self.tabs.lab

    @functools.cached_property
    def pictures(self) -> PictureList:
        """The pictures of a dropped folder; made like `session`."""
        from deblur_app.gui.viewer.picture_list import PictureList, with_button

        pictures = PictureList()
        pictures.chosen.connect(lambda chosen: self.commands.go_to(chosen))
        self.picture_dock.setWidget(with_button(pictures, self.actions_.combine))
        return pictures

    @Slot()
    def _build_the_rest(self) -> None:
        """Make what the first paint did not wait for."""
        self.pictures.show()
        self.method_panel.show()
        self.commands.offer_leftovers()

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot(list)
    def open_paths(self, paths: list[Path]) -> None:
        """Open what was dropped or chosen: a picture, a pair, a folder, a model, or what holds a network to add."""
        if not paths:
            return
        from deblur_app.gui.session import dropping

        try:
            dropped = dropping.understand(paths)
        except DeblurError as error:
            self.show_failure(error)
            return
        self.tabs.leave_training()
        if dropped.pictures:
            self.pictures.set_pictures(dropped.pictures)
            self.picture_dock.show()
            self.pictures.setFocus()
        if dropped.package or dropped.bundle:
            from deblur_app.gui.dialogs import adding

            adding.begin(self, dropped)
        elif dropped.model:
            self.session.check_model(dropped.model)
        elif dropped.picture:
            self.commands.open_pictures(dropped, [path for path in paths if not path.is_dir()])

    @Slot(list)
    def open_truth_paths(self, paths: list[Path]) -> None:
        """Open what was dropped on the ground truth: one picture, or as elsewhere."""
        others = (".json", ".tgz", ".gz", ".deblur")
        one_picture = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix.lower() not in others
        if one_picture and self.session.has_or_opens_input:
            self.tabs.leave_training()
            self.session.open_truth(paths[0])
        else:
            self.open_paths(paths)

    def open_sample(self) -> None:
        """Open the bundled sample with its ground truth."""
        self.tabs.leave_training()
        self.session.open_pair(resource("samples", "coffee_blurred.jpg"), resource("samples", "coffee_sharp.jpg"))

    # --- what the session says --------------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Update panes, captions and actions to what the session holds."""
        session, panes = self.session, self.panes
        path = session.input.picture.path if session.input else None
        if path and not remembered.is_sample(path):
            self.settings.remember(path)
        self.preview.end()
        if self.tabs.shows_training:
            self.notes.hide()
        else:
            self.notes.refresh()
            result = session.result.shown.levels if session.result else []
            panes.input.show_picture(_levels(session.input), captions.describe_input(session))
            panes.truth.show_picture(_levels(session.truth), captions.describe_truth(session))
            panes.predicted.show_picture(result, captions.describe_result(session))
            panes.explain(captions.explain_figures() if session.comparison or session.input_quality else "")
        if session.result and session.result.restored.note and session.result.restored.rejected is None:
            self.status.say(session.result.restored.note)
        self._list_results()
        self.setWindowTitle(f"{path.name} – Deblur" if path else "Deblur")
        self.tabs.refresh()
        self._update_actions()
        self._show_zoom()

    def _list_results(self) -> None:
        """Show the photos that have results in the list, which opens when there are two."""
        session = self.session
        current = session.input.key if session.input else None
        before = self.pictures.count()
        self.pictures.show_results(session.photos, [kept.photo for kept in session.unsaved], current)
        if before < 2 <= self.pictures.count():
            self.picture_dock.show()

    @Slot()
    def _update_actions(self) -> None:
        session = self.session
        self.actions_.update(
            has_input=session.input is not None,
            has_truth=session.truth is not None,
            has_result=session.result is not None,
            busy=session.is_busy,
        )

    @Slot(object)
    def show_failure(self, error: Exception) -> None:
        """Show the user an error; what was there stays."""
        from deblur_app.gui.dialogs.messages import sentence, show_error

        self.status.say(sentence(error))
        show_error(self, error)

    @Slot(object)
    def _say_saved(self, path: Path) -> None:
        self.status.say(f"Saved as {path.name} in {path.parent}")
        self._list_results()

    @Slot(str)
    def tell_on_result(self, text: str) -> None:
        """Show a notice below the result."""
        self.status.say(text)
        self.notes.say(text)

    @Slot()
    def _take_settings(self) -> None:
        """Show the settings that a result was made with, because it is shown again."""
        self.method_panel.show_request(self.session.request)
        remembered.keep_request(self.settings, self.session.request)

    @Slot()
    def _show_zoom(self) -> None:
        scale = self.panes.input.canvas.scale()
        self.status.zoom.setText(f"Zoom {scale:.0%}" if scale else "")

    @Slot()
    def change_request(self) -> None:
        """Take the request of the method panel, and deblur."""
        self.session.request = self.method_panel.request()
        remembered.keep_request(self.settings, self.session.request)
        self.session.follow_settings()

    # --- engine and training ----------------------------------------------------------------------------------------

    @Slot(object)
    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self.status.engine.setText("Engine ready")
        self.status.engine.setToolTip("\n".join(device.label for device in devices))
        self.tabs.set_devices(devices)

    @Slot(object)
    def show_engine_failure(self, error: Exception) -> None:
        """Say that the engine could not be loaded, in the place where its state is shown."""
        self.status.engine.setText("Engine failed")
        self.show_failure(error)

    def show_training(self) -> TrainingWizard:
        """Go to the training tab."""
        self.tools.show()
        return self.tabs.show_training()

    def show_lab(self) -> None:
        """Go to the blur lab."""
        self.tools.show()
        self.tabs.show_lab()

    def show_psf(self) -> None:
        """Go to the PSF tab."""
        self.tools.show()
        self.tabs.show_psf()

    @Slot(object)
    def use_model(self, card: Path) -> None:
        """Deblur with a model from now on."""
        self.tabs.setCurrentIndex(METHOD)
        self.method_panel.use_model(card)
        self.status.say(f"Deblur now uses the model {card.parent.name}.")

    # --- Qt's events ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and after the first paint build what it did not wait for."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self._build_the_rest)
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files anywhere."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open dropped files."""
        event.acceptProposedAction()
        self.open_paths(dropped_paths(event))

    @property
    def is_busy(self) -> bool:
        """True if there is work that closing would end."""
        return self.closing.is_busy

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or let the user be asked first; see `Closing`."""
        if self.closing.allows():
            self.closing.finish()
            event.accept()
        else:
            event.ignore()


def _levels(shown: object) -> list:  # type: ignore[type-arg]
    return shown.levels if shown else []  # type: ignore[attr-defined]
