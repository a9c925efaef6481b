"""The window: it knows all parts and connects them."""

from __future__ import annotations

import functools
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from deblur_app.gui.actions import State
from deblur_app.gui.commands import Commands
from deblur_app.gui.dialogs.closing import Closing
from deblur_app.gui.filmstrip.filmstrip import Filmstrip
from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
from deblur_app.gui.first_sight.first_sight import FirstSight
from deblur_app.gui.menus import Menus
from deblur_app.gui.opening import Opener
from deblur_app.gui.session import remembered
from deblur_app.gui.session.session import Session
from deblur_app.gui.shell.desk import Desk
from deblur_app.gui.shell.frame import Frame
from deblur_app.gui.shell.mode_bar import ModeBar
from deblur_app.gui.shell.top_bar import TopBar
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.tools import Tools
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.pane import list_dropped_paths
from deblur_app.gui.viewer.photo_view import PhotoView
from deblur_app.gui.viewer.viewer import Viewer
from deblur_app.gui.widgets.status import StatusStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
    from PySide6.QtWidgets import QMenu

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device
    from deblur_app.gui.dialogs.adding import ModelInstaller
    from deblur_app.gui.viewer.compare.shown_picture import PixelReading


class MainWindow(QMainWindow):
    """Deblur's window.

    Attributes:
        session: The open pictures and the work on them.
        photo_view: The photo and its result.
        panes: Input, ground truth, predicted: its mode Figure 2.
        viewer: What the panes show.
        thumbnails: Thumbnails of photos.
        filmstrip: The photos that one can go to.
        first_sight: What is shown while no photo is open.
        tools: Method, PSF editor, blur lab, training, and the workspace that is in front.
        frame: Top bar and workspaces.
        work: The running work, in the top bar.
        opener: The commands that open photos.
        commands: The commands about the result and the work.
        menus: Menus, toolbar and shortcuts.

    Signals:
        painted: The window has painted for the first time.
        look_chosen: “system”, “dark” or “light”, where the user chose another look.
    """

    painted = Signal()
    look_chosen = Signal(str)

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._has_painted = False
        self._given_settings = settings
        self.session = Session(lambda: remembered.load_request(self.settings), self)
        self.photo_view, self.status = PhotoView(), StatusStrip()
        self.panes = self.photo_view.panes
        self.viewer = Viewer(self.photo_view, self.session)
        self.thumbnails = ThumbnailLoader(self)
        self.tools = Tools(self.session, self.viewer, self)
        self.opener = Opener(self.session, lambda: self.settings, self)
        self.commands = Commands(self.session, self.viewer, self)
        self.closing = Closing(self, self.session, self.tools, self.remember)
        self.close_when_idle = self.closing.close_when_idle
        self._build()
        self._connect_session()
        self._connect_parts()
        remembered.restore_geometry(self)

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("Deblur")
        self.setAcceptDrops(True)
        self.setStatusBar(self.status)
        self.menus = Menus(self, self._list_commands(), {})
        tools, actions = self.tools, self.menus.actions
        self.filmstrip = Filmstrip(self.session, self.thumbnails, actions["combine"])
        self.first_sight = FirstSight(self.thumbnails)
        self.mode_bar = ModeBar(self.photo_view)
        top_bar = TopBar(actions["open"], actions["save"], self.mode_bar)
        self.work = top_bar.work
        panels = {Workspace.PHOTO: tools.photo_panel, Workspace.LAB: tools.lab_panel}
        desk = Desk(self.photo_view, self.first_sight, self.filmstrip, panels)
        self.frame = Frame(top_bar, desk, tools.train_page)
        self.frame.restore()
        self.setCentralWidget(self.frame)

    def _list_commands(self) -> Mapping[str, Callable[..., object]]:
        """Return the function of each command in the table of actions."""
        opener, commands, session, view = self.opener, self.commands, self.session, self.photo_view
        return {
            "choose_pictures": opener.choose_pictures,
            "choose_folder": opener.choose_folder,
            "choose_truth": opener.choose_truth,
            "fill_recent": opener.fill_recent,
            "open_sample": opener.open_sample,
            "paste": opener.paste,
            "choose_target": commands.choose_target,
            "copy": commands.copy,
            "combine_pictures": lambda: commands.combine_pictures(self.filmstrip.paths_to_combine()),
            "stop_by_escape": commands.stop_by_escape,
            "swap": session.swap,
            "deblur": session.deblur,
            "cancel": session.cancel,
            "fit": view.fit,
            "show_pixels": view.show_pixels,
            "zoom_in": view.zoom_in,
            "zoom_out": view.zoom_out,
            "compare_result": partial(view.choose_mode, CompareMode.RESULT),
            "compare_split": partial(view.choose_mode, CompareMode.SPLIT),
            "compare_pair": partial(view.choose_mode, CompareMode.SIDE_BY_SIDE),
            "compare_difference": partial(view.choose_mode, CompareMode.DIFFERENCE),
            "compare_figure": partial(view.choose_mode, CompareMode.FIGURE_2),
            "fill_looks": self._fill_looks,
            "show_photo": self.tools.show_photo,
            "show_psf": self.tools.show_psf,
            "show_lab": self.tools.show_lab,
            "show_training": self.tools.show_training,
            "toggle_filmstrip": lambda: self.filmstrip.setVisible(self.filmstrip.isHidden()),
            "toggle_panels": self.toggle_panels,
            "toggle_full_screen": self.toggle_full_screen,
            "show_log_folder": commands.show_log_folder,
            "show_about": commands.show_about,
            "close": self.close,
        }

    def _connect_session(self) -> None:
        session = self.session
        session.changed.connect(self.refresh)
        session.busy_changed.connect(self.status.set_busy)
        session.busy_changed.connect(self.work.set_busy)
        session.busy_changed.connect(self._update_actions)
        session.progressed.connect(self.work.show_progress)
        session.failed.connect(self.show_failure)
        session.saved.connect(self._say_saved)
        session.saver.noted.connect(self.tell_on_result)

    def _connect_parts(self) -> None:
        opener, tools = self.opener, self.tools
        self.work.cancel_wanted.connect(self.session.cancel)
        self.work.training_wanted.connect(tools.show_training)
        self.frame.top_bar.workspace_chosen.connect(tools.show)
        tools.workspace_changed.connect(self.frame.show_workspace)
        tools.training_progressed.connect(self.work.show_training)
        tools.training_changed.connect(self.work.set_training)
        self.photo_view.zoom_changed.connect(self._show_zoom)
        self.photo_view.dropped.connect(opener.open_paths)
        self.photo_view.pixel_hovered.connect(self._show_pixel)
        self.viewer.draft_changed.connect(lambda shown: self._show_desk(has_draft=shown))
        self.panes.input.dropped.connect(opener.open_paths)
        self.panes.predicted.dropped.connect(opener.open_paths)
        self.panes.truth.dropped.connect(opener.open_truth_paths)
        opener.began.connect(tools.leave_training)
        opener.listed.connect(self.filmstrip.list_together)
        self.filmstrip.chosen.connect(opener.go_to)
        self.first_sight.area.dropped.connect(opener.open_paths)
        self.first_sight.area.open_photos.clicked.connect(opener.choose_pictures)
        self.first_sight.area.open_folder.clicked.connect(opener.choose_folder)
        self.first_sight.sample_wanted.connect(opener.open_sample)
        self.first_sight.photo_wanted.connect(opener.go_to)
        opener.model_dropped.connect(lambda dropped: self.installer.offer(dropped))
        tools.open_wanted.connect(opener.choose_pictures)
        tools.sample_wanted.connect(opener.open_sample)
        tools.dropped.connect(opener.open_paths)
        tools.request_changed.connect(self._keep_request)
        tools.panes_free.connect(self.refresh)
        self.commands.noted.connect(self.tell_on_result)
        for part in (opener, tools, self.commands, self.closing):
            part.said.connect(self.status.say)
        for part in (opener, tools):
            part.failed.connect(self.show_failure)

    @functools.cached_property
    def settings(self) -> Settings:
        """Return what is kept from one start to the next: as it was given, or else as it is stored."""
        return self._given_settings or remembered.load_settings_or_defaults()

    @functools.cached_property
    def installer(self) -> ModelInstaller:
        """The installation of dropped models; made when one is dropped."""
        from deblur_app.gui.dialogs.adding import ModelInstaller

        installer = ModelInstaller(self.session, self)
        installer.network_added.connect(self.tools.method_panel.list_methods)
        installer.model_added.connect(self.tools.use_model)
        installer.said.connect(self.status.say)
        return installer

    @Slot()
    def _build_the_rest(self) -> None:
        """Make what the first paint did not wait for."""
        self.first_sight.show_recent(self.opener.recent_paths())
        self.tools.method_panel.show()
        self.commands.offer_leftovers()

    # --- what the session and the parts say -------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Update panes, tools and actions to what the session holds."""
        session = self.session
        path = session.input.picture.path if session.input else None
        if path and not remembered.is_sample(path):
            self.settings.remember(path)
        self.viewer.refresh()
        if session.result and session.result.restored.note and session.result.restored.rejected is None:
            self.status.say(session.result.restored.note)
        self.filmstrip.refresh()
        self._show_desk()
        self.setWindowTitle(f"{path.name} – Deblur" if path else "Deblur")
        self.tools.refresh()
        self._update_actions()
        self._show_zoom()

    def _show_desk(self, *, has_draft: bool = False) -> None:
        self.frame.desk.show_photo(is_open=has_draft or self.session.input is not None)

    @Slot(object)
    def _show_pixel(self, reading: PixelReading | None) -> None:
        self.status.pixel.setText(reading.describe() if reading else "")

    @Slot()
    def _update_actions(self) -> None:
        session = self.session
        self.menus.update(
            State(
                has_input=session.input is not None,
                has_truth=session.truth is not None,
                has_result=session.result is not None,
                is_busy=session.is_busy,
            )
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
        self.filmstrip.refresh()

    @Slot(str)
    def tell_on_result(self, text: str) -> None:
        """Show a notice below the result."""
        self.status.say(text)
        self.viewer.notes.say(text)

    @Slot()
    def _keep_request(self) -> None:
        """Keep the request of the session for the next start."""
        remembered.keep_request(self.settings, self.session.request)

    def _fill_looks(self, menu: QMenu) -> None:
        """Fill a menu with the looks of the window."""
        menu.clear()
        for look, words in (("system", "As the &system"), ("dark", "&Dark"), ("light", "&Light")):
            action = menu.addAction(words, partial(self._choose_look, look))
            action.setCheckable(True)
            action.setChecked(self.settings.look == look)

    def _choose_look(self, look: str) -> None:
        self.settings.look = look
        self.look_chosen.emit(look)

    @Slot()
    def _show_zoom(self) -> None:
        self.mode_bar.show_zoom()

    # --- engine ------------------------------------------------------------------------------------------------------

    @Slot(object)
    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self.status.engine.setText("Ready")
        self.status.engine.setToolTip("\n".join(device.label for device in devices))
        self.tools.set_devices(devices)

    @Slot(object)
    def show_engine_failure(self, error: Exception) -> None:
        """Say that the engine could not be loaded, in the place where its state is shown."""
        self.status.engine.setText("Loading failed")
        self.show_failure(error)

    # --- Qt's events, and the end -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and after the first paint build what it did not wait for."""
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self._build_the_rest)
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files anywhere."""
        if list_dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open dropped files."""
        event.acceptProposedAction()
        self.opener.open_paths(list_dropped_paths(event))

    @property
    def is_busy(self) -> bool:
        """True if there is work that closing would end."""
        return self.closing.is_busy

    def toggle_panels(self) -> None:
        """Hide the panels around the picture, or show them again."""
        self.frame.desk.set_panels_visible(not self.frame.desk.has_panels)

    def toggle_full_screen(self) -> None:
        """Fill the screen with the picture alone, or go back."""
        is_full = self.isFullScreen()
        self.frame.desk.set_panels_visible(is_full)
        for part in (self.menuBar(), self.status, self.frame.top_bar):
            part.setVisible(is_full)
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def remember(self) -> None:
        """Write settings, place and size for the next start."""
        self.frame.remember()
        remembered.remember(self, self.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or let the user be asked first; see `Closing`."""
        if self.closing.allows():
            self.closing.finish()
            self.thumbnails.finish()
            event.accept()
        else:
            event.ignore()
