"""The parts of the window beside its work on photos, each made when it is first needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from deblur_app.core.texts import tr
from deblur_app.gui.applied_settings import AppliedSettings
from deblur_app.gui.background.notifier import Notifier
from deblur_app.gui.filmstrip.photo_model import Mark
from deblur_app.gui.palette.palette_tool import PaletteTool, list_methods
from deblur_app.gui.session.session_keeper import SessionKeeper

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.settings import Settings
    from deblur_app.gui.drag_out.drag_out import DragOut
    from deblur_app.gui.filmstrip.filmstrip import Filmstrip
    from deblur_app.gui.first_sight.first_sight import FirstSight
    from deblur_app.gui.help.self_test_dialog import SelfTestDialog
    from deblur_app.gui.menus import Menus
    from deblur_app.gui.opening import Opener
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.shell.view_commands import ViewCommands
    from deblur_app.gui.tools import Tools
    from deblur_app.gui.viewer.photo_view import PhotoView


class Services(QObject):
    """The parts that stand around the work on photos.

    Attributes:
        applied: The preferences at work.
        notifier: What tells of the end of long work.
        palette: The command palette.
        drag_out: The drags of results; None before the first paint.
        keeper: What writes down which photos are open.
        offers_last_session: Whether the first paint is followed by an offer of what the last session has left.

    Signals:
        message: A sentence for the status line.
    """

    message = Signal(str)

    def __init__(
        self,
        window: QWidget,
        load_menus: Callable[[], Menus],
        load_settings: Callable[[], Settings],
        *,
        session: Session,
        opener: Opener,
        tools: Tools,
        view: PhotoView,
        view_commands: ViewCommands,
    ) -> None:
        """Serve `window`; its menus are made later than this."""
        super().__init__(window)
        self._window, self._session, self._opener, self._tools = window, session, opener, tools
        self._view = view
        self._filmstrip: Filmstrip | None = None
        self.drag_out: DragOut | None = None
        self._self_test: SelfTestDialog | None = None
        self.keeper = SessionKeeper(self)
        self.offers_last_session = True
        self.notifier = Notifier(window, lambda: load_settings().notify == "long")
        session.busy_changed.connect(self.notifier.watch("photos", self._describe_work))
        tools.training_changed.connect(self.notifier.watch("training", lambda: tr("The training has ended.")))
        self.applied = AppliedSettings(load_settings, view, tools, self)
        self.applied.message.connect(self.message)
        view_commands.setting_changed.connect(self.applied.apply)
        self.palette = PaletteTool(
            window,
            load_menus,
            {
                "Method": partial(list_methods, self._choose_method),
                "Recent photo": opener.recent_pictures,
                "Appearance": view_commands.list_looks,
            },
        )

    def list_commands(self) -> dict[str, Callable[..., object]]:
        """Return the functions by the names of their commands in the table of actions."""
        return {
            "show_palette": self.palette.open,
            "show_self_test": self._show_self_test,
            "show_log": self._show_log,
            "show_photo_before": partial(self._go, -1),
            "show_photo_after": partial(self._go, 1),
            "pick_photo": partial(self._mark, Mark.PICKED),
            "reject_photo": partial(self._mark, Mark.REJECTED),
            "unmark_photo": partial(self._mark, Mark.NONE),
        }

    def _describe_work(self) -> str:
        photo = self._session.input
        return tr("“{name}” is done.", name=photo.name) if photo else tr("The work is done.")

    def _show_self_test(self) -> None:
        from deblur_app.gui.help.self_test_dialog import show_self_test

        if self._self_test is None:
            self._self_test = show_self_test(self._window)
            self._self_test.destroyed.connect(self._forget_self_test)
        self._self_test.raise_()

    @Slot()
    def _forget_self_test(self) -> None:
        self._self_test = None

    def _show_log(self) -> None:
        from deblur_app.gui.help.log_window import show_log

        show_log(self._window)

    def _mark(self, mark: Mark) -> None:
        if self._filmstrip:
            self._filmstrip.mark(mark)

    def _go(self, step: int) -> None:
        if self._filmstrip:
            self._filmstrip.go(step)

    def begin(self, filmstrip: Filmstrip, first_sight: FirstSight, export: QWidget) -> None:
        """Begin with what did not have to wait for the first paint, and offer what the last session has left.

        Args:
            filmstrip: The photos.
            first_sight: The first page.
            export: The button from which the result can be dragged.
        """
        from deblur_app.gui.startup.last_session_offer import LastSessionOffer

        self._filmstrip = filmstrip
        self.applied.apply_at_start()
        offer = LastSessionOffer(self._window, self._session, self._opener, filmstrip, first_sight)
        offer.message.connect(self.message)
        if self.offers_last_session:
            offer.offer()
        self._begin_drags(filmstrip, export)
        filmstrip.changed.connect(self.keeper.note_change)
        self._view.neighbour_wanted.connect(filmstrip.go)
        self._session.changed.connect(self.keeper.note_change)
        self.keeper.begin(filmstrip.describe)
        self.keeper.note_change()

    def _begin_drags(self, filmstrip: Filmstrip, export: QWidget) -> None:
        from deblur_app.gui.drag_out.drag_out import DragOut

        self.drag_out = DragOut(self._session, self._window)
        self.drag_out.failed.connect(self._session.failed)
        self.drag_out.add_filmstrip(filmstrip)
        self.drag_out.add_handle(export)
        self.drag_out.add_handle(self._view.canvas, Qt.KeyboardModifier.ControlModifier)

    def remember(self) -> None:
        """Write down what the next start offers, because the program ends."""
        self.keeper.end()
        for work in (self._self_test, self.drag_out):
            if work:
                work.finish()

    def _choose_method(self, name: str) -> None:
        self._tools.show_photo()
        self._tools.method_panel.choose_method(name)
