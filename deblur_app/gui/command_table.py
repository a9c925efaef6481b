"""The function of each command in the table of actions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.viewer.compare.compare_mode import CompareMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.commands import Commands
    from deblur_app.gui.opening import Opener
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.shell.view_commands import ViewCommands
    from deblur_app.gui.tools import Tools
    from deblur_app.gui.viewer.photo_view import PhotoView


def list_commands(
    session: Session,
    view: PhotoView,
    *,
    opener: Opener,
    commands: Commands,
    tools: Tools,
    view_commands: ViewCommands,
) -> dict[str, Callable[..., object]]:
    """Return the functions by the names of their commands; that of a submenu gets the menu to fill."""
    return {
        "choose_pictures": opener.choose_pictures,
        "choose_folder": opener.choose_folder,
        "choose_truth": opener.choose_truth,
        "fill_recent": opener.fill_recent,
        "open_sample": opener.open_sample,
        "paste": opener.paste,
        "choose_target": commands.choose_target,
        "copy": commands.copy,
        "toggle_blur_map": commands.toggle_blur_map,
        "stop_by_escape": commands.stop_by_escape,
        "undo": partial(tools.go, -1),
        "redo": partial(tools.go, 1),
        "swap": session.swap,
        "show_page_before": partial(session.open_page, -1),
        "show_page_after": partial(session.open_page, 1),
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
        "show_photo": tools.show_photo,
        "show_batch": partial(tools.show, Workspace.BATCH),
        "show_psf": tools.show_psf,
        "show_lab": tools.show_lab,
        "show_training": tools.show_training,
        "fill_looks": view_commands.fill_looks,
        "toggle_filmstrip": view_commands.toggle_filmstrip,
        "toggle_panels": view_commands.toggle_panels,
        "toggle_full_screen": view_commands.toggle_full_screen,
        "show_preferences": view_commands.show_preferences,
        "show_keys": view_commands.show_keys,
        "save_at_once": commands.save_at_once,
        "show_log_folder": commands.show_log_folder,
        "show_about": commands.show_about,
    }
