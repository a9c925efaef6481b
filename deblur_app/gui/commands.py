"""Commands of menus and keys: opening pictures, choosing a place to save, the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from types import ModuleType

    from deblur_app.gui.main_window import MainWindow
    from deblur_app.gui.session.dropping import Dropped
    from deblur_app.gui.session.kept_results import PhotoKey
    from deblur_app.gui.session.recovery import Leftover

MOST_LOST_UNASKED = 10.0
"""Seconds of work that Esc throws away without a question."""


class Commands:
    """The commands of the window that ask the user something first, where that is needed."""

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

    def open_pictures(self, dropped: Dropped, files: list[Path]) -> None:
        """Open the pictures of a drop; `files` are those that were dropped as such, and are all tried."""
        session = self._window.session
        if dropped.picture and dropped.truth:
            session.open_several([dropped.picture, dropped.truth], dropped.problems, is_pair=True)
        elif dropped.picture and (len(files) > 1 or dropped.problems):
            paths = [path for path in dropped.pictures if path in files] or [dropped.picture]
            session.open_several(paths, dropped.problems, may_pair=dropped.other is not None)
        elif dropped.picture:
            session.open(dropped.picture)

    def go_to(self, chosen: Path | PhotoKey) -> None:
        """Open a photo of the list."""
        if isinstance(chosen, Path):
            self._window.session.open(chosen)
        else:
            self._window.session.open_again(chosen)

    def offer_leftovers(self) -> None:
        """Offer to save the results that a program that ended unexpectedly has left."""
        from deblur_app.gui.session import recovery

        leftovers = recovery.find_leftovers()
        if leftovers:
            _dialogs().ask_to_recover(
                self._window,
                [leftover.name for leftover in leftovers],
                lambda: self._recover(leftovers),
                lambda: recovery.discard(leftovers),
            )

    def _recover(self, leftovers: list[Leftover]) -> None:
        from deblur_app.gui.session import recovery

        def tell(paths: list[Path]) -> None:
            names = ", ".join(path.name for path in paths)
            self._window.status.say(f"Saved {names} in {paths[0].parent}")

        self._window.session.add_network(recovery.save_leftovers(leftovers), tell)

    def combine_pictures(self) -> None:
        """Ask what the listed photos are, and make one of them."""
        paths = self._window.pictures.paths()
        if len(paths) < 2:
            self._window.status.say("Drop two or more photos of one scene together, then combine them.")
            return
        from deblur_app.gui.dialogs.combining import ask_what_they_are

        ask_what_they_are(self._window, paths, self._window.session.combine)

    def choose_target(self) -> None:
        """Ask where to save the result; a preview is not saved."""
        if self._tell_of_preview("saved") or not self._window.session.result:
            return
        from deblur_app.core.files import file_names

        picture = self._window.session.result.shown.picture
        photo = picture.path or Path(self.name_of_input)
        if picture.path is None or remembered.is_sample(photo):
            photo = Path.home() / photo.name
        proposed = file_names.result_path(photo, bit_depth=picture.bit_depth)
        _dialogs().ask_for_target(self._window, proposed, self._window.session.save)

    @property
    def name_of_input(self) -> str:
        """The file name for an input that has no file."""
        sharp = self._window.session.input.sharp if self._window.session.input else None
        return f"{sharp.picture.path.stem}_blurred.png" if sharp and sharp.picture.path else "pasted.png"

    def paste(self) -> None:
        """Take a picture, or files, from the clipboard."""
        from deblur_app.gui.images import qt_image

        mime = QGuiApplication.clipboard().mimeData()
        image = QGuiApplication.clipboard().image()
        if paths := [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]:
            self._window.open_paths(paths)
        elif not image.isNull():
            self._window.tabs.leave_training()
            self._window.session.take_picture(qt_image.from_qimage(image))
        else:
            self._window.status.say("There is no picture on the clipboard.")

    def stop_by_escape(self) -> None:
        """Stop the work; ask first where more than some seconds of it would be lost: the key may be hit by mistake."""
        session = self._window.session
        if session.queues.longest_seconds < MOST_LOST_UNASKED:
            session.cancel()
        else:
            _dialogs().ask_to_stop(self._window, session.queues.longest_seconds, session.cancel)

    def _tell_of_preview(self, what: str) -> bool:
        """Say why what is shown cannot be `what`, where it is only a preview; returns whether it is."""
        sentence = self._window.preview.sentence
        if sentence:
            self._window.tell_on_result(f"{sentence.format(what=what)}")
        return bool(sentence)

    def copy(self) -> None:
        """Copy the result to the clipboard; a preview is not copied."""
        if self._tell_of_preview("copied"):
            return
        if self._window.session.result:
            from deblur_app.gui.images import qt_image

            picture = self._window.session.result.shown.picture
            alpha = None if picture.alpha is None else qt_image.displayed(picture.alpha)
            QGuiApplication.clipboard().setImage(qt_image.to_qimage(qt_image.displayed(picture.pixels), alpha))
            self._window.status.say("The result is on the clipboard.")

    def recent_pictures(self) -> list[tuple[str, object]]:
        """Return the pictures opened last that are still there, each with the function that opens it."""
        recent = remembered.recent_pictures(self._window.settings)
        return [(text, partial(self._window.open_paths, [path])) for text, path in recent]


def _dialogs() -> ModuleType:
    """Return the dialogs, imported here so that the first paint need not wait for them."""
    from deblur_app.gui.dialogs import dialogs

    return dialogs
