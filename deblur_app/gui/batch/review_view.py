"""A photo of the batch before and after, with the decision about its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.methods import registry
from deblur_app.gui.background.latest_task_runner import LatestTaskRunner
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas
from deblur_app.gui.viewer.compare.gestures import Gestures
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.view import LinkedView
from deblur_app.gui.widgets.buttons import make_button
from deblur_app.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.core.task import Task


@dataclass(frozen=True)
class ReviewedPhoto:
    """A photo that is looked at.

    Attributes:
        name: Its name within the batch.
        path: Its file.
        result: The file of its result; None where there is none.
        words: Why it is looked at, or what became of it.
        can_decide: Whether there is something to accept or to reject.
    """

    name: str
    path: Path
    result: Path | None
    words: str
    can_decide: bool = True


class ReviewView(QWidget):
    """The photo and its result in the split view; one key accepts the result, rejects it or takes another method.

    Attributes:
        photo: The photo that is shown; None for none.
        canvas: The picture.

    Signals:
        accepted, rejected: The name of the photo.
        method_chosen: The name of the photo, and that of another method for it.
        skipped: The next photo shall be shown, without a decision.
        closed: The photos of the batch shall be shown again.
    """

    accepted = Signal(str)
    rejected = Signal(str)
    method_chosen = Signal(str, str)
    skipped = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.photo: ReviewedPhoto | None = None
        self.canvas = CompareCanvas(LinkedView(self))
        self.canvas.setAccessibleName(tr("Photo and result"))
        self.gestures = Gestures(self.canvas)
        self.gestures.mode_wanted.connect(self.canvas.set_mode)
        self.title, self.words = ElidedLabel(), ElidedLabel()
        self.title.setAccessibleName(tr("Photo"))
        self.words.setAccessibleName(tr("What to look at"))
        self.accept = self._button(tr("Accept"), "check", "A", tr("Keep this result"), self._accept)
        self.reject = self._button(tr("Reject"), "trash-2", "R", tr("Remove this result"), self._reject)
        self.change = self._button(tr("Method"), "wand-sparkles", "M", tr("Restore it by another method"), self._ask)
        self.skip = self._button(tr("Next"), "chevron-right", "N", tr("Look at the next one"), self._skip)
        self.close_button = self._button(tr("Back"), "x", "Esc", tr("Show all photos"), self.closed.emit)
        self._lay_out()
        self._loader = LatestTaskRunner(self)
        self._loader.ready.connect(self._show)
        self._loader.failed.connect(self._tell_failure)

    def show_photo(self, photo: ReviewedPhoto, place: str = "") -> None:
        """Show a photo and its result, which are read in the background.

        Args:
            photo: The photo.
            place: Which of how many it is, such as “2 of 7”.
        """
        self.photo = photo
        self.title.setText(f"{photo.path.name} · {place}" if place else photo.path.name)
        self.words.setText(photo.words)
        self.accept.setEnabled(photo.can_decide and photo.result is not None)
        self.reject.setEnabled(photo.can_decide and photo.result is not None)
        self.canvas.show_original(ShownPicture())
        self.canvas.show_result(ShownPicture())
        self._loader.ask(lambda: _read(photo))

    def finish(self) -> None:
        """End the work and wait for it."""
        self._loader.finish()

    def _lay_out(self) -> None:
        bar = QFrame()
        bar.setProperty("role", "foot")
        column = QVBoxLayout(bar)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(TIGHT)
        column.addWidget(self.words)  # has the whole width, because it says why to look
        line = QHBoxLayout()
        line.addWidget(self.title, 1)
        column.addLayout(line)
        for button in (self.close_button, self.skip, self.change, self.reject, self.accept):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(bar)

    def _button(self, text: str, icon: str, key: str, tip: str, act: object) -> QToolButton:
        """Return a button that a key presses, too."""
        button = make_button(f"{text} ({key})", icon)
        button.setAccessibleName(text)
        button.setToolTip(f"{tip} ({key})")
        button.clicked.connect(act)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)
        return button

    @Slot()
    def _accept(self) -> None:
        if self.photo:
            self.accepted.emit(self.photo.name)

    @Slot()
    def _reject(self) -> None:
        if self.photo:
            self.rejected.emit(self.photo.name)

    @Slot()
    def _skip(self) -> None:
        if self.photo:
            self.skipped.emit(self.photo.name)

    @Slot()
    def _ask(self) -> None:
        menu = self.make_menu()
        corner = self.change.mapToGlobal(self.change.rect().topLeft())
        menu.popup(corner - QPoint(0, menu.sizeHint().height()))

    def make_menu(self) -> QMenu:
        """Return the menu of the methods."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self.photo.name if self.photo else ""
        for method in registry.list_offered():
            action = menu.addAction(method.title)
            action.setToolTip(tr(method.explanation))
            action.triggered.connect(lambda _=False, chosen=method.name: self.method_chosen.emit(name, chosen))
        return menu

    @Slot(object)
    def _show(self, read: tuple[ReviewedPhoto, list[QImage], list[QImage]]) -> None:
        photo, original, result = read
        if photo is self.photo:
            self.canvas.show_original(ShownPicture(original))
            self.canvas.show_result(ShownPicture(result or original))
            self.canvas.fit()

    @Slot(object)
    def _tell_failure(self, error: Exception) -> None:
        self.words.setText(str(error) if isinstance(error, DeblurError) else tr("The photo cannot be shown."))


def _read(photo: ReviewedPhoto) -> Task[tuple[ReviewedPhoto, list[QImage], list[QImage]]]:
    """Read a photo and its result, ready to be painted."""
    from deblur_app.core import image_io
    from deblur_app.core.levels import display_white
    from deblur_app.gui.images import qt_image

    yield Progress(0.0, tr("Opening {name}", name=photo.path.name))
    levels: list[list[QImage]] = [[], []]
    white: float | None = None
    for place, path in enumerate((photo.path, photo.result)):
        if path is not None:
            picture = yield from image_io.read_task(path)
            white = display_white(picture) if white is None else white
            levels[place] = qt_image.pyramid(picture.pixels, picture.alpha, white, picture.pixel_profile)
    return photo, levels[0], levels[1]
