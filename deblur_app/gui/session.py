"""What the window is about: the open pictures, and the work that is done on them in the background."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.gui.dropping import same_scene
from deblur_app.gui.jobs import Job, Jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import ModuleType

    from deblur_app.blur.degrade import Degradation
    from deblur_app.blur.kinds import Blur
    from deblur_app.core.local_tiling import Shares
    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.method import Psf, Request
    from deblur_app.engine.tasks import Comparison
    from deblur_app.gui.steps import Result, Shown


@functools.cache
def _steps() -> ModuleType:
    """The work itself. It needs the array libraries, so it is loaded when the window has painted."""
    from deblur_app.gui import steps

    return steps


class Session(QObject):
    """The open pictures and the work on them.

    A picture is replaced only when its step has succeeded: after a failure or a cancel the last good one is there
    still. Opening a picture ends the work on the one before, because what the user asked for last is what counts; where
    it cannot be opened, that work is taken up again. A ground truth is opened, a model checked, and a result saved,
    beside that work.

    Attributes:
        request: Method and values for the next deblurring.
        seen: Says which part of the input the user looks at, which is restored first by the methods that can.
        psf: The PSF that the next deblurring undoes, where its method takes one; None lets the method find it.
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
        model_checked: The path of a model's card: the model can be used.
    """

    changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)
    failed = Signal(object)
    saved = Signal(object)
    model_checked = Signal(object)

    def __init__(self, request: Request, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request = request
        self.seen: Callable[[], Shares | None] = lambda: None
        self.psf: Blur | Psf | None = None
        self._blend: Blend | None = None
        self.input: Shown | None = None
        self.truth: Shown | None = None
        self.result: Result | None = None
        self.comparison: Comparison | None = None
        self.input_quality: Quality | None = None
        self._early_truth: Shown | None = None  # it was read before the picture it belongs to
        self._interrupted = False  # opening a picture has ended the deblurring of the one before
        self._work = Jobs(self)
        self._aside = Jobs(self)
        self._questions = Jobs(self)
        self._adding = Jobs(self)
        self._work.failed.connect(self._recover)
        self._aside.failed.connect(self._tell_failure)
        self._questions.failed.connect(self._tell_failure)
        self._adding.failed.connect(self._tell_failure)
        for jobs in (self._work, self._aside, self._questions, self._adding):
            jobs.progressed.connect(self.progressed)
            jobs.busy_changed.connect(self._tell_busy)

    @property
    def is_busy(self) -> bool:
        """Whether there is work."""
        return any(jobs.is_busy for jobs in (self._work, self._aside, self._questions, self._adding))

    @property
    def has_or_opens_input(self) -> bool:
        """Whether there is an input, or one on its way, that a ground truth can be opened for."""
        return self.input is not None or "open" in self._work.kinds()

    def open(self, path: Path) -> None:
        """Open a picture as input and deblur it."""
        self._begin_opening(_steps().open_picture(path), self._take_input)

    def open_pair(self, path: Path, truth: Path) -> None:
        """Open a picture with its ground truth, and deblur it."""
        self._begin_opening(_steps().open_pair(path, truth), self._take_pair)

    def open_truth(self, path: Path) -> None:
        """Open a ground truth for the input."""
        self._aside.add(Job("truth", _steps().open_picture(path), self._take_truth))

    def take_picture(self, picture: Picture) -> None:
        """Take a picture from the clipboard as input and deblur it."""
        self._begin_opening(_steps().show(picture), self._take_input)

    @property
    def sharp(self) -> Shown | None:
        """The picture that the blur lab blurs: the ground truth, or else the input; never one that the lab made."""
        shown = self.truth or self.input
        return shown.sharp or shown if shown else None

    def blur(self, settings: Degradation) -> None:
        """Blur the sharp picture, take that as input with the sharp one as ground truth, and deblur it."""
        if self.sharp:
            self._begin_opening(_steps().blur(self.sharp, settings), self._take_pair)

    def combine(self, paths: Sequence[Path], how: str) -> None:
        """Make one picture of several: the first becomes the input, what they give together the result."""
        self._begin_opening(_steps().combine(paths, how), self._take_combined)

    def swap(self) -> None:
        """Exchange input and ground truth, and deblur the new input."""
        if self.input and self.truth:
            self.cancel()
            self._take_pair((self.truth, self.input))

    def deblur(self) -> None:
        """Run the method of `request` on the input; a picture that is being opened will be deblurred anyway."""
        if self.input and "open" not in self._work.kinds():
            self._work.replace(self._deblurring(self.input.picture))

    @property
    def blend(self) -> Blend:
        """How much of the result shall be taken, and where."""
        if self._blend is None:
            from deblur_app.engine.blend import PLAIN

            self._blend = PLAIN
        return self._blend

    @blend.setter
    def blend(self, blend: Blend) -> None:
        self._blend = blend

    def take_blended(self, result: Result) -> None:
        """Take the result with another blend; one of another result comes too late."""
        if self.result and self.result.restored is result.restored:
            self._take_result(result)

    def save(self, path: Path) -> None:
        """Write the result, blended as it shall be."""
        if self.input and self.result:
            result = self.result
            task = _steps().save_picture(result.shown.picture, path)
            if result.blend != self.blend and _equal_size(self.input, result.shown):
                task = _steps().save_blended(self.input.picture, result.restored.picture, self.blend, path)
            self._aside.add(Job("save", task, self.saved.emit))

    def check_model(self, card: Path) -> None:
        """Load a model for the request's device, and tell by `model_checked` that it can be used."""
        task = _steps().check_model(card, self.request.device)
        self._aside.add(Job("model", task, self.model_checked.emit))

    def ask(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        """Do work that asks something of the pictures that are open; it takes the place of what was asked before.

        Args:
            task: The work; it ends without an answer when another picture is opened.
            take: Called with its result.
        """
        self._questions.replace(Job("question", task, take))

    def add_network(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        """Look into the package of a network, or add it, beside all other work.

        Args:
            task: The work.
            take: Called with its result.
        """
        self._adding.add(Job("network", task, take))

    def cancel(self) -> None:
        """End all work; what is there stays."""
        self._interrupted, self._early_truth = False, None
        self._work.cancel()
        self._aside.cancel()
        self._questions.cancel()
        self._adding.cancel()

    def _begin_opening(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        self._interrupted |= "deblur" in self._work.kinds()
        self._work.replace(Job("open", task, take))

    def _deblurring(self, picture: Picture) -> Job:
        request = replace(self.request, region=self.seen())
        request = request if self.psf is None else replace(request, psf=self.psf)
        return Job("deblur", _steps().deblur(picture, request), self._take_result)

    def _take_input(self, shown: Shown) -> None:
        self._interrupted = False
        self._questions.cancel()
        was_made = self.input is not None and self.input.sharp is not None
        belongs = self.truth and _equal_size(self.truth, shown) and _same_scene(self.truth, shown)
        if was_made or not belongs:
            self.truth = None  # it belonged to another photo
        self.input, self.result, self.comparison, self.input_quality = shown, None, None, None
        self.changed.emit()
        self._work.add(self._deblurring(shown.picture))
        self._take_early_truth()

    def _take_combined(self, combined: tuple[Shown, Result]) -> None:
        shown, result = combined
        self._interrupted = False
        if not (self.truth and _equal_size(self.truth, shown) and _same_scene(self.truth, shown)):
            self.truth = None
        self.input, self.comparison, self.input_quality = shown, None, None
        self._take_result(result)
        self._take_early_truth()

    def _take_pair(self, pair: tuple[Shown, Shown]) -> None:
        self._early_truth, self.truth = self._early_truth or pair[1], None
        self._take_input(pair[0])

    def _take_truth(self, shown: Shown) -> None:
        if "open" in self._work.kinds():
            self._early_truth = shown
            return
        if self.input and not _equal_size(self.input, shown):
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
        if "deblur" not in self._work.kinds():  # that compares when it is done
            self._work.cancel()
            self._compare()

    def _take_early_truth(self) -> None:
        shown, self._early_truth = self._early_truth, None
        if shown:
            self._take_truth(shown)

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
            task = _steps().compare(blurred, truth, self.result.shown.picture)
            self._work.add(Job("compare", task, self._take_comparison))
        else:
            self._work.add(Job("compare", _steps().measure(truth, blurred), self._take_quality))

    def _take_comparison(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.changed.emit()

    def _take_quality(self, quality: Quality) -> None:
        self.input_quality = quality
        self.changed.emit()

    @Slot(object, str)
    def _recover(self, error: Exception, kind: str) -> None:
        """Tell what went wrong, and go on with what the failed job had interrupted."""
        self.failed.emit(error)
        if self._interrupted and self.input:
            self._interrupted = False
            self._work.add(self._deblurring(self.input.picture))
        self._take_early_truth()
        if kind != "compare" and not self._work.kinds() and not (self.comparison or self.input_quality):
            self._compare()

    @Slot(object, str)
    def _tell_failure(self, error: Exception, _: str) -> None:
        self.failed.emit(error)

    @Slot(bool)
    def _tell_busy(self, _: bool) -> None:
        self.busy_changed.emit(self.is_busy)


def _same_scene(one: Shown, other: Shown) -> bool:
    """Whether the names say so; figures of two unrelated photos from one camera would only mislead."""
    first, second = one.picture.path, other.picture.path
    return first is not None and second is not None and same_scene(first, second)


def _equal_size(one: Shown, other: Shown) -> bool:
    return one.picture.pixels.shape == other.picture.pixels.shape
