"""What the window is about: the open pictures, and the work that is done on them in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, portion
from deblur_app.engine import tasks
from deblur_app.gui import qt_image
from deblur_app.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Picture
    from deblur_app.engine.methods import Request
    from deblur_app.engine.tasks import Comparison, Restored


@dataclass(frozen=True, eq=False)
class Shown:
    """A picture that is ready to be painted.

    Attributes:
        picture: The picture.
        levels: The same for the screen, see `qt_image.pyramid`.
    """

    picture: Picture
    levels: list[QImage]


@dataclass(frozen=True, eq=False)
class Result:
    """What a method made of the input.

    Attributes:
        shown: The restored picture.
        restored: How it was made.
    """

    shown: Shown
    restored: Restored


class Session(QObject):
    """The open pictures and the work on them.

    A picture is replaced only when its step has succeeded: after a failure or a cancel the last good one is there
    still. Opening a picture ends the work on the one before, because what the user asked for last is what counts;
    a ground truth is opened, and a result saved, beside that work.

    Attributes:
        request: Method and values for the next deblurring.
        input: The blurred picture, or None.
        truth: The ground truth, or None.
        result: What the method made of the input, or None.
        comparison: Figures of result and input against the truth, where all three are there.
        input_quality: Figures of the input against the truth, while there is no result.

    Signals:
        changed: A picture or a figure is another.
        busy_changed: Whether there is work.
        progressed: Progress of the work.
        failed: The exception that ended a step.
        saved: The path of a picture that was written.
    """

    changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)
    failed = Signal(object)
    saved = Signal(object)

    def __init__(self, request: Request, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request = request
        self.input: Shown | None = None
        self.truth: Shown | None = None
        self.result: Result | None = None
        self.comparison: Comparison | None = None
        self.input_quality: Quality | None = None
        self._work = Jobs(self)
        self._aside = Jobs(self)
        for jobs in (self._work, self._aside):
            jobs.progressed.connect(self.progressed)
            jobs.failed.connect(self.failed)
            jobs.busy_changed.connect(self._tell_busy)

    @property
    def is_busy(self) -> bool:
        """Whether there is work."""
        return self._work.is_busy or self._aside.is_busy

    def open(self, path: Path) -> None:
        """Open a picture as input and deblur it."""
        self._work.replace(Job("open", _open(path), self._take_input))

    def open_pair(self, path: Path, truth: Path) -> None:
        """Open a picture with its ground truth, and deblur it."""
        self._work.replace(Job("open", _open_pair(path, truth), self._take_pair))

    def open_truth(self, path: Path) -> None:
        """Open a ground truth for the input."""
        self._aside.add(Job("truth", _open(path), self._take_truth))

    def take_picture(self, picture: Picture) -> None:
        """Take a picture from the clipboard as input and deblur it."""
        self._work.replace(Job("open", _show(picture), self._take_input))

    def swap(self) -> None:
        """Exchange input and ground truth, and deblur the new input."""
        if self.input and self.truth:
            self._work.cancel()
            self._take_pair((self.truth, self.input))

    def deblur(self) -> None:
        """Run the method of `request` on the input; a picture that is being opened will be deblurred anyway."""
        if self.input and "open" not in self._work.kinds():
            self._work.replace(self._deblurring(self.input.picture))

    def save(self, path: Path) -> None:
        """Write the result."""
        if self.result:
            task = tasks.save_picture(self.result.shown.picture, path)
            self._aside.add(Job("save", task, self.saved.emit))

    def cancel(self) -> None:
        """End all work; what is there stays."""
        self._work.cancel()
        self._aside.cancel()

    def _deblurring(self, picture: Picture) -> Job:
        return Job("deblur", _deblur(picture, self.request), self._take_result)

    def _take_input(self, shown: Shown) -> None:
        if self.truth and not _equal_size(self.truth, shown):
            self.truth = None  # it belonged to another photo
        self.input, self.result, self.comparison, self.input_quality = shown, None, None, None
        self.changed.emit()
        self._work.add(self._deblurring(shown.picture))

    def _take_pair(self, pair: tuple[Shown, Shown]) -> None:
        self.truth = pair[1]
        self._take_input(pair[0])

    def _take_truth(self, shown: Shown) -> None:
        if self.input and not _equal_size(self.input, shown) and "open" not in self._work.kinds():
            size, other = shown.picture.size_text, self.input.picture.size_text
            self.failed.emit(
                DeblurError(
                    f"This ground truth is {size} pixels and the input {other}: they cannot be compared. Choose a "
                    "sharp photo of the same scene and size."
                )
            )
            return
        self.truth, self.comparison, self.input_quality = shown, None, None
        self.changed.emit()
        if not self._work.kinds() & {"open", "deblur"}:  # those compare when they are done
            self._work.cancel()
            self._compare()

    def _take_result(self, result: Result) -> None:
        self.result, self.comparison = result, None
        self.changed.emit()
        self._compare()

    def _compare(self) -> None:
        """Ask for the figures of what is there: result and input, or the input alone."""
        if not (self.input and self.truth):
            return
        blurred, truth = self.input.picture, self.truth.picture
        if self.result:
            task = tasks.compare(blurred, truth, self.result.shown.picture)
            self._work.add(Job("compare", task, self._take_comparison))
        else:
            self._work.add(Job("compare", tasks.measure(truth, blurred), self._take_quality))

    def _take_comparison(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.changed.emit()

    def _take_quality(self, quality: Quality) -> None:
        self.input_quality = quality
        self.changed.emit()

    @Slot(bool)
    def _tell_busy(self, _: bool) -> None:
        self.busy_changed.emit(self.is_busy)


def _equal_size(one: Shown, other: Shown) -> bool:
    return one.picture.pixels.shape == other.picture.pixels.shape


def _open(path: Path) -> Task[Shown]:
    picture = yield from portion(tasks.open_picture(path), 0.0, 0.7)
    return (yield from portion(_show(picture), 0.7, 1.0))


def _open_pair(path: Path, truth: Path) -> Task[tuple[Shown, Shown]]:
    first = yield from portion(_open(path), 0.0, 0.5)
    second = yield from portion(_open(truth), 0.5, 1.0)
    return first, second


def _show(picture: Picture) -> Task[Shown]:
    yield Progress(0.0, "Preparing the picture")
    return Shown(picture, qt_image.pyramid(picture.pixels))


def _deblur(picture: Picture, request: Request) -> Task[Result]:
    restored = yield from portion(tasks.deblur(picture, request), 0.0, 0.97)
    shown = yield from portion(_show(restored.picture), 0.97, 1.0)
    return Result(shown, restored)
