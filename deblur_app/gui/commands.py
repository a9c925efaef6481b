"""What menus and keys ask of the window: pictures to open, a place to save, the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from deblur_app.gui import remembered

if TYPE_CHECKING:
    from types import ModuleType

    from deblur_app.gui.main_window import MainWindow


class Commands:
    """Asks the user where that is needed, and tells the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def choose_pictures(self) -> None:
        """Ask for pictures to open."""
        _dialogs().ask_for_pictures(self._window, self._window.settings.folder, self._window.open_paths)

    def choose_folder(self) -> None:
        """Ask for a folder of pictures."""
        _dialogs().ask_for_folder(self._window, self._window.settings.folder, self._window.open_paths)

    def choose_truth(self) -> None:
        """Ask for the ground truth."""
        _dialogs().ask_for_truth(self._window, self._window.settings.folder, self._window.open_truth_paths)

    def combine_pictures(self) -> None:
        """Ask what the listed photos are, and make one of them."""
        paths = self._window.pictures.paths()
        if len(paths) < 2:
            self._window.status.say("Drop two or more photos of one scene together, then combine them.")
            return
        from deblur_app.gui.combining import ask_what_they_are

        ask_what_they_are(self._window, paths, self._window.session.combine)

    def choose_target(self) -> None:
        """Ask where to save the result."""
        if not self._window.session.result:
            return
        from deblur_app.core import files

        picture = self._window.session.result.shown.picture
        photo = picture.path or Path(self.name_of_input)
        if picture.path is None or remembered.is_sample(photo):
            photo = Path.home() / photo.name
        proposed = files.result_path(photo, bit_depth=picture.bit_depth)
        _dialogs().ask_for_target(self._window, proposed, self._window.session.save)

    @property
    def name_of_input(self) -> str:
        """A file name for an input that is no file."""
        sharp = self._window.session.input.sharp if self._window.session.input else None
        return f"{sharp.picture.path.stem}_blurred.png" if sharp and sharp.picture.path else "pasted.png"

    def paste(self) -> None:
        """Take a picture, or files, from the clipboard."""
        from deblur_app.gui import qt_image

        mime = QGuiApplication.clipboard().mimeData()
        image = QGuiApplication.clipboard().image()
        if paths := [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]:
            self._window.open_paths(paths)
        elif not image.isNull():
            self._window.tabs.leave_training()
            self._window.session.take_picture(qt_image.from_qimage(image))
        else:
            self._window.status.say("There is no picture on the clipboard.")

    def copy(self) -> None:
        """Put the result on the clipboard."""
        if self._window.session.result:
            QGuiApplication.clipboard().setImage(self._window.session.result.shown.levels[0])
            self._window.status.say("The result is on the clipboard.")

    def recent_pictures(self) -> list[tuple[str, object]]:
        """The pictures opened last that are still there, each with what opens it."""
        recent = remembered.recent_pictures(self._window.settings)
        return [(text, partial(self._window.open_paths, [path])) for text, path in recent]


def _dialogs() -> ModuleType:
    """The dialogs, which no paint waits for."""
    from deblur_app.gui import dialogs

    return dialogs
