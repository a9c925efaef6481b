"""The session of the window: the open pictures, and the work that is done on them in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.gui.background.task_queue import QueuedTask
from deblur_app.gui.session.comparing import steps
from deblur_app.gui.session.remembered import is_sample
from deblur_app.gui.session.restoration import RestoredPictures
from deblur_app.gui.session.saving import Saver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.blur.degrade import Degradation
    from deblur_app.core.files.targets import Target
    from deblur_app.core.picture import Picture
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Request
    from deblur_app.gui.session.display import DisplayImage, Result
    from deblur_app.gui.session.opening.open_steps import Opened
    from deblur_app.gui.session.results.kept_result import KeptResult, PhotoKey


class Session(RestoredPictures):
    """The open pictures and the work on them.

    A picture is replaced only when its step has succeeded: after a failure or a cancel the last good one is there
    still. Opening a picture ends the work on the one before, because what the user asked for last is what counts; where
    it cannot be opened, that work is taken up again. A ground truth is opened, a model checked, and a result saved,
    beside that work. Results are kept: nothing is computed twice, and going back to a photo brings its result back.

    Attributes:
        restores_at_once: Says whether a photo that is opened is restored without being asked for it.
        load_saving: Says how results are saved that nobody exports one by one.
        visible_shares: Says which part of the input the user looks at, which is restored first by the methods that can.
        psf: The PSF that the next deblurring undoes, where its method takes one; None lets the method find it.
        current_psf: The PSF of the PSF editor, which becomes `psf` when the user has the photo deblurred with it.
        input: The blurred picture, or None.
        truth: The ground truth, or None.
        result: The result of the method on the input, or None.
        comparison: Figures of result and input against the truth, where all three are there.
        input_quality: Figures of the input against the truth, while there is no result.
        is_truth_unrelated: Whether the ground truth shows something else than the input.
        results: The results of all photos.
        queues: The work.
        saver: The writer of results.

    Signals:
        changed: A picture or a figure is another.
        busy_changed: Whether there is work.
        progressed: Progress of the work.
        failed: The exception that ended a step.
        saved: The path of a picture that was written.
        model_checked: The path of a model's card: the model can be used.
        settings_taken: `request`, `psf` and `blend` are those of a result that was brought back, or of a recipe.
        unreadable: The paths of files that could not be opened, with the reasons.
    """

    busy_changed = Signal(bool)
    progressed = Signal(object)
    saved = Signal(object)
    model_checked = Signal(object)
    unreadable = Signal(object)

    def __init__(self, load_request: Callable[[], Request], parent: QObject | None = None) -> None:
        """Begin without a photo; `load_request` gives method and values when they are first asked for."""
        super().__init__(load_request, parent)
        self._interrupted = False  # opening a picture has ended the deblurring of the one before
        self.restores_at_once: Callable[[], bool] = lambda: True
        self.load_saving: Callable[[], SavingSettings] = SavingSettings
        self.saver = Saver(self._aside, self)
        self.saver.saved.connect(self.saved)
        self.ask, self.run_separately = self.queues.ask, self.queues.run_separately
        self._work.failed.connect(self._recover)
        self.queues.failed.connect(self.failed)
        self.queues.progressed.connect(self._keep_estimate)
        self.queues.progressed.connect(self.progressed)
        self.queues.busy_changed.connect(self.busy_changed)

    @property
    def is_busy(self) -> bool:
        """True if there is work."""
        return self.queues.is_busy

    # --- opening ----------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Open a picture as input and deblur it, or show the result that is kept."""
        self._begin_opening(steps().open_picture(path), self._take_input)

    def open_page(self, step: int) -> None:
        """Go to another page of the file that is open, `step` pages on; at its ends, nothing happens."""
        picture = self.input.picture if self.input else None
        if picture and picture.path and self.has_page(step):
            self._begin_opening(steps().open_picture(picture.path, picture.page + step), self._take_input)

    def has_page(self, step: int) -> bool:
        """Return whether the file that is open has a page `step` pages on."""
        return self.input is not None and 0 <= self.input.picture.page + step < self.input.picture.pages

    def open_again(self, key: PhotoKey) -> None:
        """Go back to a photo that has a result, whether it has a file or not."""
        self._begin_opening(steps().open_again(key, self.results), self._take_input)

    def open_pair(self, path: Path, truth: Path) -> None:
        """Open a picture with its ground truth, and deblur it."""
        from deblur_app.gui.session.opening import open_steps

        self._begin_opening(open_steps.open_pair(path, truth), self._take_pair)

    def open_several(
        self, paths: Sequence[Path], refusals: Sequence[str] = (), *, is_pair: bool = False, may_pair: bool = False
    ) -> None:
        """Open the first of several pictures that can be opened; see `SeveralPictures`."""
        from deblur_app.gui.session.opening.several import SeveralPictures

        several = SeveralPictures(paths, refusals, self, is_pair=is_pair, may_pair=may_pair)
        several.failed.connect(self.failed)
        several.unreadable.connect(self.unreadable)

        def take(opened: Opened) -> None:
            if opened.truth:
                self._take_pair((opened.display_image, opened.truth))
            else:
                self._take_input(opened.display_image)
            several.go_on(opened, self._aside)

        self._begin_opening(several.task, take)

    def take_picture(self, picture: Picture) -> None:
        """Take a picture from the clipboard as input and deblur it."""
        self._begin_opening(steps().take(picture, self.results), self._take_input)

    @property
    def sharp(self) -> DisplayImage | None:
        """The picture that the blur lab blurs: the ground truth, or else the input; never one that the lab made."""
        display_image = self.truth or self.input
        return display_image.sharp or display_image if display_image else None

    def blur(self, settings: Degradation) -> None:
        """Blur the sharp picture, take that as input with the sharp one as ground truth, and deblur it."""
        if self.sharp:
            self._begin_opening(steps().blur(self.sharp, settings, self.results), self._take_pair)

    def combine(self, paths: Sequence[Path], kind: str) -> None:
        """Make one picture of several: the first becomes the input, what they give together the result."""
        self._begin_opening(steps().combine(paths, kind, self.results), self._take_combined)

    def swap(self) -> None:
        """Exchange input and ground truth, and deblur the new input."""
        if self.input and self.truth:
            self.cancel()
            self._take_pair((self.truth, self.input))

    # --- results ----------------------------------------------------------------------------------------------------

    def save(self, target: Path | Target, settings: SavingSettings | None = None) -> None:
        """Write the result with its blend; a plain path is replaced if there is a file."""
        if self.input and self.result:
            self.saver.save(self.input, self.result, self.blend, target, self.results, settings=settings)

    @property
    def photos(self) -> list[PhotoKey]:
        """The photos that one can go back to: those with a result, and the one that is open."""
        photos = self.results.photos() if "results" in self.__dict__ else []
        return photos if self.input is None or self.input.key in photos else [*photos, self.input.key]

    @property
    def unsaved_results(self) -> list[KeptResult]:
        """The results that are not saved, one per photo; those of the samples are not counted."""
        results = self.results.list_unsaved() if "results" in self.__dict__ else []
        return [kept for kept in results if not (kept.photo.path and is_sample(kept.photo.path))]

    def save_unsaved(self, follow: Callable[[], object]) -> None:
        """Write each result that is not saved by the settings, and call `follow` where all went well."""
        self.saver.save_all(self.results, self.unsaved_results, self.load_saving(), follow)

    def take_over(self, other: Session) -> None:
        """Go on with the pictures, results and settings of a session that has no work, and ends."""
        if "request" in other.__dict__:
            self.request = other.request
        if "results" in other.__dict__:
            self.results = other.__dict__.pop("results")  # its end must not remove them
        self.input, self.truth, self.result, self.comparison = other.input, other.truth, other.result, other.comparison
        self.input_quality, self.is_truth_unrelated = other.input_quality, other.is_truth_unrelated
        self.psf, self.current_psf.psf = other.psf, other.current_psf.psf
        self._blend, self._histories, self._estimates = other._blend, other._histories, other._estimates

    def close(self) -> None:
        """Forget all results: for the end of the program."""
        if "results" in self.__dict__:
            self.results.close()

    def open_recipe(self, source: Path | Picture) -> None:
        """Go on with the settings of a recipe: of a file, or inside a picture that is open."""
        from deblur_app.core.picture import Picture
        from deblur_app.engine.recipes import storage

        try:
            recipe = storage.find_recipe(source) if isinstance(source, Picture) else storage.read_recipe(source)
            if recipe:
                self.take_recipe(recipe)
        except DeblurError as error:
            self.failed.emit(error)

    def check_model(self, card: Path) -> None:
        """Load a model for the request's device, and tell by `model_checked` that it can be used."""
        task = steps().check_model(card, self.request.device)
        self._aside.add(QueuedTask("model", task, self.model_checked.emit))

    def cancel(self) -> None:
        """End all work; what is there stays, and a preview of an unfinished result goes."""
        self._interrupted, self._early_truth = False, None
        was_making = self.is_making
        self.queues.cancel()
        if was_making:
            self.changed.emit()

    # --- what the work brings ---------------------------------------------------------------------------------------

    def _begin_opening(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        self._interrupted |= self.is_making
        self._work.replace(QueuedTask("open", task, take))

    def _take_input(self, display_image: DisplayImage) -> None:
        self._interrupted = False
        self.queues.questions.cancel()
        was_made = self.input is not None and self.input.sharp is not None
        if was_made or not self._is_of_truth(display_image):
            self.truth = None  # it belonged to another photo
        self.input, self.result = display_image, None
        self._forget_figures()
        kept = self.results.current(display_image.key)
        self._take_settings(kept)
        self.changed.emit()
        if kept or self.restores_at_once():
            self._work.add(self._result_job(display_image, kept))
        self._take_early_truth()
        truth = self.results.truth(display_image.key)
        if truth and self.truth is None and truth.exists():
            self.open_truth(truth)

    def _take_combined(self, combined: tuple[DisplayImage, Result]) -> None:
        display_image, result = combined
        self._interrupted = False
        if not self._is_of_truth(display_image):
            self.truth = None
        self.input = display_image
        self._forget_figures()
        self._take_result(result)
        self._take_early_truth()

    def _take_pair(self, pair: tuple[DisplayImage, DisplayImage]) -> None:
        self._early_truth, self.truth = self._early_truth or pair[1], None
        self._take_input(pair[0])

    @Slot(object, str)
    def _recover(self, error: Exception, kind: str) -> None:
        """Show the error, and go on with what the failed job had interrupted."""
        if kind == "recall" and self.input:  # the file of the kept result is gone
            self._work.add(self._deblurring(self.input))
            return
        self.failed.emit(error)
        if self._interrupted and self.input:
            self._interrupted = False
            self._work.add(self._result_job(self.input))
        self._take_early_truth()
        if kind != "compare" and not self._work.kinds() and not (self.comparison or self.input_quality):
            self._compare()
