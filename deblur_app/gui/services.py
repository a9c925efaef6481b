"""The parts of the window beside its work on photos, each made when it is first needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deblur_app.gui.applied_settings import AppliedSettings
from deblur_app.gui.palette.palette_tool import PaletteTool, list_methods

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.settings import Settings
    from deblur_app.gui.menus import Menus
    from deblur_app.gui.opening import Opener
    from deblur_app.gui.shell.view_commands import ViewCommands
    from deblur_app.gui.tools import Tools
    from deblur_app.gui.viewer.photo_view import PhotoView


class Services(QObject):
    """The parts that stand around the work on photos.

    Attributes:
        applied: The preferences at work.
        palette: The command palette.
    """

    def __init__(
        self,
        window: QWidget,
        load_menus: Callable[[], Menus],
        load_settings: Callable[[], Settings],
        *,
        opener: Opener,
        tools: Tools,
        view: PhotoView,
        view_commands: ViewCommands,
    ) -> None:
        """Serve `window`; its menus are made later than this."""
        super().__init__(window)
        self._tools = tools
        self.applied = AppliedSettings(load_settings, view, tools, self)
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
        return {"show_palette": self.palette.open}

    def _choose_method(self, name: str) -> None:
        self._tools.show_photo()
        self._tools.method_panel.choose_method(name)
