"""The control between the trainings and the pages: begins trainings, passes on the user's wishes, shows progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.gui.dialogs.messages import sentence, show_error
from deblur_app.gui.training_wizard import wizard_tasks
from deblur_app.gui.training_wizard.page_builder import RESULT, SETTINGS, TRAINING

if TYPE_CHECKING:
    from deblur_app.core.task import Progress
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.runs.run import Run


class TrainingControl(QObject):
    """The control that leads the wizard through a training, from its begin to its result.

    Attributes:
        last_finished: The run that came to its end last; None before the first.

    Signals:
        changed: A training begins, or another one waits, or one waits no more.
        failed: The exception because of which a run cannot go on.
        page_wanted: The number of the page that is to be seen now.
        preview_ready: A `Preview` of a validation pair, after each epoch.
    """

    changed = Signal()
    failed = Signal(object)
    page_wanted = Signal(int)
    preview_ready = Signal(object)

    def __init__(self, wizard: TrainingWizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.last_finished: Run | None = None

    # --- beginning --------------------------------------------------------------------------------------------------

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, and show it; where another one is trained, it waits for that."""
        wizard = self._wizard
        busy = wizard.session.is_busy
        if not busy:
            self._show(run)
            wizard.training.describe(config, len(pairs))
        wizard.session.start(config, pairs, run)
        if busy:
            self.page_wanted.emit(TRAINING)
            wizard.notice.tell(f"“{run.folder.name}” begins when the trainings before it are done.")

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, and show it."""
        if not self._wizard.session.is_busy:
            self._show(run)
        self._wizard.session.resume(run)
        self.page_wanted.emit(TRAINING)

    @Slot(object, int)
    def go_on(self, run: Run, epochs: int) -> None:
        """Train a finished run for more epochs."""
        from training.reports.results import extend

        try:
            extend(run, epochs)
        except DeblurError as error:
            self.failed.emit(error)
            return
        self.resume(run)

    def offer_unfinished(self, found: tuple[Run, int, int] | None) -> None:
        """Offer to go on with a run of another day: it, the epochs that are done, and all its epochs."""
        if found is None or ("session" in self._wizard.__dict__ and self._wizard.session.is_busy):
            return
        run, done, epochs = found
        self._wizard.offer.tell(
            f"The training “{run.folder.name}” was not finished: {done} of {epochs} epochs are done.",
            "Continue the unfinished training",
            lambda: self.resume(run),
        )

    def _show(self, run: Run) -> None:
        self._wizard.notice.hide()
        self._wizard.offer.hide()
        self._wizard.training.begin(run)
        self.page_wanted.emit(TRAINING)

    # --- what the user asks of a training ---------------------------------------------------------------------------

    @Slot(bool)
    def pause(self, paused: bool) -> None:
        """Let the training rest, or go on."""
        if paused:
            self._wizard.session.pause()
        else:
            self._wizard.session.unpause()

    @Slot()
    def stop_and_keep(self) -> None:
        """End the training, with its best epoch as the model."""
        self._wizard.training.show_ending("Stopping after this batch, and keeping the best epoch…")
        self._wizard.session.stop_and_keep()

    @Slot()
    def cancel(self) -> None:
        """End the training without a model."""
        self._wizard.training.show_ending("Cancelling after this batch…")
        self._wizard.session.cancel()

    @Slot(object)
    def forget(self, run: Run) -> None:
        """Remove a waiting run from the queue."""
        self._wizard.session.forget(run)

    # --- what the trainings say -------------------------------------------------------------------------------------

    @Slot(object)
    def show_begin(self, run: Run) -> None:
        """Show the begin of a run, perhaps after another one."""
        page = self._wizard.training
        if page.run != run:
            page.begin(run)
            page.title.setToolTip(str(run.folder))

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Show the progress of a training."""
        self._wizard.training.show_progress(progress)
        if note := getattr(progress, "note", ""):
            self._wizard.notice.tell(note)
        if preview := getattr(progress, "preview", None):
            self.preview_ready.emit(preview)

    @Slot(object)
    def show_success(self, run: Run) -> None:
        """Show the result of a finished run to who looks at the training; offer it to who does something else."""
        wizard = self._wizard
        latest, best = wizard.training.latest, wizard.training.best
        words = f"Done after {latest.epoch} epochs" if latest else "Done"
        kept = f", and epoch {best.epoch}, the best, is kept" if best else ""
        wizard.training.show_end(f"{words}{kept}. The model is in {run.folder}.", has_model=True)
        self.last_finished = run
        if wizard.shows_training and not wizard.session.waiting:
            self.page_wanted.emit(RESULT)
        else:
            wizard.notice.tell(
                f"“{run.folder.name}” is done.", "Show its result", lambda: self.page_wanted.emit(RESULT)
            )

    @Slot(object)
    def show_failure(self, error: Exception) -> None:
        """Show the error of a training: offer to go on where possible, else show the settings again."""
        wizard = self._wizard
        run = wizard.session.run
        if run and wizard_tasks.has_checkpoint(run):
            wizard.training.show_end("The training ended with an error.", has_model=False)
            wizard.notice.warn(sentence(error), "Continue that training", lambda: self.resume(run))
        else:
            self.page_wanted.emit(SETTINGS)
            wizard.notice.warn(sentence(error))
        if not isinstance(error, DeblurError):
            show_error(wizard, error)

    @Slot()
    def show_cancelled(self) -> None:
        """Show that a training was cancelled: what was written can go on, else the settings are shown again."""
        wizard = self._wizard
        run, latest = wizard.session.run, wizard.training.latest
        if run is None:
            return
        if not wizard_tasks.has_begun(run):
            self.page_wanted.emit(SETTINGS)
            wizard.notice.tell("The training was cancelled before it began. Nothing was written.")
            return
        done = f"after epoch {latest.epoch}" if latest else "before the first epoch was done"
        wizard.training.show_end(f"Cancelled {done}.", has_model=False)
        wizard.notice.tell(
            f"The training was cancelled {done}. It is kept in {run.folder} and can go on from there.",
            "Continue that training",
            lambda: self.resume(run),
        )

    @Slot()
    def show_queue(self) -> None:
        """Show the trainings that wait now."""
        self._wizard.training.queue.show_waiting(self._wizard.session.waiting)
        self.changed.emit()
