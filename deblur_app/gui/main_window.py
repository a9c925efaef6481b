"""The window: it knows all parts and connects them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance, Slot

from deblur_app.core.texts import tr
from deblur_app.gui.session import remembered
from deblur_app.gui.shell.first_frame import paint_first_frame
from deblur_app.gui.window_parts import WindowParts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent

    from deblur_app.core.settings import Settings
    from deblur_app.engine.devices import Device
    from deblur_app.gui.viewer.compare.shown_picture import PixelReading


class MainWindow(WindowParts):
    """Deblur's window.

    Signals:
        painted: The window has painted for the first time.
        built: All parts are there.
        filled: Everything stands that the first paint did not wait for.
        look_chosen: “system”, “dark” or “light”, where the user chose another look.
        language_chosen: The user chose another language.
    """

    painted = Signal()
    built = Signal()
    filled = Signal()
    look_chosen = Signal(str)
    language_chosen = Signal()

    def __init__(self, settings: Settings | None = None, *, builds_later: bool = False) -> None:
        """Make the window with `settings`, or those of the last time.

        Args:
            settings: What is kept from one start to the next.
            builds_later: Paint first, and make the parts then, step by step; otherwise they are there at once.
        """
        super().__init__(settings)
        self._has_painted = self.is_built = False
        self._building, self._filling = self._build(), self._fill()
        remembered.restore_geometry(self)
        if not builds_later:
            self.build()

    # --- building ---------------------------------------------------------------------------------------------------

    def build(self) -> None:
        """Make the parts that are not there yet, at once."""
        for _ in self._building:
            pass

    def _build(self) -> Generator[SignalInstance | None]:
        """Make and connect the parts, in steps."""
        yield from self._make_parts()
        yield None
        self._make_menus(self.list_commands())
        yield None
        self._make_frame()
        self._connect_session()
        self._connect_parts()
        self.setStatusBar(self.status)
        self.setCentralWidget(self.frame)
        self.first_sight.setFocus()  # else Qt gives it to the first button of the bar
        self.is_built = True
        self.built.emit()

    def _fill(self) -> Generator[SignalInstance | None]:
        """Fill the parts with what takes reading, in steps; a step that must wait gives the signal to wait for."""
        from deblur_app.gui import engine

        yield None
        self.first_sight.show_recent(self.opener.recent_paths())
        yield None
        self.filmstrip.refresh()
        yield None
        self.loading.run(engine.load_modules())
        yield self.loading.ended
        self.tools.method_panel.show()
        yield None
        self.services.begin(self.filmstrip, self.first_sight, self.frame.top_bar.export)
        self.batch.look_for_unfinished()
        self.filled.emit()

    @Slot()
    def _go_on(self) -> None:
        """Do the next step, and let the window answer before the one after it."""
        for signal in chain(self._building, self._filling):
            if signal:
                signal.connect(self._go_on)
            else:
                QTimer.singleShot(0, self._go_on)
            return

    def list_commands(self) -> Mapping[str, Callable[..., object]]:
        """Return the function of each command in the table of actions."""
        from deblur_app.gui.command_table import list_commands

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
        self.batch.busy_changed.connect(self.work.set_batch)
        self.batch.progressed.connect(self.work.show_batch)
        self.work.batch_wanted.connect(self.batch.ask_for_workspace)
        tools.training_progressed.connect(self.work.show_training)
        tools.training_changed.connect(self.work.set_training)
        self.photo_view.zoom_changed.connect(self._show_zoom)
        self.photo_view.pixel_hovered.connect(self._show_pixel)
        self.photo_view.progress_line.is_told_elsewhere = lambda: not self.frame.top_bar.isHidden()
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
        self.services.applied.language_chosen.connect(self.language_chosen)
        view_commands.model_wanted.connect(lambda path: opener.open_paths([path]))
        view_commands.models_changed.connect(tools.list_methods)
        self.tab_key.pressed.connect(view_commands.toggle_panels)
        self.commands.note_added.connect(self.tell_on_result)
        for part in (opener, tools, self.commands, self.closing, self.services):
            part.message.connect(self.status.say)
        for teller in (opener, tools, view_commands, self.commands, self.batch):
            teller.failed.connect(self.show_failure)

    # --- what the session and the parts say -------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Update panes, tools and actions to what the session holds."""
        session = self.session
        path = session.input.picture.path if session.input else None
        if path and not remembered.is_sample(path):
            self.settings.remember(path)
        self.viewer.refresh()
        self.filmstrip.refresh()
        self._show_desk()
        self.setWindowTitle(f"{path.name} – Deblur" if path else "Deblur")
        self.tools.refresh()
        self._update_actions()
        self._show_zoom()

    def _show_desk(self, *, has_draft: bool = False) -> None:
        self.frame.desk.show_photo(is_open=has_draft or self.session.input is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the full screen by Esc, where nothing else takes it."""
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.view_commands.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _show_pixel(self, reading: PixelReading | None) -> None:
        self.status.pixel.setText(reading.describe() if reading else "")

    @Slot()
    def _update_actions(self) -> None:
        from deblur_app.gui.actions import State

        session, tools = self.session, self.tools
        self.menus.update(
            State(
                has_input=session.input is not None,
                has_truth=session.truth is not None,
                has_result=session.result is not None,
                is_busy=session.is_busy,
                can_undo=tools.is_in_photo and tools.can_go(-1),
                can_redo=tools.is_in_photo and tools.can_go(1),
                has_page_before=session.has_page(-1),
                has_page_after=session.has_page(1),
            )
        )

    @Slot(object)
    def show_failure(self, error: Exception) -> None:
        """Show the user an error; what was there stays."""
        from deblur_app.gui.dialogs.messages import sentence, show_error

        if self.is_built:
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
        if not self.is_built:
            paint_first_frame(self)
        if not self._has_painted:
            self._has_painted = True
            self.painted.emit()
            QTimer.singleShot(0, self._go_on)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept dragged files anywhere."""
        from deblur_app.gui.viewer.pane import list_dropped_paths

        if list_dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open dropped files."""
        from deblur_app.gui.viewer.pane import list_dropped_paths

        event.acceptProposedAction()
        self.build()
        self.opener.open_paths(list_dropped_paths(event))

    @property
    def is_busy(self) -> bool:
        """True if there is work that closing would end."""
        return self.is_built and self.closing.is_busy

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, or let the user be asked first; see `Closing`."""
        if not self.is_built:
            self._building.close()
            self._filling.close()
            event.accept()
        elif self.closing.allows():
            self._filling.close()
            self.loading.finish()
            self.closing.finish()
            self.thumbnails.finish()
            event.accept()
        else:
            event.ignore()
