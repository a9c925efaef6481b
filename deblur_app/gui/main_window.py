"""The window: it knows all parts and connects them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from deblur_app.core.texts import tr
from deblur_app.gui.actions import State
from deblur_app.gui.batch.batch_place import BatchPlace
from deblur_app.gui.command_table import list_commands
from deblur_app.gui.commands import Commands
from deblur_app.gui.contact_sheet.sheet_tool import SheetTool
from deblur_app.gui.dialogs.closing import Closing
from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
from deblur_app.gui.first_sight.first_sight import FirstSight
from deblur_app.gui.menus import Menus
from deblur_app.gui.opening import Opener
from deblur_app.gui.services import Services
from deblur_app.gui.session import remembered
from deblur_app.gui.session.session import Session
from deblur_app.gui.shell.desk import Desk
from deblur_app.gui.shell.frame import Frame
from deblur_app.gui.shell.mode_bar import ModeBar
from deblur_app.gui.shell.top_bar import TopBar
from deblur_app.gui.shell.view_commands import TabKey, ViewCommands
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.tools import Tools
from deblur_app.gui.viewer.pane import list_dropped_paths
from deblur_app.gui.viewer.photo_view import PhotoView
from deblur_app.gui.viewer.viewer import Viewer
from deblur_app.gui.widgets.status import StatusStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device
    from deblur_app.gui.dialogs.adding import ModelInstaller
    from deblur_app.gui.filmstrip.filmstrip import Filmstrip
    from deblur_app.gui.viewer.compare.shown_picture import PixelReading


class MainWindow(QMainWindow):
    """Deblur's window.

    Attributes:
        session: The open pictures and the work on them.
        photo_view: The photo and its result.
        panes: Input, ground truth, predicted: its mode Figure 2.
        viewer: What the panes show.
        thumbnails: Thumbnails of photos.
        first_sight: What is shown while no photo is open.
        tools: Method, PSF editor, blur lab, training, and the workspace that is in front.
        batch: The workspace Batch.
        frame: Top bar and workspaces.
        work: The running work, in the top bar.
        opener: The commands that open photos.
        commands: The commands about the result and the work.
        menus: Menus, toolbar and shortcuts.
        services: What stands around the work, such as the command palette.

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
        self.session.restores_at_once = lambda: self.settings.after_drop == "restore"
        self.session.load_saving = lambda: self.settings.saving
        self.photo_view, self.status = PhotoView(), StatusStrip()
        self.panes = self.photo_view.panes
        self.viewer = Viewer(self.photo_view, self.session)
        self.thumbnails = ThumbnailLoader(self)
        self.tools = Tools(self.session, self.viewer, self)
        self.opener = Opener(self.session, lambda: self.settings, self)
        self.commands = Commands(self.session, self.viewer, lambda: self.settings, self)
        self.view_commands = ViewCommands(self, lambda: self.settings)
        self.sheets = SheetTool(self.session, self.photo_view)
        self.services = Services(
            self, lambda: self.menus, lambda: self.settings, session=self.session, opener=self.opener, tools=self.tools,
            view=self.photo_view, view_commands=self.view_commands,
        )  # fmt: skip
        self.batch = BatchPlace(self.session, self.thumbnails, lambda: self.settings.saving)
        self.closing = Closing(self, self.session, (self.tools, self.batch), self.remember)
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
        self.menus = Menus(self, self.list_commands())
        tools, actions = self.tools, self.menus.actions
        self.first_sight = FirstSight(self.thumbnails)
        self.mode_bar = ModeBar(self.photo_view)
        top_bar = TopBar(actions["open"], actions["export"], self.mode_bar)
        self.work = top_bar.work
        panels = {Workspace.PHOTO: tools.photo_panel, Workspace.LAB: tools.lab_panel}
        desk = Desk(self.photo_view, self.first_sight, panels)
        self.frame = Frame(top_bar, desk, {Workspace.BATCH: self.batch, Workspace.TRAIN: tools.train_page})
        self.frame.restore()
        self.view_commands.frame = self.frame
        self.setCentralWidget(self.frame)

    def list_commands(self) -> Mapping[str, Callable[..., object]]:
        """Return the function of each command in the table of actions."""
        own = {"combine_pictures": self._combine, "toggle_sheet": self.sheets.toggle, "close": self.close}
        shared = list_commands(
            self.session, self.photo_view, opener=self.opener, commands=self.commands, tools=self.tools,
            view_commands=self.view_commands,
        )  # fmt: skip
        return shared | own | self.services.list_commands()

    def _combine(self) -> None:
        self.commands.combine_pictures(self.filmstrip.paths_to_combine())

    def _connect_session(self) -> None:
        session = self.session
        session.changed.connect(self.refresh)
        session.busy_changed.connect(self.status.set_busy)
        session.busy_changed.connect(self.work.set_busy)
        session.busy_changed.connect(self._update_actions)
        session.progressed.connect(self.work.show_progress)
        session.failed.connect(self.show_failure)
        session.saved.connect(self._say_saved)
        session.saver.note_added.connect(self.tell_on_result)

    def _connect_parts(self) -> None:
        opener, tools = self.opener, self.tools
        self.work.cancel_wanted.connect(self.session.cancel)
        self.work.training_wanted.connect(tools.show_training)
        self.frame.top_bar.workspace_chosen.connect(tools.show)
        tools.workspace_changed.connect(self.frame.show_workspace)
        self.batch.workspace_wanted.connect(tools.show)
        self.batch.busy_changed.connect(self.services.notifier.watch("batch", lambda: tr("The batch has ended.")))
        tools.training_progressed.connect(self.work.show_training)
        tools.training_changed.connect(self.work.set_training)
        self.photo_view.zoom_changed.connect(self._show_zoom)
        self.photo_view.pixel_hovered.connect(self._show_pixel)
        self.viewer.draft_changed.connect(lambda has_draft: self._show_desk(has_draft=has_draft))
        for place in (self.photo_view, self.panes.input, self.panes.predicted, self.first_sight.area, tools):
            place.dropped.connect(opener.open_paths)
        self.panes.truth.dropped.connect(opener.open_truth_paths)
        opener.began.connect(tools.leave_training)
        opener.listed.connect(lambda paths: self.filmstrip.list_together(paths))
        self.first_sight.area.open_photos.clicked.connect(opener.choose_pictures)
        self.first_sight.area.open_folder.clicked.connect(opener.choose_folder)
        self.first_sight.sample_wanted.connect(opener.open_sample)
        self.first_sight.photo_wanted.connect(opener.go_to)
        opener.model_dropped.connect(lambda dropped: self.installer.offer(dropped))
        tools.open_wanted.connect(opener.choose_pictures)
        tools.sample_wanted.connect(opener.open_sample)
        tools.request_changed.connect(self._keep_request)
        tools.panes_free.connect(self.refresh)
        tools.mask_changed.connect(self._update_actions)
        self.sheets.chosen.connect(lambda method: tools.method_panel.ask_for(method, {}))
        view_commands = self.view_commands
        self.services.applied.look_chosen.connect(self.look_chosen)
        view_commands.model_wanted.connect(lambda path: opener.open_paths([path]))
        view_commands.models_changed.connect(tools.list_methods)
        TabKey(self.photo_view.canvas).pressed.connect(view_commands.toggle_panels)
        self.commands.note_added.connect(self.tell_on_result)
        for part in (opener, tools, self.commands, self.closing, self.services):
            part.message.connect(self.status.say)
        for teller in (opener, tools, view_commands, self.commands, self.batch):
            teller.failed.connect(self.show_failure)

    @functools.cached_property
    def settings(self) -> Settings:
        """Return what is kept from one start to the next: as it was given, or else as it is stored."""
        return self._given_settings or remembered.load_settings_or_defaults()

    @functools.cached_property
    def filmstrip(self) -> Filmstrip:
        """The photos that one can go to; made after the first paint."""
        from deblur_app.gui.filmstrip.filmstrip import Filmstrip

        filmstrip = Filmstrip(self.session, self.thumbnails, self.menus.actions["combine"])
        filmstrip.chosen.connect(self.opener.go_to)
        self.frame.desk.add_filmstrip(filmstrip)
        return filmstrip

    @functools.cached_property
    def installer(self) -> ModelInstaller:
        """The installation of dropped models; made when one is dropped."""
        from deblur_app.gui.dialogs.adding import ModelInstaller

        installer = ModelInstaller(self.session, self)
        installer.network_added.connect(self.tools.method_panel.list_methods)
        installer.model_added.connect(self.tools.use_model)
        installer.message.connect(self.status.say)
        return installer

    @Slot()
    def _build_the_rest(self) -> None:
        """Make what the first paint did not wait for."""
        self.first_sight.show_recent(self.opener.recent_paths())
        self.tools.method_panel.show()
        self.filmstrip.refresh()
        self.services.begin(self.filmstrip, self.first_sight, self.frame.top_bar.export)
        self.batch.look_for_unfinished()

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

    @property
    def _is_in_photo(self) -> bool:
        """True while the photo is in front; the PSF editor has an undo of its own."""
        return self.tools.workspace is Workspace.PHOTO

    @Slot()
    def _update_actions(self) -> None:
        session = self.session
        self.menus.update(
            State(
                has_input=session.input is not None,
                has_truth=session.truth is not None,
                has_result=session.result is not None,
                is_busy=session.is_busy,
                can_undo=self._is_in_photo and self.tools.can_go(-1),
                can_redo=self._is_in_photo and self.tools.can_go(1),
                has_page_before=session.has_page(-1),
                has_page_after=session.has_page(1),
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
        self.status.say(tr("Saved as {name} in {folder}", name=path.name, folder=path.parent))
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

    @Slot()
    def _show_zoom(self) -> None:
        self.mode_bar.show_zoom()

    # --- engine ------------------------------------------------------------------------------------------------------

    @Slot(object)
    def set_devices(self, devices: list[Device]) -> None:
        """List the devices, once the engine has loaded."""
        self.status.engine.setText(tr("Ready"))
        self.status.engine.setToolTip("\n".join(device.label for device in devices))
        self.view_commands.devices = devices
        self.tools.set_devices(devices)

    @Slot(object)
    def show_engine_failure(self, error: Exception) -> None:
        """Say that the engine could not be loaded, in the place where its state is shown."""
        self.status.engine.setText(tr("Loading failed"))
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

    def remember(self) -> None:
        """Write settings, place and size for the next start."""
        self.frame.remember()
        self.services.remember()
        remembered.remember(self, self.settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or let the user be asked first; see `Closing`."""
        if self.closing.allows():
            self.closing.finish()
            self.thumbnails.finish()
            event.accept()
        else:
            event.ignore()
