"""Commands about the result and the work: saving, copying, combining, stopping."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from deblur_app.core.texts import tr
from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.files.saving_settings import SavingSettings
    from deblur_app.core.settings import Settings
    from deblur_app.gui.session.session import Session
    from deblur_app.gui.viewer.viewer import Viewer

MOST_LOST_UNASKED = 10.0
"""Seconds of work that Esc throws away without a question."""


class Commands(QObject):
    """The commands that ask the user something first, where that is needed.

    Signals:
        message: A sentence for the status line.
        note_added: A sentence about the result.
        failed: The exception because of which a result cannot be saved.
    """

    message = Signal(str)
    note_added = Signal(str)
    failed = Signal(object)

    def __init__(
        self, session: Session, viewer: Viewer, load_settings: Callable[[], Settings], window: QWidget
    ) -> None:
        """Act on `session` and on what `viewer` shows; dialogs stand over `window`."""
        super().__init__(window)
        self._load_settings = load_settings
        self._session, self._viewer, self._window = session, viewer, window

    def choose_target(self) -> None:
        """Ask how to export the result; a preview is not exported."""
        if self._tell_of_preview(tr("saved")) or not self._session.result:
            return
        from deblur_app.gui.export.export_dialog import ask_how_to_export

        settings, picture = self._load_settings(), self._session.result.display_image.picture
        ask_how_to_export(self._window, self._find_photo(), picture, settings.export or settings.saving, self._export)

    def _export(self, how: SavingSettings) -> None:
        """Export the result, and remember how."""
        self._load_settings().export = how
        self._save_by(how)

    def save_at_once(self) -> None:
        """Save the result by the preferences; where the photo has no place, and none is chosen there, ask."""
        result, how = self._session.result, self._load_settings().saving
        if self._tell_of_preview(tr("saved")) or not result:
            return
        path = result.display_image.picture.path
        if not how.folder and (path is None or remembered.is_sample(path)):
            self.choose_target()
        else:
            self._save_by(how)

    def _save_by(self, how: SavingSettings) -> None:
        from deblur_app.core.errors import DeblurError
        from deblur_app.engine.saving import saving

        if not self._session.result:
            return
        picture = self._session.result.display_image.picture
        try:
            target = saving.choose_target(self._find_photo(), picture, how)
        except DeblurError as error:
            self.failed.emit(error)
            return
        self._session.save(target, how)

    def _find_photo(self) -> Path:
        """Return the path that gives the result its name and its folder."""
        path = self._session.result.display_image.picture.path if self._session.result else None
        if path is None or remembered.is_sample(path):
            return Path.home() / (path.name if path else self.name_of_input)
        return path

    @property
    def name_of_input(self) -> str:
        """The file name for an input that has no file."""
        sharp = self._session.input.sharp if self._session.input else None
        return f"{sharp.picture.path.stem}_blurred.png" if sharp and sharp.picture.path else "pasted.png"

    def copy(self) -> None:
        """Copy the result to the clipboard; a preview is not copied."""
        if self._tell_of_preview(tr("copied")):
            return
        if self._session.result:
            from deblur_app.gui.images import qt_image
            from deblur_app.gui.images.screen_colours import to_srgb

            picture = self._session.result.display_image.picture
            alpha = None if picture.alpha is None else qt_image.quantize_for_display(picture.alpha)
            values = to_srgb(qt_image.quantize_for_display(picture.pixels), picture.pixel_profile)
            QGuiApplication.clipboard().setImage(qt_image.to_qimage(values, alpha))
            self.message.emit(tr("The result is on the clipboard."))

    def combine_pictures(self, paths: list[Path]) -> None:
        """Ask what the listed photos are, and make one of them."""
        if len(paths) < 2:
            self.message.emit(tr("Drop two or more photos of one scene together, then combine them."))
            return
        from deblur_app.gui.dialogs.combining import ask_what_they_are

        ask_what_they_are(self._window, paths, self._session.combine)

    def stop_by_escape(self) -> None:
        """Stop the work; ask first where more than some seconds of it would be lost: the key may be hit by mistake."""
        session = self._session
        if session.queues.longest_seconds < MOST_LOST_UNASKED:
            session.cancel()
        else:
            _dialogs().ask_to_stop(self._window, session.queues.longest_seconds, session.cancel)

    def toggle_blur_map(self) -> None:
        """Show the blur of each part over the photo, or hide it."""
        self._viewer.blur_map.toggle()

    def show_about(self) -> None:
        """Show name and version of the program."""
        from deblur_app.gui.dialogs import about

        about.show_about(self._window)

    def show_log_folder(self) -> None:
        """Open the folder of the log."""
        from deblur_app.gui.dialogs import about

        about.show_log_folder()

    def _tell_of_preview(self, what: str) -> bool:
        """Say why what is shown cannot be `what`, where it is only a preview; returns whether it is."""
        sentence = self._viewer.preview_sentence
        if sentence:
            self.note_added.emit(sentence.format(what=what))
        return bool(sentence)


def _dialogs() -> ModuleType:
    """Return the dialogs, imported here so that the first paint need not wait for them."""
    from deblur_app.gui.dialogs import dialogs

    return dialogs
