"""A photo, its ground truth, and figures of the two and of the result: the part of a session that compares."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.gui.background.task_queue import QueuedTask
from deblur_app.gui.session.queues import Queues

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from deblur_app.core.metrics import Quality
    from deblur_app.engine.tasks import Comparison
    from deblur_app.gui.session.compare_steps import Figures
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.results.result_store import ResultStore

_MAKING = frozenset({"deblur", "recall"})
"""The kinds of jobs that bring a result."""


@functools.cache
def steps() -> ModuleType:
    """Return the module of the work itself. It needs the array libraries: it is loaded when the window has painted."""
    from deblur_app.gui.session import steps as module

    return module


class ComparedPictures(QObject):
    """The pictures of a session, with their comparison; `Session` opens them and makes the result.

    Signals:
        changed: A picture or a figure is another.
        failed: The exception that ended a step.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.input: DisplayImage | None = None
        self.truth: DisplayImage | None = None
        self.result: Result | None = None
        self.comparison: Comparison | None = None
        self.input_quality: Quality | None = None
        self.is_truth_unrelated = False
        self._early_truth: DisplayImage | None = None  # it was read before the picture it belongs to
        self.queues = Queues(self)
        self._work, self._aside = self.queues.work, self.queues.aside

    @functools.cached_property
    def results(self) -> ResultStore:
        """The results of all photos; made when the first photo is opened."""
        from deblur_app.gui.session.results.recovery import new_folder
        from deblur_app.gui.session.results.result_store import ResultStore

        return ResultStore(new_folder())

    @property
    def has_or_opens_input(self) -> bool:
        """True if there is an input, or one is being opened, that a ground truth can be opened for."""
        return self.input is not None or "open" in self._work.kinds()

    @property
    def is_making(self) -> bool:
        """True if a result is being made."""
        return bool(_MAKING & self._work.kinds())

    def open_truth(self, path: Path) -> None:
        """Open a ground truth for the input."""
        self._aside.add(QueuedTask("truth", steps().open_picture(path), self._take_truth))

    def _is_of_truth(self, display_image: DisplayImage) -> bool:
        """Return whether size and names say that the truth is of this picture: unrelated figures would only mislead."""
        if self.truth is None or self.truth.picture.pixels.shape != display_image.picture.pixels.shape:
            return False
        from deblur_app.gui.session.opening.dropping import same_scene

        one, other = self.truth.picture.path, display_image.picture.path
        return one is not None and other is not None and same_scene(one, other)

    def _take_truth(self, display_image: DisplayImage) -> None:
        if "open" in self._work.kinds():
            self._early_truth = display_image
            return
        if self.input and self.input.picture.pixels.shape != display_image.picture.pixels.shape:
            size, other = display_image.picture.size_text, self.input.picture.size_text
            self.failed.emit(
                DeblurError(
                    tr(
                        "The sharp version has {size} pixels and the photo {other}, so they cannot be compared. Choose "
                        "a sharp version of the same size.",
                        size=size,
                        other=other,
                    )
                )
            )
            return
        self.truth = display_image
        if self.input:
            self.results.set_truth(self.input.key, display_image.picture.path)
        self._forget_figures()
        self.changed.emit()
        if not self.is_making:  # that compares when it is done
            self._work.cancel()
            self._compare()

    def _take_early_truth(self) -> None:
        display_image, self._early_truth = self._early_truth, None
        if display_image:
            self._take_truth(display_image)

    def _compare(self) -> None:
        """Ask for the figures of what is there: result and input, or the input alone."""
        if self.input and self.truth:
            from deblur_app.gui.session import compare_steps

            result = self.result.display_image.picture if self.result else None
            task = compare_steps.compute_figures(self.input.picture, self.truth.picture, result)
            self._work.add(QueuedTask("compare", task, self._take_figures))

    def _take_figures(self, figures: Figures) -> None:
        self.comparison, self.input_quality = figures.comparison, figures.quality
        self.is_truth_unrelated = figures.is_unrelated
        self.changed.emit()

    def _forget_figures(self) -> None:
        self.comparison = self.input_quality = None
        self.is_truth_unrelated = False
