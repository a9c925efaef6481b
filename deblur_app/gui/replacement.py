"""A window in place of another one that shows the same, because the language has changed."""

from __future__ import annotations

from pathlib import Path

import shiboken6

from deblur_app.gui.main_window import MainWindow


def replace_window(old: MainWindow) -> MainWindow:
    """Return a new window with the photos, results, workspace and place of another one, which is closed and deleted.

    There must be no work in the old one: `old.is_busy` is False.
    """
    new = MainWindow(old.settings)
    new.services.offers_last_session = False
    new.session.take_over(old.session)
    new.restoreGeometry(old.saveGeometry())
    new.photo_view.set_compare_mode(old.photo_view.compare_mode)
    new.show()  # before the other one goes, so that one window is there at any time
    if old.view_commands.devices:
        new.set_devices(old.view_commands.devices)
    _take_filmstrip(new, old)
    new.refresh()
    new.batch.take_over(old.batch)
    new.tools.show(old.tools.workspace)
    _take_preferences(new, old)
    old.close()
    old.deleteLater()
    return new


def _take_filmstrip(new: MainWindow, old: MainWindow) -> None:
    if "filmstrip" not in old.__dict__:
        return
    listed = old.filmstrip.describe()
    if listed.photos:
        new.filmstrip.list_together([Path(name) for name in listed.photos])
        new.filmstrip.set_marks(picked=map(Path, listed.picked), rejected=map(Path, listed.rejected))


def _take_preferences(new: MainWindow, old: MainWindow) -> None:
    """Open the preferences in the new window, where they were open in the old one."""
    dialog = old.view_commands.preferences
    if dialog is not None and shiboken6.isValid(dialog) and dialog.isVisible():
        other = new.view_commands.show_preferences()
        other.restoreGeometry(dialog.saveGeometry())
        other.list.setCurrentRow(dialog.list.currentRow())
        dialog.close()
