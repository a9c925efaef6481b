"""The parts of the window, made one after the other, so that the window can paint and answer in between."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from deblur_app.core.settings import Settings
    from deblur_app.gui.background.runner import TaskRunner
    from deblur_app.gui.batch.batch_place import BatchPlace
    from deblur_app.gui.commands import Commands
    from deblur_app.gui.contact_sheet.sheet_tool import SheetTool
    from deblur_app.gui.dialogs.adding import ModelInstaller
    from deblur_app.gui.dialogs.closing import Closing
    from deblur_app.gui.filmstrip.filmstrip import Filmstrip
    from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
    from deblur_app.gui.first_sight.first_sight import FirstSight
    from deblur_app.gui.menus import Menus
    from deblur_app.gui.opening import Opener
    from deblur_app.gui.services import Services
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.shell.frame import Frame
    from deblur_app.gui.shell.mode_bar import ModeBar
    from deblur_app.gui.shell.view_commands import TabKey, ViewCommands
    from deblur_app.gui.tools import Tools
    from deblur_app.gui.viewer.panes import PaneRow
    from deblur_app.gui.viewer.photo_view import PhotoView
    from deblur_app.gui.viewer.viewer import Viewer
    from deblur_app.gui.widgets.status import StatusStrip
    from deblur_app.gui.widgets.work_display import WorkDisplay


class WindowParts(QMainWindow):
    """The window with its parts, which know nothing of each other yet.

    The modules of the parts are imported where a part is made: the window paints before they are loaded (ADR 6).

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
        loading: The loading of modules after the first paint.
    """

    session: Session
    photo_view: PhotoView
    panes: PaneRow
    viewer: Viewer
    status: StatusStrip
    thumbnails: ThumbnailLoader
    first_sight: FirstSight
    tools: Tools
    batch: BatchPlace
    mode_bar: ModeBar
    frame: Frame
    work: WorkDisplay
    opener: Opener
    commands: Commands
    view_commands: ViewCommands
    tab_key: TabKey
    sheets: SheetTool
    services: Services
    closing: Closing
    menus: Menus
    loading: TaskRunner

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._given_settings = settings
        self.setWindowTitle("Deblur")
        self.setAcceptDrops(True)

    def _make_parts(self) -> Iterator[None]:
        """Make the parts, in steps of some 20 ms."""
        from deblur_app.gui.background.runner import TaskRunner
        from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
        from deblur_app.gui.session.session import Session

        self.session = Session(lambda: remembered.load_request(self.settings), self)
        self.session.restores_at_once = lambda: self.settings.after_drop == "restore"
        self.session.load_saving = lambda: self.settings.saving
        self.thumbnails = ThumbnailLoader(self)
        self.loading = TaskRunner(self)
        yield
        from deblur_app.gui.viewer.photo_view import PhotoView
        from deblur_app.gui.viewer.viewer import Viewer

        self.photo_view = PhotoView()
        self.panes = self.photo_view.panes
        self.viewer = Viewer(self.photo_view, self.session)
        yield
        self._make_tools()
        yield
        self._make_commands()

    def _make_tools(self) -> None:
        from deblur_app.gui.batch.batch_place import BatchPlace
        from deblur_app.gui.contact_sheet.sheet_tool import SheetTool
        from deblur_app.gui.first_sight.first_sight import FirstSight
        from deblur_app.gui.tools import Tools
        from deblur_app.gui.widgets.status import StatusStrip

        self.status = StatusStrip()
        self.tools = Tools(self.session, self.viewer, self)
        self.first_sight = FirstSight(self.thumbnails)
        self.sheets = SheetTool(self.session, self.photo_view)
        self.batch = BatchPlace(self.session, self.thumbnails, lambda: self.settings.saving)

    def _make_commands(self) -> None:
        from deblur_app.gui.commands import Commands
        from deblur_app.gui.dialogs.closing import Closing
        from deblur_app.gui.opening import Opener
        from deblur_app.gui.services import Services
        from deblur_app.gui.shell.view_commands import TabKey, ViewCommands

        self.opener = Opener(self.session, lambda: self.settings, self)
        self.commands = Commands(self.session, self.viewer, lambda: self.settings, self)
        self.view_commands = ViewCommands(self, lambda: self.settings)
        self.tab_key = TabKey(self.photo_view.canvas)
        self.services = Services(
            self, lambda: self.menus, lambda: self.settings, session=self.session, opener=self.opener, tools=self.tools,
            view=self.photo_view, view_commands=self.view_commands,
        )  # fmt: skip
        self.closing = Closing(self, self.session, (self.tools, self.batch), self.remember)
        self.close_when_idle = self.closing.close_when_idle

    def _make_menus(self, commands: Mapping[str, Callable[..., object]]) -> None:
        from deblur_app.gui.menus import Menus

        self.menus = Menus(self, commands)

    def _make_frame(self) -> None:
        """Put the parts together, without showing them yet."""
        from deblur_app.gui.shell.desk import Desk
        from deblur_app.gui.shell.frame import Frame
        from deblur_app.gui.shell.mode_bar import ModeBar
        from deblur_app.gui.shell.top_bar import TopBar
        from deblur_app.gui.shell.workspace import Workspace

        tools, actions = self.tools, self.menus.actions
        self.mode_bar = ModeBar(self.photo_view)
        top_bar = TopBar(actions["open"], actions["export"], self.mode_bar)
        self.work = top_bar.work
        panels = {Workspace.PHOTO: tools.photo_panel, Workspace.LAB: tools.lab_panel}
        desk = Desk(self.photo_view, self.first_sight, panels)
        self.frame = Frame(top_bar, desk, {Workspace.BATCH: self.batch, Workspace.TRAIN: tools.train_page})
        self.frame.restore()
        self.view_commands.frame = self.frame

    @functools.cached_property
    def settings(self) -> Settings:
        """Return what is kept from one start to the next: as it was given, or else as it is stored."""
        return self._given_settings or remembered.load_settings_or_defaults()

    @functools.cached_property
    def filmstrip(self) -> Filmstrip:
        """The photos that one can go to."""
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

    def remember(self) -> None:
        """Write settings, place and size for the next start."""
        self.frame.remember()
        self.services.remember()
        remembered.remember(self, self.settings)
