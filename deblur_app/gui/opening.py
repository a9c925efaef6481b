"""All ways in which a photo comes into the window: chosen, dropped, pasted, recent, or the sample."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource
from deblur_app.core.texts import tr
from deblur_app.gui.session import remembered

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from PySide6.QtWidgets import QMenu, QWidget

    from deblur_app.core.settings import Settings
    from deblur_app.gui.session.opening.dropping import Dropped
    from deblur_app.gui.session.results.kept_result import PhotoKey
    from deblur_app.gui.session.session import Session

_NO_PICTURES = (".json", ".tgz", ".gz", ".deblur")
"""The endings of files that hold a model or a network."""


class Opener(QObject):
    """The commands that open photos in a session, and pass on what else was dropped.

    Signals:
        began: A photo of the user's is being opened, whatever the panes show now.
        listed: The pictures that were dropped together.
        model_dropped: A package or a model was dropped, as `Dropped`.
        message: A sentence for the status line.
        failed: The exception that ended a step.
    """

    began = Signal()
    listed = Signal(list)
    model_dropped = Signal(object)
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, load_settings: Callable[[], Settings], window: QWidget) -> None:
        """Open in `session`; dialogs stand over `window`, and begin in the folder of the settings."""
        super().__init__(window)
        self._session, self._load_settings, self._window = session, load_settings, window

    # --- chosen -----------------------------------------------------------------------------------------------------

    def choose_pictures(self) -> None:
        """Ask for pictures to open."""
        _dialogs().ask_for_pictures(self._window, self._load_settings().folder, self.open_paths)

    def choose_folder(self) -> None:
        """Ask for a folder of pictures."""
        _dialogs().ask_for_folder(self._window, self._load_settings().folder, self.open_paths)

    def choose_truth(self) -> None:
        """Ask for the ground truth."""
        _dialogs().ask_for_truth(self._window, self._load_settings().folder, self.open_truth_paths)

    def recent_paths(self) -> list[Path]:
        """Return the pictures opened last that are still there, the newest first."""
        return [path for _, path in remembered.recent_pictures(self._load_settings())]

    def recent_pictures(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the pictures opened last that are still there, each with the function that opens it."""
        recent = remembered.recent_pictures(self._load_settings())
        return [(text, partial(self.open_paths, [path])) for text, path in recent]

    def fill_recent(self, menu: QMenu) -> None:
        """Fill a menu with the pictures opened last."""
        menu.clear()
        for name, do in self.recent_pictures():
            menu.addAction(name, do)
        if menu.isEmpty():
            menu.addAction(tr("No photo yet")).setEnabled(False)

    @Slot(object)
    def go_to(self, chosen: Path | PhotoKey) -> None:
        """Open a photo of the list."""
        if isinstance(chosen, Path):
            self._session.open(chosen)
        else:
            self._session.open_again(chosen)

    # --- dropped and pasted -----------------------------------------------------------------------------------------

    @Slot(list)
    def open_paths(self, paths: list[Path]) -> None:
        """Open what was dropped or chosen: a picture, a pair, a folder, a model, or what holds a network to add."""
        if not paths:
            return
        from deblur_app.gui.session.opening import dropping

        try:
            dropped = dropping.understand(paths)
        except DeblurError as error:
            self.failed.emit(error)
            return
        if dropped.recipe:
            self._session.open_recipe(dropped.recipe)
            return
        self.began.emit()
        if dropped.pictures:
            self.listed.emit(dropped.pictures)
        if dropped.package or dropped.bundle:
            self.model_dropped.emit(dropped)
        elif dropped.model:
            self._session.check_model(dropped.model)
        elif dropped.picture:
            self._open_pictures(dropped, [path for path in paths if not path.is_dir()])

    def _open_pictures(self, dropped: Dropped, files: list[Path]) -> None:
        """Open the pictures of a drop; `files` are those that were dropped as such, and are all tried."""
        if dropped.picture and dropped.truth:
            self._session.open_several([dropped.picture, dropped.truth], dropped.problems, is_pair=True)
        elif dropped.picture and (len(files) > 1 or dropped.problems):
            paths = [path for path in dropped.pictures if path in files] or [dropped.picture]
            self._session.open_several(paths, dropped.problems, may_pair=dropped.other is not None)
        elif dropped.picture:
            self._session.open(dropped.picture)

    @Slot(list)
    def open_truth_paths(self, paths: list[Path]) -> None:
        """Open what was dropped on the ground truth: one picture, or as elsewhere."""
        one_picture = len(paths) == 1 and not paths[0].is_dir() and paths[0].suffix.lower() not in _NO_PICTURES
        if one_picture and self._session.has_or_opens_input:
            self.began.emit()
            self._session.open_truth(paths[0])
        else:
            self.open_paths(paths)

    @Slot(str)
    def open_sample(self, name: str = "coffee") -> None:
        """Open a bundled sample with its ground truth."""
        self.began.emit()
        self._session.open_pair(*(resource("samples", f"{name}_{end}.jpg") for end in ("blurred", "sharp")))

    def paste(self) -> None:
        """Take a picture, or files, from the clipboard."""
        from deblur_app.gui.images import qt_image

        mime = QGuiApplication.clipboard().mimeData()
        image = QGuiApplication.clipboard().image()
        if paths := [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]:
            self.open_paths(paths)
        elif not image.isNull():
            self.began.emit()
            self._session.take_picture(qt_image.from_qimage(image))
        else:
            self.message.emit(tr("There is no picture on the clipboard."))


def _dialogs() -> ModuleType:
    """Return the dialogs, imported here so that the first paint need not wait for them."""
    from deblur_app.gui.dialogs import dialogs

    return dialogs
